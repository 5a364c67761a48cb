//! Numbers stored as bytes, so that a stored pack is read by copying: two bytes each if they are small, else four, the
//! least byte first. The first byte tells which.

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

/// Writes numbers.
pub(super) fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    let small: Option<Vec<u16>> = numbers.iter().map(|n| u16::try_from(*n).ok()).collect();
    let bytes: Vec<u8> = match small {
        Some(small) => [2].into_iter().chain(small.iter().flat_map(|n| n.to_le_bytes())).collect(),
        None => [4].into_iter().chain(numbers.iter().flat_map(|n| n.to_le_bytes())).collect(),
    };
    serializer.serialize_bytes(&bytes)
}

/// Reads what [`serialize`] wrote.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
    deserializer.deserialize_bytes(Numbers)
}

struct Numbers;

impl Visitor<'_> for Numbers {
    type Value = Vec<u32>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("numbers of two or four bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        match bytes.split_first() {
            Some((2, numbers)) if numbers.len().is_multiple_of(2) => {
                Ok(numbers.as_chunks().0.iter().map(|n| u32::from(u16::from_le_bytes(*n))).collect())
            }
            Some((4, numbers)) if numbers.len().is_multiple_of(4) => {
                Ok(numbers.as_chunks().0.iter().map(|n| u32::from_le_bytes(*n)).collect())
            }
            _ => Err(E::invalid_length(bytes.len(), &self)),
        }
    }
}
