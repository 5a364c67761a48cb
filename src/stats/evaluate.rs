//! Labels against gold: accuracy, F1, confusion, agreement, calibration.

use super::interval::Interval;
use super::resample::{each_draw, percentile};
use super::tally::{Tally, labels};
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
    /// The comments outside the band of the unsure, where the program has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sure: Option<Sure>,
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
    /// The same for comments that answer none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_posts_only: Option<Box<Evaluation>>,
}

/// Comments whose labels are not unsure. Shares are in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Sure {
    /// How many.
    pub n: usize,
    /// Their share of all.
    pub share: f64,
    /// Share of their labels that are the gold label.
    pub accuracy: f64,
    /// Share of their labels that are the gold label or accepted.
    pub accuracy_lenient: f64,
}

impl Evaluation {
    /// Adds the figures of the comments outside the band of the unsure; `rows` says of each judged one whether it is inside.
    #[must_use]
    pub fn with_sure<'j>(mut self, rows: impl IntoIterator<Item = (&'j Judged, bool)>) -> Self {
        let sure: Vec<&Judged> = rows.into_iter().filter(|(_, unsure)| !unsure).map(|(j, _)| j).collect();
        let share = |holds: &dyn Fn(&Judged) -> bool| {
            sure.iter().filter(|j| holds(j)).count() as f64 / sure.len().max(1) as f64
        };
        self.sure = Some(Sure {
            n: sure.len(),
            share: sure.len() as f64 / self.n.max(1) as f64,
            accuracy: share(&|j| j.label == j.gold),
            accuracy_lenient: share(&|j| j.label == j.gold || j.accepted.contains(&j.label)),
        });
        self
    }
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
    let mut whole = with_intervals(task, rows, &all, &classes);
    whole.by_platform = grouped(task, rows, &classes, |r| r.platform.as_ref());
    whole.by_topic = grouped(task, rows, &classes, |r| r.topic.as_ref());
    let (replies, first): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|i| rows[*i].is_reply);
    if !replies.is_empty() && !first.is_empty() {
        let part = |at: &[usize]| Some(Box::new(with_intervals(task, rows, at, &classes)));
        (whole.replies_only, whole.first_posts_only) = (part(&replies), part(&first));
    }
    whole
}

/// As [`evaluate`], without intervals and groups: quick, for tuning.
pub fn figures(task: &str, rows: &[Judged]) -> Evaluation {
    let all: Vec<usize> = (0..rows.len()).collect();
    figures_of(task, rows, &all, &classes_of(rows))
}

fn classes_of(rows: &[Judged]) -> Vec<String> {
    let mut classes: Vec<String> = rows.iter().map(|r| r.gold.clone()).collect();
    classes.sort_unstable();
    classes.dedup();
    classes
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
    groups.into_iter().map(|(key, at)| (key, with_intervals(task, rows, &at, classes))).collect()
}

fn with_intervals(task: &str, rows: &[Judged], at: &[usize], classes: &[String]) -> Evaluation {
    let mut found = figures_of(task, rows, at, classes);
    found.intervals = intervals(rows, at, classes);
    found
}

fn figures_of(task: &str, rows: &[Judged], at: &[usize], classes: &[String]) -> Evaluation {
    let labels = labels(rows);
    let tally = tally(rows, at, &labels);
    let per_class: BTreeMap<String, ClassFigures> =
        classes.iter().map(|c| (c.clone(), tally.class(place(&labels, c)))).collect();
    Evaluation {
        task: task.to_owned(),
        n: tally.n(),
        classes: classes.to_vec(),
        accuracy: tally.accuracy(),
        accuracy_lenient: tally.accuracy_lenient(),
        macro_f1: macro_f1(&tally, &labels, classes),
        per_class,
        confusion: tally.confusion(&labels),
        kappa: tally.kappa(),
        alpha: tally.alpha(),
        ece: tally.ece(),
        intervals: BTreeMap::new(),
        by_platform: BTreeMap::new(),
        by_topic: BTreeMap::new(),
        replies_only: None,
        first_posts_only: None,
        sure: None,
    }
}

/// Draws of the bootstrap.
const DRAWS: usize = 1000;

/// Intervals by name: `macro_f1`, `kappa`, …, and of each class `deny.precision`, `deny.recall`, `deny.f1`.
fn intervals(rows: &[Judged], at: &[usize], classes: &[String]) -> BTreeMap<String, Interval> {
    let labels = labels(rows);
    let mut threads: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    at.iter().for_each(|i| threads.entry(&rows[*i].thread).or_default().push(*i));
    let threads: Vec<Tally> = threads.values().map(|at| tally(rows, at, &labels)).collect();
    // One thread tells nothing of how threads differ.
    if threads.len() < 2 {
        return BTreeMap::new();
    }
    let places: Vec<(&String, Option<usize>)> = classes.iter().map(|c| (c, place(&labels, c))).collect();
    let mut values: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    each_draw(threads.len(), DRAWS, |drawn| {
        let mut sum = Tally::new(labels.len());
        drawn.iter().for_each(|i| sum.add(&threads[*i]));
        let mut keep = |name: &str, value: Option<f64>| {
            if let Some(value) = value {
                values.entry(name.to_owned()).or_default().push(value);
            }
        };
        keep("accuracy", Some(sum.accuracy()));
        keep("accuracy_lenient", Some(sum.accuracy_lenient()));
        keep("macro_f1", Some(macro_f1(&sum, &labels, classes)));
        keep("kappa", sum.kappa());
        keep("alpha", sum.alpha());
        keep("ece", Some(sum.ece()));
        for (class, place) in &places {
            let figures = sum.class(*place);
            keep(&format!("{class}.precision"), Some(figures.precision));
            keep(&format!("{class}.recall"), Some(figures.recall));
            keep(&format!("{class}.f1"), Some(figures.f1));
        }
    });
    let interval = |(name, values)| Some((name, percentile(values, DRAWS, 0.95)?));
    values.into_iter().filter_map(interval).collect()
}

