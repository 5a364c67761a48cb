//! Runs compiled patterns over tokens. Each pattern is anchored on the rarest words that it needs, so that most patterns
//! are never looked at; each is bounded in length, so the work is linear in the text.

use super::anchor::{Sides, Vocabulary};
use super::code::{BORDER, LONGEST, Text, is_silent};
use super::compile::Compiler;
use super::list::List;
use super::setting::Scope;
use super::signature::{Signature, of_token};
use super::table::{Draft, Row, Sets, Table, tables};
use crate::text::{Kind, Token, WordId, Words};
use std::sync::Arc;

/// Patterns with the numbers that stand for them.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    code: Vec<u32>,
    /// Patterns of sentences and openings.
    whole: Part,
    /// Patterns of clauses.
    clause: Part,
    common: Arc<Common>,
}

/// What matchers of one vocabulary share.
#[derive(Debug, Default)]
pub(super) struct Common {
    sets: Sets,
    lists: Vec<List>,
    /// By word number the lists that the profile fills, as bits.
    open: Vec<Open>,
    /// Tokens that an entry of the profile is longer than one, at most.
    slack: usize,
}

/// The lists with entries of which a word is looked for, and those with entries in which it stands.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    anchors: u8,
    members: u8,
}

/// The patterns of some scopes by the sets that they are anchored on.
#[derive(Debug, Clone, Default)]
struct Part {
    /// For each set where its patterns begin, and one more.
    starts: Vec<u32>,
    rows: Vec<Row>,
    /// Its bit among all parts.
    bit: u32,
    /// A pattern is anchored on nothing.
    has_any: bool,
}

/// A pattern found: its number and the tokens it covers, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The number given when the pattern was added.
    pub payload: u32,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

impl Draft {
    /// A matcher of these patterns alone, and its vocabulary.
    pub fn finish(self, mut compiler: Compiler<'_>) -> (Matcher, Words) {
        let bound = compiler.words.bound();
        let vocabulary = Vocabulary { lists: &compiler.lists, open: &[], counts: &[] };
        let ([table], sets) = tables(&[self], vocabulary, bound);
        let common = Common::new(sets, std::mem::take(&mut compiler.lists), &[], &[], bound);
        (Matcher::new(table, &Arc::new(common), |_| true), compiler.words)
    }
}

impl Common {
    /// Finishes the lists; `open` are the numbers of those that the profile has filled. Of their entries one word is
    /// looked for, none of `frequent` if there is another.
    pub fn new(sets: Sets, mut lists: Vec<List>, open: &[usize], frequent: &[WordId], bound: usize) -> Self {
        let count = if open.is_empty() { 0 } else { bound };
        let (mut by_word, mut slack) = (vec![Open::default(); count], 0);
        for (i, list) in open.iter().enumerate() {
            for entry in lists[*list].entries() {
                slack = slack.max(entry.len() - 1);
                let rare = entry.iter().find(|word| !frequent.contains(&WordId(**word)));
                rare.or(entry.first()).into_iter().for_each(|word| by_word[*word as usize].anchors |= 1 << i);
                entry.iter().for_each(|word| by_word[*word as usize].members |= 1 << i);
            }
        }
        lists.iter_mut().for_each(|list| list.finish(bound));
        Common { sets, lists, open: by_word, slack }
    }

    /// The sets of a part that hold a token.
    fn each_set(&self, part: &Part, token: &Token, mut each: impl FnMut(u32)) {
        let sets = &self.sets;
        for word in [token.word, token.exact] {
            if sets.in_part(word, part.bit) {
                sets.of(word).iter().for_each(|set| each(*set));
            }
        }
        if token.kind == Kind::Number {
            sets.by_number.iter().for_each(|set| each(*set));
        }
        let mut open = self.open(token).anchors;
        while open != 0 {
            let of = sets.by_open.get(open.trailing_zeros() as usize);
            of.into_iter().flatten().for_each(|set| each(*set));
            open &= open - 1;
        }
    }

