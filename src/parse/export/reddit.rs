//! Reddit: the listings of its API, and dumps of comments by Pushshift and Arctic Shift.
//!
//! ```json
//! [{"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"id": "a1", "title": "Ferry"}}]}},
//!  {"kind": "Listing", "data": {"children": [{"kind": "t1", "data": {"id": "c1", "parent_id": "t3_a1", "link_id": "t3_a1",
//!    "author": "ada", "body": "As ever.", "score": 3, "replies": ""}}]}}]
//! {"id": "c2", "parent_id": "t1_c1", "link_id": "t3_a1", "author": "otto", "body": "No.", "score": 1}
//! ```
//! `parent_id` makes the tree, so order and nesting do not matter. `more` stubs are counted (P15); `[deleted]` and
//! `[removed]` are comments without words; submissions give the thread its title.

use super::body::from_markdown;
use super::build::{Build, Item, json, kept};
use super::loose::Loose;
use super::scan::Fragment;
use super::{Fit, Sample};
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::source::{Source, Span};
use serde::Deserialize;

/// How well a listing fits.
pub(crate) fn fit_listing(sample: &Sample<'_>) -> Fit {
    let listing = |v: &Loose| ["Listing", "t1", "t3", "more"].contains(&v.at(&["kind"]).words());
    sample.all(listing, 95, "objects of kind `Listing`, `t1` or `more`")
}

/// How well a dump fits.
pub(crate) fn fit_dump(sample: &Sample<'_>) -> Fit {
    let dump = |v: &Loose| {
        let comment = !v.at(&["body"]).is_none() && !v.at(&["parent_id"]).is_none();
        let post = !v.at(&["title"]).is_none() && !v.at(&["selftext"]).is_none();
        (comment || post)
            && v.at(&["kind"]).is_none()
            && (!v.at(&["link_id"]).is_none() || !v.at(&["subreddit"]).is_none())
    };
    sample.any(dump, 94, "objects with `body`, `parent_id` and `link_id` or `subreddit`")
}

/// Reads a listing.
pub(crate) fn read_listing(source: &Source) -> Parsed {
    json(source, Dialect::RedditJson, listing)
}

/// Reads a dump.
pub(crate) fn read_dump(source: &Source) -> Parsed {
    json(source, Dialect::Pushshift, dump)
}

#[derive(Deserialize)]
struct Wrapped {
    #[serde(default)]
    kind: Loose,
    #[serde(default)]
    data: Option<Thing>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Thing {
    id: Loose,
    parent_id: Loose,
    link_id: Loose,
    author: Loose,
    body: Loose,
    score: Loose,
    created_utc: Loose,
    edited: Loose,
    title: Loose,
    url: Loose,
    count: Loose,
    subreddit: Loose,
}

fn listing(build: &mut Build<'_>, fragments: &[Fragment]) {
    for fragment in fragments {
        let Some(Wrapped { kind, data }) = build.object(fragment) else { continue };
        match (kind.words(), data) {
            ("t1", Some(thing)) => comment(build, &thing, fragment.span),
            ("t3", Some(thing)) => post(build, &thing),
            ("more", Some(thing)) => build.absent(thing.count.number().unwrap_or_default()),
            _ => {}
        }
    }
}

fn dump(build: &mut Build<'_>, fragments: &[Fragment]) {
    for fragment in fragments {
        let Some(thing) = build.object::<Thing>(fragment) else { continue };
        if !thing.body.is_none() {
            comment(build, &thing, fragment.span);
        } else if !thing.title.is_none() {
            post(build, &thing);
        }
    }
}

fn comment(build: &mut Build<'_>, thing: &Thing, span: Span) {
    let Some(id) = thing.id.text() else {
        return build.skip(span, "this comment has no id".to_owned());
    };
    let item = Item {
        id,
        parent: parent(thing),
        thread: thing.link_id.text().map(|link| bare(&link).to_owned()),
        author: thing.author.text(),
        score: thing.score.number(),
        created: thing.created_utc.text(),
        edited: thing.edited.is_set(),
        words: kept(thing.body.words()).map(|words| from_markdown(&words)),
        ..Item::default()
    };
    build.add(item, span);
}

/// The parent, if it is a comment. Newer dumps give it as a number.
fn parent(thing: &Thing) -> Option<String> {
    match thing.parent_id.number() {
        Some(number) if thing.parent_id.0.is_number() => Some(base36(number)),
        _ => thing.parent_id.text()?.strip_prefix("t1_").map(str::to_owned),
    }
}

fn base36(number: i64) -> String {
    let (mut left, mut digits) = (number.unsigned_abs(), Vec::new());
    while left > 0 || digits.is_empty() {
        digits.extend(char::from_digit((left % 36) as u32, 36));
        left /= 36;
    }
    digits.iter().rev().collect()
}

fn bare(name: &str) -> &str {
    name.strip_prefix("t3_").unwrap_or(name)
}

fn post(build: &mut Build<'_>, thing: &Thing) {
    let Some(id) = thing.id.text() else { return };
    build.describe(Some(bare(&id)), |origin| {
        origin.title = thing.title.text();
        origin.url = thing.url.text();
        origin.outlet = origin.outlet.take().or_else(|| thing.subreddit.text().map(|s| format!("r/{s}")));
    });
}
