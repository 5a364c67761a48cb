//! How far coders agree, and the program with them.

use super::codings::{Coder, Key};
use crate::stats::{Evaluation, Interval, Judged, alpha_of_units, cluster_bootstrap, evaluate, kappa};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What the program says of a comment.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgramLabel {
    /// The label.
    pub label: String,
    /// Its confidence, in [0, 1].
    pub confidence: f64,
    /// It answers another comment.
    pub is_reply: bool,
}

/// The program's labels by thread and id.
pub type Labels = BTreeMap<Key, ProgramLabel>;

/// Agreement of coders and program. Shares are in [0, 1].
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Agreement {
    /// What was coded: `stance`, `sentiment` or `agreement`.
    pub task: String,
    /// Comments with a label, by coder.
    pub coders: BTreeMap<String, usize>,
    /// Comments coded by two or more.
    pub n: usize,
    /// Every two coders.
    pub pairs: Vec<PairAgreement>,
    /// Krippendorff's alpha of all coders, nominal, gaps allowed.
    pub alpha: Option<f64>,
    /// 95 % bootstrap interval of `alpha` by thread.
    pub interval: Option<Interval>,
    /// Comments on which one label has more votes than every other.
    pub with_majority: usize,
    /// Comments on which no label has.
    pub without_majority: usize,
    /// The program against each coder.
    pub program: BTreeMap<String, Evaluation>,
    /// The program against the majority.
    pub program_majority: Option<Evaluation>,
}

/// Agreement of two coders.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct PairAgreement {
    /// One coder.
    pub a: String,
    /// The other.
    pub b: String,
    /// Comments that both coded.
    pub n: usize,
    /// Share on which they agree; 0 without comments.
    pub share: f64,
    /// Cohen's kappa.
    pub kappa: Option<f64>,
}

/// Measures coders against each other and the program against them. Comments that the program has no label for count
/// between coders alone. Empty `classes` stands for all labels of the coders compared with.
pub fn agreement(task: &str, coders: &[Coder], program: &Labels, classes: &[String]) -> Agreement {
    let keys: BTreeSet<&Key> = coders.iter().flat_map(|c| c.labels.keys()).collect();
    let units: Vec<(&Key, Vec<&str>)> = keys.into_iter().map(|k| (k, given(coders, k))).collect();
    let majority: Vec<(&Key, &str)> = units.iter().filter_map(|(k, u)| Some((*k, majority(u)?))).collect();
    let against = |gold: &mut dyn Iterator<Item = (&Key, &str)>| {
        let rows: Vec<Judged> = gold.filter_map(|(key, label)| judged(key, label, program)).collect();
        evaluate(task, &rows, classes)
    };
    let of_coder = |c: &Coder| against(&mut c.labels.iter().map(|(k, l)| (k, l.0.as_str())));
    let lists: Vec<Vec<&str>> = units.iter().map(|u| u.1.clone()).collect();
    Agreement {
        task: task.to_owned(),
        coders: coders.iter().map(|c| (c.name.clone(), c.labels.len())).collect(),
        n: lists.iter().filter(|u| u.len() > 1).count(),
        pairs: pairs(coders),
        alpha: alpha_of_units(&lists),
        interval: interval(&units),
        with_majority: majority.len(),
        without_majority: units.len() - majority.len(),
        program: coders.iter().map(|c| (c.name.clone(), of_coder(c))).collect(),
        program_majority: (coders.len() > 1).then(|| against(&mut majority.iter().copied())),
    }
}

fn given<'c>(coders: &'c [Coder], key: &Key) -> Vec<&'c str> {
    coders.iter().filter_map(|c| Some(c.labels.get(key)?.0.as_str())).collect()
}

/// The label with more votes than every other.
fn majority<'c>(labels: &[&'c str]) -> Option<&'c str> {
    let votes = |label: &str| labels.iter().filter(|l| **l == label).count();
    labels.iter().copied().find(|l| labels.iter().all(|other| other == l || votes(other) < votes(l)))
}

