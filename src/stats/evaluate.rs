//! Labels against gold: accuracy, F1, confusion, agreement, calibration.

use super::agreement::{alpha, kappa};
use super::interval::Interval;
use super::resample::cluster_bootstrap;
use serde::Serialize;
use std::collections::BTreeMap;

/// One comment with its gold label and the program's.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The gold label.
    pub gold: String,
    /// Other labels that a reader may accept.
    pub accepted: Vec<String>,
    /// The program's label.
    pub label: String,
    /// The program's confidence in it.
    pub confidence: f64,
    /// Thread, for the bootstrap.
    pub thread: String,
    /// Platform, if known.
    pub platform: Option<String>,
    /// Topic or allegation, if known.
    pub topic: Option<String>,
    /// It answers another comment.
    pub is_reply: bool,
}

/// Figures of one set of comments. Shares are in [0, 1].
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Evaluation {
    /// What was judged: `stance`, `sentiment` or `agreement`.
    pub task: String,
    /// Comments.
    pub n: usize,
    /// Labels over which `macro_f1` is taken.
    pub classes: Vec<String>,
    /// Share of labels that are the gold label.
    pub accuracy: f64,
    /// Share of labels that are the gold label or accepted.
    pub accuracy_lenient: f64,
    /// Mean F1 over `classes`.
    pub macro_f1: f64,
    /// Figures of each label.
    pub per_class: BTreeMap<String, ClassFigures>,
    /// Gold label → the program's label → count.
    pub confusion: BTreeMap<String, BTreeMap<String, usize>>,
    /// Cohen's kappa between gold and program.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha between gold and program.
    pub alpha: Option<f64>,
    /// Expected calibration error over ten equal bins (Guo et al. 2017).
    pub ece: f64,
    /// 95 % bootstrap intervals by thread.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub intervals: BTreeMap<String, Interval>,
    /// The same by platform.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub by_platform: BTreeMap<String, Evaluation>,
    /// The same by topic.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub by_topic: BTreeMap<String, Evaluation>,
    /// The same for replies only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies_only: Option<Box<Evaluation>>,
}

/// Precision, recall, F1 and gold count of one label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ClassFigures {
    /// Share of the label's uses that are right; 0 without uses.
    pub precision: f64,
    /// Share of the gold that was found; 0 without gold.
    pub recall: f64,
    /// Harmonic mean of the two; 0 if both are 0.
    pub f1: f64,
    /// Comments with this gold label.
    pub support: usize,
}

/// Judges labels against gold. Empty `classes` stands for all labels of the gold.
pub fn evaluate(task: &str, rows: &[Judged], classes: &[String]) -> Evaluation {
    let all: Vec<usize> = (0..rows.len()).collect();
    let mut classes = classes.to_vec();
    if classes.is_empty() {
        classes = classes_of(rows);
    }
    let mut whole = figures_of(task, rows, &all, &classes);
    whole.intervals = intervals(rows, &classes);
    whole.by_platform = grouped(task, rows, &classes, |r| r.platform.as_ref());
    whole.by_topic = grouped(task, rows, &classes, |r| r.topic.as_ref());
    let replies: Vec<usize> = all.into_iter().filter(|i| rows[*i].is_reply).collect();
    if !replies.is_empty() && replies.len() < rows.len() {
        whole.replies_only = Some(Box::new(figures_of(task, rows, &replies, &classes)));
    }
    whole
}

/// A figure of some of the rows.
type Statistic<'s> = &'s dyn Fn(&[usize]) -> Option<f64>;

/// As [`evaluate`], without intervals and groups: quick, for tuning.
pub fn figures(task: &str, rows: &[Judged]) -> Evaluation {
    let all: Vec<usize> = (0..rows.len()).collect();
    figures_of(task, rows, &all, &classes_of(rows))
}

fn classes_of(rows: &[Judged]) -> Vec<String> {
    let mut classes: Vec<String> = rows.iter().map(|r| r.gold.clone()).collect();
    classes.sort();
    classes.dedup();
    classes
}

/// Draws of the bootstrap.
const DRAWS: usize = 1000;

fn intervals(rows: &[Judged], classes: &[String]) -> BTreeMap<String, Interval> {
    let mut threads: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        threads.entry(&row.thread).or_default().push(i);
    }
    let clusters: Vec<Vec<usize>> = threads.into_values().collect();
    let statistics: [(&str, Statistic<'_>); 3] = [
        ("accuracy", &|at| Some(share(at, |i| rows[i].gold == rows[i].label))),
        ("accuracy_lenient", &|at| Some(share(at, |i| is_accepted(&rows[i])))),
        ("macro_f1", &|at| Some(macro_f1(&per_class(rows, at, classes), classes))),
    ];
    // One thread tells nothing of how threads differ.
    let interval =
        |s: Statistic<'_>| cluster_bootstrap(&clusters, DRAWS, 0.95, s).filter(|_| clusters.len() > 1);
    statistics.iter().filter_map(|(name, s)| Some(((*name).to_owned(), interval(s)?))).collect()
}

