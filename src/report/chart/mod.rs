//! Figures: one drawing function each, to SVG; PNG is made from the SVG.

mod aspects_by_outlet;
mod bars;
mod calibration;
mod canvas;
mod curve;
mod font;
mod frame;
mod grid;
mod layout;
mod outlets;
mod palette;
mod picture;
mod raster;
mod reply_agreement;
mod sentiment_by_outlet;
mod spots;
mod stance_by_depth;
mod stance_by_outlet;
mod stance_over_time;
#[cfg(test)]
mod tests;
mod voice_by_outlet;

pub use raster::to_png;
pub use spots::{FigureTable, Hotspot, hotspots, table};

use self::font::Fonts;
use self::palette::Colours;
use self::picture::Picture;
use super::summary::Summary;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A figure of the report.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Figure {
    /// Stances per outlet.
    StanceByOutlet,
    /// Sentiments per outlet.
    SentimentByOutlet,
    /// Stances per level of replies.
    StanceByDepth,
    /// Whose side the sentences of the articles carry.
    VoiceByOutlet,
    /// Stances by time since the first comment.
    StanceOverTime,
    /// Stances of replies against those of what they answer.
    ReplyAgreement,
    /// How comments argue, per outlet.
    AspectsByOutlet,
    /// Confidence against accuracy.
    Calibration,
}

/// Ground and ink.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, schemars::JsonSchema, Deserialize, clap::ValueEnum,
)]
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
    /// Dots an inch of the PNG, within [`ChartStyle::DPIS`], if 96 pixels of the SVG make an inch; 192 doubles each side.
    pub dpi: u32,
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
    let picture = figure.picture(summary, style);
    let fonts = Fonts::new(&style.fonts);
    let svg = picture.paint(&fonts, style).map_err(|e| figure_error(figure.name(), &e))?;
    let (title, subtitle) = picture.head();
    Ok(canvas::name_svg(&canvas::name_fonts(&svg), title, subtitle))
}

/// Characters in figures that neither the embedded font nor those of the style have, as one
/// [`crate::Code::GlyphMissing`] on the first figure concerned.
pub fn missing_glyphs(figures: &[Figure], summary: &Summary, style: &ChartStyle) -> Option<Diagnostic> {
    let fonts = Fonts::new(&style.fonts);
    let lacking = |figure: &Figure| (*figure, fonts.lacking(figure.picture(summary, style).texts()));
    let found: Vec<(Figure, BTreeSet<char>)> =
        figures.iter().map(lacking).filter(|(_, lacking)| !lacking.is_empty()).collect();
    let (first, _) = found.first()?;
    font::warning(first.name(), &found.iter().flat_map(|(_, lacking)| lacking).copied().collect())
}

impl Figure {
    /// Every figure, in the order of reports.
    pub const ALL: [Figure; 8] = [
        Figure::StanceByOutlet,
        Figure::SentimentByOutlet,
        Figure::StanceByDepth,
        Figure::VoiceByOutlet,
        Figure::StanceOverTime,
        Figure::ReplyAgreement,
        Figure::AspectsByOutlet,
        Figure::Calibration,
    ];

    /// File name without its ending.
    pub fn name(self) -> &'static str {
        match self {
            Figure::StanceByOutlet => "stance_by_outlet",
            Figure::SentimentByOutlet => "sentiment_by_outlet",
            Figure::StanceByDepth => "stance_by_depth",
            Figure::VoiceByOutlet => "voice_by_outlet",
            Figure::StanceOverTime => "stance_over_time",
            Figure::ReplyAgreement => "reply_agreement",
            Figure::AspectsByOutlet => "aspects_by_outlet",
            Figure::Calibration => "calibration",
        }
    }

    /// What it shows, for those who cannot see it.
    pub fn meaning(self) -> &'static str {
        match self {
            Figure::StanceByOutlet => "Stances per outlet",
            Figure::SentimentByOutlet => "Sentiments per outlet",
            Figure::StanceByDepth => "Stances per level of replies",
            Figure::VoiceByOutlet => "Whose side the sentences of the articles carry",
            Figure::StanceOverTime => "Stances by time since the first comment",
            Figure::ReplyAgreement => "Stances of replies against those of what they answer",
            Figure::AspectsByOutlet => "How comments argue, per outlet",
            Figure::Calibration => "Confidence against accuracy",
        }
    }

    /// Why the data do not carry this figure; `None` if they do. The first four figures are drawn even where they are
    /// empty, and then say so.
    pub fn lack(self, summary: &Summary) -> Option<&'static str> {
        let lacking = |lacks: bool, why: &'static str| lacks.then_some(why);
        match self {
            Figure::StanceOverTime => lacking(summary.times.is_empty(), "the input tells no times apart"),
            Figure::ReplyAgreement => lacking(
                summary.statistics.replies.is_none(),
                "no labelled comment answers another labelled one",
            ),
            Figure::AspectsByOutlet => {
                lacking(summary.outlets.iter().all(|o| o.aspects.is_empty()), "no comment shows an aspect")
            }
            Figure::Calibration => {
                lacking(summary.calibration.is_none(), "there is no gold to measure against")
            }
            _ => None,
        }
    }

    fn picture(self, summary: &Summary, style: &ChartStyle) -> Picture {
        let colours = Colours::of(style.theme);
        let mut picture = match self {
            Figure::StanceByOutlet => Picture::Bars(stance_by_outlet::bars(summary, &colours)),
            Figure::SentimentByOutlet => Picture::Bars(sentiment_by_outlet::bars(summary, &colours)),
            Figure::StanceByDepth => Picture::Bars(stance_by_depth::bars(summary, &colours)),
            Figure::VoiceByOutlet => Picture::Bars(voice_by_outlet::bars(summary, &colours)),
            Figure::StanceOverTime => Picture::Bars(stance_over_time::bars(summary, &colours)),
            Figure::ReplyAgreement => Picture::Grid(reply_agreement::grid(summary, &colours)),
            Figure::AspectsByOutlet => Picture::Grid(aspects_by_outlet::grid(summary, &colours)),
            Figure::Calibration => Picture::Curve(calibration::curve(summary, &colours)),
        };
        picture.dress(style.title.as_deref());
        picture
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

    /// The resolutions of the PNG, in dots an inch.
    pub const DPIS: std::ops::RangeInclusive<u32> = 72..=600;

    fn clamped_width(&self) -> u32 {
        self.width.clamp(*Self::WIDTHS.start(), *Self::WIDTHS.end())
    }
}

impl Default for ChartStyle {
    fn default() -> Self {
        ChartStyle { width: 900, theme: Theme::Light, title: None, dpi: 192, fonts: Vec::new() }
    }
}

fn figure_error(figure: &str, message: &dyn fmt::Display) -> Error {
    Error::Figure { figure: figure.to_owned(), message: message.to_string() }
}
