//! Rows: the lines of a source with their indentation taken off.

use super::atom::is_blank;
use crate::source::{Line, Source, Span};

/// A line that holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row<'s> {
    /// Columns of white space before the text; a NBSP is one column, a tab goes to the next multiple of four.
    pub indent: u32,
    /// The text without white space around it.
    pub text: &'s str,
    /// Where `text` stands.
    pub span: Span,
    /// A blank line, or the start of the page, stands before.
    pub after_blank: bool,
    /// Blank lines before it.
    pub gap: u32,
}

/// The rows of a source, in order.
pub(crate) fn rows(source: &Source) -> Vec<Row<'_>> {
    let lines = source.lines();
    let mut gap = 0;
    let mut rows: Vec<Row> = Vec::with_capacity(lines.size_hint().0);
    for line in lines {
        match row(line, rows.is_empty() || gap > 0, gap) {
            Some(row) => {
                rows.push(row);
                gap = 0;
            }
            None => gap += 1,
        }
    }
    rows
}

fn row(line: Line<'_>, after_blank: bool, gap: u32) -> Option<Row<'_>> {
    let spaces = line.text.bytes().position(|b| b != b' ').unwrap_or(line.text.len());
    let rest = &line.text[spaces..];
    // Mostly the text begins here; else there are tabs or other blanks.
    let (cut, indent) = match rest.as_bytes().first()? {
        0x21..=0x7E => (spaces, spaces as u32),
        _ => {
            let cut = line.text.len() - rest.trim_start_matches(is_blank).len();
            (cut, columns(&line.text[..cut]))
        }
    };
    let text = &line.text[cut..];
    let span = Span::new(line.span.start + cut as u32, line.span.end);
    (!text.is_empty()).then_some(Row { indent, text, span, after_blank, gap })
}

/// Columns that a piece of white space takes.
pub(crate) fn columns(blanks: &str) -> u32 {
    blanks
        .chars()
        .fold(0, |at: u32, c| if c == '\t' { (at / 4 + 1).saturating_mul(4) } else { at.saturating_add(1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_indentation_place_and_the_blank_line_before() {
        let source = Source::from_text("t", "\u{FEFF}one\r\n\r\n \u{a0} two\r\n\tthree".to_owned()).unwrap();
        let rows = rows(&source);
        let seen: Vec<_> = rows.iter().map(|r| (r.indent, r.text, r.after_blank)).collect();
        assert_eq!(seen, [(0, "one", true), (3, "two", true), (4, "three", false)]);
        assert!(rows.iter().all(|r| source.text(r.span) == r.text));
    }
}
