//! The vocabulary: every word that a rule, a role or the lexicon knows has a number; all other words are [`WordId::UNKNOWN`].

use std::collections::HashMap;

/// Number of a known word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that nothing asks about.
    pub const UNKNOWN: WordId = WordId(0);
}

/// Punctuation marks with fixed numbers, so that code can name them.
pub mod mark {
    use super::WordId;

    /// The marks in the order of their numbers, from 1.
    pub(super) const ALL: [&str; 14] =
        [".", "!", "?", "…", ",", ";", ":", "\"", "'", "(", ")", "—", ">", "/"];

    /// Full stop.
    pub const PERIOD: WordId = WordId(1);
    /// Exclamation mark.
    pub const EXCLAMATION: WordId = WordId(2);
    /// Question mark.
    pub const QUESTION: WordId = WordId(3);
    /// Ellipsis, as one character or as dots.
    pub const ELLIPSIS: WordId = WordId(4);
    /// Comma.
    pub const COMMA: WordId = WordId(5);
    /// Semicolon.
    pub const SEMICOLON: WordId = WordId(6);
    /// Colon.
    pub const COLON: WordId = WordId(7);
    /// Double quotation mark of any shape.
    pub const QUOTE: WordId = WordId(8);
    /// Single quotation mark of any shape.
    pub const APOSTROPHE: WordId = WordId(9);
    /// Opening bracket.
    pub const OPEN: WordId = WordId(10);
    /// Closing bracket.
    pub const CLOSE: WordId = WordId(11);
    /// Dash of any length that is not inside a word.
    pub const DASH: WordId = WordId(12);
    /// Greater-than sign, the quotation mark of Markdown.
    pub const GREATER: WordId = WordId(13);
}

/// Known words and their numbers. Lower-case words and exact forms share one numbering.
#[derive(Debug, Clone)]
pub struct Words {
    ids: HashMap<Box<str>, WordId>,
}

impl Default for Words {
    fn default() -> Self {
        let mut words = Words { ids: HashMap::new() };
        for mark in mark::ALL {
            words.intern(mark);
        }
        words
    }
}

impl Words {
    /// The number of a word, given a new one if it has none.
    pub fn intern(&mut self, word: &str) -> WordId {
        let next = WordId(self.ids.len() as u32 + 1);
        match self.ids.get(word) {
            Some(id) => *id,
            None => *self.ids.entry(word.into()).or_insert(next),
        }
    }

    /// The number of a word, [`WordId::UNKNOWN`] if it has none.
    pub fn get(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// One more than the greatest number.
    pub fn bound(&self) -> usize {
        self.ids.len() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_have_their_fixed_numbers() {
        let words = Words::default();
        assert_eq!(words.get("."), mark::PERIOD);
        assert_eq!(words.get("\""), mark::QUOTE);
        assert_eq!(words.get(">"), mark::GREATER);
        assert_eq!(words.get("nobody asked"), WordId::UNKNOWN);
    }
}
