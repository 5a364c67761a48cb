//! Stacked bars of shares, with the intervals of the two outer classes beside them: the form that figures share.

use super::canvas::{Align, Box4, Canvas, Drawn, Type};
use super::font::Weight;
use super::layout::{Layout, ROW};
use super::palette::readable_on;
use crate::report::summary::SMALL_N;
use crate::stats::Share;
use plotters::style::RGBColor;

/// What the legend says of unsure labels.
pub(super) const UNDERLINED: &str = "Underlined: unsure";

/// What a figure shows.
pub(super) struct Bars {
    pub title: String,
    /// One sentence or two beneath the title.
    pub subtitle: String,
    /// The classes from left to right; the first and the last have their intervals drawn.
    pub classes: Vec<Class>,
    /// The bars from top to bottom, none of them empty.
    pub rows: Vec<Row>,
    /// Heading of the intervals.
    pub interval: String,
    /// Heading of the bars.
    pub axis: &'static str,
    /// What stands in a figure without bars.
    pub empty: &'static str,
    /// Notes at the foot.
    pub notes: Vec<String>,
}

/// One class of the bars.
pub(super) struct Class {
    pub label: &'static str,
    pub colour: RGBColor,
}

/// One bar.
pub(super) struct Row {
    pub name: String,
    pub n: u64,
    /// One a class.
    pub shares: Vec<Share>,
    /// One a class, without the unsure labels; empty where sureness does not matter.
    pub sure: Vec<Share>,
}

impl Bars {
    /// True if some bar stands for few comments.
    pub(super) fn any_small(&self) -> bool {
        self.rows.iter().any(Row::is_small)
    }

    /// True if some bar holds unsure labels.
    pub(super) fn any_unsure(&self) -> bool {
        self.rows.iter().any(|r| r.unsure() > 0)
    }

    /// Every text that comes from outside.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let names = self.rows.iter().map(|r| r.name.as_str());
        names
            .chain(self.notes.iter().map(String::as_str))
            .chain([self.title.as_str(), self.subtitle.as_str()])
    }
}

impl Row {
    fn is_small(&self) -> bool {
        self.n < SMALL_N
    }

    /// Labels without the unsure.
    pub(super) fn sure_n(&self) -> u64 {
        self.sure.iter().map(|s| s.count).sum()
    }

    /// Unsure labels; 0 where sureness does not matter.
    pub(super) fn unsure(&self) -> u64 {
        if self.sure.is_empty() { 0 } else { self.n.saturating_sub(self.sure_n()) }
    }
}

/// Draws all of it.
pub(super) fn draw(canvas: &Canvas<'_>, bars: &Bars, layout: &Layout) -> Drawn {
    draw_head(canvas, layout)?;
    draw_legend(canvas, bars, layout)?;
    if bars.rows.is_empty() {
        draw_nothing(canvas, bars.empty, layout)?;
    } else {
        draw_axes(canvas, bars.axis, layout)?;
    }
    for (row, line) in bars.rows.iter().zip(&layout.rows) {
        let style = Type { colour: canvas.colours.ink, ..layout.name };
        canvas.text(&line.name, (layout.bars.0 - 12, line.y), style, Align::Right)?;
        let style = Type { colour: canvas.colours.muted, ..layout.small };
        canvas.text(&line.n, (layout.n_right, line.y), style, Align::Right)?;
        draw_bar(canvas, bars, layout, row, line.y)?;
        draw_intervals(canvas, bars, layout, row, line.y)?;
    }
    draw_foot(canvas, layout)
}

fn draw_head(canvas: &Canvas<'_>, layout: &Layout) -> Drawn {
    for (text, y) in &layout.title_lines {
        let style = Type { colour: canvas.colours.ink, ..layout.title };
        canvas.text(text, (layout.margin, *y), style, Align::Left)?;
    }
    for (text, y) in &layout.subtitle_lines {
        let style = Type { colour: canvas.colours.muted, ..layout.small };
        canvas.text(text, (layout.margin, *y), style, Align::Left)?;
    }
    Ok(())
}

fn draw_legend(canvas: &Canvas<'_>, bars: &Bars, layout: &Layout) -> Drawn {
    let style = Type { colour: canvas.colours.ink, ..layout.small };
    for (i, (label, x, y)) in layout.legend.iter().enumerate() {
        let swatch = Box4(*x, y - 6, x + 12, y + 6);
        match bars.classes.get(i) {
            Some(class) => canvas.fill(swatch, class.colour)?,
            None if label == UNDERLINED => canvas.fill(Box4(*x, y + 3, x + 12, y + 6), canvas.colours.ink)?,
            None => canvas.hollow(swatch, canvas.colours.muted)?,
        }
        canvas.text(label, (x + 18, *y), style, Align::Left)?;
    }
    Ok(())
}

