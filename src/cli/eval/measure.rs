//! Labels the comments of a gold file.

use super::coders::default_classes;
use super::{Args, Task};
use crate::cli::console::Console;
use crate::cli::io::Loaded;
use crate::cli::labelling::{Labelling, Setup};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::Result;
use crate::gold::{self, GoldRow};
use crate::label::{Label, Labeller};
use crate::parse::{Dialect, parse};
use crate::profile::Profile;
use crate::source::Source;
use crate::stats::Judged;
use crate::thread::{Text, Thread};
use std::collections::BTreeMap;

/// Rows by thread and id.
pub(super) type Rows = BTreeMap<(Option<String>, String), GoldRow>;

/// A gold file: its comments and their rows.
pub(super) struct Gold {
    threads: Vec<Thread>,
    rows: Rows,
}

/// A labelled comment of the gold.
pub(super) struct One {
    pub judged: Judged,
    pub id: String,
    pub words: String,
    pub label: Label,
}

impl Gold {
    /// Reads the gold of a run.
    pub fn read(args: &Args, console: &mut Console) -> Result<Self> {
        let file = Source::read(&args.gold)?;
        let source = gold::rows(&file)?;
        let threads = if args.task == Task::Agreement {
            gold::pairs(&source)?
        } else {
            let parsed = parse(&source, Some(Dialect::Ndjson))?;
            console.report(Some(&source), &parsed.diagnostics);
            parsed.threads
        };
        threads.iter().for_each(|thread| console.count(thread));
        let rows = match (&args.label_field, args.task) {
            (Some(field), _) => gold::read(&source, field)?,
            (None, Task::Stance | Task::Agreement) => gold::read(&source, "label")?,
            (None, Task::Sentiment) => {
                gold::read(&source, "sentiment").or_else(|_| gold::read(&source, "label"))?
            }
        };
        console.report(Some(&source), &unknown(&source, &rows, args));
        Ok(Gold { threads, rows })
    }

    /// The setup of a run; no profile is missed where every row brings its own, or where none is needed.
    pub fn setup(&self, task: Task, labelling: &Labelling, console: &mut Console) -> Result<Setup> {
        if task == Task::Agreement || self.rows.values().all(|r| r.profile.is_some()) {
            return labelling.quiet_setup();
        }
        labelling.setup(&Loaded::default(), console)
    }

    /// Labels every comment that has a row, in the order of threads and profiles.
    pub fn judge(&self, task: Task, setup: &Setup) -> Result<Vec<One>> {
        let mut labellers: Vec<(Option<&Profile>, Labeller<'_>)> = Vec::new();
        let mut out = Vec::new();
        for thread in &self.threads {
            for profile in parts(thread, &self.rows) {
                let at = match labellers.iter().position(|l| l.0 == profile) {
                    Some(at) => at,
                    None => {
                        labellers.push((profile, setup.labeller_for(profile)?));
                        labellers.len() - 1
                    }
                };
                self.judge_thread(task, thread, profile, &labellers[at].1, &mut out);
            }
        }
        Ok(out)
    }

    fn judge_thread(
        &self,
        task: Task,
        thread: &Thread,
        profile: Option<&Profile>,
        labeller: &Labeller<'_>,
        out: &mut Vec<One>,
    ) {
        let labelled = labeller.label(thread);
        for (id, comment) in thread.comments() {
            let Some(row) = comment.key.as_ref().and_then(|key| row(thread, key, &self.rows)) else {
                continue;
            };
            let Some(label) = labelled.label(id).filter(|_| row.profile.as_ref() == profile) else {
                continue;
            };
            let words = comment.body.text().map(Text::clean).unwrap_or_default();
            let judged = judged(row, name(task, label), label.confidence);
            let words = crate::report::shorten(&words, 400);
            out.push(One { judged, id: row.id.clone(), words, label: label.clone() });
        }
    }
}

/// Labels that are none of the task's: no label of the program is ever equal to them.
fn unknown(source: &Source, rows: &Rows, args: &Args) -> Vec<Diagnostic> {
    let classes = default_classes(args.task);
    let odd = rows.values().filter(|r| !classes.contains(&r.label) && !args.classes.contains(&r.label));
    let told = |row: &GoldRow| {
        let message = format!("“{}” is none of: {}", row.label, classes.join(", "));
        let help = "it counts as a class that no label is ever right in; correct it";
        Diagnostic::at(source, row.place, Code::LabelUnknown, Severity::Warning, message, help)
    };
    let mut found: Vec<Diagnostic> = odd.map(told).collect();
    found.sort_by_key(|d| d.line);
    found
}

/// The profiles of a thread's rows, each once; in one forest of single comments there may be several.
pub(in crate::cli) fn parts<'r>(thread: &Thread, rows: &'r Rows) -> Vec<Option<&'r Profile>> {
    let mut out: Vec<Option<&Profile>> = Vec::new();
    for (_, comment) in thread.comments() {
        let Some(row) = comment.key.as_ref().and_then(|key| row(thread, key, rows)) else { continue };
        if !out.contains(&row.profile.as_ref()) {
            out.push(row.profile.as_ref());
        }
    }
    out
}

/// The row of a comment.
pub(in crate::cli) fn row<'r>(thread: &Thread, key: &str, rows: &'r Rows) -> Option<&'r GoldRow> {
    let named = rows.get(&(Some(thread.id.clone()), key.to_owned()));
    named.or_else(|| rows.get(&(None, key.to_owned())))
}

/// The label of a task.
pub(super) fn name(task: Task, label: &Label) -> &'static str {
    match task {
        Task::Stance => label.stance.as_str(),
        Task::Sentiment => label.sentiment.as_str(),
        Task::Agreement => label.answer_name(),
    }
}

fn judged(row: &GoldRow, label: &str, confidence: f64) -> Judged {
    Judged {
        gold: row.label.clone(),
        accepted: row.accepted.clone(),
        label: label.to_owned(),
        confidence,
        thread: row.thread.clone().unwrap_or_else(|| row.id.clone()),
        platform: row.platform.clone(),
        topic: row.topic.clone(),
        is_reply: row.is_reply,
    }
}
