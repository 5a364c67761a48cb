//! The short way for what most text is made of: words of up to fifteen letters, contractions and marks that follow one another, looked up in a
//! vocabulary that takes no new words. What may be anything else is left to the lexer, which says what a token is.

use super::eight::Letters;
use super::letters::plain;
use super::token::{Kind, Token};
use super::words::{WordId, Words, mark};
use crate::source::Span;

/// Where the next piece begins.
pub struct Place<'b> {
    pub rest: &'b [u8],
    pub at: usize,
    /// White space stands before it.
    pub spaced: bool,
}

impl Place<'_> {
    /// Takes pieces for as long as they are of that kind.
    pub fn run(&mut self, words: &Words, out: &mut Vec<Token>) {
        while let Some(first) = self.rest.first() {
            let taken = match CLASSES[usize::from(*first)] {
                Class::Small | Class::Capital => self.word(words, out),
                Class::Blank => self.blank(),
                Class::Figure => self.figures(words, out),
                Class::Apostrophe | Class::Other => self.mark(*first, words, out),
                _ => false,
            };
            if !taken {
                return;
            }
        }
    }

    /// A blank by itself.
    #[inline]
    fn blank(&mut self) -> bool {
        let single = matches!(self.rest, [b' ', b'!'..=b'~', ..]);
        if single {
            self.go(1);
            self.spaced = true;
        }
        single
    }

    /// A word of letters, and the blank behind it.
    #[inline]
    fn word(&mut self, words: &Words, out: &mut Vec<Token>) -> bool {
        let letters = Letters::of(self.rest);
        let Some(rest) = self.rest.get(letters.length..) else { return false };
        let ends = match class(rest) {
            Class::Blank => true,
            Class::Other => !self.is_special(letters, rest, words),
            Class::Apostrophe => return self.contraction(letters, &rest[1..], words, out),
            _ => false,
        };
        let lower = letters.lower();
        // Sixteen letters may be the beginning of more.
        if !ends || letters.length == 16 {
            return false;
        }
        let seen = words.see_letters(lower);
        if seen.contraction > 0 || seen.id == WordId::UNKNOWN && lower.has_run() {
            return false;
        }
        self.put(letters, seen.id, words, out);
        self.blank();
        true
    }

    /// A number of figures alone.
    fn figures(&mut self, words: &Words, out: &mut Vec<Token>) -> bool {
        let length = self.rest.iter().take_while(|b| b.is_ascii_digit()).count();
        let (figures, rest) = self.rest.split_at(length);
        let ends = match rest {
            [] | [b' ' | b'\n', ..] => true,
            // One figure may begin a smiley; the marks of figures go on only before others.
            [b',' | b'.' | b':' | b'/', next, ..] => {
                length > 1 && (*next == b' ' || next.is_ascii_alphabetic())
            }
            [b')' | b'?' | b'!' | b'"' | b'-', ..] => length > 1,
            _ => false,
        };
        if ends {
            out.push(self.token(length, words.see(figures).id, Kind::Number));
            self.go(length);
        }
        ends
    }

    /// May begin a link, a smiley or an acronym.
    fn is_special(&self, letters: Letters, rest: &[u8], words: &Words) -> bool {
        if letters.length > 1 {
            return letters.length < 6 && [HTTP, HTTPS, WWW].contains(&letters.lower().first);
        }
        let smiley = self.spaced && words.may_smile(letters.first as u8) && !rest.is_empty();
        smiley || matches!(rest, [b'.', b'a'..=b'z' | b'A'..=b'Z' | 0x80.., ..])
    }

    /// A contraction that its ending tells; its letters before the apostrophe, and the bytes behind that.
    fn contraction(&mut self, letters: Letters, rest: &[u8], words: &Words, out: &mut Vec<Token>) -> bool {
        let ending = Letters::of(rest);
        let ends = matches!(rest.get(ending.length..).map(class), Some(Class::Blank | Class::Other));
        if !ends || letters.length == 16 {
            return false;
        }
        let (first, second): (Letters, &str) = match ending.first {
            S => (letters, "'s"),
            D => (letters, "'d"),
            M => (letters, "am"),
            RE => (letters, "are"),
            VE => (letters, "have"),
            LL => (letters, "will"),
            T if letters.length > 1
                && letters.ends_in(b'n')
                && !IRREGULAR.contains(&letters.lower().first) =>
            {
                (letters.without_last(), "not")
            }
            _ => return false,
        };
        let length = letters.length + 1 + ending.length;
        self.put(first, words.see_letters(first.lower()).id, words, out);
        out.push(self.token(length - first.length, words.get(second), Kind::Word));
        self.go(length - first.length);
        true
    }

    /// A mark or a run of it that means no more than itself, or a hyphen inside a word.
    #[inline]
    fn mark(&mut self, first: u8, words: &Words, out: &mut Vec<Token>) -> bool {
        let id = MARKS[usize::from(first)];
        let behind = self.rest.get(1..).unwrap_or_default();
        if first == b'-' && !self.spaced && behind.first().is_some_and(u8::is_ascii_alphanumeric) {
            self.go(1);
            return true;
        }
        if id == 0 {
            return false;
        }
        let same = |b: &&u8| MARKS[usize::from(**b)] == id && id != QUOTE;
        let more = behind.iter().take_while(same).count();
        let rest = behind.get(more..).unwrap_or_default();
        let alone = more == 0 && matches!(rest, [b' ' | b'\n', ..] | []);
        if !alone && self.may_mean_more(first, rest, words) {
            return false;
        }
        let word = if id == PERIOD && more > 0 { mark::ELLIPSIS } else { WordId(id.into()) };
        out.push(self.token(1 + more, word, Kind::Mark));
        self.go(1 + more);
        true
    }

    /// May begin a smiley or its name, `/s` or `!!1`, or go on in another form.
    fn may_mean_more(&self, mark: u8, rest: &[u8], words: &Words) -> bool {
        let goes_on = match rest {
            [b'&' | 0x80.., ..] => true,
            [b'1', ..] => mark == b'!',
            _ => false,
        };
        // A smiley has one letter at most.
        let worded = matches!(rest, [a, b, ..] if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric());
        let smiley = self.spaced && words.may_smile(mark) && !worded;
        goes_on || smiley || matches!(mark, b':' | b';') || self.spaced && mark == b'/'
    }

    #[inline]
    fn put(&mut self, letters: Letters, word: WordId, words: &Words, out: &mut Vec<Token>) {
        let mut token = self.token(letters.length, word, Kind::Word);
        if letters.has_capital() {
            token.exact = words.see_letters(letters).id;
            (token.capital, token.shouted) = (letters.is_capital(), letters.are_capitals());
        }
        out.push(token);
        self.go(letters.length);
    }

    #[inline]
    fn token(&self, length: usize, word: WordId, kind: Kind) -> Token {
        let span = Span::new(self.at as u32, (self.at + length) as u32);
        let (exact, spaced) = (WordId::UNKNOWN, self.spaced);
        Token { span, word, exact, kind, spaced, capital: false, shouted: false }
    }

    #[inline]
    fn go(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
        self.at += length;
        self.spaced = false;
    }
}

