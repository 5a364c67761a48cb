//! Columns as Parquet, written by the column writers of the crate, so that no Arrow is needed.

use super::{Column, Field, Kind, Table, Texts};
use bytes::Bytes;
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes tables of the same fields into one Parquet file, packed with Zstandard; each table is a row group.
pub struct ParquetWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// What the file system or the library says.
    pub fn new(out: W, fields: &[Field]) -> io::Result<Self> {
        let schema = parse_message_type(&message(fields)).map_err(broken)?;
        let zstd = Compression::ZSTD(ZstdLevel::default());
        let properties =
            WriterProperties::builder().set_compression(zstd).set_created_by("threadstance".to_owned());
        let properties = Arc::new(properties.build());
        let writer = SerializedFileWriter::new(out, Arc::new(schema), properties).map_err(broken)?;
        Ok(ParquetWriter { writer })
    }

    /// Writes a table as a row group; one without rows is left out.
    ///
    /// # Errors
    /// As [`ParquetWriter::new`].
    pub fn write(&mut self, table: &Table) -> io::Result<()> {
        if table.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group().map_err(broken)?;
        for (field, column) in table.fields().iter().zip(table.columns()) {
            write(&mut group, column, field.nullable, None).map_err(broken)?;
        }
        group.close().map_err(broken)?;
        Ok(())
    }

    /// Adds the row groups of a file of the same fields as they are.
    ///
    /// # Errors
    /// As [`ParquetWriter::new`].
    pub fn append(&mut self, file: File) -> io::Result<()> {
        let reader = SerializedFileReader::new(file.try_clone()?).map_err(broken)?;
        for rows in reader.metadata().row_groups() {
            let mut group = self.writer.next_row_group().map_err(broken)?;
            for column in rows.columns() {
                let copied = ColumnCloseResult {
                    bytes_written: column.compressed_size() as u64,
                    rows_written: rows.num_rows() as u64,
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                group.append_column(&file, copied).map_err(broken)?;
            }
            group.close().map_err(broken)?;
        }
        Ok(())
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    /// As [`ParquetWriter::new`].
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(broken)
    }
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(format!("Parquet cannot be written: {error}"))
}

fn message(fields: &[Field]) -> String {
    let mut text = "message comments { ".to_owned();
    fields.iter().for_each(|f| declare(&mut text, f.name, f.kind, f.nullable));
    text + "}"
}

/// Writes the declaration of a field. A `String` takes all that is written to it.
fn declare(text: &mut String, name: &str, kind: Kind, nullable: bool) {
    let need = if nullable { "optional" } else { "required" };
    let _ = match kind {
        Kind::Text => write!(text, "{need} binary {name} (UTF8); "),
        Kind::Whole => write!(text, "{need} int64 {name}; "),
        Kind::Real => write!(text, "{need} double {name}; "),
        Kind::Flag => write!(text, "{need} boolean {name}; "),
        Kind::Struct(fields) => {
            let _ = write!(text, "required group {name} {{ ");
            fields.iter().for_each(|f| declare(text, f.name, f.kind, f.nullable));
            write!(text, "}} ")
        }
        Kind::List(kind) => {
            let _ = write!(text, "required group {name} (LIST) {{ repeated group list {{ ");
            declare(text, "element", *kind, false);
            write!(text, "}} }} ")
        }
    };
}

/// Writes the leaves of a column. `ends` are those of the list around it.
fn write<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    column: &Column,
    nullable: bool,
    ends: Option<&[usize]>,
) -> Result<(), ParquetError> {
    match column {
        Column::Struct(columns) => columns.iter().try_for_each(|c| write(group, c, false, ends)),
        Column::List { ends, items } => write(group, items, false, Some(ends)),
        Column::Text(texts) => {
            let levels = Levels::new(nullable.then_some(texts.present.as_slice()), ends);
            leaf::<ByteArrayType, W>(group, &cells(texts, nullable), &levels)
        }
        Column::Whole(numbers) => {
            let present: Vec<bool> = numbers.iter().map(Option::is_some).collect();
            let levels = Levels::new(nullable.then_some(present.as_slice()), ends);
            let kept = numbers.iter().filter(|n| !nullable || n.is_some());
            let values: Vec<i64> = kept.map(|n| n.unwrap_or_default()).collect();
            leaf::<Int64Type, W>(group, &values, &levels)
        }
        Column::Real(numbers) => leaf::<DoubleType, W>(group, numbers, &Levels::new(None, ends)),
        Column::Flag(flags) => leaf::<BoolType, W>(group, flags, &Levels::new(None, ends)),
    }
}

