//! The threads of inputs of any size, one after the other.

use super::buckets::{self, Reader};
use super::gather::Work;
use super::held::{ThreadRows, thread};
use super::journal::{Counts, Journal};
use super::{Input, Plan, Watch, atomic};
use crate::error::Result;
use crate::thread::Thread;
use std::path::Path;

/// Gives every thread to `take`: bucket by bucket, those of a bucket by their first row. Inputs that lie in no buckets are
/// cut into some first, in the folder `state`, which is removed at the end.
///
/// # Errors
/// [`crate::Error::Io`] if that folder cannot be written, and what `take` gives. Inputs that cannot be read are told to
/// `watch`.
pub fn threads(
    inputs: &[Input],
    state: &Path,
    plan: &Plan,
    watch: &mut dyn Watch,
    take: &mut dyn FnMut(Thread) -> Result<()>,
) -> Result<Counts> {
    atomic::clear(state)?;
    atomic::folder(state)?;
    let work = Work { journal: &state.join("report.json"), rows: &state.join("rows") };
    let mut journal = Journal { buckets: plan.buckets, ..Journal::default() };
    let buckets = buckets::of(inputs, plan, &mut journal, &work, watch)?;
    watch.step("labelling", buckets.iter().map(|b| b.bytes).sum());
    let mut counts = Counts { skipped: journal.read.skipped, ..Counts::default() };
    counts.duplicates = journal.read.duplicates;
    let mut one = |rows: ThreadRows<'_>, counts: &mut Counts, watch: &mut dyn Watch| {
        let (thread, comments) = thread(rows, counts, watch)?;
        watch.advance(0, comments);
        take(thread)
    };
    for bucket in &buckets {
        let (again, counts) = (&state.join("again"), &mut counts);
        Reader { plan, again, counts, watch, take: &mut one }.bucket(&bucket.rows, 0)?;
        watch.advance(bucket.bytes, 0);
    }
    atomic::clear(state)?;
    Ok(counts)
}
