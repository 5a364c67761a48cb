//! Marks in their plain form, and what single letters tell.

use super::words::{WordId, mark};

/// The number of a mark in its plain form; none for one that has none.
pub const fn plain(c: char) -> Option<WordId> {
    Some(match c {
        '.' => mark::PERIOD,
        '!' => mark::EXCLAMATION,
        '?' => mark::QUESTION,
        '…' => mark::ELLIPSIS,
        ',' => mark::COMMA,
        ';' => mark::SEMICOLON,
        ':' => mark::COLON,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' => mark::QUOTE,
        '\'' | '‘' | '’' | '‚' | '`' => mark::APOSTROPHE,
        '(' | '[' | '{' => mark::OPEN,
        ')' | ']' | '}' => mark::CLOSE,
        '—' | '–' | '-' | '―' | '~' => mark::DASH,
        '>' => mark::GREATER,
        '/' => mark::SLASH,
        _ => return None,
    })
}

/// Holds the same letter three times in a row.
pub fn has_run(word: &[u8]) -> bool {
    word.windows(3).any(|w| w[0] == w[1] && w[1] == w[2] && w[0].is_ascii_alphabetic())
}

/// Every run of one letter cut to `most`.
pub fn shortened(word: &str, most: usize) -> String {
    let mut out = String::with_capacity(word.len());
    let mut run = 0;
    for c in word.chars() {
        run = if out.ends_with(c) { run + 1 } else { 1 };
        if run <= most {
            out.push(c);
        }
    }
    out
}

/// Combining marks belong to the word they stand in.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0900}'..='\u{0903}' | '\u{093A}'..='\u{094F}')
}
