//! CSV, and the columns that a table or NDJSON may use.
//!
//! ```csv
//! id,parent_id,author,text
//! 1,,ada,As ever.
//! 2,1,otto,"No, not on ""Sundays""."
//! ```
//! The first line names the columns; semicolons or tabs may stand between the cells too. Usual names are understood (`body`, `comment` and `content` for `text`, `user` for
//! `author` …); others are given with `--map text=COLUMN,author=COLUMN`. Without ids the rows are numbered. An apostrophe
//! before `=`, `+`, `-`, `@`, a tab or a carriage return, which keeps spreadsheets from running a cell, is taken off.

use super::build::{Build, Item, kept};
use crate::diagnostic::Code;
use crate::error::{Error, Result};
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::source::{Source, Span};
use std::collections::BTreeMap;
use std::str::FromStr;

/// The fields of a comment that a column can give.
pub const FIELDS: [&str; 9] =
    ["id", "text", "parent_id", "thread_id", "author", "score", "created", "subject", "state"];

/// Which column gives which field, as `text=body,author=user`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<String, String>);

impl Columns {
    /// The column given for a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// True if none was given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let pairs: Vec<String> = self.0.iter().map(|(field, column)| format!("{field}={column}")).collect();
        f.pad(&pairs.join(","))
    }
}

impl FromStr for Columns {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unknown = |name: &str| {
            let help = format!("write FIELD=COLUMN with one of the fields {}", FIELDS.join(", "));
            Error::Unknown { what: "field", name: name.to_owned(), help }
        };
        let pair = |pair: &str| {
            let (field, column) = pair.split_once('=').ok_or_else(|| unknown(pair))?;
            let (field, column) = (field.trim().to_owned(), column.trim().to_owned());
            FIELDS.contains(&field.as_str()).then_some((field.clone(), column)).ok_or_else(|| unknown(&field))
        };
        text.split(',').map(pair).collect::<Result<_>>().map(Columns)
    }
}

/// Usual names of columns, in lower case, for each field.
fn usual(field: &str) -> &'static [&'static str] {
    match field {
        "id" => &["id", "comment_id", "commentid"],
        "text" => &["text", "body", "comment", "content", "comment_text", "message", "words"],
        "parent_id" => &["parent_id", "parent", "reply_to", "in_reply_to", "parentid"],
        "thread_id" => &["thread_id", "thread", "conversation_id", "post_id", "link_id", "article_id"],
        "author" => &["author", "user", "username", "name", "speaker", "user_name"],
        "score" => &["score", "likes", "votes", "ups", "points"],
        "created" => &["created", "created_at", "created_utc", "date", "timestamp", "time"],
        "subject" => &["subject", "title"],
        "state" => &["state"],
        _ => &[],
    }
}

/// How well CSV fits: by its name, or by a first line that names a column of words.
pub(crate) fn fit(source: &Source) -> (u32, String) {
    let first = source.lines().next().map(|l| l.text).unwrap_or_default();
    let name = source.name().to_lowercase();
    let named = name.ends_with(".csv") || name.ends_with(".tsv");
    let mark = mark(first, &Columns::default());
    let names = names(first, mark);
    let has = |field: &str| names.iter().any(|n| usual(field).contains(&n.as_str()));
    let header = first.len() <= 2_000 && names.len() >= 2 && has("text") && (has("id") || has("author"));
    // A sentence may hold a semicolon; the rows of a table do.
    let header = header && (mark == ',' || source.lines().nth(1).is_none_or(|l| l.text.contains(mark)));
    match (named, header) {
        (true, true) => (95, "named like CSV, with a column of words".to_owned()),
        (true, false) => (70, "named like CSV".to_owned()),
        (false, true) => (65, "a first line that names columns".to_owned()),
        (false, false) => (0, "no first line that names columns".to_owned()),
    }
}

