//! A compiled pattern written out as numbers, and how it is run. Of each node its kind, how many numbers belong to it, then
//! these. Before each alternative of a choice stands the signature of what it can begin with, in four numbers of 16 bits.

use super::anchor::Vocabulary;
use super::compile::Node;
use super::list::List;
use super::signature::{ANYTHING, End, Signature, of_node};
use crate::text::{Kind, Token, WordId};

/// Tokens that a find may span. Ways to match end at bits of a number of 64 bits.
pub(super) const LONGEST: usize = 63;

/// Marks that may stand between a word and the border of its scope.
pub(super) const BORDER: usize = 8;

/// Tokens that a pattern before `!(…)` at its beginning may span.
const LONGEST_BEFORE: usize = 4;

/// Kinds of nodes.
mod kind {
    pub const ONE: u32 = 0;
    pub const PHRASE: u32 = 1;
    pub const ANY: u32 = 2;
    pub const LIST: u32 = 3;
    pub const NUMBER: u32 = 4;
    pub const SEQUENCE: u32 = 5;
    pub const CHOICE: u32 = 6;
    pub const OPTIONAL: u32 = 7;
    pub const GAP: u32 = 8;
    pub const NOT_NEXT: u32 = 9;
    pub const NOT_BEFORE: u32 = 10;
    pub const START: u32 = 11;
    pub const END: u32 = 12;
}

/// Writes a node out.
pub(super) fn write(node: &Node, vocabulary: Vocabulary<'_>, out: &mut Vec<u32>) {
    let head = out.len();
    out.extend([0, 0]);
    let kind = match node {
        Node::One(word) => {
            out.push(word.0);
            kind::ONE
        }
        Node::Phrase(words) => {
            out.extend(words.iter().map(|w| w.0));
            kind::PHRASE
        }
        Node::Any(words) => {
            out.extend(words.iter().map(|w| w.0));
            kind::ANY
        }
        Node::List(list) => {
            out.push(*list as u32);
            kind::LIST
        }
        Node::Number => kind::NUMBER,
        Node::Sequence(items) => {
            items.iter().for_each(|item| write(item, vocabulary, out));
            kind::SEQUENCE
        }
        Node::Choice(items) => {
            for item in items {
                let first = of_node(item, End::First, ANYTHING, vocabulary);
                out.extend((0..4).map(|i| (first >> (16 * i) & 0xffff) as u32));
                write(item, vocabulary, out);
            }
            kind::CHOICE
        }
        Node::Optional(item) => {
            write(item, vocabulary, out);
            kind::OPTIONAL
        }
        Node::Gap(most) => {
            out.push(u32::from(*most));
            kind::GAP
        }
        Node::NotNext(item) => {
            write(item, vocabulary, out);
            kind::NOT_NEXT
        }
        Node::NotBefore(item) => {
            write(item, vocabulary, out);
            kind::NOT_BEFORE
        }
        Node::Start => kind::START,
        Node::End => kind::END,
    };
    out[head] = kind;
    out[head + 1] = (out.len() - head - 2) as u32;
}

/// The text that patterns are run on.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    pub tokens: &'t [Token],
    /// One for each token.
    pub signatures: &'t [Signature],
    pub lists: &'t [List],
}

