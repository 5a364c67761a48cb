//! The comments that a report shows.

use super::record::{author_name, comment_id};
use super::shorten::shorten;
use super::summary::{Highlight, Quote};
use crate::label::{Label, Labelled, Stance};
use crate::stats::round4;
use crate::thread::CommentId;
use std::cmp::Reverse;

const TEXT_CHARS: usize = 140;
const QUOTE_CHARS: usize = 80;
const QUOTES: usize = 3;
const WEIGHTIEST: usize = 3;

/// The comment of a stance with the most votes; the first on the page among equals, none if none has votes.
pub(super) fn most_upvoted(labelled: &Labelled<'_>, stance: Stance) -> Option<Highlight> {
    let score = |id: CommentId| labelled.thread.get(id)?.score.map(|s| s.value);
    let scored = labelled.labels().filter(|(_, l)| l.stance == stance);
    let (_, id, label) = scored
        .filter_map(|(id, label)| Some((score(id)?, id, label)))
        .min_by_key(|(votes, id, _)| (Reverse(*votes), *id))?;
    Some(highlight(labelled, id, label))
}

/// The comments with the greatest weight of evidence, the greatest first, then in page order.
pub(super) fn weightiest(labelled: &Labelled<'_>) -> Vec<Highlight> {
    let mut weighed: Vec<(f64, CommentId, &Label)> =
        labelled.labels().map(|(id, l)| (l.weight(), id, l)).filter(|(w, ..)| *w > 0.0).collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    weighed.into_iter().take(WEIGHTIEST).map(|(_, id, label)| highlight(labelled, id, label)).collect()
}

fn highlight(labelled: &Labelled<'_>, id: CommentId, label: &Label) -> Highlight {
    let comment = labelled.thread.get(id);
    let text = comment.and_then(|c| c.body.text()).map(|t| t.raw()).unwrap_or_default();
    let quotes = label.evidence.iter().take(QUOTES);
    Highlight {
        path: labelled.thread.path(id),
        id: comment_id(labelled.thread, id),
        author: comment.and_then(|c| c.author.as_ref()).map(author_name),
        score: comment.and_then(|c| c.score).map(|s| s.value),
        stance: label.stance,
        confidence: round4(label.confidence),
        weight: round4(label.weight()),
        text: shorten(text, TEXT_CHARS),
        quotes: quotes
            .map(|e| Quote { rule: e.rule.to_string(), quote: shorten(&e.quote, QUOTE_CHARS) })
            .collect(),
    }
}