    fn open(&self, token: &Token) -> Open {
        let of = |word: WordId| self.open.get(word.0 as usize).copied().unwrap_or_default();
        let (word, exact) = (of(token.word), of(token.exact));
        Open { anchors: word.anchors | exact.anchors, members: word.members | exact.members }
    }
}

impl Matcher {
    /// A matcher of the patterns of a table whose number is wanted.
    pub(super) fn new(table: Table, common: &Arc<Common>, wanted: impl Fn(u32) -> bool) -> Self {
        let part = |clause: bool| {
            let of = |row: &Row| (row.scope == Scope::Clause) == clause && wanted(row.payload);
            Part::new(common.sets.count, table.rows().filter(of).collect(), table.number)
        };
        let (whole, clause) = (part(false), part(true));
        Matcher { whole, clause, code: table.code, common: Arc::clone(common) }
    }

    /// Prepares tokens for [`Matcher::find_each`] of every matcher with this vocabulary.
    pub fn signatures(&self, tokens: &[Token]) -> Vec<Signature> {
        tokens.iter().map(|t| of_token(t, self.common.open(t).members)).collect()
    }

    /// Every place where a pattern of the admitted scopes is found, leftmost first, those of clauses after all others; of the
    /// ways to match from one place the longest.
    pub fn find(&self, tokens: &[Token], admits: impl Fn(Scope) -> bool) -> Vec<Found> {
        let mut out = Vec::new();
        self.find_each(tokens, &self.signatures(tokens), admits, |found| out.push(found));
        out
    }

    /// A pattern of sentences is found at all.
    pub fn is_found(&self, tokens: &[Token], signatures: &[Signature]) -> bool {
        !self.run(&self.whole, self.text(tokens, signatures), &|_| true, 1).is_empty()
    }

    /// As [`Matcher::find`], one by one; patterns of clauses come after all others. `signatures` are those of the tokens.
    pub fn find_each(
        &self,
        tokens: &[Token],
        signatures: &[Signature],
        admits: impl Fn(Scope) -> bool,
        mut each: impl FnMut(Found),
    ) {
        let text = self.text(tokens, signatures);
        let mut give = |part: &Part| {
            let mut places = self.run(part, text, &admits, usize::MAX);
            // Two words of an anchor can lead to one place.
            places.sort_unstable();
            places.dedup();
            for Place { start, payload, end, .. } in places {
                each(Found { payload, start: start as usize, end: end as usize });
            }
        };
        if admits(Scope::Sentence) || admits(Scope::Opening) {
            give(&self.whole);
        }
        if admits(Scope::Clause) {
            give(&self.clause);
        }
    }

    fn text<'t>(&'t self, tokens: &'t [Token], signatures: &'t [Signature]) -> Text<'t> {
        Text { tokens, signatures, lists: &self.common.lists }
    }

    /// At least `most` finds if there are so many, some of them twice.
    fn run(&self, part: &Part, text: Text<'_>, admits: &impl Fn(Scope) -> bool, most: usize) -> Vec<Place> {
        let mut out = Vec::new();
        let head = text.tokens.iter().take(BORDER).take_while(|t| is_silent(t)).count();
        for (at, token) in text.tokens.iter().enumerate() {
            let sides = Sides { before: text.signature(at.wrapping_sub(1)), after: text.signature(at + 1) };
            let mut try_set = |set: u32| {
                for row in part.of(set).iter().filter(|row| row.sides.meet(sides) && admits(row.scope)) {
                    let place = |start: usize, end: usize| Place {
                        start: start as u32,
                        order: row.order,
                        payload: row.payload,
                        end: end as u32,
                    };
                    if row.single {
                        out.push(place(at, at + 1));
                    } else {
                        out.extend(self.ends(row, text, head, at).map(|(start, end)| place(start, end)));
                    }
                }
            };
            if part.has_any {
                try_set(0);
            }
            self.common.each_set(part, token, try_set);
            if out.len() >= most {
                break;
            }
        }
        out
    }

    /// Beginnings and ends of a pattern with a word of its anchor at a token.
    fn ends<'t>(
        &'t self,
        row: &'t Row,
        text: Text<'t>,
        head: usize,
        at: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 't {
        let first = at.saturating_sub((row.high + row.wide * self.common.slack).min(LONGEST));
        // One more than the last beginning; nothing if the anchor stands too near to the text's.
        let past = (at + 1).saturating_sub(row.low);
        let past = if row.opens { past.min(head + 1) } else { past };
        let (code, barred) = row.code(&self.code);
        let likely = (first..past).filter(move |start| text.signature(*start) & row.first != 0);
        likely.filter_map(move |start| Some((start, text.end(code, barred, start)?)))
    }
}

