//! Words of comments that an extractor printed without their headers.

use super::Page;
use super::posts::{Post, cover};
use crate::diagnostic::Code;
use crate::parse::event::{Event, Events, Head, Role};
use crate::parse::line::Row;
use crate::thread::{Body, Comment};
use std::collections::BTreeSet;

/// Reads the rows above the first header, if they repeat the whole words of a comment: the repeated ones are
/// duplicates, the others are comments without names.
pub(crate) fn above(page: &Page<'_>, posts: &[Post], notes: &mut Events) -> Option<Events> {
    let first = posts.first()?.at;
    let ends = posts.iter().skip(1).map(|p| p.at).chain([page.rows.len()]);
    let below: BTreeSet<&str> = posts
        .iter()
        .zip(ends)
        .flat_map(|(p, end)| &page.rows[p.at + p.rows..end])
        .map(|r| r.text)
        .filter(|t| t.len() >= LONG)
        .collect();
    let (rows, repeated) = (&page.rows[..first], |r: &Row<'_>| below.contains(r.text));
    if !rows.iter().any(repeated) {
        return None;
    }
    let mut events = Events::default();
    for run in rows.chunk_by(|a, b| repeated(a) == repeated(b)) {
        if repeated(&run[0]) {
            duplicate(page, run, &mut events, notes);
        } else {
            comments(page, run, &mut events, notes);
        }
    }
    Some(events)
}

/// Why a page without headers is no article, if it is none.
pub(crate) fn refusal(page: &Page<'_>) -> Option<&'static str> {
    let long = page.rows.iter().filter(|r| r.text.len() >= LONG);
    let mut seen = BTreeSet::new();
    let repeated = long.filter(|r| !seen.insert(r.text)).count();
    let quoted = page.rows.iter().any(|r| r.text.starts_with("> "));
    (repeated >= 2 || (repeated >= 1 && quoted)).then_some(
        "headerless: paragraphs are repeated as extractors do, and no line tells where a comment begins",
    )
}

/// Bytes from which a line that stands twice is no accident.
const LONG: usize = 60;

fn duplicate(page: &Page<'_>, run: &[Row<'_>], events: &mut Events, notes: &mut Events) {
    run.iter().for_each(|r| events.line(Role::Boilerplate, r.span));
    let message = "these words stand below a header too".to_owned();
    notes.warn(page.source, cover(run), Code::Duplicate, message, "counted once, with their header");
}

fn comments(page: &Page<'_>, run: &[Row<'_>], events: &mut Events, notes: &mut Events) {
    for (i, row) in run.iter().enumerate() {
        if i == 0 || opens_reply(row.text) {
            let comment = Comment::new(Body::Removed);
            events.list.push(Event::Open(Box::new(Head { level: 0, comment })));
        }
        events.line(Role::Body, row.span);
    }
    let message = "comments without headers: their borders are guessed from how replies begin".to_owned();
    notes.warn(
        page.source,
        cover(run),
        Code::Ambiguous,
        message,
        "copy the page again, with names and times",
    );
}

/// True for a paragraph that answers somebody.
fn opens_reply(text: &str) -> bool {
    const CUES: [&str; 14] = [
        "nice try",
        "yes,",
        "no,",
        "agreed",
        "exactly",
        "lol",
        "nope",
        "yep",
        "well,",
        "thanks",
        "thank you",
        "sure,",
        "source?",
        "this.",
    ];
    let start: String = text.chars().take(20).flat_map(char::to_lowercase).collect();
    CUES.iter().any(|cue| start.starts_with(cue))
}
