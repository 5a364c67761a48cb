//! The embedded font: registered once, measured, and asked which characters it lacks.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::digest::FONTS;
use crate::packing::unpacked;
use plotters::style::{FontStyle, register_font};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use ttf_parser::Face;
use unicode_width::UnicodeWidthChar;

/// Family name of the embedded font.
pub(super) const FAMILY: &str = "DejaVu Sans";

/// The embedded faces: regular and bold, unpacked when a figure is first drawn.
pub(super) fn embedded() -> [&'static [u8]; 2] {
    static FACES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    // A broken face is none, which the tests would show.
    let face = |packed: &[u8]| unpacked(packed).unwrap_or_default();
    FACES.get_or_init(|| FONTS.map(face)).each_ref().map(Vec::as_slice)
}

/// Makes the embedded font known to plotters as `sans-serif`, once; false if plotters refuses it. Without it plotters
/// cannot even write text into an SVG.
pub(super) fn register() -> bool {
    static DONE: OnceLock<bool> = OnceLock::new();
    let with = |style, bytes| register_font("sans-serif", style, bytes).is_ok();
    *DONE.get_or_init(|| {
        let [regular, bold] = embedded();
        with(FontStyle::Normal, regular) && with(FontStyle::Bold, bold)
    })
}

/// Weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// The faces a figure is set in: the embedded one, then those that the user adds.
pub(super) struct Fonts<'f> {
    regular: Option<Face<'f>>,
    bold: Option<Face<'f>>,
    extra: Vec<Face<'f>>,
}

impl<'f> Fonts<'f> {
    pub(super) fn new(extra: &'f [Vec<u8>]) -> Self {
        let [regular, bold] = embedded().map(|bytes| Face::parse(bytes, 0).ok());
        let extra = extra.iter().filter_map(|bytes| Face::parse(bytes, 0).ok()).collect();
        Fonts { regular, bold, extra }
    }

    /// Width of a text in pixels at a font size in pixels.
    pub(super) fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        text.chars().map(|c| self.advance(c, weight)).sum::<f64>() * size
    }

    /// Shortens a text with `…` until it is at most `room` pixels wide.
    pub(super) fn fit(&self, text: &str, size: f64, weight: Weight, room: f64) -> String {
        if self.width(text, size, weight) <= room {
            return text.to_owned();
        }
        let mut left = room - self.width("…", size, weight);
        let kept = text.chars().take_while(|c| {
            left -= self.advance(*c, weight) * size;
            left >= 0.0
        });
        format!("{}…", kept.collect::<String>().trim_end())
    }

    /// Shortens like [`Fonts::fit`], but keeps the end of the text too.
    pub(super) fn fit_middle(&self, text: &str, size: f64, weight: Weight, room: f64) -> String {
        if self.width(text, size, weight) <= room {
            return text.to_owned();
        }
        let mut left = room * 0.5;
        let fits = |c: &char| {
            left -= self.advance(*c, weight) * size;
            left >= 0.0
        };
        let tail: Vec<char> = text.chars().rev().take_while(fits).collect();
        let tail: String = tail.into_iter().rev().collect();
        let tail = tail.trim_start();
        let head = self.fit(text, size, weight, room - self.width(tail, size, weight));
        format!("{head}{tail}")
    }

    /// Breaks a text at blanks into lines of at most `room` pixels; a longer word is shortened.
    pub(super) fn wrap(&self, text: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let word = self.fit(word, size, weight, room);
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size, weight) <= room => {
                    line.push(' ');
                    line.push_str(&word);
                }
                _ => lines.push(word),
            }
        }
        lines
    }

    /// At most so many lines, the last one shortened if more would follow.
    pub(super) fn wrap_most(
        &self,
        text: &str,
        size: f64,
        weight: Weight,
        room: f64,
        most: usize,
    ) -> Vec<String> {
        let mut lines = self.wrap(text, size, weight, room);
        if lines.len() > most {
            let rest = lines.split_off(most.saturating_sub(1)).join(" ");
            lines.push(self.fit(&rest, size, weight, room));
        }
        lines
    }

    /// Bold, unless the text holds letters that only the regular face has: a line is drawn with one face.
    pub(super) fn title_weight(&self, text: &str) -> Weight {
        let has = |face: &Option<Face<'_>>, c| face.as_ref().is_some_and(|f| f.glyph_index(c).is_some());
        let lighter = text.chars().any(|c| is_drawn(c) && !has(&self.bold, c) && has(&self.regular, c));
        if lighter { Weight::Regular } else { Weight::Bold }
    }

    /// The characters of some texts that no face has, sorted.
    pub(super) fn lacking<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<char> {
        let seen = texts.into_iter().flat_map(str::chars).filter(|c| is_drawn(*c));
        seen.filter(|c| self.faces(Weight::Regular).all(|f| f.glyph_index(*c).is_none())).collect()
    }

    /// Advance in em. A character without a glyph is taken as wide as a terminal would show it.
    fn advance(&self, c: char, weight: Weight) -> f64 {
        if !is_drawn(c) && c != ' ' && !c.is_whitespace() {
            return 0.0;
        }
        let found = self.faces(weight).find_map(|face| {
            let glyph = face.glyph_index(c)?;
            Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
        });
        found.unwrap_or(if c.width() == Some(2) { 1.1 } else { 0.75 })
    }

    fn faces(&self, weight: Weight) -> impl Iterator<Item = &Face<'f>> {
        // The bold face lacks letters that the regular one has.
        let bold = self.bold.iter().filter(move |_| weight == Weight::Bold);
        bold.chain(&self.regular).chain(&self.extra)
    }
}

