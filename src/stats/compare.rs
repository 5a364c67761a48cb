//! Groups compared: which test, how strong, and whether the data can carry it at all.

use super::cluster::LEAST_CLUSTERS;
use super::clusters::{Clusters, add};
use super::count::{round_p, round4};
use super::difference::newcombe;
use super::fisher::fisher;
use super::holm::holm;
use super::interval::{Interval, Wilson};
use super::random::Random;
use super::table::Table;
use serde::{Serialize, Serializer};

/// Level that "can be told apart" is judged at.
const LEVEL: f64 = 0.05;

/// Random assignments of groups.
const RESAMPLES: usize = 1999;

/// The test that was chosen, by the expected counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Pearson's chi-square without a correction for continuity: no expected count below 1, at most a fifth below 5.
    ChiSquare,
    /// Fisher's exact test, all tables looked at.
    FisherExact,
    /// Fisher's exact test, estimated from random tables with a fixed seed.
    FisherSampled,
}

/// A test of independence of groups and classes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Comparison {
    /// Chosen by the expected counts.
    pub method: Method,
    /// Counts in the table.
    pub n: u64,
    /// The chi-square statistic; `None` for an exact test.
    #[serde(serialize_with = "four")]
    pub statistic: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<u64>,
    /// The smallest expected count.
    #[serde(serialize_with = "four")]
    pub least_expected: Option<f64>,
    /// Probability of such a table if groups do not differ, comments taken as independent.
    #[serde(serialize_with = "small")]
    pub p: f64,
    /// Cramér's V in [0, 1].
    #[serde(serialize_with = "four")]
    pub cramers_v: Option<f64>,
    /// Cramér's V without its bias in small samples.
    #[serde(serialize_with = "four")]
    pub cramers_v_corrected: Option<f64>,
}

/// Two groups compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Index of the first group.
    pub first: usize,
    /// Index of the second.
    pub second: usize,
    /// The test over all classes; `None` if there is but one class.
    pub test: Option<Comparison>,
    /// p of the test after Holm, over the pairs that the data can carry; `None` where they cannot.
    pub adjusted: Option<f64>,
    /// For each class the share in the first group less that in the second, with Newcombe's interval.
    pub differences: Vec<(f64, Interval)>,
}

/// Tests whether groups (rows) differ in their classes (columns): chi-square where the expected counts allow, else
/// Fisher's exact test. `None` for fewer than two groups or classes with counts.
pub fn compare(rows: &[Vec<u64>]) -> Option<Comparison> {
    let table = Table::new(rows);
    let chi = table.chi_square()?;
    let dense = table.is_dense();
    let (method, p) = if dense {
        (Method::ChiSquare, chi.p)
    } else {
        let exact = fisher(&table);
        (if exact.complete { Method::FisherExact } else { Method::FisherSampled }, exact.p)
    };
    Some(Comparison {
        method,
        n: table.total(),
        statistic: dense.then_some(chi.statistic),
        df: dense.then_some(chi.df),
        least_expected: table.least_expected(),
        p,
        cramers_v: table.cramers_v(),
        cramers_v_corrected: table.cramers_v_corrected(),
    })
}

/// Compares every two groups that hold counts. Pairs so small that no labels whatever could bring p below 0.05 are not
/// carried, and do not count for Holm's adjustment (Tarone 1990, "A modified Bonferroni method for discrete data",
/// Biometrics 46).
pub fn pairwise(rows: &[Vec<u64>], wilson: &Wilson) -> Vec<Pair> {
    let n = |row: &[u64]| row.iter().sum::<u64>();
    let used: Vec<usize> = (0..rows.len()).filter(|i| n(&rows[*i]) > 0).collect();
    let pairs = used.iter().enumerate().flat_map(|(at, i)| used[at + 1..].iter().map(move |j| (*i, *j)));
    let mut pairs: Vec<Pair> = pairs.map(|(i, j)| pair(i, j, rows, wilson)).collect();
    let carried: Vec<usize> = (0..pairs.len())
        .filter(|k| {
            pairs[*k].test.is_some() && carries(n(&rows[pairs[*k].first]), n(&rows[pairs[*k].second]))
        })
        .collect();
    let p: Vec<f64> = carried.iter().filter_map(|k| pairs[*k].test.map(|t| t.p)).collect();
    carried.iter().zip(holm(&p)).for_each(|(k, adjusted)| pairs[*k].adjusted = Some(adjusted));
    pairs
}

fn pair(first: usize, second: usize, rows: &[Vec<u64>], wilson: &Wilson) -> Pair {
    let (a, b) = (&rows[first], &rows[second]);
    let (n, m): (u64, u64) = (a.iter().sum(), b.iter().sum());
    let difference = |(k, l): (&u64, &u64)| {
        (*k as f64 / n as f64 - *l as f64 / m as f64, newcombe((*k, n), (*l, m), wilson))
    };
    let differences = a.iter().zip(b).map(difference).collect();
    Pair { first, second, test: compare(&[a.clone(), b.clone()]), adjusted: None, differences }
}