/// A find, in the order in which they are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    start: u32,
    /// Place of the pattern in the table.
    order: u32,
    payload: u32,
    end: u32,
}

impl Part {
    /// Rows are in the order of their anchors.
    fn new(sets: u32, rows: Vec<Row>, table: u32) -> Self {
        let mut starts = vec![0u32; sets as usize + 1];
        rows.iter().for_each(|row| starts[row.anchor as usize + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        let bit = rows.first().map_or(0, |row| row.part(table));
        let has_any = rows.first().is_some_and(|row| row.anchor == 0);
        Part { starts, rows, bit, has_any }
    }

    /// The patterns anchored on a set.
    fn of(&self, set: u32) -> &[Row] {
        match self.starts.get(set as usize..).and_then(|s| s.first_chunk::<2>()) {
            Some([from, to]) => &self.rows[*from as usize..*to as usize],
            None => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::compile::filled;
    use super::super::inflect::Inflector;
    use super::super::pack::WordList;
    use super::super::pattern::Pattern;
    use super::super::roles::Roles;
    use super::*;
    use crate::text::tokenize;
    use std::collections::BTreeMap;

    const ACCUSER: [&str; 2] = ["US", "north Korea"];

    /// Patterns with their places as numbers; `evidence` and `accuser` are lists, the latter filled at once or, as for a
    /// profile, when the tables are made.
    fn matcher_of(patterns: &[Pattern], at_once: bool) -> (Matcher, Words) {
        let forms = vec!["proof".to_owned(), "hard facts".to_owned()];
        let (reason, source, place) = (String::new(), None, (String::new(), 1));
        let list = WordList { written: forms.clone(), forms, reason, source, place };
        let lists = BTreeMap::from([("evidence".to_owned(), list)]);
        let accuser = if at_once { ACCUSER.map(str::to_owned).to_vec() } else { Vec::new() };
        let roles = Roles { accuser, ..Roles::default() };
        let inflector = Inflector::default();
        let mut compiler = Compiler::new(&lists, &roles, &inflector);
        let mut draft = Draft::default();
        for (number, pattern) in (0..).zip(patterns) {
            for one in pattern.clone().alternatives() {
                draft.add(&mut compiler, &one, Scope::Sentence, number);
            }
        }
        if at_once {
            return draft.finish(compiler);
        }
        let open = [compiler.list("accuser")];
        let vocabulary = Vocabulary { lists: &compiler.lists, open: &open, counts: &[] };
        let ([table], sets) = tables(&[draft], vocabulary, compiler.words.bound());
        compiler.lists[open[0]] = filled(&compiler.lists[open[0]], ACCUSER.into_iter(), &mut compiler.words);
        let bound = compiler.words.bound();
        let common = Common::new(sets, std::mem::take(&mut compiler.lists), &open, &[], bound);
        (Matcher::new(table, &Arc::new(common), |_| true), compiler.words)
    }

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let (matcher, words) = matcher_of(&[Pattern::parse(pattern).unwrap()], true);
        let tokens = tokenize(text, &words);
        let slice = |f: Found| {
            text[tokens[f.start].span.start as usize..tokens[f.end - 1].span.end as usize].to_owned()
        };
        matcher.find(&tokens, |_| true).into_iter().map(slice).collect()
    }

    #[test]
    fn words_lists_gaps_and_options() {
        assert_eq!(
            found("(no | zero) ..2 @evidence", "There is no real, hard facts"),
            ["no real, hard facts"]
        );
        assert_eq!(found("(no | zero) ..1 @evidence", "There is no real solid proof"), [""; 0]);
        assert_eq!(found("not [at all] true", "that isn't at all true"), ["n't at all true"]);
        assert_eq!(
            found("~fabricate", "They fabricated it, fabricating more"),
            ["fabricated", "fabricating"]
        );
        assert_eq!(found("@number dead", "12 dead"), ["12 dead"]);
    }

    #[test]
    fn conditions_before_after_and_at_the_borders() {
        assert_eq!(found("no proof !(yet)", "no proof yet, no proof at all"), ["no proof"]);
        assert_eq!(found("!(not | far from) fake", "not fake, far from fake, fake"), ["fake"]);
        assert_eq!(found("^ this $", "\"This.\""), ["This"]);
        assert_eq!(found("^ this $", "This reeks"), [""; 0]);
        assert_eq!(found("proof $", "Proof is no proof!"), ["proof"]);
    }

    #[test]
    fn acronyms_keep_their_capitals() {
        assert_eq!(
            found("@accuser", "The U.S. told us, the US and North Korea"),
            ["U.S.", "US", "North Korea"]
        );
        assert_eq!(found("\"IT\"", "IT is it"), ["IT"]);
    }

    /// What is found if every pattern is tried at every token.
    fn naively(matcher: &Matcher, tokens: &[Token]) -> Vec<Found> {
        let signatures = matcher.signatures(tokens);
        let text = matcher.text(tokens, &signatures);
        let head = tokens.iter().take(BORDER).take_while(|t| is_silent(t)).count();
        let mut rows: Vec<&Row> = matcher.whole.rows.iter().collect();
        rows.sort_by_key(|row| row.order);
        let mut out = Vec::new();
        for start in 0..tokens.len() {
            for row in rows.iter().filter(|row| start <= head || !row.opens) {
                let (code, barred) = row.code(&matcher.code);
                let payload = row.payload;
                out.extend(text.end(code, barred, start).map(|end| Found { payload, start, end }));
            }
        }
        out
    }

    #[test]
    fn anchors_and_signatures_lose_nothing() {
        const PATTERNS: [&str; 20] = [
            "(a | b c) ..2 @evidence",
            "[very] (fake | made up) !(by)",
            "!(not) fake",
            "^ @accuser ..3 (is | are) [a] fake",
            "@evidence [of] @accuser $",
            "@number (a | @evidence)",
            "[no | not a] [b] c",
            "..2 fake",
            "(@accuser | they) ..2 (a | made | @number)",
            "a [b] [c] ..1 (fake | hard facts)",
            "no ([a] proof | @number fake)",
            "(made up | up) ^ a",
            "@accuser",
            "@evidence",
            "fake",
            "(not | no) ..3 $",
            "! (made)",
            "\"US\" [and | ,] @accuser",
            "a , b",
            "(hard | [so] a b) c",
        ];
        const WORDS: [&str; 22] = [
            "a", "b", "c", "fake", "made", "up", "no", "not", "very", "US", "us", "North", "Korea", "proof",
            "hard", "facts", "is", "12", ",", ".", "of", "they",
        ];
        let patterns = PATTERNS.map(|p| Pattern::parse(p).unwrap());
        let matchers = [true, false].map(|at_once| matcher_of(&patterns, at_once));
        let mut state = 7u32;
        let mut next = |most: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % most
        };
        let mut finds = 0;
        for _ in 0..3_000 {
            let text: Vec<&str> = (0..next(12)).map(|_| WORDS[next(WORDS.len())]).collect();
            let [found, other] = matchers.each_ref().map(|(matcher, words)| {
                let tokens = tokenize(&text.join(" "), words);
                let found = matcher.find(&tokens, |_| true);
                assert_eq!(found, naively(matcher, &tokens), "{text:?}");
                found
            });
            assert_eq!(found, other, "{text:?}");
            finds += found.len();
        }
        assert!(finds > 1_000, "{finds}");
    }
}
