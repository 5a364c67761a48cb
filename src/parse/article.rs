//! The article or post above the comments.

use super::atom::{Fault, blanks, host, is_digit, row_end, url, whole};
use super::date::date;
use super::dialect::furniture::is_furniture;
use super::event::{Event, Events, Role};
use super::line::Row;
use crate::source::{Source, Span};
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{opt, recognize, value, verify};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use serde::Serialize;

/// A piece of text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Located {
    /// The text; a date is given as `YYYY-MM-DD`.
    pub text: String,
    /// Where it stands as printed.
    pub span: Span,
}

/// An article or post. Texts are read with [`Source::text`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[non_exhaustive]
pub struct Article {
    /// Its title; `None` if the page begins with a paragraph.
    pub title: Option<Located>,
    /// Its date, from a line of its own or a source line, never from a sentence.
    pub date: Option<Located>,
    /// Lines that say where the text is from.
    pub sources: Vec<Span>,
    /// Its paragraphs, one a line.
    pub body: Vec<Span>,
    /// From its first to its last line.
    pub span: Span,
}

impl Article {
    /// The first web address among its source lines.
    pub fn url<'s>(&self, source: &'s Source) -> Option<&'s str> {
        let found = |span: &Span| source.text(*span).find("http").map(|at| &source.text(*span)[at..]);
        self.sources.iter().filter_map(found).find_map(|text| url(text).ok()).map(|(_, address)| address)
    }
}

