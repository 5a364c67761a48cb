//! Inputs larger than memory: dumps are cut into buckets by thread on disk, and labelled bucket by bucket and thread by
//! thread. A run that was killed goes on where its journal says, and ends with the bytes it would have ended with.

mod atomic;
mod bucket;
mod buckets;
mod codec;
mod gather;
mod held;
mod ingest;
mod journal;
mod label;
mod lines;
mod load;
mod parallel;
mod spill;
mod threads;
mod together;

pub use bucket::{bucket_name, bucket_of, has_buckets, is_lines};
pub use buckets::files;
pub use ingest::{Ingest, ingest};
pub use journal::Counts;
pub use label::{LabelJob, OutputFormat, label};
pub use load::is_made_of_rows;
pub use threads::threads;
pub use together::{sharing, together};

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::parse::{Columns, Dialect};
use std::path::{Path, PathBuf};

/// One input of a bulk run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// Relative to the given folder, or as given; of several folders with the folder.
    pub name: String,
}

impl Input {
    /// A file below a given folder. Of several folders only its path tells it from a file of another.
    pub fn below(folder: &Path, path: PathBuf, several: bool) -> Self {
        let from = if several { &path } else { path.strip_prefix(folder).unwrap_or(&path) };
        let names: Vec<_> = from.components().map(|c| c.as_os_str().to_string_lossy()).collect();
        Input { name: if several { from.display().to_string() } else { names.join("/") }, path }
    }
}

/// True for several folders: a name relative to one may stand in another too.
pub fn several<'p>(inputs: impl Iterator<Item = &'p Path>) -> bool {
    inputs.filter(|path| path.is_dir() || bucket_name(path).is_some()).count() > 1
}

/// How inputs are read and cut.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Reads every input as this dialect.
    pub dialect: Option<Dialect>,
    /// Which keys give the fields.
    pub columns: Columns,
    /// Number of buckets.
    pub buckets: usize,
    /// Bytes of rows that are held at once; a bucket above it is cut again.
    pub memory: usize,
    /// Bytes of input between two points from which a killed run can go on.
    pub checkpoint: u64,
    /// Goes on with a run that was killed.
    pub resume: bool,
}

impl Default for Plan {
    fn default() -> Self {
        let (dialect, columns) = (None, Columns::default());
        Plan { dialect, columns, buckets: 64, memory: 16 << 20, checkpoint: 256 << 20, resume: false }
    }
}

/// Is told how a run goes.
pub trait Watch {
    /// A step begins that takes so many bytes.
    fn step(&mut self, name: &str, bytes: u64);
    /// So many bytes and comments more were done.
    fn advance(&mut self, bytes: u64, comments: u64);
    /// Something survivable was found.
    fn found(&mut self, found: &[Diagnostic]);
    /// An input could not be read, or not to its end; the others go on.
    fn failed(&mut self, error: Error);
}
