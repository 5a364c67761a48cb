//! `report`: summaries, tables and figures.

mod gold;
mod origin;
mod stream;

use crate::cli::console::{Console, to_stdout};
use crate::cli::io::{Page, Reading, load};
use crate::cli::labelling::{Labelling, label_all};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::label::Labelled;
use crate::report::chart::{ChartStyle, Theme, missing_glyphs};
use crate::report::{
    About, ArticleVoice, Input, PageOptions, Refused, Summary, WriteOptions, figures_named, limit_quotes,
    pseudonym, summarize, write, write_text,
};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Writes summaries, tables and figures per thread and outlet.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Files, folders, or - for NDJSON on standard input
    #[arg(required = true)]
    input: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    labelling: Labelling,
    /// Folder for the summaries, tables and figures
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write report.html too: one page with figures, filters, every comment and the words that decided
    #[arg(long)]
    pub html: bool,
    /// Put other names in place of authors', made from this salt; keep it secret, and the same to join reports
    #[arg(long, value_name = "SALT")]
    pub redact: Option<String>,
    /// Cut quoted words to so many characters
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub quote_limit: Option<u32>,
    /// Gold (JSONL or CSV with id, label and, if known, thread_id): draws the figure of calibration
    #[arg(long, value_name = "FILE")]
    pub gold: Option<PathBuf>,
    /// Write further files
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_enum)]
    pub export: Vec<Export>,
    /// Figures to draw, with commas between; all without this
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub figures: Vec<String>,
    /// Ground and ink of the figures
    #[arg(long, value_enum, default_value_t)]
    pub theme: Theme,
    /// Width of the figures in pixels, 96 to the inch; their height follows from the rows
    #[arg(long, visible_alias = "size", value_name = "PX", default_value_t = 900, value_parser = clap::value_parser!(u32).range(560..=2400))]
    pub width: u32,
    /// Dots an inch of the PNG files
    #[arg(long, value_name = "DPI", default_value_t = 192, value_parser = clap::value_parser!(u32).range(72..=600))]
    pub dpi: u32,
    /// Title in place of the figures' own
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Font file for characters that the embedded font lacks; may be given several times
    #[arg(long, value_name = "FILE")]
    pub font: Vec<PathBuf>,
    /// Two-sided confidence of the intervals
    #[arg(long, value_name = "P", default_value_t = 0.95, value_parser = confidence)]
    pub confidence: f64,
    /// Exit with 1 if there are warnings
    #[arg(long)]
    strict: bool,
}

/// Further files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Export {
    /// labels.parquet: the labelled comments as columns
    Parquet,
    /// utterances.jsonl for ConvoKit, its metadata the labels
    Convokit,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    if let Err(error) = labelled(args, &mut console) {
        console.fail(&error);
    }
    console.finish(args.strict)
}

fn labelled(args: &Args, console: &mut Console) -> Result<()> {
    args.reading.set_threads();
    args.labelling.check()?;
    if let Some(inputs) = stream::inputs(args, console) {
        return stream::reported(args, &inputs, console);
    }
    let mut loaded = load(&args.input, &args.reading, console);
    if loaded.nothing_read(console) {
        return Ok(());
    }
    if let Some(salt) = &args.redact {
        let threads = loaded.pages.iter_mut().flat_map(|p| &mut p.parsed.threads);
        threads.for_each(|t| t.rename_authors(|name| pseudonym(salt, name)));
    }
    let setup = args.labelling.setup(&loaded, console)?;
    let labeller = setup.labeller()?;
    let labelled = label_all(&labeller, &loaded.pages);
    let about = setup.about(console.duplicates());
    let articles = setup.articles(&loaded.pages, args.confidence)?;
    let gold = match &args.gold {
        Some(path) => {
            let mut judging = gold::Judging::new(path)?;
            labelled.iter().for_each(|page| judging.add(page));
            judging.finish(console)
        }
        None => Vec::new(),
    };
    let mut options = options(args, setup.page()?)?;
    options.inputs = loaded.pages.iter().flat_map(inputs_of).collect();
    let profile = args.labelling.profile.as_ref().or(loaded.default_profile.as_ref());
    options.materials = origin::materials(args, profile)?;
    let refused = loaded.refused.clone();
    let given = Given { labelled: &labelled, about: &about, articles, gold, refused };
    let (summary, found) = written(args, given, &options)?;
    tell(console, &summary, &found);
    Ok(())
}

/// The files that a page was read from, as they lie on the disk; of a pipe, which is gone, its text.
fn inputs_of(page: &Page) -> Vec<Input> {
    let path = Path::new(page.source.name());
    if !page.parts.is_empty() {
        // What cannot be opened was told when it was to be read.
        return page.parts.iter().filter_map(|part| Input::of_file(&part.name, &part.path).ok()).collect();
    }
    let file = path.is_file().then(|| Input::of_file(&page.name, path).ok()).flatten();
    vec![file.unwrap_or_else(|| Input::new(&page.name, page.source.as_str().as_bytes()))]
}

