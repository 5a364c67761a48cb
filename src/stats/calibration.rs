//! Does a confidence of 0.8 mean right four times in five?

use super::count::round4;
use super::interval::{Interval, Wilson};
use serde::Serialize;

/// Bins of equal width.
const BINS: usize = 10;

/// Confidences against how often labels were right.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Calibration {
    /// Labels with gold.
    pub n: u64,
    /// Expected calibration error in [0, 1]: the mean distance of confidence and accuracy over ten equal bins, weighted
    /// by their labels (Naeini, Cooper & Hauskrecht 2015, AAAI).
    pub ece: f64,
    /// The bins that hold labels, from low to high.
    pub bins: Vec<Bin>,
}

/// Labels with about the same confidence. Everything but `n` is in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Bin {
    /// Lower border.
    pub from: f64,
    /// Upper border.
    pub to: f64,
    /// Labels.
    pub n: u64,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of right ones.
    pub accuracy: f64,
    /// Wilson interval of that share.
    pub interval: Interval,
}

impl Calibration {
    /// Bins pairs of confidence and whether the label was right; `None` without any. Confidences outside [0, 1] are
    /// taken as the nearer end, NaN is left out.
    pub fn new(pairs: &[(f64, bool)], wilson: &Wilson) -> Option<Self> {
        let pairs: Vec<(f64, bool)> =
            pairs.iter().filter(|p| !p.0.is_nan()).map(|(c, right)| (c.clamp(0.0, 1.0), *right)).collect();
        let bins: Vec<Bin> = (0..BINS).filter_map(|i| bin(i, &pairs, wilson)).collect();
        let n = pairs.len() as u64;
        let gap = |b: &Bin| (b.accuracy - b.confidence).abs() * b.n as f64 / n as f64;
        (n > 0).then(|| Calibration { n, ece: round4(bins.iter().map(gap).sum()), bins })
    }
}

fn bin(i: usize, pairs: &[(f64, bool)], wilson: &Wilson) -> Option<Bin> {
    let place = |c: f64| ((c * BINS as f64) as usize).min(BINS - 1);
    let inside: Vec<&(f64, bool)> = pairs.iter().filter(|p| place(p.0) == i).collect();
    let n = inside.len() as u64;
    let right = inside.iter().filter(|p| p.1).count() as u64;
    let Interval { low, high } = wilson.interval(right, n);
    (n > 0).then(|| Bin {
        from: round4(i as f64 / BINS as f64),
        to: round4((i + 1) as f64 / BINS as f64),
        n,
        confidence: round4(inside.iter().map(|p| p.0).sum::<f64>() / n as f64),
        accuracy: round4(right as f64 / n as f64),
        interval: Interval { low: round4(low), high: round4(high) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_hold_what_falls_into_them() {
        let pairs = [(0.95, true), (0.92, true), (0.9, false), (1.0, true), (0.35, false), (f64::NAN, true)];
        let found = Calibration::new(&pairs, &Wilson::new(0.95)).unwrap();
        let rows: Vec<(f64, u64, f64)> = found.bins.iter().map(|b| (b.from, b.n, b.accuracy)).collect();
        assert_eq!(rows, [(0.3, 1, 0.0), (0.9, 4, 0.75)]);
        // By hand: (0.35 · 1 + |0.75 − 0.9425| · 4) / 5.
        assert!((found.ece - 0.224).abs() < 1e-9, "{}", found.ece);
        assert_eq!(Calibration::new(&[], &Wilson::new(0.95)), None);
    }
}
