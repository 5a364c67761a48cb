//! Rows of a Parquet file: those with `id` and `text` as they are, others by the readers of NDJSON.

use super::{Read1, Shape, Take, skipped};
use crate::bulk::{Input, Plan};
use crate::error::{Error, Result};
use crate::parse::{Dialect, FIELDS, Row, detect};
use crate::source::Source;
use crate::unpack::parquet::object;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row as Cells};
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rows that are held at once.
const BATCH: usize = 1024;

/// Reads a file from row `from` on.
pub(super) fn read(input: &Input, plan: &Plan, from: u64, take: &mut dyn Take) -> Result<()> {
    let failed = |message: String| Error::io(&input.path, io::Error::other(message));
    // The crate is not written for hostile bytes; a panic in it must not end the run.
    let opened = catch_unwind(|| {
        let reader = File::open(&input.path).map_err(|e| e.to_string())?;
        SerializedFileReader::new(reader).map_err(|e| e.to_string())
    });
    let reader = match opened.unwrap_or_else(|_| Err("broken Parquet".to_owned())) {
        Ok(reader) => reader,
        Err(message) => {
            take.watch().failed(failed(message));
            return Ok(());
        }
    };
    let bytes = std::fs::metadata(&input.path).map_or(0, |d| d.len());
    let total = reader.metadata().file_metadata().num_rows().max(1) as u64;
    let direct = is_direct(&reader, plan);
    let mut rows = match catch_unwind(AssertUnwindSafe(|| RowIter::from_file_into(Box::new(reader)))) {
        Ok(rows) => rows,
        Err(_) => {
            take.watch().failed(failed("broken Parquet".to_owned()));
            return Ok(());
        }
    };
    let (mut done, mut shape) = (0, None);
    loop {
        let batch = match next(&mut rows) {
            Ok(batch) if batch.is_empty() => return Ok(()),
            Ok(batch) => batch,
            Err(message) => {
                take.watch().failed(failed(message));
                return Ok(());
            }
        };
        let (start, size) = (done, batch.len() as u64);
        done += size;
        if done > from {
            let comments = if direct {
                give(input, plan, &batch, start, take)?
            } else {
                lines(input, plan, &batch, start, &mut shape, take)?
            };
            take.watch().advance(bytes * size / total, comments);
            take.pause(done, done)?;
        }
    }
}

fn next(rows: &mut RowIter<'static>) -> std::result::Result<Vec<Cells>, String> {
    let batch = catch_unwind(AssertUnwindSafe(|| rows.take(BATCH).collect::<std::result::Result<_, _>>()));
    batch.map_err(|_| "broken Parquet".to_owned())?.map_err(|e| format!("Parquet that cannot be read: {e}"))
}

/// True if the fields of a comment are columns, under their own or given names.
fn is_direct(reader: &SerializedFileReader<File>, plan: &Plan) -> bool {
    let schema = reader.metadata().file_metadata().schema();
    let has =
        |field| schema.get_fields().iter().any(|f| f.name() == plan.columns.get(field).unwrap_or(field));
    has("id") && has("text")
}

fn give(input: &Input, plan: &Plan, batch: &[Cells], start: u64, take: &mut dyn Take) -> Result<u64> {
    let name = input.path.display().to_string();
    let mut comments = 0;
    for (number, cells) in (start + 1..).zip(batch) {
        let row = row(input, plan, cells);
        let worded = row.text.is_some() || matches!(row.state.as_deref(), Some("removed" | "missing"));
        let lack = match (&row.id, worded) {
            (None, _) => "it has no `id`",
            (_, false) => "it has no `text`",
            _ => {
                comments += 1;
                take.row(row, number)?;
                continue;
            }
        };
        let message = format!("this row is not a comment: {lack}");
        take.watch().found(&[skipped(&name, number, 1, message)]);
    }
    Ok(comments)
}

fn row(input: &Input, plan: &Plan, cells: &Cells) -> Row {
    let mut row = Row::default();
    for (name, field) in cells.get_column_iter() {
        let is = |field: &&&str| plan.columns.get(field).unwrap_or(field) == name;
        let known = FIELDS.iter().find(is).copied().or((name == "file").then_some("file"));
        match known.unwrap_or(if name == "state" { "state" } else { "" }) {
            "id" => row.id = text(field),
            "text" => row.text = text(field),
            "parent_id" => row.parent_id = text(field),
            "thread_id" => row.thread_id = text(field),
            "author" => row.author = text(field),
            "score" => row.score = text(field).and_then(|t| t.parse().ok()),
            "created" => row.created = text(field),
            "subject" => row.subject = text(field),
            "state" => row.state = text(field),
            "file" => row.file = text(field),
            _ => {}
        }
    }
    row.thread_id.get_or_insert_with(|| input.name.clone());
    row.file.get_or_insert_with(|| input.name.clone());
    row
}

/// A cell as text; numbers as NDJSON would have them.
fn text(field: &Field) -> Option<String> {
    match field {
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        Field::Double(number) => Some(number.to_string()),
        Field::Float(number) => Some(number.to_string()),
        Field::Byte(n) => Some(n.to_string()),
        Field::Short(n) => Some(n.to_string()),
        Field::Int(n) => Some(n.to_string()),
        Field::Long(n) | Field::TimestampMillis(n) | Field::TimestampMicros(n) => Some(n.to_string()),
        Field::UByte(n) => Some(n.to_string()),
        Field::UShort(n) => Some(n.to_string()),
        Field::UInt(n) => Some(n.to_string()),
        Field::ULong(n) => Some(n.to_string()),
        _ => None,
    }
}

/// Rows of other columns, as a dump of Reddit has them, by way of NDJSON.
fn lines(
    input: &Input,
    plan: &Plan,
    batch: &[Cells],
    start: u64,
    shape: &mut Option<Shape>,
    take: &mut dyn Take,
) -> Result<u64> {
    let objects = batch.iter().filter_map(|cells| serde_json::to_string(&object(cells)).ok());
    let text: String = objects.map(|line| line + "\n").collect();
    if shape.is_none() {
        let found = detect(&Source::from_text(&input.name, text.clone())?);
        *shape = found.first().map(|d| Shape::Lines(d.dialect));
    }
    let dialect = match (plan.dialect, &shape) {
        (Some(dialect), _) => dialect,
        (None, Some(Shape::Lines(dialect))) if plan.columns.is_empty() => *dialect,
        _ => Dialect::Ndjson,
    };
    let name = input.path.display().to_string();
    Read1 { input, name, dialect, columns: &plan.columns }.block(start + 1, text.into_bytes(), take)
}