fn judged(key: &Key, gold: &str, program: &Labels) -> Option<Judged> {
    let found = program.get(key)?;
    Some(Judged {
        gold: gold.to_owned(),
        accepted: Vec::new(),
        label: found.label.clone(),
        confidence: found.confidence,
        thread: key.0.clone().unwrap_or_else(|| key.1.clone()),
        platform: None,
        topic: None,
        is_reply: found.is_reply,
    })
}

fn pairs(coders: &[Coder]) -> Vec<PairAgreement> {
    let mut out = Vec::new();
    for (i, a) in coders.iter().enumerate() {
        for b in &coders[i + 1..] {
            let both = a.labels.iter().filter_map(|(k, l)| Some((l.0.as_str(), b.labels.get(k)?.0.as_str())));
            let both: Vec<(&str, &str)> = both.collect();
            let same = both.iter().filter(|(a, b)| a == b).count();
            let share = if both.is_empty() { 0.0 } else { same as f64 / both.len() as f64 };
            let (kappa, n) = (kappa(&both), both.len());
            out.push(PairAgreement { a: a.name.clone(), b: b.name.clone(), n, share, kappa });
        }
    }
    out
}

fn interval(units: &[(&Key, Vec<&str>)]) -> Option<Interval> {
    const DRAWS: usize = 1000;
    let mut threads: BTreeMap<&Option<String>, Vec<usize>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (i, (key, _)) in units.iter().enumerate().filter(|(_, u)| u.1.len() > 1) {
        match &key.0 {
            Some(_) => threads.entry(&key.0).or_default().push(i),
            None => alone.push(vec![i]),
        }
    }
    let clusters: Vec<Vec<usize>> = threads.into_values().chain(alone).collect();
    let of = |at: &[usize]| alpha_of_units(&at.iter().map(|i| units[*i].1.clone()).collect::<Vec<_>>());
    // One thread tells nothing of how threads differ.
    cluster_bootstrap(&clusters, DRAWS, 0.95, of).filter(|_| clusters.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn coder(name: &str, labels: &str) -> Coder {
        let key = |i: usize| (None, i.to_string());
        let cells = labels.chars().enumerate().filter(|(_, c)| *c != '-');
        let labels = cells.map(|(i, c)| (key(i), (c.to_string(), Span::default()))).collect();
        Coder { name: name.to_owned(), labels }
    }

    // Expected kappas: sklearn.metrics.cohen_kappa_score over the comments that both coded, scikit-learn 1.9.1; alpha as
    // in the test of `alpha_of_units`.
    #[test]
    fn three_coders_with_gaps() {
        let coders = [coder("a", "sddqcccsd-q-s"), coder("b", "sdd-cqcsddqc-"), coder("c", "s-dqccccd-qcc")];
        let label = |c: char| ProgramLabel { label: c.to_string(), confidence: 0.9, is_reply: false };
        let program =
            "sddqcccsdd".chars().enumerate().map(|(i, c)| ((None, i.to_string()), label(c))).collect();
        let found = agreement("stance", &coders, &program, &[]);
        assert_eq!((found.n, found.with_majority, found.without_majority), (12, 12, 1));
        let kappas: Vec<(usize, f64)> = found.pairs.iter().map(|p| (p.n, p.kappa.unwrap())).collect();
        for ((n, kappa), expected) in
            kappas.iter().zip([(9, 0.85), (10, 0.729_729_729_729_729_7), (9, 0.689_655_172_413_793_1)])
        {
            assert!(*n == expected.0 && (kappa - expected.1).abs() < 1e-9, "{n} {kappa}");
        }
        assert!((found.alpha.unwrap() - 0.75).abs() < 1e-9);
        assert!(found.interval.is_some_and(|i| i.low < 0.75 && 0.75 < i.high));
        assert_eq!((found.program["a"].n, found.program["a"].accuracy), (9, 1.0));
        assert_eq!(found.program_majority.map(|m| m.n), Some(10));
    }

    #[test]
    fn a_tie_has_no_majority() {
        assert_eq!(majority(&["a", "b"]), None);
        assert_eq!(majority(&["a", "b", "b"]), Some("b"));
        assert_eq!(majority(&[]), None);
    }
}
