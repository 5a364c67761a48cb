//! The short way for what most text is made of: words of plain letters, single blanks. Everything else is left to the
//! lexer, which says what a token is; here the same is only found faster.

use super::contraction::{self, Opened};
use super::lexer::Lexer;
use super::lookup::Lookup;
use super::token::Kind;
use super::words::WordId;
use crate::source::Span;

/// What a byte can be inside a plain word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Small,
    Capital,
    Figure,
    Apostrophe,
    Blank,
    /// Ends a word, whatever follows.
    Other,
    /// May belong to a word in ways that are not plain.
    Odd,
}

pub(super) const CLASSES: [Class; 256] = {
    let mut all = [Class::Odd; 256];
    let mut byte = 0;
    while byte < 128 {
        all[byte] = match byte as u8 {
            b'a'..=b'z' => Class::Small,
            b'A'..=b'Z' => Class::Capital,
            b'0'..=b'9' => Class::Figure,
            b'\'' => Class::Apostrophe,
            b' ' => Class::Blank,
            b'&' | b'*' | b'_' | b'$' | b'`' => Class::Odd,
            _ => Class::Other,
        };
        byte += 1;
    }
    all
};

/// Bytes of the longest word that goes the short way.
const LONGEST: usize = 32;

/// What a byte is; past the end [`Class::Other`].
pub(super) fn class(bytes: &[u8], at: usize) -> Class {
    bytes.get(at).map_or(Class::Other, |b| CLASSES[*b as usize])
}

/// A plain word: its length and what it is made of.
struct Shape {
    length: usize,
    capitals: usize,
    letters: usize,
    apostrophe: bool,
}

impl<L: Lookup> Lexer<'_, L> {
    /// Takes a single blank or a plain word; false if the next piece is neither.
    pub(super) fn plain(&mut self) -> bool {
        let bytes = self.raw.as_bytes();
        match class(bytes, self.at) {
            Class::Blank => {
                let single = bytes.get(self.at + 1).is_some_and(|b| b.is_ascii_graphic());
                if single {
                    self.at += 1;
                    self.spaced = true;
                }
                single
            }
            Class::Small | Class::Capital => !self.is_special() && self.plain_word(),
            _ => false,
        }
    }

    /// May begin a link, or a smiley such as `x)`.
    fn is_special(&self) -> bool {
        let bytes = self.raw.as_bytes();
        let next = class(bytes, self.at + 1);
        let short = !matches!(next, Class::Small | Class::Capital | Class::Figure | Class::Blank);
        let smiley = self.spaced && short && self.at + 1 < bytes.len();
        smiley || matches!(bytes[self.at], b'h' | b'H' | b'w' | b'W') && self.starts_link()
    }

    fn plain_word(&mut self) -> bool {
        let Some(shape) = shape(&self.raw.as_bytes()[self.at..]) else { return false };
        let (start, end) = (self.at, self.at + shape.length);
        let raw = self.raw;
        let given = &raw.as_bytes()[start..end];
        let mut lower = [0; LONGEST];
        let lower = &mut lower[..shape.length];
        lower.copy_from_slice(given);
        // The bit that tells small letters from capitals; figures and the apostrophe have it anyway.
        lower.iter_mut().for_each(|b| *b |= 0x20);
        let exact = if shape.capitals > 0 { self.words.number(given) } else { WordId::UNKNOWN };
        let seen = self.words.see(lower);
        self.at = end;
        let fixed = usize::from(seen.contraction).checked_sub(1).and_then(contraction::opened);
        if fixed.is_some() || shape.apostrophe {
            let lower = std::str::from_utf8(lower).unwrap_or_default();
            if let Some(opened) = fixed.or_else(|| contraction::by_ending(lower)) {
                self.push_opened(start, end, opened, shape.capitals > 0);
                return true;
            }
        }
        let word = self.lengthened(seen.id, lower);
        let shouted = shape.letters > 1 && shape.letters == shape.capitals;
        let span = Span::new(start as u32, end as u32);
        self.put(span, word, exact, Kind::Word, given[0].is_ascii_uppercase(), shouted);
        true
    }

    /// A contraction of plain letters: both parts lie where the lower-case word is cut.
    fn push_opened(&mut self, start: usize, end: usize, opened: Opened<'_>, capitals: bool) {
        let (length, first, second) = opened;
        let cut = start + length;
        let raw = self.raw;
        let name = if capitals { self.words.number(&raw.as_bytes()[start..cut]) } else { WordId::UNKNOWN };
        let (first, second) = (self.words.number(first.as_bytes()), self.words.number(second.as_bytes()));
        self.push(start, cut, first, name, Kind::Word);
        self.push(cut, end, second, WordId::UNKNOWN, Kind::Word);
    }
}

