//! Tables of coders and of gold: CSV is turned into JSONL, so that there is one reader.

use crate::error::{Error, Result};
use crate::source::Source;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The rows of a source as JSONL, each in the line it stands in: JSONL as it is; CSV with the first line as keys, commas,
/// semicolons or tabs between the cells. Empty cells are left out, `…accepted` is a list with semicolons between, and
/// `profile` is JSON. A byte order mark and CRLF are fine; an apostrophe before what a spreadsheet would run is taken off.
///
/// # Errors
/// [`Error::Data`] with the line of a row that has more cells than the first line, or a `profile` that is not JSON.
pub fn rows(source: &Source) -> Result<Cow<'_, Source>> {
    let text = source.as_str().trim_start_matches('\u{FEFF}');
    if text.trim_start().starts_with(['{', '[']) || text.trim().is_empty() {
        return Ok(Cow::Borrowed(source));
    }
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let keys: Vec<String> = headers(source, &mut reader)?;
    let mut out = String::new();
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let mut line = 1;
    for record in reader.records() {
        let record = record.map_err(|e| mistake(source, line, &e.to_string()))?;
        let at = lines.of(&record).max(line);
        out.extend((line..at).map(|_| '\n'));
        let object = object(source, at, &keys, &record)?;
        out += &Value::Object(object).to_string();
        out.push('\n');
        line = at + 1;
    }
    Ok(Cow::Owned(Source::from_text(source.name(), out)?))
}

/// Counts the lines up to a record, from 1. The reader's own count is one short after CRLF.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, record: &csv::StringRecord) -> u64 {
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let ends = self.text.iter().skip(start).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let passed = self.text.get(self.at..start + ends).unwrap_or_default();
        self.line += passed.iter().filter(|b| **b == b'\n').count() as u64;
        self.at = start + ends;
        self.line
    }
}

fn headers(source: &Source, reader: &mut csv::Reader<&[u8]>) -> Result<Vec<String>> {
    let keys = reader.headers().map_err(|e| mistake(source, 1, &e.to_string()))?;
    let keys: Vec<String> = keys.iter().map(|k| k.trim().to_owned()).collect();
    if keys.iter().any(|k| k == "id") {
        return Ok(keys);
    }
    Err(mistake(source, 1, "neither JSON objects nor a table with a column `id`"))
}

/// The mark that stands most often in the first line.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| first.bytes().filter(|b| b == mark).count();
    b";\t,".iter().copied().max_by_key(count).unwrap_or(b',')
}

fn object(
    source: &Source,
    line: u64,
    keys: &[String],
    record: &csv::StringRecord,
) -> Result<Map<String, Value>> {
    let mut out = Map::new();
    for (i, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
        let key = keys.get(i).ok_or_else(|| mistake(source, line, "more cells than the first line"))?;
        let cell = unguard(cell);
        let value = match key.as_str() {
            "profile" => {
                serde_json::from_str(cell).map_err(|e| mistake(source, line, &format!("its profile: {e}")))?
            }
            key if key.ends_with("accepted") => cell.split(';').map(|a| Value::from(a.trim())).collect(),
            _ => Value::from(cell),
        };
        out.insert(key.clone(), value);
    }
    Ok(out)
}

/// The inverse of the apostrophe that our tables put before `= + - @`, tab and CR.
fn unguard(cell: &str) -> &str {
    let runs = |rest: &&str| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    cell.strip_prefix('\'').filter(runs).unwrap_or(cell)
}

fn mistake(source: &Source, line: u64, message: &str) -> Error {
    let start = source.lines().nth(line.saturating_sub(1) as usize).map_or(0, |l| l.span.start);
    Error::data(
        source,
        start,
        message,
        "give JSONL, or CSV whose first line names the columns: id, label and others",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String> {
        let source = Source::from_text("t.csv", text.to_owned()).unwrap();
        rows(&source).map(|s| s.as_str().to_owned())
    }

    #[test]
    fn cells_become_values_in_their_line() {
        let text =
            "\u{FEFF}id,text,label,accepted\r\n1,\"two\nlines, '=x\",deny,query; comment\r\n2,'=x,,\r\n";
        let expected = "\n{\"accepted\":[\"query\",\"comment\"],\"id\":\"1\",\"label\":\"deny\",\"text\":\"two\\nlines, '=x\"}\n\n{\"id\":\"2\",\"text\":\"=x\"}\n";
        assert_eq!(read(text).unwrap(), expected);
    }

    #[test]
    fn marks_between_cells_are_found() {
        assert_eq!(read("id;label\n1;a,b\n").unwrap(), "\n{\"id\":\"1\",\"label\":\"a,b\"}\n");
        assert_eq!(read("id\tlabel\n1\tdeny\n").unwrap(), "\n{\"id\":\"1\",\"label\":\"deny\"}\n");
        assert_eq!(read("{\"id\": 1}\n").unwrap(), "{\"id\": 1}\n");
        assert_eq!(read("").unwrap(), "");
    }

    #[test]
    fn mistakes_are_placed() {
        assert!(
            read("id,label\n1,deny\n2,deny,x\n")
                .unwrap_err()
                .to_string()
                .starts_with("t.csv:3:1: more cells")
        );
        assert!(read("name\nx\n").unwrap_err().to_string().contains("nor a table with a column `id`"));
        assert!(read("id,profile\n1,{\n").unwrap_err().to_string().starts_with("t.csv:2:1: its profile"));
    }
}
