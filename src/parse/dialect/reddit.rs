//! Reddit's front ends (redlib, libreddit) and the new Reddit as browsers copy it.
//!
//! ```text
//! 107                       redlib: the score, then name and time on one line; nothing is indented
//! u/ada Jan 29 '19
//! Her words.
//!
//! otto                      Reddit: a name, a dot, a time; the score below the words
//! •
//! 3h ago
//! His words.
//! Upvote
//! 82
//! Downvote
//! ```
//! The tree is unknown (P12). Some copies of redlib repeat the words of comments above the first header: those are
//! duplicates (P07), and what cannot be joined to a header there are comments without names, whose borders are guessed
//! from how replies begin (P06).

use super::common::{LONGEST, is_stamp, stamped};
use super::extract;
use super::posts::{Post, Shape, flat};
use super::{Fit, Page};
use crate::parse::atom::{votes, whole};
use crate::parse::dialect::furniture::is_furniture;
use crate::parse::event::Events;
use crate::parse::line::Row;
use crate::thread::{Badge, Score};

const REDLIB: Shape = Shape { header: redlib_header, furniture: is_furniture_row, end: |_| false };
const NEW: Shape = Shape { header: new_header, furniture: is_button, end: |row| is_button(row) };

/// How well redlib fits.
pub(crate) fn fit_redlib(page: &Page<'_>) -> Fit {
    match REDLIB.find(page.rows).len() {
        0 => (0, "no line like `u/name 28d ago`".to_owned()),
        n => (83, format!("{n} lines like `u/name 28d ago`")),
    }
}

/// Reads a page of redlib.
pub(crate) fn read_redlib(page: &Page<'_>) -> Events {
    let posts = REDLIB.find(page.rows);
    let mut notes = Events::default();
    flat(page, &posts, &mut notes);
    let mut events = match extract::above(page, &posts, &mut notes) {
        Some(mut events) => {
            REDLIB.comments(page, posts, &mut events);
            events
        }
        None => REDLIB.events(page, posts),
    };
    events.diagnostics.append(&mut notes.diagnostics);
    events
}

/// How well the new Reddit fits.
pub(crate) fn fit_new(page: &Page<'_>) -> Fit {
    match NEW.find(page.rows).len() {
        0 => (0, "no name, `•` and time on three lines".to_owned()),
        n => (93, format!("{n} times a name, `•` and a time on three lines")),
    }
}

/// Reads a page of the new Reddit.
pub(crate) fn read_new(page: &Page<'_>) -> Events {
    let mut posts = NEW.find(page.rows);
    let ends: Vec<usize> = posts.iter().skip(1).map(|p| p.at).chain([page.rows.len()]).collect();
    for (post, end) in posts.iter_mut().zip(ends) {
        post.comment.score = score_below(&page.rows[post.at..end]);
    }
    let mut notes = Events::default();
    flat(page, &posts, &mut notes);
    let mut events = NEW.events(page, posts);
    events.diagnostics.append(&mut notes.diagnostics);
    events
}

/// The number below `Upvote`.
fn score_below(rows: &[Row<'_>]) -> Option<Score> {
    let at = rows.iter().position(|r| r.text == "Upvote")?;
    let value = whole(votes, rows.get(at + 1)?.text)?;
    Some(Score { value, down: None, certain: true })
}

fn redlib_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let score = rows.get(at).and_then(|r| whole(votes, r.text));
    let line = at + usize::from(score.is_some());
    let text = rows.get(line).map(|r| r.text).filter(|t| t.len() <= LONGEST && t.starts_with("u/"))?;
    let text = text.split(" edited").next().unwrap_or(text);
    let (who, age) = stamped(text)?;
    let mut parts = who.split_whitespace();
    let name = parts.next()?;
    let badges: Vec<Badge> = parts.filter_map(badge).collect();
    let mut post = Post::new(rows, at, line + 1 - at, name).aged(age);
    post.comment.score = score.map(|value| Score { value, down: None, certain: true });
    if let Some(author) = &mut post.comment.author {
        author.badges = badges;
    }
    Some(post)
}

fn badge(word: &str) -> Option<Badge> {
    match word {
        "OP" | "[S]" => Some(Badge::Op),
        "MOD" | "[M]" => Some(Badge::Moderator),
        "[A]" => Some(Badge::Admin),
        _ => None,
    }
}

/// Maybe `u/ada avatar`, then `ada`, maybe `OP`, `•`, `3h ago`, maybe `Edited 2h ago`.
fn new_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let text = |i: usize| rows.get(i).map(|r| r.text).filter(|t| t.len() <= 80);
    let avatar = usize::from(text(at)?.starts_with("u/") && text(at)?.ends_with(" avatar"));
    let name = text(at + avatar).filter(|t| !t.contains(' ') && !t.starts_with("r/") && *t != "•")?;
    let op = usize::from(text(at + avatar + 1) == Some("OP"));
    let dot = at + avatar + 1 + op;
    let age = text(dot + 1).filter(|t| text(dot) == Some("•") && is_stamp(t))?;
    let below = dot + 2 + usize::from(text(dot + 2) == Some("•"));
    let edited = text(below).is_some_and(|t| t.strip_prefix("Edited ").is_some_and(is_stamp));
    let mut post = Post::new(rows, at, below + usize::from(edited) - at, name).aged(age);
    post.comment.edited = edited;
    if let Some(author) = &mut post.comment.author {
        author.badges.extend((op > 0).then_some(Badge::Op));
    }
    Some(post)
}

fn is_button(row: &Row<'_>) -> bool {
    ["Upvote", "Downvote", "Reply", "Award", "Share", "Vote"].contains(&row.text)
}

fn is_furniture_row(row: &Row<'_>) -> bool {
    is_furniture(row.text) || row.text == "→" || row.text.starts_with("→ More replies")
}
