//! `label` for inputs of any size: bucket by bucket, thread by thread.

mod output;
mod threads;

pub use output::OutputFormat;

use super::bucket::{bucket_of, folder_name, folders, has_buckets, parts};
use super::gather::{Work, gather};
use super::journal::{Counts, Journal, other_run, run_of};
use super::load::{Take, read};
use super::spill::{self, Spill};
use super::{Input, Plan, Watch, atomic, parallel};
use crate::error::{Error, Result};
use crate::label::Labeller;
use crate::parse::Row;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use threads::Held;

/// What is to be labelled, with what, and where it goes.
#[derive(Debug)]
pub struct LabelJob<'j> {
    /// Files, or folders with buckets.
    pub inputs: &'j [Input],
    /// A file, or a folder that gets buckets of its own.
    pub out: &'j Path,
    /// True if `out` is a folder.
    pub folder: bool,
    /// What is written.
    pub format: OutputFormat,
    /// How inputs are read.
    pub plan: &'j Plan,
    /// Labels.
    pub labeller: &'j Labeller<'j>,
    /// Rules and profile in words: a run with others does not go on with this one.
    pub settings: &'j str,
}

/// One bucket of the input.
struct Bucket {
    name: String,
    rows: Vec<Rows>,
    bytes: u64,
}

/// Where rows of a bucket are.
enum Rows {
    Spill(PathBuf),
    Part(Input),
}

/// Labels every comment; the rows of a thread stand together in the order of `label`, threads in the order of their first
/// row in the bucket. The inputs are cut into buckets first unless they lie in buckets.
///
/// # Errors
/// [`Error::Io`] if the output cannot be written, if the folder holds buckets already, and for `resume` with other
/// inputs. Inputs that cannot be read are told to `watch`.
pub fn label(job: &LabelJob<'_>, watch: &mut dyn Watch) -> Result<Counts> {
    let state = atomic::state_of(job.out);
    let path = state.join("label.json");
    let mut journal = begin(job, &state, &path)?;
    if journal.finished {
        return Ok(total(&journal));
    }
    let buckets = match in_buckets(job.inputs) {
        Some(buckets) => buckets,
        None => {
            let work = Work { journal: &path, rows: &state.join("rows") };
            gather(&files(job.inputs), job.plan, &mut journal, &work, watch)?;
            spilled(&journal, work.rows)
        }
    };
    watch.step("labelling", buckets.iter().map(|b| b.bytes).sum());
    let written = |b: &&Bucket| journal.written.contains_key(&b.name);
    watch.advance(buckets.iter().filter(written).map(|b| b.bytes).sum(), 0);
    // The largest first, so that no core is left alone with it at the end.
    let mut left: Vec<&Bucket> = buckets.iter().filter(|b| !written(b)).collect();
    left.sort_by_key(|b| Reverse(b.bytes));
    let one = |bucket: &&Bucket, watch: &mut dyn Watch| one_bucket(job, bucket, &state, watch);
    parallel::each(&left, one, watch, |bucket, counts| {
        journal.written.insert(bucket.name.clone(), counts);
        journal.write(&path)
    })?;
    finish(job, &buckets, &state, &path, &mut journal)?;
    Ok(total(&journal))
}

fn total(journal: &Journal) -> Counts {
    let mut counts = Counts { skipped: journal.read.skipped, ..Counts::default() };
    counts.duplicates = journal.read.duplicates;
    journal.written.values().for_each(|c| counts.add(*c));
    counts
}

fn begin(job: &LabelJob<'_>, state: &Path, path: &Path) -> Result<Journal> {
    let LabelJob { plan, format, settings, .. } = job;
    let settings = format!(
        "{:?} {:?} {} {} {format:?} {settings}",
        plan.dialect, plan.columns, plan.buckets, plan.memory
    );
    let run = run_of(job.inputs, &settings);
    // A journal whose output was taken away tells nothing.
    let there = |journal: &Journal| !job.folder || journal.written.is_empty() || has_buckets(job.out);
    let before = Journal::read(path).filter(there);
    if plan.resume
        && let Some(journal) = before
    {
        return if journal.run == run { Ok(journal) } else { Err(other_run(job.out)) };
    }
    let unfinished = before.is_some_and(|j| !j.finished);
    if job.folder && has_buckets(job.out) {
        if !unfinished {
            let message = "the folder holds buckets already; give another, or --resume";
            return Err(Error::io(job.out, std::io::Error::other(message)));
        }
        folders(job.out).iter().try_for_each(|folder| atomic::clear(folder))?;
    }
    atomic::clear(state)?;
    atomic::folder(state)?;
    let journal = Journal { run, buckets: plan.buckets, ..Journal::default() };
    journal.write(path)?;
    Ok(journal)
}

