//! Eight bytes at a time: a text read as numbers whose lowest byte is the first.

/// One in every byte.
const ONES: u64 = u64::MAX / 255;
/// The highest bit of every byte.
const HIGH: u64 = ONES << 7;
/// The bit that tells small letters from capitals.
const SMALL: u64 = ONES * 0x20;

/// ASCII letters at a place, as they stand; at most sixteen, zeros after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters {
    pub first: u64,
    pub last: u64,
    pub length: usize,
    /// The bit of small letters at each of them.
    small: (u64, u64),
}

impl Letters {
    /// The letters that these bytes begin with. Sixteen may be the beginning of more.
    #[inline]
    pub fn of(bytes: &[u8]) -> Self {
        let word = eight(bytes);
        let (mask, length) = leading(word);
        if length < 8 {
            return Letters { first: word & mask, last: 0, length, small: (mask & SMALL, 0) };
        }
        let next = bytes.get(8..).map_or(0, eight);
        let (more, rest) = leading(next);
        Letters { first: word, last: next & more, length: 8 + rest, small: (SMALL, more & SMALL) }
    }

    /// The last is that small letter.
    pub fn ends_in(self, letter: u8) -> bool {
        let shift = self.length.wrapping_sub(1) % 8 * 8;
        let word = if self.length > 8 { self.last } else { self.first };
        self.length > 0 && word >> shift == u64::from(letter)
    }

    /// All but the last.
    pub fn without_last(self) -> Self {
        let length = self.length.saturating_sub(1);
        let (first, last) = (low(length), low(length.saturating_sub(8)));
        let small = (self.small.0 & first, self.small.1 & last);
        Letters { first: self.first & first, last: self.last & last, length, small }
    }

    /// In small letters.
    #[inline]
    pub fn lower(self) -> Self {
        Letters { first: self.first | self.small.0, last: self.last | self.small.1, ..self }
    }

    /// One of them is a capital.
    #[inline]
    pub fn has_capital(self) -> bool {
        (self.first & SMALL, self.last & SMALL) != self.small
    }

    /// The first is a capital.
    #[inline]
    pub fn is_capital(self) -> bool {
        self.small.0 & !self.first & 0xFF != 0
    }

    /// All are capitals, and more than one.
    #[inline]
    pub fn are_capitals(self) -> bool {
        (self.first | self.last) & SMALL == 0 && self.length > 1
    }

    /// Holds the same letter three times in a row.
    #[inline]
    pub fn has_run(self) -> bool {
        let next = (self.first >> 8 | self.last << 56, self.last >> 8);
        let pairs = (same(self.first, next.0), same(self.last, next.1));
        let runs = pairs.0 & (pairs.0 >> 8 | pairs.1 << 56) | pairs.1 & (pairs.1 >> 8);
        runs != 0
    }
}

/// The first eight bytes, zeros past the end.
#[inline]
pub fn eight(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or_else(|| up_to_eight(bytes), |c| u64::from_le_bytes(*c))
}

/// Fewer than eight bytes.
#[inline]
fn up_to_eight(bytes: &[u8]) -> u64 {
    let n = bytes.len();
    match (bytes.first_chunk(), bytes.last_chunk()) {
        // The bytes in the middle may be taken twice.
        (Some(head), Some(tail)) => {
            u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << ((n - 4) * 8)
        }
        _ => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// All bits of the letters that a number begins with, and how many they are.
#[inline]
fn leading(word: u64) -> (u64, usize) {
    let low_bits = (word | SMALL) & !HIGH;
    let from_a = low_bits + ONES * (0x80 - b'a' as u64);
    let past_z = low_bits + ONES * (0x7F - b'z' as u64);
    let others = !(from_a & !past_z & !word) & HIGH;
    if others == 0 {
        return (u64::MAX, 8);
    }
    ((others ^ (others - 1)) >> 8, others.trailing_zeros() as usize / 8)
}

/// All bits of the lowest bytes.
#[inline]
pub fn low(bytes: usize) -> u64 {
    if bytes < 8 { (1 << (bytes * 8)) - 1 } else { u64::MAX }
}

/// The high bits of bytes that are the same in both and not zero.
#[inline]
fn same(a: u64, b: u64) -> u64 {
    let zero = |x: u64| !(((x & !HIGH) + !HIGH) | x) & HIGH;
    zero(a ^ b) & !zero(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_end_where_they_end() {
        let text = "abcXYZ-zebra Abcdefghi'don\u{e9}\u{0}{@[`AAAAaa mmmmmmmmmmmmmmmmmmmmm";
        let bytes = text.as_bytes();
        for at in 0..=bytes.len() {
            let rest = &bytes[at..];
            let length = rest.iter().take(16).take_while(|b| b.is_ascii_alphabetic()).count();
            let word = &rest[..length];
            let found = Letters::of(rest);
            let numbers = |word: &[u8]| (eight(word), word.get(8..).map_or(0, eight));
            assert_eq!(found.length, length);
            assert_eq!((found.first, found.last), numbers(word));
            let lower = word.to_ascii_lowercase();
            assert_eq!((found.lower().first, found.lower().last), numbers(&lower));
            assert_eq!(found.has_capital(), word != lower);
            assert_eq!(found.is_capital(), word.first().is_some_and(u8::is_ascii_uppercase));
            assert_eq!(found.are_capitals(), length > 1 && word.iter().all(u8::is_ascii_uppercase));
            assert_eq!(found.ends_in(b'a'), word.ends_with(b"a"));
            assert_eq!(found.without_last(), Letters::of(&word[..length.saturating_sub(1)]));
            assert_eq!(found.has_run(), super::super::letters::has_run(word), "{word:?}");
        }
    }

    #[test]
    fn runs_are_found_at_every_place() {
        for length in 3..=16 {
            for at in 0..length - 2 {
                let mut word: Vec<u8> = (0..length).map(|i| b'a' + i as u8).collect();
                assert!(!Letters::of(&word).has_run());
                word[at..at + 3].fill(b'z');
                assert!(Letters::of(&word).has_run(), "{word:?}");
            }
        }
    }
}
