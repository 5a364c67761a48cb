//! Signatures of words: 64 bits which tell in one step that a token is none of those that a pattern can have in a place.

use super::anchor::{Need, Vocabulary};
use super::compile::Node;
use crate::text::{Kind, Token, WordId};

/// Words share 54 bits; eight stand for the lists that the profile fills, one for figures, one for whatever is not told
/// apart.
const WORDS: u64 = 54;
const NUMBER: u64 = 1 << 62;
pub(super) const ANYTHING: u64 = 1 << 63;

/// What the matcher asks of a token, put together once for all patterns.
#[derive(Debug, Clone, Copy)]
pub struct Signature {
    /// The bits that stand for the token.
    pub(super) bits: u64,
    pub(super) known: Known,
}

/// What is known of a word beside its own bit. In 16 bits the parts of the rows anchored on it; in a byte each the lists that
/// the profile fills with entries of which it is the word looked for, and those with entries in which it stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known(pub u32);

/// The signature of a token of whose words this is known.
#[inline]
pub(super) fn of_token(token: &Token, known: Known) -> Signature {
    let number = if token.kind == Kind::Number { NUMBER } else { 0 };
    let members = u64::from(known.0 >> 24) << WORDS;
    let exact = if token.exact == WordId::UNKNOWN { 0 } else { of_word(token.exact) };
    Signature { bits: of_word(token.word) | exact | members | number | ANYTHING, known }
}

impl Known {
    /// What an entry of a list says of the word looked for; the list has patterns anchored on it in these parts.
    pub fn anchor(list: usize, parts: u32) -> Known {
        Known(1 << (16 + list) | parts)
    }

    /// What an entry of a list says of each of its words.
    pub fn member(list: usize) -> Known {
        Known(1 << (24 + list))
    }

    /// Of two words.
    #[inline]
    pub fn or(self, other: Known) -> Known {
        Known(self.0 | other.0)
    }

    /// Something is anchored here in one of these parts.
    #[inline]
    pub fn is_in(self, parts: u16) -> bool {
        self.0 as u16 & parts != 0
    }

    /// The lists of which a word is looked for, as bits.
    #[inline]
    pub fn anchors(self) -> u32 {
        self.0 >> 16 & 0xff
    }
}

/// The bit of a word.
#[inline]
pub(super) fn of_word(word: WordId) -> u64 {
    let spread = u64::from(word.0.wrapping_mul(0x9E37_79B9));
    u64::from(word != WordId::UNKNOWN) << ((spread * WORDS) >> 32)
}

/// The bits of what a pattern needs.
pub(super) fn of_need(need: &Need) -> u64 {
    let number = if need.number { NUMBER } else { 0 };
    need.words.iter().fold(u64::from(need.open) << WORDS | number, |all, word| all | of_word(*word))
}

/// A signature folded to 16 bits, for code: alternatives of a choice are many and short. The last bit stands for whatever
/// is not told apart, in every token.
#[inline]
pub(super) fn folded(bits: u64) -> u32 {
    let told = bits & !ANYTHING;
    let all = told | told >> 15 | told >> 30 | told >> 45 | told >> 60;
    (all & 0x7fff | bits >> 63 << 15) as u32
}

/// How often each bit is met.
pub(super) struct Loads([u64; 64]);

impl Loads {
    pub fn new(vocabulary: Vocabulary<'_>) -> Self {
        let mut loads = [Vocabulary::OPEN.into(); 64];
        loads[..WORDS as usize].fill(0);
        loads[ANYTHING.trailing_zeros() as usize] = u32::MAX.into();
        for (word, count) in (0..).zip(vocabulary.counts) {
            // No word has no bit.
            let bit = of_word(WordId(word)).trailing_zeros() as usize;
            loads.get_mut(bit).into_iter().for_each(|load| *load += u64::from(*count));
        }
        Loads(loads)
    }

    /// How often one of several bits is met.
    pub fn of(&self, bits: u64) -> u64 {
        self.0.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, load)| load).sum()
    }
}

/// Which end of a node.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

/// The bits of all tokens that a node can have at one end; those of `beyond` besides if it can match no token at all.
pub(super) fn of_node(node: &Node, end: End, beyond: u64, vocabulary: Vocabulary<'_>) -> u64 {
    of_nodes(std::slice::from_ref(node), end, beyond, vocabulary)
}

/// As [`of_node`], of nodes one behind the other.
pub(super) fn of_nodes(nodes: &[Node], end: End, beyond: u64, vocabulary: Vocabulary<'_>) -> u64 {
    let mut all = 0;
    if collect_all(nodes, end, vocabulary, &mut all) { all | beyond } else { all }
}

