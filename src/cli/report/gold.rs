//! `report --gold`: how sure labels are against how often they are right.

use crate::cli::console::Console;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::Result;
use crate::gold::{self, GoldRow};
use crate::label::{Labelled, Stance};
use crate::report::comment_id;
use crate::source::Source;
use std::collections::BTreeMap;
use std::path::Path;

/// Gold, and the labels that were given to its comments.
pub(super) struct Judging<'p> {
    path: &'p Path,
    rows: BTreeMap<(Option<String>, String), GoldRow>,
    /// By id: thread, confidence and stance of the comments that have it.
    found: BTreeMap<String, Vec<(String, f64, Stance)>>,
}

impl<'p> Judging<'p> {
    /// Reads gold.
    pub fn new(path: &'p Path) -> Result<Self> {
        let file = Source::read(path)?;
        let source = gold::rows(&file)?;
        let rows = gold::read(&source, "label")?;
        let found = rows.keys().map(|(_, id)| (id.clone(), Vec::new())).collect();
        Ok(Judging { path, rows, found })
    }

    /// Keeps the labels of a thread that have gold.
    pub fn add(&mut self, page: &Labelled<'_>) {
        for (id, label) in page.labels() {
            if let Some(found) = self.found.get_mut(&comment_id(page.thread, id)) {
                found.push((page.thread.id.clone(), label.confidence, label.stance));
            }
        }
    }

    /// Confidence of each label that has gold, and whether it is the gold label. Rows without a comment are reported.
    pub fn finish(&self, console: &mut Console) -> Vec<(f64, bool)> {
        let (mut pairs, mut strays) = (Vec::new(), 0_u64);
        for ((thread, id), row) in &self.rows {
            let fits = |known: &&(String, f64, Stance)| thread.as_ref().is_none_or(|t| *t == known.0);
            let mut found = self.found.get(id).into_iter().flatten().filter(fits);
            match (found.next(), found.next()) {
                (Some((_, confidence, stance)), None) => {
                    pairs.push((*confidence, stance.as_str() == row.label))
                }
                _ => strays += 1,
            }
        }
        if strays > 0 {
            let message = format!("{strays} gold rows fit no comment of the input, or several");
            let help = "give the ids of labels.csv, with thread_id where ids repeat";
            let name = self.path.display().to_string();
            let found = Diagnostic::whole(&name, Code::CodedUnknown, Severity::Warning, message, help);
            console.report(None, &[found]);
        }
        pairs
    }
}
