//! A compiled pattern written out as numbers, and how it is run. Of each node one number for its kind and how many numbers
//! belong to it, then these. Before each alternative of a choice stand the folded signatures of what it can have in
//! the first and in the second place, and its length.

use super::anchor::Vocabulary;
use super::compile::Node;
use super::list::List;
use super::signature::{ANYTHING, End, Signature, folded, of_node, second_of};
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
    pub const CHOICE: u32 = 5;
    pub const OPTIONAL: u32 = 6;
    pub const GAP: u32 = 7;
    pub const NOT_NEXT: u32 = 8;
    pub const NOT_BEFORE: u32 = 9;
    pub const START: u32 = 10;
    pub const END: u32 = 11;
    /// Bits of a head that hold the kind.
    pub const BITS: u32 = 4;
}

/// Writes a node out; a sequence is its nodes one behind the other.
pub(super) fn write(node: &Node, vocabulary: Vocabulary<'_>, out: &mut Vec<u32>) {
    if let Node::Sequence(items) = node {
        return items.iter().for_each(|item| write(item, vocabulary, out));
    }
    let head = out.len();
    out.push(0);
    let kind = match node {
        Node::Sequence(_) => return,
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
        Node::Choice(items) => {
            for item in items {
                let first = of_node(item, End::First, ANYTHING, vocabulary);
                out.extend([folded(first), folded(second_of(item, vocabulary))]);
                let length = out.len();
                out.push(0);
                write(item, vocabulary, out);
                out[length] = (out.len() - length - 1) as u32;
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
    out[head] = kind | ((out.len() - head - 1) as u32) << kind::BITS;
}

/// The text that patterns are run on.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    pub tokens: &'t [Token],
    /// One for each token.
    pub signatures: &'t [Signature],
    lists: &'t [List],
    /// Marks at the beginning; no more than [`BORDER`] count.
    pub head: usize,
}

impl<'t> Text<'t> {
    pub fn new(tokens: &'t [Token], signatures: &'t [Signature], lists: &'t [List]) -> Self {
        let head = tokens.iter().take(BORDER).take_while(|t| is_silent(t)).count();
        Text { tokens, signatures, lists, head }
    }

    /// Where the longest way to match a pattern from a token ends; `before` must not stand before it.
    #[inline]
    pub fn end(&self, code: &[u32], before: &[u32], at: usize) -> Option<usize> {
        let ends = self.ends(code, at, 1) & !1;
        let stands = ends != 0 && (before.is_empty() || !self.stands_before(before, at));
        stands.then(|| at + LONGEST - ends.leading_zeros() as usize)
    }

    /// Ends of all ways to match nodes one behind the other from any of the starts; both are bits counted from the token at
    /// `at`.
    fn ends(&self, mut code: &[u32], at: usize, starts: u64) -> u64 {
        let mut reached = starts;
        while let Some((head, rest)) = code.split_first() {
            let Some((body, next)) = rest.split_at_checked((head >> kind::BITS) as usize) else { return 0 };
            code = next;
            reached = match head & ((1 << kind::BITS) - 1) {
                kind::ONE | kind::PHRASE => self.phrase(body, at, reached),
                kind::ANY => self.step(at, reached, |t| is_any(t, body)),
                kind::LIST => self.list(body, at, reached),
                kind::NUMBER => self.step(at, reached, |t| t.kind == Kind::Number),
                kind::CHOICE => self.choice(body, at, reached),
                kind::OPTIONAL => reached | self.ends(body, at, reached),
                other => self.seldom(other, body, at, reached),
            };
            if reached == 0 {
                break;
            }
        }
        reached
    }

    #[inline(never)]
    fn list(&self, body: &[u32], at: usize, starts: u64) -> u64 {
        let list = body.first().and_then(|number| self.lists.get(*number as usize));
        list.map_or(0, |list| each(starts, |bit| list.ends(self.tokens, at + bit) << bit))
    }

    /// The nodes that most patterns lack.
    #[inline(never)]
    fn seldom(&self, kind: u32, body: &[u32], at: usize, starts: u64) -> u64 {
        let number = body.first().map_or(0, |number| *number as usize);
        match kind {
            kind::GAP => self.reach(at, starts, number),
            kind::NOT_NEXT => keep(starts, |bit| self.ends(body, at + bit, 1) == 0),
            kind::NOT_BEFORE => keep(starts, |bit| !self.stands_before(body, at + bit)),
            kind::START => keep(starts, |bit| at + bit <= self.head),
            kind::END => keep(starts, |bit| self.is_border(at + bit)),
            _ => 0,
        }
    }

    #[inline(always)]
    fn phrase(&self, words: &[u32], at: usize, starts: u64) -> u64 {
        let mut reached = starts;
        for word in words {
            reached = self.step(at, reached, |token| is(token, WordId(*word)));
            if reached == 0 {
                break;
            }
        }
        reached
    }

    #[inline(never)]
    fn choice(&self, mut body: &[u32], at: usize, starts: u64) -> u64 {
        let next = folded(each(starts, |bit| self.signature(at + bit)));
        let beyond = folded(each(starts, |bit| self.signature(at + bit + 1)));
        let mut all = 0;
        while let Some(([first, second, length], rest)) = body.split_first_chunk() {
            let Some((item, rest)) = rest.split_at_checked(*length as usize) else { break };
            body = rest;
            if first & next != 0 && second & beyond != 0 {
                all |= self.ends(item, at, starts);
            }
        }
        all
    }

    /// Signature of a token; beyond the text only what needs no token can match.
    #[inline]
    pub fn signature(&self, at: usize) -> u64 {
        self.signatures.get(at).map_or(ANYTHING, |signature| signature.bits)
    }

    fn stands_before(&self, code: &[u32], at: usize) -> bool {
        let reaches = |from: usize| self.ends(code, from, 1) >> (at - from) & 1 == 1;
        (at.saturating_sub(LONGEST_BEFORE)..at).any(reaches)
    }

    /// Nothing but marks up to the end.
    fn is_border(&self, at: usize) -> bool {
        let rest = self.tokens.get(at..).unwrap_or_default();
        rest.len() <= BORDER && rest.iter().all(is_silent)
    }

    /// One token on from the starts whose token holds.
    #[inline(always)]
    fn step(&self, at: usize, starts: u64, holds: impl Fn(&Token) -> bool) -> u64 {
        keep(starts, |bit| self.tokens.get(at + bit).is_some_and(&holds)) << 1
    }

    /// Up to `most` tokens on, within the text.
    fn reach(&self, at: usize, starts: u64, most: usize) -> u64 {
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

/// The starts that hold.
#[inline(always)]
fn keep(starts: u64, holds: impl Fn(usize) -> bool) -> u64 {
    each(starts, |bit| u64::from(holds(bit)) << bit)
}

/// The union of what is found from each start.
#[inline(always)]
fn each(starts: u64, found: impl Fn(usize) -> u64) -> u64 {
    let (mut left, mut all) = (starts, 0);
    while left != 0 {
        all |= found(left.trailing_zeros() as usize);
        left &= left - 1;
    }
    all
}

/// Says nothing: a mark.
#[inline]
pub(super) fn is_silent(token: &Token) -> bool {
    !token.is_word() && token.kind != Kind::Emoji
}

/// The token is that word or exact form.
pub(super) fn is(token: &Token, word: WordId) -> bool {
    word != WordId::UNKNOWN && (token.word == word || token.exact == word)
}

/// One of these, which are sorted.
fn is_any(token: &Token, words: &[u32]) -> bool {
    /// Of fewer words each is looked at.
    const FEW: usize = 12;
    let has = |w: WordId| match words.len() {
        0..FEW => words.contains(&w.0),
        _ => words.binary_search(&w.0).is_ok(),
    };
    token.word != WordId::UNKNOWN && has(token.word) || token.exact != WordId::UNKNOWN && has(token.exact)
}
