//! One JSON object a line: `{"id": 2, "parent_id": 1, "text": "…", "author": "…"}`.
//!
//! `id` and `text` are needed; `parent_id`, `thread_id`, `author`, `score`, `created`, `subject`, `file` are read if
//! present; other keys are ignored, so the program's own output is input again. Lines may stand in any order. A line
//! that cannot be read costs only itself.

use super::build::Build;
use super::forest::{Entry, Forest};
use super::loose::Loose;
use super::scan::scan;
use super::table::{self, Columns, FIELDS};
use super::{Fit, Sample};
use crate::diagnostic::Code;
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::parse::event::{Events, Piece, Role};
use crate::source::{Line, Source, Span};
use crate::thread::{Author, Body, Comment, Score, Text};
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// How well a source fits, by its first objects and its name.
pub(crate) fn fit(sample: &Sample<'_>) -> Fit {
    let comment =
        |v: &Loose| !v.at(&["id"]).is_none() && (!v.at(&["text"]).is_none() || !v.at(&["state"]).is_none());
    let (score, reason) = sample.any(comment, 90, "objects with `id` and `text`");
    let named = [".ndjson", ".jsonl"].iter().any(|end| sample.name().ends_with(end)) || sample.name() == "-";
    if score == 0 && named { (60, "named like NDJSON".to_owned()) } else { (score, reason) }
}

/// Reads every line; one thread for each `thread_id`, by first appearance.
pub(crate) fn read(source: &Source, columns: &Columns) -> Parsed {
    if !columns.is_empty() {
        return mapped(source, columns);
    }
    let mut forest = Forest::new(source);
    let mut events = Events::default();
    let mut pieces = Vec::new();
    let lines: Vec<Line<'_>> = source.lines().filter(|line| !line.text.trim_start().is_empty()).collect();
    // A part at a time, so that what several cores read is not held twice.
    for part in lines.chunks(AT_ONCE) {
        let read: Vec<_> = if part.len() < ALONE {
            part.iter().map(entry).collect()
        } else {
            part.par_iter().with_min_len(ALONE).map(entry).collect()
        };
        for (line, read) in part.iter().zip(read) {
            let role = if read.is_ok() { Role::Record } else { Role::Skipped };
            pieces.push(piece(line, role));
            match read {
                Ok(entry) => forest.add(entry, &mut events),
                Err(error) => skipped(source, *line, &error, &mut events),
            }
        }
    }
    let threads = forest.into_threads(&mut events);
    Parsed { article: None, threads, dialect: Dialect::Ndjson, diagnostics: events.diagnostics, pieces }
}

/// Lines that are read at a time, and below which other cores are not worth waking.
const AT_ONCE: usize = 1 << 15;
const ALONE: usize = 1 << 10;

fn entry<'l>(line: &Line<'l>) -> Result<Entry<'l>, serde_json::Error> {
    let record = serde_json::from_str::<Record<'_>>(line.text).and_then(Record::checked)?;
    Ok(record.into_entry(line.span))
}

/// Reads objects whose keys are mapped.
fn mapped(source: &Source, columns: &Columns) -> Parsed {
    let mut build = Build::new(source);
    let scan = scan(source.as_str());
    build.faults(&scan);
    for (number, fragment) in scan.fragments.iter().enumerate() {
        let Some(object) = build.object::<Loose>(fragment) else { continue };
        let key = |field: &'static str| object.at(&[columns.get(field).unwrap_or(field)]).text();
        let cells: BTreeMap<&str, String> = FIELDS.iter().filter_map(|f| Some((*f, key(f)?))).collect();
        if cells.contains_key("text") {
            let cell = |field: &str| cells.get(field).map(String::as_str);
            table::add(&mut build, &cell, number + 1, fragment.span);
        } else {
            build.skip(fragment.span, "this object holds no words under the key that was named".to_owned());
        }
    }
    build.finish(Dialect::Ndjson)
}

