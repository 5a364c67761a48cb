//! Which patterns can begin at a token: by its words, then by a signature of the token after it.

use super::first::{ALWAYS, Shape, signature};
use super::follow::Needed;
use crate::text::{Kind, Token, WordId};

/// Patterns by the words they can begin with.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// For each word number where its candidates begin, and one more.
    starts: Vec<u32>,
    by_word: Candidates,
    /// Those that can begin with a figure.
    by_number: Candidates,
}

/// Patterns in order; signatures by themselves, since most candidates fail on them.
#[derive(Debug, Clone, Default)]
struct Candidates {
    /// Signatures of the tokens that can come second.
    seconds: Vec<u64>,
    patterns: Vec<Candidate>,
}

/// A pattern and what it needs behind its first token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Candidate {
    pub pattern: u32,
    pub needs: Needed,
}

impl Index {
    /// An index of patterns with their shapes; `bound` is that of the vocabulary.
    pub fn new<'s>(bound: usize, patterns: impl Iterator<Item = (Candidate, &'s Shape)> + Clone) -> Self {
        let mut starts = vec![0u32; bound + 1];
        for word in patterns.clone().flat_map(|(_, shape)| &shape.words) {
            starts[word.0 as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let (mut seconds, mut numbers) = (vec![0; sum as usize], vec![Candidate::default(); sum as usize]);
        let mut next = starts.clone();
        let mut by_number = Candidates::default();
        for (pattern, shape) in patterns {
            let second = if shape.one { ALWAYS } else { shape.second };
            for word in &shape.words {
                let place = &mut next[word.0 as usize];
                seconds[*place as usize] = second;
                numbers[*place as usize] = pattern;
                *place += 1;
            }
            if shape.number {
                by_number.seconds.push(second);
                by_number.patterns.push(pattern);
            }
        }
        Index { starts, by_word: Candidates { seconds, patterns: numbers }, by_number }
    }

    /// Gives the patterns that may begin at a token before `next`: those of its word, of its exact form, of figures.
    pub fn each(&self, token: &Token, next: Option<&Token>, mut each: impl FnMut(Candidate)) {
        let by_word = self.range(token.word);
        let by_exact = if token.exact == token.word { None } else { self.range(token.exact) };
        let number = token.kind == Kind::Number;
        if by_word.is_none() && by_exact.is_none() && !number {
            return;
        }
        let next = next.map_or(0, signature) | ALWAYS;
        let mut run = |candidates: &Candidates, from: usize, to: usize| {
            let seconds = candidates.seconds[from..to].iter().zip(&candidates.patterns[from..to]);
            seconds.filter(|(second, _)| **second & next != 0).for_each(|(_, candidate)| each(*candidate));
        };
        for (from, to) in by_word.into_iter().chain(by_exact) {
            run(&self.by_word, from, to);
        }
        if number {
            run(&self.by_number, 0, self.by_number.patterns.len());
        }
    }

    fn range(&self, word: WordId) -> Option<(usize, usize)> {
        if word == WordId::UNKNOWN {
            return None;
        }
        let [from, to] = self.starts.get(word.0 as usize..)?.first_chunk::<2>()?;
        (from < to).then_some((*from as usize, *to as usize))
    }
}