/// What stands between the cells: of comma, semicolon and tab the one by which the first line names most fields. What stands
/// in quotation marks parts nothing.
fn mark(first: &str, columns: &Columns) -> char {
    let parts = |mark: &char| first.split('"').step_by(2).any(|plain| plain.contains(*mark));
    let known = |mark: &char| places(&names(first, *mark), columns).len();
    ['\t', ';', ','].into_iter().filter(parts).max_by_key(known).unwrap_or(',')
}

fn names(first: &str, mark: char) -> Vec<String> {
    first.split(mark).map(|cell| cell.trim_matches(['"', ' ']).to_lowercase()).collect()
}

/// Reads CSV.
///
/// # Errors
/// [`Error::Data`] if no column gives the words.
pub(crate) fn read(source: &Source, columns: &Columns) -> Result<Parsed> {
    let mut build = Build::new(source);
    let text = source.as_str().trim_start_matches('\u{FEFF}');
    let offset = source.as_str().len() - text.len();
    let mark = mark(text.lines().next().unwrap_or_default(), columns);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(mark as u8).from_reader(text.as_bytes());
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(|n| n.trim().to_lowercase()).collect(),
        Err(_) => Vec::new(),
    };
    let places = places(&names, columns);
    if !places.contains_key("text") {
        let message = "no column gives the words of comments";
        return Err(Error::data(source, 0, message, "name it, for example `--map text=COLUMN`"));
    }
    let mut last = None;
    for (number, row) in reader.records().enumerate() {
        match row {
            Ok(row) => {
                let start = row.position().map_or(0, |p| p.byte() as usize + offset) as u32;
                let cell = |field: &str| {
                    places.get(field).and_then(|i| row.get(*i)).map(unguarded).filter(|c| !c.is_empty())
                };
                let span = Span::new(start, start + 1);
                if let Some(message) = overlong(&row, names.len(), mark) {
                    build.events.warn(source, span, Code::Ambiguous, message, QUOTED);
                }
                add(&mut build, &cell, number + 1, span);
                last = Some((row, span));
            }
            Err(error) => {
                let message = format!("this row cannot be read: {error}");
                build.events.warn(source, Span::new(0, 0), Code::LineSkipped, message, "it was left out");
            }
        }
    }
    if let Some((row, span)) = last
        && source.as_str().get(span.start as usize..).is_some_and(|text| is_open(&row, text))
    {
        let message =
            "a quotation mark in this row is never closed: the lines after it are taken as its words";
        build.events.warn(source, span, Code::Ambiguous, message.to_owned(), QUOTED);
    }
    Ok(build.finish(Dialect::Csv))
}

const QUOTED: &str = "put words with commas or quotation marks into quotation marks, each inside doubled";

/// A row with cells that no column names.
fn overlong(row: &csv::StringRecord, columns: usize, mark: char) -> Option<String> {
    let beyond = row.iter().skip(columns).any(|cell| !cell.is_empty());
    let mark = match mark {
        ',' => "comma",
        ';' => "semicolon",
        _ => "tab",
    };
    let told = format!("a {mark} outside quotation marks cuts the words");
    beyond.then(|| format!("this row has {} cells, the first line names {columns}: {told}", row.len()))
}

/// The last row goes on over lines because a quotation mark is never closed; `text` is the file from there on.
fn is_open(last: &csv::StringRecord, text: &str) -> bool {
    last.iter().any(|cell| cell.trim_end().contains('\n'))
        && text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}

/// The place of the column of each field.
fn places(names: &[String], columns: &Columns) -> BTreeMap<&'static str, usize> {
    let place = |field: &&'static str| {
        let at = match columns.get(field) {
            Some(column) => names.iter().position(|n| *n == column.to_lowercase()),
            None => usual(field).iter().find_map(|u| names.iter().position(|n| n == u)),
        };
        Some((*field, at?))
    };
    FIELDS.iter().filter_map(place).collect()
}

/// A cell without the apostrophe that keeps spreadsheets from running it.
fn unguarded(cell: &str) -> &str {
    let run = |rest: &&str| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    cell.strip_prefix('\'').filter(run).unwrap_or(cell)
}

