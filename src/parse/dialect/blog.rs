//! Comments below blogs: WordPress (`NAME says:`) and Blogspot (`NAME said...`).
//!
//! ```text
//! 2 Responses to Ferry late again
//!
//!   1. Ada says:                         a number, a bullet or neither
//!     March 3, 2020 at 4:05 pm           the time here, on the same line, or nowhere
//!
//!     Her words.
//!
//!     1. Otto says: March 4, 2020 at 9:00 am
//! ```
//! Without a number, a bullet or a time a line such as `He says:` counts only below a heading (`2 Responses to`,
//! `3 thoughts on`, `4 comments`), so that a sentence of an article is never a comment. Blogspot prints `ReplyDelete`
//! below each comment; a reply on a page that is not indented cannot be told from a comment (P12).

use super::common::{LONGEST, is_stamp, item, name};
use super::posts::{Post, Shape, by_indent, flat};
use super::{Fit, Page};
use crate::parse::atom::{is_digit, whole};
use crate::parse::dialect::furniture::{ends_comments, heading, is_furniture};
use crate::parse::event::{Event, Events, Role};
use crate::parse::line::Row;

const SHAPE: Shape = Shape { header, furniture, end: is_end };

/// How well WordPress fits.
pub(crate) fn fit_wordpress(page: &Page<'_>) -> Fit {
    fit(page, &["says"], "says:")
}

/// How well Blogspot fits.
pub(crate) fn fit_blogspot(page: &Page<'_>) -> Fit {
    let (score, reason) = fit(page, &["said...", "said…", "said"], "said...");
    let timed = posts(page).iter().filter(|p| verb(page.rows[p.at].text).is_empty()).count();
    match (score, timed) {
        (0, 1..) => (76, format!("`ReplyDelete` and {timed} names with a time below")),
        _ => (score, reason),
    }
}

fn fit(page: &Page<'_>, verbs: &[&str], shown: &str) -> Fit {
    let posts = posts(page);
    let fits = posts.iter().filter(|p| verbs.contains(&verb(page.rows[p.at].text))).count();
    match (fits, section(page)) {
        (0, _) => (0, format!("no `NAME {shown}` as a header")),
        (n, Some(_)) => (85, format!("a heading and {n} headers `NAME {shown}`")),
        (n, None) => (72, format!("{n} headers `NAME {shown}` with a number or a time")),
    }
}

/// The verb of a header's line.
fn verb(text: &str) -> &'static str {
    said(item(text).map_or(text, |i| i.1)).map_or("", |s| s.verb)
}

/// Reads a page.
pub(crate) fn read(page: &Page<'_>) -> Events {
    let mut posts = posts(page);
    by_indent(page.rows, &mut posts);
    let mut events = SHAPE.events(page, posts.clone());
    mark_heading(page, &mut events);
    if posts.iter().all(|p| p.level == 0 && item(page.rows[p.at].text).is_none()) {
        flat(page, &posts, &mut events);
    }
    events
}

/// Headers below the heading, or those with a number, a bullet or a time.
fn posts(page: &Page<'_>) -> Vec<Post> {
    let from = section(page);
    let mut posts = SHAPE.find(page.rows);
    let buttons = page.rows.iter().any(|r| r.text == "ReplyDelete");
    posts.retain(|p| buttons || !verb(page.rows[p.at].text).is_empty());
    posts.retain(|p| match from {
        Some(from) => p.at > from,
        None => {
            p.comment.age.is_some() || item(page.rows[p.at].text).is_some() || dotted(page.rows[p.at].text)
        }
    });
    // Where comments are numbered, a line such as `He says:` is part of the words.
    let listed = |p: &Post| p.comment.age.is_some() || item(page.rows[p.at].text).is_some();
    if posts.iter().any(|p| item(page.rows[p.at].text).is_some()) {
        posts.retain(listed);
    } else {
        posts.retain(|p| p.comment.age.is_some() || page.rows[p.at].after_blank || is_button(page, p.at));
    }
    posts
}

/// True if the line above belongs to the site.
fn is_button(page: &Page<'_>, at: usize) -> bool {
    at > 0 && (furniture(&page.rows[at - 1]) || is_heading(page.rows[at - 1].text))
}

/// Blogspot's dots are no prose.
fn dotted(text: &str) -> bool {
    text.ends_with("said...") || text.ends_with("said…")
}

/// The row of the heading.
fn section(page: &Page<'_>) -> Option<usize> {
    page.rows.iter().position(|r| is_heading(r.text))
}

