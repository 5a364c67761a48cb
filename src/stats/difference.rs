//! The difference of two shares.

use super::interval::{Interval, Wilson};

/// The interval of `a / n` less `b / m`, within [−1, 1]: the hybrid score interval of Newcombe (1998), "Interval
/// estimation for the difference between independent proportions", Statistics in Medicine 17, method 10. (−1, 1) if
/// either sample is empty.
pub fn newcombe((a, n): (u64, u64), (b, m): (u64, u64), wilson: &Wilson) -> Interval {
    if n == 0 || m == 0 {
        return Interval { low: -1.0, high: 1.0 };
    }
    let (p, q) = (a as f64 / n as f64, b as f64 / m as f64);
    let (first, second) = (wilson.interval(a, n), wilson.interval(b, m));
    let low = p - q - (p - first.low).hypot(second.high - q);
    let high = p - q + (first.high - p).hypot(q - second.low);
    Interval { low: low.max(-1.0), high: high.min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// statsmodels 0.15.0: `confint_proportions_2indep(…, method="newcomb", compare="diff")`.
    #[test]
    fn figures_are_those_of_statsmodels() {
        let known = [
            ((8, 10), (3, 12), 0.130_839_414_8, 0.765_591_725_0),
            ((0, 5), (4, 9), -0.733_348_706_5, 0.059_678_632_4),
            ((56, 70), (48, 80), 0.052_431_472_4, 0.333_872_654_0),
        ];
        for (a, b, low, high) in known {
            let found = newcombe(a, b, &Wilson::new(0.95));
            assert!((found.low - low).abs() < 1e-8 && (found.high - high).abs() < 1e-8, "{found:?}");
        }
        assert_eq!(newcombe((0, 0), (1, 2), &Wilson::new(0.95)), Interval { low: -1.0, high: 1.0 });
    }
}
