//! Writes a report into a folder.

use super::chart::{ChartStyle, Figure, draw_svg, to_png};
use super::manifest::{Input, Material, manifest};
use super::{PageOptions, convokit, csv_limited, html, json, latex, markdown, parquet};
use crate::error::{Error, Result};
use crate::label::Labelled;
use crate::report::summary::Summary;
use std::fs;
use std::path::{Path, PathBuf};

/// What [`write()`] writes beside the summaries and the table of labels.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WriteOptions {
    /// The figures, as SVG and PNG each.
    pub figures: Vec<Figure>,
    /// How they look.
    pub style: ChartStyle,
    /// The inputs, for the manifest.
    pub inputs: Vec<Input>,
    /// The command line that asked for this, for the manifest.
    pub arguments: Vec<String>,
    /// Files beside the inputs that decide what is written, for the manifest.
    pub materials: Vec<Material>,
    /// Writes `labels.parquet` too.
    pub parquet: bool,
    /// Writes `utterances.jsonl` too.
    pub convokit: bool,
    /// Writes `report.html` too.
    pub page: Option<PageOptions>,
    /// Characters that quotations in the table and the page are cut to; see [`super::limit_quotes`] for the summary.
    pub quote_limit: Option<usize>,
    /// Authors stand under other names, as the manifest then says.
    pub redacted: bool,
}

/// Writes `summary.md`, `summary.json`, `summary.tex`, `labels.csv`, the figures and `manifest.json` into a folder, which is made
/// where it is missing; gives their paths. Everything is made in memory first, and each file appears whole or not at
/// all.
///
/// # Errors
/// [`Error::Figure`] if a drawing fails, [`Error::Io`] if the file system refuses.
pub fn write(
    dir: &Path,
    summary: &Summary,
    labelled: &[Labelled<'_>],
    options: &WriteOptions,
) -> Result<Vec<PathBuf>> {
    let mut files = vec![
        ("summary.md".to_owned(), markdown(summary, &options.carried(summary)).into_bytes()),
        ("summary.json".to_owned(), json(summary)?.into_bytes()),
        ("summary.tex".to_owned(), latex(summary).into_bytes()),
        ("labels.csv".to_owned(), csv_limited(labelled, options.quote_limit)?.into_bytes()),
    ];
    for figure in options.carried(summary) {
        files.extend(drawn(figure, summary, &options.style)?);
    }
    if options.parquet {
        files.push(("labels.parquet".to_owned(), parquet(labelled, options.quote_limit)?));
    }
    if options.convokit {
        files.push(("utterances.jsonl".to_owned(), convokit(labelled, options.quote_limit)?.into_bytes()));
    }
    if let Some(page) = &options.page {
        let page = html(summary, labelled, &options.carried(summary), &options.style, page)?;
        files.push(("report.html".to_owned(), page.into_bytes()));
    }
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let manifest = manifest(summary, options, &names)?;
    files.push(("manifest.json".to_owned(), manifest.into_bytes()));
    fs::create_dir_all(dir).map_err(|e| Error::io(dir, e))?;
    files.iter().map(|(name, bytes)| put(dir, name, bytes)).collect()
}

/// Writes figures alone into a folder, as SVG and PNG each; gives their paths.
///
/// # Errors
/// As [`write()`].
pub fn write_figures(
    dir: &Path,
    summary: &Summary,
    figures: &[Figure],
    style: &ChartStyle,
) -> Result<Vec<PathBuf>> {
    let drawn = figures.iter().map(|f| drawn(*f, summary, style)).collect::<Result<Vec<_>>>()?;
    fs::create_dir_all(dir).map_err(|e| Error::io(dir, e))?;
    drawn.iter().flatten().map(|(name, bytes)| put(dir, name, bytes)).collect()
}

fn drawn(figure: Figure, summary: &Summary, style: &ChartStyle) -> Result<[(String, Vec<u8>); 2]> {
    let svg = draw_svg(figure, summary, style)?;
    let png = to_png(&svg, style)?;
    Ok([(format!("{figure}.svg"), svg.into_bytes()), (format!("{figure}.png"), png)])
}

/// Reads a list of names of figures; an empty list stands for all. Each is taken once, in the order of reports.
///
/// # Errors
/// [`Error::Unknown`] with the names that exist.
pub fn figures_named(names: &[String]) -> Result<Vec<Figure>> {
    if names.is_empty() {
        return Ok(Figure::ALL.to_vec());
    }
    let mut figures = names.iter().map(|n| n.trim().parse()).collect::<Result<Vec<Figure>>>()?;
    figures.sort_unstable();
    figures.dedup();
    Ok(figures)
}

impl WriteOptions {
    /// The figures asked for that the data carry.
    fn carried(&self, summary: &Summary) -> Vec<Figure> {
        self.figures.iter().copied().filter(|f| f.lack(summary).is_none()).collect()
    }
}

impl Default for WriteOptions {
    fn default() -> Self {
        WriteOptions {
            figures: Figure::ALL.to_vec(),
            style: ChartStyle::default(),
            inputs: Vec::new(),
            arguments: Vec::new(),
            materials: Vec::new(),
            parquet: false,
            convokit: false,
            page: None,
            quote_limit: None,
            redacted: false,
        }
    }
}

/// Writes beside the file and renames, so that a reader never sees half of it.
fn put(dir: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let (path, draft) = (dir.join(name), dir.join(format!(".{name}.{}", std::process::id())));
    let done = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, &path));
    if let Err(e) = done {
        // The draft may not exist; the first error is the one to tell.
        let _ = fs::remove_file(&draft);
        return Err(Error::io(path, e));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;
    use crate::report::{About, summarize};

    #[test]
    fn a_folder_holds_everything_and_the_same_twice() {
        let dir = std::env::temp_dir().join(format!("threadstance-write-{}", std::process::id()));
        let sample = small();
        let labelled = sample.labelled();
        let summary = summarize(&labelled, &About::default(), 0.95);
        let options = WriteOptions {
            figures: vec![Figure::StanceByDepth],
            inputs: vec![Input::new("heron.txt", b"x")],
            ..WriteOptions::default()
        };
        let read = |paths: &[PathBuf]| paths.iter().map(|p| fs::read(p).unwrap()).collect::<Vec<_>>();
        let [first, second] =
            ["a/b", "c"].map(|d| write(&dir.join(d), &summary, &labelled, &options).unwrap());
        assert_eq!(read(&first), read(&second));
        let mut names: Vec<String> = fs::read_dir(dir.join("c"))
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let expected = [
            "labels.csv",
            "manifest.json",
            "stance_by_depth.png",
            "stance_by_depth.svg",
            "summary.json",
            "summary.md",
            "summary.tex",
        ];
        assert_eq!(names, expected);
        let manifest = fs::read_to_string(dir.join("c/manifest.json")).unwrap();
        assert!(
            manifest.contains("\"stance_by_depth.png\"") && manifest.contains("\"sha256\": \"2d711642b726")
        );
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn figures_are_read_by_name() {
        let names = |list: &[&str]| figures_named(&list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(names(&[]).unwrap(), Figure::ALL);
        let both = names(&["stance_by_depth", "stance_by_outlet", "stance_by_depth"]).unwrap();
        assert_eq!(both, [Figure::StanceByOutlet, Figure::StanceByDepth]);
        assert!(matches!(names(&["pie"]), Err(Error::Unknown { what: "figure", .. })));
    }
}
