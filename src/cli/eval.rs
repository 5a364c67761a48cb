//! `eval`: labels gold and says how well; compares packs; compares coders.

mod coders;
mod measure;
pub(super) mod packs;
mod text;

use crate::cli::console::{Console, to_stdout};
use crate::cli::io::Reading;
use crate::cli::labelling::Labelling;
use crate::error::{Error, Result};
use crate::report::chart::{ChartStyle, Figure};
use crate::report::{About, summarize, write_figures};
use crate::stats::{Evaluation, Judged, evaluate};
use clap::ValueEnum;
use measure::{Gold, One};
pub(super) use measure::{parts, row};
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
pub(super) use text::evaluation;

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
    /// Write evaluation.json and the figure of calibration (SVG and PNG) into a folder (task stance)
    #[arg(long, value_name = "DIR", conflicts_with_all = ["codings", "compare"])]
    out: Option<PathBuf>,
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
    let mut figures = evaluate(args.task.as_str(), &judged, &args.classes);
    if args.task == Task::Stance {
        figures = figures.with_sure(found.iter().map(|one| (&one.judged, one.label.unsure)));
    }
    let wrong: Vec<&One> = found.iter().filter(|o| args.errors && o.judged.gold != o.judged.label).collect();
    if let Some(dir) = &args.out {
        written(dir, args.task, &figures, &judged, &setup.about(console.duplicates()))?;
    }
    print(args.format, &figures, console, |out| {
        wrong.iter().try_for_each(|one| text::mistake(out, args.task, one, setup.pack()))?;
        text::evaluation(out, &figures, setup.pack())
    });
    Ok(())
}

/// Writes the figures as JSON, and for stances, whose confidence is that of the labels, how well it is calibrated.
fn written(dir: &Path, task: Task, figures: &Evaluation, judged: &[Judged], about: &About) -> Result<()> {
    std::fs::create_dir_all(dir).map_err(|e| Error::io(dir, e))?;
    let path = dir.join("evaluation.json");
    let mut bytes = serde_json::to_vec_pretty(figures).map_err(|e| Error::io(&path, e.into()))?;
    bytes.push(b'\n');
    std::fs::write(&path, bytes).map_err(|e| Error::io(&path, e))?;
    if task == Task::Stance {
        let pairs: Vec<(f64, bool)> = judged.iter().map(|j| (j.confidence, j.gold == j.label)).collect();
        let summary = summarize([], about, CONFIDENCE).with_calibration(&pairs);
        write_figures(dir, &summary, &[Figure::Calibration], &ChartStyle::default())?;
    }
    Ok(())
}

/// Two-sided confidence of the intervals.
const CONFIDENCE: f64 = 0.95;

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
