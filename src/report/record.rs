//! The labelled comment as data: the record that NDJSON, CSV and readers of other programs share.

use crate::label::{Aspect, Effect, Evidence, Label, Labelled, Probabilities, Sentiment, Stance};
use crate::stats::round4;
use crate::thread::{Author, CommentId, MAX_PATH_DEPTH, Text, Thread};
use serde::Serialize;
use std::borrow::Cow;

/// One labelled comment, as a line of NDJSON. It is a valid input again. Numbers have four decimals.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Record<'l> {
    /// The input, relative to the given folder or as given.
    pub file: &'l str,
    /// The thread.
    pub thread_id: &'l str,
    /// Outline number in the thread, as `3.1`.
    pub path: String,
    /// See [`comment_id`].
    pub id: Cow<'l, str>,
    /// Id of the comment it replies to.
    pub parent_id: Option<Cow<'l, str>>,
    /// `name` or `name@instance`.
    pub author: Option<Cow<'l, str>>,
    /// A subject line that belongs to the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<&'l str>,
    /// The words: those of a page without its indentation, those of an input of their own as they were given.
    pub text: Cow<'l, str>,
    /// The platform's votes.
    pub score: Option<i64>,
    /// The stance toward the allegation.
    pub stance: Stance,
    /// Calibrated probability of each stance.
    pub probabilities: Probabilities,
    /// Calibrated probability of `stance`.
    pub confidence: f64,
    /// `confidence` is below the pack's band.
    pub unsure: bool,
    /// Tone of the author's own words.
    pub sentiment: Sentiment,
    /// Tone in [−1, 1].
    pub sentiment_score: f64,
    /// How the stance is argued.
    pub aspects: &'l [Aspect],
    /// Why: the weightiest first.
    pub evidence: Vec<EvidenceRecord<'l>>,
}

/// A piece of evidence as data.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct EvidenceRecord<'l> {
    /// Id of the rule.
    pub rule: &'l str,
    /// First byte in the source file; in `text` for an input of NDJSON or CSV.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Exactly that slice.
    pub quote: &'l str,
    /// The log-odds that are not zero.
    pub effect: Effect,
}

impl<'l> Record<'l> {
    /// The record of a comment; `None` where it has no label, as for removed words.
    pub fn new(labelled: &'l Labelled<'l>, id: CommentId) -> Option<Self> {
        Record::of(labelled.thread, id, labelled.label(id)?)
    }

    /// The record of a comment with this label; `None` where there is no such comment.
    pub fn of(thread: &'l Thread, id: CommentId, label: &'l Label) -> Option<Self> {
        let comment = thread.get(id)?;
        Some(Record {
            file: &thread.origin.file,
            thread_id: &thread.id,
            path: thread.path(id),
            id: shared_id(thread, id),
            parent_id: comment.parent.map(|p| shared_id(thread, p)),
            author: comment.author.as_ref().map(shared_name),
            subject: comment.subject.as_deref(),
            text: comment.body.text().map(words).unwrap_or_default(),
            score: comment.score.map(|s| s.value),
            stance: label.stance,
            probabilities: rounded(label),
            confidence: round4(label.confidence),
            unsure: label.unsure,
            sentiment: label.sentiment,
            sentiment_score: round4(label.sentiment_score),
            aspects: &label.aspects,
            evidence: label.evidence.iter().map(EvidenceRecord::new).collect(),
        })
    }
}

impl<'l> EvidenceRecord<'l> {
    fn new(evidence: &'l Evidence) -> Self {
        let Evidence { rule, span, quote, effect, .. } = evidence;
        let effect = Effect {
            support: round4(effect.support),
            deny: round4(effect.deny),
            query: round4(effect.query),
        };
        EvidenceRecord { rule, start: span.start, end: span.end, quote, effect }
    }
}

