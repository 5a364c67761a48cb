//! How evenly something is spread over people.

/// The Gini coefficient in [0, 1): 0 if everybody has the same, near 1 if one has all (Gini 1912; the form over sorted
/// values of Sen 1973, On Economic Inequality, §2). `None` without anything to share.
pub fn gini(amounts: &[u64]) -> Option<f64> {
    let mut sorted = amounts.to_vec();
    sorted.sort_unstable();
    let (n, sum) = (sorted.len() as f64, sorted.iter().sum::<u64>() as f64);
    let rank = |i: usize| 2.0 * (i as f64 + 1.0) - n - 1.0;
    let weighed: f64 = sorted.iter().enumerate().map(|(i, x)| rank(i) * *x as f64).sum();
    (sum > 0.0).then(|| weighed / (n * sum))
}

/// The share of the one who has most, in [0, 1]. `None` without anything to share.
pub fn top_share(amounts: &[u64]) -> Option<f64> {
    let sum: u64 = amounts.iter().sum();
    amounts.iter().max().filter(|_| sum > 0).map(|top| *top as f64 / sum as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// numpy: `((2*arange(1, n+1) - n - 1) * sort(x)).sum() / (n * x.sum())`.
    #[test]
    fn figures_are_those_of_numpy() {
        let near = |found: Option<f64>, p: f64| (found.unwrap() - p).abs() < 1e-12;
        assert!(near(gini(&[1, 1, 1, 1]), 0.0) && near(gini(&[10, 3, 1, 2]), 0.4375));
        assert!(near(gini(&[9, 1, 1]), 0.484_848_484_848_484_9) && near(top_share(&[9, 1, 1]), 9.0 / 11.0));
        assert_eq!((gini(&[]), top_share(&[0])), (None, None));
    }
}
