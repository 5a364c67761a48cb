//! Inputs of rows: which of them are too large to be held.

use crate::bulk::{Input, has_buckets, is_lines};
use crate::cli::console::Console;
use crate::cli::io::{Found, inputs};
use std::path::Path;

/// The inputs, if all can be read row by row: NDJSON, Parquet, folders of these, and folders with buckets.
pub fn row_inputs(given: &[String], console: &mut Console) -> Option<Vec<Input>> {
    let by_rows = |input: &String| {
        let path = Path::new(input);
        if path.is_dir() { only_lines(path) } else { path.is_file() && is_lines(path) }
    };
    given.iter().all(by_rows).then(|| inputs(given, console))
}

/// True for folders with buckets, and for more text than `memory` bytes.
pub fn is_large(inputs: &[Input], memory: u64) -> bool {
    inputs.iter().any(|i| has_buckets(&i.path)) || inputs.iter().map(|i| size(&i.path)).sum::<u64>() > memory
}

fn only_lines(folder: &Path) -> bool {
    let found = Found::of(folder).files;
    !found.is_empty() && found.iter().all(|file| is_lines(file))
}

/// Bytes of text in a file, about: packed files hold some eight times their size.
fn size(path: &Path) -> u64 {
    let packed = ["zst", "gz", "parquet"].iter().any(|e| path.extension().is_some_and(|x| x == *e));
    std::fs::metadata(path).map_or(0, |d| d.len()) * if packed { 8 } else { 1 }
}