fn collect_all(nodes: &[Node], end: End, vocabulary: Vocabulary<'_>, out: &mut u64) -> bool {
    let mut empty = |node: &Node| collect(node, end, vocabulary, out);
    match end {
        End::First => nodes.iter().all(&mut empty),
        End::Last => nodes.iter().rev().all(&mut empty),
    }
}

/// Collects the bits; true if the node can match no token at all.
fn collect(node: &Node, end: End, vocabulary: Vocabulary<'_>, out: &mut u64) -> bool {
    match node {
        Node::One(word) => *out |= of_word(*word),
        Node::Phrase(words) => match if end == End::First { words.first() } else { words.last() } {
            Some(word) => *out |= of_word(*word),
            None => return true,
        },
        Node::Any(words) => words.iter().for_each(|word| *out |= of_word(*word)),
        Node::Number => *out |= NUMBER,
        Node::List(list) => {
            if let Some(open) = vocabulary.open(*list) {
                *out |= 1 << (WORDS + open as u64);
                return false;
            }
            let entries = vocabulary.lists[*list].entries();
            let words = entries.filter_map(|e| if end == End::First { e.first() } else { e.last() });
            words.for_each(|word| *out |= of_word(WordId(*word)));
        }
        Node::Sequence(items) => return collect_all(items, end, vocabulary, out),
        Node::Choice(items) => {
            // Every alternative must be visited: `any` would stop at the first empty one.
            let empty: Vec<bool> = items.iter().map(|item| collect(item, end, vocabulary, out)).collect();
            return empty.contains(&true);
        }
        Node::Optional(item) => {
            collect(item, end, vocabulary, out);
            return true;
        }
        Node::Gap(0) | Node::NotNext(_) | Node::NotBefore(_) | Node::Start | Node::End => return true,
        Node::Gap(_) => {
            *out |= ANYTHING;
            return true;
        }
    }
    false
}

/// The bits of all tokens that a node can have in the second place, those of whatever follows it included.
pub(super) fn second_of(node: &Node, vocabulary: Vocabulary<'_>) -> u64 {
    let found = second(node, vocabulary);
    if found.none || found.one { found.bits | ANYTHING } else { found.bits }
}

/// What a node can have in the second place, and whether it can match no token or one alone.
#[derive(Clone, Copy, Default)]
struct Second {
    bits: u64,
    none: bool,
    one: bool,
}

fn second(node: &Node, vocabulary: Vocabulary<'_>) -> Second {
    let one = Second { one: true, ..Second::default() };
    let none = Second { none: true, ..Second::default() };
    match node {
        Node::One(_) | Node::Any(_) | Node::Number => one,
        Node::Phrase(words) => second_of_entry(words.len(), |i| words[i]),
        Node::List(list) => {
            if let Some(open) = vocabulary.open(*list) {
                return Second { bits: 1 << (WORDS + open as u64), ..one };
            }
            let entries = vocabulary.lists[*list].entries();
            let all = entries.map(|entry| second_of_entry(entry.len(), |i| WordId(entry[i])));
            all.fold(Second::default(), Second::or)
        }
        Node::Sequence(items) => {
            let mut all = none;
            for item in items {
                let next = second(item, vocabulary);
                let bits = if all.none { next.bits } else { 0 };
                let after = if all.one { of_node(item, End::First, 0, vocabulary) } else { 0 };
                all = Second {
                    bits: all.bits | bits | after,
                    none: all.none && next.none,
                    one: all.one && next.none || all.none && next.one,
                };
                if !all.none && !all.one {
                    break;
                }
            }
            all
        }
        Node::Choice(items) => {
            items.iter().map(|item| second(item, vocabulary)).fold(Second::default(), Second::or)
        }
        Node::Optional(item) => second(item, vocabulary).or(none),
        Node::Gap(0) | Node::NotNext(_) | Node::NotBefore(_) | Node::Start | Node::End => none,
        Node::Gap(1) => one.or(none),
        Node::Gap(_) => Second { bits: ANYTHING, none: true, one: true },
    }
}

fn second_of_entry(count: usize, word: impl Fn(usize) -> WordId) -> Second {
    Second { bits: if count > 1 { of_word(word(1)) } else { 0 }, none: count == 0, one: count == 1 }
}

impl Second {
    fn or(self, other: Second) -> Second {
        Second { bits: self.bits | other.bits, none: self.none || other.none, one: self.one || other.one }
    }
}
