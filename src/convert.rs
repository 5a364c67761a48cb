//! Threads as ConvoKit utterances, NDJSON, CSV or Parquet; each can be read again and gives the same trees.
//!
//! What a table has no place for is left out: articles, badges, pronouns, downvotes, marks of edits and of doubt. Comments
//! without words and placeholders carry a `state`. Ids that a page does not give are made from thread and place.

use crate::columns::{Cell, Field, Kind, ParquetWriter, Table};
use crate::error::{Error, Result};
use crate::thread::{Author, Body, Comment, CommentId, Thread};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::Write;

/// What threads can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Target {
    /// ConvoKit's `utterances.jsonl`.
    Convokit,
    /// One JSON object a line, as `threadstance` reads it.
    Ndjson,
    /// A table with named columns, safe to open in a spreadsheet.
    Csv,
    /// The same table as Parquet.
    Parquet,
}

/// Writes every comment of the threads, placeholders included, in page order.
///
/// # Errors
/// [`Error::Io`] with `name` if `out` cannot be written.
pub fn convert<'t>(
    threads: impl IntoIterator<Item = &'t Thread>,
    target: Target,
    out: &mut (dyn Write + Send),
    name: &str,
) -> Result<()> {
    let rows = threads.into_iter().flat_map(rows);
    let written = match target {
        Target::Convokit => lines(rows.map(|row| utterance(&row)), out),
        Target::Ndjson => lines(rows, out),
        Target::Csv => table(rows, out),
        Target::Parquet => parquet(rows, out),
    };
    written.map_err(|error| Error::io(name, error))
}

/// A comment as an utterance of ConvoKit.
pub(crate) fn utterance_of(thread: &Thread, id: CommentId) -> Value {
    thread.get(id).map_or(Value::Null, |comment| utterance(&row(thread, id, comment)))
}

/// A comment in plain fields.
#[derive(Serialize, schemars::JsonSchema)]
pub(crate) struct Row<'t> {
    file: &'t str,
    thread_id: &'t str,
    id: String,
    parent_id: Option<String>,
    author: Option<String>,
    score: Option<i64>,
    created: Option<&'t str>,
    age: Option<&'t str>,
    subject: Option<&'t str>,
    state: Option<&'static str>,
    text: String,
}

/// The columns of a table, in order.
const COLUMNS: [&str; 11] =
    ["file", "thread_id", "id", "parent_id", "author", "score", "created", "age", "subject", "state", "text"];

impl Row<'_> {
    /// The cells of the columns but the score, which is a number.
    fn cells(&self) -> [Option<&str>; 11] {
        let Row { file, thread_id, id, parent_id, author, created, age, subject, state, text, .. } = self;
        [
            Some(*file),
            Some(*thread_id),
            Some(id.as_str()),
            parent_id.as_deref(),
            author.as_deref(),
            None,
            *created,
            *age,
            *subject,
            *state,
            Some(text.as_str()),
        ]
    }
}

fn rows(thread: &Thread) -> impl Iterator<Item = Row<'_>> {
    thread.comments().map(move |(id, comment)| row(thread, id, comment))
}

fn row<'t>(thread: &'t Thread, id: CommentId, comment: &'t Comment) -> Row<'t> {
    Row {
        file: &thread.origin.file,
        thread_id: &thread.id,
        id: key(thread, id),
        parent_id: thread.parent(id).map(|parent| key(thread, parent)),
        author: comment.author.as_ref().map(address),
        score: comment.score.map(|s| s.value),
        created: comment.created.as_deref(),
        age: comment.age.as_deref(),
        subject: comment.subject.as_deref(),
        state: match comment.body {
            Body::Written(_) => None,
            Body::Removed => Some("removed"),
            Body::Missing => Some("missing"),
        },
        text: comment.body.text().map(crate::thread::Text::clean).unwrap_or_default(),
    }
}

/// The comment's own id, else one that no other comment of any thread has.
fn key(thread: &Thread, id: CommentId) -> String {
    let own = thread.get(id).and_then(|c| c.key.clone());
    own.unwrap_or_else(|| format!("{}#{}", thread.id, id.0 + 1))
}

fn address(author: &Author) -> String {
    let Author { name, instance, .. } = author;
    instance.as_ref().map_or_else(|| name.clone(), |host| format!("{name}@{host}"))
}

fn lines(rows: impl Iterator<Item = impl Serialize>, out: &mut dyn Write) -> std::io::Result<()> {
    for row in rows {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn utterance(row: &Row<'_>) -> Value {
    let number = row.created.and_then(|c| c.parse::<i64>().ok());
    json!({
        "id": row.id,
        "conversation_id": row.thread_id,
        "reply_to": row.parent_id,
        "speaker": row.author.as_deref().unwrap_or_default(),
        "timestamp": number.map_or_else(|| json!(row.created), |n| json!(n)),
        "text": row.text,
        "meta": {"file": row.file, "score": row.score, "age": row.age, "subject": row.subject, "state": row.state},
    })
}

fn table<'t>(rows: impl Iterator<Item = Row<'t>>, out: &mut dyn Write) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows {
        let score = row.score.map(|s| s.to_string());
        let mut cells: Vec<String> = row.cells().iter().map(|c| guarded(c.unwrap_or_default())).collect();
        if let (Some(cell), Some(score)) = (cells.get_mut(SCORE), score) {
            *cell = score;
        }
        writer.write_record(&cells)?;
    }
    writer.flush()
}

/// Place of the score among the columns.
const SCORE: usize = 5;

/// A cell that a spreadsheet would run gets an apostrophe, and so does one that begins with the like of it.
fn guarded(cell: &str) -> String {
    let run = cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    if run { format!("'{cell}") } else { cell.to_owned() }
}

/// The columns of [`COLUMNS`] as Parquet has them.
const FIELDS: &[Field] = &[
    Field::new("file", Kind::Text),
    Field::new("thread_id", Kind::Text),
    Field::new("id", Kind::Text),
    Field::nullable("parent_id", Kind::Text),
    Field::nullable("author", Kind::Text),
    Field::nullable("score", Kind::Whole),
    Field::nullable("created", Kind::Text),
    Field::nullable("age", Kind::Text),
    Field::nullable("subject", Kind::Text),
    Field::nullable("state", Kind::Text),
    Field::new("text", Kind::Text),
];

/// Bytes of a row group, about.
const GROUP: usize = 16 << 20;

fn parquet<'t>(rows: impl Iterator<Item = Row<'t>>, out: &mut (dyn Write + Send)) -> std::io::Result<()> {
    let mut writer = ParquetWriter::new(out, FIELDS)?;
    let mut table = Table::new(FIELDS);
    for row in rows {
        let mut cells = row.cells().map(Cell::from);
        cells[SCORE] = row.score.into();
        table.push(&cells);
        if table.size() > GROUP {
            writer.write(&std::mem::replace(&mut table, Table::new(FIELDS)))?;
        }
    }
    writer.write(&table)?;
    writer.finish().map(drop)
}