/// Writes the report's text, and what is worth a warning.
fn tell(console: &mut Console, summary: &Summary, found: &[Diagnostic]) {
    console.report(None, found);
    let (columns, paint) = (console.width(), console.paint());
    let _ = to_stdout(console, |out| write_text(summary, columns, paint, out));
}

/// What a report is made from, beside the options.
struct Given<'g> {
    labelled: &'g [Labelled<'g>],
    about: &'g About,
    articles: Vec<ArticleVoice>,
    /// Confidences of labels with gold, and whether they are right.
    gold: Vec<(f64, bool)>,
    refused: Vec<Refused>,
}

/// Writes the report into the folder; gives its summary, and what is worth a warning.
fn written(args: &Args, given: Given<'_>, options: &WriteOptions) -> Result<(Summary, Vec<Diagnostic>)> {
    let Given { labelled, about, articles, gold, refused } = given;
    let summary = summarize(labelled, about, args.confidence);
    let mut summary = summary.with_articles(articles).with_calibration(&gold);
    summary.refused = refused;
    let found = cut_and_checked(&mut summary, options);
    write(&args.out, &summary, labelled, options)?;
    Ok((summary, found))
}

/// Cuts the quotations, and tells which characters the figures cannot show.
fn cut_and_checked(summary: &mut Summary, options: &WriteOptions) -> Vec<Diagnostic> {
    if let Some(limit) = options.quote_limit {
        limit_quotes(summary, limit);
    }
    missing_glyphs(&options.figures, summary, &options.style).into_iter().collect()
}

/// How the report is written.
fn options(args: &Args, page: PageOptions) -> Result<WriteOptions> {
    let mut style = ChartStyle::default();
    (style.width, style.theme, style.dpi) = (args.width, args.theme, args.dpi);
    style.title.clone_from(&args.title);
    style.fonts = args.font.iter().map(|path| font(path)).collect::<Result<_>>()?;
    let mut options = WriteOptions::default();
    (options.figures, options.style) = (figures_named(&args.figures)?, style);
    let limit = args.quote_limit.map(|n| n as usize);
    let page = PageOptions { quote_limit: limit, ..page };
    (options.page, options.quote_limit) = (args.html.then_some(page), limit);
    options.arguments = origin::arguments(args);
    options.parquet = args.export.contains(&Export::Parquet);
    options.convokit = args.export.contains(&Export::Convokit);
    options.redacted = args.redact.is_some();
    Ok(options)
}

fn font(path: &Path) -> Result<Vec<u8>> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
    match ttf_parser::Face::parse(&bytes, 0) {
        Ok(_) => Ok(bytes),
        Err(e) => Err(Error::Data {
            file: path.display().to_string(),
            line: 1,
            column: 1,
            message: format!("not a font: {e}"),
            help: "give a TrueType or OpenType file (.ttf, .otf, .ttc)".to_owned(),
        }),
    }
}

fn confidence(text: &str) -> std::result::Result<f64, String> {
    match text.parse::<f64>() {
        Ok(p) if p > 0.0 && p < 1.0 => Ok(p),
        _ => Err("give a number between 0 and 1, as 0.95".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;
    use crate::report::text;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn said(words: &[&str]) -> std::result::Result<Args, clap::Error> {
        Line::try_parse_from(["report"].iter().chain(words)).map(|line| line.args)
    }

    fn ran(dir: &Path, words: &[&str]) -> Result<String> {
        let mut args = said(words).unwrap();
        args.out = dir.to_owned();
        let sample = small();
        let given = Given {
            labelled: &sample.labelled(),
            about: &About::default(),
            articles: Vec::new(),
            gold: vec![(0.9, true), (0.4, false)],
            refused: Vec::new(),
        };
        let options = options(&args, PageOptions::default())?;
        Ok(text(&written(&args, given, &options)?.0, 80))
    }

    #[test]
    fn the_command_writes_and_prints() {
        let dir = std::env::temp_dir().join(format!("threadstance-report-{}", std::process::id()));
        let text =
            ran(&dir, &["seeds", "--out", "x", "--figures", "stance_by_depth", "--theme", "dark"]).unwrap();
        assert!(text.contains("outlet            n"), "{text}");
        assert!(dir.join("stance_by_depth.svg").exists() && !dir.join("stance_by_outlet.svg").exists());
        let odd = ran(&dir, &["seeds", "--out", "x", "--figures", "pie"]).unwrap_err().to_string();
        assert!(odd.contains("`pie`") && odd.contains("stance_by_outlet"), "{odd}");
        let svg = dir.join("stance_by_depth.svg").display().to_string();
        let odd = ran(&dir, &["seeds", "--out", "x", "--font", &svg]).unwrap_err().to_string();
        assert!(odd.contains("not a font"), "{odd}");
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn bad_values_are_refused() {
        assert!(said(&["--out", "x"]).is_err(), "no input");
        assert!(said(&["seeds", "--out", "x", "--confidence", "95"]).is_err());
        assert!(said(&["seeds", "--out", "x", "--width", "10"]).is_err());
        assert!(said(&["seeds", "-", "--out", "x", "--figures", "a,b"]).is_ok_and(|a| a.figures.len() == 2));
    }
}
