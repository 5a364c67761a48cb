//! `eval`: labels gold and says how well.

use crate::cli::console::{Console, to_stdout};
use crate::cli::io::Loaded;
use crate::cli::labelling::Labelling;
use crate::error::Result;
use crate::gold::{self, GoldRow};
use crate::label::{Label, Labeller};
use crate::parse::{Dialect, parse};
use crate::profile::Profile;
use crate::rule::RulePack;
use crate::source::Source;
use crate::stats::{Evaluation, Judged, evaluate};
use crate::thread::Thread;
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Labels gold and prints accuracy, F1, confusion, agreement and calibration.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// JSONL with id, text, label and, if known, thread_id, parent_id, accepted, platform, topic, profile
    gold: PathBuf,
    #[command(flatten)]
    labelling: Labelling,
    /// What is judged
    #[arg(long, value_enum, default_value_t = Task::Stance)]
    task: Task,
    /// Field that holds the gold label; `label`, or `sentiment` for that task if the gold has it
    #[arg(long, value_name = "FIELD")]
    label_field: Option<String>,
    /// Labels over which macro-F1 is taken, with commas between; all of the gold without this
    #[arg(long, value_name = "a,b,c", value_delimiter = ',')]
    classes: Vec<String>,
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    if let Err(error) = measured(args, &mut console) {
        console.fail(&error);
    }
    console.finish(false)
}

fn measured(args: &Args, console: &mut Console) -> Result<()> {
    let source = Source::read(&args.gold)?;
    let parsed = parse(&source, Some(Dialect::Ndjson))?;
    console.report(Some(&source), &parsed.diagnostics);
    let rows = rows(args, &source)?;
    let own = rows.values().all(|r| r.profile.is_some());
    let setup = if own {
        args.labelling.quiet_setup()?
    } else {
        args.labelling.setup(&Loaded::default(), console)?
    };
    let mut judged = Vec::new();
    let mut errors = Vec::new();
    let mut labellers: Vec<(Option<&Profile>, Labeller<'_>)> = Vec::new();
    for thread in &parsed.threads {
        console.count(thread);
        for part in parts(thread, &rows) {
            let at = match labellers.iter().position(|l| l.0 == part) {
                Some(at) => at,
                None => {
                    labellers.push((part, setup.labeller_for(part)?));
                    labellers.len() - 1
                }
            };
            judge(args.task, thread, part, &labellers[at].1, &rows, &mut judged, &mut errors);
        }
    }
    let task = if args.task == Task::Stance { "stance" } else { "sentiment" };
    let found = evaluate(task, &judged, &args.classes);
    let shown = if args.errors { errors } else { Vec::new() };
    let _ = to_stdout(console, |out| match args.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &found)?;
            out.write_all(b"\n")
        }
        Format::Text => text(out, &found, &shown, setup.pack()),
    });
    Ok(())
}

pub(super) type Rows = BTreeMap<(Option<String>, String), GoldRow>;

fn rows(args: &Args, source: &Source) -> Result<Rows> {
    match (&args.label_field, args.task) {
        (Some(field), _) => gold::read(source, field),
        (None, Task::Stance) => gold::read(source, "label"),
        (None, Task::Sentiment) => gold::read(source, "sentiment").or_else(|_| gold::read(source, "label")),
    }
}

/// The profiles of a thread's rows, each once; in one forest of single comments there may be several.
pub(super) fn parts<'r>(thread: &Thread, rows: &'r Rows) -> Vec<Option<&'r Profile>> {
    let mut out: Vec<Option<&Profile>> = Vec::new();
    for (_, comment) in thread.comments() {
        let Some(row) = comment.key.as_ref().and_then(|key| row(thread, key, rows)) else { continue };
        if !out.contains(&row.profile.as_ref()) {
            out.push(row.profile.as_ref());
        }
    }
    out
}

pub(super) fn row<'r>(thread: &Thread, key: &str, rows: &'r Rows) -> Option<&'r GoldRow> {
    let named = rows.get(&(Some(thread.id.clone()), key.to_owned()));
    named.or_else(|| rows.get(&(None, key.to_owned())))
}

