//! Which files of a folder are pages.

use crate::cli::console::Console;
use crate::error::Error;
use crate::report::{MANIFEST, READABLE};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Endings of the files that are read from a folder.
pub const ENDINGS: [&str; 12] =
    ["csv", "gz", "htm", "html", "json", "jsonl", "ndjson", "parquet", "tsv", "txt", "xml", "zst"];

/// What a folder holds.
#[derive(Default)]
pub struct Found {
    /// Files that may hold pages, sorted by path.
    pub files: Vec<PathBuf>,
    /// Sub-folders that could not be read.
    pub errors: Vec<Error>,
    /// Folders with a report of this program, whose files are left out.
    reports: Vec<PathBuf>,
}

impl Found {
    /// Looks into a folder. Links to folders are not followed.
    pub fn of(folder: &Path) -> Self {
        let (mut folders, mut found) = (vec![folder.to_owned()], Found::default());
        while let Some(folder) = folders.pop() {
            let entries =
                fs::read_dir(&folder).and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>());
            match entries {
                Ok(entries) => entries.iter().for_each(|e| sort_in(e, &mut folders, &mut found.files)),
                Err(error) => found.errors.push(Error::io(&folder, error)),
            }
        }
        found.files.sort_unstable();
        found.leave_reports_out();
        found
    }

    /// Says what was left out.
    pub fn tell(&self, console: &mut Console) {
        for folder in &self.reports {
            let folder = folder.display();
            console.note_once(format!(
                "{folder}: the files of a report there are left out; name one to read it"
            ));
        }
    }

    /// Labels that were written are no pages to be labelled.
    fn leave_reports_out(&mut self) {
        let manifests = self.files.iter().filter(|f| f.file_name().is_some_and(|n| n == MANIFEST));
        for (folder, written) in manifests.filter_map(|m| written(m)).collect::<Vec<_>>() {
            self.files.retain(|f| !written.contains(f));
            self.reports.push(folder);
        }
    }
}

/// The folder of a report and the files in it, by its manifest, if that is one of this program.
fn written(manifest: &Path) -> Option<(PathBuf, Vec<PathBuf>)> {
    let folder = manifest.parent()?;
    let read: Value = serde_json::from_slice(&fs::read(manifest).ok()?).ok()?;
    // An earlier run may have written what the manifest of a later one does not tell.
    let files = read.get("files")?.as_array()?.iter().filter_map(Value::as_str).chain(READABLE);
    // The name of a file alone: no manifest can hide what lies elsewhere.
    let files = files.filter_map(|name| Path::new(name).file_name());
    let own = read.get("program")?.as_str()? == env!("CARGO_PKG_NAME");
    own.then(|| (folder.to_owned(), files.map(|name| folder.join(name)).collect()))
}

fn sort_in(entry: &fs::DirEntry, folders: &mut Vec<PathBuf>, files: &mut Vec<PathBuf>) {
    let path = entry.path();
    if entry.file_name().to_string_lossy().starts_with('.') {
        return;
    }
    match entry.file_type() {
        Ok(kind) if kind.is_dir() => folders.push(path),
        _ if is_page(&path) => files.push(path),
        _ => {}
    }
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|e| ENDINGS.iter().any(|ending| e.eq_ignore_ascii_case(ending)))
}
