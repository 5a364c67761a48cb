//! The sentiment lexicon: a sorted table of words with a valence, and its source and licence in the head.

use crate::error::{Error, Result};
use crate::source::Source;
use crate::text::{WordId, Words};
use serde::{Deserialize, Serialize};

/// Words with their mean valence in [−4, 4].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Lexicon {
    entries: Vec<(String, f32)>,
}

impl Lexicon {
    /// Reads `word TAB valence` lines; lines that start with `# ` or are empty say where the list is from.
    ///
    /// # Errors
    /// [`Error::Data`] for a line of another shape and for lines out of order.
    pub fn read(source: &Source) -> Result<Self> {
        let mut entries: Vec<(String, f32)> = Vec::new();
        for (i, line) in source.as_str().lines().enumerate() {
            if line.starts_with("# ") || line.is_empty() {
                continue;
            }
            let (word, valence) =
                line.split_once('\t').ok_or_else(|| mistake(source, i, "no tab in this line"))?;
            let valence =
                valence.trim().parse().map_err(|_| mistake(source, i, "the valence is no number"))?;
            if entries.last().is_some_and(|last| last.0.as_str() >= word) {
                return Err(mistake(source, i, "out of order or twice"));
            }
            entries.push((word.to_owned(), valence));
        }
        Ok(Lexicon { entries })
    }

    /// The entries, sorted.
    pub fn entries(&self) -> &[(String, f32)] {
        &self.entries
    }

    /// Valences by word number, after every word has been given one.
    pub fn number(&self, words: &mut Words) -> Vec<(WordId, f32)> {
        self.entries.iter().map(|(word, valence)| (words.intern(word), *valence)).collect()
    }
}

fn mistake(source: &Source, line: usize, message: &str) -> Error {
    Error::Data {
        file: source.name().to_owned(),
        line: line + 1,
        column: 1,
        message: message.to_owned(),
        help: "each line is `word`, a tab, its valence; lines are sorted by byte".to_owned(),
    }
}
