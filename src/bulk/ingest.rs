//! `ingest`: inputs become a folder of Parquet in buckets by thread.

use super::bucket::{folder_name, folders, parts};
use super::gather::{Work, gather};
use super::journal::{Counts, Journal, other_run, run_of};
use super::{Input, Plan, Watch, atomic, spill};
use crate::columns::{Cell, Field, Kind, ParquetWriter, Table};
use crate::error::{Error, Result};
use crate::parse::Row;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// The fields of an ingested comment: those of NDJSON.
const FIELDS: &[Field] = &[
    Field::new("thread_id", Kind::Text),
    Field::new("id", Kind::Text),
    Field::nullable("parent_id", Kind::Text),
    Field::nullable("author", Kind::Text),
    Field::nullable("score", Kind::Whole),
    Field::nullable("created", Kind::Text),
    Field::nullable("subject", Kind::Text),
    Field::nullable("state", Kind::Text),
    Field::new("file", Kind::Text),
    Field::nullable("text", Kind::Text),
];

/// Bytes of a row group in memory.
const GROUP: usize = 8 << 20;

/// What an ingest did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ingest {
    /// Rows that were read.
    pub counts: Counts,
    /// Buckets with a new file.
    pub files: usize,
    /// True if the run had been finished before, so that nothing was to do.
    pub before: bool,
}

/// Reads inputs once and writes their comments to `out/bucket=NN/part-K.parquet`, beside the parts of earlier runs.
/// All comments of a thread are in one bucket, those of one run in the order of the inputs. The state of the run stands
/// in a hidden folder beside `out`.
///
/// # Errors
/// [`Error::Io`] if the folder cannot be written, if it has another number of buckets, and for `resume` with other
/// inputs. Inputs that cannot be read are told to `watch`.
pub fn ingest(inputs: &[Input], out: &Path, plan: &Plan, watch: &mut dyn Watch) -> Result<Ingest> {
    let state = atomic::state_of(out);
    let journal = begin(inputs, out, &state, plan)?;
    let (path, mut journal) = match journal {
        Begun::Finished(journal) => {
            return Ok(Ingest { counts: journal.read, files: journal.written.len(), before: true });
        }
        Begun::Run(path, journal) => (path, journal),
    };
    let rows = state.join("rows");
    gather(inputs, plan, &mut journal, &Work { journal: &path, rows: &rows }, watch)?;
    watch.step("writing", journal.lengths.iter().sum());
    for bucket in 0..journal.buckets {
        let (name, size) = (folder_name(bucket, journal.buckets), journal.lengths[bucket]);
        if size > 0 && !journal.written.contains_key(&name) {
            atomic::folder(&out.join(&name))?;
            let part = out.join(&name).join(format!("part-{}.parquet", journal.part));
            let counts = write(&spill::path(&rows, bucket), &part)?;
            watch.advance(size, counts.comments);
            journal.written.insert(name, counts);
            journal.write(&path)?;
        }
    }
    atomic::settle(Some(out))?;
    journal.finished = true;
    journal.write(&path)?;
    atomic::clear(&rows)?;
    Ok(Ingest { counts: journal.read, files: journal.written.len(), before: false })
}

enum Begun {
    Finished(Journal),
    Run(PathBuf, Journal),
}

