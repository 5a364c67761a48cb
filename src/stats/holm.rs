//! Several tests at once.

/// Adjusts p-values so that the chance of any false alarm stays below the level: Holm (1979), "A simple sequentially
/// rejective multiple test procedure", Scandinavian Journal of Statistics 6. In the order given, in [0, 1].
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![1.0; p.len()];
    let mut so_far: f64 = 0.0;
    for (rank, at) in order.into_iter().enumerate() {
        so_far = so_far.max(p[at] * (p.len() - rank) as f64).min(1.0);
        adjusted[at] = so_far;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::holm;

    /// statsmodels 0.15.0: `multipletests([0.01, 0.04, 0.03, 0.005], method="holm")`.
    #[test]
    fn figures_are_those_of_statsmodels() {
        let found = holm(&[0.01, 0.04, 0.03, 0.005]);
        let close = found.iter().zip([0.03, 0.06, 0.06, 0.02]).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(close, "{found:?}");
        assert_eq!(holm(&[]), [0.0; 0]);
        assert_eq!(holm(&[0.7, 0.9]), [1.0, 1.0]);
    }
}