/// The plain word that the bytes begin with; `None` if it may go on in a way that is not plain.
fn shape(bytes: &[u8]) -> Option<Shape> {
    let mut shape = Shape { length: 0, capitals: 0, letters: 0, apostrophe: false };
    loop {
        match class(bytes, shape.length) {
            Class::Small => shape.letters += 1,
            Class::Capital => {
                shape.letters += 1;
                shape.capitals += 1;
            }
            Class::Figure => {}
            Class::Apostrophe => match class(bytes, shape.length + 1) {
                Class::Small | Class::Capital => shape.apostrophe = true,
                Class::Odd => return None,
                _ => break,
            },
            Class::Odd => return None,
            Class::Blank | Class::Other => break,
        }
        shape.length += 1;
    }
    // One letter and a dot may be an acronym.
    let dotted = shape.length == 1 && bytes.get(1) == Some(&b'.');
    (shape.length <= LONGEST && !dotted).then_some(shape)
}

#[cfg(test)]
mod tests {
    use super::super::{Words, tokenize};
    use super::*;
    use crate::text::Token;

    /// The tokens without the short way.
    fn slowly(raw: &str, words: &Words) -> Vec<Token> {
        let mut lexer = Lexer::new(raw, words);
        while lexer.at < raw.len() {
            lexer.step();
        }
        lexer.out
    }

    const PIECES: [&str; 76] = [
        "I'm",
        "N't",
        "n't",
        "WEREN't",
        "weren'T",
        "she'll've",
        "abcdefghijklmn't",
        "abcdefghijklmno",
        "abcdefghijklmnop",
        "Mmmmmm",
        "a.",
        "d:",
        "12",
        "3)",
        "1,000",
        "7/8",
        "50%",
        "5.",
        "--",
        "...",
        "?!",
        "!!1",
        "\"I",
        "&quot;",
        "&amp;",
        "HTTPS",
        "www.",
        "\t",
        "don't",
        "Isn't",
        "CAN'T",
        "cannot",
        "U.S.",
        "a.b",
        "I",
        "x)",
        ":)",
        "soooo",
        "Korea's",
        "it's'",
        "f**k",
        "don&#39;t",
        "l’eau",
        "naïve",
        "http://a.b",
        "Www.a",
        "what",
        "WHAT",
        "O'B",
        "9a",
        "a9",
        "rock'n'roll",
        "a'",
        "'a",
        "_x",
        "x_y",
        "$a",
        "a$",
        "`a`",
        "b`c",
        "\u{200D}",
        "é",
        "Bo,",
        "(Bo)",
        "d:",
        "=D",
        "<3",
        "a-b",
        "/s",
        "aintt",
        "aint",
        "yall",
        "y'all",
        "Y'ALL",
        "",
        "abcdefghijklmnopqrstuvwxyzabcdefghij",
    ];

    #[test]
    fn the_short_way_finds_the_same_tokens() {
        let mut words = Words::default();
        for word in
            ["not", "is", "do", "n't", "US", "us", "so", "Bo", "x)", ":)", "d:", "'s", "korea", "http"]
        {
            words.intern(word);
        }
        for first in PIECES {
            for second in PIECES {
                for glue in ["", " ", "  ", "\n", ". ", "'", "\u{a0}"] {
                    let raw = format!("{first}{glue}{second}");
                    assert_eq!(tokenize(&raw, &words), slowly(&raw, &words), "{raw:?}");
                }
            }
        }
    }
}