/// What a byte can be inside a plain word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
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

const CLASSES: [Class; 256] = {
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

/// What the first byte is; past the end [`Class::Other`].
#[inline]
fn class(bytes: &[u8]) -> Class {
    bytes.first().map_or(Class::Other, |b| CLASSES[usize::from(*b)])
}

/// The numbers of ASCII marks in their plain form, 0 for other bytes.
const MARKS: [u8; 256] = {
    let mut all = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if let Some(id) = plain(byte as u8 as char) {
            all[byte] = id.0 as u8;
        }
        byte += 1;
    }
    all
};

const QUOTE: u8 = mark::QUOTE.0 as u8;
const PERIOD: u8 = mark::PERIOD.0 as u8;

/// Letters as a number.
const fn number(letters: &str) -> u64 {
    let (mut number, mut i) = (0, 0);
    while i < letters.len() {
        number |= (letters.as_bytes()[i] as u64) << (i * 8);
        i += 1;
    }
    number
}

const HTTP: u64 = number("http");
const HTTPS: u64 = number("https");
const WWW: u64 = number("www");

const S: u64 = number("s");
const D: u64 = number("d");
const M: u64 = number("m");
const T: u64 = number("t");
const RE: u64 = number("re");
const VE: u64 = number("ve");
const LL: u64 = number("ll");

/// Before `'t`, those whose first part is another word.
const IRREGULAR: [u64; 4] = [number("can"), number("won"), number("shan"), number("ain")];

#[cfg(test)]
mod tests {
    use super::super::lexer::Lexer;
    use super::super::tokenize;
    use super::*;

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
