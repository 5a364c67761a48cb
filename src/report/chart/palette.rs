//! Colours. Those of data are the palette of Okabe & Ito (2008), "Color Universal Design": they stay apart for readers
//! with any common colour vision deficiency. Neutral classes are grey.

use super::Theme;
use crate::label::{Sentiment, Stance};
use plotters::style::RGBColor;

const BLUE: RGBColor = RGBColor(0, 114, 178);
const SKY: RGBColor = RGBColor(86, 180, 233);
const ORANGE: RGBColor = RGBColor(230, 159, 0);
const YELLOW: RGBColor = RGBColor(240, 228, 66);
const GREEN: RGBColor = RGBColor(0, 158, 115);
const PURPLE: RGBColor = RGBColor(204, 121, 167);
/// Between green and purple in hue and lighter than both.
const PALE: RGBColor = RGBColor(226, 216, 178);
const VERMILLION: RGBColor = RGBColor(213, 94, 0);

/// The colours of a figure that are not those of data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Colours {
    pub paper: RGBColor,
    pub ink: RGBColor,
    pub muted: RGBColor,
    pub grid: RGBColor,
    pub neutral: RGBColor,
    /// The darkest shade of grids.
    pub scale: RGBColor,
    /// Voices of articles: hues that no stance or sentiment has.
    pub accuser: RGBColor,
    pub both: RGBColor,
    pub defender: RGBColor,
}

impl Colours {
    pub(super) fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => Colours {
                paper: RGBColor(255, 255, 255),
                ink: RGBColor(30, 30, 34),
                muted: RGBColor(92, 95, 102),
                grid: RGBColor(224, 226, 230),
                neutral: RGBColor(187, 189, 194),
                scale: BLUE,
                accuser: GREEN,
                both: PALE,
                defender: PURPLE,
            },
            Theme::Dark => Colours {
                paper: RGBColor(22, 24, 29),
                ink: RGBColor(232, 233, 236),
                muted: RGBColor(168, 171, 178),
                grid: RGBColor(56, 59, 67),
                neutral: RGBColor(112, 115, 123),
                scale: SKY,
                accuser: GREEN,
                both: PALE,
                defender: PURPLE,
            },
        }
    }

    pub(super) fn stance(&self, stance: Stance) -> RGBColor {
        match stance {
            Stance::Support => BLUE,
            Stance::Query => YELLOW,
            Stance::Comment => self.neutral,
            Stance::Deny => VERMILLION,
        }
    }

    /// Other hues than those of stances, because a sentiment is not a stance.
    pub(super) fn sentiment(&self, sentiment: Sentiment) -> RGBColor {
        match sentiment {
            Sentiment::Negative => ORANGE,
            Sentiment::Neutral => self.neutral,
            Sentiment::Positive => SKY,
        }
    }

    /// The pale inside of a hollow bar.
    pub(super) fn tint(&self, colour: RGBColor) -> RGBColor {
        let mix = |c: u8, paper: u8| ((u16::from(c) * 3 + u16::from(paper) * 17) / 20) as u8;
        let RGBColor(r, g, b) = self.paper;
        RGBColor(mix(colour.0, r), mix(colour.1, g), mix(colour.2, b))
    }

    /// A colour mixed into the paper by a share in [0, 1].
    pub(super) fn shade(&self, colour: RGBColor, share: f64) -> RGBColor {
        let mix =
            |c: u8, paper: u8| (f64::from(paper) + (f64::from(c) - f64::from(paper)) * share).round() as u8;
        let RGBColor(r, g, b) = self.paper;
        RGBColor(mix(colour.0, r), mix(colour.1, g), mix(colour.2, b))
    }

    /// The border of a hollow bar: the colour itself, darkened where it would fade into the paper, as yellow on white.
    pub(super) fn edge(&self, colour: RGBColor) -> RGBColor {
        if contrast(colour, self.paper) >= 2.0 {
            return colour;
        }
        let mix = |c: u8, ink: u8| ((u16::from(c) * 7 + u16::from(ink) * 3) / 10) as u8;
        let RGBColor(r, g, b) = self.ink;
        RGBColor(mix(colour.0, r), mix(colour.1, g), mix(colour.2, b))
    }
}

/// White or near-black, whichever stands out more from `ground`.
pub(super) fn readable_on(ground: RGBColor) -> RGBColor {
    let (white, black) = (RGBColor(255, 255, 255), RGBColor(20, 20, 22));
    if contrast(white, ground) >= contrast(black, ground) { white } else { black }
}

/// Contrast ratio from 1 to 21 (WCAG 2.1).
pub(super) fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance in [0, 1] (WCAG 2.1).
fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
    let linear = |c: u8| match f64::from(c) / 255.0 {
        c if c <= 0.040_45 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_on_every_colour_is_readable() {
        for colours in [Colours::of(Theme::Light), Colours::of(Theme::Dark)] {
            let stances = Stance::ALL.map(|s| colours.stance(s));
            let sentiments = Sentiment::ALL.map(|s| colours.sentiment(s));
            let voices = [colours.accuser, colours.both, colours.defender];
            for share in 0..=10 {
                let ground =
                    colours.shade(colours.scale, f64::from(share) / 10.0 * super::super::grid::DEEPEST);
                assert!(contrast(readable_on(ground), ground) >= 4.5, "{ground:?}");
            }
            for ground in stances.into_iter().chain(sentiments).chain(voices) {
                assert!(contrast(readable_on(ground), ground) >= 4.5, "{ground:?}");
                assert!(contrast(colours.ink, colours.tint(ground)) >= 7.0, "{ground:?}");
                assert!(contrast(colours.edge(ground), colours.paper) >= 2.0, "{ground:?}");
            }
            assert!(contrast(colours.ink, colours.paper) >= 12.0);
            assert!(contrast(colours.muted, colours.paper) >= 4.5);
        }
    }
}
