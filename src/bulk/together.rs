//! The parts of a bucket as one table, for commands that hold every comment.

use super::bucket::bucket_name;
use super::buckets::cut_of;
use super::load::{Take, read};
use super::{Input, Plan, Watch};
use crate::error::Result;
use crate::parse::{Parsed, Row, from_rows};
use std::collections::BTreeMap;
use std::path::Path;

/// Files that may hold parts of the same threads, in the order of the buckets. Buckets of several folders are those of one
/// where these are cut alike; where not, every file may hold a part of any thread.
pub fn sharing<T>(files: Vec<T>, path: impl Fn(&T) -> &Path) -> Vec<Vec<T>> {
    let mut roots: Vec<&Path> = files.iter().filter_map(|file| path(file).parent()?.parent()).collect();
    roots.dedup();
    let (one, cut) = (roots.first().copied(), roots.first().and_then(|root| cut_of(root)));
    let mut others = roots.iter().copied().filter(|root| Some(*root) != one);
    let alike = others.all(|root| cut.is_some() && cut_of(root) == cut);
    let mut shared: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for file in files {
        let name = bucket_name(path(&file)).filter(|_| alike).unwrap_or_default();
        shared.entry(name).or_default().push(file);
    }
    shared.into_values().collect()
}

/// Reads parts as one table called `name`; gives its threads, and beside each the number of the part that it begins in.
/// `None` if they hold no comment. What cannot be read is told to `watch`.
///
/// # Errors
/// Those of [`from_rows`].
pub fn together(
    name: &str,
    parts: &[Input],
    plan: &Plan,
    watch: &mut dyn Watch,
) -> Result<Option<(Parsed, Vec<usize>)>> {
    let (rows, places, begins) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut rows = Rows { rows, places, begins, part: 0, watch };
    for (number, part) in parts.iter().enumerate() {
        rows.part = number;
        read(part, plan, (0, 0), &mut rows)?;
    }
    let Rows { rows, places, begins, .. } = rows;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut parsed = from_rows(name, rows)?;
    for found in &mut parsed.diagnostics {
        let (part, line) = places.get(found.line.saturating_sub(1)).copied().unwrap_or_default();
        (found.span, found.line) = (None, line as usize);
        found.file = parts.get(part).map(|p| p.path.display().to_string()).unwrap_or_default();
    }
    let begins = parsed.threads.iter().map(|t| begins.get(&t.id).copied().unwrap_or_default()).collect();
    Ok(Some((parsed, begins)))
}

struct Rows<'w> {
    rows: Vec<Row>,
    /// The part and the line of each row.
    places: Vec<(usize, u64)>,
    /// By thread: the part of its first row.
    begins: BTreeMap<String, usize>,
    /// The part that is being read.
    part: usize,
    watch: &'w mut dyn Watch,
}

impl Take for Rows<'_> {
    fn row(&mut self, row: Row, line: u64) -> Result<()> {
        let thread = row.thread_id.as_deref().unwrap_or_default();
        if !self.begins.contains_key(thread) {
            self.begins.insert(thread.to_owned(), self.part);
        }
        self.places.push((self.part, line));
        self.rows.push(row);
        Ok(())
    }

    fn wants_lines(&self) -> bool {
        true
    }

    fn pause(&mut self, _position: u64, _line: u64) -> Result<()> {
        Ok(())
    }

    fn watch(&mut self) -> &mut dyn Watch {
        self.watch
    }
}
