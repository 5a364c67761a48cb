//! Machine-readable formats: one module each, or one for several of a kind. `FORMATS` lists them.

mod body;
mod build;
mod convokit;
mod forest;
mod lemmy_api;
mod loose;
pub(crate) mod ndjson;
mod reddit;
mod rows;
mod saved;
mod scan;
mod sites;
mod table;
mod xml;

pub use rows::{Row, from_rows};
pub use table::{Columns, FIELDS};

use super::Parsed;
use super::detect::{Detection, Dialect};
use crate::error::Result;
use crate::source::Source;
use loose::Loose;
use scan::scan;

/// How well a format fits, 0 to 100, and why.
pub(crate) type Fit = (u32, String);

/// The first objects of a source, to tell its format by.
pub(crate) struct Sample<'s> {
    source: &'s Source,
    /// The first part of the text.
    head: &'s str,
    objects: Vec<Loose>,
}

/// Bytes that are looked at to tell a format.
const HEAD: usize = 256 * 1024;
/// Objects that are looked at.
const OBJECTS: usize = 40;

impl<'s> Sample<'s> {
    fn new(source: &'s Source) -> Self {
        let text = source.as_str().trim_start_matches('\u{FEFF}');
        let end = (0..=HEAD.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or_default();
        let head = &text[..end];
        let json = head.trim_start().starts_with(['{', '[']);
        let fragments = if json { scan(first_lines(head)).fragments } else { Vec::new() };
        let object = |f: &scan::Fragment| serde_json::from_str(&f.text).ok();
        let objects = fragments.iter().take(OBJECTS).filter_map(object).collect();
        Sample { source, head, objects }
    }

    /// The name of the input, without the endings of packed files.
    fn name(&self) -> &str {
        let name = self.source.name();
        [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
    }

    /// Fits with `score` if an object does.
    fn any(&self, fits: impl Fn(&Loose) -> bool, score: u32, what: &str) -> Fit {
        if self.objects.iter().any(fits) { (score, what.to_owned()) } else { (0, format!("no {what}")) }
    }

    /// Fits with `score` if every object does, and there is one.
    fn all(&self, fits: impl Fn(&Loose) -> bool, score: u32, what: &str) -> Fit {
        let all = !self.objects.is_empty() && self.objects.iter().all(fits);
        if all { (score, what.to_owned()) } else { (0, format!("not only {what}")) }
    }
}

/// The lines that hold the objects to look at, where each line is one; else all.
fn first_lines(head: &str) -> &str {
    let whole = |line: &str| line.starts_with('{') && line.trim_end().ends_with('}');
    let lines = head.split_inclusive('\n').take(OBJECTS);
    if lines.clone().all(whole) { &head[..lines.map(str::len).sum()] } else { head }
}

/// A format: how well it fits, and how it is read.
struct Format {
    dialect: Dialect,
    fit: fn(&Sample<'_>) -> Fit,
    read: fn(&Source) -> Parsed,
}

const fn format(dialect: Dialect, fit: fn(&Sample<'_>) -> Fit, read: fn(&Source) -> Parsed) -> Format {
    Format { dialect, fit, read }
}

/// Every format but those that take columns.
const FORMATS: [Format; 15] = [
    format(Dialect::RedditJson, reddit::fit_listing, reddit::read_listing),
    format(Dialect::Pushshift, reddit::fit_dump, reddit::read_dump),
    format(Dialect::LemmyApi, lemmy_api::fit, lemmy_api::read),
    format(Dialect::ActivityPub, lemmy_api::fit_activity, lemmy_api::read_activity),
    format(Dialect::HnAlgolia, sites::fit_algolia, sites::read_algolia),
    format(Dialect::Mastodon, sites::fit_mastodon, sites::read_mastodon),
    format(Dialect::Convokit, convokit::fit, convokit::read),
    format(Dialect::DiscourseJson, sites::fit_discourse, sites::read_discourse),
    format(Dialect::Youtube, sites::fit_youtube, sites::read_youtube),
    format(Dialect::Disqus, |s| xml::fit_disqus(s.head), xml::read_disqus),
    format(Dialect::Wxr, |s| xml::fit_wxr(s.head), xml::read_wxr),
    format(Dialect::LemmyHtml, |s| saved::fit_lemmy(s.source.as_str()), saved::read_lemmy),
    format(Dialect::RedditHtml, |s| saved::fit_reddit(s.source.as_str()), saved::read_reddit),
    format(Dialect::HackerNewsHtml, |s| saved::fit_news(s.source.as_str()), saved::read_news),
    format(Dialect::Ndjson, ndjson::fit, |s| ndjson::read(s, &Columns::default())),
];

/// How well each format fits.
pub(crate) fn fits(source: &Source) -> Vec<Detection> {
    let sample = Sample::new(source);
    let found = |dialect, (score, reason): Fit| Detection { dialect, score, reasons: vec![reason] };
    let mut all: Vec<Detection> = FORMATS.iter().map(|f| found(f.dialect, (f.fit)(&sample))).collect();
    all.push(found(Dialect::Csv, table::fit(source)));
    all
}

/// Reads a source as one of the formats; NDJSON and CSV take their columns from `columns`.
///
/// # Errors
/// For CSV without a column of words.
pub(crate) fn read(source: &Source, dialect: Dialect, columns: &Columns) -> Result<Parsed> {
    match FORMATS.iter().find(|f| f.dialect == dialect) {
        Some(format) if dialect != Dialect::Ndjson => Ok((format.read)(source)),
        _ if dialect == Dialect::Csv => table::read(source, columns),
        _ => Ok(ndjson::read(source, columns)),
    }
}
