//! Which bytes JSON escapes inside a string. Most strings hold none, so that many bytes are asked at once.

/// The first byte that JSON escapes: a quotation mark, a backslash or a control character.
pub(crate) fn first_escaped(bytes: &[u8]) -> Option<usize> {
    let wide = bytes.as_chunks::<32>().0;
    let clean = wide.iter().take_while(|chunk| !any_escaped(chunk)).count() * 32;
    let rest = bytes.get(clean..)?;
    let (words, tail) = rest.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        if let Some(at) = first_of_eight(word) {
            return Some(clean + i * 8 + at);
        }
    }
    match bytes.last_chunk() {
        // Bytes before the tail are known to be clean.
        Some(last) => first_of_eight(last).map(|at| bytes.len() - 8 + at),
        None => tail.iter().position(is_escaped),
    }
}

/// As [`first_escaped`], for strings that mostly end within sixteen bytes of more.
#[inline]
pub(crate) fn first_escaped_near(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    for at in [0, 8] {
        let Some((word, more)) = rest.split_first_chunk() else { break };
        if let Some(found) = first_of_eight(word) {
            return Some(at + found);
        }
        rest = more;
    }
    first_escaped(rest).map(|at| bytes.len() - rest.len() + at)
}

#[inline]
fn first_of_eight(word: &[u8; 8]) -> Option<usize> {
    let found = escaped(u64::from_le_bytes(*word));
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

fn is_escaped(byte: &u8) -> bool {
    *byte < 0x20 || matches!(byte, b'"' | b'\\')
}

/// Without a way out in the middle, so that it is compiled to a few wide instructions.
fn any_escaped(chunk: &[u8; 32]) -> bool {
    chunk.iter().fold(false, |any, byte| any | (*byte < 0x20) | (*byte == b'"') | (*byte == b'\\'))
}

/// The high bits of bytes that are escaped; above the first of them others may be set too. The carry tricks for "is any
/// byte zero, below 32".
#[inline]
fn escaped(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let zero = |x: u64| x.wrapping_sub(ONES) & !x;
    let quote = zero(word ^ (ONES * 0x22));
    let slash = zero(word ^ (ONES * 0x5C));
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote | slash | control) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: [u8; 13] = [0, 0x09, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5B, 0x5C, 0x5D, 0x7F, 0x80, 0xFF];

    #[test]
    fn the_first_is_found_at_every_place() {
        for length in 0..100 {
            for place in 0..=length {
                for byte in BYTES {
                    let mut bytes = vec![b'!'; length];
                    if let Some(at) = bytes.get_mut(place) {
                        *at = byte;
                    }
                    // What stands behind the first must not count.
                    if let Some(last) = bytes.last_mut().filter(|_| place + 1 < length) {
                        *last = 0x01;
                    }
                    let expected = bytes.iter().position(is_escaped);
                    assert_eq!(first_escaped(&bytes), expected, "{bytes:?}");
                    assert_eq!(first_escaped_near(&bytes), expected, "{bytes:?}");
                }
            }
        }
    }
}
