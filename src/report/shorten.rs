//! Foreign words made fit for one line of a report.

/// Makes one line of at most `limit` characters: white space becomes single blanks, controls become visible, and a cut
/// falls on a word border where there is one in the second half, marked by `…`.
pub fn shorten(text: &str, limit: usize) -> String {
    let line = visible(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.chars().count() <= limit {
        return line;
    }
    let head: String = line.chars().take(limit.saturating_sub(1)).collect();
    // A border right after the head is a border too.
    let whole_words = line.chars().nth(head.chars().count()) == Some(' ');
    let cut = match head.rfind(' ') {
        Some(at) if !whole_words && at * 2 > head.len() => at,
        _ => head.len(),
    };
    let kept = head.get(..cut).unwrap_or(&head);
    format!("{}…", kept.trim_end_matches([' ', ',', '\u{200D}']))
}

/// Makes controls visible that could drive a terminal, turn the reading direction or break a line: C0 as its control
/// picture (`␛`), C1 and bidirectional controls as `‹U+202E›`.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{0}'..='\u{1F}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}')),
            '\u{7F}' => out.push('\u{2421}'),
            '\u{80}'..='\u{9F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {
                out.push_str(&format!("‹U+{:04X}›", c as u32));
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_fall_on_word_borders() {
        assert_eq!(shorten("one two  three\nfour", 99), "one two three four");
        assert_eq!(shorten("one two three four", 15), "one two three…");
        assert_eq!(shorten("one two three four", 14), "one two three…");
        assert_eq!(shorten("one two, three", 12), "one two…");
        assert_eq!(shorten("äöüäöüäöüäöü", 5), "äöüä…");
        assert_eq!(shorten("a verylongwordwithoutanyborder", 12), "a verylongw…");
    }

    #[test]
    fn controls_become_visible() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202E}c\u{9b}"), "a␛[2Jb‹U+202E›c‹U+009B›");
        assert_eq!(visible("👩\u{200D}🔬 صحيفة"), "👩\u{200D}🔬 صحيفة");
    }
}
