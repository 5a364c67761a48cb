//! Rows on their way to buckets: a file for each bucket, to which packed blocks of rows are appended.

use super::codec::{decode, encode};
use crate::error::{Error, Result};
use crate::parse::Row;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes of rows that are held before they are written.
const HELD: usize = 8 << 20;

/// The files of one cut.
pub(super) struct Spill {
    folder: PathBuf,
    files: Vec<Option<File>>,
    /// Bytes of each file that hold whole blocks.
    pub lengths: Vec<u64>,
    held: Vec<Vec<u8>>,
    size: usize,
}

impl Spill {
    /// Goes on with files of these lengths in a folder; what stands behind is dropped.
    pub fn open(folder: &Path, lengths: Vec<u64>) -> Result<Self> {
        super::atomic::folder(folder)?;
        let buckets = lengths.len();
        let mut spill = Spill {
            folder: folder.to_owned(),
            files: (0..buckets).map(|_| None).collect(),
            held: vec![Vec::new(); buckets],
            lengths,
            size: 0,
        };
        for bucket in 0..buckets {
            let path = path(folder, bucket);
            match spill.lengths.get(bucket) {
                Some(0) | None => drop(std::fs::remove_file(path)),
                Some(length) => {
                    let file = OpenOptions::new().append(true).open(&path).and_then(|file| {
                        file.set_len(*length)?;
                        Ok(file)
                    });
                    spill.files[bucket] = Some(file.map_err(|e| Error::io(&path, e))?);
                }
            }
        }
        Ok(spill)
    }

    /// Adds a row to a bucket.
    pub fn push(&mut self, bucket: usize, row: &Row) -> Result<()> {
        let Some(held) = self.held.get_mut(bucket) else { return Ok(()) };
        let before = held.len();
        encode(row, held);
        self.size += held.len() - before;
        if self.size > HELD { self.flush() } else { Ok(()) }
    }

    /// Writes what is held.
    pub fn flush(&mut self) -> Result<()> {
        for bucket in 0..self.held.len() {
            let rows = std::mem::take(&mut self.held[bucket]);
            if !rows.is_empty() {
                let path = path(&self.folder, bucket);
                self.append(bucket, &rows).map_err(|e| Error::io(path, e))?;
            }
        }
        self.size = 0;
        Ok(())
    }

    fn append(&mut self, bucket: usize, rows: &[u8]) -> io::Result<()> {
        let packed = zstd::bulk::compress(rows, 1)?;
        let file = match &mut self.files[bucket] {
            Some(file) => file,
            none => {
                none.insert(OpenOptions::new().append(true).create(true).open(path(&self.folder, bucket))?)
            }
        };
        file.write_all(&(packed.len() as u32).to_le_bytes())?;
        file.write_all(&(rows.len() as u32).to_le_bytes())?;
        file.write_all(&packed)?;
        self.lengths[bucket] += packed.len() as u64 + 8;
        Ok(())
    }

    /// Writes what is held and waits for the disk.
    pub fn sync(&mut self) -> Result<()> {
        self.flush()?;
        for file in self.files.iter().flatten() {
            file.sync_data().map_err(|e| Error::io(&self.folder, e))?;
        }
        super::atomic::settle(Some(&self.folder))
    }
}

/// The file of a bucket.
pub(super) fn path(folder: &Path, bucket: usize) -> PathBuf {
    folder.join(format!("{bucket}.rows"))
}

/// Gives every row of a file to `take`, until that fails.
pub(super) fn rows(file: &Path, take: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
    let failed = |error| Error::io(file, error);
    let mut reader = BufReader::new(File::open(file).map_err(failed)?);
    while let Some(block) = block(&mut reader).map_err(failed)? {
        let mut left = block.as_slice();
        while !left.is_empty() {
            let broken = || failed(io::Error::other("rows that cannot be read; run again without --resume"));
            take(decode(&mut left).ok_or_else(broken)?)?;
        }
    }
    Ok(())
}

fn block(reader: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut sizes = [0; 8];
    match reader.read_exact(&mut sizes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let size = |at: usize| u32::from_le_bytes([sizes[at], sizes[at + 1], sizes[at + 2], sizes[at + 3]]);
    let mut packed = vec![0; size(0) as usize];
    reader.read_exact(&mut packed)?;
    zstd::bulk::decompress(&packed, size(4) as usize).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_end_is_dropped() {
        let folder = std::env::temp_dir().join(format!("threadstance-spill-{}", std::process::id()));
        let row = |id: &str| Row { id: Some(id.to_owned()), text: Some("x".to_owned()), ..Row::default() };
        let mut spill = Spill::open(&folder, vec![0; 2]).unwrap();
        spill.push(1, &row("a")).unwrap();
        spill.sync().unwrap();
        let lengths = spill.lengths.clone();
        spill.push(1, &row("lost")).unwrap();
        spill.push(0, &row("lost")).unwrap();
        spill.flush().unwrap();
        let mut spill = Spill::open(&folder, lengths).unwrap();
        spill.push(1, &row("b")).unwrap();
        spill.sync().unwrap();
        let mut found = Vec::new();
        rows(&path(&folder, 1), &mut |row| {
            found.extend(row.id);
            Ok(())
        })
        .unwrap();
        assert_eq!((found, path(&folder, 0).exists()), (vec!["a".to_owned(), "b".to_owned()], false));
        super::super::atomic::clear(&folder).unwrap();
    }
}
