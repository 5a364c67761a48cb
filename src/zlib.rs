//! Bytes that are built into the program, packed by zlib.

use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use std::io::{Read, Result};

/// Packs bytes as small as can be.
///
/// # Errors
/// None for bytes in memory.
pub fn packed(plain: &[u8]) -> Result<Vec<u8>> {
    read(ZlibEncoder::new(plain, Compression::best()))
}

/// What [`packed`] bytes hold.
///
/// # Errors
/// Of bytes that are not packed so.
pub fn unpacked(packed: &[u8]) -> Result<Vec<u8>> {
    read(ZlibDecoder::new(packed))
}

fn read(mut from: impl Read) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    from.read_to_end(&mut out).map(|_| out)
}
