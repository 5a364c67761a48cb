//! `sample`: draws comments for coding by hand.

use crate::cli::console::{Console, counted, to_stdout};
use crate::cli::io::{Reading, load};
use crate::cli::labelling::{Labelling, label_all};
use crate::coding::{Codings, Sheet, sheet};
use crate::error::{Error, Result};
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

/// One line a stratum.
fn told(found: &Sheet) -> String {
    let line = |((stance, place), (drawn, there)): (&(_, String), &(usize, usize))| {
        format!("{stance:<8} {}: {drawn} of {there}\n", visible(place))
    };
    let (drawn, there) = found.strata.values().fold((0, 0), |sum, s| (sum.0 + s.0, sum.1 + s.1));
    found.strata.iter().map(line).collect::<String>()
        + &format!("{drawn} of {} drawn\n", counted(there, "comment"))
}
