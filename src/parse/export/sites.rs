//! Answers of the APIs of Hacker News (Algolia), Mastodon, Discourse and YouTube.
//!
//! ```json
//! {"id": 1, "title": "Ferry", "children": [{"id": 2, "author": "ada", "text": "As ever.<p>Yes.", "children": []}]}
//! {"ancestors": [], "descendants": [{"id": "2", "in_reply_to_id": "1", "content": "<p>As ever.</p>", "account": {"acct": "ada"}}]}
//! {"title": "Ferry", "post_stream": {"posts": [{"post_number": 1, "username": "ada", "cooked": "<p>As ever.</p>"}]}}
//! {"items": [{"kind": "youtube#commentThread", "snippet": {"topLevelComment": {"id": "a", "snippet": {"textOriginal": "As ever."}}}}]}
//! ```
//! Parents come from ids; where Hacker News items carry none, from nesting. YouTube answers hold at most five replies of
//! those they announce (P15).

use super::body::from_html;
use super::build::{Build, Item, json};
use super::loose::Loose;
use super::scan::Fragment;
use super::{Fit, Sample};
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};

/// How well Hacker News fits.
pub(crate) fn fit_algolia(sample: &Sample<'_>) -> Fit {
    let item = |v: &Loose| {
        let words = !v.at(&["text"]).is_none() || !v.at(&["title"]).is_none();
        let hit = !v.at(&["comment_text"]).is_none();
        (words && v.0.get("children").is_some() && v.0.get("author").is_some()) || hit
    };
    sample.any(item, 92, "objects with `author`, `text` or `title`, and `children`; or `comment_text`")
}

/// Reads Hacker News.
pub(crate) fn read_algolia(source: &Source) -> Parsed {
    json(source, Dialect::HnAlgolia, items)
}

fn items(build: &mut Build<'_>, fragments: &[Fragment]) {
    // Ids are made up from the places where an export has none.
    let id = |value: &Loose, place: usize| {
        value
            .at(&["id"])
            .text()
            .or_else(|| value.at(&["objectID"]).text())
            .unwrap_or_else(|| format!("#{place}"))
    };
    let mut ids: Vec<String> = Vec::new();
    let mut posts: BTreeSet<String> = BTreeSet::new();
    for (place, fragment) in fragments.iter().enumerate() {
        let value = build.object::<Loose>(fragment).unwrap_or_default();
        let own = id(&value, place);
        ids.push(own.clone());
        let words = [value.at(&["text"]), value.at(&["comment_text"])].into_iter().find(|w| !w.is_none());
        let story = value.at(&["title"]).text().filter(|_| value.at(&["comment_text"]).is_none());
        if let Some(title) = story {
            build.describe(None, |origin| {
                origin.title = Some(title);
                origin.url = value.at(&["url"]).text();
            });
            posts.insert(own);
            continue;
        }
        if value.at(&["author"]).is_none() && words.is_none() && fragment.via.is_empty() {
            continue;
        }
        let outer = fragment.parent.and_then(|p| ids.get(p).cloned());
        let given = value.at(&["parent_id"]).text();
        let story = value.at(&["story_id"]).text();
        let parent = given.or(outer).filter(|p| !posts.contains(p) && Some(p) != story.as_ref());
        let item = Item {
            id: own,
            parent,
            author: value.at(&["author"]).text(),
            score: value.at(&["points"]).number(),
            created: value.at(&["created_at"]).text(),
            words: words.map(|w| from_html(w.words())),
            ..Item::default()
        };
        build.add(item, fragment.span);
    }
}

/// How well Mastodon fits.
pub(crate) fn fit_mastodon(sample: &Sample<'_>) -> Fit {
    let context = |v: &Loose| v.0.get("ancestors").is_some() && v.0.get("descendants").is_some();
    let status = |v: &Loose| v.0.get("in_reply_to_id").is_some() && !v.at(&["content"]).is_none();
    sample.any(
        |v| context(v) || status(v),
        93,
        "`ancestors` and `descendants`, or `in_reply_to_id` and `content`",
    )
}

/// Reads Mastodon.
pub(crate) fn read_mastodon(source: &Source) -> Parsed {
    json(source, Dialect::Mastodon, statuses)
}

