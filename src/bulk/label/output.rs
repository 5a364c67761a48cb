//! Labelled comments as Parquet or NDJSON, row by row.

use crate::bulk::ingest::unbuffered;
use crate::columns::{ParquetWriter, Table};
use crate::report::{LABELLED, Record, push_record, write_line};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// What labelled comments are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// Parquet with the columns of [`LABELLED`].
    Parquet,
    /// One JSON object a line.
    Json,
}

/// Bytes of a row group in memory.
const GROUP: usize = 8 << 20;

/// A file being written.
pub(super) enum Output {
    Parquet(Box<ParquetWriter<BufWriter<File>>>, Table),
    Json(BufWriter<File>),
}

impl OutputFormat {
    /// The ending of a file.
    pub fn ending(self) -> &'static str {
        match self {
            OutputFormat::Parquet => "parquet",
            OutputFormat::Json => "ndjson",
        }
    }

    pub(super) fn begin(self, file: File) -> io::Result<Output> {
        let file = BufWriter::new(file);
        Ok(match self {
            OutputFormat::Parquet => {
                Output::Parquet(Box::new(ParquetWriter::new(file, LABELLED)?), Table::new(LABELLED))
            }
            OutputFormat::Json => Output::Json(file),
        })
    }

    /// Puts files behind one another.
    pub(super) fn join(self, file: File, pieces: &[PathBuf]) -> io::Result<File> {
        let mut file = BufWriter::new(file);
        if self == OutputFormat::Json {
            for piece in pieces {
                io::copy(&mut File::open(piece)?, &mut file)?;
            }
            return unbuffered(file);
        }
        let mut writer = ParquetWriter::new(file, LABELLED)?;
        pieces.iter().try_for_each(|piece| writer.append(File::open(piece)?))?;
        unbuffered(writer.finish()?)
    }
}

impl Output {
    pub(super) fn push(&mut self, record: &Record<'_>) -> io::Result<()> {
        match self {
            Output::Json(file) => {
                let mut line = Vec::new();
                write_line(record, &mut line);
                file.write_all(&line)
            }
            Output::Parquet(writer, table) => {
                push_record(table, record);
                if table.size() < GROUP {
                    return Ok(());
                }
                writer.write(&std::mem::replace(table, Table::new(LABELLED)))
            }
        }
    }

    pub(super) fn finish(self) -> io::Result<File> {
        match self {
            Output::Json(file) => unbuffered(file),
            Output::Parquet(mut writer, table) => {
                writer.write(&table)?;
                unbuffered(writer.finish()?)
            }
        }
    }
}
