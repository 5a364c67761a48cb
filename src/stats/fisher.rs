//! Fisher's exact test for tables of any size.

use super::random::Random;
use super::table::Table;
use statrs::function::factorial::{ln_binomial, ln_factorial};

/// Tables looked at before the exact test gives up for a random sample of them.
const MOST_TABLES: u64 = 100_000;

/// Random tables where there are too many to look at each; fewer, but 2,000, for more than 200 counts.
const RESAMPLES: u32 = 20_000;

/// More counts than this are not shuffled one by one: a report over any number of comments needs two bytes for each of
/// these at most.
const MOST_SHUFFLED: u64 = 1 << 20;

/// The p-value of an exact test, in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exact {
    /// Probability of a table at most as likely as this one, with its margins, if rows and columns are independent.
    pub p: f64,
    /// False if it was estimated from random tables.
    pub complete: bool,
}

/// Fisher's exact test (1934), for more than four cells that of Freeman & Halton (1951, Biometrika 38): every table
/// with the same margins is looked at. Where there are more than 100,000, it is estimated from up to 20,000 random ones with
/// a fixed seed as (b + 1) / (m + 1) (Davison & Hinkley 1997, Bootstrap Methods, §4.2). 1 for fewer than two rows or
/// columns.
pub fn fisher(table: &Table) -> Exact {
    let (rows, columns) = table.size();
    if rows < 2 || columns < 2 {
        return Exact { p: 1.0, complete: true };
    }
    let (row_sums, column_sums) = table.margins();
    let bound = weight(table.rows().iter().flatten()) + TIE;
    let mut search = Search { rows: &row_sums, bound, seen: 0, hits: 0.0, all: 0.0 };
    if search.row(0, &column_sums, 0.0) {
        return Exact { p: (search.hits / search.all).min(1.0), complete: true };
    }
    Exact { p: sampled(&row_sums, &column_sums, bound), complete: false }
}

/// Tables whose logarithms differ by less count as equally likely.
const TIE: f64 = 1e-7;

/// Logarithm of a table's probability, less a constant of its margins.
fn weight<'k>(cells: impl Iterator<Item = &'k u64>) -> f64 {
    -cells.map(|k| ln_factorial(*k)).sum::<f64>()
}

struct Search<'s> {
    rows: &'s [u64],
    bound: f64,
    seen: u64,
    hits: f64,
    all: f64,
}

impl Search<'_> {
    /// Goes through every way to fill the rows from `at` on; false if there are too many.
    fn row(&mut self, at: usize, left: &[u64], so_far: f64) -> bool {
        if at + 1 == self.rows.len() {
            self.seen += 1;
            let weight = so_far + weight(left.iter());
            // Relative to the observed table, so that nothing overflows.
            let likely = (weight - self.bound).exp();
            self.all += likely;
            self.hits += if weight <= self.bound { likely } else { 0.0 };
            return self.seen <= MOST_TABLES;
        }
        let mut filled = left.to_vec();
        self.cell(at, 0, self.rows[at], &mut filled, so_far)
    }

    fn cell(&mut self, row: usize, column: usize, rest: u64, left: &mut Vec<u64>, so_far: f64) -> bool {
        let room = left[column];
        if column + 1 == left.len() {
            if rest > room {
                return true;
            }
            left[column] = room - rest;
            let go_on = self.row(row + 1, left, so_far - ln_factorial(rest));
            left[column] = room;
            return go_on;
        }
        let later: u64 = left[column + 1..].iter().sum();
        let mut go_on = true;
        for k in rest.saturating_sub(later)..=rest.min(room) {
            left[column] = room - k;
            go_on = go_on && self.cell(row, column + 1, rest - k, left, so_far - ln_factorial(k));
        }
        left[column] = room;
        go_on
    }
}

/// The share of random tables that are at most as likely.
fn sampled(rows: &[u64], columns: &[u64], bound: f64) -> f64 {
    let n: u64 = columns.iter().sum();
    let resamples = (4_000_000 / n.max(1)).clamp(u64::from(RESAMPLES / 10), u64::from(RESAMPLES)) as u32;
    let mut random = Random::new(1934);
    let hits = if n <= MOST_SHUFFLED && columns.len() <= usize::from(u16::MAX) {
        shuffled(rows, columns, bound, resamples, &mut random)
    } else {
        let table = |_: &u32| weight(drawn(rows, columns, &mut random).iter()) <= bound;
        (0..resamples).filter(table).count()
    };
    (hits + 1) as f64 / f64::from(resamples + 1)
}

/// Tables made by shuffling the classes of all counts.
fn shuffled(rows: &[u64], columns: &[u64], bound: f64, resamples: u32, random: &mut Random) -> usize {
    let of = |(j, n): (usize, &u64)| std::iter::repeat_n(j as u16, *n as usize);
    let mut classes: Vec<u16> = columns.iter().enumerate().flat_map(of).collect();
    let mut table = |_: &u32| {
        random.shuffle(&mut classes);
        let mut cells = vec![0; rows.len() * columns.len()];
        let groups = rows.iter().enumerate().flat_map(|(i, n)| std::iter::repeat_n(i, *n as usize));
        groups.zip(&classes).for_each(|(i, j)| cells[i * columns.len() + usize::from(*j)] += 1);
        weight(cells.iter()) <= bound
    };
    (0..resamples).filter(|i| table(i)).count()
}

