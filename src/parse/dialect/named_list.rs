//! Flat lists of names and texts under a heading with their number, as news sites print them.
//!
//! ```text
//! 2 Comments
//! Ada Lind
//! What she wrote.
//! Otto
//! What he wrote.
//! ```
//! Nothing marks where a comment ends, so three readings are tried and the first that gives the announced number is
//! taken: name and text in strict turn; blocks between blank lines that begin with a name; any line shaped like a name
//! (at most five words, no final punctuation) that has a text below it. The last one is also the fallback, with P10.
//! Limits: a short paragraph without final punctuation may be taken for a name if the number is missing or wrong, and
//! replies cannot be told from comments. `0 Comments`, `No comments` and reply forms are no comments.

use crate::diagnostic::Code;
use crate::parse::article;
use crate::parse::atom::{blanks, is_digit, url, whole};
use crate::parse::dialect::furniture::{ends_comments, is_furniture};
use crate::parse::event::{Event, Events, Head, Role};
use crate::parse::line::{Row, rows};
use crate::source::Source;
use crate::thread::{Author, Body, Comment};
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n};
use nom::combinator::{map_opt, opt};
use nom::sequence::delimited;
use nom::{IResult, Parser};

/// Reads a page: the article above the heading, the comments below it.
pub(crate) fn read(source: &Source) -> Events {
    let rows = rows(source);
    let mut events = Events::default();
    let Some((at, announced)) = section(&rows) else {
        article::read(source, &rows, &mut events);
        return events;
    };
    article::read(source, &rows[..at], &mut events);
    events.line(Role::Heading, rows[at].span);
    let end =
        (at + 1..rows.len()).find(|i| announced == 0 || ends_comments(rows[*i].text)).unwrap_or(rows.len());
    let (furniture, kept): (Vec<&Row>, Vec<&Row>) =
        rows[at + 1..end].iter().partition(|r| is_furniture(r.text));
    let starts = starts(&kept, announced);
    comments(&kept, &starts, &mut events);
    furniture
        .iter()
        .chain(&rows[end..].iter().collect::<Vec<_>>())
        .for_each(|r| events.line(Role::Boilerplate, r.span));
    if starts.len() != announced {
        let message = format!("the page announces {announced} comments, {} were found", starts.len());
        let help = "names and texts are told apart by their shape; check the tree with `threadstance thread`";
        events.warn(source, rows[at].span, Code::CountDiffers, message, help);
    }
    events
}

/// The heading of the comment section: the last one with a name below it, else the last one that announces none.
/// Gives its row and the announced number.
pub(crate) fn section(rows: &[Row<'_>]) -> Option<(usize, usize)> {
    let headings = || rows.iter().enumerate().rev().filter_map(|(i, r)| Some((i, whole(heading, r.text)?)));
    let named = |i: usize| rows.get(i + 1).is_some_and(|r| is_name(r.text)) && rows.len() > i + 2;
    headings().find(|(i, n)| *n > 0 && named(*i)).or_else(|| headings().find(|(_, n)| *n == 0))
}

/// `6 Comments`, `1 Comment`, `Comments (6)`, `Comments: 6`; leaves what follows.
fn heading(input: &str) -> IResult<&str, usize> {
    let word = |i| alt((tag_no_case("comments"), tag_no_case("comment"))).parse(i);
    let before = (number, blanks, word).map(|(n, _, _)| n);
    let after =
        (word, blanks, alt((delimited(tag("("), number, tag(")")), (tag(":"), blanks, number).map(|t| t.2))));
    (alt((before, after.map(|t| t.2))), opt(tag(":"))).map(|(n, _)| n).parse(input)
}

fn number(input: &str) -> IResult<&str, usize> {
    let digits = take_while_m_n(1, 11, |c: char| is_digit(c) || c == ',');
    map_opt(digits, |d: &str| d.replace(',', "").parse().ok()).parse(input)
}

/// The rows of names, by the first reading that gives the announced number.
fn starts(rows: &[&Row<'_>], announced: usize) -> Vec<usize> {
    let turns: Vec<usize> = (0..rows.len()).step_by(2).collect();
    if rows.len() == 2 * announced && turns.iter().all(|i| is_name(rows[*i].text)) {
        return turns;
    }
    let blocks: Vec<usize> = (0..rows.len())
        .filter(|i| rows[*i].after_blank && is_name(rows[*i].text) && i + 1 < rows.len())
        .collect();
    if blocks.len() == announced && blocks.first() == Some(&0) {
        return blocks;
    }
    by_shape(rows)
}

/// Each name-shaped row with a text below it; the row right below a name is always text.
fn by_shape(rows: &[&Row<'_>]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at + 1 < rows.len() {
        let name = is_name(rows[at].text);
        starts.extend(name.then_some(at));
        at += 1 + usize::from(name);
    }
    starts
}

/// One to five words without final punctuation that are no address.
fn is_name(text: &str) -> bool {
    let short = text.len() <= 120 && text.chars().count() <= 40 && text.split_whitespace().count() <= 5;
    short && !text.ends_with(['.', '!', '?', ',', ';', ':', '…', '"', '”']) && whole(url, text).is_none()
}

fn comments(rows: &[&Row<'_>], starts: &[usize], events: &mut Events) {
    let mut next = starts.iter().copied().peekable();
    for (i, row) in rows.iter().enumerate() {
        if next.next_if_eq(&i).is_some() {
            let mut comment = Comment::new(Body::Removed);
            comment.author = Some(Author { name: row.text.to_owned(), ..Author::default() });
            comment.header = Some(row.span);
            events.list.push(Event::Open(Box::new(Head { level: 0, comment })));
            events.line(Role::Header, row.span);
        } else {
            let role =
                if starts.first().is_some_and(|first| *first < i) { Role::Body } else { Role::Boilerplate };
            events.line(role, row.span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_alone() {
        let read = |text| whole(heading, text);
        assert_eq!((read("6 Comments"), read("1 comment"), read("0 Comments:")), (Some(6), Some(1), Some(0)));
        assert_eq!((read("Comments (1,204)"), read("COMMENTS: 3")), (Some(1204), Some(3)));
        assert_eq!(
            (read("6 Comments sorted by"), read("6 of 9 comments"), read("Comments")),
            (None, None, None)
        );
    }

    #[test]
    fn names_are_short_and_unpunctuated() {
        assert!(["Ada", "Bella Lind", "77otto 🦆", "van der Meer the 2nd"].iter().all(|n| is_name(n)));
        let texts = ["Exactly.", "https://news.example/a", "One two three four five six", "She said:"];
        assert!(texts.iter().all(|n| !is_name(n)));
    }
}
