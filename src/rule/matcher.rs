//! Runs compiled patterns over tokens. Each pattern is anchored on the rarest words that it needs, so that most patterns
//! are never looked at; each is bounded in length, so the work is linear in the text.

use super::anchor::Vocabulary;
use super::code::{LONGEST, Text};
use super::compile::Compiler;
use super::list::List;
use super::setting::Scope;
use super::signature::{ANYTHING, Known, Signature, of_token};
use super::table::{Anchors, Draft, Row, Table, part, tables};
use crate::text::{Kind, Token, WordId, Words};
use std::cell::Cell;
use std::sync::Arc;

thread_local! {
    /// Finds of one run: memory that is used again.
    static PLACES: Cell<Vec<Place>> = const { Cell::new(Vec::new()) };
}

/// Patterns with the numbers that stand for them.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    /// Its place among those made with it.
    number: usize,
    code: Vec<u32>,
    /// The parts of its patterns.
    parts: u16,
    common: Arc<Common>,
}

/// What matchers of one vocabulary share.
#[derive(Debug, Default)]
pub(super) struct Common {
    anchors: Anchors,
    /// The patterns of all matchers.
    rows: Vec<Row>,
    lists: Vec<List>,
    /// By word number.
    known: Vec<u32>,
    /// Tokens that an entry of the profile is longer than one, at most.
    slack: usize,
}

/// Lists that the profile has been put into.
pub(super) struct Lists<'l> {
    pub all: Vec<List>,
    /// The numbers of those that it has filled. Of their entries one word is looked for,
    pub open: &'l [usize],
    /// none of these if there is another.
    pub frequent: &'l [WordId],
    /// One more than the greatest number of a word.
    pub bound: usize,
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
        let (tables, anchors) = tables(&[self], vocabulary, bound);
        let lists = Lists { all: std::mem::take(&mut compiler.lists), open: &[], frequent: &[], bound };
        let [matcher] = matchers(tables, anchors, lists, |_| true);
        (matcher, compiler.words)
    }
}

/// For each table a matcher of its patterns whose number is wanted.
pub(super) fn matchers<const N: usize>(
    tables: [Table; N],
    anchors: Anchors,
    lists: Lists<'_>,
    wanted: impl Fn(u32) -> bool,
) -> [Matcher; N] {
    let mut rows = Vec::with_capacity(tables.iter().map(Table::count).sum());
    let mut parts = [0; N];
    for (table, parts) in tables.iter().zip(&mut parts) {
        for mut row in table.rows() {
            if !wanted(row.payload) {
                row.part = 0;
            }
            *parts |= row.part;
            rows.push(row);
        }
    }
    let common = Arc::new(Common::new(anchors, rows, lists));
    let mut number = 0..;
    tables.map(|table| {
        let number = number.next().unwrap_or_default();
        Matcher { number, code: table.code, parts: parts[number], common: Arc::clone(&common) }
    })
}

impl Common {
    /// Finishes the lists.
    fn new(mut anchors: Anchors, rows: Vec<Row>, lists: Lists<'_>) -> Self {
        let Lists { all: mut lists, open, frequent, bound } = lists;
        let (mut known, mut slack) = (std::mem::take(&mut anchors.parts), 0);
        known.resize(bound.max(known.len()), 0);
        for (i, list) in open.iter().enumerate() {
            let anchor = Known::anchor(i, anchors.open_parts.get(i).copied().unwrap_or_default());
            for entry in lists[*list].entries() {
                slack = slack.max(entry.len() - 1);
                let rare = entry.iter().find(|word| !frequent.contains(&WordId(**word)));
                rare.or(entry.first()).into_iter().for_each(|word| known[*word as usize] |= anchor.0);
                entry.iter().for_each(|word| known[*word as usize] |= Known::member(i).0);
            }
        }
        lists.iter_mut().for_each(|list| list.finish(bound));
        Common { anchors, rows, lists, known, slack }
    }

    #[inline(always)]
    fn signature(&self, token: &Token) -> Signature {
        let of = |word: WordId| Known(self.known.get(word.0 as usize).copied().unwrap_or_default());
        let mut known = of(token.word);
        if token.exact != WordId::UNKNOWN {
            known = known.or(of(token.exact));
        }
        if token.kind == Kind::Number {
            known = known.or(Known(self.anchors.number_parts));
        }
        of_token(token, known)
    }
}

