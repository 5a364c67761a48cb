//! Which needs of patterns are met behind each token of a sentence.

use super::first::Shape;
use super::need::{MOST, Need};
use crate::text::{Kind, Token, WordId};
use std::collections::{BTreeMap, BTreeSet};

/// Needs by their numbers; 0 is one that is always met.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    /// For each word number where the needs that it meets begin, and one more.
    starts: Vec<u32>,
    met: Vec<u16>,
    /// Those that a figure meets.
    by_number: Vec<u16>,
    count: usize,
}

/// Numbers of the needs of a pattern; those that it lacks are 0, and last.
pub(super) type Needed = [u16; MOST];

/// For each need one more than the last token that meets it; far places are as good as met.
#[derive(Debug)]
pub(super) struct Followed([u16; LIMIT]);

/// Tokens from which places are not told apart.
const FAR: usize = u16::MAX as usize - 1;
/// Numbers that needs can have.
const LIMIT: usize = 2048;
/// Needs with a number of their own. The rest, which few words meet, share what is left: a try too many does no harm.
const OWN: usize = 1792;

fn numbered<'s>(needs: impl Iterator<Item = &'s Need>) -> BTreeMap<&'s Need, u16> {
    let mut all: Vec<&Need> = needs.collect::<BTreeSet<_>>().into_iter().collect();
    all.sort_by_key(|need| std::cmp::Reverse(need.words.len()));
    let number = |i: usize| if i < OWN { i } else { OWN + (i - OWN) % (LIMIT - OWN - 1) };
    all.into_iter().enumerate().map(|(i, need)| (need, number(i) as u16 + 1)).collect()
}

impl Followed {
    /// All these needs are met behind the token at `at`.
    pub fn holds(&self, needs: Needed, at: usize) -> bool {
        at >= FAR || needs.iter().all(|n| usize::from(self.0[usize::from(*n) % LIMIT]) > at + 1)
    }
}

impl Needs {
    /// The needs of the patterns that run, and those of each pattern; `bound` is that of the vocabulary.
    pub fn new(bound: usize, shapes: &[Shape], runs: impl Fn(usize) -> bool) -> (Self, Vec<Needed>) {
        let running = || shapes.iter().enumerate().filter(|(i, _)| runs(*i));
        let numbers = numbered(running().flat_map(|(_, shape)| &shape.needs));
        let mut of = vec![Needed::default(); shapes.len()];
        for (i, shape) in running() {
            for (place, need) in of[i].iter_mut().zip(&shape.needs) {
                *place = numbers.get(need).copied().unwrap_or_default();
            }
        }
        let mut starts = vec![0u32; bound + 1];
        let pairs = || numbers.iter().flat_map(|(need, number)| need.words.iter().map(|w| (*w, *number)));
        pairs().for_each(|(word, _)| starts[word.0 as usize + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        let mut met = vec![0; starts.last().map_or(0, |n| *n as usize)];
        let mut next = starts.clone();
        for (word, number) in pairs() {
            met[next[word.0 as usize] as usize] = number;
            next[word.0 as usize] += 1;
        }
        let by_number = numbers.iter().filter(|(need, _)| need.number).map(|(_, n)| *n).collect();
        (Needs { starts, met, by_number, count: numbers.len() }, of)
    }

    /// What follows in a sentence.
    pub fn followed(&self, tokens: &[Token]) -> Followed {
        let mut last = [0; LIMIT];
        last[0] = u16::MAX;
        if self.count > 0 {
            for (i, token) in tokens.iter().enumerate() {
                let place = (i + 1).min(usize::from(u16::MAX)) as u16;
                let mut meet =
                    |needs: &[u16]| needs.iter().for_each(|n| last[usize::from(*n) % LIMIT] = place);
                meet(self.met_by(token.word));
                if token.exact != WordId::UNKNOWN {
                    meet(self.met_by(token.exact));
                }
                if token.kind == Kind::Number {
                    meet(&self.by_number);
                }
            }
        }
        Followed(last)
    }

    fn met_by(&self, word: WordId) -> &[u16] {
        match self.starts.get(word.0 as usize..).and_then(|s| s.first_chunk::<2>()) {
            Some([from, to]) if word != WordId::UNKNOWN => &self.met[*from as usize..*to as usize],
            _ => &[],
        }
    }
}
