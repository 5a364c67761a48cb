//! The rows of a bucket in memory, and the tree of one thread.

use super::codec::{decode, encode};
use super::{Counts, Watch};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Result;
use crate::parse::{Row, from_rows};
use crate::thread::{Body, Thread};
use std::collections::BTreeMap;

/// Rows of a bucket, packed.
#[derive(Default)]
pub(super) struct Held {
    bytes: Vec<u8>,
    /// The thread of each row, and where the row begins.
    rows: Vec<(u32, usize)>,
    /// Threads by first appearance.
    threads: BTreeMap<String, u32>,
}

impl Held {
    pub fn push(&mut self, row: &Row) {
        let id = row.thread_id.as_deref().unwrap_or_default();
        let thread = match self.threads.get(id) {
            Some(thread) => *thread,
            None => {
                let next = self.threads.len() as u32;
                self.threads.insert(id.to_owned(), next);
                next
            }
        };
        self.rows.push((thread, self.bytes.len()));
        encode(row, &mut self.bytes);
    }

    /// Bytes that it takes, about.
    pub fn size(&self) -> usize {
        self.bytes.len() + self.rows.len() * 16 + self.threads.len() * 64
    }

    pub fn threads(&self) -> usize {
        self.threads.len()
    }

    /// Gives every row, in order.
    pub fn each(self, take: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let mut left = self.bytes.as_slice();
        while let Some(row) = decode(&mut left) {
            take(row)?;
        }
        Ok(())
    }

    /// Gives the rows of each thread.
    pub fn each_thread(mut self, take: &mut dyn FnMut(ThreadRows<'_>) -> Result<()>) -> Result<()> {
        self.threads = BTreeMap::new();
        self.rows.sort_unstable();
        let Held { bytes, rows, .. } = &self;
        rows.chunk_by(|a, b| a.0 == b.0).try_for_each(|rows| take(ThreadRows { bytes, rows }))
    }
}

/// The rows of a thread, unpacked one by one, so that a large thread is not held in one more form.
#[derive(Clone)]
pub(super) struct ThreadRows<'h> {
    bytes: &'h [u8],
    rows: &'h [(u32, usize)],
}

impl Iterator for ThreadRows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let ((_, at), rest) = self.rows.split_first()?;
        self.rows = rest;
        Some(decode(&mut self.bytes.get(*at..).unwrap_or_default()).unwrap_or_default())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rows.len(), Some(self.rows.len()))
    }
}

impl ExactSizeIterator for ThreadRows<'_> {}

/// The thread of some rows, and how many comments it has. Circles of replies are told; what else is found is counted.
pub(super) fn thread(
    rows: ThreadRows<'_>,
    counts: &mut Counts,
    watch: &mut dyn Watch,
) -> Result<(Thread, u64)> {
    let file = rows.clone().find_map(|r| r.file).unwrap_or_default();
    let mut parsed = from_rows(&file, rows)?;
    let of = |code| parsed.diagnostics.iter().filter(|d| d.code == code).count() as u64;
    counts.duplicates += of(Code::Duplicate);
    let circles: Vec<Diagnostic> =
        parsed.diagnostics.iter().filter(|d| d.code == Code::ParentCycle).map(placeless).collect();
    if !circles.is_empty() {
        watch.found(&circles);
    }
    // The rows of one thread make one.
    let thread = parsed.threads.swap_remove(0);
    let comments = thread.len() as u64;
    counts.gaps += thread.comments().filter(|(_, c)| c.body == Body::Missing).count() as u64;
    counts.comments += comments;
    Ok((thread, comments))
}

/// The row of a thread has no place in any input.
fn placeless(found: &Diagnostic) -> Diagnostic {
    Diagnostic { span: None, line: 1, column: 1, ..found.clone() }
}
