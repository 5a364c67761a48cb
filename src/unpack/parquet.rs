//! Parquet in and out, by its row interface, so that no Arrow is needed. A row becomes a line of NDJSON.

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::record::{Field, Row};
use parquet::schema::parser::parse_message_type;
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::sync::Arc;

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

fn object(row: &Row) -> Map<String, Value> {
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

/// The cells of one column of a table.
pub(crate) enum Column {
    /// Texts.
    Text(Vec<Option<String>>),
    /// Numbers.
    Number(Vec<Option<f64>>),
}

/// Writes columns of equal length, packed with Zstandard.
pub(crate) fn write(out: impl Write + Send, columns: &[(&str, Column)]) -> io::Result<()> {
    let field = |(name, column): &(&str, Column)| match column {
        Column::Text(_) => format!("optional binary {name} (UTF8);"),
        Column::Number(_) => format!("optional double {name};"),
    };
    let fields: String = columns.iter().map(field).collect();
    let schema = parse_message_type(&format!("message comments {{ {fields} }}")).map_err(broken)?;
    let zstd = parquet::basic::Compression::ZSTD(parquet::basic::ZstdLevel::default());
    let properties =
        WriterProperties::builder().set_compression(zstd).set_created_by("threadstance".to_owned());
    let mut writer =
        SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties.build())).map_err(broken)?;
    let mut group = writer.next_row_group().map_err(broken)?;
    for (_, column) in columns {
        write_column(&mut group, column).map_err(broken)?;
    }
    group.close().map_err(broken)?;
    writer.close().map_err(broken)?;
    Ok(())
}

fn write_column<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    column: &Column,
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    match column {
        Column::Text(cells) => {
            let levels: Vec<i16> = cells.iter().map(|c| i16::from(c.is_some())).collect();
            let values: Vec<ByteArray> = cells.iter().flatten().map(|c| c.as_str().into()).collect();
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        }
        Column::Number(cells) => {
            let levels: Vec<i16> = cells.iter().map(|c| i16::from(c.is_some())).collect();
            let values: Vec<f64> = cells.iter().flatten().copied().collect();
            writer.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
        }
    }
    writer.close()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text = |cells: [Option<&str>; 2]| Column::Text(cells.map(|c| c.map(str::to_owned)).to_vec());
        let columns = [
            ("id", text([Some("1"), Some("2")])),
            ("text", text([Some("Grüße"), None])),
            ("score", Column::Number(vec![None, Some(3.0)])),
        ];
        let mut bytes = Vec::new();
        write(&mut bytes, &columns).unwrap();
        let lines = String::from_utf8(to_ndjson(bytes).unwrap()).unwrap();
        let expected = [r#"{"id":"1","score":null,"text":"Grüße"}"#, r#"{"id":"2","score":3.0,"text":null}"#];
        assert_eq!(lines.lines().collect::<Vec<_>>(), expected);
    }
}