fn piece(line: &Line<'_>, role: Role) -> Piece {
    let indent = line.text.len() - line.text.trim_start().len();
    Piece { span: Span::new(line.span.start + indent as u32, line.span.end), role }
}

fn skipped(source: &Source, line: Line<'_>, error: &serde_json::Error, events: &mut Events) {
    // A key that is missing is noticed at the end of the object; the line is the place to show then.
    let column = if error.is_data() { 0 } else { error.column().saturating_sub(1) };
    let at = (0..=column.min(line.text.len())).rev().find(|i| line.text.is_char_boundary(*i));
    let start = line.span.start + at.unwrap_or_default() as u32;
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let message = format!("this line is not a comment: {reason}");
    let help = "each line needs an object with `id` and `text`; the line was left out";
    events.warn(source, Span::new(start, line.span.end), Code::LineSkipped, message, help);
}

#[derive(Deserialize)]
struct Record<'l> {
    #[serde(borrow)]
    id: Key<'l>,
    #[serde(borrow, default)]
    text: Option<Words<'l>>,
    #[serde(borrow, default)]
    state: Option<Words<'l>>,
    #[serde(borrow, default)]
    parent_id: Option<Key<'l>>,
    #[serde(borrow, default)]
    thread_id: Option<Key<'l>>,
    #[serde(borrow, default)]
    author: Option<Key<'l>>,
    #[serde(default)]
    score: Option<Votes>,
    #[serde(borrow, default)]
    created: Option<Key<'l>>,
    #[serde(borrow, default)]
    subject: Option<Words<'l>>,
    #[serde(borrow, default)]
    file: Option<Words<'l>>,
}

/// A string of the line, borrowed where it holds no escape: serde borrows no `Cow` inside an `Option`.
#[derive(Deserialize)]
struct Words<'l>(#[serde(borrow)] Cow<'l, str>);

/// An id, a name or a time: a string or a number, which becomes its digits.
struct Key<'l>(Cow<'l, str>);

/// A score, as a number or as digits; none if it is no number.
struct Votes(Option<f64>);

const EXPECTED: &str = "ids, names, times and scores must be strings or numbers";

/// Takes strings and numbers. Everything else is an error that says what was expected.
struct Scalar<'l, T> {
    text: fn(Cow<'l, str>) -> T,
    whole: fn(i128) -> T,
    number: fn(f64) -> T,
}

impl<'de: 'l, 'l, T> Visitor<'de> for Scalar<'l, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<T, E> {
        Ok((self.text)(text.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok((self.text)(text.to_owned().into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok((self.whole)(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok((self.whole)(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok((self.number)(number))
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<T, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
        Err(E::custom(EXPECTED))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(serde::de::Error::custom(EXPECTED))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, _: A) -> Result<T, A::Error> {
        Err(serde::de::Error::custom(EXPECTED))
    }
}

impl<'de: 'l, 'l> Deserialize<'de> for Key<'l> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Scalar {
            text: Key,
            whole: |number| Key(number.to_string().into()),
            number: |number| Key(number.to_string().into()),
        })
    }
}

impl<'de> Deserialize<'de> for Votes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Scalar {
            text: |text| Votes(text.parse().ok()),
            whole: |number| Votes(Some(number as f64)),
            number: |number| Votes(Some(number)),
        })
    }
}

impl<'l> Record<'l> {
    /// A comment has words, or a `state` says why it has none.
    fn checked(self) -> Result<Self, serde_json::Error> {
        let state = self.state.as_ref().map(|s| &*s.0);
        let without = matches!(state, Some("removed" | "missing"));
        if self.text.is_some() || without { Ok(self) } else { Err(serde::de::Error::missing_field("text")) }
    }

