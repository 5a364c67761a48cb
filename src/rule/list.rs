//! The entries of a list as word numbers.

use super::code::{LONGEST, is};
use crate::packing::numbers::{self, ascending};
use crate::text::{Token, WordId};
use serde::{Deserialize, Serialize};

/// Entries of a list, sorted, in tables that are looked up without a search where most words fail.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct List {
    /// Entries of one word.
    #[serde(with = "ascending")]
    words: Vec<u32>,
    /// Entries of several words, one behind the other.
    #[serde(with = "numbers")]
    phrases: Vec<u32>,
    /// Where each of them begins, and one more.
    #[serde(with = "ascending")]
    starts: Vec<u32>,
    /// `words` as bits, made by [`List::finish`].
    #[serde(skip)]
    single: Vec<u64>,
    /// First words of `phrases` as bits.
    #[serde(skip)]
    opening: Vec<u64>,
}

impl List {
    /// A list of entries, in any order. What can never be found is left out: a link, more words than a find may span.
    pub fn new(mut entries: Vec<Vec<WordId>>) -> Self {
        entries.retain(|entry| entry.len() <= LONGEST && !entry.contains(&WordId::UNKNOWN));
        entries.sort_unstable();
        entries.dedup();
        let mut list = List { starts: vec![0], ..List::default() };
        for entry in entries {
            match entry.as_slice() {
                [] => {}
                [one] => list.words.push(one.0),
                several => {
                    list.phrases.extend(several.iter().map(|w| w.0));
                    list.starts.push(list.phrases.len() as u32);
                }
            }
        }
        list
    }

    /// Every entry.
    pub fn entries(&self) -> impl Iterator<Item = &[u32]> {
        self.words.chunks(1).chain((0..self.count()).map(|i| self.phrase(i)))
    }

    /// Makes the sets of words when every word has its number; `bound` is that of the vocabulary.
    pub fn finish(&mut self, bound: usize) {
        self.single = set(bound, self.words.iter().copied());
        self.opening = set(bound, (0..self.count()).filter_map(|i| self.phrase(i).first().copied()));
    }

    /// Ends of the entries that begin at a token, as bits counted from there.
    pub fn ends(&self, tokens: &[Token], at: usize) -> u64 {
        let Some(token) = tokens.get(at) else { return 0 };
        let mut ends = self.ends_of(token.word, tokens, at);
        if token.exact != WordId::UNKNOWN {
            ends |= self.ends_of(token.exact, tokens, at);
        }
        ends
    }

    /// Ends of the entries that begin with a word.
    #[inline]
    fn ends_of(&self, word: WordId, tokens: &[Token], at: usize) -> u64 {
        let mut ends = u64::from(has(&self.single, word)) << 1;
        if has(&self.opening, word) {
            for phrase in self.beginning_with(word) {
                let fits = |(i, w): (usize, &u32)| tokens.get(at + i).is_some_and(|t| is(t, WordId(*w)));
                if phrase.iter().enumerate().all(fits) {
                    ends |= 1 << phrase.len();
                }
            }
        }
        ends
    }

    fn beginning_with(&self, word: WordId) -> impl Iterator<Item = &[u32]> {
        let first = |i: usize| self.phrases[self.starts[i] as usize];
        let (mut low, mut high) = (0, self.count());
        while low < high {
            let middle = (low + high) / 2;
            if first(middle) < word.0 { low = middle + 1 } else { high = middle }
        }
        (low..self.count()).map(|i| self.phrase(i)).take_while(move |p| p.first() == Some(&word.0))
    }

    fn count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn phrase(&self, i: usize) -> &[u32] {
        &self.phrases[self.starts[i] as usize..self.starts[i + 1] as usize]
    }
}

/// A set of words as bits; only the first word of [`WordId`] is in none.
fn set(bound: usize, words: impl Iterator<Item = u32>) -> Vec<u64> {
    let mut set = vec![0; bound.div_ceil(64)];
    for word in words.filter(|w| *w != WordId::UNKNOWN.0) {
        set[word as usize / 64] |= 1 << (word % 64);
    }
    set
}

fn has(set: &[u64], word: WordId) -> bool {
    set.get(word.0 as usize / 64).is_some_and(|bits| bits >> (word.0 % 64) & 1 == 1)
}
