//! The vocabulary: every word that a rule, a role or the lexicon knows has a number; all other words are [`WordId::UNKNOWN`].

use super::contraction;
use super::eight::{Letters, eight, low};
use crate::packing::numbers;
use serde::{Deserialize, Serialize};

/// Number of a known word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
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
    /// Slash.
    pub const SLASH: WordId = WordId(14);
}

/// Known words and their numbers. Lower-case words and exact forms share one numbering.
///
/// A table of its own, since nothing is asked as often: open addressing over eight-byte slots, so that a word that is
/// not known mostly costs one look.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub struct Words {
    /// A power of two, at most half full.
    slots: Vec<Slot>,
    /// From 1; 0 marks a free slot.
    entries: Vec<Entry>,
    letters: Vec<u8>,
    /// By byte: whether a smiley begins with it.
    smileys: [bool; 256],
    bound: u32,
    /// Who asks for the words that are put in now, as bits.
    askers: u8,
}

/// Words as they are stored: the table is made anew.
#[derive(Serialize, Deserialize)]
struct Packed {
    letters: String,
    #[serde(with = "numbers")]
    lengths: Vec<u32>,
    #[serde(with = "numbers")]
    ids: Vec<u32>,
    #[serde(with = "numbers")]
    contractions: Vec<u32>,
    #[serde(with = "numbers")]
    askers: Vec<u32>,
    bound: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    tag: u32,
    entry: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    key: Key,
    length: u32,
    start: u32,
    seen: Seen,
}

/// With its length all that is to know of a word of up to sixteen bytes: the first eight, the others, zeros after them.
/// Of a longer one the first and the last eight.
type Key = (u64, u64);

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub id: WordId,
    /// A fixed contraction: its place in the table, from 1.
    pub contraction: u8,
    /// Who asks for the word.
    pub askers: u8,
}

impl Default for Words {
    fn default() -> Self {
        let (slots, entries) = (vec![Slot::default(); 1 << 8], vec![Entry::default()]);
        let (letters, smileys) = (Vec::new(), [false; 256]);
        let mut words = Words { slots, entries, letters, smileys, bound: 1, askers: Words::ALL };
        for mark in mark::ALL {
            words.intern(mark);
        }
        for (i, word) in contraction::fixed().enumerate() {
            let entry = words.entry(word.as_bytes());
            words.entries[entry].seen.contraction = i as u8 + 1;
        }
        words
    }
}

impl Words {
    /// Every asker.
    pub const ALL: u8 = u8::MAX;

    /// Words put in from now on are asked for by these.
    pub fn ask(&mut self, askers: u8) {
        self.askers = askers;
    }

    /// Forgets the words that none of these asks for: a word that nothing looks for is no word.
    pub fn keep(&mut self, askers: u8) {
        for entry in self.entries.iter_mut().filter(|e| e.seen.askers & askers == 0) {
            entry.seen.id = WordId::UNKNOWN;
        }
        self.askers = Words::ALL;
    }

    /// The number of a word, given a new one if it has none.
    pub fn intern(&mut self, word: &str) -> WordId {
        self.add(word.as_bytes())
    }

    /// The number of a word, [`WordId::UNKNOWN`] if it has none.
    pub fn get(&self, word: &str) -> WordId {
        self.see(word.as_bytes()).id
    }

    /// One more than the greatest number.
    pub fn bound(&self) -> usize {
        self.bound as usize
    }

    pub(super) fn add(&mut self, word: &[u8]) -> WordId {
        let entry = self.entry(word);
        let seen = &mut self.entries[entry].seen;
        seen.askers |= self.askers;
        if seen.id == WordId::UNKNOWN {
            seen.id = WordId(self.bound);
            self.bound += 1;
        }
        seen.id
    }

    /// What is known of a word.
    pub(super) fn see(&self, word: &[u8]) -> Seen {
        self.place(word).map_or(Seen::default(), |p| self.entries[p].seen)
    }

    /// What is known of a word of letters.
    #[inline]
    pub(super) fn see_letters(&self, letters: Letters) -> Seen {
        let (key, length) = ((letters.first, letters.last), letters.length as u32);
        self.find(key, length, hash(&[], key, length), |_| true).map_or(Seen::default(), |(_, e)| e.seen)
    }

    /// A smiley may begin with that byte.
    #[inline]
    pub(super) fn may_smile(&self, byte: u8) -> bool {
        self.smileys[usize::from(byte)]
    }

    fn place(&self, word: &[u8]) -> Option<usize> {
        let (key, length) = (key(word), word.len() as u32);
        let same = |entry: &Entry| length <= 16 || self.letters(entry) == word;
        self.find(key, length, hash(word, key, length), same).map(|(place, _)| place)
    }

    /// The entry of a word. `same` compares what the key leaves out.
    #[inline]
    fn find(
        &self,
        key: Key,
        length: u32,
        hash: u64,
        same: impl Fn(&Entry) -> bool,
    ) -> Option<(usize, &Entry)> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.entry == 0 {
                return None;
            }
            if slot.tag == tag(hash) {
                let place = slot.entry as usize;
                let entry = &self.entries[place];
                if entry.key == key && entry.length == length && same(entry) {
                    return Some((place, entry));
                }
            }
            at = (at + 1) & mask;
        }
    }

    fn letters(&self, entry: &Entry) -> &[u8] {
        let start = entry.start as usize;
        self.letters.get(start..start + entry.length as usize).unwrap_or_default()
    }

    /// The place of a word, made if there is none.
    fn entry(&mut self, word: &[u8]) -> usize {
        if let Some(found) = self.place(word) {
            return found;
        }
        if self.entries.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let (key, length) = (key(word), word.len() as u32);
        self.entries.push(Entry { key, length, start: self.letters.len() as u32, seen: Seen::default() });
        self.letters.extend_from_slice(word);
        note_smiley(&mut self.smileys, word);
        let entry = self.entries.len() - 1;
        put(&mut self.slots, hash(word, key, length), entry as u32);
        entry
    }

    fn grow(&mut self) {
        let mut slots = vec![Slot::default(); self.slots.len() * 2];
        for (i, entry) in self.entries.iter().enumerate().skip(1) {
            put(&mut slots, hash(self.letters(entry), entry.key, entry.length), i as u32);
        }
        self.slots = slots;
    }
}

