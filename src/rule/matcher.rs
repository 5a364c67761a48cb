//! Runs compiled patterns over tokens. Every pattern is bounded in length, so the work is linear in the text.

use super::compile::{Compiler, List, Node};
use super::first::{Shape, has, set, shape};
use super::follow::{Followed, Needed, Needs};
use super::index::{Candidate, Index};
use super::pattern::Pattern;
use super::setting::Scope;
use crate::text::{Kind, Token, WordId, Words};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Tokens that a find may span. Ways to match end at bits of a number of 64 bits.
const LONGEST: usize = 63;

/// Patterns with the numbers that stand for them.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    entries: Vec<Entry>,
    /// Patterns of sentences and openings.
    whole: Part,
    /// Patterns of clauses.
    clause: Part,
    lists: Arc<Vec<List>>,
}

/// The patterns of some scopes.
#[derive(Debug, Clone, Default)]
struct Part {
    index: Index,
    needs: Needs,
}

/// A compiled pattern.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    pub payload: u32,
    scope: Scope,
    /// What must not stand before it; looked at last.
    before: Option<Node>,
    node: Node,
    /// How it begins; made by [`Entry::settle`], else by [`Matcher::finish`], which empties it.
    shape: Option<Box<Shape>>,
    /// Stands only at the beginning.
    #[serde(skip)]
    anchored: bool,
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

/// Where a pattern is tried.
#[derive(Clone, Copy)]
struct Place<'t> {
    tokens: &'t [Token],
    /// The token that bit 0 stands for.
    at: usize,
}

impl Matcher {
    /// Adds a pattern; `payload` comes back with each find.
    pub fn add(&mut self, compiler: &mut Compiler<'_>, pattern: &Pattern, scope: Scope, payload: u32) {
        self.entries.push(Entry::new(compiler, pattern, scope, payload));
    }

    /// Adds a pattern that is compiled already.
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Finishes: takes the lists over and builds the index; gives the vocabulary back. `common` are words that say
    /// little.
    pub fn finish(matchers: &mut [&mut Matcher], mut compiler: Compiler<'_>, common: &[WordId]) -> Words {
        let bound = compiler.words.bound();
        compiler.lists.iter_mut().for_each(|list| list.finish(bound));
        let lists = Arc::new(compiler.lists);
        let common = set(bound, common.iter());
        for matcher in matchers {
            matcher.lists = Arc::clone(&lists);
            let shape_of =
                |e: &mut Entry| e.shape.take().map_or_else(|| shape(&e.node, &lists, &common), |s| *s);
            let shapes: Vec<Shape> = matcher.entries.iter_mut().map(shape_of).collect();
            for (entry, shape) in matcher.entries.iter_mut().zip(&shapes) {
                entry.anchored = shape.anchored;
            }
            let of = |clause: bool| {
                let runs = |i: usize| (matcher.entries[i].scope == Scope::Clause) == clause;
                let (needs, needed) = Needs::new(bound, &shapes, runs);
                let candidates =
                    (0..).zip(&needed).map(|(pattern, needs)| Candidate { pattern, needs: *needs });
                let patterns = candidates.zip(&shapes).filter(|(c, _)| runs(c.pattern as usize));
                Part { index: Index::new(bound, patterns), needs }
            };
            (matcher.whole, matcher.clause) = (of(false), of(true));
        }
        compiler.words
    }

    /// Every place where a pattern of the admitted scopes is found, leftmost first; of the ways to match from one
    /// place the longest.
    pub fn find(&self, tokens: &[Token], admits: impl Fn(Scope) -> bool) -> Vec<Found> {
        let mut out = Vec::new();
        self.find_each(tokens, admits, |found| out.push(found));
        out
    }

    /// A pattern of sentences is found at all.
    pub fn is_found(&self, tokens: &[Token]) -> bool {
        let head = tokens.iter().take(BORDER).take_while(|t| is_silent(t)).count();
        let mut found = false;
        for (at, token) in tokens.iter().enumerate() {
            self.whole.index.each(token, tokens.get(at + 1), |candidate| {
                let entry = &self.entries[candidate.pattern as usize];
                found |= !found && (at <= head || !entry.anchored) && self.end(entry, tokens, at).is_some();
            });
            if found {
                break;
            }
        }
        found
    }

