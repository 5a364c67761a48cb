//! The files that coders give back.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::gold;
use crate::source::{Source, Span};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Thread, if the row names one, and id of a comment.
pub type Key = (Option<String>, String);

/// One coder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coder {
    /// The cell `coder`, else the name of the file.
    pub name: String,
    /// Label of each comment, and where its row stands.
    pub labels: BTreeMap<Key, (String, Span)>,
}

/// The coders of one file.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Codings {
    /// By first appearance.
    pub coders: Vec<Coder>,
    /// P07 for a comment coded twice, L07 for a label that is none of those asked for.
    pub findings: Vec<Diagnostic>,
}

impl Codings {
    /// Reads CSV or JSONL rows (see [`gold::rows`]) with `id`, the label in `field` and, if known, `thread_id` and `coder`;
    /// `name` stands for the coder of rows without one. Labels are taken in lower case; an empty one is a gap. A label
    /// that is not in `classes` counts as a gap, unless `classes` is empty.
    ///
    /// # Errors
    /// [`Error::Data`] with the line of a row that is no object or has no id, and if no row has a label.
    pub fn read(source: &Source, name: &str, field: &str, classes: &[String]) -> Result<Self> {
        let rows = gold::rows(source)?;
        let mut out = Codings::default();
        // The rows stand in the lines of the source.
        for (line, at) in rows.lines().zip(source.lines()).filter(|(l, _)| !l.text.trim().is_empty()) {
            let place = at.span;
            let row: Map<String, Value> = serde_json::from_str(line.text)
                .map_err(|e| mistake(source, place, &format!("no JSON object: {e}")))?;
            let id = text(&row, "id").ok_or_else(|| mistake(source, place, "a row without `id`"))?;
            let key = (text(&row, "thread_id"), id);
            if let Some(label) = text(&row, field).map(|l| l.to_lowercase()) {
                out.add(
                    source,
                    place,
                    text(&row, "coder").unwrap_or_else(|| name.to_owned()),
                    key,
                    label,
                    classes,
                );
            }
        }
        if out.coders.is_empty() {
            return Err(mistake(source, Span::default(), &format!("no row has a label in `{field}`")));
        }
        Ok(out)
    }

    fn add(
        &mut self,
        source: &Source,
        place: Span,
        coder: String,
        key: Key,
        label: String,
        classes: &[String],
    ) {
        let at = self.coders.iter().position(|c| c.name == coder).unwrap_or_else(|| {
            self.coders.push(Coder { name: coder, labels: BTreeMap::new() });
            self.coders.len() - 1
        });
        let mut warn = |code, message, help| {
            self.findings.push(Diagnostic::at(source, place, code, Severity::Warning, message, help));
        };
        if !classes.is_empty() && !classes.contains(&label) {
            let message = format!("“{label}” is none of: {}", classes.join(", "));
            return warn(
                Code::LabelUnknown,
                message,
                "the cell counts as empty; correct it, or give --classes",
            );
        }
        let labels = &mut self.coders[at].labels;
        if labels.contains_key(&key) {
            let message = format!("the comment `{}` is coded twice by one coder", key.1);
            return warn(Code::Duplicate, message, "the first label is kept");
        }
        labels.insert(key, (label, place));
    }
}

/// A string that is not blank, or a number.
fn text(row: &Map<String, Value>, key: &str) -> Option<String> {
    match row.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn mistake(source: &Source, span: Span, message: &str) -> Error {
    Error::data(
        source,
        span.start,
        message,
        "codings are CSV or JSONL: id, label and, if known, thread_id, coder",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Codings> {
        let classes = ["deny", "query"].map(str::to_owned);
        Codings::read(&Source::from_text("ada.csv", text.to_owned()).unwrap(), "ada", "label", &classes)
    }

    #[test]
    fn coders_are_named_by_cell_or_file() {
        let found = read("id,label,coder\n1,Deny ,\n2,query,bo\n3,,\n1,deny,bo\n").unwrap();
        let coders: Vec<(&str, usize)> =
            found.coders.iter().map(|c| (c.name.as_str(), c.labels.len())).collect();
        assert_eq!(coders, [("ada", 1), ("bo", 2)]);
        assert!(found.findings.is_empty());
        assert_eq!(found.coders[0].labels[&(None, "1".to_owned())].0, "deny");
    }

    #[test]
    fn odd_cells_are_told_with_their_line() {
        let found = read("id,text,label\n1,\"a\nb\",denied\n2,x,deny\n2,x,query\n").unwrap();
        let told: Vec<(usize, &str)> = found.findings.iter().map(|f| (f.line, f.code.as_str())).collect();
        assert_eq!(told, [(2, "L07"), (5, "P07")]);
        assert!(read("id,label\n1,\n").unwrap_err().to_string().contains("no row has a label in `label`"));
        assert!(
            read("id,label\n,deny\n").unwrap_err().to_string().starts_with("ada.csv:2:1: a row without `id`")
        );
    }
}
