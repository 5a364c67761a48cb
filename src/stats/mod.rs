//! Counts, shares and their intervals.

mod agreement;
mod count;
mod evaluate;
mod interval;
mod resample;

pub use agreement::{alpha, kappa};
pub(crate) use count::round4;
pub use count::{Class, Counts, Distribution, Share};
pub use evaluate::{ClassFigures, Evaluation, Judged, evaluate, figures};
pub use interval::{Interval, Wilson};
pub use resample::{SplitMix, cluster_bootstrap};
