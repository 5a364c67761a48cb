//! Where everything of a figure stands, measured before anything is drawn, so that nothing can collide.

use super::bars::{Bars, Row, UNDERLINED};
use super::canvas::Type;
use super::font::{Fonts, Weight};
use plotters::style::RGBColor;
use std::collections::BTreeSet;

/// Sizes of a row in pixels.
pub(super) struct RowSizes {
    /// From one row to the next.
    pub pitch: i32,
    /// Height of a bar; even.
    pub bar: i32,
    /// How far an interval lies from the row's middle.
    pub lane: i32,
}

/// The sizes of every row.
pub(super) const ROW: RowSizes = RowSizes { pitch: 32, bar: 20, lane: 6 };

const LINE: i32 = 18;
const NOTE_LINES: usize = 6;

/// A line of text with its middle.
pub(super) type TextLine = (String, i32);

/// Places in pixels.
pub(super) struct Layout {
    pub width: i32,
    pub height: i32,
    pub margin: i32,
    pub title: Type,
    pub name: Type,
    pub small: Type,
    pub label: Type,
    pub title_lines: Vec<TextLine>,
    pub subtitle_lines: Vec<TextLine>,
    /// Label, left edge of its swatch, middle.
    pub legend: Vec<(String, i32, i32)>,
    pub rows: Vec<RowLine>,
    /// Left and right of the bars.
    pub bars: (i32, i32),
    pub bar_ticks: Vec<i32>,
    /// Right edge of the column of n.
    pub n_right: i32,
    /// Left and right of the intervals.
    pub panel: (i32, i32),
    pub panel_head: String,
    pub panel_ticks: Vec<i32>,
    /// Top and bottom of the rows.
    pub plot: (i32, i32),
    pub notes: Vec<TextLine>,
}

/// A row's texts and its middle.
pub(super) struct RowLine {
    pub name: String,
    pub n: String,
    pub y: i32,
}

impl Layout {
    pub(super) fn new(bars: &Bars, fonts: &Fonts<'_>, width: u32) -> Self {
        let mut layout = Layout::blank(width as i32);
        let mut y = layout.place_head(bars, fonts, 34);
        y = layout.place_legend(bars, fonts, y + 8);
        y = layout.place_columns(bars, fonts, y + 40);
        layout.height = layout.place_notes(bars, fonts, y + 40) + 4;
        layout
    }

    fn blank(width: i32) -> Self {
        let style = |size, weight| Type { size, weight, colour: RGBColor(0, 0, 0) };
        Layout {
            width,
            height: 0,
            margin: 24,
            title: style(18.0, Weight::Bold),
            name: style(12.5, Weight::Regular),
            small: style(12.0, Weight::Regular),
            label: style(11.0, Weight::Regular),
            title_lines: Vec::new(),
            subtitle_lines: Vec::new(),
            legend: Vec::new(),
            rows: Vec::new(),
            bars: (0, 0),
            bar_ticks: Vec::new(),
            n_right: 0,
            panel: (0, 0),
            panel_head: String::new(),
            panel_ticks: Vec::new(),
            plot: (0, 0),
            notes: Vec::new(),
        }
    }

    fn room(&self) -> f64 {
        f64::from(self.width - 2 * self.margin)
    }

    fn place_head(&mut self, bars: &Bars, fonts: &Fonts<'_>, mut y: i32) -> i32 {
        self.title.weight = fonts.title_weight(&bars.title);
        for line in fonts.wrap_most(&bars.title, self.title.size, self.title.weight, self.room(), 2) {
            self.title_lines.push((line, y));
            y += 24;
        }
        for line in fonts.wrap_most(&bars.subtitle, self.small.size, self.small.weight, self.room(), 4) {
            self.subtitle_lines.push((line, y));
            y += LINE;
        }
        y
    }

