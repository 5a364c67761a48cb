//! `eval`: labels gold and says how well; compares packs; compares coders.

mod coders;
mod measure;
mod packs;
mod text;

use crate::cli::console::{Console, to_stdout};
use crate::cli::io::Reading;
use crate::cli::labelling::Labelling;
use crate::error::Result;
use crate::stats::{Judged, evaluate};
use clap::ValueEnum;
use measure::{Gold, One};
pub(super) use measure::{parts, row};
pub(super) use text::evaluation;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Labels gold and prints accuracy, F1, confusion, agreement and calibration.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSONL or CSV with id, text, label and, if known, thread_id, parent_id, accepted, platform, topic, profile; with
    /// --codings the input that the coded comments were drawn from
    gold: PathBuf,
    /// With --codings: how the input is read
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    labelling: Labelling,
    /// What is judged; for agreement each row has `parent_text` and the label agree, disagree or neutral
    #[arg(long, value_enum, default_value_t = Task::Stance)]
    task: Task,
    /// Field that holds the gold label; `label`, or `sentiment` for that task if the gold has it
    #[arg(long, value_name = "FIELD")]
    label_field: Option<String>,
    /// Labels over which macro-F1 is taken, with commas between; all of the gold without this
    #[arg(long, value_name = "a,b,c", value_delimiter = ',')]
    classes: Vec<String>,
    /// Files of coders, CSV or JSONL with id and label: print their agreement, and the program's with them
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["compare", "errors"])]
    codings: Vec<PathBuf>,
    /// Label with two packs, each a folder or `builtin`: do they differ, and which comments changed
    #[arg(long, num_args = 2, value_names = ["PACK_A", "PACK_B"], conflicts_with_all = ["rules", "errors"])]
    compare: Vec<String>,
    /// Print each wrong label with the gold label and the rules that fired
    #[arg(long)]
    errors: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Task {
    Stance,
    Sentiment,
    Agreement,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    let done = if !args.codings.is_empty() {
        coders::coded(args, &mut console)
    } else if !args.compare.is_empty() {
        packs::compared(args, &mut console)
    } else {
        measured(args, &mut console)
    };
    if let Err(error) = done {
        console.fail(&error);
    }
    console.finish(false)
}

fn measured(args: &Args, console: &mut Console) -> Result<()> {
    let gold = Gold::read(args, console)?;
    let setup = gold.setup(args.task, &args.labelling, console)?;
    let found = gold.judge(args.task, &setup)?;
    let judged: Vec<Judged> = found.iter().map(|one| one.judged.clone()).collect();
    let figures = evaluate(args.task.as_str(), &judged, &args.classes);
    let wrong: Vec<&One> = found.iter().filter(|o| args.errors && o.judged.gold != o.judged.label).collect();
    print(args.format, &figures, console, |out| {
        wrong.iter().try_for_each(|one| text::mistake(out, one, setup.pack()))?;
        text::evaluation(out, &figures, setup.pack())
    });
    Ok(())
}

/// Prints figures as JSON, or as `text` writes them.
fn print<T: Serialize>(
    format: Format,
    figures: &T,
    console: &mut Console,
    text: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) {
    let _ = to_stdout(console, |out| match format {
        Format::Text => text(out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, figures)?;
            out.write_all(b"\n")
        }
    });
}

impl Task {
    fn as_str(self) -> &'static str {
        match self {
            Task::Stance => "stance",
            Task::Sentiment => "sentiment",
            Task::Agreement => "agreement",
        }
    }
}
