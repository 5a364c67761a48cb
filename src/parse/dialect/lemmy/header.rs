//! The header of a Lemmy comment, from its bullet to its time line.

use super::fused::{self, Split};
use crate::parse::atom::{Age, age, is_digit, votes, whole};
use crate::parse::line::Row;
use crate::thread::Score;

/// A header as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header<'a> {
    /// What stands after the bullet.
    pub author: &'a str,
    /// Column of the row below the author's; `None` if the page ends there.
    pub column: Option<u32>,
    /// Votes, if printed.
    pub score: Option<Score>,
    /// Age as printed, without a score fused to it; `None` if the page ends before it.
    pub age: Option<&'a str>,
    /// Carries the edit mark.
    pub edited: bool,
    /// Lines recognised below the author's.
    pub lines: u32,
}

/// Lines between the author and the age, each of which may be absent.
struct Marks {
    links: u32,
    language: bool,
    up: Option<Option<i64>>,
    down: Option<Option<i64>>,
    bare: Option<i64>,
    dot: bool,
    edited: bool,
}

/// A comment's header from row `at` on: `• NAME`, then any of `link`, `fedilink`, a language, `arrow-up` N, `arrow-down`
/// N, N, `·`, `edit-2` in that order, then an age, no blank line between them. Where the page ends before the age, at
/// least one such line is asked for.
pub(crate) fn header<'s>(rows: &[Row<'s>], at: usize) -> Option<Header<'s>> {
    let author = author(rows.get(at)?.text)?;
    let mut below = Below { rows: rows.get(at + 1..)?, at: 0 };
    let column = below.rows.first().map(|r| r.indent);
    let marks = marks(&mut below);
    let age = below.take(|text| whole(age, text));
    let cut = if age.is_some() { 0 } else { page_end(&below, marks.count())? };
    let lines = marks.count() + cut + u32::from(age.is_some());
    let split = age.map(|a| split(&marks, a));
    let score = marks.score().or(split.as_ref().and_then(|s| s.score));
    let age = split.map(|s| s.age);
    Some(Header { author, column, score, age, edited: marks.edited, lines })
}

/// The name in `• NAME`.
pub(crate) fn author(text: &str) -> Option<&str> {
    text.strip_prefix('•').map(str::trim)
}

/// The rows below a bullet.
struct Below<'r, 's> {
    rows: &'r [Row<'s>],
    at: usize,
}

impl<'s> Below<'_, 's> {
    /// The next row, unless a blank line stands before it.
    fn next(&self) -> Option<&'s str> {
        self.rows.get(self.at).filter(|r| !r.after_blank).map(|r| r.text)
    }

    /// Goes on if `read` takes the whole of the next row.
    fn take<T>(&mut self, read: impl FnOnce(&'s str) -> Option<T>) -> Option<T> {
        let found = read(self.next()?)?;
        self.at += 1;
        Some(found)
    }

    fn word(&mut self, word: &str) -> bool {
        self.take(|text| (text == word).then_some(())).is_some()
    }

    /// A row with votes alone.
    fn votes(&mut self) -> Option<i64> {
        self.take(|text| whole(votes, text))
    }

    /// `arrow-up` and the votes below it, which some sites hide.
    fn arrow(&mut self, name: &str) -> Option<Option<i64>> {
        self.word(name).then(|| self.votes())
    }

    /// A row with the name of a language in any script, known by the header line that follows it.
    fn language(&mut self) -> bool {
        let after = Below { rows: self.rows, at: self.at + 1 }.next();
        let known = |text: &str| is_language(text) && after.is_some_and(follows_language);
        self.take(|text| known(text).then_some(())).is_some()
    }
}

fn marks(below: &mut Below<'_, '_>) -> Marks {
    let links = u32::from(below.word("link")) + u32::from(below.word("fedilink"));
    let language = links > 0 && below.language();
    let (up, down) = (below.arrow("arrow-up"), below.arrow("arrow-down"));
    // The line of the age below makes sure that a bare number is votes.
    let bare = if up.is_none() && down.is_none() { below.votes() } else { None };
    let (dot, edited) = (below.word("·"), below.word("edit-2"));
    Marks { links, language, up, down, bare, dot, edited }
}

fn is_language(text: &str) -> bool {
    let letter = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '(' | ')' | '’');
    !text.starts_with("arrow-")
        && text != "edit-2"
        && text.chars().all(letter)
        && (2..=40).contains(&text.chars().count())
}

/// True for what may stand below a language.
fn follows_language(text: &str) -> bool {
    text.starts_with("arrow-")
        || text == "·"
        || text == "edit-2"
        || whole(votes, text).is_some()
        || whole(age, text).is_some()
}

