//! `label` for inputs of any size: bucket by bucket, thread by thread.

mod output;

pub use output::OutputFormat;

use super::bucket::{folders, has_buckets};
use super::buckets::{self, Bucket, Reader};
use super::gather::Work;
use super::held::{ThreadRows, thread};
use super::journal::{Counts, Journal, other_run, run_of};
use super::{Input, Plan, Watch, atomic, parallel};
use crate::error::{Error, Result};
use crate::label::Labeller;
use crate::report::Record;
use output::Output;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};

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
    let work = Work { journal: &path, rows: &state.join("rows") };
    let buckets = buckets::of(job.inputs, job.plan, &mut journal, &work, watch)?;
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
        let mut take = |rows: ThreadRows<'_>, counts: &mut Counts, watch: &mut dyn Watch| {
            let comments = write(job.labeller, rows, counts, &mut output, watch)?;
            watch.advance(0, comments);
            Ok(())
        };
        let (plan, counts, again) = (job.plan, &mut counts, again.as_path());
        outcome = Reader { plan, again, counts, watch, take: &mut take }.bucket(&bucket.rows, 0);
        output.finish()
    })?;
    outcome?;
    atomic::clear(&again)?;
    watch.advance(bucket.bytes, 0);
    Ok(counts)
}

/// Labels a thread and writes each label as it is made, so that those of a large thread are not held; gives the number
/// of comments.
fn write(
    labeller: &Labeller<'_>,
    rows: ThreadRows<'_>,
    counts: &mut Counts,
    output: &mut Output,
    watch: &mut dyn Watch,
) -> Result<u64> {
    let (thread, comments) = thread(rows, counts, watch)?;
    let mut outcome = Ok(());
    labeller.label_each(&thread, |id, label| {
        if outcome.is_ok()
            && let Some(record) = Record::of(&thread, id, &label)
        {
            outcome = output.push(&record);
        }
    });
    outcome.map_err(|e| Error::io(&thread.origin.file, e))?;
    Ok(comments)
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
