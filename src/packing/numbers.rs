//! Numbers stored as bytes, so that a stored pack is small and read by copying: one or two bytes each, the least first, if
//! all are that small; else two, and where that is too little [`ESCAPE`] and four. The first byte tells which.

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

/// Stands before a number of four bytes.
const ESCAPE: u16 = u16::MAX;

/// Writes numbers.
pub(crate) fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&match numbers.iter().max() {
        None | Some(..=0xFF) => [1].into_iter().chain(numbers.iter().map(|n| *n as u8)).collect::<Vec<u8>>(),
        Some(..=0xFFFF) => {
            [2].into_iter().chain(numbers.iter().flat_map(|n| (*n as u16).to_le_bytes())).collect()
        }
        Some(_) => [3].into_iter().chain(numbers.iter().flat_map(|n| escaped(*n))).collect(),
    })
}

fn escaped(number: u32) -> Vec<u8> {
    match u16::try_from(number) {
        Ok(small) if small != ESCAPE => small.to_le_bytes().to_vec(),
        _ => [&ESCAPE.to_le_bytes()[..], &number.to_le_bytes()].concat(),
    }
}

/// Reads what [`serialize`] wrote.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
    deserializer.deserialize_bytes(Numbers)
}

struct Numbers;

impl Visitor<'_> for Numbers {
    type Value = Vec<u32>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("numbers of one or two bytes, or of two and six")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        let read = match bytes.split_first() {
            Some((1, numbers)) => Some(numbers.iter().map(|n| u32::from(*n)).collect()),
            Some((2, numbers)) if numbers.len().is_multiple_of(2) => {
                Some(numbers.as_chunks().0.iter().map(|n| u32::from(u16::from_le_bytes(*n))).collect())
            }
            Some((3, numbers)) => read_escaped(numbers),
            _ => None,
        };
        read.ok_or_else(|| E::invalid_length(bytes.len(), &self))
    }
}

fn read_escaped(mut bytes: &[u8]) -> Option<Vec<u32>> {
    let mut out = Vec::with_capacity(bytes.len() / 2);
    while let Some((small, rest)) = bytes.split_first_chunk() {
        bytes = rest;
        let mut number = u16::from_le_bytes(*small).into();
        if number == u32::from(ESCAPE) {
            let (large, rest) = bytes.split_first_chunk()?;
            (number, bytes) = (u32::from_le_bytes(*large), rest);
        }
        out.push(number);
    }
    bytes.is_empty().then_some(out)
}

/// Numbers none of which is less than the one before, as the steps between them.
pub(crate) mod ascending {
    use serde::de::Deserializer;
    use serde::ser::Serializer;

    /// Writes numbers.
    pub fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let mut before = 0;
        let step = |n: &u32| n - std::mem::replace(&mut before, *n);
        super::serialize(&numbers.iter().map(step).collect::<Vec<u32>>(), serializer)
    }

    /// Reads what [`serialize`] wrote.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        let (mut numbers, mut sum) = (super::deserialize(deserializer)?, 0_u32);
        for number in &mut numbers {
            sum = sum.wrapping_add(*number);
            *number = sum;
        }
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Kept(#[serde(with = "super")] Vec<u32>);

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Rising(#[serde(with = "super::ascending")] Vec<u32>);

    #[test]
    fn numbers_of_every_size_come_back() {
        let few: &[&[u32]] = &[&[], &[0, 255], &[256, 65_535], &[7, 65_535, 65_536, u32::MAX, 0]];
        for numbers in few {
            let written = postcard::to_allocvec(&Kept(numbers.to_vec())).unwrap();
            assert_eq!(postcard::from_bytes(&written), Ok(Kept(numbers.to_vec())));
        }
    }

    #[test]
    fn steps_come_back_as_numbers() {
        let numbers = vec![0, 0, 3, 70_000, 70_000, 70_001];
        let written = postcard::to_allocvec(&Rising(numbers.clone())).unwrap();
        assert_eq!(postcard::from_bytes(&written), Ok(Rising(numbers)));
    }

    #[test]
    fn of_bytes_that_are_cut_no_number_is_made_up() {
        let written = postcard::to_allocvec(&Kept(vec![7, 65_536])).unwrap();
        for length in 1..written.len() {
            let mut cut = written[..length].to_vec();
            cut[0] = length as u8 - 1;
            let read: Vec<u32> = postcard::from_bytes(&cut).map_or(Vec::new(), |kept: Kept| kept.0);
            assert!([7, 65_536].starts_with(&read) && read.len() < 2, "{length}: {read:?}");
        }
    }
}
