//! Parquet in, by its row interface, so that no Arrow is needed. A row becomes a line of NDJSON.

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Map, Value, json};
use std::io;

/// The rows of a Parquet file, a JSON object a line. Nested columns are passed over.
pub(crate) fn to_ndjson(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    // The crate is not written for hostile bytes; a panic in it must not end the run.
    let read = std::panic::catch_unwind(move || rows(bytes));
    read.unwrap_or_else(|_| Err(io::Error::other("broken Parquet")))
}

fn rows(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(broken)?;
    let mut out = Vec::new();
    for row in reader.get_row_iter(None).map_err(broken)? {
        serde_json::to_writer(&mut out, &object(&row.map_err(broken)?))?;
        out.push(b'\n');
    }
    Ok(out)
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(format!("Parquet that cannot be read: {error}"))
}

/// A row as a JSON object. Nested columns are passed over.
pub(crate) fn object(row: &Row) -> Map<String, Value> {
    let cell = |(name, field): (&String, &Field)| Some((name.clone(), value(field)?));
    row.get_column_iter().filter_map(cell).collect()
}

fn value(field: &Field) -> Option<Value> {
    Some(match field {
        Field::Null => Value::Null,
        Field::Bool(b) => json!(b),
        Field::Byte(n) => json!(n),
        Field::Short(n) => json!(n),
        Field::Int(n) | Field::Date(n) => json!(n),
        Field::Long(n) | Field::TimestampMillis(n) | Field::TimestampMicros(n) => json!(n),
        Field::UByte(n) => json!(n),
        Field::UShort(n) => json!(n),
        Field::UInt(n) => json!(n),
        Field::ULong(n) => json!(n),
        Field::Float(n) => json!(n),
        Field::Double(n) => json!(n),
        Field::Str(text) => json!(text),
        Field::Bytes(bytes) => json!(String::from_utf8_lossy(bytes.data())),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::to_ndjson;
    use crate::columns::{Cell, Field, Kind, ParquetWriter, Table};

    #[test]
    fn what_is_written_is_read_again() {
        const FIELDS: &[Field] = &[
            Field::new("id", Kind::Text),
            Field::nullable("text", Kind::Text),
            Field::nullable("score", Kind::Whole),
        ];
        let mut table = Table::new(FIELDS);
        table.push(&[Cell::Text("1"), Cell::Text("Grüße"), Cell::Null]);
        table.push(&[Cell::Text("2"), Cell::Null, Cell::Whole(3)]);
        let mut writer = ParquetWriter::new(Vec::new(), FIELDS).unwrap();
        writer.write(&table).unwrap();
        let lines = String::from_utf8(to_ndjson(writer.finish().unwrap()).unwrap()).unwrap();
        let expected = [r#"{"id":"1","score":null,"text":"Grüße"}"#, r#"{"id":"2","score":3,"text":null}"#];
        assert_eq!(lines.lines().collect::<Vec<_>>(), expected);
    }
}
