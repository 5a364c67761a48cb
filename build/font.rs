//! A TrueType font without what no figure needs: what only screens of few pixels ask for, names of glyphs, and the shapes of
//! letters that another face draws. Numbers and places of glyphs stay, so that tables for shaping hold as they are.
//! After the OpenType specification 1.9: `cmap` (format 12), `glyf`, `loca`, `head`, `post`.

use std::collections::{BTreeMap, BTreeSet};
use ttf_parser::{Face, PlatformId, RawFace, Tag};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The tables that are kept; `post` without its names.
const TABLES: [&[u8; 4]; 13] = [
    b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp",
    b"name", b"post",
];

/// The font with the characters that are wanted.
pub fn slim(font: &[u8], wanted: impl Fn(char) -> bool) -> Result<Vec<u8>> {
    let (face, raw) = (Face::parse(font, 0)?, RawFace::parse(font, 0)?);
    let table = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag)).ok_or("a table is missing");
    let all = characters(&face);
    let kept: BTreeMap<u32, u16> =
        all.iter().filter(|(c, _)| char::from_u32(**c).is_some_and(&wanted)).map(|(c, g)| (*c, *g)).collect();
    let glyphs = Glyphs { shapes: table(b"glyf")?, places: places(table(b"loca")?, table(b"head")?)? };
    let (glyf, loca) = glyphs.written(&unwanted(&glyphs, &all, &kept));
    let mut tables = Vec::new();
    for tag in TABLES {
        let bytes = match tag {
            b"cmap" => cmap(&kept),
            b"glyf" => glyf.clone(),
            b"loca" => loca.clone(),
            b"head" => with(&with(table(tag)?, 50, &1_u16.to_be_bytes()), ADJUSTMENT, &[0; 4]),
            b"post" => with(&table(tag)?[..32], 0, &0x0003_0000_u32.to_be_bytes()),
            _ => table(tag)?.to_vec(),
        };
        tables.push((tag, bytes));
    }
    Ok(file(&tables))
}

/// Where `head` holds the number that brings the sum of the file to the one of all fonts.
const ADJUSTMENT: usize = 8;
const SUM: u32 = 0xB1B0_AFBA;

/// Every character with its glyph.
fn characters(face: &Face<'_>) -> BTreeMap<u32, u16> {
    let mut out = BTreeMap::new();
    let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
    for table in tables.filter(|t| t.is_unicode() && t.platform_id != PlatformId::Macintosh) {
        let glyph = |c| table.glyph_index(c).map(|glyph| glyph.0).filter(|glyph| *glyph != 0);
        table.codepoints(|c| out.extend(glyph(c).map(|glyph| (c, glyph))));
    }
    out
}

/// Glyphs of characters that are not kept, unless a kept one is made of them.
fn unwanted(glyphs: &Glyphs<'_>, all: &BTreeMap<u32, u16>, kept: &BTreeMap<u32, u16>) -> BTreeSet<u16> {
    let kept: BTreeSet<u16> = kept.values().copied().collect();
    let mut out: BTreeSet<u16> =
        all.values().copied().filter(|glyph| *glyph != 0 && !kept.contains(glyph)).collect();
    let mut open: Vec<u16> = (0..glyphs.count()).filter(|glyph| !out.contains(glyph)).collect();
    while let Some(glyph) = open.pop() {
        let parts = parts(glyphs.shape(glyph)).into_iter().map(|part| part.glyph);
        open.extend(parts.filter(|part| out.remove(part)));
    }
    out
}

/// Shapes, and where that of each glyph begins and ends.
struct Glyphs<'f> {
    shapes: &'f [u8],
    places: Vec<u32>,
}

impl Glyphs<'_> {
    fn count(&self) -> u16 {
        self.places.len() as u16 - 1
    }

    fn shape(&self, glyph: u16) -> &[u8] {
        let [from, to] = [0, 1].map(|i| self.places[usize::from(glyph) + i] as usize);
        &self.shapes[from..to]
    }

    /// The tables `glyf` and `loca` with shapes for those that are wanted.
    fn written(&self, unwanted: &BTreeSet<u16>) -> (Vec<u8>, Vec<u8>) {
        let (mut glyf, mut loca) = (Vec::new(), Vec::new());
        for glyph in 0..self.count() {
            loca.extend((glyf.len() as u32).to_be_bytes());
            if !unwanted.contains(&glyph) {
                glyf.extend(without_hints(self.shape(glyph)));
                glyf.resize(glyf.len().next_multiple_of(2), 0);
            }
        }
        loca.extend((glyf.len() as u32).to_be_bytes());
        (glyf, loca)
    }
}

fn places(loca: &[u8], head: &[u8]) -> Result<Vec<u32>> {
    Ok(match number(head, 50)? {
        0 => loca.chunks_exact(2).map(|c| 2 * u32::from(u16::from_be_bytes([c[0], c[1]]))).collect(),
        _ => loca.chunks_exact(4).map(|c| u32::from_be_bytes([c[0], c[1], c[2], c[3]])).collect(),
    })
}

