//! From patterns to nodes over word numbers.

use super::inflect::Inflector;
use super::list::List;
use super::pack::WordList;
use super::pattern::Pattern;
use super::roles::Roles;
use crate::text::{Token, WordId, Words, tokenize_new};
use std::collections::BTreeMap;

/// A compiled pattern. A word number stands for a word in any case or for an exact form: the two never share one.
#[derive(Debug, Clone)]
pub(super) enum Node {
    One(WordId),
    /// One after the other.
    Phrase(Vec<WordId>),
    /// Sorted.
    Any(Vec<WordId>),
    List(usize),
    Number,
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Optional(Box<Node>),
    Gap(u8),
    NotNext(Box<Node>),
    NotBefore(Box<Node>),
    Start,
    End,
}

/// Gives words their numbers and compiles patterns.
#[derive(Debug)]
pub struct Compiler<'p> {
    pub(super) words: Words,
    pub(super) lists: Vec<List>,
    sources: &'p BTreeMap<String, WordList>,
    roles: &'p Roles,
    inflector: &'p Inflector,
    pub(super) numbers: BTreeMap<String, usize>,
    /// For each list who asks for its words.
    askers: Vec<u8>,
    asker: u8,
}

impl<'p> Compiler<'p> {
    /// A compiler for the lists of a pack and the roles of a profile.
    pub fn new(lists: &'p BTreeMap<String, WordList>, roles: &'p Roles, inflector: &'p Inflector) -> Self {
        let (words, numbers) = (Words::default(), BTreeMap::new());
        Compiler {
            words,
            lists: Vec::new(),
            sources: lists,
            roles,
            inflector,
            numbers,
            askers: Vec::new(),
            asker: Words::ALL,
        }
    }

    /// Patterns compiled from now on, and their lists, are asked for by these.
    pub(super) fn ask(&mut self, asker: u8) {
        self.words.ask(asker);
        self.asker = asker;
    }

    /// Marks the words of each list as asked for by all that name it.
    pub(super) fn mark_lists(&mut self) {
        for (name, number) in &self.numbers {
            self.words.ask(self.askers[*number]);
            for entry in entries(self.sources, self.roles, name) {
                spell(entry, &mut self.words, is_acronym(entry));
            }
        }
        self.words.ask(Words::ALL);
    }

    /// The vocabulary so far.
    pub fn words(&mut self) -> &mut Words {
        &mut self.words
    }

    /// Compiles one alternative.
    pub(super) fn node(&mut self, pattern: &Pattern) -> Node {
        match pattern {
            Pattern::Sequence(items) => {
                let mut nodes: Vec<Node> = items.iter().map(|i| self.inner(i)).collect();
                if let Some(Node::NotNext(inner)) = nodes.first().cloned() {
                    nodes[0] = Node::NotBefore(inner);
                }
                Node::Sequence(nodes)
            }
            other => self.inner(other),
        }
    }

    fn inner(&mut self, pattern: &Pattern) -> Node {
        match pattern {
            Pattern::Word(text) => self.spelt(text, false),
            Pattern::Exact(text) => self.spelt(text, true),
            Pattern::Inflected(word) => {
                let mut forms: Vec<WordId> =
                    self.inflector.any(word).iter().map(|f| self.words.intern(f)).collect();
                forms.sort_unstable();
                forms.dedup();
                Node::Any(forms)
            }
            Pattern::List(name) => Node::List(self.list(name)),
            Pattern::Number => Node::Number,
            Pattern::Sequence(items) => Node::Sequence(items.iter().map(|i| self.inner(i)).collect()),
            Pattern::Choice(items) => self.choice(items),
            Pattern::Optional(item) => Node::Optional(Box::new(self.inner(item))),
            Pattern::Gap(most) => Node::Gap(*most),
            Pattern::Not(item) => Node::NotNext(Box::new(self.inner(item))),
            Pattern::Start => Node::Start,
            Pattern::End => Node::End,
        }
    }

    /// Single words of a choice become one sorted set.
    fn choice(&mut self, items: &[Pattern]) -> Node {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for item in items {
            match self.inner(item) {
                Node::One(word) => words.push(word),
                Node::Any(more) => words.extend(more),
                node => others.push(node),
            }
        }
        words.sort_unstable();
        words.dedup();
        if others.is_empty() {
            return Node::Any(words);
        }
        if !words.is_empty() {
            others.push(Node::Any(words));
        }
        Node::Choice(others)
    }

    fn spelt(&mut self, text: &str, exact: bool) -> Node {
        let mut ids = spell(text, &mut self.words, exact);
        if ids.len() == 1 { Node::One(ids.remove(0)) } else { Node::Phrase(ids) }
    }

    /// The number of a list.
    pub(super) fn list(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            self.askers[*number] |= self.asker;
            return *number;
        }
        let entries = entries(self.sources, self.roles, name);
        let all = entries.map(|entry| spell(entry, &mut self.words, is_acronym(entry))).collect();
        self.lists.push(List::new(all));
        self.askers.push(self.asker);
        self.numbers.insert(name.to_owned(), self.lists.len() - 1);
        self.lists.len() - 1
    }
}

/// A list with more entries.
pub(super) fn filled<'e>(list: &List, more: impl Iterator<Item = &'e str>, words: &mut Words) -> List {
    let known = |entry: &[u32]| entry.iter().map(|w| WordId(*w)).collect();
    let mut all: Vec<Vec<WordId>> = list.entries().map(known).collect();
    all.extend(more.map(|entry| spell(entry, words, is_acronym(entry))));
    List::new(all)
}

/// Entries of a list or role; `claim` holds the generic words for claims besides those of the profile.
fn entries<'p>(
    lists: &'p BTreeMap<String, WordList>,
    roles: &'p Roles,
    name: &str,
) -> impl Iterator<Item = &'p String> {
    roles.entries(name).iter().chain(lists.get(name).into_iter().flat_map(|l| &l.forms))
}

/// Capitals throughout: the entry is matched with them, so that US is not us.
fn is_acronym(entry: &str) -> bool {
    entry.chars().any(char::is_uppercase) && !entry.chars().any(char::is_lowercase) && !entry.contains(' ')
}

fn spell(text: &str, words: &mut Words, exact: bool) -> Vec<WordId> {
    let of = |t: &Token| if exact && t.exact != WordId::UNKNOWN { t.exact } else { t.word };
    tokenize_new(text, words).iter().filter(|t| !t.is_break()).map(of).collect()
}
