//! Two ways to label the same comments.

use super::evaluate::Judged;
use super::interval::Interval;
use super::resample::cluster_bootstrap;
use serde::Serialize;
use statrs::distribution::{Binomial, DiscreteCDF};
use std::collections::BTreeMap;

/// How two labellings of the same comments differ. Shares are in [0, 1].
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct PairedComparison {
    /// Comments.
    pub n: usize,
    /// Comments with another label.
    pub changed: usize,
    /// Comments that A alone has right.
    pub only_a_right: u64,
    /// Comments that B alone has right.
    pub only_b_right: u64,
    /// See [`mcnemar`].
    pub p: f64,
    /// Accuracy of B less that of A.
    pub difference: f64,
    /// 95 % bootstrap interval of `difference` by thread.
    pub interval: Option<Interval>,
}

/// Compares the labels of two packs, in the same order, against the same gold.
pub fn compare_paired(a: &[Judged], b: &[Judged]) -> PairedComparison {
    let right = |row: &Judged| row.label == row.gold;
    let gains: Vec<f64> = a.iter().zip(b).map(|(a, b)| f64::from(right(b)) - f64::from(right(a))).collect();
    let count = |gain: f64| gains.iter().filter(|g| **g == gain).count() as u64;
    let (only_a_right, only_b_right) = (count(-1.0), count(1.0));
    let mean =
        |at: &[usize]| (!at.is_empty()).then(|| at.iter().map(|i| gains[*i]).sum::<f64>() / at.len() as f64);
    let mut threads: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    a.iter().zip(b).enumerate().for_each(|(i, (row, _))| threads.entry(&row.thread).or_default().push(i));
    let clusters: Vec<Vec<usize>> = threads.into_values().collect();
    PairedComparison {
        n: gains.len(),
        changed: a.iter().zip(b).filter(|(a, b)| a.label != b.label).count(),
        only_a_right,
        only_b_right,
        p: mcnemar(only_a_right, only_b_right),
        difference: mean(&(0..gains.len()).collect::<Vec<_>>()).unwrap_or_default(),
        // One thread tells nothing of how threads differ.
        interval: cluster_bootstrap(&clusters, DRAWS, 0.95, mean).filter(|_| clusters.len() > 1),
    }
}

/// Draws of the bootstrap.
const DRAWS: usize = 1000;

/// Two-sided p of McNemar's exact test (McNemar 1947): the chance that, of the comments which one alone has right, as few
/// or fewer fall to the rarer side if both are as good. 1 without such comments. It takes comments as independent; the
/// interval of [`PairedComparison`] does not.
pub fn mcnemar(only_a: u64, only_b: u64) -> f64 {
    let n = only_a + only_b;
    let tail = Binomial::new(0.5, n).map_or(0.5, |coin| coin.cdf(only_a.min(only_b)));
    if n == 0 { 1.0 } else { (2.0 * tail).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected: scipy.stats.binomtest(b, b + c, 0.5).pvalue, scipy 1.17.1.
    #[test]
    fn as_scipy() {
        for (b, c, expected) in [
            (3, 12, 0.03515625),
            (30, 10, 0.0022214337732293643),
            (5, 5, 1.0),
            (0, 7, 0.015625),
            (120, 160, 0.019606727290281328),
        ] {
            assert!((mcnemar(b, c) - expected).abs() < 1e-12, "{b} {c} {}", mcnemar(b, c));
        }
    }

    #[test]
    fn changes_are_counted_by_who_is_right() {
        let row = |gold: &str, label: &str| Judged {
            gold: gold.to_owned(),
            accepted: Vec::new(),
            label: label.to_owned(),
            confidence: 1.0,
            thread: "t".to_owned(),
            platform: None,
            topic: None,
            is_reply: false,
        };
        let a = [row("deny", "deny"), row("deny", "query"), row("deny", "query"), row("query", "query")];
        let b = [row("deny", "deny"), row("deny", "deny"), row("deny", "support"), row("query", "deny")];
        let found = compare_paired(&a, &b);
        assert_eq!((found.n, found.changed, found.only_a_right, found.only_b_right), (4, 3, 1, 1));
        assert_eq!((found.p, found.difference), (1.0, 0.0));
        assert_eq!(compare_paired(&[], &[]).p, 1.0);
    }
}
