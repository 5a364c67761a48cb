//! Figure: how stances are argued, per outlet.

use super::grid::{Cell, Grid, Head};
use super::outlets::{notes, shown};
use super::palette::Colours;
use crate::label::Aspect;
use crate::report::summary::{OutletSummary, SMALL_N, Summary};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const MOST_OUTLETS: usize = 7;
const MOST_ASPECTS: usize = 16;

/// The figure's content.
pub(super) fn grid(summary: &Summary, colours: &Colours) -> Grid {
    let shown: Vec<&OutletSummary> = shown(summary, MOST_OUTLETS).collect();
    let mut totals: BTreeMap<Aspect, u64> = BTreeMap::new();
    for count in shown.iter().flat_map(|o| &o.aspects) {
        *totals.entry(count.aspect).or_default() += count.count;
    }
    let mut aspects: Vec<(Aspect, u64)> = totals.into_iter().collect();
    aspects.sort_by_key(|a| Reverse(a.1));
    let left = aspects.len().saturating_sub(MOST_ASPECTS);
    aspects.truncate(MOST_ASPECTS);
    let column = |o: &&OutletSummary| {
        let few = if o.n < SMALL_N { " (few)" } else { "" };
        Head { name: o.outlet.clone(), under: format!("n = {}{few}", o.n) }
    };
    let cell = |aspect: Aspect, o: &OutletSummary| {
        let count = o.aspects.iter().find(|a| a.aspect == aspect).map_or(0, |a| a.count);
        (count > 0).then(|| Cell { share: count as f64 / o.n as f64, count, marked: false })
    };
    Grid {
        title: "How comments argue, by outlet".to_owned(),
        subtitle: "Share of each outlet's labelled comments that show an aspect, and their number. A comment may show several."
            .to_owned(),
        columns_are: "Outlet".to_owned(),
        columns: shown.iter().map(column).collect(),
        rows: aspects.iter().map(|(a, _)| Head { name: plain(*a), under: String::new() }).collect(),
        cells: aspects.iter().map(|(a, _)| shown.iter().map(|o| cell(*a, o)).collect()).collect(),
        colour: colours.scale,
        empty: "No aspects",
        notes: notes(summary, MOST_OUTLETS).into_iter().chain(rarer(left)).collect(),
    }
}

fn plain(aspect: Aspect) -> String {
    aspect.as_str().replace('_', " ")
}

fn rarer(aspects: usize) -> Option<String> {
    (aspects > 0).then(|| format!("+{aspects} rarer aspects of these outlets in summary.json"))
}