    fn into_entry(self, line: Span) -> Entry<'l> {
        let mut comment = Comment::new(match self.state.as_ref().map(|s| &*s.0) {
            Some("removed") => Body::Removed,
            Some("missing") => Body::Missing,
            _ => Body::Written(Text::new(self.text.map_or_else(String::new, |t| t.0.into_owned()), 0)),
        });
        comment.author = self.author.map(|name| Author { name: name.0.into_owned(), ..Author::default() });
        let score = self.score.and_then(|s| s.0);
        comment.score = score.map(|s| Score { value: s.round() as i64, down: None, certain: true });
        comment.created = self.created.map(|c| c.0.into_owned());
        comment.subject = self.subject.map(|s| s.0.into_owned());
        Entry {
            id: self.id.0.into_owned(),
            parent: self.parent_id.map(|p| p.0),
            thread: self.thread_id.map(|t| t.0),
            comment,
            file: self.file.map(|f| f.0),
            line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The trees and the codes of a text.
    fn picture(text: &str) -> (Vec<String>, Vec<&'static str>) {
        let parsed = read(&Source::from_text("dir/a.ndjson", text.to_owned()).unwrap(), &Columns::default());
        let trees = parsed
            .threads
            .iter()
            .map(|t| format!("{}: {}", t.id, t.outline().to_string().replace('\n', "|")));
        (trees.collect(), parsed.diagnostics.iter().map(|d| d.code.as_str()).collect())
    }

    #[test]
    fn children_may_come_first_and_ids_be_numbers_or_strings() {
        let text = r#"{"id":"2","parent_id":1,"text":"b","author":"Bo"}
            {"id":1,"text":"a","author":"Al","score":3.0,"created":1720000000,"extra":[{"x":null}]}"#;
        let tree = "a.ndjson: 1 Al · 3 · 1720000000|  1.1 Bo|";
        assert_eq!(picture(text), (vec![tree.to_owned()], vec![]));
    }

    #[test]
    fn threads_keep_the_order_of_their_first_line() {
        let text = "{\"id\":1,\"thread_id\":\"z\",\"text\":\"\"}\n{\"id\":1,\"thread_id\":5,\"text\":\"\"}\n\
                    {\"id\":2,\"thread_id\":\"z\",\"text\":\"\",\"author\":null}";
        assert_eq!(picture(text).0, ["z: 1 (no name)|2 (no name)|", "5: 1 (no name)|"]);
    }

    #[test]
    fn missing_parents_doubles_circles_and_bad_lines_are_reported() {
        let missing = "{\"id\":1,\"parent_id\":9,\"text\":\"\",\"author\":\"A\"}\n{\"id\":2,\"parent_id\":9,\"text\":\"\",\"author\":\"B\"}";
        assert_eq!(picture(missing), (vec!["a.ndjson: 1 missing|  1.1 A|  1.2 B|".to_owned()], vec!["P03"]));
        let double = "{\"id\":1,\"text\":\"x\",\"author\":\"A\"}\n{\"id\":1,\"text\":\"y\",\"author\":\"B\"}";
        assert_eq!(picture(double), (vec!["a.ndjson: 1 A|".to_owned()], vec!["P07"]));
        let circle = "{\"id\":1,\"parent_id\":2,\"text\":\"\",\"author\":\"A\"}\n{\"id\":2,\"parent_id\":1,\"text\":\"\",\"author\":\"B\"}";
        assert_eq!(picture(circle), (vec!["a.ndjson: 1 B|  1.1 A|".to_owned()], vec!["P09"]));
        let bad = "{\"id\":1}\n[1]\n{\"id\":{},\"text\":\"\"}\n{\"id\":3,\"text\":\"\"} x";
        assert_eq!(picture(bad), (vec!["a.ndjson: ".to_owned()], vec!["P08"; 4]));
    }

    #[test]
    fn an_own_parent_is_a_circle_of_one() {
        let (trees, codes) = picture("{\"id\":1,\"parent_id\":1,\"text\":\"\",\"author\":\"A\"}");
        assert_eq!((trees[0].as_str(), codes), ("a.ndjson: 1 A|", vec!["P09"]));
    }
}
