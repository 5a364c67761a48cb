//! The sheet that coders fill.

use super::draw::draw;
use crate::error::{Error, Result};
use crate::label::{Label, Labelled, Stance};
use crate::report::{Record, guard, shorten};
use crate::thread::{CommentId, Text};
use std::collections::BTreeMap;

/// Columns of a sheet; `suggested` and `confidence` are left out of a blind one. The coder fills the last three.
pub const SHEET_COLUMNS: [&str; 11] = [
    "id",
    "thread_id",
    "file",
    "path",
    "parent_text",
    "text",
    "suggested",
    "confidence",
    "label",
    "sentiment",
    "note",
];

/// Characters of the comment answered that are shown.
const PARENT: usize = 300;

/// A drawn sample.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sheet {
    /// CSV after RFC 4180, comments in the order of the input, words guarded by [`guard`].
    pub csv: String,
    /// By stratum: stance and outlet, else thread.
    pub strata: BTreeMap<(Stance, String), Stratum>,
}

/// What a stratum holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stratum {
    /// Comments drawn.
    pub drawn: usize,
    /// Comments there.
    pub there: usize,
    /// Of those there, the comments whose label is unsure.
    pub unsure: usize,
}

/// Draws `n` labelled comments (see [`draw`]) into a sheet. Strata are stance by outlet, or by thread where the outlet is
/// not known; stances alone if there are more of those than comments to draw.
///
/// # Errors
/// [`Error::Io`] if writing into memory fails.
pub fn sheet(labelled: &[Labelled<'_>], n: usize, seed: u64, blind: bool) -> Result<Sheet> {
    let all: Vec<(&Labelled<'_>, CommentId, &Label)> =
        labelled.iter().flat_map(|l| l.labels().map(move |(id, label)| (l, id, label))).collect();
    let keys: Vec<(Stance, String)> = all.iter().map(|(l, _, label)| (label.stance, place(l))).collect();
    let mut strata: BTreeMap<(Stance, String), Stratum> = BTreeMap::new();
    for (key, (_, _, label)) in keys.iter().zip(&all) {
        let stratum = strata.entry(key.clone()).or_default();
        stratum.there += 1;
        stratum.unsure += usize::from(label.unsure);
    }
    let drawn = if strata.len() <= n {
        draw(&keys, n, seed)
    } else {
        draw(&keys.iter().map(|key| key.0).collect::<Vec<_>>(), n, seed)
    };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let failed = |e: std::io::Error| Error::io("sample", e);
    writer.write_record(columns(blind)).map_err(|e| failed(e.into()))?;
    for i in drawn {
        strata.entry(keys[i].clone()).or_default().drawn += 1;
        let (page, id, _) = all[i];
        if let Some(cells) = row(page, id, blind) {
            writer.write_record(&cells).map_err(|e| failed(e.into()))?;
        }
    }
    let bytes = writer.into_inner().map_err(|e| failed(e.into_error()))?;
    let csv = String::from_utf8(bytes).map_err(|e| failed(std::io::Error::other(e)))?;
    Ok(Sheet { csv, strata })
}

fn place(labelled: &Labelled<'_>) -> String {
    labelled.thread.origin.outlet.clone().unwrap_or_else(|| labelled.thread.id.clone())
}

fn columns(blind: bool) -> impl Iterator<Item = &'static str> {
    SHEET_COLUMNS.into_iter().filter(move |c| !blind || !matches!(*c, "suggested" | "confidence"))
}

fn row(page: &Labelled<'_>, id: CommentId, blind: bool) -> Option<Vec<String>> {
    let record = Record::new(page, id)?;
    let parent = page.thread.parent(id).and_then(|p| page.thread.get(p)?.body.text().map(Text::clean));
    let cell = |column| match column {
        "id" => guard(&record.id).into_owned(),
        "thread_id" => guard(record.thread_id).into_owned(),
        "file" => guard(record.file).into_owned(),
        "path" => record.path.clone(),
        "parent_text" => guard(&shorten(parent.as_deref().unwrap_or_default(), PARENT)).into_owned(),
        "text" => guard(&record.text).into_owned(),
        "suggested" => record.stance.to_string(),
        "confidence" => format!("{:.4}", record.confidence),
        _ => String::new(),
    };
    Some(columns(blind).map(cell).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;

    #[test]
    fn a_blind_sheet_holds_no_label() {
        let sample = small();
        let labelled = sample.labelled();
        let open = sheet(&labelled, 99, 1, false).unwrap();
        let blind = sheet(&labelled, 99, 1, true).unwrap();
        assert!(open.csv.starts_with(
            "id,thread_id,file,path,parent_text,text,suggested,confidence,label,sentiment,note\r\n"
        ));
        assert!(blind.csv.starts_with("id,thread_id,file,path,parent_text,text,label,sentiment,note\r\n"));
        assert!(open.csv.contains("'=Nonsense | <b>a smear</b>,deny,0.8800,,,"), "{}", open.csv);
        assert!(blind.csv.contains("'=Nonsense | <b>a smear</b>,,,"), "{}", blind.csv);
        assert_eq!(open.strata.values().map(|s| s.there).sum::<usize>(), 6);
        assert!(open.strata.values().all(|s| s.drawn == s.there && s.unsure <= s.there));
    }

    #[test]
    fn few_comments_are_drawn_by_stance_alone() {
        let sample = small();
        let found = sheet(&sample.labelled(), 2, 1, true).unwrap();
        assert_eq!(found.strata.values().map(|s| s.drawn).sum::<usize>(), 2);
    }
}
