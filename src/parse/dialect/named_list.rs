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
//! An age or a date below a name is read as such.
//! Limits: a short paragraph without final punctuation may be taken for a name if the number is missing or wrong, and
//! replies cannot be told from comments. `0 Comments`, `No comments` and reply forms are no comments.

use super::{Fit, Page};
use crate::diagnostic::Code;
use crate::parse::article;
use crate::parse::atom::{age, url, whole};
use crate::parse::dialect::furniture::{ends_comments, heading, is_furniture};
use crate::parse::event::{Event, Events, Head, Role};
use crate::parse::line::Row;
use crate::thread::{Author, Body, Comment};

/// Reads a page: the article above the heading, the comments below it.
pub(crate) fn read(page: &Page<'_>) -> Events {
    let (source, rows) = (page.source, page.rows);
    let mut events = Events::default();
    let Some((at, announced)) = section(rows) else {
        article::read(source, rows, &mut events);
        return events;
    };
    article::read(source, &rows[..at], &mut events);
    events.line(Role::Heading, rows[at].span);
    let end =
        (at + 1..rows.len()).find(|i| announced == 0 || ends_comments(rows[*i].text)).unwrap_or(rows.len());
    let (furniture, kept): (Vec<&Row>, Vec<&Row>) =
        rows[at + 1..end].iter().partition(|r| is_furniture(r.text));
    let kept = stamped(&kept);
    let starts = starts(&kept, announced);
    comments(&kept, &starts, &mut events);
    let outside = furniture.into_iter().chain(&rows[end..]);
    outside.for_each(|r| events.line(Role::Boilerplate, r.span));
    if starts.len() != announced {
        let message = format!("the page announces {announced} comments, {} were found", starts.len());
        let help = "names and texts are told apart by their shape; check the tree with `threadstance thread`";
        events.warn(source, rows[at].span, Code::CountDiffers, message, help);
    }
    if let Some(row) = rows[end..].iter().find(|r| announced == 0 && !is_furniture(r.text)) {
        let message = "lines below a heading that announces no comments were left out".to_owned();
        let help = "correct the number in the heading if they are comments";
        events.note(source, row.span, Code::TextOutside, message, help);
    }
    events
}

/// How well the page fits.
pub(crate) fn fit(page: &Page<'_>) -> Fit {
    match section(page.rows) {
        None => (0, "no heading such as `6 Comments` with a name below it".to_owned()),
        Some((_, 0)) => (30, "a heading announces 0 comments".to_owned()),
        Some((_, n)) => (50, format!("a heading announces {n} comments and a name stands below it")),
    }
}

/// The heading of the comment section: the last one with a name below it, else the last one that announces none.
/// Gives its row and the announced number.
pub(crate) fn section(rows: &[Row<'_>]) -> Option<(usize, usize)> {
    let headings = || rows.iter().enumerate().rev().filter_map(|(i, r)| Some((i, whole(heading, r.text)?)));
    let named = |i: usize| rows.get(i + 1).is_some_and(|r| is_name(r.text)) && rows.len() > i + 2;
    headings().find(|(i, n)| *n > 0 && named(*i)).or_else(|| headings().find(|(_, n)| *n == 0))
}

/// A row and the age or date that stands below it, if it can be a name.
struct Stamped<'r, 's> {
    row: &'r Row<'s>,
    stamp: Option<&'r Row<'s>>,
}

/// Takes ages and dates out from below names. The last row is text even if it looks like a date.
fn stamped<'r, 's>(rows: &[&'r Row<'s>]) -> Vec<Stamped<'r, 's>> {
    let mut all: Vec<Stamped> = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let time = whole(age, row.text).is_some() || article::is_date_line(row.text);
        match all.last_mut() {
            Some(above) if time && above.stamp.is_none() && is_name(above.row.text) && i + 1 < rows.len() => {
                above.stamp = Some(row);
            }
            _ => all.push(Stamped { row, stamp: None }),
        }
    }
    all
}

/// The rows of names, by the first reading that gives the announced number.
fn starts(rows: &[Stamped<'_, '_>], announced: usize) -> Vec<usize> {
    let name = |i: &usize| is_name(rows[*i].row.text);
    let turns: Vec<usize> = (0..rows.len()).step_by(2).collect();
    if rows.len() == 2 * announced && turns.iter().all(name) {
        return turns;
    }
    let blocks: Vec<usize> =
        (0..rows.len()).filter(|i| rows[*i].row.after_blank && name(i) && i + 1 < rows.len()).collect();
    if blocks.len() == announced && blocks.first() == Some(&0) {
        return blocks;
    }
    by_shape(rows)
}

/// Each name-shaped row with a text below it; the row right below a name is always text.
fn by_shape(rows: &[Stamped<'_, '_>]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at + 1 < rows.len() {
        let name = is_name(rows[at].row.text);
        starts.extend(name.then_some(at));
        at += 1 + usize::from(name);
    }
    starts
}

/// One to five words without final punctuation that are no address; a last initial or `Jr.` keeps its full stop.
pub(crate) fn is_name(text: &str) -> bool {
    let short = text.len() <= 120 && text.chars().count() <= 40 && text.split_whitespace().count() <= 5;
    let ended = text.ends_with(['.', '!', '?', ',', ';', ':', '…', '"', '”']) && !ends_in_initial(text);
    short && !ended && whole(url, text).is_none()
}

/// `Sam L.`, `Otto Lind Jr.`
fn ends_in_initial(text: &str) -> bool {
    let Some((_, last)) = text.rsplit_once(' ') else { return false };
    let stem = last.strip_suffix('.').unwrap_or_default();
    ["Jr", "Sr"].contains(&stem) || (stem.chars().count() == 1 && stem.chars().all(char::is_uppercase))
}

fn comments(rows: &[Stamped<'_, '_>], starts: &[usize], events: &mut Events) {
    let mut next = starts.iter().copied().peekable();
    let mut words = Role::Boilerplate;
    for (i, Stamped { row, stamp }) in rows.iter().enumerate() {
        let name = next.next_if_eq(&i).is_some();
        if name {
            events.list.push(Event::Open(Box::new(Head { level: 0, comment: comment(row, *stamp) })));
            words = Role::Body;
        }
        let role = if name { Role::Header } else { words };
        [Some(*row), *stamp].into_iter().flatten().for_each(|r| events.line(role, r.span));
    }
}

fn comment(name: &Row<'_>, stamp: Option<&Row<'_>>) -> Comment {
    let mut comment = Comment::new(Body::Removed);
    comment.author = Some(Author { name: name.text.to_owned(), ..Author::default() });
    comment.age = stamp.map(|s| s.text.to_owned());
    comment.header = Some(stamp.map_or(name.span, |s| name.span.cover(s.span)));
    comment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_unpunctuated() {
        assert!(
            ["Ada", "Bella Lind", "77otto 🦆", "van der Meer the 2nd", "Sam L.", "Otto Lind Jr."]
                .iter()
                .all(|n| is_name(n))
        );
        let texts = ["Exactly.", "https://news.example/a", "One two three four five six", "She said:"];
        assert!(texts.iter().all(|n| !is_name(n)));
    }
}
