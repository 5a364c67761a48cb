//! `report --gold`: how sure labels are against how often they are right.

use crate::cli::console::Console;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::Result;
use crate::gold;
use crate::label::Labelled;
use crate::report::comment_id;
use crate::source::Source;
use std::collections::BTreeMap;
use std::path::Path;

/// Confidence of each label that has gold, and whether it is the gold label. Rows without a comment are reported.
pub(super) fn judged(
    path: &Path,
    labelled: &[Labelled<'_>],
    console: &mut Console,
) -> Result<Vec<(f64, bool)>> {
    let file = Source::read(path)?;
    let source = gold::rows(&file)?;
    let rows = gold::read(&source, "label")?;
    let mut by_id: BTreeMap<String, Vec<(&str, f64, String)>> = BTreeMap::new();
    for page in labelled {
        for (id, label) in page.labels() {
            let found = (page.thread.id.as_str(), label.confidence, label.stance.to_string());
            by_id.entry(comment_id(page.thread, id)).or_default().push(found);
        }
    }
    let (mut pairs, mut strays) = (Vec::new(), 0_u64);
    for ((thread, id), row) in &rows {
        let fits = |known: &&(&str, f64, String)| thread.as_ref().is_none_or(|t| t == known.0);
        let mut found = by_id.get(id).into_iter().flatten().filter(fits);
        match (found.next(), found.next()) {
            (Some((_, confidence, stance)), None) => pairs.push((*confidence, *stance == row.label)),
            _ => strays += 1,
        }
    }
    if strays > 0 {
        let message = format!("{strays} gold rows fit no comment of the input, or several");
        let help = "give the ids of labels.csv, with thread_id where ids repeat";
        let name = path.display().to_string();
        let found = Diagnostic::whole(&name, Code::CodedUnknown, Severity::Warning, message, help);
        console.report(None, &[found]);
    }
    Ok(pairs)
}
