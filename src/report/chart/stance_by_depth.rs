//! Figure: stances per level of replies.

use super::bars::{Bars, Row};
use super::outlets::{interval, subtitle, unsure};
use super::palette::Colours;
use super::stance_by_outlet::{ORDER, classes};
use crate::report::summary::{DepthSummary, Summary};

/// The figure's content.
pub(super) fn bars(summary: &Summary, colours: &Colours) -> Bars {
    let row = |d: &DepthSummary| Row {
        name: format!("Level {}", d.depth),
        n: d.n,
        shares: ORDER.map(|s| d.stance.of(s)).to_vec(),
        sure: ORDER.map(|s| d.sure.of(s)).to_vec(),
    };
    let rows: Vec<Row> = summary.depths.iter().filter(|d| d.n > 0).map(row).collect();
    let levels = "Level 1 replies to no comment, level 2 to level 1, and so on.".to_owned();
    Bars {
        title: "Stance toward the allegation by level of reply".to_owned(),
        subtitle: subtitle(summary, "support and deny"),
        interval: interval(summary),
        axis: "Share of labelled comments",
        empty: "No labelled comments",
        classes: classes(colours),
        notes: unsure(&rows).into_iter().chain([levels]).collect(),
        rows,
    }
}
