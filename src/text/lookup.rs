//! How the lexer asks for words: a vocabulary that is complete, or one that takes new words.

use super::words::{Seen, WordId, Words};

/// Finds a word's number, or makes one.
pub trait Lookup {
    /// What is known of a word.
    fn see(&self, word: &[u8]) -> Seen;

    /// The words, where none is to be added.
    fn known(&self) -> Option<&Words>;

    /// A number for a word that has none, where that is wanted.
    fn add(&mut self, word: &[u8]) -> WordId;

    fn number(&mut self, word: &[u8]) -> WordId {
        match self.see(word).id {
            WordId::UNKNOWN => self.add(word),
            known => known,
        }
    }
}

impl Lookup for &Words {
    fn see(&self, word: &[u8]) -> Seen {
        Words::see(self, word)
    }

    fn known(&self) -> Option<&Words> {
        Some(self)
    }

    fn add(&mut self, _: &[u8]) -> WordId {
        WordId::UNKNOWN
    }
}

impl Lookup for &mut Words {
    fn see(&self, word: &[u8]) -> Seen {
        Words::see(self, word)
    }

    fn known(&self) -> Option<&Words> {
        None
    }

    fn add(&mut self, word: &[u8]) -> WordId {
        Words::add(self, word)
    }

    fn number(&mut self, word: &[u8]) -> WordId {
        Words::add(self, word)
    }
}
