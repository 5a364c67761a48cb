//! The rows of a table as they are stored: numbers of one size together. A row has signatures that many others have too:
//! their places in a list of all stand for them.

use super::anchor::Sides;
use super::table::Row;
use crate::packing::numbers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Rows whose code stands one behind the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Rows {
    /// Each signature once, sorted: of each its low half and its high half.
    #[serde(with = "numbers")]
    signatures: Vec<u32>,
    /// Of each row [`WIDE`]: order, payload, part, first, second, before, after, also.
    #[serde(with = "numbers")]
    wide: Vec<u32>,
    /// Of each row [`NARROW`]: low, high, wide, opens, single.
    #[serde(with = "numbers")]
    narrow: Vec<u32>,
    /// Of each row [`LENGTHS`]: those of its code and of the code of what must not stand before it.
    #[serde(with = "numbers")]
    lengths: Vec<u32>,
}

const WIDE: usize = 8;
const NARROW: usize = 5;
const LENGTHS: usize = 2;

impl Rows {
    pub fn new(rows: impl Iterator<Item = Row>) -> Self {
        let rows: Vec<Row> = rows.collect();
        let signatures: BTreeSet<u64> = rows.iter().flat_map(signatures).collect();
        let signatures: Vec<u64> = signatures.into_iter().collect();
        let place = |bits: u64| signatures.partition_point(|known| *known < bits) as u32;
        let wide = |row: &Row| {
            let [first, second, before, after, also] = self::signatures(row).map(place);
            [row.order, row.payload, row.part.into(), first, second, before, after, also]
        };
        let narrow = |row: &Row| {
            [row.low.into(), row.high.into(), row.wide.into(), row.opens.into(), row.single.into()]
        };
        let lengths = |row: &Row| [row.before - row.code, row.end - row.before];
        Rows {
            signatures: signatures.iter().flat_map(|bits| [*bits as u32, (bits >> 32) as u32]).collect(),
            wide: rows.iter().flat_map(wide).collect(),
            narrow: rows.iter().flat_map(narrow).collect(),
            lengths: rows.iter().flat_map(lengths).collect(),
        }
    }

    /// How many rows.
    pub fn count(&self) -> usize {
        self.wide.len() / WIDE
    }

    /// The rows, in their order.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        let (wide, _): (&[[u32; WIDE]], _) = self.wide.as_chunks();
        let (narrow, _): (&[[u32; NARROW]], _) = self.narrow.as_chunks();
        let (lengths, _): (&[[u32; LENGTHS]], _) = self.lengths.as_chunks();
        let mut code = 0;
        wide.iter().zip(narrow).zip(lengths).map(move |((wide, narrow), [own, barred])| {
            let [order, payload, part, first, second, before, after, also] = *wide;
            let [low, high, entries, opens, single] = *narrow;
            let (from, to) = (code, code + own + barred);
            code = to;
            Row {
                order,
                payload,
                part: part as u16,
                first: self.signature(first),
                second: self.signature(second),
                sides: Sides { before: self.signature(before), after: self.signature(after) },
                also: self.signature(also),
                low: low as u8,
                high: high as u8,
                wide: entries as u8,
                opens: opens == 1,
                single: single == 1,
                code: from,
                before: from + own,
                end: to,
            }
        })
    }

    fn signature(&self, place: u32) -> u64 {
        let (halves, _): (&[[u32; 2]], _) = self.signatures.as_chunks();
        let [low, high] = halves.get(place as usize).copied().unwrap_or_default();
        u64::from(low) | u64::from(high) << 32
    }
}

fn signatures(row: &Row) -> [u64; 5] {
    [row.first, row.second, row.sides.before, row.sides.after, row.also]
}
