//! `report`: summaries, tables and figures.

use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::label::Labelled;
use crate::report::chart::{ChartStyle, Theme, missing_glyphs};
use crate::report::{About, Input, WriteOptions, figures_named, summarize, text, write};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What is said on the command line.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Files, folders, or `-` for NDJSON on stdin
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Folder for the summaries, tables and figures
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Allegation profile: the id of a built-in one or a file
    #[arg(long, value_name = "ID|PATH")]
    pub profile: Option<String>,
    /// Figures to draw, with commas between; all without this
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub figures: Vec<String>,
    /// Ground and ink of the figures
    #[arg(long, value_enum, default_value_t)]
    pub theme: Theme,
    /// Width of the figures in pixels; their height follows from the rows, PNG has twice the pixels
    #[arg(long, value_name = "PX", default_value_t = 900, value_parser = clap::value_parser!(u32).range(560..=2400))]
    pub width: u32,
    /// Title in place of the figures' own
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Font file for characters that the embedded font lacks; may be given several times
    #[arg(long, value_name = "FILE")]
    pub font: Vec<PathBuf>,
    /// Two-sided confidence of the intervals
    #[arg(long, value_name = "P", default_value_t = 0.95, value_parser = confidence)]
    pub confidence: f64,
}

/// Writes the report on labelled threads into the folder and prints its text, `columns` wide, to `out`; gives what is
/// worth a warning.
///
/// # Errors
/// [`Error::Unknown`] for a figure that does not exist, [`Error::Data`] for a file that is no font, [`Error::Figure`]
/// and [`Error::Io`] as in [`write()`].
pub fn run(
    args: &Args,
    labelled: &[Labelled<'_>],
    about: &About,
    inputs: Vec<Input>,
    columns: usize,
    out: &mut impl Write,
) -> Result<Vec<Diagnostic>> {
    let figures = figures_named(&args.figures)?;
    let mut style = ChartStyle::default();
    (style.width, style.theme) = (args.width, args.theme);
    style.title.clone_from(&args.title);
    style.fonts = args.font.iter().map(|path| font(path)).collect::<Result<_>>()?;
    let summary = summarize(labelled, about, args.confidence);
    let found = missing_glyphs(&figures, &summary, &style).into_iter().collect();
    let mut options = WriteOptions::default();
    (options.figures, options.style, options.inputs) = (figures, style, inputs);
    write(&args.out, &summary, labelled, &options)?;
    out.write_all(text(&summary, columns).as_bytes()).map_err(|e| Error::io("<stdout>", e))?;
    Ok(found)
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
        let (sample, mut out) = (small(), Vec::new());
        run(&args, &sample.labelled(), &About::default(), Vec::new(), 80, &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_command_writes_and_prints() {
        let dir = std::env::temp_dir().join(format!("threadstance-report-{}", std::process::id()));
        let text =
            ran(&dir, &["seeds", "--out", "x", "--figures", "stance_by_depth", "--theme", "dark"]).unwrap();
        assert!(text.contains("outlet        n"), "{text}");
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
