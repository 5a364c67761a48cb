//! Numbers stored as bytes, so that a stored pack is read by copying.

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

/// Writes numbers, four bytes each, the least byte first.
pub(super) fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
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
        f.write_str("numbers of four bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        let (numbers, rest) = bytes.as_chunks();
        if rest.is_empty() {
            Ok(numbers.iter().map(|n| u32::from_le_bytes(*n)).collect())
        } else {
            Err(E::invalid_length(bytes.len(), &self))
        }
    }
}
