//! Gold: comments with labels given by people.

mod pairs;
mod table;

pub use pairs::pairs;
pub use table::rows;

use crate::error::{Error, Result};
use crate::profile::Profile;
use crate::source::{Source, Span};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// One labelled comment of a gold file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct GoldRow {
    /// Id of the comment.
    pub id: String,
    /// Its thread, if the row names one.
    pub thread: Option<String>,
    /// It answers another comment.
    pub is_reply: bool,
    /// The label, in small letters.
    pub label: String,
    /// Where the row stands.
    pub place: Span,
    /// Other labels that a reader may accept.
    pub accepted: Vec<String>,
    /// Platform, if named.
    pub platform: Option<String>,
    /// Allegation or topic, if named.
    pub topic: Option<String>,
    /// The row's own profile.
    pub profile: Option<Profile>,
}

/// Reads the rows of a JSONL gold file that carry a label in `field`; the comments themselves are read as NDJSON. Keys are
/// (thread, id), as in the parsed threads.
///
/// # Errors
/// [`Error::Data`] with the line of a row that is no object, has no id or a broken profile, and if no row has a label.
pub fn read(source: &Source, field: &str) -> Result<BTreeMap<(Option<String>, String), GoldRow>> {
    let mut rows = BTreeMap::new();
    for line in source.lines().filter(|l| !l.text.trim().is_empty()) {
        let value: Map<String, Value> = serde_json::from_str(line.text)
            .map_err(|e| mistake(source, line.span, &format!("no JSON object: {e}")))?;
        if let Some(row) = row(source, line.span, &value, field)? {
            rows.insert((row.thread.clone(), row.id.clone()), row);
        }
    }
    if rows.is_empty() {
        let message = format!("no row has a label in `{field}`");
        return Err(mistake(source, Span::default(), &message));
    }
    Ok(rows)
}

fn row(source: &Source, span: Span, value: &Map<String, Value>, field: &str) -> Result<Option<GoldRow>> {
    let Some(label) = text(value, field) else { return Ok(None) };
    let id = text(value, "id").ok_or_else(|| mistake(source, span, "a row without `id`"))?;
    let profile = value.get("profile").filter(|p| p.is_object());
    let profile = profile.map(|p| serde_json::from_value(p.clone())).transpose();
    let accepted = if field == "label" { "accepted".to_owned() } else { format!("{field}_accepted") };
    let accepted = value.get(&accepted).and_then(Value::as_array).into_iter().flatten();
    Ok(Some(GoldRow {
        id,
        thread: text(value, "thread_id"),
        is_reply: text(value, "parent_id").is_some(),
        label: plain(&label),
        place: span,
        accepted: accepted.filter_map(|a| Some(plain(a.as_str()?))).collect(),
        platform: text(value, "platform"),
        topic: text(value, "allegation").or_else(|| text(value, "topic")),
        profile: profile.map_err(|e| mistake(source, span, &format!("its profile: {e}")))?,
    }))
}

/// Coders write `Deny` and ` deny`, too.
fn plain(label: &str) -> String {
    label.trim().to_lowercase()
}

/// A string or a number.
fn text(value: &Map<String, Value>, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn mistake(source: &Source, span: Span, message: &str) -> Error {
    Error::data(
        source,
        span.start,
        message,
        "gold is JSONL or CSV: id, text, label and, if known, thread_id, parent_id, accepted, profile",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, field: &str) -> Result<BTreeMap<(Option<String>, String), GoldRow>> {
        read(&Source::from_text("gold.jsonl", text.to_owned()).unwrap(), field)
    }

    #[test]
    fn rows_carry_label_and_alternatives() {
        let text = r#"{"id": 1, "text": "x", "label": "Deny ", "accepted": ["Comment"], "topic": "ferry"}
{"id": "b", "text": "y", "parent_id": 1, "sentiment": "negative"}"#;
        let found = rows(text, "label").unwrap();
        let row = &found[&(None, "1".to_owned())];
        assert_eq!(
            (row.label.as_str(), row.accepted[0].as_str(), row.topic.as_deref()),
            ("deny", "comment", Some("ferry"))
        );
        assert!(rows(text, "sentiment").unwrap()[&(None, "b".to_owned())].is_reply);
    }

    #[test]
    fn mistakes_are_placed() {
        let place = |text: &str| rows(text, "label").unwrap_err().to_string();
        assert!(place("{\"id\": 1, \"label\": \"deny\"}\n[]").starts_with("gold.jsonl:2:1: no JSON object"));
        assert!(place("{\"id\": 1}").contains("no row has a label in `label`"));
        let odd = place("{\"id\": 1, \"label\": \"deny\", \"profile\": {\"accuse\": []}}");
        assert!(odd.contains("its profile: unknown field `accuse`"), "{odd}");
    }
}
