//! Counts, shares and their intervals; comparisons of groups, concentration, agreement of replies; agreement of coders and
//! measures of labels. Each function names its source, and its tests the program that its figures were checked against.

mod agreement;
mod assortativity;
mod calibration;
mod cluster;
mod clusters;
mod compare;
mod concentration;
mod count;
#[cfg(test)]
mod coverage;
mod difference;
mod evaluate;
mod fisher;
mod holm;
mod interval;
mod paired;
mod random;
mod resample;
mod table;
mod tally;

pub use agreement::{alpha, alpha_of_units, kappa};
pub use assortativity::{Assortativity, Mixing};
pub use calibration::{Bin, Calibration};
pub use cluster::{Clustering, LEAST_CLUSTERS, Unit};
pub use clusters::{Cluster, Clusters};
pub use compare::{Comparison, Method, Pair, compare, pairwise, permuted};
pub use concentration::{gini, top_share};
pub use count::{Class, Counts, Distribution, Share};
pub(crate) use count::{round_p, round4};
pub use difference::newcombe;
pub use evaluate::{ClassFigures, Evaluation, Judged, Sure, evaluate, figures};
pub use fisher::{Exact, fisher};
pub use holm::holm;
pub use interval::{Interval, Wilson};
pub use paired::{PairedComparison, compare_paired, mcnemar};
pub use random::Random;
pub use resample::cluster_bootstrap;
pub use table::{ChiSquare, Table};
