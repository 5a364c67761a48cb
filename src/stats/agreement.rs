//! Agreement between codings beyond chance.

use std::collections::BTreeMap;

/// Cohen's kappa (Cohen 1960) of pairs of labels; `None` without pairs or where chance alone explains all.
pub fn kappa<T: Ord + Clone>(pairs: &[(T, T)]) -> Option<f64> {
    let n = pairs.len() as f64;
    if pairs.is_empty() {
        return None;
    }
    let share = |count: usize| count as f64 / n;
    let observed = share(pairs.iter().filter(|(a, b)| a == b).count());
    let expected: f64 = labels(pairs)
        .iter()
        .map(|l| {
            share(pairs.iter().filter(|p| p.0 == *l).count())
                * share(pairs.iter().filter(|p| p.1 == *l).count())
        })
        .sum();
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Krippendorff's alpha for nominal data and two coders without gaps (Krippendorff 2011, "Computing Krippendorff's
/// Alpha-Reliability"); `None` without pairs or where all labels are the same.
pub fn alpha<T: Ord + Clone>(pairs: &[(T, T)]) -> Option<f64> {
    let values = 2.0 * pairs.len() as f64;
    let disagreements = 2.0 * pairs.iter().filter(|(a, b)| a != b).count() as f64;
    let same: f64 = labels(pairs)
        .iter()
        .map(|l| pairs.iter().map(|p| u32::from(p.0 == *l) + u32::from(p.1 == *l)).sum::<u32>())
        .map(|count| f64::from(count) * (f64::from(count) - 1.0))
        .sum();
    let expected = values * (values - 1.0) - same;
    (expected > 0.0).then(|| 1.0 - disagreements * (values - 1.0) / expected)
}

/// Krippendorff's alpha for nominal data, any number of coders and missing values (Krippendorff 2011): each unit holds
/// the labels it was given; one with fewer than two counts for nothing. `None` without pairs or where all labels are the
/// same.
pub fn alpha_of_units<T: Ord>(units: &[Vec<T>]) -> Option<f64> {
    let mut counts: BTreeMap<&T, f64> = BTreeMap::new();
    let (mut values, mut disagreement) = (0.0, 0.0);
    for unit in units.iter().filter(|u| u.len() > 1) {
        let size = unit.len() as f64;
        let mut here: BTreeMap<&T, f64> = BTreeMap::new();
        unit.iter().for_each(|label| *here.entry(label).or_default() += 1.0);
        disagreement += (size * size - here.values().map(|c| c * c).sum::<f64>()) / (size - 1.0);
        here.into_iter().for_each(|(label, count)| *counts.entry(label).or_default() += count);
        values += size;
    }
    let expected = values * values - counts.values().map(|c| c * c).sum::<f64>();
    (expected > 0.0).then(|| 1.0 - (values - 1.0) * disagreement / expected)
}

fn labels<T: Ord + Clone>(pairs: &[(T, T)]) -> Vec<T> {
    let mut out: Vec<T> = pairs.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(char, char)> {
        text.split(' ').map(|p| (p.chars().next().unwrap(), p.chars().last().unwrap())).collect()
    }

    // Expected: sklearn.metrics.cohen_kappa_score and krippendorff.alpha(level_of_measurement="nominal") on the same
    // ten pairs, scikit-learn 1.9.1, krippendorff 0.9.0.
    #[test]
    fn as_scikit_learn_and_krippendorff() {
        let ten = pairs("ss sd dd dd qc cc cc cs dd qq");
        assert!((kappa(&ten).unwrap() - KAPPA).abs() < 1e-9, "{:?}", kappa(&ten));
        assert!((alpha(&ten).unwrap() - ALPHA).abs() < 1e-9, "{:?}", alpha(&ten));
    }

    const KAPPA: f64 = 0.589_041_095_890_411;
    const ALPHA_OF_THREE: f64 = 0.75;
    const ALPHA: f64 = 0.606_896_551_724_137_9;

    // Expected: krippendorff.alpha(reliability_data, level_of_measurement="nominal") of krippendorff 0.9.0 with s, d, q, c
    // as 0 to 3 and - as NaN, one row a coder.
    #[test]
    fn several_coders_with_gaps_as_krippendorff() {
        let coders = ["sddqcccsd-q-s", "sdd-cqcsddqc-", "s-dqccccd-qcc"];
        let label =
            |i: usize| coders.iter().filter_map(move |c| c.chars().nth(i)).filter(|c| *c != '-').collect();
        let units: Vec<Vec<char>> = (0..13).map(label).collect();
        assert!(
            (alpha_of_units(&units).unwrap() - ALPHA_OF_THREE).abs() < 1e-9,
            "{:?}",
            alpha_of_units(&units)
        );
        let ten = pairs("ss sd dd dd qc cc cc cs dd qq");
        let as_units: Vec<Vec<char>> = ten.iter().map(|(a, b)| vec![*a, *b]).collect();
        assert!(
            (alpha_of_units(&as_units).unwrap() - alpha(&ten).unwrap()).abs() < 1e-12,
            "two coders are a case of it"
        );
        assert_eq!(alpha_of_units(&[vec!['s'], vec![]]), None);
    }

    #[test]
    fn nothing_to_agree_on() {
        assert_eq!(kappa::<char>(&[]), None);
        assert_eq!(alpha(&pairs("ss ss")), None);
        assert_eq!(kappa(&pairs("ss dd")), Some(1.0));
    }
}
