//! Writes a report into a folder.

use super::chart::{ChartStyle, Figure, draw_svg, to_png};
use super::json::write_json;
use super::manifest::{Input, Material, manifest};
use super::markdown::write_markdown;
use super::{CsvRows, PageOptions, convokit, html, latex, parquet};
use crate::error::{Error, Result};
use crate::label::Labelled;
use crate::report::summary::Summary;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
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
/// where it is missing; gives their paths. Figures and pages are made first, and each file appears whole or not at all.
///
/// # Errors
/// [`Error::Figure`] if a drawing fails, [`Error::Io`] if the file system refuses.
pub fn write(
    dir: &Path,
    summary: &Summary,
    labelled: &[Labelled<'_>],
    options: &WriteOptions,
) -> Result<Vec<PathBuf>> {
    let mut files = summaries(summary, options);
    files.push(written(LABELS, |out| {
        let mut rows = CsvRows::new(out, options.quote_limit)?;
        labelled.iter().try_for_each(|page| rows.add(page))?;
        rows.finish().map(drop)
    }));
    files.extend(figures(summary, options)?);
    if options.parquet {
        files.push(file(PARQUET, parquet(labelled, options.quote_limit)?));
    }
    if options.convokit {
        files.push(file(UTTERANCES, convokit(labelled, options.quote_limit)?));
    }
    if let Some(page) = &options.page {
        let page = html(summary, labelled, &options.carried(summary), &options.style, page)?;
        files.push(file(PAGE, page));
    }
    put_all(dir, summary, files, options)
}

/// As [`write()`] where [`super::CommentFiles`] wrote those that hold every comment before; there is no page.
///
/// # Errors
/// As [`write()`].
pub fn write_beside_comments(dir: &Path, summary: &Summary, options: &WriteOptions) -> Result<Vec<PathBuf>> {
    let there = |name: &str| (name.to_owned(), Content::There);
    let mut files = summaries(summary, options);
    files.push(there(LABELS));
    files.extend(figures(summary, options)?);
    files.extend(options.parquet.then(|| there(PARQUET)));
    files.extend(options.convokit.then(|| there(UTTERANCES)));
    put_all(dir, summary, files, options)
}

pub(super) const LABELS: &str = "labels.csv";
pub(super) const PARQUET: &str = "labels.parquet";
pub(super) const UTTERANCES: &str = "utterances.jsonl";
const PAGE: &str = "report.html";
const SUMMARY: &str = "summary.json";
/// Says from what, by what and how a report was made.
pub const MANIFEST: &str = "manifest.json";

/// Files of a report that could be taken for pages, and its manifest, which any report has.
pub const READABLE: [&str; 6] = [LABELS, PARQUET, UTTERANCES, PAGE, SUMMARY, MANIFEST];

/// A file's name and what it is to hold.
type Made<'m> = (String, Content<'m>);

enum Content<'c> {
    /// The file is there.
    There,
    Bytes(Vec<u8>),
    /// Grows with the threads, and is written piece by piece.
    Written(Box<Writing<'c>>),
}

type Writing<'c> = dyn Fn(&mut dyn Write) -> Result<()> + 'c;

fn file<'m>(name: &str, bytes: impl Into<Vec<u8>>) -> Made<'m> {
    (name.to_owned(), Content::Bytes(bytes.into()))
}

fn written<'m>(name: &str, write: impl Fn(&mut dyn Write) -> Result<()> + 'm) -> Made<'m> {
    (name.to_owned(), Content::Written(Box::new(write)))
}

fn summaries<'m>(summary: &'m Summary, options: &WriteOptions) -> Vec<Made<'m>> {
    let carried = options.carried(summary);
    vec![
        written("summary.md", move |out| write_markdown(summary, &carried, out)),
        written(SUMMARY, |out| write_json(summary, out)),
        file("summary.tex", latex(summary)),
    ]
}

fn figures<'m>(summary: &Summary, options: &WriteOptions) -> Result<Vec<Made<'m>>> {
    let carried = options.carried(summary);
    let drawn = carried.iter().map(|f| drawn(*f, summary, &options.style)).collect::<Result<Vec<_>>>()?;
    Ok(drawn.into_iter().flatten().map(|(name, bytes)| file(&name, bytes)).collect())
}

/// Writes the files and their manifest.
fn put_all(
    dir: &Path,
    summary: &Summary,
    mut files: Vec<Made<'_>>,
    options: &WriteOptions,
) -> Result<Vec<PathBuf>> {
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    files.push(file(MANIFEST, manifest(summary, options, &names)?));
    fs::create_dir_all(dir).map_err(|e| Error::io(dir, e))?;
    let one = |(name, content): &Made<'_>| match content {
        Content::There => Ok(dir.join(name)),
        Content::Bytes(bytes) => put(dir, name, |out| out.write_all(bytes).map_err(|e| Error::io(name, e))),
        Content::Written(write) => put(dir, name, write),
    };
    files.iter().map(one).collect()
}

/// Where a file is written before it is whole.
pub(super) fn draft(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!(".{name}.{}", std::process::id()))
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
    let one = |(name, bytes): &(String, Vec<u8>)| {
        put(dir, name, |out| out.write_all(bytes).map_err(|e| Error::io(name, e)))
    };
    drawn.iter().flatten().map(one).collect()
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
fn put(dir: &Path, name: &str, write: impl Fn(&mut dyn Write) -> Result<()>) -> Result<PathBuf> {
    let (path, draft) = (dir.join(name), draft(dir, name));
    let begun = File::create(&draft).map_err(|e| Error::io(&path, e));
    let done = begun.map(BufWriter::new).and_then(|mut out| {
        write(&mut out)?;
        out.into_inner().map(drop).map_err(|e| Error::io(&path, e.into_error()))
    });
    let done = done.and_then(|()| fs::rename(&draft, &path).map_err(|e| Error::io(&path, e)));
    if done.is_err() {
        // The draft may not exist; the first error is the one to tell.
        let _ = fs::remove_file(&draft);
    }
    done.map(|()| path)
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
        names.sort_unstable();
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
