//! How often words are met: patterns are anchored on rare ones. Nothing but the speed depends on it.

use crate::error::{Error, Result};
use crate::source::Source;
use crate::text::{WordId, Words};
use serde::{Deserialize, Serialize};

/// The file as it stands: `word TAB occurrences in a million words`; lines that start with `# ` say where the figures are
/// from. A word that it lacks is rare.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Frequency {
    text: String,
}

impl Frequency {
    /// Takes the lines of a file.
    ///
    /// # Errors
    /// [`Error::Data`] for the first line of another shape.
    pub fn read(source: &Source) -> Result<Self> {
        let lines =
            source.as_str().lines().enumerate().filter(|(_, l)| !l.starts_with("# ") && !l.is_empty());
        for (i, line) in lines {
            if line.split_once('\t').is_none_or(|(_, count)| count.parse::<u32>().is_err()) {
                return Err(Error::Data {
                    file: source.name().to_owned(),
                    line: i + 1,
                    column: 1,
                    message: "not a word, a tab and how often it is met".to_owned(),
                    help: "each line is `word`, a tab, its occurrences in a million words".to_owned(),
                });
            }
        }
        Ok(Frequency { text: source.as_str().to_owned() })
    }

    /// Occurrences in a million by word number; 0 for a word that the table lacks.
    pub(super) fn counts(&self, words: &Words) -> Vec<u32> {
        let mut counts = vec![0; words.bound()];
        for (word, count) in self.text.lines().filter_map(|line| line.split_once('\t')) {
            let id = words.get(word);
            if id != WordId::UNKNOWN {
                counts[id.0 as usize] = count.parse().unwrap_or_default();
            }
        }
        counts
    }
}
