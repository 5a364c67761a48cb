//! Bytes that are built into the program, packed: by zlib what is seldom asked for, as small as can be; by Zstandard what
//! every start asks for.

pub(crate) mod numbers;

use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use std::io::{Error, ErrorKind, Read, Result};

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

/// What a frame of Zstandard holds.
///
/// # Errors
/// Of bytes that are none, or do not say how many they hold.
pub fn from_frame(packed: &[u8]) -> Result<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
    let size = size.and_then(|size| usize::try_from(size).ok());
    zstd::bulk::decompress(packed, size.ok_or_else(|| Error::from(ErrorKind::InvalidData))?)
}

fn read(mut from: impl Read) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    from.read_to_end(&mut out).map(|_| out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        for plain in [&b""[..], b"a", &[7; 100_000]] {
            assert_eq!(unpacked(&packed(plain).unwrap()).unwrap(), plain);
            assert_eq!(from_frame(&zstd::bulk::compress(plain, 1).unwrap()).unwrap(), plain);
        }
        assert!(from_frame(b"").is_err() && from_frame(b"no frame").is_err());
    }
}