/// The buckets of the inputs, if all are folders cut alike.
fn in_buckets(inputs: &[Input]) -> Option<Vec<Bucket>> {
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
    all.sort();
    all.dedup();
    let bucket = |name: String| {
        let part = |input: &Input, path: PathBuf| {
            let shown = path.strip_prefix(&input.path).unwrap_or(&path).display().to_string();
            Rows::Part(Input { name: shown, path })
        };
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

/// The files of inputs that are to be cut anew.
fn files(inputs: &[Input]) -> Vec<Input> {
    let mut all = Vec::new();
    for input in inputs {
        if has_buckets(&input.path) {
            let part = |path: PathBuf| {
                let name = path.strip_prefix(&input.path).unwrap_or(&path).display().to_string();
                Input { name, path }
            };
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
fn cut_of(folder: &Path) -> Option<usize> {
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

/// The file that a bucket is written to.
fn piece(job: &LabelJob<'_>, bucket: &Bucket, state: &Path) -> PathBuf {
    let ending = job.format.ending();
    match job.folder {
        true => job.out.join(&bucket.name).join(format!("part-0.{ending}")),
        false => state.join(format!("{}.{ending}", bucket.name)),
    }
}

fn one_bucket(job: &LabelJob<'_>, bucket: &Bucket, state: &Path, watch: &mut dyn Watch) -> Result<Counts> {
    let piece = piece(job, bucket, state);
    piece.parent().map_or(Ok(()), atomic::folder)?;
    let again = state.join("again").join(&bucket.name);
    let (mut counts, mut outcome) = (Counts::default(), Ok(()));
    atomic::put(&piece, |file| {
        let mut output = job.format.begin(file)?;
        let mut run = Run { job, counts: &mut counts, output: &mut output, watch, again: &again };
        outcome = run.bucket(&bucket.rows, 0);
        output.finish()
    })?;
    outcome?;
    atomic::clear(&again)?;
    watch.advance(bucket.bytes, 0);
    Ok(counts)
}

struct Run<'r, 'j> {
    job: &'r LabelJob<'j>,
    counts: &'r mut Counts,
    output: &'r mut output::Output,
    watch: &'r mut dyn Watch,
    again: &'r Path,
}

/// Parts that a bucket is cut into again, and how often.
const AGAIN: usize = 16;
const ROUNDS: u8 = 4;

impl Run<'_, '_> {
    /// Labels the rows of a bucket; one that does not fit is cut again.
    fn bucket(&mut self, rows: &[Rows], round: u8) -> Result<()> {
        let mut held = Held::default();
        let mut cut: Option<(PathBuf, Spill)> = None;
        let folder = self.again.join(round.to_string());
        let memory = self.job.plan.memory;
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
                    read(input, self.job.plan, (0, 0), &mut Sorted { take: &mut sort_in, watch })?;
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
        let Run { job, counts, output, watch, .. } = self;
        held.each_thread(&mut |rows| {
            let comments = threads::label(job.labeller, rows, counts, output, *watch)?;
            watch.advance(0, comments);
            Ok(())
        })
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
    fn row(&mut self, row: Row) -> Result<()> {
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

/// Marks the run as finished; a file is put together from its pieces.
fn finish(
    job: &LabelJob<'_>,
    buckets: &[Bucket],
    state: &Path,
    path: &Path,
    journal: &mut Journal,
) -> Result<()> {
    if job.folder {
        atomic::settle(Some(job.out))?;
        journal.finished = true;
        journal.write(path)?;
        return atomic::clear(&state.join("rows"));
    }
    let pieces: Vec<PathBuf> = buckets.iter().map(|b| piece(job, b, state)).collect();
    atomic::put(job.out, |file| job.format.join(file, &pieces))?;
    // First the journal: one without its pieces would be a run that cannot go on.
    std::fs::remove_file(path).map_err(|e| Error::io(path, e))?;
    atomic::clear(state)
}
