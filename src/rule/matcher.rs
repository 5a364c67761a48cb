//! Runs compiled patterns over tokens. Every pattern is bounded in length, so the work is linear in the text.

use super::compile::{Compiler, List, Node};
use super::pattern::Pattern;
use super::setting::Scope;
use crate::text::{Kind, Token, WordId, Words};

/// Patterns with the numbers that stand for them.
#[derive(Debug, Clone, Default)]
pub struct Matcher {
    entries: Vec<Entry>,
    /// For each word number the entries that can begin with it.
    by_word: Vec<Vec<u32>>,
    /// Entries that can begin with a figure.
    by_number: Vec<u32>,
    lists: Vec<List>,
}

#[derive(Debug, Clone)]
struct Entry {
    payload: u32,
    scope: Scope,
    node: Node,
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

impl Matcher {
    /// Adds a pattern; `payload` comes back with each find.
    pub fn add(&mut self, compiler: &mut Compiler<'_>, pattern: &Pattern, scope: Scope, payload: u32) {
        let node = compiler.node(pattern);
        self.entries.push(Entry { payload, scope, node });
    }

    /// Finishes: takes the lists over and builds the index; gives the vocabulary back.
    pub fn finish(matchers: &mut [&mut Matcher], compiler: Compiler<'_>) -> Words {
        for matcher in matchers {
            matcher.lists.clone_from(&compiler.lists);
            matcher.index(compiler.words.bound());
        }
        compiler.words
    }

    /// Every place where a pattern of the admitted scopes is found, leftmost first; of the ways to match from one
    /// place the longest.
    pub fn find(&self, tokens: &[Token], admits: impl Fn(Scope) -> bool) -> Vec<Found> {
        let mut out = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            for entry in self.candidates(token).map(|e| &self.entries[e as usize]).filter(|e| admits(e.scope))
            {
                if let Some(end) = self.ends(&entry.node, tokens, &[start]).last().filter(|e| **e > start) {
                    out.push(Found { payload: entry.payload, start, end: *end });
                }
            }
        }
        out
    }

    fn candidates(&self, token: &Token) -> impl Iterator<Item = u32> {
        let of = |id: WordId| if id == WordId::UNKNOWN { None } else { self.by_word.get(id.0 as usize) };
        let exact = if token.exact == token.word { None } else { of(token.exact) };
        let numbers = (token.kind == Kind::Number).then_some(&self.by_number);
        of(token.word).into_iter().chain(exact).chain(numbers).flatten().copied()
    }

    /// Ends, sorted, of all ways to match a node from any of the starts.
    fn ends(&self, node: &Node, tokens: &[Token], starts: &[usize]) -> Vec<usize> {
        let step = |holds: &dyn Fn(&Token) -> bool| {
            starts.iter().filter(|s| tokens.get(**s).is_some_and(holds)).map(|s| s + 1).collect::<Vec<_>>()
        };
        let keep =
            |holds: &dyn Fn(usize) -> bool| starts.iter().copied().filter(|s| holds(*s)).collect::<Vec<_>>();
        match node {
            Node::One(word) => step(&|t| is(t, *word)),
            Node::Any(words) => step(&|t| is_any(t, words)),
            Node::Number => step(&|t| t.kind == Kind::Number),
            Node::List(list) => self.list_ends(&self.lists[*list], tokens, starts),
            Node::Sequence(items) => items.iter().fold(starts.to_vec(), |at, item| {
                if at.is_empty() { at } else { self.ends(item, tokens, &at) }
            }),
            Node::Choice(items) => union(items.iter().flat_map(|i| self.ends(i, tokens, starts)).collect()),
            Node::Optional(item) => {
                union(starts.iter().copied().chain(self.ends(item, tokens, starts)).collect())
            }
            Node::Gap(most) => {
                let reach = |s: &usize| *s..=(*s + *most as usize).min(tokens.len());
                union(starts.iter().flat_map(reach).collect())
            }
            Node::NotNext(item) => keep(&|s| self.ends(item, tokens, &[s]).is_empty()),
            Node::NotBefore(item) => keep(&|s| !self.stands_before(item, tokens, s)),
            Node::Start => keep(&|s| s <= BORDER && silent(&tokens[..s])),
            Node::End => keep(&|s| tokens.len() - s.min(tokens.len()) <= BORDER && silent(&tokens[s..])),
        }
    }

