//! A thin layer over plotters: whole pixels, text sizes as they come out, the theme at hand.

use super::font::{FAMILY, Fonts, Weight};
use super::palette::Colours;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// What plotters says when a drawing fails.
pub(super) type DrawError = DrawingAreaErrorKind<std::io::Error>;
pub(super) type Drawn = Result<(), DrawError>;

/// A drawing area of an SVG with colours and fonts.
pub(super) struct Canvas<'c> {
    pub area: DrawingArea<SVGBackend<'c>, Shift>,
    pub colours: Colours,
    pub fonts: &'c Fonts<'c>,
}

/// A text style: size in pixels, weight, colour.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub size: f64,
    pub weight: Weight,
    pub colour: RGBColor,
}

/// Which point of a text its x stands for.
#[derive(Clone, Copy)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// Left, top, right, bottom in pixels; right and bottom lie outside.
#[derive(Clone, Copy)]
pub(super) struct Box4(pub i32, pub i32, pub i32, pub i32);

impl Canvas<'_> {
    /// Writes one line, centred on `y`.
    pub(super) fn text(&self, text: &str, (x, y): (i32, i32), style: Type, align: Align) -> Drawn {
        if text.is_empty() {
            return Ok(());
        }
        let horizontal = match align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        let weight = if style.weight == Weight::Bold { FontStyle::Bold } else { FontStyle::Normal };
        // plotters divides sizes by 1.24 on the way into an SVG.
        let font = ("sans-serif", style.size * 1.24, weight).into_font();
        let style = font.color(&style.colour).pos(Pos::new(horizontal, VPos::Center));
        self.area.draw(&Text::new(text.to_owned(), (x, y), style))
    }

    /// Fills a box.
    pub(super) fn fill(&self, Box4(x0, y0, x1, y1): Box4, colour: RGBColor) -> Drawn {
        self.area.draw(&Rectangle::new([(x0, y0), (x1, y1)], colour.filled()))
    }

    /// Fills a box palely and draws its border inside it; one too narrow for a border is filled.
    pub(super) fn hollow(&self, Box4(x0, y0, x1, y1): Box4, colour: RGBColor) -> Drawn {
        let edge = self.colours.edge(colour);
        if x1 - x0 <= 4 {
            return self.fill(Box4(x0, y0, x1, y1), edge);
        }
        self.fill(Box4(x0, y0, x1, y1), self.colours.tint(colour))?;
        self.area.draw(&Rectangle::new([(x0 + 1, y0 + 1), (x1 - 1, y1 - 1)], edge.stroke_width(2)))
    }

    /// Draws the border of a box, inside it.
    pub(super) fn frame(&self, Box4(x0, y0, x1, y1): Box4, colour: RGBColor) -> Drawn {
        self.area.draw(&Rectangle::new([(x0 + 1, y0 + 1), (x1 - 1, y1 - 1)], colour.stroke_width(2)))
    }

    /// Draws a straight line.
    pub(super) fn line(&self, from: (i32, i32), to: (i32, i32), colour: RGBColor, width: u32) -> Drawn {
        self.area.draw(&PathElement::new(vec![from, to], colour.stroke_width(width)))
    }

    /// Draws a dot, hollow or full.
    pub(super) fn dot(&self, centre: (i32, i32), hollow: bool, colour: RGBColor) -> Drawn {
        let inside = if hollow { self.colours.paper } else { colour };
        self.area.draw(&Circle::new(centre, 3, inside.filled()))?;
        self.area.draw(&Circle::new(centre, 3, colour.stroke_width(2)))
    }
}

impl Type {
    /// How wide a text comes out, in whole pixels.
    pub(super) fn width(&self, fonts: &Fonts<'_>, text: &str) -> i32 {
        fonts.width(text, self.size, self.weight).ceil() as i32
    }
}

/// Gives an SVG its role, its spoken name and its title.
pub(super) fn name_svg(svg: &str, title: &str, description: &str) -> String {
    let (title, description) = (escape(title), escape(description));
    let head = format!("<svg role=\"img\" aria-label=\"{title}. {description}\" ");
    let svg = svg.replacen("<svg ", &head, 1);
    let inside = svg.find("<svg ").and_then(|at| Some(at + svg.get(at..)?.find('>')? + 1));
    match inside.and_then(|at| svg.split_at_checked(at)) {
        Some((before, after)) => {
            format!("{before}\n<title>{title}</title>\n<desc>{description}</desc>{after}")
        }
        None => svg,
    }
}

/// Names of font families that a viewer of the SVG may use, the embedded one first.
pub(super) fn name_fonts(svg: &str) -> String {
    svg.replace(
        "font-family=\"sans-serif\"",
        &format!("font-family=\"{FAMILY}, Verdana, Arial, sans-serif\""),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