    /// As [`Matcher::find`], one by one; patterns of clauses come after all others.
    pub fn find_each(&self, tokens: &[Token], admits: impl Fn(Scope) -> bool, mut each: impl FnMut(Found)) {
        if admits(Scope::Sentence) || admits(Scope::Opening) {
            self.run(&self.whole, tokens, &admits, &mut each);
        }
        if admits(Scope::Clause) {
            self.run(&self.clause, tokens, &admits, &mut each);
        }
    }

    fn run(
        &self,
        part: &Part,
        tokens: &[Token],
        admits: &impl Fn(Scope) -> bool,
        each: &mut impl FnMut(Found),
    ) {
        let head = tokens.iter().take(BORDER).take_while(|t| is_silent(t)).count();
        let mut followed: Option<Followed> = None;
        for (at, token) in tokens.iter().enumerate() {
            part.index.each(token, tokens.get(at + 1), |candidate| {
                if candidate.needs != Needed::default()
                    && !followed.get_or_insert_with(|| part.needs.followed(tokens)).holds(candidate.needs, at)
                {
                    return;
                }
                let entry = &self.entries[candidate.pattern as usize];
                if admits(entry.scope)
                    && (at <= head || !entry.anchored)
                    && let Some(end) = self.end(entry, tokens, at)
                {
                    each(Found { payload: entry.payload, start: at, end });
                }
            });
        }
    }

    /// Where the longest way to match ends.
    fn end(&self, entry: &Entry, tokens: &[Token], at: usize) -> Option<usize> {
        let ends = self.ends(&entry.node, Place { tokens, at }, 1) & !1;
        let barred = |item: &Node| self.stands_before(item, tokens, at);
        let stands = ends != 0 && !entry.before.as_ref().is_some_and(barred);
        stands.then(|| at + LONGEST - ends.leading_zeros() as usize)
    }

    /// Ends of all ways to match a node from any of the starts; both are bits counted from the place.
    fn ends(&self, node: &Node, place: Place<'_>, starts: u64) -> u64 {
        match node {
            Node::One(word) => place.step(starts, |t| is(t, *word)),
            Node::Phrase(words) => words.iter().fold(starts, |at, word| place.step(at, |t| is(t, *word))),
            Node::Any(words) => place.step(starts, |t| is_any(t, words)),
            Node::Number => place.step(starts, |t| t.kind == Kind::Number),
            Node::List(list) => place.each(starts, |at| self.lists[*list].ends(place.tokens, at)),
            Node::Sequence(items) => {
                let mut at = starts;
                for item in items {
                    at = self.ends(item, place, at);
                    if at == 0 {
                        break;
                    }
                }
                at
            }
            Node::Choice(items) => items.iter().fold(0, |all, i| all | self.ends(i, place, starts)),
            Node::Optional(item) => starts | self.ends(item, place, starts),
            Node::Gap(most) => place.reach(starts, *most),
            Node::NotNext(item) => {
                place.keep(starts, |at| self.ends(item, Place { tokens: place.tokens, at }, 1) == 0)
            }
            Node::NotBefore(item) => place.keep(starts, |at| !self.stands_before(item, place.tokens, at)),
            Node::Start => place.keep(starts, |at| at <= BORDER && place.tokens[..at].iter().all(is_silent)),
            Node::End => place.keep(starts, |at| {
                place.tokens.len() - at <= BORDER && place.tokens[at..].iter().all(is_silent)
            }),
        }
    }

    fn stands_before(&self, item: &Node, tokens: &[Token], at: usize) -> bool {
        let reaches = |from: usize| self.ends(item, Place { tokens, at: from }, 1) >> (at - from) & 1 == 1;
        (at.saturating_sub(LONGEST_BEFORE)..at).any(reaches)
    }
}

impl Entry {
    /// Compiles one alternative.
    pub fn new(compiler: &mut Compiler<'_>, pattern: &Pattern, scope: Scope, payload: u32) -> Self {
        let mut node = compiler.node(pattern);
        let mut before = None;
        if let Node::Sequence(items) = &mut node
            && matches!(items.first(), Some(Node::NotBefore(_)))
            && let Node::NotBefore(item) = items.remove(0)
        {
            before = Some(*item);
        }
        Entry { payload, scope, before, node, shape: None, anchored: false }
    }

    /// A node that is looked for in sentences.
    pub fn of(node: Node, payload: u32) -> Self {
        Entry { payload, scope: Scope::Sentence, before: None, node, shape: None, anchored: false }
    }

