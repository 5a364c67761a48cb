//! The header of a Lemmy comment, from its bullet to its time line.

use super::fused::{self, Split};
use crate::parse::atom::{Age, age, blanks, is_blank, is_digit, row, row_end, votes};
use crate::parse::line::columns;
use crate::thread::Score;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_while_m_n};
use nom::character::complete::char;
use nom::combinator::{map, opt, peek, rest, value, verify};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

/// A header as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header<'a> {
    /// What stands after the bullet.
    pub author: &'a str,
    /// Column of the line below the author's; `None` if the page ends there.
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

/// A comment's header: `• NAME`, then any of `link`, `fedilink`, a language, `arrow-up` N, `arrow-down` N, N, `·`,
/// `edit-2` in that order, then an age. Where the page ends before the age, at least one such line is asked for.
/// Leaves the body.
pub(crate) fn header(input: &str) -> IResult<&str, Header<'_>> {
    let (below, author) = author(input)?;
    let (left, marks) = marks(below)?;
    let (left, age) = opt(row(age)).parse(left)?;
    let (left, cut) = if age.is_some() { (left, 0) } else { page_end(left, marks.count())? };
    let column = (!below.trim_start_matches(is_blank).is_empty()).then(|| first_column(below));
    let lines = marks.count() + cut + u32::from(age.is_some());
    let split = age.map(|a| split(&marks, a));
    let score = marks.score().or(split.as_ref().and_then(|s| s.score));
    let age = split.map(|s| s.age);
    Ok((left, Header { author, column, score, age, edited: marks.edited, lines }))
}

/// `  • NAME`; leaves the next line.
pub(crate) fn author(input: &str) -> IResult<&str, &str> {
    let name = map(take_till(|c| c == '\n'), str::trim);
    delimited((blanks, char('•')), name, row_end).parse(input)
}

fn first_column(below: &str) -> u32 {
    let text = below.trim_start_matches(is_blank);
    columns(&below[..below.len() - text.len()])
}

fn marks(input: &str) -> IResult<&str, Marks> {
    let (left, link) = opt(row(tag("link"))).parse(input)?;
    let (left, fedilink) = opt(row(tag("fedilink"))).parse(left)?;
    let links = u32::from(link.is_some()) + u32::from(fedilink.is_some());
    let (left, language) = if links > 0 { opt(language).parse(left)? } else { (left, None) };
    let (left, (up, down)) = (opt(arrow("arrow-up")), opt(arrow("arrow-down"))).parse(left)?;
    // The line of the age below makes sure that a bare number is votes.
    let lone = up.is_none() && down.is_none();
    let (left, bare) = if lone { opt(row(votes)).parse(left)? } else { (left, None) };
    let (left, (dot, edit)) = (opt(row(tag("·"))), opt(row(tag("edit-2")))).parse(left)?;
    let (language, dot, edited) = (language.is_some(), dot.is_some(), edit.is_some());
    Ok((left, Marks { links, language, up, down, bare, dot, edited }))
}

/// `arrow-up` and the votes below it, which some sites hide.
fn arrow<'a>(
    name: &'static str,
) -> impl Parser<&'a str, Output = Option<i64>, Error = nom::error::Error<&'a str>> {
    preceded(row(tag(name)), opt(row(votes)))
}

/// A line with the name of a language in any script, known by the header line that follows it.
fn language(input: &str) -> IResult<&str, ()> {
    let letter = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '(' | ')' | '’');
    let name =
        verify(take_while_m_n(2, 40, letter), |name: &str| !name.starts_with("arrow-") && name != "edit-2");
    value((), terminated(row(name), peek(follower))).parse(input)
}

/// What may stand below a language.
fn follower(input: &str) -> IResult<&str, ()> {
    let arrow = value((), preceded(blanks, tag("arrow-")));
    let sign = value((), alt((row(tag("·")), row(tag("edit-2")))));
    alt((arrow, sign, value((), row(votes)), value((), row(age)))).parse(input)
}

/// Accepts the end of the page, with at most a piece of one more header line, if `lines` were recognised before.
fn page_end(input: &str, lines: u32) -> IResult<&str, u32> {
    let text = input.trim_start();
    let last = text.find('\n').is_none_or(|i| text[i..].trim_start().is_empty());
    let accepted = text.is_empty() || (last && is_piece(text.trim_end()));
    let all = verify(rest, |_: &str| lines > 0 && accepted);
    map(all, |_| u32::from(!text.is_empty())).parse(input)
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

    fn read(text: &str) -> Option<(String, &str)> {
        let (left, h) = header(text).ok()?;
        let score = h.score.map(|s| format!("{}/{:?}", s.value, s.down)).unwrap_or_default();
        let edited = if h.edited { " edited" } else { "" };
        Some((format!("{} {score} {}{edited}", h.author, h.age.unwrap_or("cut")), left))
    }

    #[test]
    fn full_bare_and_barest_headers_leave_the_body() {
        let full = "• Ann\n  link\n  fedilink\n  English\n  arrow-up\n  8\n  ·\n  8 hours ago\n\n  Words";
        assert_eq!(read(full), Some(("Ann 8/None 8 hours ago".to_owned(), "\n  Words")));
        let edited = "• Ann\n link\n arrow-up\n 1.2K\n arrow-down\n 5\n ·\n edit-2\n 1 year ago\nx";
        assert_eq!(read(edited), Some(("Ann 1200/Some(5) 1 year ago edited".to_owned(), "x")));
        assert_eq!(read("• Ann\n ·\n 1 year ago\n"), Some(("Ann  1 year ago".to_owned(), "")));
        assert_eq!(read("  • Ann\r\n    2 years ago\r\n"), Some(("Ann  2 years ago".to_owned(), "")));
    }

    #[test]
    fn languages_in_any_script_may_stand_in_the_header() {
        for language in ["Deutsch", "Português do Brasil", "한국어", "中文"] {
            let text = format!("• Ann\n  link\n  {language}\n  arrow-up\n  0\n  ·\n  1 day ago");
            assert_eq!(read(&text), Some(("Ann 0/None 1 day ago".to_owned(), "")), "{language}");
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
            let (left, h) = header(text).unwrap();
            assert_eq!((left, h.age, h.lines), ("", None, lines), "{text}");
        }
        assert_eq!(header("• a\n link\n  ·\n 8 hou").map(|(_, h)| h.lines), Ok(3));
    }
}
