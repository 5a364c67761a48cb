//! Counts, shares and their intervals.

mod count;
mod interval;

pub(crate) use count::round4;
pub use count::{Class, Counts, Distribution, Share};
pub use interval::{Interval, Wilson};
