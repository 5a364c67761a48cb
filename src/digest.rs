//! What `build.rs` made: the shipped pack, read and compiled, and the fonts.

/// The pack as postcard in a frame of Zstandard; nothing if a rule is wrong.
pub const PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pack.bin"));

/// `Base` of it as postcard in a frame of Zstandard.
pub const BASE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/base.bin"));

/// What is wrong with the pack, as `Mistake` in postcard; nothing if all is well.
pub const MISTAKE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/mistake.bin"));

/// The regular and the bold face of the font of the figures, packed.
pub const FONTS: [&[u8]; 2] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/regular.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/bold.bin")),
];
