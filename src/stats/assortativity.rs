//! Do like answer like? Replies against their parents.

use super::random::Random;

/// Random orders that chance is judged by.
const RESAMPLES: u32 = 1999;

/// How replies agree with what they answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assortativity {
    /// Pairs of parent and reply.
    pub n: u64,
    /// Share of pairs with one class, in [0, 1].
    pub observed: f64,
    /// That share if replies ignored their parents, in [0, 1].
    pub expected: f64,
    /// Newman's coefficient in [−1, 1]: 0 for chance, 1 for perfect agreement; `None` where one class is everywhere.
    pub coefficient: Option<f64>,
    /// Two-sided probability of a share of equal pairs as far from chance, in [0, 1].
    pub p: f64,
}

/// The assortativity of pairs `(parent, reply)` of classes below `classes`: Newman (2003), "Mixing patterns in
/// networks", Physical Review E 67, eq. 2. On pairs it equals Cohen's kappa (1960). Its p-value comes from 1,999 random
/// orders of the replies within their `group` (the thread) with a fixed seed, so that threads of one opinion do not pass
/// for agreement. `None` without pairs.
pub fn assortativity(pairs: &[(usize, usize, usize)], classes: usize) -> Option<Assortativity> {
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len() as f64;
    let share = |k: usize| k as f64 / n;
    let equal = pairs.iter().filter(|(_, a, b)| a == b).count();
    let expected: f64 = (0..classes)
        .map(|c| {
            let of =
                |pick: fn(&(usize, usize, usize)) -> usize| pairs.iter().filter(|p| pick(p) == c).count();
            share(of(|p| p.1)) * share(of(|p| p.2))
        })
        .sum();
    let observed = share(equal);
    let coefficient = (expected < 1.0).then(|| (observed - expected) / (1.0 - expected));
    Some(Assortativity { n: pairs.len() as u64, observed, expected, coefficient, p: chance(pairs, equal) })
}

fn chance(pairs: &[(usize, usize, usize)], equal: usize) -> f64 {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let mut random = Random::new(2003);
    let mut replies: Vec<usize> = sorted.iter().map(|p| p.2).collect();
    let counts: Vec<usize> = (0..RESAMPLES)
        .map(|_| {
            let mut start = 0;
            for group in sorted.chunk_by(|a, b| a.0 == b.0) {
                random.shuffle(&mut replies[start..start + group.len()]);
                start += group.len();
            }
            sorted.iter().zip(&replies).filter(|(p, reply)| p.1 == **reply).count()
        })
        .collect();
    let (over, under) = (counts.iter().filter(|k| **k >= equal), counts.iter().filter(|k| **k <= equal));
    let least = over.count().min(under.count()) + 1;
    (2.0 * least as f64 / f64::from(RESAMPLES + 1)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(matrix: [[usize; 4]; 4]) -> Vec<(usize, usize, usize)> {
        let cells =
            matrix.iter().enumerate().flat_map(|(i, r)| r.iter().enumerate().map(move |(j, k)| (i, j, *k)));
        cells.flat_map(|(i, j, k)| std::iter::repeat_n((0, i, j), k)).collect()
    }

    /// statsmodels 0.15.0: `cohens_kappa(m).kappa`; the shares by numpy.
    #[test]
    fn figures_are_those_of_statsmodels() {
        let found =
            assortativity(&pairs([[20, 6, 3, 9], [4, 25, 2, 8], [3, 5, 1, 4], [8, 10, 2, 30]]), 4).unwrap();
        assert!((found.observed - 0.542_857).abs() < 1e-6 && (found.expected - 0.294_796).abs() < 1e-6);
        assert!((found.coefficient.unwrap() - 0.351_758).abs() < 1e-6 && found.p <= 0.001, "{found:?}");
    }

    #[test]
    fn a_thread_of_one_opinion_is_no_agreement() {
        // Two threads, each of one stance: pooled the coefficient is 1, but no reply could have differed by chance.
        let split: Vec<_> = (0..40).map(|i| (i / 20, i / 20, i / 20)).collect();
        let found = assortativity(&split, 4).unwrap();
        assert_eq!((found.coefficient, found.p), (Some(1.0), 1.0));
        assert_eq!(assortativity(&[], 4), None);
        assert_eq!(assortativity(&[(0, 1, 1)], 4).unwrap().coefficient, None);
    }
}
