//! Makes text from a page safe to print: what a terminal would obey is shown instead.

use std::borrow::Cow;

/// `text` with control characters, escape sequences and direction overrides replaced by visible signs: `␛` for ESC,
/// `⟨U+202E⟩` for an override. Line feeds and tabs become `␊` and `␉`, so that the answer is one line.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| push(&mut safe, c));
    Cow::Owned(safe)
}

fn push(safe: &mut String, c: char) {
    match c {
        '\u{0}'..='\u{1F}' => safe.extend(char::from_u32(0x2400 + c as u32)),
        '\u{7F}' => safe.push('␡'),
        c if is_obeyed(c) => safe.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
        c => safe.push(c),
    }
}

/// True for C0 and C1 controls, line separators, bidirectional controls and a BOM inside the text.
fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || c == '\u{FEFF}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(visible("a\u{1b}[31mb\u{7f}\r\n"), "a␛[31mb␡␍␊");
        assert_eq!(visible("x\u{202e}y\u{9b}"), "x⟨U+202E⟩y⟨U+009B⟩");
    }

    #[test]
    fn ordinary_text_of_any_script_is_borrowed() {
        assert!(matches!(visible("Grüße, 한국 🎉 שלום"), Cow::Borrowed(_)));
    }
}
