//! Forums: XenForo, vBulletin and phpBB.
//!
//! ```text
//! Ada Lind                      XenForo: a name, maybe a title, a rank
//!
//! Deck hand
//! Messages                      then labels and values
//! 58,645
//! Her words.
//!
//! Otto                          vBulletin's archive: a name, a time
//! 03-26-2010, 05:10 PM
//!
//! by Ada » Mon Mar 03, 2020 4:05 pm          phpBB; the line above may be the subject
//! ```
//! Every post counts, the first one too. Posts are not nested, and a quotation (`X said:`, `Originally Posted by X`) is
//! printed without an end, so it stays in the words; who is quoted does not make a parent (P12).

use super::common::{LONGEST, is_stamp, name, us_clock};
use super::posts::{Post, Shape, flat};
use super::{Fit, Page};
use crate::parse::atom::{is_digit, whole};
use crate::parse::dialect::furniture::is_furniture;
use crate::parse::event::Events;
use crate::parse::line::Row;

const XENFORO: Shape = Shape { header: xenforo_header, furniture, end: |_| false };
const VBULLETIN: Shape = Shape { header: vbulletin_header, furniture, end: |_| false };
const PHPBB: Shape = Shape { header: phpbb_header, furniture, end: |_| false };

/// How well XenForo fits.
pub(crate) fn fit_xenforo(page: &Page<'_>) -> Fit {
    fit(page, &XENFORO, 86, "names with `Messages` or `Joined` and a value below")
}

/// Reads a page of XenForo.
pub(crate) fn read_xenforo(page: &Page<'_>) -> Events {
    read(page, &XENFORO)
}

/// How well vBulletin fits.
pub(crate) fn fit_vbulletin(page: &Page<'_>) -> Fit {
    fit(page, &VBULLETIN, 80, "names with a time such as `03-26-2010, 05:10 PM`")
}

/// Reads a page of vBulletin.
pub(crate) fn read_vbulletin(page: &Page<'_>) -> Events {
    read(page, &VBULLETIN)
}

/// How well phpBB fits.
pub(crate) fn fit_phpbb(page: &Page<'_>) -> Fit {
    fit(page, &PHPBB, 84, "lines like `by NAME » Mon Mar 03, 2020 4:05 pm`")
}

/// Reads a page of phpBB.
pub(crate) fn read_phpbb(page: &Page<'_>) -> Events {
    read(page, &PHPBB)
}

fn fit(page: &Page<'_>, shape: &Shape, score: u32, what: &str) -> Fit {
    match shape.find(page.rows).len() {
        0 => (0, format!("no {what}")),
        n => (score, format!("{n} {what}")),
    }
}

fn read(page: &Page<'_>, shape: &Shape) -> Events {
    let posts = shape.find(page.rows);
    let mut notes = Events::default();
    flat(page, &posts, &mut notes);
    let mut events = shape.events(page, posts);
    events.diagnostics.append(&mut notes.diagnostics);
    events
}

/// A name, at most three lines of title and rank, then labels each with its value.
fn xenforo_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let row = rows.get(at).filter(|r| r.after_blank && r.text.len() <= 120)?;
    let name = name(row.text)?;
    let key = (at + 1..(at + 5).min(rows.len())).find(|i| is_label(rows, *i))?;
    // Between the name and the labels at most one blank line stands: below the name.
    let apart = (at + 2..=key).any(|i| rows[i].after_blank);
    let titles = &rows[at + 1..key];
    if apart || titles.iter().any(|r| r.text.len() > 120) || name_below(rows, at, key) {
        return None;
    }
    let mut end = key;
    while is_label(rows, end) {
        end += 2;
    }
    let stamp = rows.get(end).filter(|r| is_stamp(r.text)).map(|r| r.text);
    end += usize::from(stamp.is_some());
    end += usize::from(rows.get(end).is_some_and(|r| is_post_number(r.text)));
    Some(Post::new(rows, at, end - at, name).aged(stamp.unwrap_or_default()))
}

