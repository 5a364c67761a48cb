//! Fits weights to labelled comments around the hand weights: multinomial logistic regression over rule firings with a
//! Gaussian prior centred on the hand weights (maximum a posteriori; Hosmer & Lemeshow 2013 for the model, Chelba & Acero
//! 2004 for the prior at a given model).

mod model;

use crate::kind::{Effect, Stance};
use crate::label::Feature;
use crate::rule::{Variant, Weight, Weights};
use crate::stats::{Evaluation, Judged};
use model::{Example, Model};
use std::collections::BTreeMap;

/// A labelled comment as features.
#[derive(Debug, Clone)]
pub struct Row {
    /// The features.
    pub features: Vec<Feature>,
    /// The gold stance.
    pub stance: Stance,
    /// What is left out together in cross-validation.
    pub topic: String,
    /// Thread, for intervals.
    pub thread: String,
    /// Platform, if known.
    pub platform: Option<String>,
    /// It answers another comment.
    pub is_reply: bool,
}

/// How to fit.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Strength of the pull to the hand weights.
    pub lambda: f64,
    /// Log-odds before evidence by hand, toward support, deny, query, comment.
    pub bias: [f64; 4],
    /// Temperature by hand.
    pub temperature: f64,
    /// Pack, as `en 0.1.0`.
    pub pack: String,
    /// What the weights are fitted on.
    pub fitted_on: String,
}

/// Fitted weights and what cross-validation says of them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fit {
    /// The weights.
    pub weights: Weights,
    /// For each topic left out: comments, macro-F1 by hand, fitted, and fitted with offsets.
    pub topics: Vec<TopicFigures>,
    /// Over all comments, each judged by a fit without its topic.
    pub pooled: TopicFigures,
    /// The same with offsets and calibration, in full.
    pub left_out: Evaluation,
    /// Expected calibration error of the left-out comments before and after calibration.
    pub ece: (f64, f64),
}

/// Macro-F1 of one set under three weightings.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the three weightings are explained at Fit")]
pub struct TopicFigures {
    pub topic: String,
    pub n: usize,
    pub hand: f64,
    pub fitted: f64,
    pub offset: f64,
}

type Key = (String, Variant);

/// Fits weights; leaves each topic out in turn to tune the offsets and the calibration. Offsets that do not help on topics
/// they were not tuned on are left at 0. `None` with fewer than two topics or stances.
pub fn fit(rows: &[Row], settings: &Settings) -> Option<Fit> {
    let keys = keys(rows);
    let examples: Vec<Example> = rows.iter().map(|r| example(r, &keys)).collect();
    let mut topics: Vec<&str> = rows.iter().map(|r| r.topic.as_str()).collect();
    topics.sort_unstable();
    topics.dedup();
    if topics.len() < 2 || rows.iter().all(|r| r.stance == rows[0].stance) {
        return None;
    }
    let hand = Model::new(keys.values().map(|k| k.hand).collect(), settings.bias);
    let mut left_out = vec![[0.0; 4]; rows.len()];
    for topic in &topics {
        let inside: Vec<&Example> = pick(rows, &examples, |r| r.topic != *topic);
        let model = hand.fitted(&inside, settings.lambda);
        for (i, row) in rows.iter().enumerate().filter(|(_, r)| r.topic == *topic) {
            debug_assert_eq!(row.topic, *topic);
            left_out[i] = model.scores(&examples[i]);
        }
    }
    let classes: Vec<usize> = examples.iter().map(|e| e.class).collect();
    let offset = model::offsets(&left_out, &classes);
    let (temperature, calibration) = model::calibrate(&left_out, &classes);
    // What a topic is judged by must not be tuned on it.
    let moved = moved(rows, &topics, &left_out, &classes);
    let by_hand: Vec<[f64; 4]> = examples.iter().map(|e| hand.scores(e)).collect();
    let figures = |topic: &str, at: &[usize]| TopicFigures {
        topic: topic.to_owned(),
        n: at.len(),
        hand: macro_f1(rows, &by_hand, at),
        fitted: macro_f1(rows, &left_out, at),
        offset: macro_f1(rows, &moved, at),
    };
    let of_topic = |t: &&str| (0..rows.len()).filter(|i| rows[*i].topic == **t).collect::<Vec<_>>();
    let all: Vec<usize> = (0..rows.len()).collect();
    let model = hand.fitted(&examples.iter().collect::<Vec<_>>(), settings.lambda);
    let pooled = figures("all", &all);
    let helps = pooled.offset - pooled.fitted >= LEAST_GAIN;
    let judge = |temperature, shift| {
        judged_by(rows, &left_out, if helps { &moved } else { &left_out }, temperature, shift)
    };
    let offset = if helps { offset } else { [0.0; 4] };
    let weights = weights(&keys, &model, settings, offset, (temperature, calibration));
    let before = crate::stats::figures("stance", &judge(settings.temperature, [0.0; 4])).ece;
    let left_out = crate::stats::evaluate("stance", &judge(temperature, calibration), &[]);
    let topics = topics.iter().map(|t| figures(t, &of_topic(t))).collect();
    let ece = (before, left_out.ece);
    Some(Fit { weights, topics, pooled, left_out, ece })
}

