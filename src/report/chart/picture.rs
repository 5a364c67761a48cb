//! The forms of figures, and what they have in common.

use super::ChartStyle;
use super::bars::{self, Bars};
use super::canvas::{Canvas, DrawError};
use super::curve::Curve;
use super::font::Fonts;
use super::grid::Grid;
use super::layout::Layout;
use super::palette::Colours;
use crate::visible::visible;
use plotters::prelude::{IntoDrawingArea, SVGBackend};

/// What a figure shows, in the form that shows it.
pub(super) enum Picture {
    Bars(Bars),
    Grid(Grid),
    Curve(Curve),
}

impl Picture {
    /// Title and subtitle.
    pub(super) fn head(&self) -> (&str, &str) {
        match self {
            Picture::Bars(b) => (&b.title, &b.subtitle),
            Picture::Grid(g) => (&g.title, &g.subtitle),
            Picture::Curve(c) => (&c.title, &c.subtitle),
        }
    }

    /// Every text that comes from outside.
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Picture::Bars(b) => b.texts().collect(),
            Picture::Grid(g) => g.texts().collect(),
            Picture::Curve(c) => c.texts().collect(),
        }
    }

    /// Gives the user's title and the last note, and makes control characters visible, which XML cannot write.
    pub(super) fn dress(&mut self, title: Option<&str>) {
        let (own, notes) = match self {
            Picture::Bars(b) => (&mut b.title, &mut b.notes),
            Picture::Grid(g) => (&mut g.title, &mut g.notes),
            Picture::Curve(c) => (&mut c.title, &mut c.notes),
        };
        if let Some(title) = title {
            *own = visible(title).into_owned();
        }
        notes.push("Colours: the Okabe–Ito palette, safe for colour-blind readers.".to_owned());
        let names: Vec<&mut String> = match self {
            Picture::Bars(b) => b.rows.iter_mut().map(|r| &mut r.name).collect(),
            Picture::Grid(g) => g.columns.iter_mut().chain(&mut g.rows).map(|h| &mut h.name).collect(),
            Picture::Curve(_) => Vec::new(),
        };
        names.into_iter().for_each(|name| *name = visible(name).into_owned());
    }

    /// Draws it as an SVG.
    pub(super) fn paint(&self, fonts: &Fonts<'_>, style: &ChartStyle) -> Result<String, DrawError> {
        let width = style.clamped_width();
        let colours = Colours::of(style.theme);
        match self {
            Picture::Bars(bars) => {
                let layout = Layout::new(bars, fonts, width);
                on(colours, fonts, (layout.width, layout.height), |canvas| bars::draw(canvas, bars, &layout))
            }
            Picture::Grid(grid) => {
                let frame = grid.frame(fonts, width);
                on(colours, fonts, (frame.width, frame.height), |canvas| grid.draw(canvas, &frame))
            }
            Picture::Curve(curve) => {
                let frame = curve.frame(fonts, width);
                on(colours, fonts, (frame.width, frame.height), |canvas| curve.draw(canvas, &frame))
            }
        }
    }
}

/// An SVG of a size with what `draw` puts on it.
fn on(
    colours: Colours,
    fonts: &Fonts<'_>,
    (width, height): (i32, i32),
    draw: impl FnOnce(&Canvas<'_>) -> Result<(), DrawError>,
) -> Result<String, DrawError> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (width.unsigned_abs(), height.unsigned_abs()))
            .into_drawing_area();
        area.fill(&colours.paper)?;
        let canvas = Canvas { area, colours, fonts };
        draw(&canvas)?;
        canvas.area.present()?;
    }
    Ok(svg)
}
