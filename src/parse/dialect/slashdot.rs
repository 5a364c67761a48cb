//! Slashdot's own pages.
//!
//! ```text
//! Ferries again (Score:5, Insightful)
//! by Ada ( 12345 ) writes: on Friday March 26, 2010 @05:10PM (#1234)
//! Her words.
//! --
//! A signature.
//! ```
//! Read: the subject, the name, the score. What stands below `--` is a signature, not the author's words here. Copied
//! pages carry no indentation, so the tree is unknown (P12). Mirrors that print a nested list: see `numbered.rs`.

use super::common::LONGEST;
use super::posts::{Post, Shape, flat};
use super::{Fit, Page};
use crate::parse::atom::{blanks, is_digit, votes};
use crate::parse::dialect::furniture::{ends_comments, is_furniture};
use crate::parse::event::{Event, Events, Role};
use crate::parse::line::Row;
use crate::thread::Score;
use nom::Parser;

const SHAPE: Shape = Shape { header, furniture, end: |row| ends_comments(row.text) };

/// How well the page fits.
pub(crate) fn fit(page: &Page<'_>) -> Fit {
    match SHAPE.find(page.rows).len() {
        0 => (0, "no `SUBJECT (Score:5)` with `by NAME` below".to_owned()),
        n => (88, format!("{n} subjects with `(Score:5)` and `by NAME` below")),
    }
}

/// Reads a page.
pub(crate) fn read(page: &Page<'_>) -> Events {
    let posts = SHAPE.find(page.rows);
    let mut events = Events::default();
    flat(page, &posts, &mut events);
    let mut read = SHAPE.events(page, posts);
    read.diagnostics.append(&mut events.diagnostics);
    cut_signatures(page, &mut read);
    read
}

/// Makes what stands below a line `--` furniture, up to the next comment.
pub(crate) fn cut_signatures(page: &Page<'_>, events: &mut Events) {
    let mut signed = false;
    for event in &mut events.list {
        match event {
            Event::Open(_) => signed = false,
            Event::Line(piece) if piece.role == Role::Body => {
                signed |= page.source.text(piece.span) == "--";
                if signed {
                    piece.role = Role::Boilerplate;
                }
            }
            _ => {}
        }
    }
}

fn header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let text = rows.get(at).map(|r| r.text).filter(|t| t.len() <= LONGEST)?;
    let (subject, tail) = text.strip_suffix(')')?.rsplit_once("(Score:")?;
    let by = rows.get(at + 1).map(|r| r.text).filter(|t| t.len() <= LONGEST)?.strip_prefix("by ")?;
    let (name, rest) = name(by);
    let mut post = Post::new(rows, at, 2, name).aged(time(rest));
    post.comment.score = Some(score(tail)?);
    post.comment.subject = Some(subject.trim().to_owned());
    Some(post)
}

/// `Ada ( 12345 ) writes: on …` or `Anonymous Coward writes: on …`; gives the name and what follows.
fn name(by: &str) -> (&str, &str) {
    let cut = [" (", " writes", " on "].iter().filter_map(|mark| by.find(mark)).min().unwrap_or(by.len());
    by.split_at(cut)
}

/// What stands between ` on ` and the number of the comment.
fn time(rest: &str) -> &str {
    let time = rest.split_once(" on ").map_or("", |(_, time)| time);
    time.split(" (#").next().unwrap_or_default().trim()
}

/// `4, Informative`, `-1`; the word is passed over.
pub(crate) fn score(tail: &str) -> Option<Score> {
    let (left, (_, value)) = (blanks, votes).parse(tail).ok()?;
    let word = left.trim_start_matches([',', ' ', '\u{a0}']);
    let fits = word.len() <= 20 && !word.contains(is_digit);
    fits.then_some(Score { value, down: None, certain: true })
}

fn furniture(row: &Row<'_>) -> bool {
    is_furniture(row.text) || ["Reply to This", "Parent", "Flag as Inappropriate"].contains(&row.text)
}