    fn place_legend(&mut self, bars: &Bars, fonts: &Fonts<'_>, mut y: i32) -> i32 {
        let hollow = bars.any_small().then_some("Hollow: n < 30");
        let underlined = bars.any_unsure().then_some(UNDERLINED);
        let mut x = self.margin;
        for label in bars.classes.iter().map(|c| c.label).chain(hollow).chain(underlined) {
            let wide = 18 + self.small.width(fonts, label);
            if x > self.margin && x + wide > self.width - self.margin {
                (x, y) = (self.margin, y + LINE + 2);
            }
            self.legend.push((label.to_owned(), x, y));
            x += wide + 22;
        }
        y
    }

    fn place_columns(&mut self, bars: &Bars, fonts: &Fonts<'_>, top: i32) -> i32 {
        let line = |(i, (name, row)): (usize, (String, &Row))| RowLine {
            name,
            n: grouped(row.n),
            y: top + ROW.pitch * i as i32 + ROW.pitch / 2,
        };
        self.rows = self.names(bars, fonts).into_iter().zip(&bars.rows).enumerate().map(line).collect();
        let widest = |style: Type, texts: &mut dyn Iterator<Item = &str>| {
            texts.map(|t| style.width(fonts, t)).max().unwrap_or(0)
        };
        let names = widest(self.name, &mut self.rows.iter().map(|r| r.name.as_str()));
        let ns = widest(self.small, &mut self.rows.iter().map(|r| r.n.as_str()));
        let panel = (f64::from(self.width) * 0.23).clamp(130.0, 300.0) as i32;
        // The number of the last tick is centred on it and must not leave the margin.
        let right = self.width - self.margin - self.small.width(fonts, "100%") / 2;
        self.panel = (right - panel, right);
        self.n_right = self.panel.0 - 28;
        self.bars = (self.margin + names.max(24) + 12, self.n_right - ns.max(16) - 18);
        self.bar_ticks = ticks(self.bars);
        self.panel_ticks = ticks(self.panel);
        self.panel_head = fonts.fit(&bars.interval, self.small.size, self.small.weight, f64::from(panel));
        let rows = if bars.rows.is_empty() { 3 } else { bars.rows.len() as i32 };
        self.plot = (top, top + ROW.pitch * rows);
        self.plot.1
    }

    /// The names of the bars, shortened at the end, or in the middle where two would become the same, or with the number
    /// of their bar where that does not tell them apart either.
    fn names(&self, bars: &Bars, fonts: &Fonts<'_>) -> Vec<String> {
        let room = self.room() * 0.28;
        let fit = |row: &Row| fonts.fit(&row.name, self.name.size, self.name.weight, room);
        let fit_middle = |row: &Row| fonts.fit_middle(&row.name, self.name.size, self.name.weight, room);
        let names: Vec<String> = bars.rows.iter().map(fit).collect();
        if are_distinct(&names) {
            return names;
        }
        let names: Vec<String> = bars.rows.iter().map(fit_middle).collect();
        if are_distinct(&names) {
            return names;
        }
        let numbered = |(i, row): (usize, &Row)| {
            let number = format!("{}. ", i + 1);
            let left = room - fonts.width(&number, self.name.size, self.name.weight);
            format!("{number}{}", fonts.fit_middle(&row.name, self.name.size, self.name.weight, left))
        };
        bars.rows.iter().enumerate().map(numbered).collect()
    }

    fn place_notes(&mut self, bars: &Bars, fonts: &Fonts<'_>, mut y: i32) -> i32 {
        for note in &bars.notes {
            for line in fonts.wrap_most(note, self.small.size, self.small.weight, self.room(), NOTE_LINES) {
                self.notes.push((line, y));
                y += LINE;
            }
            y += 4;
        }
        y
    }
}

/// Percents that get a number: all five where there is room, else the ends and the middle.
fn ticks((left, right): (i32, i32)) -> Vec<i32> {
    if right - left >= 200 { vec![0, 25, 50, 75, 100] } else { vec![0, 50, 100] }
}

/// A count with commas: `12,345`.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn are_distinct(names: &[String]) -> bool {
    names.iter().collect::<BTreeSet<_>>().len() == names.len()
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn counts_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