impl Matcher {
    /// Prepares tokens for [`Matcher::find_each`] of every matcher with this vocabulary.
    pub fn signatures(&self, tokens: &[Token]) -> impl ExactSizeIterator<Item = Signature> {
        tokens.iter().map(|token| self.common.signature(token))
    }

    /// Every place where a pattern of the admitted scopes is found, leftmost first, those of clauses after all others; of the
    /// ways to match from one place the longest.
    pub fn find(&self, tokens: &[Token], admits: impl Fn(Scope) -> bool) -> Vec<Found> {
        let mut out = Vec::new();
        let signatures: Vec<Signature> = self.signatures(tokens).collect();
        self.find_each(tokens, &signatures, admits, |found| out.push(found));
        out
    }

    /// A pattern of sentences is found at all.
    pub fn is_found(&self, tokens: &[Token], signatures: &[Signature]) -> bool {
        let mut places = PLACES.take();
        let parts = self.admitted(WHOLE, |_| true);
        self.run(parts, Text::new(tokens, signatures, &self.common.lists), 1, &mut places);
        let found = !places.is_empty();
        places.clear();
        PLACES.set(places);
        found
    }

    /// As [`Matcher::find`], one by one; patterns of clauses come after all others. `signatures` are those of the tokens.
    pub fn find_each(
        &self,
        tokens: &[Token],
        signatures: &[Signature],
        admits: impl Fn(Scope) -> bool,
        mut each: impl FnMut(Found),
    ) {
        for parts in [self.admitted(WHOLE, &admits), self.admitted(CLAUSE, &admits)] {
            if parts == 0 {
                continue;
            }
            let mut places = PLACES.take();
            self.run(parts, Text::new(tokens, signatures, &self.common.lists), usize::MAX, &mut places);
            if places.len() > 1 {
                // Two words of an anchor can lead to one place.
                places.sort_unstable();
                places.dedup();
            }
            for place in places.drain(..) {
                each(Found { payload: place.payload, start: place.start as usize, end: place.end as usize });
            }
            PLACES.set(places);
        }
    }

    /// The parts of some scopes, if there are patterns in them.
    fn admitted(&self, scopes: &[Scope], admits: impl Fn(Scope) -> bool) -> u16 {
        let admitted = scopes.iter().filter(|scope| admits(**scope));
        self.parts & admitted.fold(0, |all, scope| all | part(self.number, *scope))
    }

    /// At least `most` finds if there are so many, some of them twice.
    fn run(&self, parts: u16, text: Text<'_>, most: usize, out: &mut Vec<Place>) {
        let Common { anchors, rows, slack, .. } = &*self.common;
        let met = text.signatures.iter().fold(0, |all, signature| all | signature.bits);
        let mut run = Run { code: &self.code, rows, slack: *slack, parts, text, met, out };
        let mut before = ANYTHING;
        for (at, signature) in text.signatures.iter().enumerate() {
            if !anchors.any.is_empty() {
                run.try_rows(&anchors.any, at, (u64::MAX, u64::MAX));
            }
            if signature.known.is_in(parts) {
                run.try_token(anchors, at, (before, text.signature(at + 1)), signature.known);
                if run.out.len() >= most {
                    break;
                }
            }
            before = signature.bits;
        }
    }
}

/// Scopes whose patterns are found first.
const WHOLE: &[Scope] = &[Scope::Sentence, Scope::Opening];
const CLAUSE: &[Scope] = &[Scope::Clause];

/// A find, in the order in which they are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    start: u32,
    /// Place of the pattern in the table.
    order: u32,
    payload: u32,
    end: u32,
}

/// The patterns of some parts run on a text.
struct Run<'r> {
    code: &'r [u32],
    rows: &'r [Row],
    slack: usize,
    parts: u16,
    text: Text<'r>,
    /// The bits of all tokens.
    met: u64,
    out: &'r mut Vec<Place>,
}

