//! Counts, shares and their intervals.

mod count;
mod interval;

pub use count::{Class, Counts, Distribution, Share};
pub use interval::{Interval, Wilson};
