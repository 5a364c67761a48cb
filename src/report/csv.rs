//! `labels.csv`: one row a labelled comment, after RFC 4180, safe to open in a spreadsheet.

use super::record::Record;
use super::shorten::shorten;
use crate::error::{Error, Result};
use crate::label::Labelled;
use crate::thread::CommentId;
use crate::visible::visible;
use std::borrow::Cow;
use std::io::Write;

/// The columns, in order.
pub const COLUMNS: [&str; 24] = [
    "file",
    "outlet",
    "title",
    "date",
    "thread_id",
    "path",
    "id",
    "parent_id",
    "depth",
    "author",
    "score",
    "stance",
    "p_support",
    "p_deny",
    "p_query",
    "p_comment",
    "confidence",
    "unsure",
    "sentiment",
    "sentiment_score",
    "aspects",
    "rules",
    "evidence",
    "text",
];

/// The table of labels: threads in order, comments in page order, `depth` from 1, aspects and rules joined by `; `,
/// evidence by ` | `. Cells of words are guarded by [`guard`]; numbers are plain.
///
/// # Errors
/// [`Error::Io`] if writing into memory fails.
pub fn csv<'t>(labelled: impl IntoIterator<Item = &'t Labelled<'t>>) -> Result<String> {
    csv_limited(labelled, None)
}

/// As [`csv()`], with the words and each quotation cut to at most `limit` characters.
///
/// # Errors
/// As [`csv()`].
pub fn csv_limited<'t>(
    labelled: impl IntoIterator<Item = &'t Labelled<'t>>,
    limit: Option<usize>,
) -> Result<String> {
    let mut rows = CsvRows::new(Vec::new(), limit)?;
    labelled.into_iter().try_for_each(|page| rows.add(page))?;
    String::from_utf8(rows.finish()?).map_err(|e| failed(std::io::Error::other(e)))
}

/// The table of labels, written thread by thread.
pub struct CsvRows<W: Write> {
    writer: csv::Writer<W>,
    limit: Option<usize>,
}

impl<W: Write> CsvRows<W> {
    /// Begins a table with its line of names; words and quotations are cut to `limit` characters.
    ///
    /// # Errors
    /// [`Error::Io`] if `out` refuses.
    pub fn new(out: W, limit: Option<usize>) -> Result<Self> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(COLUMNS).map_err(|e| failed(e.into()))?;
        Ok(CsvRows { writer, limit })
    }

    /// Adds the labelled comments of a thread, in page order.
    ///
    /// # Errors
    /// As [`CsvRows::new`].
    pub fn add(&mut self, page: &Labelled<'_>) -> Result<()> {
        for (id, _) in page.labels() {
            if let Some(cells) = row(page, id, self.limit) {
                self.writer.write_record(&cells).map_err(|e| failed(e.into()))?;
            }
        }
        Ok(())
    }

    /// Gives back what it was written to.
    ///
    /// # Errors
    /// As [`CsvRows::new`].
    pub fn finish(self) -> Result<W> {
        self.writer.into_inner().map_err(|e| failed(e.into_error()))
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::io("labels.csv", error)
}

/// Puts an apostrophe before words that a spreadsheet would run: those with `=`, `+`, `-`, `@`, tab or CR first, and
/// those that only apostrophes keep from being so, so that [`unguard`] is its exact inverse.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if would_run(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Takes the apostrophe of [`guard`] off again; other cells stay as they are.
pub fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| would_run(rest)).unwrap_or(cell)
}

fn would_run(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn row(page: &Labelled<'_>, id: CommentId, limit: Option<usize>) -> Option<Vec<String>> {
    let cut = |text: &str| limit.map_or_else(|| text.to_owned(), |limit| shorten(text, limit));
    let record = Record::new(page, id)?;
    let origin = &page.thread.origin;
    let words = |cell: &str| guard(&harmless(cell)).into_owned();
    let maybe = |cell: Option<&str>| words(cell.unwrap_or_default());
    let joined = |parts: Vec<&str>, by: &str| words(&parts.join(by));
    let p = &record.probabilities;
    Some(vec![
        words(record.file),
        maybe(origin.outlet.as_deref()),
        maybe(origin.title.as_deref()),
        maybe(origin.date.as_deref()),
        words(record.thread_id),
        words(&record.path),
        words(&record.id),
        maybe(record.parent_id.as_deref()),
        (page.thread.depth(id) + 1).to_string(),
        maybe(record.author.as_deref()),
        record.score.map(|s| s.to_string()).unwrap_or_default(),
        record.stance.to_string(),
        number(p.support),
        number(p.deny),
        number(p.query),
        number(p.comment),
        number(record.confidence),
        record.unsure.to_string(),
        record.sentiment.to_string(),
        number(record.sentiment_score),
        joined(record.aspects.iter().map(|a| a.as_str()).collect(), "; "),
        joined(record.evidence.iter().map(|e| e.rule).collect(), "; "),
        words(&record.evidence.iter().map(|e| cut(e.quote)).collect::<Vec<_>>().join(" | ")),
        words(&cut(&record.text)),
    ])
}

/// Control characters that a terminal would obey are shown; line ends and tabs stay.
fn harmless(cell: &str) -> String {
    let kept =
        |line: &str| line.split('\t').map(|part| visible(part).into_owned()).collect::<Vec<_>>().join("\t");
    cell.replace('\r', "").split('\n').map(kept).collect::<Vec<_>>().join("\n")
}

fn number(x: f64) -> String {
    format!("{x:.4}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;

    #[test]
    fn the_guard_has_an_inverse() {
        for cell in
            ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "'=x", "''-", "'quoted'", "plain", "", "'", "1-2"]
        {
            assert_eq!(unguard(&guard(cell)), cell);
            assert!(!guard(cell).starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
        assert_eq!(guard("'quoted'"), "'quoted'");
    }

    #[test]
    fn rows_read_back() {
        let sample = small();
        let table = csv(&sample.labelled()).unwrap();
        assert!(table.starts_with("file,outlet,title,") && table.contains("\r\n"));
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
        assert_eq!(rows.len(), 6);
        let cell = |row: usize, name: &str| {
            let at = COLUMNS.iter().position(|c| *c == name).unwrap();
            rows[row].get(at).unwrap().to_owned()
        };
        assert_eq!(cell(0, "text"), "They did steal it,\nthe ledger shows that.");
        assert_eq!(cell(0, "sentiment_score"), "-0.4124");
        assert_eq!(cell(0, "rules"), "deed.asserted; evidence.cited");
        assert_eq!(cell(0, "evidence"), "did steal it | ledger shows");
        assert_eq!(cell(1, "text"), "'=Nonsense | <b>a smear</b>");
        assert_eq!(unguard(&cell(1, "text")), "=Nonsense | <b>a smear</b>");
        assert_eq!((cell(1, "depth"), cell(2, "score")), ("2".to_owned(), String::new()));
    }
}
