//! What a page needs beside the picture: where the bars stand, and the numbers as a table.

use super::bars::{Bars, at};
use super::font::Fonts;
use super::layout::{Layout, ROW};
use super::picture::Picture;
use super::{ChartStyle, Figure};
use crate::report::summary::Summary;
use crate::stats::Share;

/// A piece of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hotspot {
    /// Left, top, width and height in pixels of the SVG.
    pub place: [i32; 4],
    /// Name of the bar.
    pub row: String,
    /// Place of the class among those of the figure, from the left.
    pub class: usize,
    /// Name of the class.
    pub label: &'static str,
    /// How many comments it stands for.
    pub count: u64,
}

/// The numbers of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FigureTable {
    /// Headings; the first is that of the row names.
    pub head: Vec<String>,
    /// One row a bar, row or bin.
    pub rows: Vec<Vec<String>>,
}

/// The pieces of the bars of a figure; empty for other forms.
pub fn hotspots(figure: Figure, summary: &Summary, style: &ChartStyle) -> Vec<Hotspot> {
    let Picture::Bars(bars) = figure.picture(summary, style) else { return Vec::new() };
    let fonts = Fonts::new(&style.fonts);
    let layout = Layout::new(&bars, &fonts, style.clamped_width());
    let lines = bars.rows.iter().zip(&layout.rows);
    lines.flat_map(|(row, line)| pieces(&bars, row, layout.bars, line.y)).collect()
}

fn pieces(bars: &Bars, row: &super::bars::Row, span: (i32, i32), y: i32) -> Vec<Hotspot> {
    let mut before = 0;
    let piece = |(class, (kind, share)): (usize, (&super::bars::Class, &Share))| {
        let left = at(span, before as f64 / row.n as f64);
        before += share.count;
        let width = at(span, before as f64 / row.n as f64) - left;
        let place = [left, y - ROW.bar / 2, width, ROW.bar];
        (width > 0).then(|| Hotspot {
            place,
            row: row.name.clone(),
            class,
            label: kind.label,
            count: share.count,
        })
    };
    bars.classes.iter().zip(&row.shares).enumerate().filter_map(piece).collect()
}

/// The numbers of a figure as text.
pub fn table(figure: Figure, summary: &Summary) -> FigureTable {
    let strings = |parts: &[&str]| parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
    let cell = |count: u64, share: f64| format!("{count} ({:.0}%)", share * 100.0);
    match figure.picture(summary, &ChartStyle::default()) {
        Picture::Bars(bars) => FigureTable {
            head: strings(&["", "n"])
                .into_iter()
                .chain(bars.classes.iter().map(|c| c.label.to_owned()))
                .collect(),
            rows: bars
                .rows
                .iter()
                .flat_map(|row| {
                    let cells = |name: &str, n: u64, shares: &[Share]| {
                        let shares = shares.iter().map(|s| cell(s.count, s.share.unwrap_or(0.0)));
                        [name.to_owned(), n.to_string()].into_iter().chain(shares).collect::<Vec<_>>()
                    };
                    let sure = (row.unsure() > 0).then(|| cells("– without unsure", row.sure_n(), &row.sure));
                    std::iter::once(cells(&row.name, row.n, &row.shares)).chain(sure)
                })
                .collect(),
        },
        Picture::Grid(grid) => FigureTable {
            head: std::iter::once(String::new()).chain(grid.columns.iter().map(|c| c.name.clone())).collect(),
            rows: grid
                .rows
                .iter()
                .zip(&grid.cells)
                .map(|(row, cells)| {
                    let cells =
                        cells.iter().map(|c| c.as_ref().map_or("–".to_owned(), |c| cell(c.count, c.share)));
                    std::iter::once(row.name.clone()).chain(cells).collect()
                })
                .collect(),
        },
        Picture::Curve(curve) => FigureTable {
            head: strings(&["Confidence", "n", "Mean confidence", "Right", "Interval"]),
            rows: curve
                .calibration
                .iter()
                .flat_map(|c| &c.bins)
                .map(|b| {
                    let (low, high) = (b.interval.low * 100.0, b.interval.high * 100.0);
                    vec![
                        format!("{:.1}–{:.1}", b.from, b.to),
                        b.n.to_string(),
                        format!("{:.2}", b.confidence),
                        format!("{:.0}%", b.accuracy * 100.0),
                        format!("{low:.0}–{high:.0}%"),
                    ]
                })
                .collect(),
        },
    }
}
