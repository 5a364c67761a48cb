//! What a pattern can begin with: the words of its first token, and a signature of its second, which spares most tries.

use super::compile::{List, Node};
use super::need::{Need, needs};
use crate::text::{Kind, Token, WordId};
use serde::{Deserialize, Serialize};

/// How a compiled pattern begins.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Shape {
    /// Words that the first token can be, sorted.
    pub words: Vec<WordId>,
    /// The first token can be a figure.
    pub number: bool,
    /// [`signature`] of what can come second.
    pub second: u64,
    /// One token can be all of it.
    pub one: bool,
    /// Stands only at the beginning.
    pub anchored: bool,
    /// Words of which one must stand behind the first token, for the patterns that the second token hardly tells apart.
    pub needs: Vec<Need>,
}

/// What is known of a node's first two tokens, as signatures.
#[derive(Clone, Copy, Default)]
struct Head {
    first: u64,
    second: u64,
    one: bool,
    empty: bool,
}

/// The shape of a pattern; `common` holds words that say little, as bits.
pub(super) fn shape(node: &Node, lists: &[List], common: &[u64]) -> Shape {
    let mut shape = Shape::default();
    collect(node, lists, &mut shape);
    shape.words.sort_unstable();
    shape.words.dedup();
    let head = head(node, lists);
    (shape.second, shape.one, shape.anchored) = (head.second, head.one, is_anchored(node));
    if !head.one && head.second.count_ones() > SHARP {
        shape.needs = needs(node, lists, common);
    }
    shape
}

/// Bits of a second token's signature up to which it spares nearly all tries by itself.
const SHARP: u32 = 3;

/// Words share 62 bits; one stands for figures, one is set wherever the second token need not be looked at.
const WORDS: u64 = 62;
const NUMBER: u64 = 1 << 62;
pub(super) const ALWAYS: u64 = 1 << 63;

/// The bits that stand for a token: those of its words, one for figures.
pub(super) fn signature(token: &Token) -> u64 {
    let number = if token.kind == Kind::Number { NUMBER } else { 0 };
    bit(token.word) | bit(token.exact) | number
}

fn bit(word: WordId) -> u64 {
    let spread = u64::from(word.0.wrapping_mul(0x9E37_79B9));
    if word == WordId::UNKNOWN { 0 } else { 1 << ((spread * WORDS) >> 32) }
}

/// A set of words as bits; see [`List::finish`].
pub(super) fn has(set: &[u64], word: WordId) -> bool {
    set.get(word.0 as usize / 64).is_some_and(|bits| bits >> (word.0 % 64) & 1 == 1)
}

impl List {
    /// Makes the sets of its words, when every word has its number.
    pub(super) fn finish(&mut self, bound: usize) {
        self.single = set(bound, self.words.iter());
        self.opening = set(bound, self.phrases.iter().filter_map(|p| p.first()));
    }
}

/// Words as bits.
pub(super) fn set<'w>(bound: usize, words: impl Iterator<Item = &'w WordId>) -> Vec<u64> {
    let mut set = vec![0; bound.div_ceil(64)];
    for word in words.filter(|w| **w != WordId::UNKNOWN) {
        set[word.0 as usize / 64] |= 1 << (word.0 % 64);
    }
    set
}

/// Collects what a node can begin with; true if it can match nothing at all.
fn collect(node: &Node, lists: &[List], out: &mut Shape) -> bool {
    match node {
        Node::One(word) => out.words.push(*word),
        Node::Phrase(words) => match words.first() {
            Some(first) => out.words.push(*first),
            None => return true,
        },
        Node::Any(words) => out.words.extend(words),
        Node::Number => out.number = true,
        Node::List(list) => {
            let list = &lists[*list];
            out.words.extend(&list.words);
            out.words.extend(list.phrases.iter().filter_map(|p| p.first()));
        }
        Node::Sequence(items) => return items.iter().all(|i| collect(i, lists, out)),
        Node::Choice(items) => {
            // Every alternative must be visited: `any` would stop at the first empty one.
            let empty: Vec<bool> = items.iter().map(|i| collect(i, lists, out)).collect();
            return empty.contains(&true);
        }
        Node::Optional(item) => {
            collect(item, lists, out);
            return true;
        }
        Node::Gap(_) | Node::NotNext(_) | Node::NotBefore(_) | Node::Start | Node::End => return true,
    }
    false
}

fn head(node: &Node, lists: &[List]) -> Head {
    let all = |words: &[WordId]| words.iter().fold(0, |all, w| all | bit(*w));
    let word = |first: u64| Head { first, one: true, ..Head::default() };
    match node {
        Node::One(w) => word(bit(*w)),
        Node::Phrase(words) => {
            let nothing = Head { empty: true, ..Head::default() };
            words.iter().fold(nothing, |so_far, w| so_far.then(word(bit(*w))))
        }
        Node::Any(words) => word(all(words)),
        Node::Number => word(NUMBER),
        Node::List(list) => {
            let List { words, phrases, .. } = &lists[*list];
            let nth = |i: usize| phrases.iter().filter_map(move |p| p.get(i)).fold(0, |all, w| all | bit(*w));
            Head { first: all(words) | nth(0), second: nth(1), one: !words.is_empty(), empty: false }
        }
        Node::Sequence(items) => {
            let nothing = Head { empty: true, ..Head::default() };
            items.iter().fold(nothing, |so_far, item| so_far.then(head(item, lists)))
        }
        Node::Choice(items) => items.iter().map(|i| head(i, lists)).fold(Head::default(), Head::or),
        Node::Optional(item) => Head { empty: true, ..head(item, lists) },
        Node::Gap(0) | Node::NotNext(_) | Node::NotBefore(_) | Node::Start | Node::End => {
            Head { empty: true, ..Head::default() }
        }
        Node::Gap(_) => Head { first: u64::MAX, second: u64::MAX, one: true, empty: true },
    }
}

impl Head {
    fn then(self, next: Head) -> Head {
        let pick = |holds: bool, bits: u64| if holds { bits } else { 0 };
        Head {
            first: self.first | pick(self.empty, next.first),
            second: self.second | pick(self.one, next.first) | pick(self.empty, next.second),
            one: self.one && next.empty || self.empty && next.one,
            empty: self.empty && next.empty,
        }
    }

    fn or(self, other: Head) -> Head {
        Head {
            first: self.first | other.first,
            second: self.second | other.second,
            one: self.one || other.one,
            empty: self.empty || other.empty,
        }
    }
}

fn is_anchored(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Sequence(items) => {
            let borders = items.iter().take_while(|i| matches!(i, Node::Start | Node::NotBefore(_)));
            borders.into_iter().any(|i| matches!(i, Node::Start))
        }
        _ => false,
    }
}
