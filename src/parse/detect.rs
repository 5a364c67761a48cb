//! Which page family a page belongs to, and why.

use super::dialect::{lemmy, named_list};
use super::line::rows;
use crate::error::Error;
use crate::source::Source;
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// A page family or input format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Dialect {
    /// A Lemmy page, its comments indented below bullets.
    Lemmy,
    /// Names and texts in turn below `N Comments`.
    NamedList,
    /// One JSON object a line.
    Ndjson,
    /// A text without comments.
    Article,
}

impl Dialect {
    /// Every dialect; the first wins where two fit equally well.
    pub const ALL: [Dialect; 4] = [Dialect::Ndjson, Dialect::Lemmy, Dialect::NamedList, Dialect::Article];

    /// The name used on the command line and in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Dialect::Lemmy => "lemmy",
            Dialect::NamedList => "named-list",
            Dialect::Ndjson => "ndjson",
            Dialect::Article => "article",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Dialect {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Dialect::ALL.into_iter().find(|d| d.as_str() == name).ok_or_else(|| {
            let names: Vec<&str> = Dialect::ALL.iter().map(|d| d.as_str()).collect();
            let help = format!("the dialects are {}", names.join(", "));
            Error::Unknown { what: "dialect", name: name.to_owned(), help }
        })
    }
}

/// How well a dialect fits a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Detection {
    /// The dialect.
    pub dialect: Dialect,
    /// 0 does not fit, 100 fits without doubt.
    pub score: u32,
    /// What matched or was missed.
    pub reasons: Vec<String>,
}

/// Every dialect with its score, the best first.
pub fn detect(source: &Source) -> Vec<Detection> {
    let mut all: Vec<Detection> = Dialect::ALL.into_iter().map(|dialect| score(source, dialect)).collect();
    all.sort_by_key(|d| std::cmp::Reverse(d.score));
    all
}

fn score(source: &Source, dialect: Dialect) -> Detection {
    let (score, reason) = match dialect {
        Dialect::Ndjson => ndjson(source),
        Dialect::Lemmy => lemmy(source),
        Dialect::NamedList => named_list(source),
        Dialect::Article => (1, "fits any text".to_owned()),
    };
    Detection { dialect, score, reasons: vec![reason] }
}

fn ndjson(source: &Source) -> (u32, String) {
    let start = source.as_str().trim_start_matches('\u{FEFF}').trim_start();
    if start.strip_prefix('{').is_some_and(|inner| inner.trim_start().starts_with(['"', '}'])) {
        (100, "begins like a JSON object".to_owned())
    } else if [".ndjson", ".jsonl"].iter().any(|end| source.name().ends_with(end)) || source.name() == "-" {
        (60, "named like NDJSON".to_owned())
    } else {
        (0, "does not begin like a JSON object".to_owned())
    }
}

fn lemmy(source: &Source) -> (u32, String) {
    match lemmy::headers(source, 100) {
        (0, 0) => (0, "no `•` line has a comment header below it".to_owned()),
        (0, cut) => (40, format!("{cut} comment header, cut off by the end of the page")),
        (complete, _) => {
            (90, format!("{complete} comment headers (`• NAME` … `8 hours ago`), at most 100 counted"))
        }
    }
}

fn named_list(source: &Source) -> (u32, String) {
    match named_list::section(&rows(source)) {
        None => (0, "no heading such as `6 Comments` with a name below it".to_owned()),
        Some((_, 0)) => (30, "a heading announces 0 comments".to_owned()),
        Some((_, n)) => (50, format!("a heading announces {n} comments and a name stands below it")),
    }
}
