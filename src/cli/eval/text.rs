//! Figures for reading.

use super::Task;
use super::measure::One;
use crate::report::shorten;
use crate::rule::RulePack;
use crate::stats::Evaluation;
use crate::visible::visible;
use std::io::{self, Write};

/// A wrong label with the words and the rules that fired.
pub(super) fn mistake(out: &mut dyn Write, task: Task, one: &One, pack: &RulePack) -> io::Result<()> {
    let One { judged, id, words, label } = one;
    let (gold, id) = (visible(&judged.gold), visible(id));
    writeln!(out, "gold {gold} got {} {:.2}  {id}: {words}", judged.label, judged.confidence)?;
    for sign in label.answer.iter().filter(|_| task == Task::Agreement).flat_map(|a| &a.signs).take(6) {
        writeln!(
            out,
            "      {} agree {:+.2}, disagree {:+.2}",
            sign.rule, sign.lean.agree, sign.lean.disagree
        )?;
    }
    for evidence in label.evidence.iter().filter(|_| task != Task::Agreement).take(6) {
        let known = if pack.rule(&evidence.rule).is_some() { "" } else { "?" };
        let effect = (evidence.effect.support, evidence.effect.deny, evidence.effect.query);
        writeln!(out, "      {known}{} {effect:.2?} “{}”", evidence.rule, shorten(&evidence.quote, 60))?;
    }
    Ok(())
}

/// The figures of an evaluation.
pub(super) fn evaluation(out: &mut dyn Write, found: &Evaluation, pack: &RulePack) -> io::Result<()> {
    writeln!(out, "{} of {} comments; rules {} {}", found.task, found.n, pack.id, pack.version)?;
    let lines = [
        ("accuracy", found.accuracy),
        ("accuracy_lenient", found.accuracy_lenient),
        ("macro_f1", found.macro_f1),
    ];
    for (name, value) in lines {
        let interval = found.intervals.get(name).map(|i| format!("  95 % [{:.3}, {:.3}]", i.low, i.high));
        writeln!(out, "{name:<17} {value:.3}{}", interval.unwrap_or_default())?;
    }
    let (kappa, alpha) = (or_none(found.kappa), or_none(found.alpha));
    // The confidence is that of the stance.
    let ece = if found.task == "stance" { format!("  ece {:.3}", found.ece) } else { String::new() };
    writeln!(out, "kappa {kappa}  alpha {alpha}{ece}")?;
    classes(out, found)?;
    parts(out, found)
}

/// A figure that may not exist.
pub(super) fn or_none(x: Option<f64>) -> String {
    x.map_or("–".to_owned(), |x| format!("{x:.3}"))
}

fn classes(out: &mut dyn Write, found: &Evaluation) -> io::Result<()> {
    for (class, c) in &found.per_class {
        let (class, figures) = (visible(class), (c.precision, c.recall, c.f1));
        writeln!(
            out,
            "{class:<10} precision {:.3}  recall {:.3}  f1 {:.3}  n {}",
            figures.0, figures.1, figures.2, c.support
        )?;
    }
    for (gold, row) in &found.confusion {
        let cells: Vec<String> = row.iter().map(|(label, count)| format!("{label} {count}")).collect();
        writeln!(out, "gold {:<10} {}", visible(gold), cells.join(", "))?;
    }
    Ok(())
}

fn parts(out: &mut dyn Write, found: &Evaluation) -> io::Result<()> {
    for (name, part) in found.by_platform.iter().chain(&found.by_topic) {
        writeln!(
            out,
            "{}: n {}  accuracy {:.3}  lenient {:.3}  macro_f1 {:.3}",
            visible(name),
            part.n,
            part.accuracy,
            part.accuracy_lenient,
            part.macro_f1
        )?;
    }
    if let Some(part) = &found.replies_only {
        let (accuracy, macro_f1) = (part.accuracy, part.macro_f1);
        writeln!(out, "replies only: n {}  accuracy {accuracy:.3}  macro_f1 {macro_f1:.3}", part.n)?;
    }
    Ok(())
}
