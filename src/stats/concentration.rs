//! How evenly something is spread over people.

use std::collections::BTreeMap;

/// The Gini coefficient in [0, 1): 0 if everybody has the same, near 1 if one has all (Gini 1912; the form over sorted
/// values of Sen 1973, On Economic Inequality, §2). `amounts` tells how many people have each amount. `None` without
/// anything to share.
pub fn gini(amounts: &BTreeMap<u64, u64>) -> Option<f64> {
    let n: u64 = amounts.values().sum();
    let (mut before, mut weighed) = (0_u64, 0_i128);
    for (amount, people) in amounts {
        // The i-th of n has the rank 2i − n − 1; these are the sum of theirs, which needs no list of people.
        let ranks = i128::from(*people) * (2 * i128::from(before) + i128::from(*people) - i128::from(n));
        weighed += ranks * i128::from(*amount);
        before += people;
    }
    let sum = sum(amounts);
    (sum > 0).then(|| weighed as f64 / (n as f64 * sum as f64))
}

/// The share of the one who has most, in [0, 1]. `None` without anything to share.
pub fn top_share(amounts: &BTreeMap<u64, u64>) -> Option<f64> {
    let sum = sum(amounts);
    amounts.keys().next_back().filter(|_| sum > 0).map(|top| *top as f64 / sum as f64)
}

fn sum(amounts: &BTreeMap<u64, u64>) -> u64 {
    amounts.iter().map(|(amount, people)| amount * people).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(amounts: &[u64]) -> BTreeMap<u64, u64> {
        let mut people = BTreeMap::new();
        amounts.iter().for_each(|amount| *people.entry(*amount).or_default() += 1);
        people
    }

    /// numpy: `((2*arange(1, n+1) - n - 1) * sort(x)).sum() / (n * x.sum())`.
    #[test]
    fn figures_are_those_of_numpy() {
        let near = |found: Option<f64>, p: f64| (found.unwrap() - p).abs() < 1e-12;
        assert!(near(gini(&people(&[1, 1, 1, 1])), 0.0) && near(gini(&people(&[10, 3, 1, 2])), 0.4375));
        assert!(near(gini(&people(&[9, 1, 1])), 0.484_848_484_848_484_9));
        assert!(near(top_share(&people(&[9, 1, 1])), 9.0 / 11.0));
        assert_eq!((gini(&people(&[])), top_share(&people(&[0]))), (None, None));
    }
}