/// Gives each row above the comments its role: the title first, dates near it, sources anywhere, else paragraphs.
pub(crate) fn read(source: &Source, rows: &[Row<'_>], events: &mut Events) {
    let mut title = None;
    for (i, row) in rows.iter().enumerate() {
        let role = match row.text {
            text if is_furniture(text) => Role::Boilerplate,
            text if title.is_some_and(|t: Span| source.text(t) == text) => Role::Boilerplate,
            text if source_line(text) => Role::Source,
            text if i < HEADER_ROWS && is_date_line(text) => Role::Date,
            _ if title.is_none() && is_first(rows, i) && is_title(row.text) => {
                title = Some(open_title(row, events));
                Role::Title
            }
            _ => Role::Article,
        };
        date_of(row, role, events);
        events.line(role, row.span);
    }
}

/// True for a line that holds nothing but a date, maybe with a label and a time.
pub(crate) fn is_date_line(text: &str) -> bool {
    whole(dated, text).is_some()
}

/// Rows in which a line that holds nothing but a date belongs to the article's head.
const HEADER_ROWS: usize = 12;

/// True if nothing but furniture, dates and sources stands before.
fn is_first(rows: &[Row<'_>], at: usize) -> bool {
    let mut before = rows[..at].iter().take(HEADER_ROWS + 1);
    at <= HEADER_ROWS && before.all(|r| is_furniture(r.text) || source_line(r.text) || is_date_line(r.text))
}

/// A title is a line of two to thirty words that ends in no full stop and begins no list or quotation.
fn is_title(text: &str) -> bool {
    let words = text.split_whitespace().take(31).count();
    let list = text.starts_with(['•', '>', '*', '[', '-']) || whole(numbered, text).is_some();
    text.len() <= 300 && (2..=30).contains(&words) && !list && !text.ends_with(['.', ',', ';', ':', '…'])
}

/// `1. ` and any text.
fn numbered(input: &str) -> IResult<&str, ()> {
    value((), (take_while_m_n(1, 3, is_digit), one_of(".)"), blanks, nom::combinator::rest)).parse(input)
}

/// Says the title, and the date if the line begins with `date 2025-07-04`.
fn open_title(row: &Row<'_>, events: &mut Events) -> Span {
    let prefix = recognize((tag("date"), blanks, date, blanks)).parse(row.text);
    let cut = prefix.map_or(0, |(_, prefix): (&str, &str)| prefix.len());
    let span = Span::new(row.span.start + cut as u32, row.span.end);
    events.list.push(Event::Title(Box::new(Located { text: row.text[cut..].to_owned(), span })));
    span
}

fn date_of(row: &Row<'_>, role: Role, events: &mut Events) {
    let lead = match role {
        Role::Title => preceded((tag("date"), blanks), date).parse(row.text).ok(),
        Role::Date => preceded(opt(label), date).parse(row.text).ok(),
        Role::Source => site(row.text).ok(),
        _ => None,
    };
    if let Some((left, day)) = lead {
        let end = row.text.len() - left.len();
        let start = row.text[..end].find(is_digit).unwrap_or_default();
        let span = Span::new(row.span.start + start as u32, row.span.start + end as u32);
        events.list.push(Event::Date(Box::new(Located { text: day.to_string(), span })));
    }
}

/// `Published: 04 Jul. 2025, 11:23`: maybe a label, a date, maybe a time and a zone.
fn dated(input: &str) -> IResult<&str, ()> {
    value((), (opt(label), date, opt(clock), row_end)).parse(input)
}

/// `, 11:23`, ` at 4:05 pm`, `T11:23:00+09:00`, ` | 11:23 KST`; takes at most thirty characters after the digits.
fn clock(input: &str) -> IResult<&str, ()> {
    let lead = take_while_m_n(0, 4, |c: char| " ,|-atT".contains(c));
    let digits = (take_while_m_n(1, 2, is_digit), char(':'), take_while_m_n(2, 2, is_digit));
    let zone = take_while_m_n(0, 30, |c: char| c.is_ascii_alphanumeric() || " :.+-()/".contains(c));
    value((), (lead, digits, zone)).parse(input)
}

/// `Published: `, `Last updated on `, `Date `; leaves the date.
fn label(input: &str) -> IResult<&str, &str> {
    let words = verify(take_while1(|c: char| c.is_ascii_alphabetic() || c == ' '), |words: &str| {
        const LABELS: [&str; 6] = ["published", "updated", "posted", "date", "created", "submitted"];
        words.split(' ').take(4).any(|w| LABELS.contains(&w.to_ascii_lowercase().as_str()))
            && words.len() <= 30
    });
    alt((terminated(words, (char(':'), blanks)), label_word)).parse(input)
}

/// `Published `, `Updated on ` without a colon.
fn label_word(input: &str) -> IResult<&str, &str> {
    let word = |w: &'static str| tag_no_case::<_, _, Fault<'_>>(w);
    let name = alt((word("last updated"), word("published"), word("updated"), word("posted"), word("date")));
    recognize((name, tag(" "), opt(tag("on ")))).parse(input)
}

/// True for a line that is an address, a site with a date (`www.site.example (2025.07.04.)`), or a short label and an
/// address (`Source: https://…`).
fn source_line(text: &str) -> bool {
    let label = take_while_m_n(1, 60, |c: char| c.is_alphabetic() || " -".contains(c));
    let labelled = preceded((label, char(':'), blanks), url);
    whole(alt((url, labelled)), text).is_some() || whole((site, tag(")")), text).is_some()
}

/// `www.site.example (2025.07.04.`; leaves the closing bracket.
fn site(input: &str) -> IResult<&str, jiff::civil::Date> {
    delimited((host, blanks, char('(')), date, opt(char('.'))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::line::rows;

    fn roles(text: &str) -> (String, Vec<String>) {
        let source = Source::from_text("t", text.to_owned()).unwrap();
        let mut events = Events::default();
        read(&source, &rows(&source), &mut events);
        let (mut roles, mut facts) = (String::new(), Vec::new());
        for event in events.list {
            match event {
                Event::Line(piece) => roles.push_str(&format!("{:?} ", piece.role)),
                Event::Title(t) | Event::Date(t) => facts.push(t.text),
                Event::Open(_) | Event::Words(_) => {}
            }
        }
        (roles.trim_end().to_owned(), facts)
    }

    #[test]
    fn title_date_and_source_lines_are_told_from_paragraphs() {
        let text = "Harbour Bridge Closes\nPublished: 04 Jul. 2025, 11:23\n2 min read\nHarbour Bridge Closes\n\nIt closed on May 3, 2025.\nwww.harbour.example (2025.07.05.)\nhttps://harbour.example/1";
        let (roles, facts) = roles(text);
        assert_eq!(roles, "Title Date Boilerplate Boilerplate Article Source Source");
        assert_eq!(facts, ["Harbour Bridge Closes", "2025-07-04", "2025-07-05"]);
    }

    #[test]
    fn a_date_before_the_title_is_taken_off() {
        let (roles, facts) = roles(" date 2025-07-04 Ferry late again\nWords. ");
        assert_eq!(
            (roles.as_str(), facts),
            ("Title Article", vec!["Ferry late again".into(), "2025-07-04".into()])
        );
    }

    #[test]
    fn a_page_may_begin_with_a_paragraph() {
        assert_eq!(roles("The ferry was late again.\nAll waited").0, "Article Article");
        assert_eq!(roles("1. The ferry was late").0, "Article");
    }
}
