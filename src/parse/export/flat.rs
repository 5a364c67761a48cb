//! The short way for lines as most are: an object of strings, whole numbers and nulls. What is anything else, or wrong,
//! is left to serde, which also says what is wrong.

use crate::escape::first_escaped_near;
use std::borrow::Cow;

/// A value of an object.
pub(super) enum Value<'l> {
    Text(Cow<'l, str>),
    /// A whole number as it stands; never with a zero in front.
    Whole(&'l str),
    Null,
}

/// Gives each key and value of an object to `take`, which may refuse one. `None` if the line is left to serde.
pub(super) fn object<'l>(line: &'l str, mut take: impl FnMut(&str, Value<'l>) -> Option<()>) -> Option<()> {
    let mut reader = Reader { line, at: 0 };
    reader.mark(b'{')?;
    loop {
        reader.mark(b'"')?;
        let key = reader.plain_string()?;
        reader.mark(b':')?;
        take(key, reader.value()?)?;
        match reader.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    reader.next().is_none().then_some(())
}

/// Digits that surely fit into 64 bits.
const DIGITS: usize = 18;

struct Reader<'l> {
    line: &'l str,
    at: usize,
}

impl<'l> Reader<'l> {
    #[inline]
    fn rest(&self) -> &'l [u8] {
        self.line.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no white space, taken.
    #[inline]
    fn next(&mut self) -> Option<u8> {
        loop {
            let byte = *self.line.as_bytes().get(self.at)?;
            self.at += 1;
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return Some(byte);
            }
        }
    }

    #[inline]
    fn mark(&mut self, mark: u8) -> Option<()> {
        (self.next()? == mark).then_some(())
    }

    fn value(&mut self) -> Option<Value<'l>> {
        match self.next()? {
            b'"' => self.string().map(Value::Text),
            b'n' if self.rest().starts_with(b"ull") => {
                self.at += 3;
                Some(Value::Null)
            }
            b'-' | b'0'..=b'9' => self.whole(self.at - 1).map(Value::Whole),
            _ => None,
        }
    }

    fn whole(&mut self, start: usize) -> Option<&'l str> {
        let signed = usize::from(self.line.as_bytes().get(start)? == &b'-');
        self.at = start + signed;
        let length = self.rest().iter().take_while(|b| b.is_ascii_digit()).count();
        let digits = self.rest().get(..length)?;
        let plain = match digits {
            [b'0'] => signed == 0,
            [b'1'..=b'9', ..] => length <= DIGITS,
            _ => false,
        };
        self.at += length;
        let ends = matches!(self.rest(), [b',' | b'}' | b' ', ..]);
        (plain && ends).then(|| self.line.get(start..self.at)).flatten()
    }

    /// The rest of a string without escapes.
    fn plain_string(&mut self) -> Option<&'l str> {
        let length = first_escaped_near(self.rest())?;
        let string = self.line.get(self.at..self.at + length)?;
        self.at += length + 1;
        (self.line.as_bytes().get(self.at - 1)? == &b'"').then_some(string)
    }

    /// The rest of a string.
    fn string(&mut self) -> Option<Cow<'l, str>> {
        let start = self.at;
        let mut escapes = 0;
        loop {
            self.at += first_escaped_near(self.rest())?;
            match self.rest() {
                [b'"', ..] => break,
                [b'\\', ..] => escapes += 1,
                _ => return None,
            }
            self.at += 2;
        }
        let raw = self.line.get(start..self.at)?;
        self.at += 1;
        if escapes == 0 { Some(Cow::Borrowed(raw)) } else { unescaped(raw, escapes).map(Cow::Owned) }
    }
}

/// A string of so many escapes with them resolved; `None` for one that is wrong or half of a character.
fn unescaped(raw: &str, escapes: usize) -> Option<String> {
    let mut out = String::with_capacity(raw.len() - escapes);
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(rest.get(..at)?);
        let mut length = 2;
        out.push(match rest.as_bytes().get(at + 1)? {
            b'n' => '\n',
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                length = 6;
                numbered(rest.get(at + 2..at + 6)?)?
            }
            _ => return None,
        });
        rest = rest.get(at + length..)?;
    }
    out.push_str(rest);
    out.shrink_to_fit();
    Some(out)
}

/// A character by its number.
fn numbered(digits: &str) -> Option<char> {
    let all = digits.bytes().all(|b| b.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
}
