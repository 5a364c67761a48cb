//! The files of a report that hold every comment, written thread by thread.

use super::convokit::push_utterances;
use super::parquet::ParquetRows;
use super::write::{LABELS, PARQUET, UTTERANCES, draft};
use super::{CsvRows, WriteOptions};
use crate::error::{Error, Result};
use crate::label::Labelled;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// `labels.csv`, and `labels.parquet` and `utterances.jsonl` where they are asked for; each appears whole or not at all.
pub struct CommentFiles {
    labels: (CsvRows<Out>, Draft),
    parquet: Option<(ParquetRows<Out>, Draft)>,
    utterances: Option<(Out, Draft)>,
    limit: Option<usize>,
}

type Out = BufWriter<File>;

/// A file that is not whole yet.
struct Draft {
    path: PathBuf,
    draft: PathBuf,
}

impl CommentFiles {
    /// Begins the files in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// [`Error::Io`] if the file system refuses.
    pub fn new(dir: &Path, options: &WriteOptions) -> Result<Self> {
        fs::create_dir_all(dir).map_err(|e| Error::io(dir, e))?;
        let limit = options.quote_limit;
        let labels = Draft::begin(dir, LABELS)?;
        let parquet = options.parquet.then(|| Draft::begin(dir, PARQUET)).transpose()?;
        let utterances = options.convokit.then(|| Draft::begin(dir, UTTERANCES)).transpose()?;
        Ok(CommentFiles {
            labels: (CsvRows::new(labels.0, limit)?, labels.1),
            parquet: parquet.map(|(out, draft)| Ok((ParquetRows::new(out, limit)?, draft))).transpose()?,
            utterances,
            limit,
        })
    }

    /// Adds the comments of a thread.
    ///
    /// # Errors
    /// As [`CommentFiles::new`].
    pub fn add(&mut self, thread: &Labelled<'_>) -> Result<()> {
        self.labels.0.add(thread)?;
        if let Some((rows, _)) = &mut self.parquet {
            rows.add(thread)?;
        }
        if let Some((out, draft)) = &mut self.utterances {
            let mut lines = String::new();
            push_utterances(&mut lines, thread, self.limit)?;
            out.write_all(lines.as_bytes()).map_err(|e| Error::io(&draft.path, e))?;
        }
        Ok(())
    }

    /// Ends the files.
    ///
    /// # Errors
    /// As [`CommentFiles::new`].
    pub fn finish(self) -> Result<()> {
        let (rows, draft) = self.labels;
        draft.keep(rows.finish()?)?;
        if let Some((rows, draft)) = self.parquet {
            draft.keep(rows.finish()?)?;
        }
        self.utterances.map_or(Ok(()), |(out, draft)| draft.keep(out))
    }
}

impl Draft {
    fn begin(dir: &Path, name: &str) -> Result<(Out, Self)> {
        let (path, draft) = (dir.join(name), draft(dir, name));
        let file = File::create(&draft).map_err(|e| Error::io(&draft, e))?;
        Ok((BufWriter::new(file), Draft { path, draft }))
    }

    fn keep(self, out: Out) -> Result<()> {
        let done = out.into_inner().map_err(std::io::IntoInnerError::into_error);
        done.and_then(|_| fs::rename(&self.draft, &self.path)).map_err(|e| Error::io(&self.path, e))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After `keep` there is none.
        let _ = fs::remove_file(&self.draft);
    }
}