impl From<Words> for Packed {
    fn from(words: Words) -> Self {
        let each = |of: fn(&Entry) -> u32| words.entries[1..].iter().map(of).collect();
        Packed {
            lengths: each(|e| e.length),
            ids: each(|e| e.seen.id.0),
            contractions: each(|e| e.seen.contraction.into()),
            askers: each(|e| e.seen.askers.into()),
            letters: String::from_utf8(words.letters).unwrap_or_default(),
            bound: words.bound,
        }
    }
}

impl From<Packed> for Words {
    fn from(packed: Packed) -> Self {
        let letters = packed.letters.into_bytes();
        let mut slots = vec![Slot::default(); (packed.lengths.len() * 2 + 2).next_power_of_two()];
        let mut entries = Vec::with_capacity(packed.lengths.len() + 1);
        entries.push(Entry::default());
        let mut smileys = [false; 256];
        let mut start = 0;
        let of = packed.ids.iter().zip(&packed.contractions).zip(&packed.askers);
        for (length, ((id, contraction), askers)) in packed.lengths.iter().zip(of) {
            let seen = Seen { id: WordId(*id), contraction: *contraction as u8, askers: *askers as u8 };
            let end = start + length;
            let word = letters.get(start as usize..end as usize).unwrap_or_default();
            let (key, length) = (key_before(word, letters.get(start as usize..)), word.len() as u32);
            put(&mut slots, hash(word, key, length), entries.len() as u32);
            entries.push(Entry { key, length, start, seen });
            note_smiley(&mut smileys, word);
            start = end;
        }
        Words { slots, entries, letters, smileys, bound: packed.bound, askers: Words::ALL }
    }
}

/// A smiley has one letter or figure at most.
fn note_smiley(smileys: &mut [bool; 256], word: &[u8]) {
    if let [first, second, ..] = word {
        smileys[usize::from(*first)] |= !(first.is_ascii_alphanumeric() && second.is_ascii_alphanumeric());
    }
}

fn put(slots: &mut [Slot], hash: u64, entry: u32) {
    let mask = slots.len() - 1;
    let mut at = hash as usize & mask;
    while slots[at].entry != 0 {
        at = (at + 1) & mask;
    }
    slots[at] = Slot { tag: tag(hash), entry };
}

#[inline]
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[inline]
fn key(word: &[u8]) -> Key {
    let rest = word.get(8..).unwrap_or_default();
    (
        eight(word),
        rest.last_chunk().filter(|_| rest.len() > 8).map_or_else(|| eight(rest), |c| u64::from_le_bytes(*c)),
    )
}

/// The key of a word with what stands from its first byte on: to cut what is too much is less work than to stop.
fn key_before(word: &[u8], from: Option<&[u8]>) -> Key {
    match from {
        Some(from) if word.len() <= 16 && from.len() >= 16 => {
            let rest = word.len().saturating_sub(8);
            (eight(from) & low(word.len()), eight(&from[8..]) & low(rest))
        }
        _ => key(word),
    }
}

/// Multiplies and folds eight bytes at a time (after wyhash). Only words of packs and profiles are ever put in, so that
/// texts cannot make them collide. Bytes count only where the key leaves some of them out.
#[inline]
fn hash(word: &[u8], (first, last): Key, length: u32) -> u64 {
    const A: u64 = 0x9E37_79B9_7F4A_7C15;
    const B: u64 = 0xD6E8_FEB8_6659_FD93;
    let mut state = A ^ u64::from(length);
    if length > 16 {
        state = word[8..].as_chunks::<8>().0.iter().fold(state, |s, c| fold(s ^ u64::from_le_bytes(*c), B));
    }
    fold(state ^ first, last ^ B)
}

#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
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
        assert_eq!(words.get("/"), mark::SLASH);
        assert_eq!(words.get("nobody asked"), WordId::UNKNOWN);
        assert_eq!(words.get("dont"), WordId::UNKNOWN, "a contraction is no word of its own");
    }

    #[test]
    fn stored_words_are_found_again() {
        let mut words = Words::default();
        let all: Vec<String> =
            (0..200).map(|i| "abcdefghijklmnopqrstuvwxy"[i % 7..7 + i % 19].to_owned()).collect();
        let numbers: Vec<WordId> = all.iter().map(|w| words.intern(w)).collect();
        let again = Words::from(Packed::from(words));
        assert!(all.iter().zip(numbers).all(|(word, number)| again.get(word) == number));
    }

    #[test]
    fn many_words_of_every_length_keep_their_numbers() {
        let mut words = Words::default();
        let all: Vec<String> = (0..20_000).map(|i| format!("{}{i}", "abcdefghij".repeat(i % 4))).collect();
        let first = words.bound();
        for word in &all {
            words.intern(word);
        }
        assert_eq!(words.bound(), first + all.len());
        for (i, word) in all.iter().enumerate() {
            assert_eq!((words.get(word).0 as usize, words.intern(word)), (first + i, words.get(word)));
            assert_eq!(words.get(&format!("{word}x")), WordId::UNKNOWN);
        }
    }
}
