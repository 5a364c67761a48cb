//! The shipped rule pack, built into the program.

use crate::digest;
use crate::error::{Error, Result};
use crate::source::Source;
use crate::zlib::unpacked;
use std::path::{Path, PathBuf};

/// Name and text of each file of the English pack, sorted by name. They are packed in the program: only the catalogue and
/// the tests ask for them.
pub fn files() -> Vec<(String, String)> {
    unpacked(digest::FILES).ok().and_then(|plain| postcard::from_bytes(&plain).ok()).unwrap_or_default()
}

/// Groups of names and deeds; read for each profile, so that nothing is made of them beforehand.
pub(super) const KIN: &str = include_str!("../../rules/en/kin.tsv");

/// How often words are met; read only where patterns are compiled.
pub(super) const FREQUENCY: &str = include_str!("../../rules/en/frequency.tsv");

/// The cases of the English pack.
pub const CASES: &[(&str, &str)] = &[
    ("rules/en/cases/answers.md", include_str!("../../rules/en/cases/answers.md")),
    ("rules/en/cases/arguments.md", include_str!("../../rules/en/cases/arguments.md")),
    ("rules/en/cases/pronouns.md", include_str!("../../rules/en/cases/pronouns.md")),
    ("rules/en/cases/replies.md", include_str!("../../rules/en/cases/replies.md")),
    ("rules/en/cases/rumours.md", include_str!("../../rules/en/cases/rumours.md")),
    ("rules/en/cases/voices.md", include_str!("../../rules/en/cases/voices.md")),
];

/// The shipped cases, or those in the folder `cases` of a pack.
///
/// # Errors
/// [`Error::Io`] if a file cannot be read.
pub fn cases(pack: Option<&Path>) -> Result<Vec<Source>> {
    let Some(folder) = pack.map(|p| p.join("cases")) else {
        return CASES.iter().map(|(name, text)| Source::from_text(name, (*text).to_owned())).collect();
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    paths.sort();
    paths.iter().map(|p| Source::read(p)).collect()
}
