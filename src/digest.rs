//! What `build.rs` made: the shipped pack, read and compiled, its files and the fonts, packed.

/// `RulePack::shipped` as postcard.
pub const PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pack.bin"));

/// `Base` of it as postcard.
pub const BASE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/base.bin"));

/// Names and texts of the files of the pack, as postcard, packed by zlib.
pub const FILES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/files.bin"));

/// The regular and the bold face of the font of the figures, packed by zlib.
pub const FONTS: [&[u8]; 2] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/regular.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/bold.bin")),
];
