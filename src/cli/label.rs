//! `label`: the label of every comment, and with `--explain` the words that decided.

mod explain;
mod lines;

use crate::cli::console::{Console, to_stdout};
use crate::cli::io::{Reading, load};
use crate::cli::labelling::{Labelling, label_all};
use crate::error::{Error, Result};
use crate::label::Labelled;
use crate::report::csv;
use crate::rule::RulePack;
use clap::ValueEnum;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Labels the stance and sentiment of every comment.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, or - for NDJSON on standard input
    #[arg(required = true)]
    input: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    labelling: Labelling,
    /// How to print: text, NDJSON (one comment a line) or CSV
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Show the words that decided in place, and each rule's reason (text only)
    #[arg(long)]
    explain: bool,
    /// Exit with 1 if there are warnings
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
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
    let loaded = load(&args.input, &args.reading, console);
    let setup = args.labelling.setup(&loaded, console)?;
    let labeller = setup.labeller()?;
    // Lines are written as they are made; the other forms need every label first.
    let held = if args.format == Format::Json { &[] } else { loaded.pages.as_slice() };
    let labelled = label_all(&labeller, held);
    let table = if args.format == Format::Csv { csv(&labelled)? } else { String::new() };
    let write = |out: &mut dyn Write| match args.format {
        Format::Text => labelled.iter().try_for_each(|l| text(out, l, setup.pack(), args.explain)),
        Format::Json => lines::lines(out, &labeller, &loaded.pages),
        Format::Csv => out.write_all(table.as_bytes()),
    };
    match &args.out {
        None => {
            let _ = to_stdout(console, write);
            Ok(())
        }
        Some(path) => {
            let mut bytes = Vec::new();
            write(&mut bytes).and_then(|()| std::fs::write(path, bytes)).map_err(|e| Error::io(path, e))
        }
    }
}

fn text(out: &mut dyn Write, labelled: &Labelled<'_>, pack: &RulePack, explain: bool) -> io::Result<()> {
    explain::heading(out, labelled)?;
    for id in labelled.thread.walk() {
        if explain {
            explain::comment(out, labelled, id, pack)?;
        } else {
            explain::line(out, labelled, id)?;
        }
    }
    Ok(())
}
