//! ConvoKit's `utterances.jsonl`.
//!
//! ```json
//! {"id": "2", "speaker": "ada", "conversation_id": "1", "reply_to": "1", "timestamp": 1720000000, "text": "As ever.", "meta": {"score": 3}}
//! ```
//! `reply-to`, `user` and `root` of older corpora are read too, and the Python print of the documentation (`'`, `None`).
//! What `threadstance convert --to convokit` keeps in `meta` comes back.

use super::build::{Build, Item, json};
use super::loose::Loose;
use super::scan::Fragment;
use super::{Fit, Sample};
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::source::Source;

/// How well a source fits.
pub(crate) fn fit(sample: &Sample<'_>) -> Fit {
    let utterance = |v: &Loose| {
        let speaker = v.0.get("speaker").or_else(|| v.0.get("user")).is_some();
        let conversation = v.0.get("conversation_id").or_else(|| v.0.get("root")).is_some();
        let reply = v.0.get("reply_to").or_else(|| v.0.get("reply-to")).is_some();
        speaker && conversation && reply
    };
    sample.any(utterance, 97, "objects with `speaker`, `conversation_id` and `reply_to`")
}

/// Reads utterances.
pub(crate) fn read(source: &Source) -> Parsed {
    json(source, Dialect::Convokit, utterances)
}

fn utterances(build: &mut Build<'_>, fragments: &[Fragment]) {
    for fragment in fragments {
        let Some(value) = build.object::<Loose>(fragment) else { continue };
        let either = |a: &str, b: &str| value.at(&[a]).text().or_else(|| value.at(&[b]).text());
        let Some(id) = value.at(&["id"]).text() else {
            build.skip(fragment.span, "this utterance has no id".to_owned());
            continue;
        };
        let (parent, thread) = (either("reply_to", "reply-to"), either("conversation_id", "root"));
        let meta = |key: &str| value.at(&["meta", key]);
        let removed = meta("state").words() == "removed";
        if meta("state").words() == "missing" {
            build.gap(id, parent, thread, fragment.span);
            continue;
        }
        let item = Item {
            id,
            parent,
            thread,
            author: either("speaker", "user").or_else(|| value.at(&["speaker", "id"]).text()),
            score: meta("score").number(),
            created: value.at(&["timestamp"]).text(),
            subject: meta("subject").text(),
            words: (!removed).then(|| value.at(&["text"]).words().to_owned()),
            ..Item::default()
        };
        build.add(item, fragment.span);
    }
}
