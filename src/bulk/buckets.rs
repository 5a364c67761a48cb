//! The buckets of inputs, and their threads one after the other.

use super::bucket::{bucket_of, folder_name, folders, has_buckets, parts};
use super::gather::{Work, gather};
use super::held::{Held, ThreadRows};
use super::journal::{Counts, Journal};
use super::load::{Take, read};
use super::spill::{self, Spill};
use super::{Input, Plan, Watch, atomic, several};
use crate::error::{Error, Result};
use crate::parse::Row;
use std::path::{Path, PathBuf};

/// One bucket of the input.
pub(super) struct Bucket {
    pub name: String,
    pub rows: Vec<Rows>,
    pub bytes: u64,
}

/// Where rows of a bucket are.
pub(super) enum Rows {
    Spill(PathBuf),
    Part(Input),
}

/// The buckets of inputs: those they lie in, else those that all inputs are cut into first.
pub(super) fn of(
    inputs: &[Input],
    plan: &Plan,
    journal: &mut Journal,
    work: &Work<'_>,
    watch: &mut dyn Watch,
) -> Result<Vec<Bucket>> {
    if let Some(buckets) = laid(inputs) {
        return Ok(buckets);
    }
    gather(&files(inputs), plan, journal, work, watch)?;
    Ok(spilled(journal, work.rows))
}

/// The buckets of the inputs, if all are folders cut alike.
fn laid(inputs: &[Input]) -> Option<Vec<Bucket>> {
    let names: Vec<Vec<String>> = inputs.iter().map(|i| names(&i.path)).collect();
    let alike = match inputs {
        [_] => true,
        _ => {
            let cuts: Vec<Option<usize>> = inputs.iter().map(|i| cut_of(&i.path)).collect();
            cuts.first().is_some_and(|first| first.is_some() && cuts.iter().all(|c| c == first))
        }
    };
    if !alike || names.iter().any(Vec::is_empty) {
        return None;
    }
    let mut all: Vec<String> = names.concat();
    all.sort_unstable();
    all.dedup();
    let bucket = |name: String| {
        let several = several(inputs.iter().map(|i| i.path.as_path()));
        let part = |input: &Input, path: PathBuf| Rows::Part(Input::below(&input.path, path, several));
        let rows: Vec<Rows> = inputs
            .iter()
            .flat_map(|i| parts(&i.path.join(&name)).into_iter().map(move |p| part(i, p)))
            .collect();
        let size = |rows: &Rows| match rows {
            Rows::Spill(path) | Rows::Part(Input { path, .. }) => {
                std::fs::metadata(path).map_or(0, |d| d.len())
            }
        };
        Bucket { name, bytes: rows.iter().map(size).sum(), rows }
    };
    Some(all.into_iter().map(bucket).collect())
}

/// The files of inputs: those in the buckets of folders, others as they are.
pub fn files(inputs: &[Input]) -> Vec<Input> {
    let mut all = Vec::new();
    let several = several(inputs.iter().map(|i| i.path.as_path()));
    for input in inputs {
        if has_buckets(&input.path) {
            let part = |path: PathBuf| Input::below(&input.path, path, several);
            all.extend(folders(&input.path).iter().flat_map(|f| parts(f)).map(part));
        } else {
            all.push(input.clone());
        }
    }
    all
}

fn names(folder: &Path) -> Vec<String> {
    let name = |f: PathBuf| f.file_name().map(|n| n.to_string_lossy().into_owned());
    folders(folder).into_iter().filter_map(name).collect()
}

/// Number of buckets that this program cut a folder into.
pub(super) fn cut_of(folder: &Path) -> Option<usize> {
    let entries = std::fs::read_dir(atomic::state_of(folder)).ok()?.flatten();
    entries.filter_map(|e| Journal::read(&e.path())).map(|j| j.buckets).next()
}

fn spilled(journal: &Journal, rows: &Path) -> Vec<Bucket> {
    let filled = journal.lengths.iter().enumerate().filter(|(_, length)| **length > 0);
    filled
        .map(|(i, length)| Bucket {
            name: folder_name(i, journal.buckets),
            rows: vec![Rows::Spill(spill::path(rows, i))],
            bytes: *length,
        })
        .collect()
}

