//! `eval --codings`: coders against each other, and the program against them.

use super::text::or_none;
use super::{Args, Task, measure, print};
use crate::cli::console::Console;
use crate::cli::io::{Loaded, load};
use crate::coding::{Agreement, Coder, Codings, Key, Labels, ProgramLabel, agreement};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::Result;
use crate::label::{Sentiment, Stance};
use crate::report::comment_id;
use crate::source::Source;
use crate::stats::Evaluation;
use crate::visible::visible;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn coded(args: &Args, console: &mut Console) -> Result<()> {
    args.reading.set_threads();
    args.labelling.check()?;
    let loaded = load(&[args.gold.display().to_string()], &args.reading, console);
    let setup = args.labelling.setup(&loaded, console)?;
    let program = labels(args.task, &loaded, &setup.labeller()?);
    let classes = if args.classes.is_empty() { default_classes(args.task) } else { args.classes.clone() };
    let coders = coders(args, &classes, &program, console);
    let found = agreement(args.task.as_str(), &coders, &program, &args.classes);
    print(args.format, &found, console, |out| text(out, &found));
    Ok(())
}

pub(super) fn default_classes(task: Task) -> Vec<String> {
    let names = match task {
        Task::Stance => Stance::ALL.map(Stance::as_str).to_vec(),
        Task::Sentiment => Sentiment::ALL.map(Sentiment::as_str).to_vec(),
        Task::Agreement => vec!["agree", "disagree", "neutral"],
    };
    names.into_iter().map(str::to_owned).collect()
}

fn labels(task: Task, loaded: &Loaded, labeller: &crate::label::Labeller<'_>) -> Labels {
    let mut out = Labels::new();
    for thread in loaded.pages.iter().flat_map(|p| &p.parsed.threads) {
        for (id, label) in labeller.label(thread).labels() {
            let name = measure::name(task, label).to_owned();
            let is_reply = thread.parent(id).is_some();
            let found = ProgramLabel { label: name, confidence: label.confidence, is_reply };
            out.insert((Some(thread.id.clone()), comment_id(thread, id)), found);
        }
    }
    out
}

/// The coders of all files; a file that cannot be read is reported, the others go on.
fn coders(args: &Args, classes: &[String], program: &Labels, console: &mut Console) -> Vec<Coder> {
    let field = match (&args.label_field, args.task) {
        (Some(field), _) => field.as_str(),
        (None, Task::Sentiment) => "sentiment",
        (None, _) => "label",
    };
    let mut out: Vec<Coder> = Vec::new();
    for path in &args.codings {
        let read = Source::read(path)
            .and_then(|s| Ok((Codings::read(&s, &name(path, &args.codings), field, classes)?, s)));
        match read {
            Err(error) => console.fail(&error),
            Ok((mut codings, source)) => {
                let strays = place(&mut codings.coders, &source, program);
                codings.findings.extend(strays);
                console.report(Some(&source), &codings.findings);
                codings.coders.into_iter().for_each(|coder| merge(coder, &mut out));
            }
        }
    }
    out
}

/// The name of the file without its ending; the whole path where two files share it.
fn name(path: &Path, all: &[PathBuf]) -> String {
    let alike = all.iter().filter(|p| p.file_stem() == path.file_stem()).count();
    let stem = path.file_stem().filter(|_| alike < 2).unwrap_or(path.as_os_str());
    stem.to_string_lossy().into_owned()
}

/// Gives rows that name no thread that of the input's comment, if there is one alone; tells those without a comment.
fn place(coders: &mut [Coder], source: &Source, program: &Labels) -> Vec<Diagnostic> {
    let mut by_id: BTreeMap<&str, Vec<&Key>> = BTreeMap::new();
    program.keys().for_each(|key| by_id.entry(&key.1).or_default().push(key));
    let mut strays = Vec::new();
    for coder in coders {
        let rows = std::mem::take(&mut coder.labels);
        for (key, (label, span)) in rows {
            let only = by_id.get(key.1.as_str()).filter(|keys| keys.len() == 1 && key.0.is_none());
            let key = only.map_or(key, |keys| keys[0].clone());
            if !program.contains_key(&key) {
                let message = format!("the comment `{}` is not in the input", key.1);
                let help =
                    "it counts between coders, not against the program; give the input it was drawn from";
                strays.push(Diagnostic::at(
                    source,
                    span,
                    Code::CodedUnknown,
                    Severity::Warning,
                    message,
                    help,
                ));
            }
            coder.labels.entry(key).or_insert((label, span));
        }
    }
    strays
}

/// A coder may have filled several files.
fn merge(coder: Coder, all: &mut Vec<Coder>) {
    match all.iter_mut().find(|c| c.name == coder.name) {
        Some(known) => {
            coder.labels.into_iter().for_each(|(key, label)| _ = known.labels.entry(key).or_insert(label))
        }
        None => all.push(coder),
    }
}

fn text(out: &mut dyn Write, found: &Agreement) -> io::Result<()> {
    let coders = found.coders.iter().map(|(name, n)| format!("{} {n}", visible(name)));
    writeln!(out, "{}: {}", found.task, coders.collect::<Vec<_>>().join(", "))?;
    for pair in &found.pairs {
        let (a, b, kappa) = (visible(&pair.a), visible(&pair.b), or_none(pair.kappa));
        writeln!(out, "{a} – {b}: n {}  agree {:.3}  kappa {kappa}", pair.n, pair.share)?;
    }
    let interval =
        found.interval.map(|i| format!("  95 % [{:.3}, {:.3}]", i.low, i.high)).unwrap_or_default();
    writeln!(out, "alpha {}{interval}, {} comments coded by two or more", or_none(found.alpha), found.n)?;
    for (name, figures) in &found.program {
        program(out, &visible(name), figures)?;
    }
    if let Some(figures) = &found.program_majority {
        program(out, "the majority", figures)?;
        let (with, without) = (found.with_majority, found.without_majority);
        writeln!(out, "majority on {with} comments, none on {without}")?;
    }
    Ok(())
}

fn program(out: &mut dyn Write, name: &str, figures: &Evaluation) -> io::Result<()> {
    let Evaluation { n, accuracy, macro_f1, .. } = figures;
    let interval = figures.intervals.get("accuracy").map(|i| format!(" [{:.3}, {:.3}]", i.low, i.high));
    let (interval, kappa) = (interval.unwrap_or_default(), or_none(figures.kappa));
    writeln!(
        out,
        "program – {name}: n {n}  agree {accuracy:.3}{interval}  macro_f1 {macro_f1:.3}  kappa {kappa}"
    )
}
