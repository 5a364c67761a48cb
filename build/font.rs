//! A TrueType font without what no figure needs: what only screens of few pixels ask for, names of glyphs, and the shapes of
//! letters that another face draws. Numbers of glyphs stay, so that tables for shaping hold as they are.

use std::collections::{BTreeMap, BTreeSet};
use write_fonts::FontBuilder;
use write_fonts::from_obj::ToOwnedTable;
use write_fonts::read::tables::glyf::Glyf;
use write_fonts::read::tables::loca::Loca;
use write_fonts::read::{FontRef, TableProvider};
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{CompositeGlyph, GlyfLocaBuilder, Glyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::post::Post;
use write_fonts::types::{GlyphId, Tag, Version16Dot16};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The tables that are kept as they are.
const KEPT: [&[u8; 4]; 8] = [b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"hhea", b"hmtx", b"maxp", b"name"];

/// The font with the characters that are wanted.
pub fn slim(font: &[u8], wanted: impl Fn(char) -> bool) -> Result<Vec<u8>> {
    let all = characters(font)?;
    let font = FontRef::new(font)?;
    let kept: BTreeMap<char, GlyphId> =
        all.iter().filter(|(c, _)| wanted(**c)).map(|(c, glyph)| (*c, *glyph)).collect();
    let glyphs = Glyphs { shapes: font.glyf()?, places: font.loca(None)? };
    let unwanted = unwanted(&glyphs, &all, &kept)?;
    let mut shapes = GlyfLocaBuilder::new();
    for glyph in glyphs.all() {
        shapes.add_glyph(&if unwanted.contains(&glyph) { Glyph::Empty } else { glyphs.shape(glyph)? })?;
    }
    let (glyf, loca, format) = shapes.build();
    let mut head: Head = font.head()?.to_owned_table();
    head.index_to_loc_format = i16::from(format == LocaFormat::Long);
    let mut post: Post = font.post()?.to_owned_table();
    post.version = Version16Dot16::VERSION_3_0;
    (post.num_glyphs, post.glyph_name_index, post.string_data) = (None, None, None);
    let mut out = FontBuilder::new();
    out.add_table(&Cmap::from_mappings(kept)?)?.add_table(&glyf)?.add_table(&loca)?;
    out.add_table(&head)?.add_table(&post)?;
    for tag in KEPT {
        out.add_raw(Tag::new(tag), font.table_data(Tag::new(tag)).ok_or("a table is missing")?.as_bytes());
    }
    Ok(out.build())
}

/// Every character of a font with its glyph.
pub fn characters(font: &[u8]) -> Result<BTreeMap<char, GlyphId>> {
    /// Behind it stand no letters.
    const LAST: char = '\u{2FFFF}';
    let (_, _, map) = FontRef::new(font)?.cmap()?.best_subtable().ok_or("a font without characters")?;
    let glyph = |c: char| Some((c, map.map_codepoint(c).filter(|glyph| *glyph != GlyphId::NOTDEF)?));
    Ok(('\0'..=LAST).filter_map(glyph).collect())
}

/// Glyphs of characters that are not kept, unless a kept one is made of them.
fn unwanted(
    glyphs: &Glyphs<'_>,
    all: &BTreeMap<char, GlyphId>,
    kept: &BTreeMap<char, GlyphId>,
) -> Result<BTreeSet<GlyphId>> {
    let kept: BTreeSet<GlyphId> = kept.values().copied().collect();
    let mut out: BTreeSet<GlyphId> = all.values().copied().filter(|glyph| !kept.contains(glyph)).collect();
    let mut open: Vec<GlyphId> = glyphs.all().filter(|glyph| !out.contains(glyph)).collect();
    while let Some(glyph) = open.pop() {
        if let Glyph::Composite(shape) = glyphs.shape(glyph)? {
            let parts = shape.components().iter().map(|part| GlyphId::from(part.glyph));
            open.extend(parts.filter(|part| out.remove(part)));
        }
    }
    Ok(out)
}

/// Shapes, and where that of each glyph stands.
struct Glyphs<'f> {
    shapes: Glyf<'f>,
    places: Loca<'f>,
}

impl Glyphs<'_> {
    fn all(&self) -> impl Iterator<Item = GlyphId> + use<> {
        (0..self.places.len() as u32).map(GlyphId::new)
    }

    /// A shape without instructions for screens of few pixels.
    fn shape(&self, glyph: GlyphId) -> Result<Glyph> {
        let mut shape = match self.places.get_glyf(glyph, &self.shapes)? {
            Some(shape) => shape.to_owned_table(),
            None => Glyph::Empty,
        };
        match &mut shape {
            Glyph::Simple(simple) => simple.instructions.clear(),
            Glyph::Composite(of) => {
                let parts = of.components().iter().map(|part| (part.clone(), of.bbox));
                *of = CompositeGlyph::try_from_iter(parts).map_err(|_| "a glyph of no parts")?;
            }
            Glyph::Empty => {}
        }
        Ok(shape)
    }
}
