//! A grid of shaded cells with their numbers in them.

use super::canvas::{Align, Box4, Canvas, Drawn, Type};
use super::font::{Fonts, Weight};
use super::frame::{Frame, Texts, style};
use super::palette::readable_on;
use plotters::style::RGBColor;

/// What a grid shows.
pub(super) struct Grid {
    pub title: String,
    pub subtitle: String,
    /// What the columns stand for, above their names.
    pub columns_are: String,
    pub columns: Vec<Head>,
    pub rows: Vec<Head>,
    /// One row of cells a row; none for one that has nothing to share.
    pub cells: Vec<Vec<Option<Cell>>>,
    pub colour: RGBColor,
    /// What stands in an empty grid.
    pub empty: &'static str,
    pub notes: Vec<String>,
}

/// A name of a row or column, with what it is counted by.
pub(super) struct Head {
    pub name: String,
    pub under: String,
}

/// One cell.
pub(super) struct Cell {
    /// Depth of the shade, in [0, 1].
    pub share: f64,
    pub count: u64,
    /// Has a border of ink.
    pub marked: bool,
}

const ROW: i32 = 40;
const LINE: i32 = 15;
/// Shade of a share of 1: deeper ones leave neither black nor white text enough contrast.
pub(super) const DEEPEST: f64 = 0.8;

struct Places {
    names: i32,
    left: i32,
    pitch: i32,
    top: i32,
    heads: Vec<Vec<String>>,
}

impl Grid {
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let heads = self.columns.iter().chain(&self.rows).map(|h| h.name.as_str());
        heads
            .chain(self.notes.iter().map(String::as_str))
            .chain([self.title.as_str(), self.subtitle.as_str()])
    }

    /// The frame for a width.
    pub(super) fn frame(&self, fonts: &Fonts<'_>, width: u32) -> Frame {
        let texts = Texts { title: &self.title, subtitle: &self.subtitle, notes: &self.notes };
        Frame::new(&texts, fonts, width, |top| {
            let places = self.places(fonts, width as i32, top);
            places.top - top + ROW * self.rows.len().max(2) as i32
        })
    }

    pub(super) fn draw(&self, canvas: &Canvas<'_>, frame: &Frame) -> Drawn {
        frame.draw(canvas)?;
        let places = self.places(canvas.fonts, frame.width, frame.top);
        if self.rows.is_empty() || self.columns.is_empty() {
            let middle = (frame.width / 2, places.top + ROW);
            let muted = Type { colour: canvas.colours.muted, ..style(12.5, Weight::Regular) };
            return canvas.text(self.empty, middle, muted, Align::Centre);
        }
        self.draw_heads(canvas, frame, &places)?;
        for (i, row) in self.cells.iter().enumerate() {
            for (j, cell) in row.iter().enumerate() {
                let (x, y) = (places.left + places.pitch * j as i32, places.top + ROW * i as i32);
                self.draw_cell(canvas, cell.as_ref(), Box4(x, y, x + places.pitch - 3, y + ROW - 3))?;
            }
        }
        Ok(())
    }

    fn places(&self, fonts: &Fonts<'_>, width: i32, top: i32) -> Places {
        let name = style(12.5, Weight::Regular);
        let under = style(11.0, Weight::Regular);
        let widest = self.rows.iter().map(|r| name.width(fonts, &r.name).max(under.width(fonts, &r.under)));
        let names = widest.max().unwrap_or(0).min((f64::from(width) * 0.36) as i32);
        let left = 24 + names + 14;
        let columns = self.columns.len().max(1) as i32;
        let pitch = ((width - 24 - left) / columns).min(180);
        let heads: Vec<Vec<String>> =
            self.columns.iter().map(|h| three_lines(fonts, &h.name, f64::from(pitch - 8))).collect();
        let lines = heads.iter().map(Vec::len).max().unwrap_or(0) as i32;
        let unders = i32::from(self.columns.iter().any(|h| !h.under.is_empty()));
        Places { names, left, pitch, top: top + 20 + LINE * (lines + unders) + 10, heads }
    }

    fn draw_heads(&self, canvas: &Canvas<'_>, frame: &Frame, places: &Places) -> Drawn {
        let ink = Type { colour: canvas.colours.ink, ..style(12.5, Weight::Regular) };
        let small = Type { colour: canvas.colours.ink, ..style(12.0, Weight::Regular) };
        let muted = Type { colour: canvas.colours.muted, ..style(11.0, Weight::Regular) };
        canvas.text(
            &self.columns_are,
            (places.left, frame.top + 8),
            Type { size: 12.0, ..muted },
            Align::Left,
        )?;
        let lines = places.heads.iter().map(Vec::len).max().unwrap_or(0);
        for (j, (head, wrapped)) in self.columns.iter().zip(&places.heads).enumerate() {
            let x = places.left + places.pitch * j as i32 + (places.pitch - 3) / 2;
            for (i, line) in wrapped.iter().enumerate() {
                let up = (lines - wrapped.len() + i) as i32;
                canvas.text(line, (x, frame.top + 30 + LINE * up), small, Align::Centre)?;
            }
            canvas.text(&head.under, (x, frame.top + 30 + LINE * lines as i32), muted, Align::Centre)?;
        }
        for (i, head) in self.rows.iter().enumerate() {
            let (right, middle) = (places.left - 12, places.top + ROW * i as i32 + ROW / 2 - 1);
            let shift = if head.under.is_empty() { 0 } else { 7 };
            let name = canvas.fonts.fit(&head.name, ink.size, ink.weight, f64::from(places.names));
            canvas.text(&name, (right, middle - shift), ink, Align::Right)?;
            if shift > 0 {
                canvas.text(&head.under, (right, middle + shift + 1), muted, Align::Right)?;
            }
        }
        Ok(())
    }

    fn draw_cell(&self, canvas: &Canvas<'_>, cell: Option<&Cell>, place: Box4) -> Drawn {
        let Box4(x0, y0, x1, y1) = place;
        let middle = (i32::midpoint(x0, x1), i32::midpoint(y0, y1));
        let Some(cell) = cell else {
            canvas.fill(place, canvas.colours.shade(canvas.colours.neutral, 0.12))?;
            let muted = Type { colour: canvas.colours.muted, ..style(12.0, Weight::Regular) };
            return canvas.text("–", middle, muted, Align::Centre);
        };
        let ground = canvas.colours.shade(self.colour, cell.share * DEEPEST);
        canvas.fill(place, ground)?;
        if cell.marked {
            canvas.frame(place, canvas.colours.ink)?;
        }
        let ink = readable_on(ground);
        let (share, count) = (format!("{:.0}%", cell.share * 100.0), cell.count.to_string());
        let large = Type { colour: ink, ..style(12.5, Weight::Regular) };
        if large.width(canvas.fonts, &format!("{share}  {count}")) + 16 > x1 - x0 {
            return canvas.text(&count, middle, large, Align::Centre);
        }
        canvas.text(&share, (middle.0, middle.1 - 7), large, Align::Centre)?;
        canvas.text(&count, (middle.0, middle.1 + 8), Type { size: 10.5, ..large }, Align::Centre)
    }
}

fn three_lines(fonts: &Fonts<'_>, text: &str, room: f64) -> Vec<String> {
    fonts.wrap_most(text, 12.0, Weight::Regular, room, 3)
}
