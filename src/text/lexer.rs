//! From text to tokens, in one pass.

use super::contraction;
use super::emoji::{is_dressing, is_emoji};
use super::letters::{has_run, is_mark, plain, shortened};
use super::lookup::Lookup;
use super::short::Place;
use super::token::{Kind, Token};
use super::words::{WordId, Words, mark};
use crate::source::Span;

/// Splits a text into tokens. Hyphens inside words separate and vanish (`low-rent` is `low` `rent`), contractions are
/// opened, runs of one mark are one token, HTML entities count as their character.
pub fn tokenize(raw: &str, words: &Words) -> Vec<Token> {
    let mut out = Vec::new();
    add_tokens(raw, words, &mut out);
    out
}

/// As [`tokenize`], behind the tokens that are there.
pub fn add_tokens(raw: &str, words: &Words, out: &mut Vec<Token>) {
    *out = run(raw, words, std::mem::take(out));
}

/// As [`tokenize`], but gives every word a number.
pub fn tokenize_new(raw: &str, words: &mut Words) -> Vec<Token> {
    run(raw, words, Vec::new())
}

/// The tokens behind those that are there.
fn run<L: Lookup>(raw: &str, words: L, mut out: Vec<Token>) -> Vec<Token> {
    out.reserve(raw.len() / 4 + 4);
    let mut lexer = Lexer { out, ..Lexer::new(raw, words) };
    while lexer.at < raw.len() {
        lexer.short();
        lexer.step();
    }
    lexer.out
}

pub(super) struct Lexer<'t, L> {
    pub raw: &'t str,
    pub words: L,
    pub at: usize,
    pub spaced: bool,
    lower: String,
    exact: String,
    pub out: Vec<Token>,
}

impl<'t, L: Lookup> Lexer<'t, L> {
    pub fn new(raw: &'t str, words: L) -> Self {
        let (lower, exact, out) = (String::new(), String::new(), Vec::new());
        Lexer { raw, words, at: 0, spaced: true, lower, exact, out }
    }

    /// Takes what goes the short way; nothing where words are put in.
    fn short(&mut self) {
        let Some(words) = self.words.known() else { return };
        let rest = self.raw.as_bytes().get(self.at..).unwrap_or_default();
        let mut place = Place { rest, at: self.at, spaced: self.spaced };
        place.run(words, &mut self.out);
        (self.at, self.spaced) = (place.at, place.spaced);
    }

    /// Takes the next piece, whatever it is.
    pub fn step(&mut self) {
        let Some((c, length)) = self.char_at(self.at) else { return };
        if c.is_whitespace() && self.raw.as_bytes()[self.at] == b'&' {
            (self.at, self.spaced) = (self.at + length, true);
        } else if c.is_whitespace() {
            self.white_space();
        } else if is_dressing(c) {
            self.at += length;
        } else if c.is_alphabetic() && self.starts_link() {
            self.link();
        } else if (self.spaced || matches!(c, ':' | ';' | '=' | '<')) && self.emoticon() {
        } else if c.is_numeric() {
            self.number();
        } else if c.is_alphabetic() {
            self.word();
        } else if is_emoji(c) {
            self.single(Kind::Emoji, length);
        } else if !self.special(c) {
            self.mark(c, length);
        }
    }

    /// The character at a byte offset, entities decoded, and the bytes it takes.
    fn char_at(&self, at: usize) -> Option<(char, usize)> {
        let rest = self.raw.get(at..)?;
        let c = rest.chars().next()?;
        if c == '&'
            && let Some((_, c, length)) =
                ENTITIES.iter().map(|(e, c)| (rest.starts_with(e), *c, e.len())).find(|e| e.0)
        {
            return Some((c, length));
        }
        Some((c, c.len_utf8()))
    }

    fn white_space(&mut self) {
        let start = self.at;
        let rest = &self.raw[start..];
        let plain = |b: &u8| matches!(b, b' ' | b'\t'..=b'\r');
        let length = rest.bytes().take_while(plain).count();
        self.at += match rest.as_bytes().get(length) {
            Some(0x80..) => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            _ => length,
        };
        self.spaced = true;
        match rest.as_bytes()[..self.at - start].iter().filter(|b| **b == b'\n').count() {
            0 => {}
            1 => self.push(start, self.at, WordId::UNKNOWN, WordId::UNKNOWN, Kind::Line),
            _ => self.push(start, self.at, WordId::UNKNOWN, WordId::UNKNOWN, Kind::Paragraph),
        }
        self.spaced = true;
    }

