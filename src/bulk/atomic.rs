//! Files that appear whole or not at all.

use crate::error::{Error, Result};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Makes a file under another name beside `path`, and renames it when `fill` has filled it and the disk holds it.
pub(super) fn put(path: &Path, fill: impl FnOnce(File) -> io::Result<File>) -> Result<()> {
    let draft = draft(path);
    let failed = |error| Error::io(path, error);
    let done = File::create(&draft).and_then(fill).and_then(|file| file.sync_all());
    if let Err(error) = done.and_then(|()| fs::rename(&draft, path)) {
        // The draft may not exist; the first error is the one to tell.
        let _ = fs::remove_file(&draft);
        return Err(failed(error));
    }
    settle(path.parent())
}

/// The name under which a file is made. It begins with a dot, which readers of folders pass over.
fn draft(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.draft"))
}

/// Sees to it that the names in a folder are on disk.
pub(super) fn settle(folder: Option<&Path>) -> Result<()> {
    match folder.filter(|f| !f.as_os_str().is_empty()) {
        Some(folder) => File::open(folder).and_then(|f| f.sync_all()).map_err(|e| Error::io(folder, e)),
        None => Ok(()),
    }
}

/// The folder of a run's state, beside its output: readers of a folder of Parquet stumble over other files in it.
pub(super) fn state_of(out: &Path) -> PathBuf {
    let name = out.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    out.with_file_name(format!(".{name}.threadstance"))
}

/// Makes a folder and those above it.
pub(super) fn folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|e| Error::io(path, e))
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn clear(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io(path, error)),
        _ => Ok(()),
    }
}
