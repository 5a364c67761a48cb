//! Figure: stances by time since the first comment of the thread.

use super::bars::{Bars, Row};
use super::outlets::{interval, subtitle_of, unsure};
use super::palette::Colours;
use super::stance_by_outlet::{ORDER, classes};
use crate::report::statistics::TimeSummary;
use crate::report::summary::Summary;

/// The figure's content.
pub(super) fn bars(summary: &Summary, colours: &Colours) -> Bars {
    let row = |t: &TimeSummary| Row {
        name: t.time.clone(),
        n: t.n,
        shares: ORDER.map(|s| t.stance.of(s)).to_vec(),
        sure: ORDER.map(|s| t.sure.of(s)).to_vec(),
    };
    let gaps = summary.times.iter().filter(|t| t.n == 0).count();
    let mut notes = vec![
        "Time since the first comment of each thread, by the times or ages that the input gives.".to_owned(),
    ];
    if gaps > 0 {
        notes.push(format!("Steps without comments are left out: {gaps}."));
    }
    let rows: Vec<Row> = summary.times.iter().filter(|t| t.n > 0).map(row).collect();
    notes.extend(unsure(&rows));
    let timed = summary.times.iter().map(|t| t.n).sum();
    Bars {
        title: "Stance toward the allegation over time".to_owned(),
        subtitle: subtitle_of(summary, timed, " with a time", "support and deny"),
        interval: interval(summary),
        axis: "Share of labelled comments",
        empty: "No times",
        classes: classes(colours),
        rows,
        notes,
    }
}
