//! What a run has done, so that it can go on after it was killed.

use super::{Input, atomic};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::UNIX_EPOCH;

/// Comments of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Rows read, or comments labelled and not.
    pub comments: u64,
    /// Comments that a reply shows and no input holds.
    pub gaps: u64,
    /// Comments whose id stands in their thread already; left out.
    pub duplicates: u64,
    /// Lines that could not be read.
    pub skipped: u64,
}

impl Counts {
    /// Adds other counts.
    pub fn add(&mut self, other: Counts) {
        self.comments += other.comments;
        self.gaps += other.gaps;
        self.duplicates += other.duplicates;
        self.skipped += other.skipped;
    }
}

/// The state of a run; it stands in a file that is replaced at each step.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Inputs and settings; another run may not go on with this one.
    pub run: String,
    /// Number of buckets.
    pub buckets: usize,
    /// Number of the part that is written to each bucket.
    pub part: usize,
    /// The input that is being read.
    pub input: usize,
    /// Bytes and lines of it that are done.
    pub position: u64,
    pub line: u64,
    /// Bytes of the files of each bucket that hold what was read so far.
    pub lengths: Vec<u64>,
    /// What was read so far.
    pub read: Counts,
    /// Every input was read.
    pub gathered: bool,
    /// Buckets that are written, with their counts.
    pub written: BTreeMap<String, Counts>,
    /// All is done.
    pub finished: bool,
}

impl Journal {
    /// The journal in a file; `None` if there is none or it is no journal.
    pub fn read(path: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(path).ok()?).ok()
    }

    /// Replaces the file.
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_vec(self).map_err(|e| Error::io(path, e.into()))?;
        atomic::put(path, |mut file| {
            file.write_all(&text)?;
            Ok(file)
        })
    }
}

/// What tells a run from others: the inputs with their sizes and times, and the settings.
pub(super) fn run_of(inputs: &[Input], settings: &str) -> String {
    let state = |input: &Input| {
        let data = std::fs::metadata(&input.path).ok();
        let time = data.as_ref().and_then(|d| d.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        let size = data.filter(std::fs::Metadata::is_file).map_or(0, |d| d.len());
        format!("{} {size} {}", input.path.display(), time.map_or(0, |t| t.as_nanos()))
    };
    inputs.iter().map(state).chain([settings.to_owned()]).collect::<Vec<_>>().join("\n")
}

/// The error of going on with another run.
pub(super) fn other_run(folder: &Path) -> Error {
    let message = "an unfinished run with other inputs or settings is here; run it as it was begun, or without --resume to begin anew";
    Error::io(folder, std::io::Error::other(message))
}
