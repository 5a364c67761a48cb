//! Which bucket a thread is in, and how buckets lie in folders.

use std::path::{Path, PathBuf};

/// The bucket of a thread, of `buckets`: FNV-1a of the id's UTF-8 (64 bits, Fowler, Noll, Vo), its high half folded into
/// the low one. `round` 0 is the cut that folders show; others cut a bucket again.
pub fn bucket_of(thread_id: &str, round: u8, buckets: usize) -> usize {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    let start = if round == 0 { START } else { (START ^ u64::from(round)).wrapping_mul(PRIME) };
    let hash = thread_id.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    // Its low bits alone are weak; a second cut would repeat the first.
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((mixed ^ (mixed >> 32)) % buckets.max(1) as u64) as usize
}

/// Name of a bucket's folder, as `bucket=07`.
pub(super) fn folder_name(bucket: usize, buckets: usize) -> String {
    let width = buckets.saturating_sub(1).to_string().len().max(2);
    format!("bucket={bucket:0width$}")
}

/// True for a folder with buckets in it.
pub fn has_buckets(folder: &Path) -> bool {
    !folders(folder).is_empty()
}

/// The bucket that a file is a part of, by the folder it lies in.
pub fn bucket_name(file: &Path) -> Option<String> {
    let folder = file.parent()?;
    let named = match folder.file_name() {
        Some(_) => folder.to_owned(),
        // From inside, the path does not name the bucket.
        None => Path::new(".").join(folder).canonicalize().ok()?,
    };
    let name = named.file_name()?.to_str().filter(|name| name.starts_with("bucket="))?;
    is_lines(file).then(|| name.to_owned())
}

/// The folders of the buckets, by name.
pub(super) fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut found = listed(folder, |name| name.starts_with("bucket="));
    found.retain(|f| f.is_dir());
    found
}

/// The Parquet and NDJSON files of a bucket, by name.
pub(super) fn parts(bucket: &Path) -> Vec<PathBuf> {
    listed(bucket, |name| !name.starts_with(['.', '_']) && is_lines(Path::new(name)))
}

fn listed(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter(|e| e.file_name().to_str().is_some_and(&wanted));
    let mut found: Vec<PathBuf> = named.map(|e| e.path()).collect();
    found.sort_unstable();
    found
}

/// True for the name of a file that is read row by row: NDJSON, packed or not, and Parquet.
pub fn is_lines(path: &Path) -> bool {
    const ENDINGS: [&str; 5] = ["ndjson", "jsonl", "parquet", "zst", "gz"];
    path.extension().is_some_and(|e| ENDINGS.iter().any(|ending| e.eq_ignore_ascii_case(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_spread_and_a_second_cut_is_another() {
        let ids: Vec<String> = (0..64_000).map(|i| format!("{i:x}")).collect();
        let mut sizes = [0; 64];
        ids.iter().for_each(|id| sizes[bucket_of(id, 0, 64)] += 1);
        assert!(sizes.iter().all(|n| (800..1200).contains(n)), "{sizes:?}");
        let mut again = [0; 8];
        let first = ids.iter().filter(|id| bucket_of(id, 0, 64) == 7);
        first.for_each(|id| again[bucket_of(id, 1, 8)] += 1);
        assert!(again.iter().all(|n| (70..190).contains(n)), "{again:?}");
    }

    #[test]
    fn a_thread_stays_in_its_bucket() {
        // Folders written by one version are read by the next.
        assert_eq!(["a1", "", "Fähre"].map(|id| bucket_of(id, 0, 64)), [42, 39, 37]);
        assert_eq!((folder_name(7, 64), folder_name(7, 1000)), ("bucket=07".into(), "bucket=007".into()));
    }
}
