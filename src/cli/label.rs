//! `label`: the label of every comment, and with `--explain` the words that decided.

mod bulk;
mod explain;
mod lines;

use crate::cli::console::{Console, to_stdout};
use crate::cli::ingest::Bulk;
use crate::cli::io::{Reading, load};
use crate::cli::labelling::{Labelling, label_all};
use crate::columns::{ParquetWriter, Table};
use crate::error::{Error, Result};
use crate::label::Labelled;
use crate::report::{LABELLED, Paint, Record, csv, push_record};
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
    /// How to print: text, NDJSON (one comment a line), CSV or Parquet
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to a file instead of standard output, or to a folder in buckets by thread
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    bulk: Bulk,
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
    Parquet,
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
    if args.explain && args.format != Format::Text {
        console.note(UNEXPLAINED);
    }
    if let Some((inputs, out)) = bulk::through_buckets(args, console) {
        return bulk::labelled(args, &inputs, &out, console);
    }
    let loaded = load(&args.input, &args.reading, console);
    if args.out.is_some() && loaded.nothing_read(console) {
        return Ok(());
    }
    let setup = args.labelling.setup(&loaded, console)?;
    let labeller = setup.labeller()?;
    // Lines are written as they are made; the other forms need every label first.
    let held = if args.format == Format::Json { &[] } else { loaded.pages.as_slice() };
    let labelled = label_all(&labeller, held);
    let table = if args.format == Format::Csv { csv(&labelled)? } else { String::new() };
    let paint = if args.out.is_some() { Paint::default() } else { console.paint() };
    let width = if args.out.is_some() { usize::MAX } else { console.width() };
    let look = Look { explain: args.explain, width, paint };
    let write = |out: &mut dyn Write| match args.format {
        Format::Text => labelled.iter().try_for_each(|l| text(out, l, setup.pack(), &look)),
        Format::Json => lines::lines(out, &labeller, &loaded.pages),
        Format::Csv => out.write_all(table.as_bytes()),
        Format::Parquet => parquet(out, &labelled),
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

const UNEXPLAINED: &str = "--explain is for text and changes nothing here; JSON and Parquet hold the deciding words in \
    `evidence`, and `threadstance rules explain RULE` gives the reason of a rule";

/// Bytes of a row group in memory.
const GROUP: usize = 8 << 20;

fn parquet(out: &mut dyn Write, labelled: &[Labelled<'_>]) -> io::Result<()> {
    let mut writer = ParquetWriter::new(Vec::new(), LABELLED)?;
    let mut table = Table::new(LABELLED);
    for labelled in labelled {
        for record in labelled.thread.walk().filter_map(|id| Record::new(labelled, id)) {
            push_record(&mut table, &record);
            if table.size() > GROUP {
                writer.write(&std::mem::replace(&mut table, Table::new(LABELLED)))?;
            }
        }
    }
    writer.write(&table)?;
    out.write_all(&writer.finish()?)
}

/// How text is printed.
struct Look {
    explain: bool,
    /// Columns that the words of `--explain` keep to.
    width: usize,
    paint: Paint,
}

fn text(out: &mut dyn Write, labelled: &Labelled<'_>, pack: &RulePack, look: &Look) -> io::Result<()> {
    explain::heading(out, labelled)?;
    for id in labelled.thread.walk() {
        if look.explain {
            explain::comment(out, labelled, id, pack, look)?;
        } else {
            explain::line(out, labelled, id, look.paint)?;
        }
    }
    Ok(())
}
