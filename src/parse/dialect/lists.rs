//! Flat lists of bullets with names, and of numbered posts without names.
//!
//! ```text
//! show comments                 2 comments, Comments: a heading must stand above
//!   • Ada
//!
//!     Her words.
//! ```
//! Numbered posts have their words on the number's line and carry no name (P13); they are read only below a heading, or
//! where nothing but a title stands above a list that counts from 1 to the end of the page, and marked as a guess (P06).

use super::blog::is_heading;
use super::common::{item, name};
use super::posts::{Post, Shape, flat, nameless};
use super::{Fit, Page};
use crate::diagnostic::Code;
use crate::parse::article;
use crate::parse::atom::whole;
use crate::parse::dialect::furniture::{ends_comments, heading};
use crate::parse::event::{Event, Events, Head, Role};
use crate::parse::line::Row;
use crate::source::Span;
use crate::thread::{Body, Comment};

const BULLETS: Shape = Shape { header: bullet_header, furniture: |_| false, end: |row| row.indent == 0 };

/// How well bullets with names fit.
pub(crate) fn fit_bullets(page: &Page<'_>) -> Fit {
    match (heading_above(page.rows), bullets(page).len()) {
        (None, _) => (0, "no heading such as `show comments` above bullets".to_owned()),
        (Some(_), 0) => (0, "no bullet with a name and words below a blank line".to_owned()),
        (Some(_), n) => (60, format!("a heading and {n} bullets with names")),
    }
}

/// Reads bullets with names.
pub(crate) fn read_bullets(page: &Page<'_>) -> Events {
    let posts = bullets(page);
    let mut notes = Events::default();
    flat(page, &posts, &mut notes);
    let mut events = BULLETS.events(page, posts);
    events.diagnostics.append(&mut notes.diagnostics);
    let heading = heading_above(page.rows).map(|i| page.rows[i].span);
    events.list.retain(|e| !matches!(e, Event::Title(t) if Some(t.span) == heading));
    events.list.iter_mut().for_each(|e| set_heading(e, heading));
    events
}

fn set_heading(event: &mut Event, heading: Option<Span>) {
    if let Event::Line(piece) = event
        && Some(piece.span) == heading
    {
        piece.role = Role::Heading;
    }
}

fn bullets(page: &Page<'_>) -> Vec<Post> {
    let from = heading_above(page.rows).unwrap_or(page.rows.len());
    let mut posts = BULLETS.find(page.rows);
    posts.retain(|p| p.at > from);
    let column = posts.first().map(|p| page.rows[p.at].indent);
    posts.retain(|p| Some(page.rows[p.at].indent) == column);
    posts
}

fn heading_above(rows: &[Row<'_>]) -> Option<usize> {
    const LINES: [&str; 4] = ["show comments", "hide comments", "comments", "comments:"];
    rows.iter().position(|r| {
        r.text.len() <= 200
            && (LINES.contains(&r.text.to_lowercase().as_str())
                || whole(heading, r.text).is_some()
                || is_heading(r.text))
    })
}

/// `• NAME`, a blank line, words two columns further right.
fn bullet_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let row = rows.get(at).filter(|r| r.text.len() <= 200)?;
    let (None, text) = item(row.text)? else { return None };
    rows.get(at + 1).filter(|r| r.after_blank && r.indent >= row.indent + 2)?;
    Some(Post::new(rows, at, 1, name(text)?))
}

/// How well numbered posts without names fit.
pub(crate) fn fit_numbers(page: &Page<'_>) -> Fit {
    match numbers(page.rows) {
        None => (0, "no list that counts from 1 to the end of the page below a title".to_owned()),
        Some(starts) => (35, format!("{} long numbered paragraphs below a title, to the end", starts.len())),
    }
}

/// Reads numbered posts without names.
pub(crate) fn read_numbers(page: &Page<'_>) -> Events {
    let mut events = Events::default();
    let starts = numbers(page.rows).unwrap_or_default();
    let first = starts.first().copied().unwrap_or(page.rows.len());
    article::read(page.source, &page.rows[..first], &mut events);
    let ends = starts.iter().skip(1).copied().chain([page.rows.len()]);
    for (start, end) in starts.iter().zip(ends) {
        numbered(page, *start, end, &mut events);
    }
    if let Some(row) = starts.first().map(|i| &page.rows[*i]) {
        nameless(page, row.span, &mut events);
        let message = "numbered paragraphs below a title are taken for posts".to_owned();
        let help = "if they are a list of an article, use `--dialect article`";
        events.warn(page.source, row.span, Code::Ambiguous, message, help);
    }
    events
}

fn numbered(page: &Page<'_>, start: usize, end: usize, events: &mut Events) {
    let row = &page.rows[start];
    let words = item(row.text).map_or(row.text, |i| i.1);
    let mut comment = Comment::new(Body::Removed);
    let cut = row.span.end - words.len() as u32;
    comment.header = Some(Span::new(row.span.start, cut));
    events.list.push(Event::Open(Box::new(Head { level: 0, comment })));
    events.line(Role::Header, row.span);
    events.list.push(Event::Words(Span::new(cut, row.span.end)));
    let rows = &page.rows[start + 1..end];
    let words = rows.iter().position(|r| ends_comments(r.text)).unwrap_or(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let role = if i < words { Role::Body } else { Role::Boilerplate };
        events.line(role, row.span);
    }
}

/// The rows of the numbers 1, 2, 3 … at one column, if at least two are there, they are long, nothing stands left of
/// them below, and only a title above.
fn numbers(rows: &[Row<'_>]) -> Option<Vec<usize>> {
    let below = rows.iter().position(|r| is_heading(r.text)).map_or(0, |i| i + 1);
    let mut near = rows.iter().skip(below).take(4);
    let first = below + near.position(|r| matches!(item(r.text), Some((Some(1), _))) && r.indent > 0)?;
    let column = rows[first].indent;
    let titled = below > 0 || (first >= 1 && rows[..first].iter().all(|r| r.text.len() <= 150));
    let mut starts: Vec<usize> = Vec::new();
    for (i, row) in rows.iter().enumerate().skip(first) {
        if row.indent == column
            && matches!(item(row.text), Some((Some(n), _)) if n as usize == starts.len() + 1)
        {
            starts.push(i);
        } else if row.indent == 0 && ends_comments(row.text) && !starts.is_empty() {
            break;
        } else if row.indent <= column {
            return None;
        }
    }
    let long = below > 0 || rows[first..].iter().map(|r| r.text.len()).sum::<usize>() >= 150 * starts.len();
    (titled && long && starts.len() >= 2).then_some(starts)
}
