//! Figure: stances per outlet.

use super::bars::{Bars, Class, Row};
use super::outlets::{MOST_BARS, interval, notes, shown, subtitle, unsure};
use super::palette::Colours;
use crate::label::Stance;
use crate::report::summary::{OutletSummary, Summary};

/// Support and deny stand at opposite ends, so that each has a straight edge to compare along.
pub(super) const ORDER: [Stance; 4] = [Stance::Support, Stance::Query, Stance::Comment, Stance::Deny];

/// The figure's content.
pub(super) fn bars(summary: &Summary, colours: &Colours) -> Bars {
    let row = |o: &OutletSummary| Row {
        name: o.outlet.clone(),
        n: o.n,
        shares: ORDER.map(|s| o.stance.of(s)).to_vec(),
        sure: ORDER.map(|s| o.sure.of(s)).to_vec(),
    };
    let mut rows: Vec<Row> = shown(summary, usize::MAX).map(row).collect();
    // What is said of all holds for all, drawn or not.
    let unsure = unsure(&rows);
    rows.truncate(MOST_BARS);
    Bars {
        title: "Stance toward the allegation by outlet".to_owned(),
        subtitle: subtitle(summary, "support and deny"),
        interval: interval(summary),
        axis: "Share of labelled comments",
        empty: "No labelled comments",
        classes: classes(colours),
        notes: unsure.into_iter().chain(notes(summary, MOST_BARS)).collect(),
        rows,
    }
}

/// The stances as classes of bars.
pub(super) fn classes(colours: &Colours) -> Vec<Class> {
    let label = |stance| match stance {
        Stance::Support => "Support",
        Stance::Query => "Query",
        Stance::Comment => "Comment (no stance)",
        Stance::Deny => "Deny",
    };
    ORDER.iter().map(|s| Class { label: label(*s), colour: colours.stance(*s) }).collect()
}