fn grouped(
    task: &str,
    rows: &[Judged],
    classes: &[String],
    key: impl Fn(&Judged) -> Option<&String>,
) -> BTreeMap<String, Evaluation> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, row) in rows.iter().enumerate() {
        if let Some(key) = key(row) {
            groups.entry(key.clone()).or_default().push(i);
        }
    }
    if groups.len() < 2 {
        return BTreeMap::new();
    }
    groups.into_iter().map(|(key, at)| (key, figures_of(task, rows, &at, classes))).collect()
}

fn figures_of(task: &str, rows: &[Judged], at: &[usize], classes: &[String]) -> Evaluation {
    let per_class = per_class(rows, at, classes);
    let mut confusion: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for i in at {
        *confusion.entry(rows[*i].gold.clone()).or_default().entry(rows[*i].label.clone()).or_default() += 1;
    }
    let pairs: Vec<(&str, &str)> =
        at.iter().map(|i| (rows[*i].gold.as_str(), rows[*i].label.as_str())).collect();
    Evaluation {
        task: task.to_owned(),
        n: at.len(),
        classes: classes.to_vec(),
        accuracy: share(at, |i| rows[i].gold == rows[i].label),
        accuracy_lenient: share(at, |i| is_accepted(&rows[i])),
        macro_f1: macro_f1(&per_class, classes),
        per_class,
        confusion,
        kappa: kappa(&pairs),
        alpha: alpha(&pairs),
        ece: calibration_error(rows, at),
        intervals: BTreeMap::new(),
        by_platform: BTreeMap::new(),
        by_topic: BTreeMap::new(),
        replies_only: None,
    }
}

fn per_class(rows: &[Judged], at: &[usize], classes: &[String]) -> BTreeMap<String, ClassFigures> {
    let of = |class: &String| {
        let count = |holds: &dyn Fn(&Judged) -> bool| at.iter().filter(|i| holds(&rows[**i])).count();
        let support = count(&|r| r.gold == *class);
        let used = count(&|r| r.label == *class);
        let right = count(&|r| r.gold == *class && r.label == *class);
        let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
        let (precision, recall) = (ratio(right, used), ratio(right, support));
        ClassFigures { precision, recall, f1: ratio(2 * right, used + support), support }
    };
    classes.iter().map(|c| (c.clone(), of(c))).collect()
}

fn macro_f1(per_class: &BTreeMap<String, ClassFigures>, classes: &[String]) -> f64 {
    let sum: f64 = per_class.values().map(|c| c.f1).sum();
    if classes.is_empty() { 0.0 } else { sum / classes.len() as f64 }
}

fn share(at: &[usize], holds: impl Fn(usize) -> bool) -> f64 {
    if at.is_empty() { 0.0 } else { at.iter().filter(|i| holds(**i)).count() as f64 / at.len() as f64 }
}

fn is_accepted(row: &Judged) -> bool {
    row.gold == row.label || row.accepted.contains(&row.label)
}

fn calibration_error(rows: &[Judged], at: &[usize]) -> f64 {
    const BINS: usize = 10;
    let mut bins = [(0.0, 0.0); BINS];
    for row in at.iter().map(|i| &rows[*i]) {
        let bin = ((row.confidence * BINS as f64) as usize).min(BINS - 1);
        bins[bin].0 += row.confidence;
        bins[bin].1 += f64::from(row.gold == row.label);
    }
    let off: f64 = bins.iter().map(|(said, right)| f64::abs(said - right)).sum();
    if at.is_empty() { 0.0 } else { off / at.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Judged> {
        let of = |(i, p): (usize, &str)| Judged {
            gold: p[..1].to_owned(),
            accepted: Vec::new(),
            label: p[1..].to_owned(),
            confidence: 0.75,
            thread: (i / 2).to_string(),
            platform: None,
            topic: None,
            is_reply: i % 2 == 1,
        };
        text.split(' ').enumerate().map(of).collect()
    }

    // Expected: sklearn.metrics.f1_score(average="macro") and precision_recall_fscore_support on the same ten pairs,
    // scikit-learn 1.9.1.
    #[test]
    fn as_scikit_learn() {
        let found = evaluate("stance", &rows("ss sd dd dd qc cc cc cs dd qq"), &[]);
        assert!((found.macro_f1 - 0.672_619_047_619_047_6).abs() < 1e-9, "{}", found.macro_f1);
        assert!((found.per_class["d"].precision - 0.75).abs() < 1e-9);
        assert!((found.per_class["q"].recall - 0.5).abs() < 1e-9);
        assert!((found.per_class["c"].f1 - 0.666_666_666_666_666_7).abs() < 1e-9);
        assert!((found.accuracy - 0.7).abs() < 1e-9);
        assert!((found.ece - 0.05).abs() < 1e-9, "ten of confidence .75, seven right");
        assert_eq!(found.confusion["s"]["d"], 1);
        assert_eq!(found.replies_only.as_ref().map(|r| r.n), Some(5));
        let interval = found.intervals["accuracy"];
        assert!(interval.low < 0.7 && 0.7 < interval.high);
    }

    #[test]
    fn nothing_is_no_failure() {
        let found = evaluate("stance", &[], &[]);
        assert_eq!((found.n, found.accuracy, found.macro_f1), (0, 0.0, 0.0));
    }
}
