//! Lemmy: answers of its API, versions 3 and 4, and its federated objects.
//!
//! ```json
//! {"comments": [{"comment": {"id": 12, "post_id": 5, "content": "As ever.", "path": "0.11.12", "published": "…"},
//!   "creator": {"name": "ada", "actor_id": "https://quay.example/u/ada"}, "counts": {"score": 3, "downvotes": 1}}]}
//! {"type": "Note", "id": "https://quay.example/comment/12", "attributedTo": "https://quay.example/u/ada",
//!   "inReplyTo": "https://quay.example/comment/11", "source": {"content": "As ever.", "mediaType": "text/markdown"}}
//! ```
//! `path` gives every ancestor, so that those an answer lacks (`max_depth`, removed parents) become a chain of
//! placeholders (P03); pages of answers may repeat comments (P07).

use super::body::{from_html, from_markdown};
use super::build::{Build, Item, account, instance, json};
use super::loose::Loose;
use super::scan::Fragment;
use super::{Fit, Sample};
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::source::{Source, Span};
use crate::thread::Comment;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// How well an answer of the API fits.
pub(crate) fn fit(sample: &Sample<'_>) -> Fit {
    let view = |v: &Loose| {
        !v.at(&["comment", "path"]).is_none() || !v.at(&["comment_view", "comment", "path"]).is_none()
    };
    sample.any(view, 96, "objects with `comment.path`")
}

/// Reads answers of the API.
pub(crate) fn read(source: &Source) -> Parsed {
    json(source, Dialect::LemmyApi, views)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct View {
    comment: Option<Note>,
    creator: Loose,
    counts: Loose,
    comment_view: Option<Box<View>>,
    post_view: Loose,
    post: Loose,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Note {
    id: Loose,
    post_id: Loose,
    content: Loose,
    path: Loose,
    published: Loose,
    published_at: Loose,
    updated: Loose,
    updated_at: Loose,
    removed: Loose,
    deleted: Loose,
    score: Loose,
    upvotes: Loose,
    downvotes: Loose,
}

/// Adds the comments of every view; used for saved pages too.
pub(crate) fn views(build: &mut Build<'_>, fragments: &[Fragment]) {
    let mut gaps: BTreeMap<(String, String), (Option<String>, Span)> = BTreeMap::new();
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for fragment in fragments {
        let Some(view) = build.object::<View>(fragment) else { continue };
        post(build, &view);
        let view = match view.comment_view {
            Some(inner) => *inner,
            None => view,
        };
        let Some(note) = &view.comment else { continue };
        let Some(id) = note.id.text() else { continue };
        let thread = note.post_id.text().unwrap_or_default();
        let path = note.path.text().unwrap_or_default();
        let above: Vec<&str> = path.split('.').filter(|p| !p.is_empty() && *p != "0" && *p != id).collect();
        for (i, ancestor) in above.iter().enumerate().rev().take(MAX_ABOVE) {
            let over = i.checked_sub(1).map(|i| above[i].to_owned());
            gaps.entry((thread.clone(), (*ancestor).to_owned())).or_insert((over, fragment.span));
        }
        known.insert((thread.clone(), id.clone()));
        let parent = above.last().map(|p| (*p).to_owned());
        add(build, &view, note, (id, parent, thread), fragment.span);
    }
    // A parent that is missing is made only where its own parent is known from the path.
    for ((thread, id), (parent, span)) in gaps {
        if parent.is_some() && !known.contains(&(thread.clone(), id.clone())) {
            build.gap(id, parent, Some(thread).filter(|t| !t.is_empty()), span);
        }
    }
}

/// Lemmy allows fifty levels.
const MAX_ABOVE: usize = 60;

fn add(build: &mut Build<'_>, view: &View, note: &Note, ids: (String, Option<String>, String), span: Span) {
    let gone = note.removed.is_set() || note.deleted.is_set();
    let (id, parent, thread) = ids;
    let score = |inner: &Loose, key: &str| inner.number().or_else(|| view.counts.at(&[key]).number());
    let item = Item {
        id,
        parent,
        thread: Some(thread).filter(|t| !t.is_empty()),
        author: view.creator.at(&["name"]).text(),
        score: score(&note.upvotes, "upvotes").or_else(|| score(&note.score, "score")),
        down: score(&note.downvotes, "downvotes"),
        created: note.published.text().or_else(|| note.published_at.text()),
        edited: note.updated.is_set() || note.updated_at.is_set(),
        words: (!gone).then(|| from_markdown(note.content.words())),
        ..Item::default()
    };
    let mut comment: Comment = item.comment();
    if let Some(author) = &mut comment.author {
        let address = view.creator.at(&["actor_id"]);
        author.instance = instance(&address).or_else(|| instance(&view.creator.at(&["ap_id"])));
    }
    build.put(item.id, item.parent, item.thread, comment, span);
}

fn post(build: &mut Build<'_>, view: &View) {
    let inner = view.post_view.at(&["post"]);
    let post = if inner.is_none() { &view.post } else { &inner };
    let (Some(id), Some(title)) = (post.at(&["id"]).text(), post.at(&["name"]).text()) else { return };
    build.describe(Some(&id), |origin| {
        origin.title = Some(title);
        origin.url = post.at(&["ap_id"]).text();
    });
}

/// How well federated objects fit.
pub(crate) fn fit_activity(sample: &Sample<'_>) -> Fit {
    let note = |v: &Loose| {
        let kind = v.at(&["type"]);
        let inner = v.at(&["object", "type"]);
        kind.words() == "Note" || inner.words() == "Note"
    };
    sample.any(note, 93, "objects of type `Note`")
}

/// Reads federated objects: notes, activities that create them, collections of either.
pub(crate) fn read_activity(source: &Source) -> Parsed {
    json(source, Dialect::ActivityPub, notes)
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Activity {
    r#type: Loose,
    id: Loose,
    name: Loose,
    attributed_to: Loose,
    in_reply_to: Loose,
    content: Loose,
    source: Loose,
    published: Loose,
    updated: Loose,
    object: Loose,
}

fn notes(build: &mut Build<'_>, fragments: &[Fragment]) {
    for fragment in fragments {
        let Some(mut note) = build.object::<Activity>(fragment) else { continue };
        if note.object.0.is_object() {
            note = serde_json::from_value(note.object.0).unwrap_or_default();
        }
        match note.r#type.words() {
            "Note" | "Tombstone" => activity(build, &note, fragment.span),
            "Page" | "Article" => build.describe(None, |origin| {
                origin.title = note.name.text();
                origin.url = note.id.text();
            }),
            _ => {}
        }
    }
}

fn activity(build: &mut Build<'_>, note: &Activity, span: Span) {
    let Some(id) = note.id.text() else {
        return build.skip(span, "this note has no id".to_owned());
    };
    let markdown = note.source.at(&["content"]);
    let words = match markdown.text() {
        Some(text) => from_markdown(&text),
        None => from_html(note.content.words()),
    };
    let item = Item {
        id,
        parent: note.in_reply_to.text().filter(|p| !p.contains("/post/")),
        author: account(&note.attributed_to),
        created: note.published.text(),
        edited: note.updated.is_set(),
        words: (note.r#type.words() == "Note").then_some(words),
        ..Item::default()
    };
    let mut comment = item.comment();
    if let Some(author) = &mut comment.author {
        author.instance = instance(&note.attributed_to);
    }
    build.put(item.id, item.parent, item.thread, comment, span);
}