/// Reads buckets thread by thread.
pub(super) struct Reader<'r> {
    pub plan: &'r Plan,
    /// A folder for buckets that are cut again.
    pub again: &'r Path,
    pub counts: &'r mut Counts,
    pub watch: &'r mut dyn Watch,
    /// Takes the rows of a thread.
    pub take: &'r mut TakeThread<'r>,
}

pub(super) type TakeThread<'t> = dyn FnMut(ThreadRows<'_>, &mut Counts, &mut dyn Watch) -> Result<()> + 't;

/// Parts that a bucket is cut into again, and how often.
const AGAIN: usize = 16;
const ROUNDS: u8 = 4;

impl Reader<'_> {
    /// Gives the threads of a bucket, by their first row; one that does not fit is cut again.
    pub fn bucket(&mut self, rows: &[Rows], round: u8) -> Result<()> {
        let mut held = Held::default();
        let mut cut: Option<(PathBuf, Spill)> = None;
        let folder = self.again.join(round.to_string());
        let memory = self.plan.memory;
        let mut sort_in = |row: Row| {
            if let Some((_, spill)) = &mut cut {
                let thread = row.thread_id.as_deref().unwrap_or_default();
                return spill.push(bucket_of(thread, round + 1, AGAIN), &row);
            }
            held.push(&row);
            if held.size() > memory && held.threads() > 1 && round < ROUNDS {
                atomic::clear(&folder)?;
                let mut spill = Spill::open(&folder, vec![0; AGAIN])?;
                std::mem::take(&mut held).each(&mut |row: Row| {
                    let thread = row.thread_id.as_deref().unwrap_or_default();
                    spill.push(bucket_of(thread, round + 1, AGAIN), &row)
                })?;
                cut = Some((folder.clone(), spill));
            }
            Ok(())
        };
        for rows in rows {
            match rows {
                Rows::Spill(path) => spill::rows(path, &mut sort_in)?,
                Rows::Part(input) => {
                    let watch = Quiet { watch: self.watch, counts: self.counts };
                    read(input, self.plan, (0, 0), &mut Sorted { take: &mut sort_in, watch })?;
                }
            }
        }
        let Some((folder, mut spill)) = cut else { return self.threads(held) };
        spill.flush()?;
        let lengths = std::mem::take(&mut spill.lengths);
        drop(spill);
        let filled = lengths.iter().enumerate().filter(|(_, length)| **length > 0);
        filled
            .map(|(i, _)| spill::path(&folder, i))
            .try_for_each(|p| self.bucket(&[Rows::Spill(p)], round + 1))
    }

    fn threads(&mut self, held: Held) -> Result<()> {
        let Reader { counts, watch, take, .. } = self;
        held.each_thread(&mut |rows| take(rows, counts, *watch))
    }
}

/// Rows of a part, whose bytes are counted with its bucket.
struct Sorted<'s> {
    take: &'s mut dyn FnMut(Row) -> Result<()>,
    watch: Quiet<'s>,
}

struct Quiet<'q> {
    watch: &'q mut dyn Watch,
    counts: &'q mut Counts,
}

impl Take for Sorted<'_> {
    fn row(&mut self, row: Row, _line: u64) -> Result<()> {
        (self.take)(row)
    }

    fn pause(&mut self, _position: u64, _line: u64) -> Result<()> {
        Ok(())
    }

    fn watch(&mut self) -> &mut dyn Watch {
        &mut self.watch
    }
}

impl Watch for Quiet<'_> {
    fn step(&mut self, _name: &str, _bytes: u64) {}

    fn advance(&mut self, _bytes: u64, _comments: u64) {}

    fn found(&mut self, found: &[crate::diagnostic::Diagnostic]) {
        self.counts.skipped +=
            found.iter().filter(|d| d.code == crate::diagnostic::Code::LineSkipped).count() as u64;
        self.watch.found(found);
    }

    fn failed(&mut self, error: Error) {
        self.watch.failed(error);
    }
}
