//! The parts of a bucket as one table, for commands that hold every comment.

use super::bucket::bucket_name;
use super::buckets::cut_of;
use super::load::{Take, read};
use super::{Input, Plan, Watch};
use crate::error::Result;
use crate::parse::{Parsed, Row, from_rows};
use std::path::Path;

/// Files that may hold parts of the same threads, in the order of the buckets. Buckets of several folders are those of one
/// where these are cut alike; where not, every file may hold a part of any thread.
pub fn sharing<T>(mut files: Vec<T>, path: impl Fn(&T) -> &Path) -> Vec<Vec<T>> {
    let mut roots: Vec<&Path> = files.iter().filter_map(|file| path(file).parent()?.parent()).collect();
    roots.dedup();
    let (one, cut) = (roots.first().copied(), roots.first().and_then(|root| cut_of(root)));
    let mut others = roots.iter().copied().filter(|root| Some(*root) != one);
    let alike = others.all(|root| cut.is_some() && cut_of(root) == cut);
    let name = |file: &T| bucket_name(path(file)).filter(|_| alike).unwrap_or_default();
    let mut names: Vec<String> = files.iter().map(name).collect();
    names.sort_unstable();
    names.dedup();
    let mut shared = Vec::new();
    for bucket in names {
        let (parts, left) = files.into_iter().partition(|file| name(file) == bucket);
        shared.push(parts);
        files = left;
    }
    shared
}

/// Reads parts as one table called `name`; `None` if they hold no comment. What cannot be read is told to `watch`.
///
/// # Errors
/// Those of [`from_rows`].
pub fn together(name: &str, parts: &[Input], plan: &Plan, watch: &mut dyn Watch) -> Result<Option<Parsed>> {
    let mut rows = Rows { rows: Vec::new(), watch };
    let mut ends = Vec::new();
    for part in parts {
        read(part, plan, (0, 0), &mut rows)?;
        ends.push(rows.rows.len());
    }
    if rows.rows.is_empty() {
        return Ok(None);
    }
    let mut parsed = from_rows(name, rows.rows)?;
    for found in &mut parsed.diagnostics {
        let part = ends.partition_point(|end| *end < found.line);
        let before = part.checked_sub(1).and_then(|p| ends.get(p)).copied().unwrap_or_default();
        (found.span, found.line) = (None, found.line - before);
        found.file = parts.get(part).map(|p| p.path.display().to_string()).unwrap_or_default();
    }
    Ok(Some(parsed))
}

struct Rows<'w> {
    rows: Vec<Row>,
    watch: &'w mut dyn Watch,
}

impl Take for Rows<'_> {
    fn row(&mut self, row: Row) -> Result<()> {
        self.rows.push(row);
        Ok(())
    }

    fn pause(&mut self, _position: u64, _line: u64) -> Result<()> {
        Ok(())
    }

    fn watch(&mut self) -> &mut dyn Watch {
        self.watch
    }
}