/// Says which characters of a figure no font has, and the way out.
pub(super) fn warning(figure: &str, lacking: &BTreeSet<char>) -> Option<Diagnostic> {
    const SHOWN: usize = 12;
    if lacking.is_empty() {
        return None;
    }
    let mut names: Vec<String> = lacking.iter().take(SHOWN).map(char::to_string).collect();
    if lacking.len() > SHOWN {
        names.push(format!("and {} more", lacking.len() - SHOWN));
    }
    let message = format!("the font of the figures lacks {}; the PNG shows boxes instead", names.join(" "));
    let help = "name a font that has them with `--font FILE`";
    Some(Diagnostic::whole(figure, Code::GlyphMissing, Severity::Warning, message, help))
}

/// True for characters that leave ink: no blanks, joiners, variation selectors or combining marks.
fn is_drawn(c: char) -> bool {
    !c.is_whitespace() && c.width().unwrap_or(0) > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shortened_to_the_room() {
        let fonts = Fonts::new(&[]);
        let short = fonts.fit("A very long name of an outlet", 13.0, Weight::Regular, 100.0);
        assert!(short.ends_with('…') && fonts.width(&short, 13.0, Weight::Regular) <= 100.0, "{short}");
        assert_eq!(fonts.fit("short", 13.0, Weight::Regular, 100.0), "short");
    }

    #[test]
    fn lines_keep_to_the_room() {
        let fonts = Fonts::new(&[]);
        let lines = fonts.wrap("one two three four five six seven", 12.0, Weight::Regular, 90.0);
        assert!(lines.len() > 2 && lines.iter().all(|l| fonts.width(l, 12.0, Weight::Regular) <= 90.0));
        assert_eq!(lines.join(" "), "one two three four five six seven");
    }

    /// The outline of a character's glyph, written out.
    #[derive(Default, PartialEq)]
    struct Outline(Vec<f32>);

    impl ttf_parser::OutlineBuilder for Outline {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.extend([0.0, x, y]);
        }

        fn line_to(&mut self, x: f32, y: f32) {
            self.0.extend([1.0, x, y]);
        }

        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0.extend([2.0, x1, y1, x, y]);
        }

        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0.extend([3.0, x1, y1, x2, y2, x, y]);
        }

        fn close(&mut self) {
            self.0.push(4.0);
        }
    }

    #[test]
    fn what_is_cut_from_the_faces_is_drawn_all_the_same() {
        let whole = [dejavu::sans::regular(), dejavu::sans::bold()].map(|f| Face::parse(f, 0).unwrap());
        let cut = embedded().map(|f| Face::parse(f, 0).unwrap());
        let drawn = |face: &Face<'_>, c: char| {
            let glyph = face.glyph_index(c).filter(|glyph| glyph.0 != 0)?;
            let mut outline = Outline::default();
            let _ = face.outline_glyph(glyph, &mut outline);
            Some((glyph, face.glyph_hor_advance(glyph), outline))
        };
        let games = |c: char| matches!(c, '\u{4DC0}'..='\u{4DFF}' | '\u{2800}'..='\u{28FF}' | '\u{1F000}'..='\u{1F0FF}');
        let (mut kept, regular) = ([0, 0], &cut[0]);
        for c in ('\u{20}'..=char::MAX).filter(|c| !games(*c)) {
            for (i, (whole, cut)) in whole.iter().zip(&cut).enumerate() {
                let found = drawn(cut, c);
                // The bold face has fewer characters, each of which the regular one has.
                let instead = i == 1 && found.is_none() && regular.glyph_index(c).is_some();
                assert!(found == drawn(whole, c) || instead, "{c:?}");
                kept[i] += usize::from(found.is_some());
            }
        }
        assert!(kept[0] > 5_000 && kept[1] > 1_500, "{kept:?}");
    }

    #[test]
    fn a_title_is_bold_where_the_bold_face_has_its_letters() {
        let fonts = Fonts::new(&[]);
        let bold = ["Stance → 3 ≤ 5", "Ελλάδα, Україна, fi", "A 朝日 🙂"];
        assert!(bold.iter().all(|title| fonts.title_weight(title) == Weight::Bold));
        let regular = ["الأخبار 朝日", "חדשות", "Report صحيفة end"];
        assert!(regular.iter().all(|title| fonts.title_weight(title) == Weight::Regular));
    }

    #[test]
    fn what_lines_have_no_room_for_is_told_by_dots() {
        let fonts = Fonts::new(&[]);
        let lines = |text: &str, most| fonts.wrap_most(text, 12.0, Weight::Bold, 90.0, most);
        assert_eq!(
            lines("one two three four five six seven", 9),
            lines("one two three four five six seven", 5)
        );
        let two = lines("one two three four five six seven", 2);
        assert!(two.len() == 2 && !two[0].ends_with('…') && two[1].ends_with('…'), "{two:?}");
        assert!(two.iter().all(|line| fonts.width(line, 12.0, Weight::Bold) <= 90.0), "{two:?}");
    }

    #[test]
    fn lacking_characters_are_named_with_the_way_out() {
        let fonts = Fonts::new(&[]);
        assert!(fonts.lacking(["Süddeutsche Правда صحيفة – “x”"]).is_empty());
        let found = warning("stance_by_outlet", &fonts.lacking(["朝日 🙂\u{FE0F}\u{200D}"])).unwrap();
        assert_eq!(found.code, Code::GlyphMissing);
        assert!(found.message.contains("日 朝 🙂;"), "{}", found.message);
        assert!(found.help.contains("--font"));
    }
}