/// True if the most extreme labels that `n` and `m` comments could have would give p ≤ 0.05 by Fisher's test: all of
/// one class here, all of another there, which has the chance 1 / C(n + m, n), twice that for equal groups.
fn carries(n: u64, m: u64) -> bool {
    let sides = if n == m { 2.0 } else { 1.0 };
    sides * (-statrs::function::factorial::ln_binomial(n + m, n)).exp() <= LEVEL
}

/// The p-value of the chi-square statistic if whole groups of comments (threads or authors), given by the row they are in,
/// were assigned to the rows at random: 1,999 assignments with a fixed seed, (b + 1) / (m + 1). It holds where comments of
/// a group are alike, which the tests above do not (Edgington & Onghena 2007, Randomization Tests; Davison & Hinkley 1997,
/// §4.3). `None` for fewer than [`LEAST_CLUSTERS`] groups or one row.
pub fn permuted<const N: usize>(clusters: &[Clusters<N>]) -> Option<f64> {
    let groups = clusters.iter().map(Clusters::len).sum::<usize>();
    if groups < LEAST_CLUSTERS || clusters.iter().filter(|c| !c.is_empty()).count() < 2 {
        return None;
    }
    let of = |(row, clusters): (usize, &Clusters<N>)| std::iter::repeat_n(row as u32, clusters.len());
    let mut rows: Vec<u32> = clusters.iter().enumerate().flat_map(of).collect();
    let statistic = |rows: &[u32]| {
        let mut table = vec![[0; N]; clusters.len()];
        for (row, counts) in rows.iter().zip(clusters.iter().flat_map(Clusters::iter)) {
            table.get_mut(*row as usize).into_iter().for_each(|sums| add(sums, &counts));
        }
        Table::new(&table.iter().map(|sums| sums.to_vec()).collect::<Vec<_>>()).statistic()
    };
    let observed = statistic(&rows) * (1.0 - 1e-12);
    let resamples = (RESAMPLES * 10_000 / groups).clamp(199, RESAMPLES);
    let mut random = Random::new(2007);
    let hits = (0..resamples)
        .filter(|_| {
            random.shuffle(&mut rows);
            statistic(&rows) >= observed
        })
        .count();
    Some((hits + 1) as f64 / (resamples + 1) as f64)
}

#[allow(clippy::ref_option, reason = "the signature serde asks for")]
fn four<S: Serializer>(x: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    x.map(round4).serialize(serializer)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn small<S: Serializer>(x: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    round_p(*x).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expected_counts_choose_the_test() {
        let dense = compare(&[vec![20, 15], vec![5, 30]]).unwrap();
        assert_eq!((dense.method, dense.df), (Method::ChiSquare, Some(1)));
        let sparse = compare(&[vec![8, 2], vec![1, 5]]).unwrap();
        assert_eq!((sparse.method, sparse.statistic), (Method::FisherExact, None));
        let wide = compare(&[vec![31, 22, 9, 40], vec![14, 40, 6, 20], vec![10, 7, 0, 6]]).unwrap();
        assert_eq!(wide.method, Method::ChiSquare, "one of twelve below 5");
        assert_eq!(compare(&[vec![3, 4], vec![0, 0]]), None);
    }

    #[test]
    fn pairs_that_are_too_small_are_not_adjusted_for() {
        let rows = [vec![20, 15], vec![5, 30], vec![1, 0], vec![0, 0]];
        let found = pairwise(&rows, &Wilson::new(0.95));
        assert_eq!(found.len(), 3);
        let carried = found.iter().filter(|pair| pair.adjusted.is_some()).count();
        assert_eq!(carried, 3, "one against 35 can carry, if barely");
        assert!(found[0].adjusted.unwrap() < 0.001 && (found[0].differences[0].0 - 0.428_571).abs() < 1e-6);
        assert!(!carries(3, 2) && carries(3, 4) && carries(35, 1) && !carries(1, 18));
    }

    #[test]
    fn groups_that_speak_with_one_voice_are_no_evidence() {
        // Twelve authors with ten equal comments each; six an outlet, who differ 4 : 2 and 2 : 4.
        let author = |deny: bool| if deny { [0, 10] } else { [10, 0] };
        let outlet = |denials: usize| (0..6).map(|i| author(i < denials)).collect::<Clusters<2>>();
        let clusters = [outlet(4), outlet(2)];
        let naive = compare(&[vec![20, 40], vec![40, 20]]).unwrap().p;
        let honest = permuted(&clusters).unwrap();
        assert!(naive < 0.001 && honest > 0.3, "{naive} {honest}");
        assert_eq!(permuted(&clusters[..1]), None);
    }
}