fn statuses(build: &mut Build<'_>, fragments: &[Fragment]) {
    for fragment in fragments {
        let value = build.object::<Loose>(fragment).unwrap_or_default();
        let (Some(id), false) = (value.at(&["id"]).text(), value.at(&["content"]).is_none()) else {
            continue;
        };
        let item = Item {
            id,
            parent: value.at(&["in_reply_to_id"]).text(),
            author: value.at(&["account", "acct"]).text(),
            score: value.at(&["favourites_count"]).number(),
            created: value.at(&["created_at"]).text(),
            edited: value.at(&["edited_at"]).is_set(),
            subject: value.at(&["spoiler_text"]).text(),
            words: Some(from_html(value.at(&["content"]).words())),
            ..Item::default()
        };
        build.add(item, fragment.span);
    }
}

/// How well Discourse fits.
pub(crate) fn fit_discourse(sample: &Sample<'_>) -> Fit {
    let post = |v: &Loose| !v.at(&["post_number"]).is_none() && !v.at(&["cooked"]).is_none();
    sample.any(post, 93, "objects with `post_number` and `cooked`")
}

/// Reads a topic of Discourse; every post counts, the first one too.
pub(crate) fn read_discourse(source: &Source) -> Parsed {
    json(source, Dialect::DiscourseJson, posts)
}

fn posts(build: &mut Build<'_>, fragments: &[Fragment]) {
    for fragment in fragments {
        let value = build.object::<Loose>(fragment).unwrap_or_default();
        if let (Some(title), true) = (value.at(&["title"]).text(), value.0.get("post_stream").is_some()) {
            build.describe(None, |origin| origin.title = Some(title));
        }
        let Some(number) = value.at(&["post_number"]).text() else { continue };
        let gone = value.at(&["deleted_at"]).is_set() || value.at(&["user_deleted"]).is_set();
        let item = Item {
            id: number,
            parent: value.at(&["reply_to_post_number"]).text(),
            author: value.at(&["username"]).text(),
            created: value.at(&["created_at"]).text(),
            edited: value.at(&["version"]).number().is_some_and(|v| v > 1),
            words: (!gone).then(|| from_html(value.at(&["cooked"]).words())),
            ..Item::default()
        };
        build.add(item, fragment.span);
    }
}

/// How well YouTube fits.
pub(crate) fn fit_youtube(sample: &Sample<'_>) -> Fit {
    let thread = |v: &Loose| {
        v.at(&["kind"]).words().starts_with("youtube#comment")
            || !v.at(&["snippet", "topLevelComment"]).is_none()
    };
    sample.any(thread, 95, "objects of kind `youtube#comment…`")
}

/// Reads comment threads of YouTube.
pub(crate) fn read_youtube(source: &Source) -> Parsed {
    json(source, Dialect::Youtube, videos)
}

fn videos(build: &mut Build<'_>, fragments: &[Fragment]) {
    let mut replies: BTreeMap<String, i64> = BTreeMap::new();
    let values: Vec<Loose> = fragments.iter().map(|f| build.object(f).unwrap_or_default()).collect();
    // Replies do not name their video; the thread they stand in does.
    let video = |value: &Loose| Some((value.at(&["id"]).text()?, value.at(&["snippet", "videoId"]).text()?));
    let videos: BTreeMap<String, String> = values.iter().filter_map(video).collect();
    for (fragment, value) in fragments.iter().zip(&values) {
        let top = value.at(&["snippet", "topLevelComment"]);
        let comment = if top.is_none() { value } else { &top };
        let snippet = comment.at(&["snippet"]);
        let (Some(id), true) = (comment.at(&["id"]).text(), snippet.0.is_object()) else { continue };
        let announced = value.at(&["snippet", "totalReplyCount"]).number().unwrap_or_default();
        let parent = snippet.at(&["parentId"]).text();
        *replies.entry(parent.clone().unwrap_or_else(|| id.clone())).or_default() +=
            if parent.is_some() { -1 } else { announced };
        let given = value.at(&["snippet", "videoId"]).text().or_else(|| snippet.at(&["videoId"]).text());
        let thread = given.or_else(|| videos.get(parent.as_ref()?).cloned());
        let words = match snippet.at(&["textOriginal"]).text() {
            Some(text) => text,
            None => from_html(snippet.at(&["textDisplay"]).words()),
        };
        let item = Item {
            id,
            parent,
            thread,
            author: snippet.at(&["authorDisplayName"]).text(),
            score: snippet.at(&["likeCount"]).number(),
            edited: snippet.at(&["updatedAt"]).text() != snippet.at(&["publishedAt"]).text(),
            created: snippet.at(&["publishedAt"]).text(),
            words: Some(words),
            ..Item::default()
        };
        build.add(item, fragment.span);
    }
    replies.values().for_each(|left| build.absent(*left));
}
