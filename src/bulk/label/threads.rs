//! The rows of a bucket in memory, and the labels of one thread.

use super::output::Output;
use crate::bulk::codec::{decode, encode};
use crate::bulk::{Counts, Watch};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::label::Labeller;
use crate::parse::{Row, from_rows};
use crate::report::Record;
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
    pub fn each_thread(mut self, take: &mut dyn FnMut(Vec<Row>) -> Result<()>) -> Result<()> {
        self.threads = BTreeMap::new();
        self.rows.sort_unstable();
        let one = self.rows.first().map(|r| r.0) == self.rows.last().map(|r| r.0);
        if one {
            // The largest thread need not be held twice.
            let rows = Vec::from_iter(Self { rows: Vec::new(), ..self }.all());
            return if rows.is_empty() { Ok(()) } else { take(rows) };
        }
        for rows in self.rows.chunk_by(|a, b| a.0 == b.0) {
            let row = |(_, at): &(u32, usize)| decode(&mut self.bytes.get(*at..).unwrap_or_default());
            take(rows.iter().filter_map(row).collect())?;
        }
        Ok(())
    }

    fn all(self) -> impl Iterator<Item = Row> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let mut left = self.bytes.get(at..)?;
            let row = decode(&mut left)?;
            at = self.bytes.len() - left.len();
            Some(row)
        })
    }
}

/// Labels the thread of some rows and writes it; gives the number of its comments.
pub(super) fn label(
    labeller: &Labeller<'_>,
    rows: Vec<Row>,
    counts: &mut Counts,
    output: &mut Output,
    watch: &mut dyn Watch,
) -> Result<u64> {
    let file = rows.iter().find_map(|r| r.file.clone()).unwrap_or_default();
    let parsed = from_rows(&file, rows)?;
    let of = |code| parsed.diagnostics.iter().filter(|d| d.code == code).count() as u64;
    counts.duplicates += of(Code::Duplicate);
    let circles: Vec<Diagnostic> =
        parsed.diagnostics.iter().filter(|d| d.code == Code::ParentCycle).map(placeless).collect();
    if !circles.is_empty() {
        watch.found(&circles);
    }
    let mut comments = 0;
    for thread in &parsed.threads {
        comments += thread.len() as u64;
        counts.gaps += thread.comments().filter(|(_, c)| c.body == Body::Missing).count() as u64;
        write(labeller, thread, output).map_err(|e| Error::io(&file, e))?;
    }
    counts.comments += comments;
    Ok(comments)
}

/// The row of a thread has no place in any input.
fn placeless(found: &Diagnostic) -> Diagnostic {
    Diagnostic { span: None, line: 1, column: 1, ..found.clone() }
}

/// Writes each label as it is made, so that those of a large thread are not held.
fn write(labeller: &Labeller<'_>, thread: &Thread, output: &mut Output) -> std::io::Result<()> {
    let mut outcome = Ok(());
    labeller.label_each(thread, |id, label| {
        if outcome.is_ok()
            && let Some(record) = Record::of(thread, id, &label)
        {
            outcome = output.push(&record);
        }
    });
    outcome
}
