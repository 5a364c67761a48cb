//! Packed inputs: gzip, Zstandard (dumps of Reddit with windows of 2 GiB) and Parquet become text.

pub(crate) mod parquet;

use std::io::{self, Read};

/// What `bytes` hold, if they are packed; they are told by their first bytes, never by a name.
pub(crate) fn unpack(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let limit = limit(bytes.len());
    let plain = if bytes.starts_with(&[0x1F, 0x8B]) {
        bounded(flate2::read::MultiGzDecoder::new(bytes.as_slice()), limit)?
    } else if bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let mut decoder = zstd::stream::read::Decoder::new(bytes.as_slice())?;
        decoder.window_log_max(MAX_WINDOW)?;
        bounded(decoder, limit)?
    } else {
        bytes
    };
    if plain.starts_with(b"PAR1") { parquet::to_ndjson(plain) } else { Ok(plain) }
}

/// What a stream holds, unpacked as it is read; it is told as in [`unpack`]. Parquet stays as it is.
pub(crate) fn stream(mut packed: impl Read + 'static) -> io::Result<Box<dyn Read>> {
    let mut head = Vec::new();
    packed.by_ref().take(4).read_to_end(&mut head)?;
    let (gzip, zstd) = (head.starts_with(&[0x1F, 0x8B]), is_zstd(&head));
    let whole = io::Cursor::new(head).chain(packed);
    if gzip {
        return Ok(Box::new(flate2::read::MultiGzDecoder::new(io::BufReader::new(whole))));
    }
    if zstd {
        let mut decoder = zstd::stream::read::Decoder::new(whole)?;
        decoder.window_log_max(MAX_WINDOW)?;
        return Ok(Box::new(decoder));
    }
    Ok(Box::new(whole))
}

/// A frame, or one that is to be skipped, as parallel packers write first.
fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD])
        || (head.get(1..4) == Some(&[0x2A, 0x4D, 0x18]) && head.first().is_some_and(|b| b & 0xF0 == 0x50))
}

/// Dumps are packed with `zstd --long=31`.
const MAX_WINDOW: u32 = 31;
/// Text packs some ten times smaller; what grows more than this is a bomb.
const MAX_RATIO: u64 = 400;
/// Small inputs may grow more.
const ALWAYS: u64 = 64 << 20;
/// The end of what a span can reach.
const MOST: u64 = u32::MAX as u64;

fn limit(packed: usize) -> u64 {
    (packed as u64).saturating_mul(MAX_RATIO).clamp(ALWAYS, MOST)
}

/// Reads to the end, or to an error past `limit` bytes.
fn bounded(reader: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    reader.take(limit + 1).read_to_end(&mut plain)?;
    if plain.len() as u64 > limit {
        let message = format!(
            "it unpacks to more than {limit} bytes, over {MAX_RATIO} times its size or 4 GiB; unpack it by hand if that is right"
        );
        return Err(io::Error::other(message));
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn both_kinds_are_unpacked() {
        let text = b"one line\n".repeat(100);
        assert_eq!(unpack(gzip(&text)).unwrap(), text);
        assert_eq!(unpack(zstd::encode_all(text.as_slice(), 3).unwrap()).unwrap(), text);
        assert_eq!(unpack(text.clone()).unwrap(), text);
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = zstd::encode_all(io::repeat(b'x').take(ALWAYS + 100), 1).unwrap();
        assert!(bomb.len() < 100_000);
        let error = unpack(bomb).unwrap_err().to_string();
        assert!(error.contains("unpacks to more than 67108864 bytes"), "{error}");
    }

    #[test]
    fn cut_and_broken_inputs_are_errors() {
        let mut cut = gzip(&b"some words".repeat(50));
        cut.truncate(cut.len() / 2);
        assert!(unpack(cut).is_err());
        assert!(unpack(vec![0x28, 0xB5, 0x2F, 0xFD, 0, 0, 0]).is_err());
        assert!(unpack(b"PAR1 nonsense".to_vec()).is_err());
    }
}