/// A shape without its instructions.
fn without_hints(shape: &[u8]) -> Vec<u8> {
    let contours = number(shape, 0).map_or(0, |n| n as i16);
    let Ok(contours) = usize::try_from(contours) else { return unhinted_parts(shape) };
    let at = 10 + 2 * contours;
    let Ok(length) = number(shape, at) else { return shape.to_vec() };
    [&shape[..at], &[0, 0], &shape[at + 2 + usize::from(length)..]].concat()
}

/// A shape made of others, whose instructions stand behind them.
fn unhinted_parts(shape: &[u8]) -> Vec<u8> {
    const INSTRUCTIONS: u16 = 0x0100;
    let parts = parts(shape);
    let mut out = shape[..parts.last().map_or(shape.len(), |part| part.end)].to_vec();
    for part in parts {
        out[part.at..part.at + 2].copy_from_slice(&(part.flags & !INSTRUCTIONS).to_be_bytes());
    }
    out
}

/// A part of a shape: its glyph, its flags and where it stands.
struct Part {
    glyph: u16,
    flags: u16,
    at: usize,
    end: usize,
}

/// The parts of a shape that is made of others.
fn parts(shape: &[u8]) -> Vec<Part> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const FOUR_SCALES: u16 = 0x0080;
    let (mut out, mut at) = (Vec::new(), 10);
    if !number(shape, 0).is_ok_and(|contours| (contours as i16) < 0) {
        return out;
    }
    while let (Ok(flags), Ok(glyph)) = (number(shape, at), number(shape, at + 2)) {
        let scales = match flags {
            f if f & SCALE != 0 => 2,
            f if f & TWO_SCALES != 0 => 4,
            f if f & FOUR_SCALES != 0 => 8,
            _ => 0,
        };
        let end = at + 4 + scales + if flags & WORDS != 0 { 4 } else { 2 };
        out.push(Part { glyph, flags, at, end });
        at = end;
        if flags & MORE == 0 {
            break;
        }
    }
    out
}

/// A character map of format 12: runs of characters whose glyphs follow one another.
fn cmap(characters: &BTreeMap<u32, u16>) -> Vec<u8> {
    let mut runs: Vec<[u32; 3]> = Vec::new();
    for (c, glyph) in characters.iter().map(|(c, glyph)| (*c, u32::from(*glyph))) {
        match runs.last_mut() {
            Some([first, last, start]) if *last + 1 == c && *start + (c - *first) == glyph => *last = c,
            _ => runs.push([c, c, glyph]),
        }
    }
    let head: [u16; 4] = [0, 1, 3, 10];
    let format: [u16; 2] = [12, 0];
    let sizes = [16 + 12 * runs.len() as u32, 0, runs.len() as u32];
    let mut out: Vec<u8> = head.iter().flat_map(|n| n.to_be_bytes()).collect();
    out.extend(12_u32.to_be_bytes());
    out.extend(format.iter().flat_map(|n| n.to_be_bytes()));
    out.extend(sizes.iter().chain(runs.iter().flatten()).flat_map(|n| n.to_be_bytes()));
    out
}

/// A font file of these tables, which are sorted.
fn file(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.ilog2();
    let search = 16 << power;
    let head = [count, search, power as u16, 16 * count - search];
    let mut out = 0x0001_0000_u32.to_be_bytes().to_vec();
    out.extend(head.iter().flat_map(|n| n.to_be_bytes()));
    let mut at = out.len() + 16 * tables.len();
    for (tag, bytes) in tables {
        out.extend(*tag);
        out.extend([checksum(bytes), at as u32, bytes.len() as u32].iter().flat_map(|n| n.to_be_bytes()));
        at += bytes.len().next_multiple_of(4);
    }
    let mut head = 0;
    for (tag, bytes) in tables {
        if *tag == b"head" {
            head = out.len();
        }
        out.extend(bytes);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let adjustment = SUM.wrapping_sub(checksum(&out)).to_be_bytes();
    out[head + ADJUSTMENT..head + ADJUSTMENT + 4].copy_from_slice(&adjustment);
    out
}

fn checksum(table: &[u8]) -> u32 {
    let word =
        |c: &[u8]| (0..4).fold(0, |sum, i| sum << 8 | u32::from(c.get(i).copied().unwrap_or_default()));
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}

/// A table with other bytes at a place.
fn with(table: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    [&table[..at], bytes, &table[at + bytes.len()..]].concat()
}

fn number(table: &[u8], at: usize) -> Result<u16> {
    let bytes = table.get(at..at + 2).ok_or("a table is cut")?;
    Ok(u16::from_be_bytes([bytes[0], bytes[1]]))
}