fn tally(rows: &[Judged], at: &[usize], labels: &[&str]) -> Tally {
    let mut out = Tally::new(labels.len());
    at.iter().for_each(|i| out.count(&rows[*i], labels));
    out
}

fn place(labels: &[&str], class: &str) -> Option<usize> {
    labels.binary_search(&class).ok()
}

fn macro_f1(tally: &Tally, labels: &[&str], classes: &[String]) -> f64 {
    let sum: f64 = classes.iter().map(|c| tally.class(place(labels, c)).f1).sum();
    if classes.is_empty() { 0.0 } else { sum / classes.len() as f64 }
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
    fn every_figure_has_an_interval_that_holds_it() {
        let found = evaluate("stance", &rows("ss sd dd dd qc cc cc cs dd qq ss cc dc qd"), &[]);
        let class = |c: &str, f: fn(&ClassFigures) -> f64| f(&found.per_class[c]);
        let figures = [
            ("accuracy", found.accuracy),
            ("accuracy_lenient", found.accuracy_lenient),
            ("macro_f1", found.macro_f1),
            ("kappa", found.kappa.unwrap()),
            ("alpha", found.alpha.unwrap()),
            ("d.precision", class("d", |c| c.precision)),
            ("q.recall", class("q", |c| c.recall)),
            ("c.f1", class("c", |c| c.f1)),
        ];
        for (name, figure) in figures {
            let interval = found.intervals[name];
            assert!(interval.low <= figure && figure <= interval.high, "{name}: {figure} {interval:?}");
        }
        assert!(found.intervals.contains_key("ece"));
        assert_eq!(found.first_posts_only.as_ref().map(|f| f.n), Some(7));
    }

    #[test]
    fn agreement_is_that_of_pairs() {
        let rows = rows("ss sd dd dd qc cc cc cs dd qq");
        let pairs: Vec<(&str, &str)> = rows.iter().map(|r| (r.gold.as_str(), r.label.as_str())).collect();
        let found = evaluate("stance", &rows, &[]);
        let (kappa, alpha) = (super::super::kappa(&pairs).unwrap(), super::super::alpha(&pairs).unwrap());
        assert!((found.kappa.unwrap() - kappa).abs() < 1e-12 && (found.alpha.unwrap() - alpha).abs() < 1e-12);
        let same = evaluate("stance", &rows[2..4], &[]);
        assert_eq!((same.kappa, same.alpha), (None, None));
    }

    /// 300 samples of 60 threads, each with its own share of right labels: how often the interval of macro-F1 holds that of
    /// a population of 40,000 threads.
    #[test]
    fn the_interval_of_macro_f1_keeps_its_promise() {
        let mut random = crate::stats::Random::new(11);
        let mut thread = |id: usize| -> Vec<Judged> {
            let right = if random.unit() < 0.5 { 0.5 } else { 0.8 };
            let pair = |random: &mut crate::stats::Random| {
                let gold = ["c", "c", "c", "d", "q", "s"][random.below(6)];
                let label = if random.unit() < right { gold } else { ["c", "d", "q", "s"][random.below(4)] };
                format!("{gold}{label}")
            };
            let size = 2 + random.below(12);
            let pairs: Vec<String> = (0..size).map(|_| pair(&mut random)).collect();
            let mut rows = rows(&pairs.join(" "));
            rows.iter_mut().for_each(|r| r.thread = id.to_string());
            rows
        };
        let population: Vec<Judged> = (0..40_000).flat_map(&mut thread).collect();
        let truth = figures("stance", &population).macro_f1;
        let mut held = 0;
        for _ in 0..300 {
            let sample: Vec<Judged> = (0..60).flat_map(&mut thread).collect();
            let all: Vec<usize> = (0..sample.len()).collect();
            let interval = intervals(&sample, &all, &classes_of(&sample))["macro_f1"];
            held += usize::from(interval.low <= truth && truth <= interval.high);
        }
        let coverage = held as f64 / 300.0;
        assert!((0.92..=0.98).contains(&coverage), "{coverage}");
    }

    #[test]
    fn the_sure_are_counted_apart() {
        let row = |gold: &str, label: &str| Judged {
            gold: gold.to_owned(),
            accepted: vec!["query".to_owned()],
            label: label.to_owned(),
            confidence: 0.5,
            thread: "t".to_owned(),
            platform: None,
            topic: None,
            is_reply: false,
        };
        let rows =
            [row("deny", "deny"), row("deny", "query"), row("deny", "support"), row("deny", "support")];
        let unsure = [false, false, false, true];
        let found = evaluate("stance", &rows, &[]).with_sure(rows.iter().zip(unsure)).sure.unwrap();
        assert_eq!((found.n, found.share), (3, 0.75));
        assert!(
            (found.accuracy - 1.0 / 3.0).abs() < 1e-9 && (found.accuracy_lenient - 2.0 / 3.0).abs() < 1e-9
        );
    }

    #[test]
    fn nothing_is_no_failure() {
        let found = evaluate("stance", &[], &[]);
        assert_eq!((found.n, found.accuracy, found.macro_f1), (0, 0.0, 0.0));
    }
}
