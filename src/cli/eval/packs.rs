//! `eval --compare`: two rule packs on the same gold.

use super::measure::{Gold, One};
use super::{Args, print};
use crate::cli::console::Console;
use crate::cli::labelling::{Labelling, Setup};
use crate::error::Result;
use crate::stats::{Judged, PairedComparison, compare_paired, evaluate};
use crate::visible::visible;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// Two packs.
#[derive(Serialize, schemars::JsonSchema)]
pub(in crate::cli) struct Packs<'g> {
    task: &'static str,
    a: Pack,
    b: Pack,
    #[serde(flatten)]
    comparison: PairedComparison,
    changes: Vec<Change<'g>>,
}

/// A pack and how good it is.
#[derive(Serialize, schemars::JsonSchema)]
struct Pack {
    pack: String,
    version: String,
    accuracy: f64,
    macro_f1: f64,
}

/// A comment that the packs label differently.
#[derive(Serialize, schemars::JsonSchema)]
struct Change<'g> {
    thread_id: &'g str,
    id: &'g str,
    gold: &'g str,
    a: &'g str,
    b: &'g str,
    text: &'g str,
}

pub(super) fn compared(args: &Args, console: &mut Console) -> Result<()> {
    let gold = Gold::read(args, console)?;
    let [name_a, name_b] = args.compare.as_slice() else { return Ok(()) };
    let setup_a = gold.setup(args.task, &labelling(args, name_a), console)?;
    let setup_b = labelling(args, name_b).quiet_setup()?;
    let (a, b) = (gold.judge(args.task, &setup_a)?, gold.judge(args.task, &setup_b)?);
    let (rows_a, rows_b) = (judged(&a), judged(&b));
    let found = Packs {
        task: args.task.as_str(),
        a: pack(args, name_a, &setup_a, &rows_a),
        b: pack(args, name_b, &setup_b, &rows_b),
        comparison: compare_paired(&rows_a, &rows_b),
        changes: a.iter().zip(&b).filter_map(|(a, b)| change(a, b)).collect(),
    };
    print(args.format, &found, console, |out| text(out, &found));
    Ok(())
}

/// The options of the run with another pack.
fn labelling(args: &Args, pack: &str) -> Labelling {
    let rules = (pack != "builtin").then(|| PathBuf::from(pack));
    Labelling { rules, ..args.labelling.clone() }
}

fn judged(found: &[One]) -> Vec<Judged> {
    found.iter().map(|one| one.judged.clone()).collect()
}

fn pack(args: &Args, name: &str, setup: &Setup, rows: &[Judged]) -> Pack {
    let figures = evaluate(args.task.as_str(), rows, &args.classes);
    let version = setup.pack().version.clone();
    Pack { pack: name.to_owned(), version, accuracy: figures.accuracy, macro_f1: figures.macro_f1 }
}

fn change<'g>(a: &'g One, b: &'g One) -> Option<Change<'g>> {
    let Judged { gold, label, thread, .. } = &a.judged;
    let change = Change { thread_id: thread, id: &a.id, gold, a: label, b: &b.judged.label, text: &a.words };
    (change.a != change.b).then_some(change)
}

fn text(out: &mut dyn Write, found: &Packs<'_>) -> io::Result<()> {
    for change in &found.changes {
        let Change { id, gold, a, b, text, .. } = change;
        let (id, gold) = (visible(id), visible(gold));
        writeln!(out, "{id}  gold {gold}  {a} → {b}  {}", crate::report::shorten(text, 100))?;
    }
    let c = &found.comparison;
    writeln!(out, "{} of {} comments; {} changed", found.task, c.n, c.changed)?;
    for (name, pack) in [("A", &found.a), ("B", &found.b)] {
        let (accuracy, macro_f1) = (pack.accuracy, pack.macro_f1);
        writeln!(
            out,
            "{name} {} {}: accuracy {accuracy:.3}  macro_f1 {macro_f1:.3}",
            visible(&pack.pack),
            visible(&pack.version)
        )?;
    }
    let interval = c.interval.map(|i| format!("  95 % [{:+.3}, {:+.3}]", i.low, i.high)).unwrap_or_default();
    writeln!(out, "accuracy of B less that of A {:+.3}{interval}", c.difference)?;
    let (only_a, only_b) = (c.only_a_right, c.only_b_right);
    writeln!(out, "right in A alone {only_a}, in B alone {only_b}; McNemar’s exact test p = {:.4}", c.p)
}
