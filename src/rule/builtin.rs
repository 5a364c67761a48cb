//! The shipped rule pack, built into the program.

use crate::digest;
use crate::error::{Error, Result};
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What is wrong with the pack that was to be built in.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Mistake {
    file: String,
    line: usize,
    column: usize,
    message: String,
    help: String,
}

impl Mistake {
    /// The mistake because of which the program holds no pack.
    pub(super) fn found() -> Error {
        let damaged = Error::Unknown {
            what: "rule pack",
            name: "en".to_owned(),
            help: "the program is damaged: build it anew".to_owned(),
        };
        postcard::from_bytes(digest::MISTAKE).map_or(damaged, Mistake::told)
    }

    fn told(self) -> Error {
        let Mistake { file, line, column, message, help } = self;
        Error::Data { file, line, column, message, help }
    }
}

impl From<Error> for Mistake {
    fn from(error: Error) -> Self {
        match error {
            Error::Data { file, line, column, message, help }
            | Error::NotText { file, line, column, message, help } => {
                Mistake { file, line, column, message, help }
            }
            other => Mistake {
                file: "rules/en".to_owned(),
                line: 1,
                column: 1,
                message: other.to_string(),
                help: "mend it and build anew".to_owned(),
            },
        }
    }
}

/// Names and texts of the cases of the English pack.
pub fn case_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    digest::texts("rules/en/cases/")
}

/// The shipped cases, or those in the folder `cases` of a pack.
///
/// # Errors
/// [`Error::Io`] if a file cannot be read.
pub fn cases(pack: Option<&Path>) -> Result<Vec<Source>> {
    let Some(folder) = pack.map(|p| p.join("cases")) else {
        return case_files().map(|(name, text)| Source::from_text(name, text.to_owned())).collect();
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    paths.sort_unstable();
    paths.iter().map(|p| Source::read(p)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_as_it_was_found() {
        let source = Source::from_text("rules/en/a.toml", "[[rule]]\nid = 1\n".to_owned()).unwrap();
        let found = Error::data(&source, 9, "the id is no text", "write it in quotes");
        let (told, stored) = (found.to_string(), postcard::to_allocvec(&Mistake::from(found)).unwrap());
        assert!(told.starts_with("rules/en/a.toml:2:1: "), "{told}");
        assert_eq!(postcard::from_bytes::<Mistake>(&stored).unwrap().told().to_string(), told);
        assert!(Mistake::found().to_string().contains("damaged"), "nothing is wrong with the shipped pack");
    }
}
