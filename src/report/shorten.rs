//! Foreign words made fit for one line of a report.

use crate::visible::visible;

/// Makes one line of at most `limit` characters: white space becomes single blanks, controls become visible, and a cut
/// falls on a word border where there is one in the second half, marked by `…`.
pub fn shorten(text: &str, limit: usize) -> String {
    let line = visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
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
}
