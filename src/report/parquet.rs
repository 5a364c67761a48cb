//! `labels.parquet`: the labelled comments as columns.

use super::columns::{LABELLED, push_record};
use super::record::Record;
use super::shorten::shorten;
use crate::columns::{ParquetWriter, Table};
use crate::error::{Error, Result};
use crate::label::Labelled;

/// The labelled comments with the fields of [`LABELLED`], as Parquet; words and quotations are cut to `limit` characters.
///
/// # Errors
/// [`Error::Io`] if the library refuses.
pub fn parquet(labelled: &[Labelled<'_>], limit: Option<usize>) -> Result<Vec<u8>> {
    let failed = |e: std::io::Error| Error::io("labels.parquet", e);
    let cut = |text: &str| limit.map_or_else(|| text.to_owned(), |limit| shorten(text, limit));
    let mut table = Table::new(LABELLED);
    for page in labelled {
        for (id, label) in page.labels() {
            let quotes: Vec<String> = label.evidence.iter().map(|e| cut(&e.quote)).collect();
            let Some(mut record) = Record::new(page, id) else { continue };
            record.text = cut(&record.text).into();
            record.evidence.iter_mut().zip(&quotes).for_each(|(e, quote)| e.quote = quote);
            push_record(&mut table, &record);
        }
    }
    let mut writer = ParquetWriter::new(Vec::new(), LABELLED).map_err(failed)?;
    writer.write(&table).map_err(failed)?;
    writer.finish().map_err(failed)
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