/// Adds a comment from named cells; shared with NDJSON whose keys are mapped.
pub(crate) fn add<'c>(
    build: &mut Build<'_>,
    cell: &dyn Fn(&str) -> Option<&'c str>,
    number: usize,
    span: Span,
) {
    let id = cell("id").map_or_else(|| number.to_string(), str::to_owned);
    let owned = |field: &str| cell(field).map(str::to_owned);
    let (parent, thread) = (owned("parent_id"), owned("thread_id"));
    if cell("state") == Some("missing") {
        return build.gap(id, parent, thread, span);
    }
    let words = kept(cell("text").unwrap_or_default()).filter(|_| cell("state") != Some("removed"));
    let item = Item {
        id,
        parent,
        thread,
        author: owned("author"),
        score: cell("score").and_then(|s| s.parse::<f64>().ok()).map(|s| s.round() as i64),
        created: owned("created"),
        subject: owned("subject"),
        words,
        ..Item::default()
    };
    build.add(item, span);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(csv: &str) -> Vec<String> {
        let source = Source::from_text("a.csv", csv.to_owned()).unwrap();
        let parsed = read(&source, &Columns::default()).unwrap();
        let told = |d: &crate::diagnostic::Diagnostic| {
            format!("{}:{} {} {}", d.line, d.column, d.code.as_str(), d.message)
        };
        parsed.diagnostics.iter().map(told).collect()
    }

    #[test]
    fn rows_that_lose_words_are_told() {
        let cut = found("id,text\n1,They did it\n2,They stole it, and nobody doubts it\n");
        assert_eq!(cut.len(), 1);
        assert!(cut[0].starts_with("3:1 P06 this row has 3 cells"), "{}", cut[0]);
        let open = found("id,text\n1,They did it\n2,\"open\n3,swallowed\n4,swallowed\n");
        assert_eq!(open.len(), 1);
        assert!(open[0].starts_with("3:1 P06 a quotation mark"), "{}", open[0]);
    }

    #[test]
    fn semicolons_and_tabs_part_cells_too() {
        let tree = |table: &str, map: &str| {
            let source = Source::from_text("a.tsv", table.to_owned()).unwrap();
            let columns = if map.is_empty() { Columns::default() } else { map.parse().unwrap() };
            let parsed = read(&source, &columns).unwrap();
            assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
            parsed.threads[0].outline().with_words().to_string()
        };
        let comma = tree("id,author,text\n1,ada,\"No, never; no\ttab\"\n", "");
        assert_eq!(tree("id;author;text\n1;ada;\"No, never; no\ttab\"\n", ""), comma);
        assert_eq!(tree("id\tauthor\ttext\n1\tada\t\"No, never; no\ttab\"\n", ""), comma);
        assert_eq!(
            tree("nr;who;wording\n1;ada;\"No, never; no\ttab\"\n", "id=nr,author=who,text=wording"),
            comma
        );
        let quoted = "id,text,\"note; id; text; author; score\"\n1,\"No, never; no\ttab\",\n";
        assert_eq!(tree(quoted, ""), tree("id,text\n1,\"No, never; no\ttab\"\n", ""));
        let fit = |table: &str| fit(&Source::from_text("a", table.to_owned()).unwrap()).0;
        assert_eq!((fit("id;text\n1;x\n"), fit("id\ttext\n1\tx\n"), fit("An id; a text\n")), (65, 65, 0));
        assert_eq!(fit("Text; author\nSome words of a page.\n"), 0);
    }

    #[test]
    fn rows_that_are_whole_are_not() {
        for csv in
            ["id,text\n1,5\" pipe\n2,ok,\n", "id,text\n1,\"two\nlines, \"\"so\"\"\"\n", "id,text\n1,\"open\n"]
        {
            assert_eq!(found(csv), [""; 0], "{csv}");
        }
    }
}
