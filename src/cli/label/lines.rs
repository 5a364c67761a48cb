//! Labels written as NDJSON while the next ones are made, so that only a part of them is held.

use crate::cli::io::Page;
use crate::cli::labelling::progress;
use crate::label::Labeller;
use crate::report::write_lines;
use crate::thread::{Comment, Thread};
use rayon::prelude::*;
use std::io::{self, Write};

/// Comments whose lines are held at a time, for each core: memory that is used again is faster than new memory.
const HELD: usize = 1_000;

/// Writes every labelled comment of the pages in order.
pub fn lines(out: &mut dyn Write, labeller: &Labeller<'_>, pages: &[Page]) -> io::Result<()> {
    let threads: Vec<&Thread> = pages.iter().flat_map(|p| &p.parsed.threads).collect();
    let bar = progress(threads.iter().map(|t| t.len() as u64).sum());
    let labelled = |thread: &&Thread| {
        let mut bytes = Vec::with_capacity(thread.comments().map(|(_, comment)| room(comment)).sum());
        write_lines(&labeller.label(thread), &mut bytes);
        bar.inc(thread.len() as u64);
        bytes
    };
    let (mut rest, held) = (threads.as_slice(), HELD * rayon::current_num_threads());
    while !rest.is_empty() {
        let mut comments = 0;
        let full = |thread: &&Thread| {
            comments += thread.len();
            comments >= held
        };
        let end = rest.iter().position(full).map_or(rest.len(), |i| i + 1);
        let (part, later) = rest.split_at(end);
        let parts: Vec<(usize, Vec<u8>)> = if comments < ALONE {
            part.iter().map(labelled).enumerate().collect()
        } else {
            // The largest first, so that no core is left with one of them when the others are done.
            let mut order: Vec<usize> = (0..part.len()).collect();
            order.sort_by_cached_key(|i| std::cmp::Reverse(part[*i].len()));
            let mut parts: Vec<(usize, Vec<u8>)> =
                order.par_iter().with_max_len(1).map(|i| (*i, labelled(&part[*i]))).collect();
            parts.sort_unstable_by_key(|p| p.0);
            parts
        };
        parts.iter().try_for_each(|(_, bytes)| out.write_all(bytes))?;
        rest = later;
    }
    bar.finish_and_clear();
    Ok(())
}

/// Bytes that the line of a comment mostly takes at most.
fn room(comment: &Comment) -> usize {
    const BESIDE: usize = 700;
    comment.body.text().map_or(BESIDE, |text| text.raw().len() * 5 / 4 + BESIDE)
}

/// Comments below which other cores are not worth waking.
const ALONE: usize = 500;
