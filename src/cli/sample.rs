//! `sample`: draws comments for coding by hand.

use crate::cli::console::{Console, counted, to_stdout};
use crate::cli::io::{Reading, load};
use crate::cli::labelling::{Labelling, label_all};
use crate::coding::{Codings, Sheet, Stratum, sheet};
use crate::error::{Error, Result};
use crate::label::Stance;
use crate::source::Source;
use crate::visible::visible;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Draws comments, stratified by stance and outlet, into a sheet for coding by hand (CSV).
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, or - for NDJSON on standard input
    #[arg(required = true)]
    input: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    labelling: Labelling,
    /// Comments to draw
    #[arg(short = 'n', long = "count", value_name = "N")]
    count: NonZeroUsize,
    /// The sheet to write; one that coders have begun to fill is kept
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Leave the program's label and confidence out, so that they do not sway the coders
    #[arg(long)]
    blind: bool,
    /// The same seed draws the same comments
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    if let Err(error) = sampled(args, &mut console) {
        console.fail(&error);
    }
    console.finish(false)
}

fn sampled(args: &Args, console: &mut Console) -> Result<()> {
    if is_coded(&args.out) {
        let message = "holds codings; give another name, or move it away";
        return Err(Error::io(&args.out, io::Error::new(io::ErrorKind::AlreadyExists, message)));
    }
    args.reading.set_threads();
    args.labelling.check()?;
    let loaded = load(&args.input, &args.reading, console);
    let setup = args.labelling.setup(&loaded, console)?;
    let labelled = label_all(&setup.labeller()?, &loaded.pages);
    let found = sheet(&labelled, args.count.get(), args.seed, args.blind)?;
    if found.strata.is_empty() {
        console.fail(&"no comments to draw from");
        return Ok(());
    }
    std::fs::write(&args.out, &found.csv).map_err(|e| Error::io(&args.out, e))?;
    let told = told(&found);
    let _ = to_stdout(console, |out| out.write_all(told.as_bytes()));
    Ok(())
}

/// Somebody's work stands in the sheet.
fn is_coded(path: &Path) -> bool {
    let filled = |source: &Source, field| Codings::read(source, "", field, &[]).is_ok();
    let is_filled = |s: &Source| ["label", "sentiment", "note"].iter().any(|field| filled(s, field));
    Source::read(path).is_ok_and(|source| is_filled(&source))
}

/// More strata than this are summed up by stance: a line for each of thousands of threads has no reader.
const MOST_LINES: usize = 24;

/// One line a stratum, or a stance.
fn told(found: &Sheet) -> String {
    let mut lines = String::new();
    let (mut drawn, mut there) = (0, 0);
    for stance in Stance::ALL {
        let (mut sum, mut places) = (Stratum::default(), 0);
        for ((_, place), s) in found.strata.iter().filter(|((of, _), _)| *of == stance) {
            if found.strata.len() <= MOST_LINES {
                lines += &line(stance, &visible(place), s);
            }
            (sum.drawn, sum.there, sum.unsure) =
                (sum.drawn + s.drawn, sum.there + s.there, sum.unsure + s.unsure);
            places += usize::from(s.drawn > 0);
        }
        if found.strata.len() > MOST_LINES && sum.there > 0 {
            lines += &line(stance, &format!("drawn from {}", counted(places, "place")), &sum);
        }
        (drawn, there) = (drawn + sum.drawn, there + sum.there);
    }
    format!("{lines}{drawn} of {} drawn\n", counted(there, "comment"))
}

fn line(stance: Stance, place: &str, s: &Stratum) -> String {
    let unsure = if s.unsure > 0 { format!(" ({} unsure)", s.unsure) } else { String::new() };
    format!("{stance:<8} {place}: {} of {}{unsure}\n", s.drawn, s.there)
}
