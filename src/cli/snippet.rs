//! The source line below a diagnostic, with a caret.

use crate::source::{Source, Span};
use crate::visible::visible;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// The line in which `span` begins, cut to `width` columns around it and safe to print; `None` for an empty line.
pub fn snippet(source: &Source, span: Span, width: usize) -> Option<String> {
    let (line, _) = source.line_column(span.start);
    let (text, from, to) = cut(source.as_str(), span, width.saturating_sub(12).max(20))?;
    let mark = AnnotationKind::Primary.span(from..to);
    let snippet = Snippet::source(text.as_str()).line_start(line).annotation(mark);
    let group = Group::with_level(Level::WARNING).element(snippet);
    Some(format!("{}\n", Renderer::plain().term_width(width).render(&[group])))
}

/// The part of the line around the span in about `room` characters, and where the span stands in it.
fn cut(text: &str, span: Span, room: usize) -> Option<(String, usize, usize)> {
    let (before, rest) = text.split_at_checked(span.start as usize)?;
    let before = last_chars(before, room / 3);
    let rest = first_chars(rest, room - before.chars().count());
    let marked = (span.len() as usize).min(rest.len());
    let (marked, after) = rest.split_at_checked(marked)?;
    let (before, marked, after) = (visible(before), visible(marked), visible(after));
    let (from, to) = (before.len(), before.len() + marked.len());
    let all = format!("{before}{marked}{after}");
    (!all.trim().is_empty()).then_some((all, from, to))
}

/// At most `n` characters of the last line.
fn last_chars(text: &str, n: usize) -> &str {
    let mut taken = text.char_indices().rev().take_while(|(_, c)| *c != '\n' && *c != '\u{FEFF}').take(n);
    taken.by_ref().last().map_or("", |(at, _)| &text[at..])
}

/// At most `n` characters of the first line, without its line end.
fn first_chars(text: &str, n: usize) -> &str {
    let end = text.char_indices().take_while(|(_, c)| *c != '\n').take(n).last();
    end.map_or("", |(at, c)| &text[..at + c.len_utf8()]).trim_end_matches('\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}HERE{}\nnext", "ä".repeat(5_000), "ö".repeat(5_000));
        let (cut, from, to) = cut(&text, Span::new(10_000, 10_004), 60).unwrap();
        assert_eq!((&cut[from..to], cut.chars().count()), ("HERE", 60));
    }

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        let (cut, from, to) = cut("a\u{1b}[2Jb\r\n", Span::new(1, 2), 60).unwrap();
        assert_eq!((cut.as_str(), &cut[from..to]), ("a␛[2Jb", "␛"));
    }

    #[test]
    fn the_caret_stands_below_the_place() {
        let source = Source::from_text("t", "one\n  two three\n".to_owned()).unwrap();
        let picture = snippet(&source, Span::new(10, 15), 80).unwrap();
        assert!(picture.contains("2 |   two three"), "{picture}");
        assert!(picture.contains("  |       ^^^^^\n"), "{picture}");
    }
}
