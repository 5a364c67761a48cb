//! `convert`: any input as ConvoKit utterances, NDJSON, CSV or Parquet.

use crate::cli::console::{Console, to_stdout};
use crate::cli::io::{Reading, load};
use crate::convert::{Target, convert};
use crate::error::{Error, Result};
use crate::thread::Thread;
use clap::ValueEnum;
use std::path::PathBuf;
use std::process::ExitCode;

/// Writes the comments of any input as ConvoKit utterances, NDJSON, CSV or Parquet.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, or - for NDJSON on standard input
    #[arg(required = true)]
    input: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    /// What to write
    #[arg(long, value_enum)]
    to: To,
    /// Write to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Exit with 1 if there are warnings
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// ConvoKit's utterances.jsonl
    Convokit,
    /// One JSON object a line
    Ndjson,
    /// A table with named columns
    Csv,
    /// The same table as Parquet
    Parquet,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    if let Err(error) = converted(args, &mut console) {
        console.fail(&error);
    }
    console.finish(args.strict)
}

fn converted(args: &Args, console: &mut Console) -> Result<()> {
    let loaded = load(&args.input, &args.reading, console);
    if args.out.is_some() && loaded.nothing_read(console) {
        return Ok(());
    }
    let threads: Vec<&Thread> = loaded.pages.iter().flat_map(|p| &p.parsed.threads).collect();
    let name = args.out.as_ref().map_or("standard output".to_owned(), |p| p.display().to_string());
    let target = match args.to {
        To::Convokit => Target::Convokit,
        To::Ndjson => Target::Ndjson,
        To::Csv => Target::Csv,
        To::Parquet => Target::Parquet,
    };
    let mut bytes = Vec::new();
    convert(threads, target, &mut bytes, &name)?;
    match &args.out {
        Some(path) => std::fs::write(path, bytes).map_err(|e| Error::io(path, e)),
        None => {
            let _ = to_stdout(console, |out| out.write_all(&bytes));
            Ok(())
        }
    }
}
