//! What `build.rs` made: the shipped pack, read and compiled, the fonts, and texts that are seldom asked for.

use crate::packing::unpacked;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The pack as postcard in a frame of Zstandard; nothing if a rule is wrong.
pub const PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pack.bin"));

/// `Base` of it as postcard in a frame of Zstandard.
pub const BASE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/base.bin"));

/// What is wrong with the pack, as `Mistake` in postcard; nothing if all is well.
pub const MISTAKE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/mistake.bin"));

/// Paths and texts of files, as a map in postcard, packed.
const TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/texts.bin"));

/// The texts of a folder with their paths, sorted.
pub fn texts(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = all().iter().map(|(path, text)| (&**path, &**text));
    all.filter(move |(path, _)| path.starts_with(folder))
}

/// The text of a file; nothing if it is not built in.
pub fn text(path: &str) -> &'static str {
    all().get(path).map_or("", String::as_str)
}

fn all() -> &'static BTreeMap<String, String> {
    static READ: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    // Bytes that are not understood hold no texts, which the tests would show.
    let read = || postcard::from_bytes(&unpacked(TEXTS).ok()?).ok();
    READ.get_or_init(|| read().unwrap_or_default())
}

/// The regular and the bold face of the font of the figures, packed.
pub const FONTS: [&[u8]; 2] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/regular.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/bold.bin")),
];