impl Text<'_> {
    /// Where the longest way to match a pattern from a token ends; `before` must not stand before it.
    pub fn end(self, node: &[u32], before: &[u32], at: usize) -> Option<usize> {
        let ends = self.ends(node, at, 1) & !1;
        let stands = ends != 0 && (before.is_empty() || !self.stands_before(before, at));
        stands.then(|| at + LONGEST - ends.leading_zeros() as usize)
    }

    /// Ends of all ways to match a node from any of the starts; both are bits counted from the token at `at`.
    fn ends(self, node: &[u32], at: usize, starts: u64) -> u64 {
        let Some(([kind, _], body)) = node.split_first_chunk() else { return starts };
        let word = |i: usize| WordId(body.get(i).copied().unwrap_or_default());
        match *kind {
            kind::ONE => self.step(at, starts, |t| is(t, word(0))),
            kind::PHRASE => body.iter().fold(starts, |s, w| self.step(at, s, |t| is(t, WordId(*w)))),
            kind::ANY => self.step(at, starts, |t| is_any(t, body)),
            kind::LIST => match self.lists.get(word(0).0 as usize) {
                Some(list) => each(at, starts, |from| list.ends(self.tokens, from)),
                None => 0,
            },
            kind::NUMBER => self.step(at, starts, |t| t.kind == Kind::Number),
            kind::SEQUENCE => {
                let mut reached = starts;
                for item in items(body) {
                    reached = self.ends(item, at, reached);
                    if reached == 0 {
                        break;
                    }
                }
                reached
            }
            kind::CHOICE => {
                let next = self.signature_of_all(at, starts);
                let likely = alternatives(body).filter(|(first, _)| first & next != 0);
                likely.fold(0, |all, (_, item)| all | self.ends(item, at, starts))
            }
            kind::OPTIONAL => starts | self.ends(body, at, starts),
            kind::GAP => self.reach(at, starts, word(0).0 as usize),
            kind::NOT_NEXT => keep(at, starts, |from| self.ends(body, from, 1) == 0),
            kind::NOT_BEFORE => keep(at, starts, |from| !self.stands_before(body, from)),
            kind::START => {
                keep(at, starts, |from| from <= BORDER && self.tokens[..from].iter().all(is_silent))
            }
            kind::END => keep(at, starts, |from| {
                self.tokens.len() - from <= BORDER && self.tokens[from..].iter().all(is_silent)
            }),
            _ => 0,
        }
    }

    /// Signature of a token; beyond the text only what needs no token can match.
    pub fn signature(self, at: usize) -> u64 {
        self.signatures.get(at).map_or(ANYTHING, |signature| signature.0)
    }

    /// Signature of the tokens that stand at the starts.
    fn signature_of_all(self, at: usize, starts: u64) -> u64 {
        let (mut left, mut all) = (starts, 0);
        while left != 0 {
            all |= self.signature(at + left.trailing_zeros() as usize);
            left &= left - 1;
        }
        all
    }

    fn stands_before(self, node: &[u32], at: usize) -> bool {
        let reaches = |from: usize| self.ends(node, from, 1) >> (at - from) & 1 == 1;
        (at.saturating_sub(LONGEST_BEFORE)..at).any(reaches)
    }

    /// One token on from the starts whose token holds.
    fn step(self, at: usize, starts: u64, holds: impl Fn(&Token) -> bool) -> u64 {
        keep(at, starts, |from| self.tokens.get(from).is_some_and(&holds)) << 1
    }

    /// Up to `most` tokens on, within the text.
    fn reach(self, at: usize, starts: u64, most: usize) -> u64 {
        let mut all = starts;
        for _ in 0..most.min(LONGEST) {
            all |= all << 1;
        }
        match self.tokens.len() - at {
            left if left < LONGEST => all & ((2 << left) - 1),
            _ => all,
        }
    }
}

/// The nodes in a node.
fn items(mut body: &[u32]) -> impl Iterator<Item = &[u32]> {
    std::iter::from_fn(move || {
        let (item, rest) = body.split_at_checked(2 + *body.get(1)? as usize)?;
        body = rest;
        Some(item)
    })
}

/// The nodes in a choice with their signatures.
fn alternatives(mut body: &[u32]) -> impl Iterator<Item = (u64, &[u32])> {
    std::iter::from_fn(move || {
        let (quarters, rest) = body.split_first_chunk::<4>()?;
        let (item, rest) = rest.split_at_checked(2 + *rest.get(1)? as usize)?;
        body = rest;
        Some((quarters.iter().rev().fold(0, |all, quarter| all << 16 | u64::from(*quarter)), item))
    })
}

/// The starts that hold.
fn keep(at: usize, starts: u64, holds: impl Fn(usize) -> bool) -> u64 {
    let (mut left, mut kept) = (starts, 0);
    while left != 0 {
        let bit = left & left.wrapping_neg();
        if holds(at + bit.trailing_zeros() as usize) {
            kept |= bit;
        }
        left ^= bit;
    }
    kept
}

/// The union of the ends from each start, given as bits counted from that start.
fn each(at: usize, starts: u64, ends: impl Fn(usize) -> u64) -> u64 {
    let (mut left, mut all) = (starts, 0);
    while left != 0 {
        let bit = left.trailing_zeros();
        all |= ends(at + bit as usize) << bit;
        left &= left - 1;
    }
    all
}

/// Says nothing: a mark.
pub(super) fn is_silent(token: &Token) -> bool {
    !token.is_word() && token.kind != Kind::Emoji
}

/// The token is that word or exact form.
pub(super) fn is(token: &Token, word: WordId) -> bool {
    word != WordId::UNKNOWN && (token.word == word || token.exact == word)
}

/// One of these, which are sorted.
fn is_any(token: &Token, words: &[u32]) -> bool {
    let has = |w: WordId| w != WordId::UNKNOWN && words.binary_search(&w.0).is_ok();
    has(token.word) || has(token.exact)
}