    pub fn starts_link(&self) -> bool {
        let rest = &self.raw.as_bytes()[self.at..];
        ["http://", "https://", "www."]
            .iter()
            .any(|p| rest.len() > p.len() && rest[..p.len()].eq_ignore_ascii_case(p.as_bytes()))
    }

    fn link(&mut self) {
        let rest = &self.raw[self.at..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '”'))
            .unwrap_or(rest.len());
        let link = rest[..end].trim_end_matches(['.', ',', ')', ']', '!', '?', ';', ':', '*']);
        let end = self.at + link.len().max(1);
        self.push(self.at, end, WordId::UNKNOWN, WordId::UNKNOWN, Kind::Url);
        self.at = end;
    }

    /// A smiley of the lexicon that stands between white space.
    fn emoticon(&mut self) -> bool {
        let rest = &self.raw[self.at..];
        let end =
            rest.char_indices().take(LONGEST_EMOTICON + 1).find(|(_, c)| c.is_whitespace()).map(|(i, _)| i);
        let chunk = match end {
            Some(end) => &rest[..end],
            None if rest.chars().nth(LONGEST_EMOTICON).is_none() => rest,
            None => return false,
        };
        let smiley = chunk.chars().any(|c| c.is_ascii_punctuation()) && chunk.chars().count() > 1;
        if !smiley || chunk.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
            return false;
        }
        let word = self.words.number(chunk.as_bytes());
        if word == WordId::UNKNOWN {
            return false;
        }
        let end = self.at + chunk.len();
        self.push(self.at, end, word, WordId::UNKNOWN, Kind::Emote);
        self.at = end;
        true
    }

    fn number(&mut self) {
        let start = self.at;
        let mut previous = ' ';
        while let Some((c, length)) = self.char_at(self.at) {
            let next = self.char_at(self.at + length).map_or(' ', |n| n.0);
            let inside = matches!(c, '.' | ',' | ':' | '/') && previous.is_numeric() && next.is_numeric();
            if !(c.is_alphanumeric() || inside || c == '%') {
                break;
            }
            previous = c;
            self.at += length;
        }
        let given = &self.raw[start..self.at];
        self.lower.clear();
        if given.is_ascii() {
            self.lower.push_str(given);
            self.lower.make_ascii_lowercase();
        } else {
            self.lower.push_str(&given.to_lowercase());
        }
        let word = self.words.number(self.lower.as_bytes());
        self.push(start, self.at, word, WordId::UNKNOWN, Kind::Number);
    }

    fn word(&mut self) {
        let start = self.at;
        self.lower.clear();
        self.exact.clear();
        if !self.acronym() {
            self.letters();
        }
        let end = self.at;
        let exact =
            if self.exact.is_empty() { WordId::UNKNOWN } else { self.words.number(self.exact.as_bytes()) };
        let lower = std::mem::take(&mut self.lower);
        let seen = self.words.see(lower.as_bytes());
        let fixed = usize::from(seen.contraction).checked_sub(1).and_then(contraction::opened);
        match fixed.or_else(|| contraction::by_ending(&lower)) {
            // An entity inside the word would shift the border: then the word stays whole.
            Some((length, first, second))
                if self.raw.is_char_boundary(start + length) && length < end - start =>
            {
                let cut = start
                    + self.raw[start..end]
                        .char_indices()
                        .nth(lower[..length].chars().count())
                        .map_or(length, |c| c.0);
                let exact = std::mem::take(&mut self.exact);
                let name = exact.get(..length).map_or(WordId::UNKNOWN, |e| self.words.number(e.as_bytes()));
                let (first, second) =
                    (self.words.number(first.as_bytes()), self.words.number(second.as_bytes()));
                self.push(start, cut, first, name, Kind::Word);
                self.push(cut, end, second, WordId::UNKNOWN, Kind::Word);
            }
            _ => {
                let word = self.lengthened(seen.id, lower.as_bytes());
                self.push(start, end, word, exact, Kind::Word);
            }
        }
        self.lower = lower;
    }

    /// `soooo` is `soo` or `so`, if one of these is known.
    pub fn lengthened(&mut self, known: WordId, lower: &[u8]) -> WordId {
        let added = self.words.add(lower);
        if known != WordId::UNKNOWN {
            return known;
        }
        if added != WordId::UNKNOWN || !has_run(lower) {
            return added;
        }
        let lower = std::str::from_utf8(lower).unwrap_or_default();
        match self.words.see(shortened(lower, 2).as_bytes()).id {
            WordId::UNKNOWN => self.words.see(shortened(lower, 1).as_bytes()).id,
            twice => twice,
        }
    }

    /// `U.S.`, `D.O.J`: the dots go from the exact form.
    fn acronym(&mut self) -> bool {
        let rest = &self.raw[self.at..];
        let mut letters = 0;
        let mut taken = 0;
        let mut chars = rest.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let dotted = c.is_alphabetic() && rest[i + c.len_utf8()..].starts_with('.');
            let last = c.is_alphabetic()
                && letters > 0
                && !rest[i + c.len_utf8()..].starts_with(|n: char| n.is_alphanumeric());
            if !dotted && !last {
                break;
            }
            self.lower.extend(c.to_lowercase());
            self.exact.push(c);
            letters += 1;
            taken = i + c.len_utf8();
            if !dotted {
                break;
            }
            self.lower.push('.');
            taken += 1;
            chars.next();
        }
        if letters < 2 {
            self.lower.clear();
            self.exact.clear();
            return false;
        }
        self.at += taken;
        true
    }

    fn letters(&mut self) {
        while let Some((c, length)) = self.char_at(self.at) {
            let next = self.char_at(self.at + length).map_or(' ', |n| n.0);
            let apostrophe = matches!(c, '\'' | '’' | 'ʼ' | '`') && next.is_alphabetic();
            let censored = matches!(c, '*' | '_' | '$') && (next.is_alphabetic() || next == '*');
            let inside = censored && !self.lower.is_empty();
            if !(c.is_alphanumeric() || apostrophe || inside || is_mark(c)) {
                break;
            }
            if apostrophe {
                self.lower.push('\'');
                self.exact.push('\'');
            } else if c.is_ascii() {
                self.lower.push(c.to_ascii_lowercase());
                self.exact.push(c);
            } else {
                self.lower.extend(c.to_lowercase());
                self.exact.push(c);
            }
            self.at += length;
        }
        if !self.exact.contains(char::is_uppercase) {
            self.exact.clear();
        }
    }

    /// Marks that mean more than themselves: `@name`, `:emote:`, `/s`, `!!1`, a hyphen inside a word.
    fn special(&mut self, c: char) -> bool {
        let rest = &self.raw[self.at..];
        match c {
            '@' => self.run(
                rest,
                1,
                |c| c.is_alphanumeric() || matches!(c, '_' | '.' | '@' | '-'),
                "",
                Kind::Mention,
            ),
            ':' => {
                self.run(rest, 1, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'), ":", Kind::Emote)
            }
            '/' if self.spaced
                && rest[1..].starts_with(['s', 'S'])
                && !rest[2..].starts_with(char::is_alphanumeric) =>
            {
                let tag = self.words.number(b"/s");
                self.push(self.at, self.at + 2, tag, WordId::UNKNOWN, Kind::Word);
                self.at += 2;
                true
            }
            '-' | '‐' | '‑' if !self.spaced && rest[c.len_utf8()..].starts_with(char::is_alphanumeric) => {
                self.at += c.len_utf8();
                true
            }
            '#' if rest[1..].starts_with(char::is_alphanumeric) => {
                self.at += 1;
                true
            }
            _ => false,
        }
    }

    fn run(&mut self, rest: &str, skip: usize, inside: fn(char) -> bool, close: &str, kind: Kind) -> bool {
        let name = &rest[skip..];
        let length =
            name.chars().take(LONGEST_NAME).take_while(|c| inside(*c)).map(char::len_utf8).sum::<usize>();
        if length < 2 || !name[length..].starts_with(close) || !name[..length].contains(char::is_alphabetic) {
            return false;
        }
        let end = self.at + skip + length + close.len();
        let word = self.words.number(&rest.as_bytes()[..end - self.at]);
        self.push(self.at, end, word, WordId::UNKNOWN, kind);
        self.at = end;
        true
    }

    fn mark(&mut self, c: char, length: usize) {
        let start = self.at;
        let first = plain(c);
        let runs = first.filter(|m| *m != mark::QUOTE);
        self.at += length;
        while let Some((next, length)) =
            self.char_at(self.at).filter(|n| runs.is_some() && plain(n.0) == runs)
        {
            self.at += length.max(next.len_utf8());
        }
        if first == Some(mark::EXCLAMATION) && self.raw[self.at..].starts_with('1') {
            self.at += self.raw[self.at..].bytes().take_while(|b| matches!(b, b'1' | b'!')).count();
            let word = self.words.number(b"!!1");
            return self.push(start, self.at, word, WordId::UNKNOWN, Kind::Mark);
        }
        let id = match first {
            Some(mark::PERIOD) if self.at - start > 1 => mark::ELLIPSIS,
            Some(known) => known,
            None => self.words.number(&self.raw.as_bytes()[start..start + length]),
        };
        self.push(start, self.at, id, WordId::UNKNOWN, Kind::Mark);
    }

    fn single(&mut self, kind: Kind, length: usize) {
        let end = self.at + length;
        let word = self.words.number(&self.raw.as_bytes()[self.at..end]);
        self.push(self.at, end, word, WordId::UNKNOWN, kind);
        self.at = end;
    }

    pub fn push(&mut self, start: usize, end: usize, word: WordId, exact: WordId, kind: Kind) {
        let text = &self.raw[start..end];
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let worded = kind == Kind::Word;
        let capital = worded && text.starts_with(char::is_uppercase);
        let shouted = worded && letters().nth(1).is_some() && letters().all(char::is_uppercase);
        let span = Span::new(start as u32, end as u32);
        self.out.push(Token { span, word, exact, kind, spaced: self.spaced, capital, shouted });
        self.spaced = false;
    }
}

