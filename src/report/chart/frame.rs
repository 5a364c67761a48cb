//! Head and foot of the figures that are not bars: title, subtitle, notes.

use super::canvas::{Align, Canvas, Drawn, Type};
use super::font::{Fonts, Weight};
use super::layout::TextLine;
use plotters::style::RGBColor;

const LINE: i32 = 18;
const MARGIN: i32 = 24;

/// The texts around a figure, measured.
pub(super) struct Frame {
    pub width: i32,
    pub height: i32,
    /// Where the inside begins.
    pub top: i32,
    title: Vec<TextLine>,
    weight: Weight,
    subtitle: Vec<TextLine>,
    notes: Vec<TextLine>,
}

/// What stands around a figure.
pub(super) struct Texts<'t> {
    pub title: &'t str,
    pub subtitle: &'t str,
    pub notes: &'t [String],
}

/// Text styles, in ink that the canvas replaces.
pub(super) fn style(size: f64, weight: Weight) -> Type {
    Type { size, weight, colour: RGBColor(0, 0, 0) }
}

impl Frame {
    /// A frame around an inside of `inner` pixels.
    pub(super) fn new(texts: &Texts<'_>, fonts: &Fonts<'_>, width: u32, inner: impl Fn(i32) -> i32) -> Self {
        let width = width as i32;
        let room = f64::from(width - 2 * MARGIN);
        let wrapped = |text: &str, size, weight, most: usize, pitch: i32, y: &mut i32| {
            let lines = fonts.wrap_most(text, size, weight, room, most);
            let mut placed = Vec::new();
            for line in lines {
                placed.push((line, *y));
                *y += pitch;
            }
            placed
        };
        let mut y = 34;
        let weight = fonts.title_weight(texts.title);
        let title = wrapped(texts.title, 18.0, weight, 2, 24, &mut y);
        let subtitle = wrapped(texts.subtitle, 12.0, Weight::Regular, 4, LINE, &mut y);
        let top = y + 8;
        y = top + inner(top) + 26;
        let notes = texts
            .notes
            .iter()
            .flat_map(|note| {
                let lines = wrapped(note, 12.0, Weight::Regular, 6, LINE, &mut y);
                y += 4;
                lines
            })
            .collect();
        Frame { width, height: y + 4, top, title, weight, subtitle, notes }
    }

    /// Left and right border of the inside.
    pub(super) fn sides(&self) -> (i32, i32) {
        (MARGIN, self.width - MARGIN)
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>) -> Drawn {
        let ink = Type { colour: canvas.colours.ink, ..style(18.0, self.weight) };
        let muted = Type { colour: canvas.colours.muted, ..style(12.0, Weight::Regular) };
        let title = self.title.iter().map(|line| (line, ink));
        let others = self.subtitle.iter().chain(&self.notes).map(|line| (line, muted));
        title
            .chain(others)
            .try_for_each(|((text, y), style)| canvas.text(text, (MARGIN, *y), style, Align::Left))
    }
}
