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

/// The figures of an evaluation, each with its interval.
pub(in crate::cli) fn evaluation(out: &mut dyn Write, found: &Evaluation, pack: &RulePack) -> io::Result<()> {
    writeln!(out, "{} of {} comments; rules {} {}", found.task, found.n, pack.id, pack.version)?;
    writeln!(out, "in brackets: 95 % bootstrap intervals by thread")?;
    let lines = [
        ("accuracy", Some(found.accuracy)),
        ("accuracy_lenient", Some(found.accuracy_lenient)),
        ("macro_f1", Some(found.macro_f1)),
        ("kappa", found.kappa),
        ("alpha", found.alpha),
        // The confidence is that of the stance.
        ("ece", Some(found.ece).filter(|_| found.task == "stance")),
    ];
    for (name, value) in lines {
        if name != "ece" || value.is_some() {
            writeln!(out, "{name:<17} {}{}", or_none(value), interval(found, name))?;
        }
    }
    if let Some(sure) = found.sure {
        let share = 100.0 * sure.share;
        writeln!(
            out,
            "without the unsure: n {} ({share:.0} %)  accuracy {:.3}  lenient {:.3}",
            sure.n, sure.accuracy, sure.accuracy_lenient
        )?;
    }
    classes(out, found)?;
    parts(out, found)
}

/// A figure that may not exist.
pub(super) fn or_none(x: Option<f64>) -> String {
    x.map_or("–".to_owned(), |x| format!("{x:.3}"))
}

fn interval(found: &Evaluation, name: &str) -> String {
    found.intervals.get(name).map(|i| format!(" [{:.3}, {:.3}]", i.low, i.high)).unwrap_or_default()
}

fn classes(out: &mut dyn Write, found: &Evaluation) -> io::Result<()> {
    for (class, c) in &found.per_class {
        let of = |figure: &str, value: f64| {
            format!("{figure} {value:.3}{}", interval(found, &format!("{class}.{figure}")))
        };
        let figures = [of("precision", c.precision), of("recall", c.recall), of("f1", c.f1)];
        writeln!(out, "{:<10} {}  n {}", visible(class), figures.join("  "), c.support)?;
    }
    for (gold, row) in &found.confusion {
        let cells: Vec<String> = row.iter().map(|(label, count)| format!("{label} {count}")).collect();
        writeln!(out, "gold {:<10} {}", visible(gold), cells.join(", "))?;
    }
    Ok(())
}

fn parts(out: &mut dyn Write, found: &Evaluation) -> io::Result<()> {
    let replies = found.replies_only.iter().map(|part| ("replies only", &**part));
    let first = found.first_posts_only.iter().map(|part| ("first posts only", &**part));
    let platforms = found.by_platform.iter().map(|(name, part)| (name.as_str(), part));
    for (name, whole) in platforms.chain(replies).chain(first) {
        part(out, name, whole)?;
        let f1 = |(class, c): (&String, &crate::stats::ClassFigures)| {
            format!(
                "{} {:.3}{} of {}",
                visible(class),
                c.f1,
                interval(whole, &format!("{class}.f1")),
                c.support
            )
        };
        writeln!(out, "  f1 {}", whole.per_class.iter().map(f1).collect::<Vec<_>>().join("  "))?;
    }
    found.by_topic.iter().try_for_each(|(name, whole)| part(out, name, whole))
}

fn part(out: &mut dyn Write, name: &str, part: &Evaluation) -> io::Result<()> {
    let of = |figure: &str, value: f64| format!("{figure} {value:.3}{}", interval(part, figure));
    let (accuracy, macro_f1) = (of("accuracy", part.accuracy), of("macro_f1", part.macro_f1));
    writeln!(
        out,
        "{}: n {}  {accuracy}  lenient {:.3}  {macro_f1}",
        visible(name),
        part.n,
        part.accuracy_lenient
    )
}