/// By how much offsets must raise macro-F1 on topics that they were not tuned on; less is noise.
const LEAST_GAIN: f64 = 0.005;

/// The sums with the offsets that suit all other topics.
fn moved(rows: &[Row], topics: &[&str], scores: &[[f64; 4]], classes: &[usize]) -> Vec<[f64; 4]> {
    let mut out = scores.to_vec();
    for topic in topics {
        let others = || (0..rows.len()).filter(|i| rows[*i].topic != **topic);
        let (scores, classes): (Vec<[f64; 4]>, Vec<usize>) =
            others().map(|i| (scores[i], classes[i])).unzip();
        let offset = model::offsets(&scores, &classes);
        let of_topic = out.iter_mut().zip(rows).filter(|(_, r)| r.topic == **topic);
        of_topic.for_each(|(z, _)| z.iter_mut().zip(&offset).for_each(|(x, o)| *x += o));
    }
    out
}

struct Known {
    place: usize,
    hand: Effect,
    n: usize,
}

fn keys(rows: &[Row]) -> BTreeMap<Key, Known> {
    let mut out: BTreeMap<Key, Known> = BTreeMap::new();
    for feature in rows.iter().flat_map(|r| &r.features) {
        let key = (feature.rule.clone(), feature.variant);
        out.entry(key).or_insert(Known { place: 0, hand: feature.hand, n: 0 }).n += 1;
    }
    out.values_mut().enumerate().for_each(|(i, known)| known.place = i);
    out
}

fn example(row: &Row, keys: &BTreeMap<Key, Known>) -> Example {
    let place = |f: &Feature| Some((keys.get(&(f.rule.clone(), f.variant))?.place, f.amount));
    let class = Stance::ALL.iter().position(|s| *s == row.stance).unwrap_or(3);
    Example { features: row.features.iter().filter_map(place).collect(), class }
}

fn pick<'e>(rows: &[Row], examples: &'e [Example], keep: impl Fn(&Row) -> bool) -> Vec<&'e Example> {
    rows.iter().zip(examples).filter(|(r, _)| keep(r)).map(|(_, e)| e).collect()
}

/// Each row with the stance of the greatest of the `moved` sums, and the calibrated confidence of `scores` in it.
fn judged_by(
    rows: &[Row],
    scores: &[[f64; 4]],
    moved: &[[f64; 4]],
    temperature: f64,
    shift: [f64; 4],
) -> Vec<Judged> {
    let judge = |((row, z), moved): ((&Row, &[f64; 4]), &[f64; 4])| {
        let class = model::best(moved, &[0.0; 4]);
        Judged {
            gold: row.stance.as_str().to_owned(),
            accepted: Vec::new(),
            label: Stance::ALL[class].as_str().to_owned(),
            confidence: model::softmax(&model::calibrated(z, temperature, &shift))[class],
            thread: row.thread.clone(),
            platform: row.platform.clone(),
            topic: None,
            is_reply: row.is_reply,
        }
    };
    rows.iter().zip(scores).zip(moved).map(judge).collect()
}

fn macro_f1(rows: &[Row], scores: &[[f64; 4]], at: &[usize]) -> f64 {
    let judged = judged_by(rows, scores, scores, 1.0, [0.0; 4]);
    let some: Vec<Judged> = at.iter().map(|i| judged[*i].clone()).collect();
    crate::stats::figures("stance", &some).macro_f1
}

fn weights(
    keys: &BTreeMap<Key, Known>,
    model: &Model,
    settings: &Settings,
    offset: [f64; 4],
    calibration: (f64, [f64; 4]),
) -> Weights {
    let weight = |((rule, variant), known): (&Key, &Known)| Weight {
        rule: rule.clone(),
        variant: *variant,
        n: known.n,
        hand: rounded(known.hand),
        fitted: rounded(model.effect(known.place)),
    };
    Weights {
        pack: settings.pack.clone(),
        fitted_on: settings.fitted_on.clone(),
        bias: model.bias().map(round),
        offset: offset.map(round),
        temperature: round(calibration.0),
        calibration: calibration.1.map(round),
        weights: keys.iter().map(weight).collect(),
    }
}

fn rounded(effect: Effect) -> Effect {
    Effect { support: round(effect.support), deny: round(effect.deny), query: round(effect.query) }
}

fn round(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}
