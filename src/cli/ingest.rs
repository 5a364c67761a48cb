//! `ingest`: big dumps become Parquet in buckets by thread.

use crate::bulk::{Plan, ingest};
use crate::cli::console::Console;
use crate::cli::io::{Reading, inputs};
use crate::cli::watch::Progress;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads dumps once, in little memory, and writes Parquet in buckets by thread (bucket=07/part-0.parquet).
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Dumps (.zst with windows up to 2 GiB, .gz, NDJSON, Parquet), or folders of them
    #[arg(required = true)]
    input: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    /// Folder for the buckets; those of several runs lie beside one another
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    bulk: Bulk,
    /// Exit with 1 if there are warnings
    #[arg(long)]
    strict: bool,
}

/// Options of runs over inputs of any size.
#[derive(Debug, Clone, clap::Args)]
pub struct Bulk {
    /// Go on with a run that was stopped
    #[arg(long)]
    pub resume: bool,
    /// Number of buckets that threads are cut into
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=4096))]
    pub buckets: u16,
    /// MiB of comments that are held at once; a larger bucket is cut again
    #[arg(long, value_name = "MIB", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    pub memory: u32,
    /// Bytes of input between two points from which a stopped run goes on
    #[arg(long, value_name = "BYTES", default_value_t = 256 << 20, hide = true)]
    pub checkpoint: u64,
}

impl Bulk {
    /// The plan of a run that reads so.
    pub fn plan(&self, reading: &Reading) -> Plan {
        Plan {
            dialect: reading.dialect,
            columns: reading.map.clone().unwrap_or_default(),
            buckets: usize::from(self.buckets),
            memory: (self.memory as usize) << 20,
            checkpoint: self.checkpoint,
            resume: self.resume,
        }
    }
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    let inputs = inputs(&args.input, &mut console);
    let plan = args.bulk.plan(&args.reading);
    let mut progress = Progress::new(&mut console);
    let done = ingest(&inputs, &args.out, &plan, &mut progress);
    progress.finish(done.as_ref().ok().map(|d| d.counts));
    match done {
        Err(error) => console.fail(&error),
        Ok(done) if done.before => console.note("this run was finished before; nothing was to do"),
        Ok(_) => {}
    }
    console.finish(args.strict)
}