fn mark_heading(page: &Page<'_>, events: &mut Events) {
    let Some(heading) = section(page).map(|i| page.rows[i].span) else { return };
    events.list.retain(|e| !matches!(e, Event::Title(t) if t.span == heading));
    for event in &mut events.list {
        if let Event::Line(piece) = event
            && piece.span == heading
        {
            piece.role = Role::Heading;
        }
    }
}

/// `2 Responses to T`, `One Response to T`, `3 thoughts on T`, `4 comments`, `4 comments on T`.
pub(crate) fn is_heading(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let Some((count, rest)) = text.split_once(' ') else { return false };
    let number = count.len() <= 7
        && count.starts_with(is_digit)
        && count.bytes().all(|b| b.is_ascii_digit() || b == b',');
    let counted = number || ["One", "one"].contains(&count);
    const TITLED: [&str; 6] =
        ["Responses to ", "Response to ", "thoughts on ", "thought on ", "comments on ", "comment on "];
    let alone = ["Responses", "Response", "responses", "response"].contains(&rest);
    counted && (alone || TITLED.iter().any(|t| rest.starts_with(t)) || whole(heading, text).is_some())
}

/// A form, or a link from another site in the list of comments.
fn is_end(row: &Row<'_>) -> bool {
    let text = item(row.text).map_or(row.text, |i| i.1);
    let link = text.starts_with("Pingback: ") || text.starts_with("Trackback: ");
    link || (row.indent == 0 && ends_comments(row.text))
}

struct Said<'a> {
    name: &'a str,
    verb: &'static str,
    time: &'a str,
}

fn header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let row = rows.get(at).filter(|r| r.text.len() <= LONGEST)?;
    let line = item(row.text).map_or(row.text, |i| i.1);
    let Some(said) = said(line) else { return timed(rows, at) };
    let name = name(said.name)?;
    let below = rows.get(at + 1).map(|r| r.text).filter(|t| said.time.is_empty() && is_stamp(t));
    let post = Post::new(rows, at, 1 + usize::from(below.is_some()), name);
    Some(post.aged(below.unwrap_or(said.time)))
}

/// Blogspot's newer pages: a name with a time below it; counts only where `ReplyDelete` stands on the page.
fn timed(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let below = rows.get(at + 1).map(|r| r.text).filter(|t| is_stamp(t) && t.contains(':'))?;
    Some(Post::new(rows, at, 2, name(rows[at].text)?).aged(below))
}

/// `NAME says:`, `NAME says: TIME`, `NAME on TIME said:`, `NAME said...`.
fn said(line: &str) -> Option<Said<'_>> {
    for mark in [" says:", " said:"] {
        if let Some((lead, time)) =
            line.split_once(mark).filter(|(_, t)| t.trim().is_empty() || is_stamp(t.trim()))
        {
            let verb = if mark == " says:" { "says" } else { "said" };
            let (name, on) =
                lead.split_once(" on ").filter(|(_, on)| is_stamp(on)).unwrap_or((lead, time.trim()));
            return Some(Said { name, verb, time: on });
        }
    }
    let dots = line.strip_suffix(" said...").map(|name| (name, "said..."));
    let (name, verb) = dots.or_else(|| line.strip_suffix(" said…").map(|name| (name, "said…")))?;
    Some(Said { name, verb, time: "" })
}

fn furniture(row: &Row<'_>) -> bool {
    const LINES: [&str; 11] = [
        "ReplyDelete",
        "Reply",
        "Reply ↓",
        "Delete",
        "Replies",
        "Like",
        "Liked by",
        "Loading...",
        "Log in to Reply",
        "Edit",
        "Permalink",
    ];
    LINES.contains(&row.text) || is_furniture(row.text) || (row.text.len() < 80 && is_stamp(row.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_blogs_are_told_from_sentences() {
        for text in ["2 Responses to Ferries", "One Response to “A”", "3 thoughts on Ferries", "4 comments"]
        {
            assert!(is_heading(text), "{text}");
        }
        for text in ["Responses to Ferries", "2 ferries came", "one response was late"] {
            assert!(!is_heading(text), "{text}");
        }
    }

    #[test]
    fn names_and_times_are_read() {
        let read = |line| said(line).map(|s| (s.name, s.time));
        assert_eq!(read("Ada says:"), Some(("Ada", "")));
        assert_eq!(read("Ada says: March 3, 2020 at 4:05 pm"), Some(("Ada", "March 3, 2020 at 4:05 pm")));
        assert_eq!(read("Ada on March 3, 2020 at 4:05 pm said:"), Some(("Ada", "March 3, 2020 at 4:05 pm")));
        assert_eq!(read("Ada said..."), Some(("Ada", "")));
        assert_eq!(read("Ada says: the ferry is late"), None);
    }
}
