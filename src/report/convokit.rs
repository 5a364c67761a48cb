//! `utterances.jsonl`: the comments as ConvoKit reads them, their labels as metadata.

use super::record::Record;
use super::shorten::shorten;
use crate::convert::utterance_of;
use crate::error::Result;
use crate::label::Labelled;
use crate::report::json::compact;
use serde_json::{Value, json};

/// One utterance a line, placeholders included; `meta` holds what `convert` writes and, where there is a label, `stance`,
/// `confidence`, `unsure`, `sentiment`, `sentiment_score`, `aspects` and `rules`. Words are cut to `limit` characters.
///
/// # Errors
/// As [`super::json()`].
pub fn convokit(labelled: &[Labelled<'_>], limit: Option<usize>) -> Result<String> {
    let mut out = String::new();
    labelled.iter().try_for_each(|page| push_utterances(&mut out, page, limit))?;
    Ok(out)
}

/// Adds the utterances of a thread.
///
/// # Errors
/// As [`convokit()`].
pub(super) fn push_utterances(out: &mut String, page: &Labelled<'_>, limit: Option<usize>) -> Result<()> {
    for (id, _) in page.thread.comments() {
        let mut utterance = utterance_of(page.thread, id);
        if let (Some(limit), Some(Value::String(text))) = (limit, utterance.get_mut("text")) {
            *text = shorten(text, limit);
        }
        let record = Record::new(page, id);
        let meta = utterance.get_mut("meta").and_then(Value::as_object_mut);
        if let (Some(record), Some(meta)) = (record, meta) {
            let rules: Vec<&str> = record.evidence.iter().map(|e| e.rule).collect();
            let labels = json!({
                "stance": record.stance, "confidence": record.confidence, "unsure": record.unsure,
                "sentiment": record.sentiment, "sentiment_score": record.sentiment_score,
                "aspects": record.aspects, "rules": rules,
            });
            meta.extend(labels.as_object().cloned().unwrap_or_default());
        }
        out.push_str(&compact("utterances.jsonl", &utterance)?);
        out.push('\n');
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;

    #[test]
    fn labels_are_metadata_and_the_tree_is_kept() {
        let sample = small();
        let found = convokit(&sample.labelled(), Some(8)).unwrap();
        let rows: Vec<Value> = found.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(rows.len(), 8);
        assert_eq!(
            (&rows[1]["meta"]["stance"], &rows[1]["meta"]["rules"]),
            (&json!("deny"), &json!(["smear"]))
        );
        assert_eq!(rows[1]["reply_to"], rows[0]["id"]);
        assert_eq!(rows[0]["text"], json!("They…"));
        assert_eq!(rows[2]["meta"].get("stance"), None);
        assert_eq!(rows[2]["meta"]["state"], json!("removed"));
    }
}