const LONGEST_EMOTICON: usize = 5;
const LONGEST_NAME: usize = 64;

/// Entities that copied or exported text still holds, some of them escaped twice.
const ENTITIES: [(&str, char); 13] = [
    ("&amp;gt;", '>'),
    ("&amp;lt;", '<'),
    ("&amp;#39;", '\''),
    ("&amp;quot;", '"'),
    ("&amp;amp;", '&'),
    ("&amp;", '&'),
    ("&gt;", '>'),
    ("&lt;", '<'),
    ("&quot;", '"'),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&#x2F;", '/'),
    ("&nbsp;", ' '),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<String> {
        tokenize(raw, &Words::default()).iter().map(|t| t.text(raw).to_owned()).collect()
    }

    #[test]
    fn words_contractions_and_hyphens() {
        assert_eq!(
            texts("They’re low-rent, isn't it?"),
            ["They", "’re", "low", "rent", ",", "is", "n't", "it", "?"]
        );
        assert_eq!(texts("Can't. cannot"), ["Ca", "n't", ".", "can", "not"]);
        assert_eq!(texts("O'Brien's f**king claim"), ["O'Brien", "'s", "f**king", "claim"]);
    }

    #[test]
    fn acronyms_keep_their_dots_in_the_span_only() {
        let mut words = Words::default();
        let us = words.intern("US");
        let raw = "The U.S. did. US, us";
        let exact: Vec<bool> = tokenize(raw, &words).iter().map(|t| t.exact == us).collect();
        assert_eq!(exact, [false, true, false, false, true, false, false]);
    }

    #[test]
    fn marks_links_and_names() {
        assert_eq!(
            texts("Wow!!! ... (see http://a.org/x).\n\nNext"),
            ["Wow", "!!!", "...", "(", "see", "http://a.org/x", ")", ".", "\n\n", "Next"]
        );
        assert_eq!(texts("@bob@x.org :joker-troll: sure /s"), ["@bob@x.org", ":joker-troll:", "sure", "/s"]);
        assert_eq!(texts("yes!!1 9/11 $5,000 900k 👍🏽"), ["yes", "!!1", "9/11", "$", "5,000", "900k", "👍"]);
    }

    #[test]
    fn entities_count_as_their_character() {
        let mut words = Words::default();
        let not = words.intern("not");
        let raw = "&gt; it is &quot;x&quot; don&#39;t";
        let tokens = tokenize(raw, &words);
        assert_eq!(tokens[0].word, super::super::mark::GREATER);
        assert_eq!(tokens[3].word, super::super::mark::QUOTE);
        assert_eq!(tokens.last().map(|t| t.word), Some(not));
    }

    #[test]
    fn a_written_out_blank_is_a_blank() {
        assert_eq!(texts("one&nbsp;two &nbsp; three&nbsp;"), ["one", "two", "three"]);
    }

    #[test]
    fn every_span_lies_on_character_borders() {
        for raw in [
            "ﬀ’ß'ſ n’t İ'll",
            "👩‍👩‍👧 “ö” …",
            "&#39;&#39;s &am",
            "ǅ'S 's'",
            "\u{FEFF}x\u{200B}y",
            "don&#39;t isn&amp;#39;t I&#39;m",
        ] {
            for token in tokenize(raw, &Words::default()) {
                assert!(
                    raw.get(token.span.start as usize..token.span.end as usize).is_some(),
                    "{raw}: {token:?}"
                );
            }
        }
    }
}