/// A table drawn cell by cell, each given those before it (Patefield 1981, Algorithm AS 159, Applied Statistics 30): the
/// same as by shuffling, at a cost that hardly grows with the counts.
fn drawn(rows: &[u64], columns: &[u64], random: &mut Random) -> Vec<u64> {
    let (mut left, mut cells) = (columns.to_vec(), Vec::with_capacity(rows.len() * columns.len()));
    for row in rows {
        let (mut rest, mut others) = (*row, left.iter().sum::<u64>());
        for column in &mut left {
            others -= *column;
            let k = hypergeometric(*column, others, rest, random);
            *column -= k;
            rest -= k;
            cells.push(k);
        }
    }
    cells
}

/// How many of `draws` from `good` and `bad` are good: the probabilities are gone through from the likeliest number on
/// both sides until they exceed a random one.
fn hypergeometric(good: u64, bad: u64, draws: u64, random: &mut Random) -> u64 {
    let (least, most) = (draws.saturating_sub(bad), draws.min(good));
    if least >= most {
        return most;
    }
    let [g, b, d] = [good, bad, draws].map(|k| k as f64);
    let mode = ((d + 1.0) * (g + 1.0) / (g + b + 2.0)) as u64;
    let mode = mode.clamp(least, most);
    let likely = ln_binomial(good, mode) + ln_binomial(bad, draws - mode) - ln_binomial(good + bad, draws);
    let mut left = random.unit() - likely.exp();
    let (mut low, mut high) = ((mode, likely.exp()), (mode, likely.exp()));
    while left >= 0.0 && (low.0 > least || high.0 < most) {
        if high.0 < most {
            let k = high.0 as f64;
            high = (high.0 + 1, high.1 * (g - k) * (d - k) / ((k + 1.0) * (b - d + k + 1.0)));
            left -= high.1;
            if left < 0.0 {
                return high.0;
            }
        }
        if low.0 > least {
            let k = low.0 as f64;
            low = (low.0 - 1, low.1 * k * (b - d + k) / ((g - k + 1.0) * (d - k + 1.0)));
            left -= low.1;
            if left < 0.0 {
                return low.0;
            }
        }
    }
    mode
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[u64]]) -> Exact {
        fisher(&Table::new(&rows.iter().map(|r| r.to_vec()).collect::<Vec<_>>()))
    }

    /// The first by scipy 1.17.1 `fisher_exact`; the others by enumeration of all tables in exact Python integers, which
    /// scipy meets with 99,999 random tables: 0.2988, 0.0331, 0.1108.
    #[test]
    fn figures_are_those_of_scipy() {
        let known: [(&[&[u64]], f64); 4] = [
            (&[&[8, 2], &[1, 5]], 0.034_965_035_0),
            (&[&[3, 4, 1, 3], &[1, 0, 2, 3]], 0.297_996_121_5),
            (&[&[3, 1, 2], &[0, 4, 1], &[2, 0, 5]], 0.033_986_166_3),
            (&[&[11, 6, 0, 3], &[1, 2, 1, 2]], 0.111_575_381_1),
        ];
        for (rows, p) in known {
            let found = of(rows);
            assert!(found.complete && (found.p - p).abs() < 1e-9, "{rows:?}: {found:?}");
        }
    }

    #[test]
    fn large_tables_are_sampled_and_close() {
        let large: &[&[u64]] = &[&[31, 22, 9, 40], &[14, 40, 6, 20], &[10, 7, 4, 6]];
        let (found, chi) = (of(large), 0.002_192_7);
        assert!(!found.complete && (found.p - chi).abs() < 0.002, "{found:?}");
        assert_eq!(found, of(large));
        assert_eq!(of(&[&[4, 5]]), Exact { p: 1.0, complete: true });
    }

    /// Mean and variance by the formulas of the distribution, within four standard errors of 20,000 draws.
    #[test]
    fn drawn_numbers_are_hypergeometric() {
        let mut random = Random::new(5);
        for (good, bad, draws) in [(5, 7, 4), (3, 1000, 500), (900_000, 2_000_000, 1_000_000), (40, 3, 30)] {
            let drawn: Vec<f64> =
                (0..20_000).map(|_| hypergeometric(good, bad, draws, &mut random) as f64).collect();
            let mean = drawn.iter().sum::<f64>() / 20_000.0;
            let variance = drawn.iter().map(|k| (k - mean).powi(2)).sum::<f64>() / 19_999.0;
            let [g, b, d] = [good, bad, draws].map(|k| k as f64);
            let (all, expected) = (g + b, d * g / (g + b));
            let spread = d * g * b * (all - d) / (all * all * (all - 1.0));
            assert!((mean - expected).abs() < 4.0 * (spread / 20_000.0).sqrt(), "{mean} {expected}");
            assert!((variance / spread - 1.0).abs() < 0.06, "{variance} {spread}");
        }
    }

    #[test]
    fn tables_drawn_and_shuffled_are_alike() {
        let (rows, columns) = ([102, 80, 36], [55, 69, 19, 75]);
        let bound = weight([31, 22, 9, 40, 14, 40, 6, 20, 10, 7, 4, 15].iter()) + 3.0;
        let mut random = Random::new(8);
        let by_shuffling = shuffled(&rows, &columns, bound, 20_000, &mut random) as f64;
        let tables = (0..20_000).map(|_| drawn(&rows, &columns, &mut random));
        let by_drawing = tables.filter(|t| weight(t.iter()) <= bound).count() as f64;
        assert!(
            by_shuffling > 500.0 && (by_drawing / by_shuffling - 1.0).abs() < 0.15,
            "{by_shuffling} {by_drawing}"
        );
    }
}
