//! Tables of counts: chi-square, Cramér's V.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// A table of counts, one row a group and one column a class. Rows and columns without any count are left out, since
/// they tell nothing and would make expected counts of 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Vec<u64>>,
}

/// The result of a chi-square test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquare {
    /// Pearson's statistic, without a correction for continuity.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: u64,
    /// Probability of a statistic at least as large if groups and classes are independent, in [0, 1].
    pub p: f64,
}

impl Table {
    /// The table of `rows`, which are of equal length.
    pub fn new(rows: &[Vec<u64>]) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let used: Vec<usize> =
            (0..width).filter(|j| rows.iter().any(|r| r.get(*j).is_some_and(|k| *k > 0))).collect();
        let cells = |row: &Vec<u64>| used.iter().map(|j| row.get(*j).copied().unwrap_or(0)).collect();
        Table { rows: rows.iter().filter(|r| r.iter().any(|k| *k > 0)).map(cells).collect() }
    }

    /// The rows that hold counts.
    pub fn rows(&self) -> &[Vec<u64>] {
        &self.rows
    }

    /// Number of rows and columns that hold counts.
    pub fn size(&self) -> (usize, usize) {
        (self.rows.len(), self.rows.first().map_or(0, Vec::len))
    }

    /// All counts together.
    pub fn total(&self) -> u64 {
        self.rows.iter().flatten().sum()
    }

    /// Sums of the rows and of the columns.
    pub fn margins(&self) -> (Vec<u64>, Vec<u64>) {
        let (_, width) = self.size();
        let column = |j: usize| self.rows.iter().filter_map(|r| r.get(j)).sum();
        (self.rows.iter().map(|r| r.iter().sum()).collect(), (0..width).map(column).collect())
    }

    /// Counts expected if rows and columns were independent.
    pub fn expected(&self) -> Vec<Vec<f64>> {
        let ((rows, columns), n) = (self.margins(), self.total() as f64);
        rows.iter().map(|r| columns.iter().map(|c| *r as f64 * *c as f64 / n).collect()).collect()
    }

    /// Pearson's statistic.
    pub fn statistic(&self) -> f64 {
        let expected = self.expected();
        let cells = self.rows.iter().flatten().zip(expected.iter().flatten());
        cells.map(|(k, e)| (*k as f64 - e).powi(2) / e).sum()
    }

    /// Pearson's chi-square test (1900) of independence; `None` for fewer than two rows or columns.
    pub fn chi_square(&self) -> Option<ChiSquare> {
        let (rows, columns) = self.size();
        let df = rows.saturating_sub(1) * columns.saturating_sub(1);
        let distribution = ChiSquared::new(df as f64).ok().filter(|_| df > 0)?;
        let statistic = self.statistic();
        Some(ChiSquare { statistic, df: df as u64, p: distribution.sf(statistic).clamp(0.0, 1.0) })
    }

    /// True if chi-square may be trusted: no expected count below 1, at most a fifth below 5 (Cochran 1954, "Some
    /// methods for strengthening the common χ² tests", Biometrics 10).
    pub fn is_dense(&self) -> bool {
        let expected = self.expected();
        let below = |bound: f64| expected.iter().flatten().filter(|e| **e < bound).count();
        let cells = expected.iter().map(Vec::len).sum::<usize>();
        cells > 0 && below(1.0) == 0 && below(5.0) * 5 <= cells
    }

    /// The smallest expected count; `None` for an empty table.
    pub fn least_expected(&self) -> Option<f64> {
        self.expected().into_iter().flatten().min_by(f64::total_cmp)
    }

    /// Cramér's V (1946) in [0, 1]; `None` for fewer than two rows or columns.
    pub fn cramers_v(&self) -> Option<f64> {
        let (rows, columns) = self.size();
        let least = rows.min(columns).checked_sub(1).filter(|k| *k > 0)?;
        Some((self.statistic() / (self.total() as f64 * least as f64)).sqrt())
    }

    /// Cramér's V without its upward bias in small samples: Bergsma (2013), "A bias-correction for Cramér's V and
    /// Tschuprow's T", Journal of the Korean Statistical Society 42.
    pub fn cramers_v_corrected(&self) -> Option<f64> {
        let (rows, columns) = self.size();
        let (n, r, c) = (self.total() as f64, rows as f64, columns as f64);
        let phi2 = self.statistic() / n - (r - 1.0) * (c - 1.0) / (n - 1.0);
        let corrected = |k: f64| k - (k - 1.0).powi(2) / (n - 1.0);
        let least = corrected(r).min(corrected(c)) - 1.0;
        (rows > 1 && columns > 1 && least > 0.0).then(|| (phi2.max(0.0) / least).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[u64]]) -> Table {
        Table::new(&rows.iter().map(|r| r.to_vec()).collect::<Vec<_>>())
    }

    /// scipy 1.17.1: `chi2_contingency(t, correction=False)` and `association(t, "cramer")`; the last column is
    /// Bergsma's formula worked out in numpy.
    #[test]
    fn figures_are_those_of_scipy() {
        type Known = (&'static [&'static [u64]], f64, u64, f64, f64, f64, f64);
        let known: [Known; 4] = [
            (&[&[10, 20, 30], &[6, 9, 17]], 0.271_575, 2, 0.873_028_28, 5.565_217, 0.054_331, 0.0),
            (
                &[&[412, 96, 130, 240], &[220, 310, 84, 190]],
                183.929_310,
                3,
                1.249_872_4e-39,
                102.292_509,
                0.330_683,
                0.328_072,
            ),
            (
                &[&[31, 22, 9, 40], &[14, 40, 6, 20], &[10, 7, 4, 6]],
                20.568_197,
                6,
                0.002_192_673_6,
                2.454_545,
                0.221_825,
                0.187_406,
            ),
            (&[&[20, 15], &[5, 30]], 14.0, 1, 0.000_182_810_63, 12.5, 0.447_214, 0.433_861),
        ];
        for (rows, statistic, df, p, least, v, corrected) in known {
            let (table, near) = (table(rows), |a: f64, b: f64| (a - b).abs() < 1e-6);
            let found = table.chi_square().unwrap();
            assert!(near(found.statistic, statistic) && found.df == df, "{found:?}");
            assert!((found.p / p - 1.0).abs() < 1e-6, "{found:?}");
            assert!(near(table.least_expected().unwrap(), least));
            assert!(near(table.cramers_v().unwrap(), v));
            assert!(near(table.cramers_v_corrected().unwrap(), corrected));
        }
    }

    #[test]
    fn empty_rows_and_columns_are_left_out() {
        let found = table(&[&[3, 0, 4], &[0, 0, 0], &[2, 0, 1]]);
        assert_eq!((found.size(), found.total()), ((2, 2), 10));
        assert_eq!((table(&[]).chi_square(), table(&[&[1, 2]]).cramers_v()), (None, None));
        assert!(!table(&[&[3, 1], &[1, 3]]).is_dense() && table(&[&[20, 15], &[5, 30]]).is_dense());
    }
}
