//! `labels.parquet`: the labelled comments as columns.

use super::columns::{LABELLED, push_record};
use super::record::Record;
use super::shorten::shorten;
use crate::columns::{ParquetWriter, Table};
use crate::error::{Error, Result};
use crate::label::Labelled;
use std::io::Write;

/// Bytes of a row group in memory, where rows are written as they come.
const GROUP: usize = 8 << 20;

/// The labelled comments with the fields of [`LABELLED`], as Parquet; words and quotations are cut to `limit` characters.
///
/// # Errors
/// [`Error::Io`] if the library refuses.
pub fn parquet(labelled: &[Labelled<'_>], limit: Option<usize>) -> Result<Vec<u8>> {
    let mut rows = ParquetRows::new(Vec::new(), limit)?;
    labelled.iter().for_each(|page| push(&mut rows.table, page, limit));
    rows.finish()
}

/// The labelled comments as Parquet, written thread by thread.
pub(super) struct ParquetRows<W: Write + Send> {
    writer: ParquetWriter<W>,
    table: Table,
    limit: Option<usize>,
}

impl<W: Write + Send> ParquetRows<W> {
    /// Begins a file; words and quotations are cut to `limit` characters.
    ///
    /// # Errors
    /// [`Error::Io`] if `out` or the library refuses.
    pub fn new(out: W, limit: Option<usize>) -> Result<Self> {
        let writer = ParquetWriter::new(out, LABELLED).map_err(failed)?;
        Ok(ParquetRows { writer, table: Table::new(LABELLED), limit })
    }

    /// Adds the labelled comments of a thread, in page order.
    ///
    /// # Errors
    /// As [`ParquetRows::new`].
    pub fn add(&mut self, page: &Labelled<'_>) -> Result<()> {
        push(&mut self.table, page, self.limit);
        if self.table.size() < GROUP {
            return Ok(());
        }
        self.writer.write(&std::mem::replace(&mut self.table, Table::new(LABELLED))).map_err(failed)
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    /// As [`ParquetRows::new`].
    pub fn finish(mut self) -> Result<W> {
        self.writer.write(&self.table).map_err(failed)?;
        self.writer.finish().map_err(failed)
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::io("labels.parquet", error)
}

fn push(table: &mut Table, page: &Labelled<'_>, limit: Option<usize>) {
    let cut = |text: &str| limit.map_or_else(|| text.to_owned(), |limit| shorten(text, limit));
    for (id, label) in page.labels() {
        let quotes: Vec<String> = label.evidence.iter().map(|e| cut(&e.quote)).collect();
        let Some(mut record) = Record::new(page, id) else { continue };
        record.text = cut(&record.text).into();
        record.evidence.iter_mut().zip(&quotes).for_each(|(e, quote)| e.quote = quote);
        push_record(table, &record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;

    #[test]
    fn labels_come_back() {
        let sample = small();
        let bytes = parquet(&sample.labelled(), Some(8)).unwrap();
        let lines = crate::unpack::parquet::to_ndjson(bytes).unwrap();
        let text = String::from_utf8(lines).unwrap();
        assert_eq!(text.lines().count(), 6);
        assert!(
            text.contains(r#""stance":"deny""#) && text.contains("They…") && !text.contains("the ledger")
        );
    }
}
