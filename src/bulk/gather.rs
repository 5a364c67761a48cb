//! Inputs become the files of a spill, from where the journal says.

use super::bucket::bucket_of;
use super::journal::Journal;
use super::load::{Take, read};
use super::spill::Spill;
use super::{Input, Plan, Watch};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::parse::Row;
use std::path::Path;

/// Where a run keeps its journal and its rows.
pub(super) struct Work<'w> {
    pub journal: &'w Path,
    pub rows: &'w Path,
}

/// Reads what is left of the inputs into the files of `work.rows`.
pub(super) fn gather(
    inputs: &[Input],
    plan: &Plan,
    journal: &mut Journal,
    work: &Work<'_>,
    watch: &mut dyn Watch,
) -> Result<()> {
    if journal.gathered {
        return Ok(());
    }
    journal.lengths.resize(journal.buckets, 0);
    let spill = Spill::open(work.rows, journal.lengths.clone())?;
    let size = |input: &Input| std::fs::metadata(&input.path).map_or(0, |d| d.len());
    watch.step("reading", inputs.iter().skip(journal.input).map(size).sum());
    let mut gathering = Gathering { plan, spill, journal, work, watch, since: 0 };
    for (number, input) in inputs.iter().enumerate().skip(gathering.journal.input) {
        let from = (gathering.journal.position, gathering.journal.line);
        gathering.since = from.0;
        read(input, plan, from, &mut gathering)?;
        gathering.journal.input = number + 1;
        (gathering.journal.position, gathering.journal.line) = (0, 0);
        gathering.save()?;
    }
    gathering.journal.gathered = true;
    gathering.save()
}

struct Gathering<'g> {
    plan: &'g Plan,
    spill: Spill,
    journal: &'g mut Journal,
    work: &'g Work<'g>,
    watch: &'g mut dyn Watch,
    /// The place of the input that the journal holds.
    since: u64,
}

impl Gathering<'_> {
    fn save(&mut self) -> Result<()> {
        self.spill.sync()?;
        self.journal.lengths.clone_from(&self.spill.lengths);
        self.journal.write(self.work.journal)
    }
}

impl Take for Gathering<'_> {
    fn row(&mut self, row: Row, _line: u64) -> Result<()> {
        let thread = row.thread_id.as_deref().unwrap_or_default();
        self.journal.read.comments += 1;
        self.spill.push(bucket_of(thread, 0, self.journal.buckets), &row)
    }

    fn pause(&mut self, position: u64, line: u64) -> Result<()> {
        (self.journal.position, self.journal.line) = (position, line);
        if position - self.since < self.plan.checkpoint {
            return Ok(());
        }
        self.since = position;
        self.save()
    }

    fn watch(&mut self) -> &mut dyn Watch {
        self
    }
}

impl Watch for Gathering<'_> {
    fn step(&mut self, name: &str, bytes: u64) {
        self.watch.step(name, bytes);
    }

    fn advance(&mut self, bytes: u64, comments: u64) {
        self.watch.advance(bytes, comments);
    }

    fn found(&mut self, found: &[Diagnostic]) {
        let of = |code| found.iter().filter(|d| d.code == code).count() as u64;
        self.journal.read.duplicates += of(Code::Duplicate);
        self.journal.read.skipped += of(Code::LineSkipped);
        self.watch.found(found);
    }

    fn failed(&mut self, error: Error) {
        self.watch.failed(error);
    }
}
