//! Figures: one drawing function each, to SVG; PNG is made from the SVG.

mod bars;
mod canvas;
mod font;
mod layout;
mod outlets;
mod palette;
mod raster;
mod sentiment_by_outlet;
mod stance_by_depth;
mod stance_by_outlet;
#[cfg(test)]
mod tests;

pub use raster::{SCALE, to_png};

use self::bars::Bars;
use self::canvas::Canvas;
use self::font::Fonts;
use self::layout::Layout;
use self::palette::Colours;
use super::summary::Summary;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use crate::visible::visible;
use plotters::prelude::{IntoDrawingArea, SVGBackend};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A figure of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Figure {
    /// Stances per outlet.
    StanceByOutlet,
    /// Sentiments per outlet.
    SentimentByOutlet,
    /// Stances per level of replies.
    StanceByDepth,
}

/// Ground and ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on white, for print.
    #[default]
    Light,
    /// Light on near-black, for screens.
    Dark,
}

/// How figures look.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChartStyle {
    /// Width in pixels of the SVG, within [`ChartStyle::WIDTHS`]; the height follows from the rows.
    pub width: u32,
    /// Ground and ink.
    pub theme: Theme,
    /// A title in place of the figure's own.
    pub title: Option<String>,
    /// Font files (TrueType or OpenType) for characters that the embedded font lacks.
    pub fonts: Vec<Vec<u8>>,
}

/// Draws a figure as an SVG. Equal input gives equal bytes.
///
/// # Errors
/// [`Error::Figure`] if the drawing library refuses.
pub fn draw_svg(figure: Figure, summary: &Summary, style: &ChartStyle) -> Result<String> {
    if !font::register() {
        return Err(figure_error(figure.name(), &"the embedded font was refused"));
    }
    let bars = figure.bars(summary, style);
    let fonts = Fonts::new(&style.fonts);
    let layout = Layout::new(&bars, &fonts, style.clamped_width());
    let svg = paint(&bars, &layout, &fonts, style.theme).map_err(|e| figure_error(figure.name(), &e))?;
    Ok(canvas::name_svg(&canvas::name_fonts(&svg), &bars.title, &bars.subtitle))
}

/// Characters in figures that neither the embedded font nor those of the style have, as one
/// [`crate::Code::GlyphMissing`] on the first figure concerned.
pub fn missing_glyphs(figures: &[Figure], summary: &Summary, style: &ChartStyle) -> Option<Diagnostic> {
    let fonts = Fonts::new(&style.fonts);
    let lacking = |figure: &Figure| (*figure, fonts.lacking(figure.bars(summary, style).texts()));
    let found: Vec<(Figure, BTreeSet<char>)> =
        figures.iter().map(lacking).filter(|(_, lacking)| !lacking.is_empty()).collect();
    let (first, _) = found.first()?;
    font::warning(first.name(), &found.iter().flat_map(|(_, lacking)| lacking).copied().collect())
}

impl Figure {
    /// Every figure, in the order of reports.
    pub const ALL: [Figure; 3] = [Figure::StanceByOutlet, Figure::SentimentByOutlet, Figure::StanceByDepth];

    /// File name without its ending.
    pub fn name(self) -> &'static str {
        match self {
            Figure::StanceByOutlet => "stance_by_outlet",
            Figure::SentimentByOutlet => "sentiment_by_outlet",
            Figure::StanceByDepth => "stance_by_depth",
        }
    }

    /// What it shows, for those who cannot see it.
    pub fn meaning(self) -> &'static str {
        match self {
            Figure::StanceByOutlet => "Stances per outlet",
            Figure::SentimentByOutlet => "Sentiments per outlet",
            Figure::StanceByDepth => "Stances per level of replies",
        }
    }

    fn bars(self, summary: &Summary, style: &ChartStyle) -> Bars {
        let colours = Colours::of(style.theme);
        let mut bars = match self {
            Figure::StanceByOutlet => stance_by_outlet::bars(summary, &colours),
            Figure::SentimentByOutlet => sentiment_by_outlet::bars(summary, &colours),
            Figure::StanceByDepth => stance_by_depth::bars(summary, &colours),
        };
        if let Some(title) = &style.title {
            bars.title = visible(title).into_owned();
        }
        bars.notes.push("Colours: the Okabe–Ito palette, safe for colour-blind readers.".to_owned());
        // XML has no way to write control characters.
        bars.rows.iter_mut().for_each(|row| row.name = visible(&row.name).into_owned());
        bars
    }
}

impl FromStr for Figure {
    type Err = Error;

    /// Reads a name.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the names that exist.
    fn from_str(name: &str) -> Result<Self> {
        Figure::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| {
            let names = Figure::ALL.map(Figure::name).join(", ");
            Error::Unknown { what: "figure", name: name.to_owned(), help: format!("there are {names}") }
        })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl ChartStyle {
    /// The widths that figures are laid out for, in pixels.
    pub const WIDTHS: std::ops::RangeInclusive<u32> = 560..=2400;

    fn clamped_width(&self) -> u32 {
        self.width.clamp(*Self::WIDTHS.start(), *Self::WIDTHS.end())
    }
}

impl Default for ChartStyle {
    fn default() -> Self {
        ChartStyle { width: 900, theme: Theme::Light, title: None, fonts: Vec::new() }
    }
}

fn paint(
    bars: &Bars,
    layout: &Layout,
    fonts: &Fonts<'_>,
    theme: Theme,
) -> std::result::Result<String, canvas::DrawError> {
    let mut svg = String::new();
    {
        let size = (layout.width.unsigned_abs(), layout.height.unsigned_abs());
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let colours = Colours::of(theme);
        area.fill(&colours.paper)?;
        let canvas = Canvas { area, colours, fonts };
        bars::draw(&canvas, bars, layout)?;
        canvas.area.present()?;
    }
    Ok(svg)
}

fn figure_error(figure: &str, message: &dyn fmt::Display) -> Error {
    Error::Figure { figure: figure.to_owned(), message: message.to_string() }
}
