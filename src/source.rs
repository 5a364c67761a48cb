//! The input text, its spans and its lines: the policy on UTF-8, BOM, CRLF and NBSP stands here.

use crate::error::{Error, Result};
use crate::unpack::unpack;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A half-open range of UTF-8 byte offsets into a source (or, for NDJSON and CSV input, into a comment's text).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    schemars::JsonSchema,
    Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// True if it holds nothing.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// True if the other span lies inside.
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// One input text with its name. Offsets are those of the file: BOM and CR stay in the text and are skipped by
/// [`Source::lines`].
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

/// One line of a source: its text without line end, BOM and trailing blanks, and where that text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'s> {
    /// The line as it stands, indentation kept, CR and trailing white space dropped.
    pub text: &'s str,
    /// Where `text` stands.
    pub span: Span,
}

impl Source {
    /// Reads a file; gzip, Zstandard and Parquet are unpacked, the last to a JSON object a line.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be read, unpacked, or grows beyond measure when unpacked, [`Error::NotText`] as in
    /// [`Source::from_bytes`].
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).and_then(unpack).map_err(|e| Error::io(path, e))?;
        Source::from_bytes(&path.display().to_string(), bytes)
    }

    /// Takes bytes as text.
    ///
    /// # Errors
    /// [`Error::NotText`] for UTF-16, binary (a NUL byte, but in lines of JSON, where it costs its line) or invalid UTF-8,
    /// with the place of the first bad byte, and for more than 4 GiB.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Self> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(not_text(name, &bytes, 0, "UTF-16 text", "save it as UTF-8"));
        }
        if let Some(at) = memchr::memchr(0, &bytes).filter(|_| !is_lines(&bytes)) {
            return Err(not_text(
                name,
                &bytes,
                at,
                "binary file (NUL byte)",
                "give a text file or an export",
            ));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Source::from_text(name, text),
            Err(e) => {
                let at = e.utf8_error().valid_up_to();
                let byte = e.as_bytes().get(at).copied().unwrap_or_default();
                let message = format!("invalid UTF-8 (byte 0x{byte:02X})");
                let help = "convert it first, for example with `iconv -f WINDOWS-1252 -t UTF-8`";
                Err(not_text(name, e.as_bytes(), at, &message, help))
            }
        }
    }

    /// Takes a text.
    ///
    /// # Errors
    /// [`Error::NotText`] for more than 4 GiB, the limit of a [`Span`].
    pub fn from_text(name: &str, text: String) -> Result<Self> {
        if u32::try_from(text.len()).is_err() {
            return Err(not_text(name, &[], 0, "larger than 4 GiB", "split the file"));
        }
        let bytes = text.as_bytes();
        // A CR by itself ends a line too, as old Macintosh files have it.
        let ends = |i: &usize| bytes[*i] == b'\n' || bytes.get(i + 1) != Some(&b'\n');
        let starts = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends).map(|i| i as u32 + 1);
        let line_starts = std::iter::once(0).chain(starts).collect();
        Ok(Source { name: name.to_owned(), text, line_starts })
    }

    /// The name of the input: its path as given, or `-`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, byte for byte.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text of a span, empty if the span does not lie on character borders inside the text.
    pub fn text(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Line and column (in characters), both from 1, of a byte offset.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|s| *s <= offset).max(1);
        let start = self.line_starts[line - 1];
        let before = self.text.get(start as usize..offset as usize).unwrap_or_default();
        (line, before.chars().filter(|c| *c != BOM).count() + 1)
    }

    /// The lines in order, without BOM, line ends and trailing white space (NBSP counts as white space).
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let ends = self.line_starts.iter().skip(1).copied().chain(std::iter::once(self.text.len() as u32));
        self.line_starts.iter().zip(ends).map(|(start, end)| self.line(*start, end))
    }

    fn line(&self, start: u32, end: u32) -> Line<'_> {
        let whole = self.text(Span::new(start, end));
        let bom = if start == 0 && whole.starts_with(BOM) { BOM.len_utf8() as u32 } else { 0 };
        let text = trim_end(&whole[bom as usize..]);
        Line { text, span: Span::new(start + bom, start + bom + text.len() as u32) }
    }
}

/// As `str::trim_end`; most lines end in a letter or mark and one line feed.
fn trim_end(text: &str) -> &str {
    let inner = text.strip_suffix('\n').unwrap_or(text);
    match inner.as_bytes().last() {
        Some(0x21..=0x7E) => inner,
        _ => inner.trim_end(),
    }
}

/// True if the first line that holds more than NUL bytes is a JSON object: readers of lines leave out those that are none.
fn is_lines(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let blank = |b: &u8| *b == 0 || b.is_ascii_whitespace();
    let text = bytes.iter().position(|b| !blank(b)).and_then(|at| bytes.get(at..)).unwrap_or_default();
    let first = text.split(|b| *b == b'\n').next().unwrap_or_default();
    first.starts_with(b"{") && first.trim_ascii_end().ends_with(b"}")
}

const BOM: char = '\u{FEFF}';

fn not_text(name: &str, bytes: &[u8], at: usize, message: &str, help: &str) -> Error {
    let before = &bytes[..at.min(bytes.len())];
    let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    Error::NotText {
        file: name.to_owned(),
        line: before.iter().filter(|b| **b == b'\n').count() + 1,
        column: String::from_utf8_lossy(&before[line_start..]).chars().count() + 1,
        message: message.to_owned(),
        help: help.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_drop_bom_cr_and_trailing_nbsp_but_keep_offsets() {
        let source = Source::from_text("t", "\u{FEFF}one\r\n  two\u{a0} \nthree".to_owned()).unwrap();
        let lines: Vec<&str> = source.lines().map(|l| l.text).collect();
        assert_eq!(lines, ["one", "  two", "three"]);
        assert!(source.lines().all(|l| source.text(l.span) == l.text));
    }

    #[test]
    fn line_and_column_count_characters_from_one() {
        let source = Source::from_text("t", "ä\nöü x".to_owned()).unwrap();
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(3), (2, 1));
        assert_eq!(source.line_column(8), (2, 4));
    }

    #[test]
    fn bad_bytes_are_named_with_their_place() {
        let error = Source::from_bytes("page.txt", b"fine\nna\xEFve".to_vec()).unwrap_err().to_string();
        assert!(error.starts_with("page.txt:2:3: invalid UTF-8 (byte 0xEF)"), "{error}");
        let error = Source::from_bytes("a.png", b"\x89PNG\0".to_vec()).unwrap_err().to_string();
        assert!(error.contains("binary"), "{error}");
        let utf16: Vec<u8> = "{\"id\":1}\r\n".bytes().flat_map(|b| [b, 0]).collect();
        assert!(Source::from_bytes("a.ndjson", utf16).is_err());
        assert!(Source::from_bytes("a.ndjson", b"\0\n{\"id\":1}\r\n".to_vec()).is_ok());
    }
}
