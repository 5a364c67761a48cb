//! Signatures of words: 64 bits which tell in one step that a token is none of those that a pattern can have in a place.

use super::anchor::Vocabulary;
use super::compile::Node;
use crate::text::{Kind, Token, WordId};

/// Words share 54 bits; eight stand for the lists that the profile fills, one for figures, one for whatever is not told
/// apart.
const WORDS: u64 = 54;
const NUMBER: u64 = 1 << 62;
pub(super) const ANYTHING: u64 = 1 << 63;

/// The bits that stand for a token.
#[derive(Debug, Clone, Copy)]
pub struct Signature(pub(super) u64);

/// The bits that stand for a token; `open` are the lists that the profile fills with entries in which it stands, as bits.
pub(super) fn of_token(token: &Token, open: u8) -> Signature {
    let number = if token.kind == Kind::Number { NUMBER } else { 0 };
    Signature(of_word(token.word) | of_word(token.exact) | u64::from(open) << WORDS | number | ANYTHING)
}

/// The bits of a word.
pub(super) fn of_word(word: WordId) -> u64 {
    let spread = u64::from(word.0.wrapping_mul(0x9E37_79B9));
    if word == WordId::UNKNOWN { 0 } else { 1 << ((spread * WORDS) >> 32) }
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