fn judge(
    task: Task,
    thread: &Thread,
    profile: Option<&Profile>,
    labeller: &Labeller<'_>,
    rows: &Rows,
    judged: &mut Vec<Judged>,
    errors: &mut Vec<(Judged, String, Label)>,
) {
    let labelled = labeller.label(thread);
    for (id, comment) in thread.comments() {
        let Some(row) = comment.key.as_ref().and_then(|key| row(thread, key, rows)) else { continue };
        let Some(label) = labelled.label(id).filter(|_| row.profile.as_ref() == profile) else { continue };
        let found = if task == Task::Stance { label.stance.as_str() } else { label.sentiment.as_str() };
        let one = Judged {
            gold: row.label.clone(),
            accepted: row.accepted.clone(),
            label: found.to_owned(),
            confidence: label.confidence,
            thread: row.thread.clone().unwrap_or_else(|| row.id.clone()),
            platform: row.platform.clone(),
            topic: row.topic.clone(),
            is_reply: row.is_reply,
        };
        if one.gold != one.label {
            let words = comment.body.text().map(crate::thread::Text::clean).unwrap_or_default();
            errors.push((
                one.clone(),
                format!("{}: {}", row.id, crate::report::shorten(&words, 400)),
                label.clone(),
            ));
        }
        judged.push(one);
    }
}

fn text(
    out: &mut dyn Write,
    found: &Evaluation,
    errors: &[(Judged, String, Label)],
    pack: &RulePack,
) -> io::Result<()> {
    for (judged, words, label) in errors {
        writeln!(out, "gold {} got {} {:.2}  {words}", judged.gold, judged.label, judged.confidence)?;
        for evidence in label.evidence.iter().take(6) {
            let known = pack.rule(&evidence.rule).is_some();
            let effect = (evidence.effect.support, evidence.effect.deny, evidence.effect.query);
            writeln!(
                out,
                "      {}{} {effect:.2?} “{}”",
                if known { "" } else { "?" },
                evidence.rule,
                crate::report::shorten(&evidence.quote, 60)
            )?;
        }
    }
    writeln!(out, "{} of {} comments; rules {} {}", found.task, found.n, pack.id, pack.version)?;
    for (name, value) in [
        ("accuracy", found.accuracy),
        ("accuracy_lenient", found.accuracy_lenient),
        ("macro_f1", found.macro_f1),
    ] {
        let interval = found.intervals.get(name).map(|i| format!("  95 % [{:.3}, {:.3}]", i.low, i.high));
        writeln!(out, "{name:<17} {value:.3}{}", interval.unwrap_or_default())?;
    }
    let or_none = |x: Option<f64>| x.map_or("–".to_owned(), |x| format!("{x:.3}"));
    writeln!(out, "kappa {}  alpha {}  ece {:.3}", or_none(found.kappa), or_none(found.alpha), found.ece)?;
    for (class, c) in &found.per_class {
        writeln!(
            out,
            "{class:<10} precision {:.3}  recall {:.3}  f1 {:.3}  n {}",
            c.precision, c.recall, c.f1, c.support
        )?;
    }
    for (gold, row) in &found.confusion {
        let cells: Vec<String> = row.iter().map(|(label, count)| format!("{label} {count}")).collect();
        writeln!(out, "gold {gold:<10} {}", cells.join(", "))?;
    }
    for (name, part) in found.by_platform.iter().chain(&found.by_topic) {
        writeln!(
            out,
            "{name}: n {}  accuracy {:.3}  lenient {:.3}  macro_f1 {:.3}",
            part.n, part.accuracy, part.accuracy_lenient, part.macro_f1
        )?;
    }
    if let Some(part) = &found.replies_only {
        writeln!(
            out,
            "replies only: n {}  accuracy {:.3}  macro_f1 {:.3}",
            part.n, part.accuracy, part.macro_f1
        )?;
    }
    Ok(())
}
