//! The reliability diagram: confidence against accuracy, with the number of labels beneath.

use super::canvas::{Align, Box4, Canvas, Drawn, Type};
use super::font::{Fonts, Weight};
use super::frame::{Frame, Texts, style};
use super::layout::grouped;
use crate::report::summary::SMALL_N;
use crate::stats::{Bin, Calibration};
use plotters::style::RGBColor;

/// What the diagram shows.
pub(super) struct Curve {
    pub title: String,
    pub subtitle: String,
    pub calibration: Option<Calibration>,
    pub colour: RGBColor,
    pub notes: Vec<String>,
}

const PLOT: i32 = 320;
const COUNTS: i32 = 60;

/// Pixels of the axes.
struct Axes {
    x: (i32, i32),
    y: (i32, i32),
}

impl Curve {
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(String::as_str).chain([self.title.as_str(), self.subtitle.as_str()])
    }

    pub(super) fn frame(&self, fonts: &Fonts<'_>, width: u32) -> Frame {
        let texts = Texts { title: &self.title, subtitle: &self.subtitle, notes: &self.notes };
        Frame::new(&texts, fonts, width, |_| 24 + PLOT + 48 + COUNTS)
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, frame: &Frame) -> Drawn {
        frame.draw(canvas)?;
        let (left, right) = frame.sides();
        let top = frame.top + 24;
        let axes = Axes { x: (left + 52, (left + 52 + PLOT * 2).min(right - 20)), y: (top + PLOT, top) };
        self.draw_axes(canvas, &axes)?;
        let bins = self.calibration.iter().flat_map(|c| &c.bins);
        bins.clone().try_for_each(|bin| self.draw_bin(canvas, &axes, bin))?;
        self.draw_counts(canvas, &axes, bins)
    }

    fn draw_axes(&self, canvas: &Canvas<'_>, axes: &Axes) -> Drawn {
        let muted = Type { colour: canvas.colours.muted, ..style(12.0, Weight::Regular) };
        canvas.text("Share of labels that are right", (axes.x.0 - 38, axes.y.1 - 18), muted, Align::Left)?;
        for percent in [0, 20, 40, 60, 80, 100] {
            let share = f64::from(percent) / 100.0;
            let (x, y) = (at(axes.x, share), at(axes.y, share));
            canvas.line((axes.x.0, y), (axes.x.1, y), canvas.colours.grid, 1)?;
            canvas.line((x, axes.y.0), (x, axes.y.1), canvas.colours.grid, 1)?;
            canvas.text(&format!("{percent}%"), (axes.x.0 - 8, y), muted, Align::Right)?;
            canvas.text(&format!("{percent}%"), (x, axes.y.0 + 16), muted, Align::Centre)?;
        }
        canvas.line((axes.x.0, axes.y.0), (axes.x.1, axes.y.1), canvas.colours.muted, 1)?;
        canvas.text("Confidence of the label", (axes.x.0, axes.y.0 + 36), muted, Align::Left)
    }

    fn draw_bin(&self, canvas: &Canvas<'_>, axes: &Axes, bin: &Bin) -> Drawn {
        let x = at(axes.x, bin.confidence);
        let (low, high) = (at(axes.y, bin.interval.low), at(axes.y, bin.interval.high));
        canvas.line((x, low), (x, high), self.colour, 2)?;
        canvas.dot((x, at(axes.y, bin.accuracy)), bin.n < SMALL_N, self.colour)
    }

    /// Bars for the number of labels in each bin, with the numbers above.
    fn draw_counts<'b>(
        &self,
        canvas: &Canvas<'_>,
        axes: &Axes,
        bins: impl Iterator<Item = &'b Bin> + Clone,
    ) -> Drawn {
        let floor = axes.y.0 + 48 + COUNTS;
        let most = bins.clone().map(|b| b.n).max().unwrap_or(1).max(1);
        let ink = Type { colour: canvas.colours.muted, ..style(10.5, Weight::Regular) };
        for bin in bins {
            let (x0, x1) = (at(axes.x, bin.from) + 2, at(axes.x, bin.to) - 2);
            let height = (f64::from(COUNTS - 18) * bin.n as f64 / most as f64).round().max(1.0) as i32;
            canvas.fill(Box4(x0, floor - height, x1, floor), canvas.colours.neutral)?;
            canvas.text(&grouped(bin.n), (i32::midpoint(x0, x1), floor - height - 8), ink, Align::Centre)?;
        }
        Ok(())
    }
}

/// The pixel of a share in [0, 1].
fn at((zero, one): (i32, i32), share: f64) -> i32 {
    zero + (f64::from(one - zero) * share).round() as i32
}
