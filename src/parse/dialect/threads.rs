//! Discourse without names, and the New York Times.
//!
//! ```text
//! First words of a topic.       Discourse: two blank lines between posts, no names
//!
//!
//! 3 Likes
//! An answer.
//!
//! Ada                           New York Times: a name, a place and an age
//! Quay Town 6 hours ago
//! Her words.
//! ```
//! Discourse's print view has a name, a time (`March 3, 2020, 4:05pm`) and a number on three lines; both are read. The
//! tree is unknown (P12); without names the authors are too (P13).

use super::common::{is_stamp, name, stamped};
use super::posts::{Post, Shape, flat, nameless};
use super::{Fit, Page};
use crate::parse::article;
use crate::parse::atom::is_digit;
use crate::parse::dialect::furniture::{ends_comments, is_furniture};
use crate::parse::event::{Event, Events, Head, Role};
use crate::parse::line::Row;
use crate::thread::{Body, Comment};

const PRINT: Shape = Shape { header: print_header, furniture: |r| is_likes(r.text), end: |_| false };
const TIMES: Shape =
    Shape { header: times_header, furniture: times_furniture, end: |r| ends_comments(r.text) };

/// How well Discourse fits.
pub(crate) fn fit_discourse(page: &Page<'_>) -> Fit {
    let printed = PRINT.find(page.rows).len();
    let likes = page.rows.iter().filter(|r| is_likes(r.text)).count();
    match (printed, likes, blocks(page).len()) {
        (2.., _, _) => (79, format!("{printed} times a name, a time and a number on three lines")),
        (_, 1.., 2..) => (45, format!("{likes} lines like `3 Likes` and posts between two blank lines")),
        _ => (0, "no line like `3 Likes` with posts between two blank lines".to_owned()),
    }
}

/// Reads a page of Discourse.
pub(crate) fn read_discourse(page: &Page<'_>) -> Events {
    let posts = PRINT.find(page.rows);
    let mut notes = Events::default();
    if posts.len() >= 2 {
        flat(page, &posts, &mut notes);
        let mut events = PRINT.events(page, posts);
        events.diagnostics.append(&mut notes.diagnostics);
        return events;
    }
    let mut events = Events::default();
    let blocks = blocks(page);
    let first = blocks.first().map_or(page.rows.len(), |b| b.0);
    article::read(page.source, &page.rows[..first], &mut events);
    for (start, end) in &blocks {
        block(&page.rows[*start..*end], &mut events);
    }
    if let Some((start, _)) = blocks.first() {
        nameless(page, page.rows[*start].span, &mut events);
    }
    events
}

/// One post: its likes above or below it are the site's.
fn block(rows: &[Row<'_>], events: &mut Events) {
    let comment = Comment::new(Body::Removed);
    events.list.push(Event::Open(Box::new(Head { level: 0, comment })));
    for row in rows {
        let role = if is_likes(row.text) { Role::Boilerplate } else { Role::Body };
        events.line(role, row.span);
    }
}

/// Posts between two blank lines, below the title if the first block is one short line.
fn blocks(page: &Page<'_>) -> Vec<(usize, usize)> {
    let rows = page.rows;
    let mut starts: Vec<usize> = (0..rows.len()).filter(|i| *i == 0 || rows[*i].gap >= 2).collect();
    let titled = starts.get(1) == Some(&1) && rows.first().is_some_and(|r| r.text.len() <= 150);
    if titled {
        starts.remove(0);
    }
    let ends = starts.iter().skip(1).copied().chain([rows.len()]).collect::<Vec<_>>();
    let all = starts.into_iter().zip(ends);
    all.filter(|(start, end)| rows[*start..*end].iter().any(|r| !is_likes(r.text) && !is_furniture(r.text)))
        .collect()
}

/// `3 Likes`, `1 Like`.
fn is_likes(text: &str) -> bool {
    let number = text.strip_suffix(" Likes").or_else(|| text.strip_suffix(" Like"));
    number.is_some_and(|n| n.len() <= 7 && !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// A name, a time, a number.
fn print_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let text = |i: usize| rows.get(i).map(|r| r.text).filter(|t| t.len() <= 80);
    let (who, time, number) = (text(at)?, text(at + 1)?, text(at + 2)?);
    let digits = number.trim_start_matches('#');
    let counted =
        digits.len() <= 6 && digits.starts_with(is_digit) && digits.bytes().all(|b| b.is_ascii_digit());
    (counted && is_stamp(time)).then_some(())?;
    Some(Post::new(rows, at, 3, name(who)?).aged(time))
}

/// How well the New York Times fits.
pub(crate) fn fit_times(page: &Page<'_>) -> Fit {
    match TIMES.find(page.rows).len() {
        0 | 1 => (0, "no two names with a place and an age below".to_owned()),
        n => (58, format!("{n} names with a place and an age below")),
    }
}

/// Reads a page of the New York Times.
pub(crate) fn read_times(page: &Page<'_>) -> Events {
    let posts = TIMES.find(page.rows);
    let mut notes = Events::default();
    flat(page, &posts, &mut notes);
    let mut events = TIMES.events(page, posts);
    events.diagnostics.append(&mut notes.diagnostics);
    events
}

fn times_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let row = rows.get(at).filter(|r| r.text.len() <= 80)?;
    let below = rows.get(at + 1).filter(|r| r.text.len() <= 120 && r.text.ends_with(" ago"))?;
    let (place, age) = stamped(below.text)?;
    let plain = place.starts_with(char::is_uppercase) && !place.contains(['@', '•', '·', '[']);
    (plain && place.split_whitespace().count() <= 6).then_some(())?;
    Some(Post::new(rows, at, 2, name(row.text)?).aged(age))
}

fn times_furniture(row: &Row<'_>) -> bool {
    let text = row.text;
    let counted = |word: &str| text.strip_suffix(word).is_some_and(|n| n.len() <= 16);
    is_furniture(text)
        || text == "Flag"
        || (text.len() <= 40 && (counted("Recommend") || counted("Recommended")))
}