/// True if the row below stands like a name too, as the name of a post stands below the last words of another.
fn name_below(rows: &[Row<'_>], at: usize, key: usize) -> bool {
    let next = &rows[at + 1];
    at + 1 < key && next.after_blank && rows.get(at + 2).is_some_and(|r| r.after_blank && at + 2 < key)
}

/// A label of XenForo's user box with its value on the next row.
fn is_label(rows: &[Row<'_>], at: usize) -> bool {
    let (Some(label), Some(value)) = (rows.get(at), rows.get(at + 1)) else { return false };
    let number = value.text.len() <= 12 && value.text.starts_with(is_digit);
    let short = value.text.len() <= 60 && !value.after_blank;
    match label.text {
        "Messages" | "Reaction score" | "Points" | "Posts" | "Likes" | "Trophy Points" | "Age"
        | "Solutions" => number,
        "Joined" => short && value.text.contains(is_digit),
        "Location" | "Country" | "Gender" | "Website" | "Occupation" => short,
        _ => false,
    }
}

/// `#12`.
fn is_post_number(text: &str) -> bool {
    text.len() <= 9
        && text.strip_prefix('#').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The archive's `NAME` / `03-26-2010, 05:10 PM`, or the full page's time / `#2` / `NAME` / rank / `Join Date: …`.
fn vbulletin_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let row = rows.get(at).filter(|r| r.text.len() <= 120)?;
    if clock(row.text) {
        return full_header(rows, at);
    }
    let below = rows.get(at + 1).filter(|r| clock(r.text) && !r.after_blank && row.after_blank)?;
    let title = row.text.starts_with("View Full Version");
    // On a full page the time above belongs to the post below; its box of labels tells.
    let full = full_header(rows, at + 1).is_some();
    (!title && !full).then_some(())?;
    Some(Post::new(rows, at, 2, name(row.text)?).aged(below.text))
}

fn full_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let number = usize::from(rows.get(at + 1).is_some_and(|r| is_post_number(r.text)));
    let who = at + 1 + number;
    let name = name(rows.get(who)?.text)?;
    let boxed = |r: &Row<'_>| ["Join Date: ", "Posts: ", "Location: "].iter().any(|l| r.text.starts_with(l));
    let first = (who + 1..(who + 4).min(rows.len())).find(|i| boxed(&rows[*i]))?;
    let end = (first..rows.len()).find(|i| !boxed(&rows[*i])).unwrap_or(rows.len());
    Some(Post::new(rows, at, end - at, name).aged(rows[at].text))
}

fn clock(text: &str) -> bool {
    text.len() <= 30 && whole(us_clock, text).is_some()
}

/// `by NAME » TIME` or `Post by NAME » TIME`; a line `Re: …` above it is the subject.
fn phpbb_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let subject = rows.get(at)?.text.starts_with("Re: ") && by_line(rows, at + 1).is_some();
    let line = at + usize::from(subject);
    let (name, time) = by_line(rows, line)?;
    let mut post = Post::new(rows, at, line + 1 - at, name).aged(time);
    post.comment.subject = subject.then(|| rows[at].text.to_owned());
    Some(post)
}

fn by_line<'s>(rows: &[Row<'s>], at: usize) -> Option<(&'s str, &'s str)> {
    let text = rows.get(at).map(|r| r.text).filter(|t| t.len() <= LONGEST)?;
    let by = text.strip_prefix("Post by ").or_else(|| text.strip_prefix("by "))?;
    let (name, time) = by.split_once(" » ")?;
    (name.len() <= 60 && time.contains(is_digit) && time.contains(':')).then_some((name, time))
}

fn furniture(row: &Row<'_>) -> bool {
    const LINES: [&str; 10] = [
        "Top",
        "Quote",
        "Like",
        "Reply",
        "Report",
        "Share",
        "Click to expand...",
        "Back to top",
        "Online",
        "Offline",
    ];
    let text = row.text;
    let counted = |label: &str| text.strip_prefix(label).is_some_and(|n| n.starts_with(is_digit));
    LINES.contains(&text)
        || is_furniture(text)
        || is_post_number(text)
        || (text.len() <= 60 && (counted("Posts: ") || text.starts_with("Joined: ")))
}