/// The stable id of a comment: the platform's own, else the thread and the outline number, as `page.txt#3.1`. Below
/// [`MAX_PATH_DEPTH`] levels, where outline numbers stop being unique, the place in page order is used: `page.txt#@812`.
pub fn comment_id(thread: &Thread, id: CommentId) -> String {
    shared_id(thread, id).into_owned()
}

fn shared_id(thread: &Thread, id: CommentId) -> Cow<'_, str> {
    match thread.get(id).and_then(|c| c.key.as_ref()) {
        Some(key) => Cow::Borrowed(key),
        None if (thread.depth(id) as usize) < MAX_PATH_DEPTH => {
            Cow::Owned(format!("{}#{}", thread.id, thread.path(id)))
        }
        None => Cow::Owned(format!("{}#@{}", thread.id, id.0)),
    }
}

/// The author as `name` or `name@instance`.
pub fn author_name(author: &Author) -> String {
    shared_name(author).into_owned()
}

fn shared_name(author: &Author) -> Cow<'_, str> {
    match &author.instance {
        Some(instance) => Cow::Owned(format!("{}@{instance}", author.name)),
        None => Cow::Borrowed(&author.name),
    }
}

/// Offsets into an input of its own (which starts at 0) must keep fitting, so its words stay as they are.
fn words(text: &Text) -> Cow<'_, str> {
    if text.span().start == 0 { Cow::Borrowed(text.raw()) } else { Cow::Owned(text.clean()) }
}

fn rounded(label: &Label) -> Probabilities {
    let p = label.probabilities;
    Probabilities {
        support: round4(p.support),
        deny: round4(p.deny),
        query: round4(p.query),
        comment: round4(p.comment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{Sample, said, small};
    use std::collections::BTreeSet;

    #[test]
    fn a_record_has_the_shape_of_the_contract() {
        let sample = small();
        let pages = sample.labelled();
        let record = Record::new(&pages[0], CommentId(1)).unwrap();
        let expected = concat!(
            r#"{"file":"heron.txt","thread_id":"heron.txt","path":"1.1","id":"heron.txt#1.1","#,
            r#""parent_id":"heron.txt#1","author":"bo@isle.example","text":"=Nonsense | <b>a smear</b>","#,
            r#""score":7,"stance":"deny","#,
            r#""probabilities":{"support":0.04,"deny":0.88,"query":0.04,"comment":0.04},"#,
            r#""confidence":0.88,"unsure":false,"sentiment":"negative","sentiment_score":-0.7,"#,
            r#""aspects":["asserts_deed","cites_authority"],"#,
            r#""evidence":[{"rule":"smear","start":115,"end":122,"quote":"a smear","#,
            r#""effect":{"deny":2.25,"query":-0.5}}]}"#,
        );
        assert_eq!(serde_json::to_string(&record).unwrap(), expected);
        assert!(Record::new(&pages[0], CommentId(2)).is_none(), "removed words have no label");
    }

    #[test]
    fn evidence_of_an_own_input_fits_its_text() {
        let effect = Effect { deny: 1.0, ..Effect::default() };
        let row =
            said("x", "  It is\n  a lie. ", None, None, Stance::Deny, 0.8).because("lie", "a lie", effect);
        let sample = Sample::default().page("lines.ndjson", None, vec![row.own_input()]);
        let pages = sample.labelled();
        let record = Record::new(&pages[0], CommentId(0)).unwrap();
        let evidence = &record.evidence[0];
        assert_eq!(record.text.get(evidence.start as usize..evidence.end as usize), Some("a lie"));
    }

    #[test]
    fn deep_replies_keep_ids_of_their_own() {
        let row = |i: u32| said("x", "x", i.checked_sub(1), None, Stance::Comment, 0.9);
        let sample = Sample::default().page("deep.txt", None, (0..300).map(row).collect());
        let pages = sample.labelled();
        let ids: BTreeSet<String> =
            pages[0].thread.comments().map(|(id, _)| comment_id(pages[0].thread, id)).collect();
        assert_eq!(ids.len(), 300);
    }
}
