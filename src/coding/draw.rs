//! Stratified drawing.

use crate::stats::Random;
use std::collections::BTreeMap;

/// Indices of `n` items, sorted, drawn without replacement from the strata named by `keys`: proportional to the size of
/// each (largest remainders), with at least one of each where `n` allows it. All items if there are no more than `n`. The
/// same input and seed give the same indices.
pub fn draw<K: Ord>(keys: &[K], n: usize, seed: u64) -> Vec<usize> {
    let mut strata: BTreeMap<&K, Vec<usize>> = BTreeMap::new();
    keys.iter().enumerate().for_each(|(i, key)| strata.entry(key).or_default().push(i));
    let sizes: Vec<usize> = strata.values().map(Vec::len).collect();
    let mut random = Random::new(seed);
    let mut out = Vec::new();
    for (mut items, count) in strata.into_values().zip(shares(&sizes, n.min(keys.len()))) {
        for i in 0..count {
            let other = i + random.below(items.len() - i);
            items.swap(i, other);
        }
        out.extend_from_slice(items.get(..count).unwrap_or(&items));
    }
    out.sort_unstable();
    out
}

/// How many of `n` each stratum gives; `n` is at most the sum of sizes.
fn shares(sizes: &[usize], n: usize) -> Vec<usize> {
    let total: usize = sizes.iter().sum();
    let least = usize::from(sizes.len() <= n);
    let quota = |i: usize| sizes[i] as f64 * n as f64 / total.max(1) as f64;
    let mut out: Vec<usize> =
        (0..sizes.len()).map(|i| (quota(i).floor() as usize).max(least).min(sizes[i])).collect();
    let mut given: usize = out.iter().sum();
    // One more where the most is missing, one less where the most is over; of equals the first.
    while given != n {
        let missing =
            |i: &usize| if given < n { quota(*i) - out[*i] as f64 } else { out[*i] as f64 - quota(*i) };
        let open = |i: &usize| if given < n { out[*i] < sizes[*i] } else { out[*i] > least };
        let best = (0..sizes.len()).rev().filter(open).max_by(|a, b| missing(a).total_cmp(&missing(b)));
        let Some(best) = best else { break };
        let step_up = given < n;
        out[best] = if step_up { out[best] + 1 } else { out[best] - 1 };
        given = if step_up { given + 1 } else { given - 1 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_proportional_with_one_of_each() {
        assert_eq!(shares(&[60, 30, 10], 10), [6, 3, 1]);
        assert_eq!(shares(&[96, 2, 1, 1], 10), [7, 1, 1, 1]);
        assert_eq!(shares(&[3, 3, 3], 4), [2, 1, 1]);
        assert_eq!(shares(&[5, 1, 1, 1], 2), [2, 0, 0, 0], "fewer than strata: the largest remainders");
        assert_eq!(shares(&[2, 2], 4), [2, 2]);
        assert_eq!(shares(&[], 0), [0; 0]);
    }

    #[test]
    fn a_seed_fixes_the_draw() {
        let keys: Vec<usize> = (0..200).map(|i| i % 3).collect();
        let drawn = draw(&keys, 20, 1);
        assert_eq!(drawn, draw(&keys, 20, 1));
        assert_ne!(drawn, draw(&keys, 20, 2));
        assert_eq!(drawn.len(), 20);
        assert!(drawn.windows(2).all(|w| w[0] < w[1]));
        assert_eq!(draw(&keys, 900, 1).len(), 200);
        assert!(draw::<u8>(&[], 5, 1).is_empty());
    }

    /// Every item of a stratum is drawn equally often: 2000 draws of 2 from 10 give each 400, within five standard errors
    /// (18).
    #[test]
    fn every_item_has_its_chance() {
        let mut counts = [0_usize; 10];
        (0..2000).for_each(|seed| draw(&[0; 10], 2, seed).into_iter().for_each(|i| counts[i] += 1));
        assert!(counts.iter().all(|c| (310..=490).contains(c)), "{counts:?}");
    }
}
