//! Counts, shares and their intervals.

mod agreement;
mod compare;
mod count;
mod evaluate;
mod interval;
mod resample;

pub use agreement::{alpha, alpha_of_units, kappa};
pub use compare::{Comparison, compare, mcnemar};
pub(crate) use count::round4;
pub use count::{Class, Counts, Distribution, Share};
pub use evaluate::{ClassFigures, Evaluation, Judged, evaluate, figures};
pub use interval::{Interval, Wilson};
pub use resample::{SplitMix, cluster_bootstrap};