    /// Finds its shape, unless it names one of these lists, which are not complete yet.
    pub fn settle(&mut self, open: &[usize], lists: &[List], common: &[u64]) {
        if !self.node.names(open) {
            self.shape = Some(Box::new(shape(&self.node, lists, common)));
        }
    }
}

impl Place<'_> {
    /// One token on from the starts whose token holds.
    fn step(self, starts: u64, holds: impl Fn(&Token) -> bool) -> u64 {
        self.keep(starts, |at| self.tokens.get(at).is_some_and(&holds)) << 1
    }

    /// The starts that hold.
    fn keep(self, starts: u64, holds: impl Fn(usize) -> bool) -> u64 {
        let (mut left, mut kept) = (starts, 0);
        while left != 0 {
            let bit = left & left.wrapping_neg();
            if holds(self.at + bit.trailing_zeros() as usize) {
                kept |= bit;
            }
            left ^= bit;
        }
        kept
    }

    /// The union of the ends from each start, given as bits counted from that start.
    fn each(self, starts: u64, ends: impl Fn(usize) -> u64) -> u64 {
        let (mut left, mut all) = (starts, 0);
        while left != 0 {
            let bit = left.trailing_zeros();
            all |= ends(self.at + bit as usize) << bit;
            left &= left - 1;
        }
        all
    }

    /// Up to `most` tokens on, within the text.
    fn reach(self, starts: u64, most: u8) -> u64 {
        let mut all = starts;
        for _ in 0..usize::from(most).min(LONGEST) {
            all |= all << 1;
        }
        match self.tokens.len() - self.at {
            left if left < LONGEST => all & ((2 << left) - 1),
            _ => all,
        }
    }
}

impl List {
    /// Ends of the entries that begin at a token, as bits counted from there.
    fn ends(&self, tokens: &[Token], at: usize) -> u64 {
        let Some(token) = tokens.get(at) else { return 0 };
        let mut ends = u64::from(has(&self.single, token.word) || has(&self.single, token.exact)) << 1;
        for word in [token.word, token.exact] {
            if !has(&self.opening, word) {
                continue;
            }
            let from = self.phrases.partition_point(|p| p.first() < Some(&word));
            for phrase in self.phrases[from..].iter().take_while(|p| p.first() == Some(&word)) {
                let fits = |(i, w): (usize, &WordId)| tokens.get(at + i).is_some_and(|t| is(t, *w));
                if phrase.len() <= LONGEST && phrase.iter().enumerate().all(fits) {
                    ends |= 1 << phrase.len();
                }
            }
        }
        ends
    }
}

/// Tokens that a pattern before `!(…)` at its beginning may span.
const LONGEST_BEFORE: usize = 4;

/// Marks that may stand between a word and the border of its scope.
const BORDER: usize = 8;

fn is_silent(token: &Token) -> bool {
    !token.is_word() && token.kind != Kind::Emoji
}

fn is(token: &Token, word: WordId) -> bool {
    word != WordId::UNKNOWN && (token.word == word || token.exact == word)
}

fn is_any(token: &Token, words: &[WordId]) -> bool {
    let has = |w: WordId| w != WordId::UNKNOWN && words.binary_search(&w).is_ok();
    has(token.word) || has(token.exact)
}

#[cfg(test)]
mod tests {
    use super::super::inflect::Inflector;
    use super::super::pack::WordList;
    use super::super::roles::Roles;
    use super::*;
    use crate::text::tokenize;
    use std::collections::BTreeMap;

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let forms = vec!["proof".to_owned(), "hard facts".to_owned()];
        let (reason, source, place) = (String::new(), None, (String::new(), 1));
        let list = WordList { written: forms.clone(), forms, reason, source, place };
        let lists = BTreeMap::from([("evidence".to_owned(), list)]);
        let roles = Roles { accuser: vec!["US".to_owned(), "north Korea".to_owned()], ..Roles::default() };
        let inflector = Inflector::default();
        let mut compiler = Compiler::new(&lists, &roles, &inflector);
        let mut matcher = Matcher::default();
        for one in Pattern::parse(pattern).unwrap().alternatives() {
            matcher.add(&mut compiler, &one, Scope::Sentence, 0);
        }
        let words = Matcher::finish(&mut [&mut matcher], compiler, &[]);
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
}