fn leaf<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: &Levels,
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    writer.typed::<T>().write_batch(values, levels.definition.as_deref(), levels.repetition.as_deref())?;
    writer.close()
}

/// Slices of the column's one string, so that nothing is copied twice.
fn cells(texts: &Texts, nullable: bool) -> Vec<ByteArray> {
    let bytes = Bytes::from(texts.bytes.clone());
    let starts = std::iter::once(0).chain(texts.ends.iter().copied());
    let spans = starts.zip(&texts.ends).zip(&texts.present);
    spans.filter(|(_, p)| !nullable || **p).map(|((s, e), _)| bytes.slice(s..*e).into()).collect()
}

/// Parquet's levels: which cells are there, and which begin a row.
struct Levels {
    definition: Option<Vec<i16>>,
    repetition: Option<Vec<i16>>,
}

impl Levels {
    fn new(present: Option<&[bool]>, ends: Option<&[usize]>) -> Self {
        let Some(ends) = ends else {
            let definition = present.map(|p| p.iter().map(|p| i16::from(*p)).collect());
            return Levels { definition, repetition: None };
        };
        let (mut definition, mut repetition, mut start) = (Vec::new(), Vec::new(), 0);
        for end in ends {
            definition.push(i16::from(*end > start));
            repetition.push(0);
            for _ in (start + 1)..*end {
                definition.push(1);
                repetition.push(1);
            }
            start = *end;
        }
        Levels { definition: Some(definition), repetition: Some(repetition) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Cell;

    const PIECE: &[Field] = &[Field::new("rule", Kind::Text), Field::new("start", Kind::Whole)];
    const FIELDS: &[Field] = &[
        Field::new("id", Kind::Text),
        Field::nullable("score", Kind::Whole),
        Field::nullable("author", Kind::Text),
        Field::new("sure", Kind::Flag),
        Field::new("p", Kind::Struct(&[Field::new("deny", Kind::Real)])),
        Field::new("aspects", Kind::List(&Kind::Text)),
        Field::new("evidence", Kind::List(&Kind::Struct(PIECE))),
    ];

    #[test]
    fn what_is_written_is_read_again() {
        let piece = |rule, start| Cell::Many(vec![Cell::Text(rule), Cell::Whole(start)]);
        let many = |cells: &[Cell<'static>]| Cell::Many(cells.to_vec());
        let mut table = Table::new(FIELDS);
        let p = many(&[Cell::Real(0.5)]);
        let (none, two) = (many(&[]), many(&[piece("a", 1), piece("b", 2)]));
        table.push(&[
            Cell::Text("1"),
            Cell::Null,
            Cell::Text("Grüße"),
            Cell::Flag(true),
            p.clone(),
            none.clone(),
            two,
        ]);
        let aspects = many(&[Cell::Text("x"), Cell::Text("y")]);
        table.push(&[Cell::Text("2"), Cell::Whole(-3), Cell::Null, Cell::Flag(false), p, aspects, none]);
        let mut writer = ParquetWriter::new(Vec::new(), FIELDS).unwrap();
        writer.write(&table).unwrap();
        writer.write(&Table::new(FIELDS)).unwrap();
        let bytes = Bytes::from(writer.finish().unwrap());
        let reader = SerializedFileReader::new(bytes).unwrap();
        assert_eq!(reader.num_row_groups(), 1);
        let rows: Vec<String> = reader.get_row_iter(None).unwrap().map(|r| r.unwrap().to_string()).collect();
        let expected = [
            r#"{id: "1", score: null, author: "Grüße", sure: true, p: {deny: 0.5}, aspects: [], evidence: [{rule: "a", start: 1}, {rule: "b", start: 2}]}"#,
            r#"{id: "2", score: -3, author: null, sure: false, p: {deny: 0.5}, aspects: ["x", "y"], evidence: []}"#,
        ];
        assert_eq!(rows, expected);
    }
}
