//! Counts of labels against gold from which every figure follows; tallies of threads add up, so a draw of the bootstrap is
//! a sum.

use super::evaluate::{ClassFigures, Judged};
use std::collections::BTreeMap;

/// Bins of the calibration error.
const BINS: usize = 10;

/// Counts of some comments: gold against label, accepted labels, and said confidence against right labels by bin.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tally {
    labels: usize,
    n: usize,
    confusion: Vec<usize>,
    accepted: usize,
    bins: [(f64, f64); BINS],
}

/// All labels that occur, in order; the places of a tally's rows and columns.
pub(super) fn labels(rows: &[Judged]) -> Vec<&str> {
    let mut out: Vec<&str> = rows.iter().flat_map(|r| [r.gold.as_str(), r.label.as_str()]).collect();
    out.sort_unstable();
    out.dedup();
    out
}

impl Tally {
    pub fn new(labels: usize) -> Self {
        Tally { labels, n: 0, confusion: vec![0; labels * labels], accepted: 0, bins: [(0.0, 0.0); BINS] }
    }

    /// Counts a comment; one with a label that is not in `labels` counts for nothing.
    pub fn count(&mut self, row: &Judged, labels: &[&str]) {
        let place = |label: &str| labels.binary_search(&label).ok();
        let (Some(gold), Some(label)) = (place(&row.gold), place(&row.label)) else { return };
        let right = gold == label;
        self.n += 1;
        self.confusion[gold * self.labels + label] += 1;
        self.accepted += usize::from(right || row.accepted.contains(&row.label));
        let bin = ((row.confidence * BINS as f64) as usize).min(BINS - 1);
        self.bins[bin].0 += row.confidence;
        self.bins[bin].1 += f64::from(u8::from(right));
    }

    pub fn add(&mut self, other: &Tally) {
        self.n += other.n;
        self.accepted += other.accepted;
        self.confusion.iter_mut().zip(&other.confusion).for_each(|(a, b)| *a += b);
        self.bins.iter_mut().zip(&other.bins).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
    }

    pub fn n(&self) -> usize {
        self.n
    }

    pub fn accuracy(&self) -> f64 {
        ratio(self.right(), self.n)
    }

    pub fn accuracy_lenient(&self) -> f64 {
        ratio(self.accepted, self.n)
    }

    /// Expected calibration error over ten equal bins (Guo et al. 2017).
    pub fn ece(&self) -> f64 {
        let off: f64 = self.bins.iter().map(|(said, right)| f64::abs(said - right)).sum();
        if self.n == 0 { 0.0 } else { off / self.n as f64 }
    }

    /// Of the label at a place; zeros for none.
    pub fn class(&self, place: Option<usize>) -> ClassFigures {
        let count = |of: &dyn Fn(usize) -> usize| place.map_or(0, of);
        let (support, used) = (count(&|p| self.gold(p)), count(&|p| self.used(p)));
        let right = count(&|p| self.at(p, p));
        let (precision, recall) = (ratio(right, used), ratio(right, support));
        ClassFigures { precision, recall, f1: ratio(2 * right, used + support), support }
    }

    /// Cohen's kappa, as [`super::kappa`].
    pub fn kappa(&self) -> Option<f64> {
        let n = self.n as f64;
        let product = |p| self.gold(p) as f64 * self.used(p) as f64;
        let expected = (0..self.labels).map(product).sum::<f64>() / (n * n);
        (self.n > 0 && expected < 1.0).then(|| (self.accuracy() - expected) / (1.0 - expected))
    }

    /// Krippendorff's alpha, as [`super::alpha`].
    pub fn alpha(&self) -> Option<f64> {
        let values = 2.0 * self.n as f64;
        let wrong = 2.0 * (self.n - self.right()) as f64;
        let both = |p| (self.gold(p) + self.used(p)) as f64;
        let same: f64 = (0..self.labels).map(both).map(|count| count * (count - 1.0)).sum();
        let expected = values * (values - 1.0) - same;
        (expected > 0.0).then(|| 1.0 - wrong * (values - 1.0) / expected)
    }

    /// Gold label → label → count, of the pairs that occur.
    pub fn confusion(&self, labels: &[&str]) -> BTreeMap<String, BTreeMap<String, usize>> {
        let mut out: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for (i, count) in self.confusion.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (gold, label) = (labels[i / self.labels], labels[i % self.labels]);
            out.entry(gold.to_owned()).or_default().insert(label.to_owned(), *count);
        }
        out
    }

    fn at(&self, gold: usize, label: usize) -> usize {
        self.confusion[gold * self.labels + label]
    }

    fn gold(&self, place: usize) -> usize {
        (0..self.labels).map(|label| self.at(place, label)).sum()
    }

    fn used(&self, place: usize) -> usize {
        (0..self.labels).map(|gold| self.at(gold, place)).sum()
    }

    fn right(&self) -> usize {
        (0..self.labels).map(|p| self.at(p, p)).sum()
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}