    fn list_ends(&self, list: &List, tokens: &[Token], starts: &[usize]) -> Vec<usize> {
        let mut out = Vec::new();
        for start in starts {
            let Some(token) = tokens.get(*start) else { continue };
            if is_any(token, &list.words) {
                out.push(start + 1);
            }
            for word in [token.word, token.exact] {
                let from = list.phrases.partition_point(|p| p.first() < Some(&word));
                let with = list.phrases[from..].iter().take_while(|p| p.first() == Some(&word));
                let fits = |p: &&Vec<WordId>| {
                    p.iter().enumerate().all(|(i, w)| tokens.get(start + i).is_some_and(|t| is(t, *w)))
                };
                out.extend(with.filter(fits).map(|p| start + p.len()));
            }
        }
        union(out)
    }

    fn stands_before(&self, item: &Node, tokens: &[Token], at: usize) -> bool {
        (at.saturating_sub(LONGEST_BEFORE)..at).any(|s| self.ends(item, tokens, &[s]).contains(&at))
    }

    fn index(&mut self, bound: usize) {
        self.by_word = vec![Vec::new(); bound];
        for (i, entry) in self.entries.iter().enumerate() {
            let mut first = First::default();
            self.first(&entry.node, &mut first);
            first.words.sort();
            first.words.dedup();
            for word in first.words {
                self.by_word[word.0 as usize].push(i as u32);
            }
            if first.number {
                self.by_number.push(i as u32);
            }
        }
    }

    /// Collects what a node can begin with; true if it can match nothing at all.
    fn first(&self, node: &Node, out: &mut First) -> bool {
        match node {
            Node::One(word) => out.words.push(*word),
            Node::Any(words) => out.words.extend(words),
            Node::Number => out.number = true,
            Node::List(list) => {
                let list = &self.lists[*list];
                out.words.extend(&list.words);
                out.words.extend(list.phrases.iter().filter_map(|p| p.first()));
            }
            Node::Sequence(items) => return items.iter().all(|i| self.first(i, out)),
            Node::Choice(items) => {
                // Every alternative must be visited: `any` would stop at the first empty one.
                let empty: Vec<bool> = items.iter().map(|i| self.first(i, out)).collect();
                return empty.contains(&true);
            }
            Node::Optional(item) => {
                self.first(item, out);
                return true;
            }
            Node::Gap(_) | Node::NotNext(_) | Node::NotBefore(_) | Node::Start | Node::End => return true,
        }
        false
    }
}

#[derive(Debug, Default)]
struct First {
    words: Vec<WordId>,
    number: bool,
}

/// Tokens that a pattern before `!(…)` at its beginning may span.
const LONGEST_BEFORE: usize = 4;

/// Marks that may stand between a word and the border of its scope.
const BORDER: usize = 8;

fn silent(tokens: &[Token]) -> bool {
    tokens.iter().all(|t| !t.is_word() && t.kind != Kind::Emoji)
}

fn is(token: &Token, word: WordId) -> bool {
    word != WordId::UNKNOWN && (token.word == word || token.exact == word)
}

fn is_any(token: &Token, words: &[WordId]) -> bool {
    let has = |w: WordId| w != WordId::UNKNOWN && words.binary_search(&w).is_ok();
    has(token.word) || has(token.exact)
}

fn union(mut ends: Vec<usize>) -> Vec<usize> {
    ends.sort_unstable();
    ends.dedup();
    ends
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
        let words = Matcher::finish(&mut [&mut matcher], compiler);
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