impl Run<'_> {
    /// Tries the patterns anchored on a token.
    fn try_token(&mut self, anchors: &Anchors, at: usize, sides: (u64, u64), known: Known) {
        let Some(token) = self.text.tokens.get(at) else { return };
        self.try_rows(anchors.of(token.word), at, sides);
        if token.exact != WordId::UNKNOWN {
            self.try_rows(anchors.of(token.exact), at, sides);
        }
        if token.kind == Kind::Number {
            self.try_rows(&anchors.by_number, at, sides);
        }
        let mut open = known.anchors();
        while open != 0 {
            let of = anchors.by_open.get(open.trailing_zeros() as usize);
            self.try_rows(of.map_or(&[], Vec::as_slice), at, sides);
            open &= open - 1;
        }
    }

    /// Tries those of some patterns that can stand between these signatures.
    fn try_rows(&mut self, numbers: &[u32], at: usize, (before, after): (u64, u64)) {
        let (rows, parts, met) = (self.rows, self.parts, self.met);
        for number in numbers {
            if let Some(row) = rows.get(*number as usize)
                && row.sides.meet(before, after)
                && row.also & met != 0
                && row.part & parts != 0
            {
                self.try_row(row, at);
            }
        }
    }

    /// Looks for a pattern with a word of its anchor at a token.
    #[inline(never)]
    fn try_row(&mut self, row: &Row, at: usize) {
        if row.single {
            self.out.push(row.place(at, at + 1));
            return;
        }
        // One more than the last beginning; nothing if the anchor stands too near to the text's.
        let past = (at + 1).saturating_sub(row.low.into());
        let past = if row.opens { past.min(self.text.head + 1) } else { past };
        let high = usize::from(row.high) + usize::from(row.wide) * self.slack;
        let first = at.saturating_sub(high.min(LONGEST));
        let beginnings = self.text.signatures.get(first..past).unwrap_or_default();
        let (wanted, mut start) = (row.first, first);
        for signature in beginnings {
            if signature.bits & wanted != 0 && self.text.signature(start + 1) & row.second != 0 {
                self.try_from(row, start);
            }
            start += 1;
        }
    }

    /// Looks for a pattern from its beginning.
    fn try_from(&mut self, row: &Row, start: usize) {
        let (code, barred) = row.code(self.code);
        if let Some(end) = self.text.end(code, barred, start) {
            self.out.push(row.place(start, end));
        }
    }
}

impl Row {
    fn place(&self, start: usize, end: usize) -> Place {
        Place { start: start as u32, order: self.order, payload: self.payload, end: end as u32 }
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
        let (tables, anchors) = tables(&[draft], vocabulary, compiler.words.bound());
        compiler.lists[open[0]] = filled(&compiler.lists[open[0]], ACCUSER.into_iter(), &mut compiler.words);
        let bound = compiler.words.bound();
        let lists = Lists { all: std::mem::take(&mut compiler.lists), open: &open, frequent: &[], bound };
        let [matcher] = matchers(tables, anchors, lists, |_| true);
        (matcher, compiler.words)
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
        // Signatures that tell nothing apart, beyond the text as well.
        let blind = vec![Signature { bits: u64::MAX, known: Known::default() }; tokens.len() + LONGEST];
        let text = Text::new(tokens, &blind, &matcher.common.lists);
        let mut rows: Vec<&Row> = matcher.common.rows.iter().collect();
        rows.sort_by_key(|row| row.order);
        let mut out = Vec::new();
        for start in 0..tokens.len() {
            for row in rows.iter().filter(|row| start <= text.head || !row.opens) {
                let (code, barred) = row.code(&matcher.code);
                let payload = row.payload;
                out.extend(text.end(code, barred, start).map(|end| Found { payload, start, end }));
            }
        }
        out
    }

    #[test]
    fn anchors_and_signatures_lose_nothing() {
        const PATTERNS: [&str; 28] = [
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
            "(a fake | b ..1 c | very [no] of | [up] is) proof",
            "(no (a | b) | @accuser | @number) ..3 (c | not fake)",
            "fake (proof | a b $ | [very] !(no) c)",
            "(a | b | c | fake | made | up | no | not | very | proof | hard | facts | is | of) ..2 they",
            "!(a) (b | ..1 c) of",
            "they (@evidence | [a] [b] | ..2) is",
            "(^ a | b ^ | (c | very) ..1 (of | $)) [is]",
            "@number [@number] ..4 @accuser",
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
