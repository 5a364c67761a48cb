//! Reads and compiles the shipped rules when the program is built, so that it need not do so whenever it starts.
//!
//! What is written stands for the rule files and is read by [`RulePack::builtin`] alone; `--rules` goes the long way.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "the modules serve the library")]

#[path = "src/error.rs"]
mod error;
#[path = "build/font.rs"]
mod font;
#[path = "src/kind.rs"]
mod kind;
#[path = "src/packing/mod.rs"]
mod packing;
#[path = "src/profile.rs"]
mod profile;
#[path = "src/rule/mod.rs"]
mod rule;
#[path = "src/source.rs"]
mod source;
#[path = "src/text/mod.rs"]
mod text;

/// Nothing is made yet.
mod digest {
    pub fn texts(_: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        std::iter::empty()
    }
    pub fn text(_: &str) -> &'static str {
        ""
    }
    pub const PACK: &[u8] = &[];
    pub const BASE: &[u8] = &[];
    pub const MISTAKE: &[u8] = &[];
}

/// Rule files are not packed.
mod unpack {
    pub fn unpack(bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
        Ok(bytes)
    }
}

use packing::packed;
use rule::builtin::Mistake;
use rule::{Base, RulePack};
use source::Source;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    for path in WATCHED {
        println!("cargo::rerun-if-changed={path}");
    }
    let files = read(PACK, &["toml", "tsv"])?;
    let (mut pack, mut base, mut mistake) = (Vec::new(), Vec::new(), Vec::new());
    match made(&files) {
        Ok(made) => (pack, base) = (postcard::to_allocvec(&made.0)?, postcard::to_allocvec(&made.1)?),
        // A mistake in a rule stops no build: the program then says where it is.
        Err(error) => {
            println!("cargo::warning={error}");
            mistake = postcard::to_allocvec(&Mistake::from(error))?;
        }
    }
    let folder = std::env::var("OUT_DIR")?;
    let write = |name: &str, bytes: &[u8]| std::fs::write(Path::new(&folder).join(name), bytes);
    // Level 1 is the only one that is built in; a start pays for what it unpacks.
    write("pack.bin", &zstd::bulk::compress(&pack, 1)?)?;
    write("base.bin", &zstd::bulk::compress(&base, 1)?)?;
    write("mistake.bin", &mistake)?;
    write("texts.bin", &packed(&postcard::to_allocvec(&texts()?)?)?)?;
    let regular = font::slim(dejavu::sans::regular(), is_text)?;
    let drawn = font::characters(&regular)?;
    let bold = font::slim(dejavu::sans::bold(), |c| is_text(c) && (is_bold(c) || !drawn.contains_key(&c)))?;
    write("regular.bin", &packed(&regular)?)?;
    write("bold.bin", &packed(&bold)?)?;
    Ok(())
}

/// Characters that figures draw: all but hexagrams, Braille, and the tiles and cards of games.
fn is_text(c: char) -> bool {
    const HEXAGRAMS: RangeInclusive<char> = '\u{4DC0}'..='\u{4DFF}';
    const BRAILLE: RangeInclusive<char> = '\u{2800}'..='\u{28FF}';
    const GAMES: RangeInclusive<char> = '\u{1F000}'..='\u{1F0FF}';
    ![HEXAGRAMS, BRAILLE, GAMES].iter().any(|range| range.contains(&c))
}

/// Characters that the bold face keeps although the regular one has them: Latin, Greek and Cyrillic letters, figures, marks,
/// arrows and signs of comparison. A title with others is set in the regular face.
fn is_bold(c: char) -> bool {
    const LETTERS: RangeInclusive<char> = '\0'..='\u{52F}';
    const OLD_GREEK: RangeInclusive<char> = '\u{1F00}'..='\u{1FFF}';
    const NUMBERS: RangeInclusive<char> = '\u{2150}'..='\u{218F}';
    const MORE_LATIN: RangeInclusive<char> = '\u{1E00}'..='\u{1EFF}';
    const MARKS: RangeInclusive<char> = '\u{2000}'..='\u{214F}';
    const ARROWS: RangeInclusive<char> = '\u{2190}'..='\u{2195}';
    const SIGNS: RangeInclusive<char> = '\u{2212}'..='\u{2215}';
    const COMPARISONS: RangeInclusive<char> = '\u{2245}'..='\u{2265}';
    const LIGATURES: RangeInclusive<char> = '\u{FB00}'..='\u{FB06}';
    [LETTERS, OLD_GREEK, NUMBERS, MORE_LATIN, MARKS, ARROWS, SIGNS, COMPARISONS, LIGATURES]
        .iter()
        .any(|range| range.contains(&c))
}

/// What the result depends on.
const WATCHED: [&str; 11] = [
    "assets",
    "build.rs",
    "build/font.rs",
    "rules",
    "src/error.rs",
    "src/kind.rs",
    "src/packing",
    "src/profile.rs",
    "src/rule",
    "src/source.rs",
    "src/text",
];

/// The folder of the shipped pack.
const PACK: &str = "rules/en";

/// Where these are, with their endings.
const FOLDERS: [(&str, &[&str]); 4] = [
    ("assets", &["css", "js"]),
    ("rules/en/cases", &["md"]),
    ("rules/voice", &["toml"]),
    ("rules/weights", &["toml"]),
];

/// Those that the program names.
const ASKED: [&str; 4] =
    ["assets/report.css", "assets/report.js", "rules/voice/en.toml", "rules/weights/rumour.toml"];

/// Files that are asked for by path when the program runs.
fn texts() -> Result<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    for (folder, endings) in FOLDERS {
        out.extend(read(folder, endings)?);
    }
    for path in ASKED {
        if !out.contains_key(path) {
            return Err(format!("{path} is missing").into());
        }
    }
    Ok(out)
}

/// Paths and texts of the files of a folder with one of these endings, sorted.
fn read(folder: &str, endings: &[&str]) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)) {
            files.push((format!("{folder}/{name}"), std::fs::read_to_string(path)?));
        }
    }
    files.sort();
    Ok(files)
}

/// The pack and its base.
fn made(files: &[(String, String)]) -> error::Result<(RulePack, Base)> {
    let sources = files.iter().map(|(name, text)| Source::from_text(name, text.clone()));
    let pack = RulePack::load(&sources.collect::<error::Result<Vec<Source>>>()?)?;
    let base = Base::new(&pack, |_| true);
    Ok((pack, base))
}
