//! The Wilson score interval for a share.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

/// Bounds of a share, both in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The Wilson score interval at one confidence: E. B. Wilson (1927), "Probable inference, the law of succession, and
/// statistical inference", JASA 22(158), 209–212. It stays inside [0, 1] and keeps its coverage for small samples and
/// for shares near 0 and 1, where the textbook `p ± z·s` does not (Brown, Cai & DasGupta 2001, Statistical Science 16).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wilson {
    confidence: f64,
    z: f64,
}

impl Wilson {
    /// The interval at `confidence`, two-sided, as 0.95. A value outside (0, 1) or NaN is read as 0.95.
    pub fn new(confidence: f64) -> Self {
        let confidence = if confidence > 0.0 && confidence < 1.0 { confidence } else { 0.95 };
        Wilson { confidence, z: Normal::standard().inverse_cdf(f64::midpoint(1.0, confidence)) }
    }

    /// The two-sided confidence, in (0, 1).
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// The interval of the share `k / n`. Nothing is known of an empty sample, so `n = 0` gives (0, 1). `k > n` is
    /// read as `n`.
    pub fn interval(&self, k: u64, n: u64) -> Interval {
        if n == 0 {
            return Interval { low: 0.0, high: 1.0 };
        }
        score((k as f64 / n as f64).min(1.0), n as f64, self.z)
    }
}

/// Wilson's form for the share `p` of `n` (which need not be whole) with the quantile `z`.
pub(super) fn score(p: f64, n: f64, z: f64) -> Interval {
    let z2 = z * z;
    let scale = 1.0 + z2 / n;
    let centre = (p + z2 / (2.0 * n)) / scale;
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / scale;
    Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Figures from Newcombe (1998), Statistics in Medicine 17, table I (method 3), where marked; the others worked out
    // by hand from the closed form with z = 1.959964.
    const KNOWN: [(u64, u64, f64, f64); 8] = [
        (81, 263, 0.2553, 0.3662), // Newcombe
        (15, 148, 0.0624, 0.1605), // Newcombe
        (0, 20, 0.0, 0.1611),      // Newcombe
        (1, 29, 0.0061, 0.1718),   // Newcombe
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
    ];

    #[test]
    fn known_figures() {
        for (k, n, low, high) in KNOWN {
            let found = Wilson::new(0.95).interval(k, n);
            assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{k}/{n}: {found:?}");
        }
    }

    #[test]
    fn an_empty_sample_tells_nothing() {
        assert_eq!(Wilson::new(0.95).interval(0, 0), Interval { low: 0.0, high: 1.0 });
    }

    #[test]
    fn bounds_hold_the_share_and_mirror_each_other() {
        let wilson = Wilson::new(0.95);
        for n in 1..60 {
            for k in 0..=n {
                let (here, mirror) = (wilson.interval(k, n), wilson.interval(n - k, n));
                let share = k as f64 / n as f64;
                assert!(here.low <= share + 1e-12 && share <= here.high + 1e-12);
                assert!((here.low - (1.0 - mirror.high)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn more_confidence_is_wider_and_nonsense_is_the_default() {
        let (narrow, wide) = (Wilson::new(0.9).interval(3, 9), Wilson::new(0.99).interval(3, 9));
        assert!(wide.low < narrow.low && narrow.high < wide.high);
        assert_eq!(Wilson::new(f64::NAN), Wilson::new(0.95));
    }
}