fn draw_axes(canvas: &Canvas<'_>, axis: &str, layout: &Layout) -> Drawn {
    let style = Type { colour: canvas.colours.muted, ..layout.small };
    let head = layout.plot.0 - 14;
    canvas.text(axis, (layout.bars.0, head), style, Align::Left)?;
    canvas.text("n", (layout.n_right, head), style, Align::Right)?;
    canvas.text(&layout.panel_head, (layout.panel.0, head), style, Align::Left)?;
    for (span, percents) in [(layout.bars, &layout.bar_ticks), (layout.panel, &layout.panel_ticks)] {
        for percent in [0, 25, 50, 75, 100] {
            let x = at(span, f64::from(percent) / 100.0);
            canvas.line((x, layout.plot.0), (x, layout.plot.1), canvas.colours.grid, 1)?;
            if percents.contains(&percent) {
                canvas.text(&format!("{percent}%"), (x, layout.plot.1 + 13), style, Align::Centre)?;
            }
        }
    }
    Ok(())
}

fn draw_bar(canvas: &Canvas<'_>, bars: &Bars, layout: &Layout, row: &Row, y: i32) -> Drawn {
    let mut before = 0;
    let width = layout.bars.1 - layout.bars.0;
    for (i, (class, share)) in bars.classes.iter().zip(&row.shares).enumerate() {
        let left = at(layout.bars, before as f64 / row.n as f64);
        before += share.count;
        let right = at(layout.bars, before as f64 / row.n as f64);
        // A gap of one pixel keeps neighbours apart for those who cannot tell the hues.
        let gap = i32::from(before < row.n && right - left > 2);
        let inside = Box4(left, y - ROW.bar / 2, right - gap, y + ROW.bar / 2);
        if right <= left {
            continue;
        }
        let ground = if row.is_small() {
            canvas.hollow(inside, class.colour)?;
            canvas.colours.tint(class.colour)
        } else {
            canvas.fill(inside, class.colour)?;
            class.colour
        };
        underline(canvas, row, i, (left, right - gap), y, width)?;
        let ink = if row.is_small() { canvas.colours.ink } else { readable_on(ground) };
        let label = percent(share);
        if layout.label.width(canvas.fonts, &label) + 10 <= right - left {
            let style = Type { colour: ink, ..layout.label };
            canvas.text(&label, (i32::midpoint(left, right), y), style, Align::Centre)?;
        }
    }
    Ok(())
}

/// A line beneath the part of a piece that is unsure.
fn underline(
    canvas: &Canvas<'_>,
    row: &Row,
    class: usize,
    (left, right): (i32, i32),
    y: i32,
    width: i32,
) -> Drawn {
    let (Some(all), Some(sure)) = (row.shares.get(class), row.sure.get(class)) else { return Ok(()) };
    let unsure = all.count.saturating_sub(sure.count);
    if unsure == 0 {
        return Ok(());
    }
    let long = (f64::from(width) * unsure as f64 / row.n as f64).round() as i32;
    let from = (right - long.max(2)).max(left);
    canvas.fill(Box4(from, y + ROW.bar / 2 + 1, right, y + ROW.bar / 2 + 4), canvas.colours.ink)
}

fn draw_intervals(canvas: &Canvas<'_>, bars: &Bars, layout: &Layout, row: &Row, y: i32) -> Drawn {
    let ends = [
        (bars.classes.first(), row.shares.first(), -ROW.lane),
        (bars.classes.last(), row.shares.last(), ROW.lane),
    ];
    for (class, share, shift) in ends {
        let (Some(class), Some(share)) = (class, share) else { continue };
        let (low, high) = (at(layout.panel, share.interval.low), at(layout.panel, share.interval.high));
        canvas.line((low, y + shift), (high, y + shift), class.colour, 2)?;
        let centre = at(layout.panel, share.share.unwrap_or(0.0));
        canvas.dot((centre, y + shift), row.is_small(), class.colour)?;
    }
    Ok(())
}

fn draw_nothing(canvas: &Canvas<'_>, empty: &str, layout: &Layout) -> Drawn {
    let (top, bottom) = layout.plot;
    let right = layout.width - layout.margin;
    for y in [top, bottom] {
        canvas.line((layout.margin, y), (right, y), canvas.colours.grid, 1)?;
    }
    let style = Type { colour: canvas.colours.muted, weight: Weight::Regular, ..layout.name };
    let middle = (layout.width / 2, i32::midpoint(top, bottom));
    canvas.text(empty, middle, style, Align::Centre)
}

fn draw_foot(canvas: &Canvas<'_>, layout: &Layout) -> Drawn {
    let style = Type { colour: canvas.colours.muted, ..layout.small };
    layout.notes.iter().try_for_each(|(text, y)| canvas.text(text, (layout.margin, *y), style, Align::Left))
}

/// The pixel of a share in [0, 1].
pub(super) fn at((left, right): (i32, i32), share: f64) -> i32 {
    left + (f64::from(right - left) * share).round() as i32
}

fn percent(share: &Share) -> String {
    format!("{:.0}%", share.share.unwrap_or(0.0) * 100.0)
}