/// Accepts the end of the page, with at most a piece of one more header line, if `lines` were recognised before; gives
/// the number of such pieces.
fn page_end(below: &Below<'_, '_>, lines: u32) -> Option<u32> {
    match below.rows.get(below.at..).unwrap_or_default() {
        [] if lines > 0 => Some(0),
        [last] if lines > 0 && is_piece(last.text) => Some(1),
        _ => None,
    }
}

/// True for the beginning of a header line: `fedil`, `edit`, `8 hou`, `Engl`.
fn is_piece(text: &str) -> bool {
    let word = ["link", "fedilink", "arrow-up", "arrow-down", "edit-2", "English"]
        .iter()
        .any(|w| w.starts_with(text));
    let unit = text.trim_start_matches(is_digit);
    let cut_age = unit.len() < text.len()
        && text.len() <= 20
        && unit.chars().all(|c| c == ' ' || c.is_ascii_lowercase());
    word || cut_age
}

/// Older sites print the votes right before the age, when neither arrows nor `·` stand between.
fn split<'a>(marks: &Marks, age: Age<'a>) -> Split<'a> {
    let apart =
        marks.up.is_some() || marks.down.is_some() || marks.bare.is_some() || marks.dot || marks.edited;
    if apart { Split { score: None, age: age.text } } else { fused::split(age, marks.links > 0) }
}

impl Marks {
    fn count(&self) -> u32 {
        let arrows = [self.up, self.down].iter().flatten().map(|n| 1 + u32::from(n.is_some())).sum::<u32>();
        let signs = [self.language, self.bare.is_some(), self.dot, self.edited];
        self.links + arrows + signs.iter().map(|s| u32::from(*s)).sum::<u32>()
    }

    fn score(&self) -> Option<Score> {
        let value = self.up.flatten().or(self.bare)?;
        Some(Score { value, down: self.down.flatten(), certain: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::line::rows;
    use crate::source::Source;

    fn first(text: &str) -> Option<(String, Header<'static>)> {
        let source = Source::from_text("t", text.to_owned()).unwrap();
        let source: &'static Source = Box::leak(Box::new(source));
        let rows = rows(source);
        let h = header(&rows, 0)?;
        let left = rows.get(1 + h.lines as usize).map_or("", |r| &source.as_str()[r.span.start as usize..]);
        Some((left.to_owned(), h))
    }

    fn read(text: &str) -> Option<(String, String)> {
        let (left, h) = first(text)?;
        let score = h.score.map(|s| format!("{}/{:?}", s.value, s.down)).unwrap_or_default();
        let edited = if h.edited { " edited" } else { "" };
        Some((format!("{} {score} {}{edited}", h.author, h.age.unwrap_or("cut")), left))
    }

    #[test]
    fn full_bare_and_barest_headers_leave_the_body() {
        let full = "• Ann\n  link\n  fedilink\n  English\n  arrow-up\n  8\n  ·\n  8 hours ago\n\n  Words";
        assert_eq!(read(full), Some(("Ann 8/None 8 hours ago".to_owned(), "Words".to_owned())));
        let edited = "• Ann\n link\n arrow-up\n 1.2K\n arrow-down\n 5\n ·\n edit-2\n 1 year ago\nx";
        assert_eq!(read(edited), Some(("Ann 1200/Some(5) 1 year ago edited".to_owned(), "x".to_owned())));
        assert_eq!(read("• Ann\n ·\n 1 year ago\n"), Some(("Ann  1 year ago".to_owned(), String::new())));
        assert_eq!(
            read("  • Ann\r\n    2 years ago\r\n"),
            Some(("Ann  2 years ago".to_owned(), String::new()))
        );
    }

    #[test]
    fn languages_in_any_script_may_stand_in_the_header() {
        for language in ["Deutsch", "Português do Brasil", "한국어", "中文"] {
            let text = format!("• Ann\n  link\n  {language}\n  arrow-up\n  0\n  ·\n  1 day ago");
            assert_eq!(read(&text), Some(("Ann 0/None 1 day ago".to_owned(), String::new())), "{language}");
        }
    }

    #[test]
    fn bullets_without_a_header_are_refused() {
        for text in
            ["• peace\n• bread\n", "• a\n\n  words", "• a\n  words\n  1 day ago", "• a", "words\n 1 day ago"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_may_end_inside_the_header() {
        for (text, lines) in [("• a\n link\n", 1), ("• a\n link\n fedili", 2), ("• a\n arrow-up\n 2\n ", 2)]
        {
            let (left, h) = first(text).unwrap();
            assert_eq!((left.as_str(), h.age, h.lines), ("", None, lines), "{text}");
        }
        assert_eq!(first("• a\n link\n  ·\n 8 hou").map(|(_, h)| h.lines), Some(3));
    }
}