/// Finds the run to go on with, or begins one.
fn begin(inputs: &[Input], out: &Path, state: &Path, plan: &Plan) -> Result<Begun> {
    atomic::folder(state)?;
    atomic::folder(out)?;
    let run = run_of(inputs, &format!("{:?} {:?} {}", plan.dialect, plan.columns, plan.buckets));
    let mut journals = journals(state);
    // Journals whose output was taken away tell nothing.
    if folders(out).is_empty() && journals.iter().any(|(_, j)| !j.written.is_empty()) {
        atomic::clear(state)?;
        atomic::folder(state)?;
        journals.clear();
    }
    let buckets = journals.iter().map(|(_, j)| j.buckets).next();
    if buckets.is_some_and(|b| b != plan.buckets) {
        let message =
            format!("its threads are cut into {} buckets; give --buckets so", buckets.unwrap_or_default());
        return Err(Error::io(out, std::io::Error::other(message)));
    }
    if plan.resume {
        if let Some((path, journal)) = journals.iter().find(|(_, j)| j.run == run) {
            return Ok(match journal.finished {
                true => Begun::Finished(journal.clone()),
                false => Begun::Run(path.clone(), journal.clone()),
            });
        }
        if journals.iter().any(|(_, j)| !j.finished) {
            return Err(other_run(out));
        }
    }
    for (path, journal) in journals.iter().filter(|(_, j)| !j.finished) {
        forget(out, path, journal)?;
    }
    atomic::clear(&state.join("rows"))?;
    let part = next_part(out);
    let journal = Journal { run, part, buckets: plan.buckets, ..Journal::default() };
    let path = state.join(format!("ingest-{part}.json"));
    journal.write(&path)?;
    Ok(Begun::Run(path, journal))
}

fn journals(state: &Path) -> Vec<(PathBuf, Journal)> {
    let entries = std::fs::read_dir(state).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|e| e.path()).collect();
    paths.sort_unstable();
    let ours = |p: &PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("ingest-"));
    paths.into_iter().filter(ours).filter_map(|p| Some((p.clone(), Journal::read(&p)?))).collect()
}

/// Removes what an unfinished run has written.
fn forget(out: &Path, path: &Path, journal: &Journal) -> Result<()> {
    for bucket in 0..journal.buckets {
        let part = format!("part-{}.parquet", journal.part);
        // Not every bucket has one.
        let _ = std::fs::remove_file(out.join(folder_name(bucket, journal.buckets)).join(part));
    }
    std::fs::remove_file(path).map_err(|e| Error::io(path, e))
}

/// A number that no part of the folder has.
fn next_part(out: &Path) -> usize {
    let number = |part: PathBuf| part.file_stem()?.to_str()?.strip_prefix("part-")?.parse::<usize>().ok();
    let numbers = folders(out).into_iter().flat_map(|f| parts(&f)).filter_map(number);
    numbers.max().map_or(0, |most| most + 1)
}

/// Writes the rows of a bucket as Parquet.
fn write(rows: &Path, part: &Path) -> Result<Counts> {
    let failed = |error| Error::io(part, error);
    let mut counts = Counts::default();
    let mut outcome = Ok(());
    atomic::put(part, |file| {
        let mut writer = ParquetWriter::new(BufWriter::new(file), FIELDS)?;
        let mut table = Table::new(FIELDS);
        outcome = spill::rows(rows, &mut |row| {
            push(&mut table, &row);
            counts.comments += 1;
            if table.size() > GROUP {
                writer.write(&std::mem::replace(&mut table, Table::new(FIELDS))).map_err(failed)?;
            }
            Ok(())
        });
        writer.write(&table)?;
        unbuffered(writer.finish()?)
    })?;
    outcome.map(|()| counts)
}

/// The file below, when all is written to it.
pub(super) fn unbuffered(writer: BufWriter<File>) -> std::io::Result<File> {
    writer.into_inner().map_err(std::io::IntoInnerError::into_error)
}

fn push(table: &mut Table, row: &Row) {
    table.push(&[
        Cell::Text(row.thread_id.as_deref().unwrap_or_default()),
        Cell::Text(row.id.as_deref().unwrap_or_default()),
        text(&row.parent_id),
        text(&row.author),
        row.score.map(|s| s.round() as i64).into(),
        text(&row.created),
        text(&row.subject),
        text(&row.state),
        Cell::Text(row.file.as_deref().unwrap_or_default()),
        text(&row.text),
    ]);
}

fn text(cell: &Option<String>) -> Cell<'_> {
    cell.as_deref().into()
}
