//! Nested numbered lists of comments: The Register's forums and mirrors of Slashdot.
//!
//! ```text
//!   1. Ada Silver badge            The Register: name, badge
//!     Facepalm                     an icon's name, maybe
//!
//!     Re: Ferries                  the subject, below a blank line
//!
//!     Her words.
//!
//!     1. Otto                      a reply stands two columns further right
//! ```
//! On mirrors of Slashdot the item is `1. SUBJECT by NAME · · Score: 4, Informative`. A number is a comment only if the
//! line below it stands two columns further right and what follows it is a name; lists in the words stay words. A page
//! that starts deep gets placeholders (P03).

use super::common::{LONGEST, item};
use super::posts::{Post, Shape, by_columns};
use super::slashdot::score;
use super::{Fit, Page};
use crate::parse::dialect::furniture::ends_comments;
use crate::parse::event::Events;
use crate::parse::line::Row;

const REGISTER: Shape = Shape { header: register_header, furniture: nothing, end: is_end };
const SLASHDOT: Shape = Shape { header: mirror_header, furniture: nothing, end: is_end };

/// How well The Register's shape fits.
pub(crate) fn fit_register(page: &Page<'_>) -> Fit {
    let back = page.rows.iter().take(20).any(|r| r.text.starts_with("back to article"));
    match (REGISTER.find(page.rows).len(), back) {
        (0, _) => (0, "no numbered names with a subject below".to_owned()),
        (n, true) => (90, format!("`back to article` and {n} numbered names")),
        (n, false) if is_forum(page) => (48, format!("{n} numbered names, badges or subjects `Re: …` below")),
        _ => (0, "numbered lines, but neither badges nor subjects `Re: …`".to_owned()),
    }
}

/// True for what no list of an article holds: a badge of rank, or a subject that answers another.
fn is_forum(page: &Page<'_>) -> bool {
    let marked = |p: &Post| {
        let answers = p.comment.subject.as_ref().is_some_and(|s| s.starts_with("Re: "));
        answers || BADGES.iter().any(|b| page.rows[p.at].text.ends_with(b))
    };
    REGISTER.find(page.rows).iter().any(marked)
}

/// Reads a page of The Register.
pub(crate) fn read_register(page: &Page<'_>) -> Events {
    read(page, &REGISTER)
}

/// How well the shape of Slashdot's mirrors fits.
pub(crate) fn fit_slashdot(page: &Page<'_>) -> Fit {
    match SLASHDOT.find(page.rows).len() {
        0 => (0, "no `1. SUBJECT by NAME · Score: 4`".to_owned()),
        n => (91, format!("{n} items like `1. SUBJECT by NAME · Score: 4`")),
    }
}

/// Reads a mirror of Slashdot; signatures below `--` are left out of the words.
pub(crate) fn read_slashdot(page: &Page<'_>) -> Events {
    let mut events = read(page, &SLASHDOT);
    super::slashdot::cut_signatures(page, &mut events);
    events
}

fn read(page: &Page<'_>, shape: &Shape) -> Events {
    let mut posts = shape.find(page.rows);
    by_columns(page.rows, &mut posts);
    shape.events(page, posts)
}

fn register_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let row = rows.get(at).filter(|r| r.text.len() <= LONGEST && r.indent % 2 == 0 && r.after_blank)?;
    let (Some(_), text) = item(row.text)? else { return None };
    let bare = BADGES.iter().find_map(|b| text.strip_suffix(b)).unwrap_or(text);
    let inner = |i: usize| rows.get(i).is_some_and(|r| r.indent == row.indent + 2);
    let icon = usize::from(inner(at + 1) && !rows[at + 1].after_blank && rows[at + 1].text.len() <= 40);
    let subject = at + 1 + icon;
    let (true, true) = (is_account(bare), inner(subject) && rows[subject].after_blank) else { return None };
    let has_words = rows.get(subject + 1).is_some_and(|r| r.after_blank && r.indent >= row.indent + 2);
    let taken =
        usize::from(has_words && rows[subject].text.len() <= 140 && item(rows[subject + 1].text).is_none());
    let mut post = Post::new(rows, at, 1 + icon + taken, bare);
    post.comment.subject = (taken > 0).then(|| rows[subject].text.to_owned());
    Some(post)
}

/// A name of The Register may end like a sentence, but it is short.
fn is_account(text: &str) -> bool {
    text.len() <= 80 && text.split_whitespace().count() <= 6
}

const BADGES: [&str; 3] = [" Silver badge", " Bronze badge", " Gold badge"];

fn mirror_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let row = rows.get(at).filter(|r| r.text.len() <= LONGEST)?;
    let (Some(_), text) = item(row.text)? else { return None };
    let (lead, tail) = text.rsplit_once("Score:")?;
    let lead = lead.trim_end_matches(['·', ' ', '\u{a0}']);
    let (subject, name) = lead.rsplit_once(" by ")?;
    let mut post = Post::new(rows, at, 1, name);
    post.comment.score = Some(score(tail)?);
    post.comment.subject = Some(subject.trim().to_owned());
    Some(post)
}

fn nothing(_: &Row<'_>) -> bool {
    false
}

/// A line of the site left of the list.
fn is_end(row: &Row<'_>) -> bool {
    row.indent == 0 && ends_comments(row.text)
}
