//! The model: sums of weighted features, fitted by L-BFGS.

use crate::kind::Effect;
use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

/// Features by place, and the gold class: support, deny, query, comment.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub features: Vec<(usize, f64)>,
    pub class: usize,
}

/// Three weights a feature, then three biases; comment is the reference.
#[derive(Debug, Clone)]
pub(super) struct Model {
    parameters: Vec<f64>,
    comment_bias: f64,
}

const SIDES: usize = 3;

impl Model {
    pub fn new(effects: Vec<Effect>, bias: [f64; 4]) -> Self {
        let mut parameters: Vec<f64> = effects.iter().flat_map(|e| [e.support, e.deny, e.query]).collect();
        parameters.extend(&bias[..SIDES]);
        Model { parameters, comment_bias: bias[3] }
    }

    /// The model that fits the examples, pulled to this one with strength `lambda`.
    pub fn fitted(&self, examples: &[&Example], lambda: f64) -> Model {
        let problem = Problem { prior: self, examples, lambda, weights: class_weights(examples) };
        let start = self.parameters.clone();
        let found = minimum(&problem, start).unwrap_or_else(|_| self.parameters.clone());
        Model { parameters: found, comment_bias: self.comment_bias }
    }

    pub fn effect(&self, place: usize) -> Effect {
        let at = |k: usize| self.parameters.get(place * SIDES + k).copied().unwrap_or_default();
        Effect { support: at(0), deny: at(1), query: at(2) }
    }

    pub fn bias(&self) -> [f64; 4] {
        let at = self.parameters.len() - SIDES;
        [self.parameters[at], self.parameters[at + 1], self.parameters[at + 2], self.comment_bias]
    }

    pub fn scores(&self, example: &Example) -> [f64; 4] {
        scores(&self.parameters, self.comment_bias, example)
    }
}

fn scores(parameters: &[f64], comment_bias: f64, example: &Example) -> [f64; 4] {
    let bias = &parameters[parameters.len() - SIDES..];
    let mut z = [bias[0], bias[1], bias[2], comment_bias];
    for (place, amount) in &example.features {
        for k in 0..SIDES {
            z[k] += amount * parameters[place * SIDES + k];
        }
    }
    z
}

/// (N / N_c)^½, normalised to mean 1 over the examples, so that rare stances weigh more.
fn class_weights(examples: &[&Example]) -> [f64; 4] {
    let mut counts = [0.0_f64; 4];
    examples.iter().for_each(|e| counts[e.class] += 1.0);
    let n = examples.len() as f64;
    let raw = counts.map(|c| if c > 0.0 { f64::sqrt(n / c) } else { 0.0 });
    let mean = raw.iter().zip(&counts).map(|(w, c)| w * c).sum::<f64>() / n.max(1.0);
    raw.map(|w| w / mean.max(f64::MIN_POSITIVE))
}

struct Problem<'e> {
    prior: &'e Model,
    examples: &'e [&'e Example],
    lambda: f64,
    weights: [f64; 4],
}

/// What is to be as small as can be.
trait Objective {
    fn cost(&self, at: &[f64]) -> f64;
    fn gradient(&self, at: &[f64]) -> Vec<f64>;
}

impl Objective for Problem<'_> {
    fn cost(&self, at: &[f64]) -> f64 {
        let loss = |e: &&Example| {
            let p = softmax(&scores(at, self.prior.comment_bias, e))[e.class];
            -self.weights[e.class] * f64::ln(p.max(1e-300))
        };
        let away = |(x, hand): (&f64, &f64)| (x - hand) * (x - hand);
        let free = at.len() - SIDES;
        let pull: f64 = at[..free].iter().zip(&self.prior.parameters).map(away).sum();
        self.examples.iter().map(loss).sum::<f64>() + 0.5 * self.lambda * pull
    }

    fn gradient(&self, at: &[f64]) -> Vec<f64> {
        let free = at.len() - SIDES;
        let pull = at.iter().zip(&self.prior.parameters).enumerate();
        let mut out: Vec<f64> =
            pull.map(|(i, (x, hand))| if i < free { self.lambda * (x - hand) } else { 0.0 }).collect();
        for example in self.examples {
            let p = softmax(&scores(at, self.prior.comment_bias, example));
            for k in 0..SIDES {
                let off = self.weights[example.class] * (p[k] - f64::from(u8::from(example.class == k)));
                out[free + k] += off;
                example.features.iter().for_each(|(place, amount)| out[place * SIDES + k] += off * amount);
            }
        }
        out
    }
}

/// One solver for every objective: made for each by itself it takes forty kilobytes.
struct Solved<'o>(&'o dyn Objective);

impl CostFunction for Solved<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, at: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.0.cost(at))
    }
}

impl Gradient for Solved<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, at: &Vec<f64>) -> Result<Vec<f64>, Error> {
        Ok(self.0.gradient(at))
    }
}

fn minimum(objective: &dyn Objective, start: Vec<f64>) -> Result<Vec<f64>, Error> {
    const MEMORY: usize = 7;
    const STEPS: u64 = 200;
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY).with_tolerance_grad(1e-4)?;
    let run = Executor::new(Solved(objective), solver)
        .configure(|s| s.param(start.clone()).max_iters(STEPS))
        .run()?;
    Ok(run.state().get_best_param().cloned().unwrap_or(start))
}

pub(super) fn softmax(z: &[f64; 4]) -> [f64; 4] {
    let most = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts = z.map(|x| f64::exp(x - most));
    let sum: f64 = parts.iter().sum();
    parts.map(|p| p / sum)
}

pub(super) fn calibrated(z: &[f64; 4], temperature: f64, shift: &[f64; 4]) -> [f64; 4] {
    let mut out = *z;
    out.iter_mut().zip(shift).for_each(|(x, s)| *x = *x / temperature + s);
    out
}

/// The class of the greatest sum.
pub(super) fn best(z: &[f64; 4], offset: &[f64; 4]) -> usize {
    let sum = |i: usize| z[i] + offset[i];
    (0..4).rev().fold(3, |best, i| if sum(i) > sum(best) { i } else { best })
}

/// Offsets that raise macro-F1, by turns over the sides on a grid.
pub(super) fn offsets(scores: &[[f64; 4]], classes: &[usize]) -> [f64; 4] {
    let mut offset = [0.0; 4];
    let mut most = macro_f1(scores, classes, &offset);
    for _ in 0..3 {
        for side in 0..SIDES {
            for step in -15..=15 {
                let mut tried = offset;
                tried[side] = f64::from(step) * 0.1;
                let f1 = macro_f1(scores, classes, &tried);
                if f1 > most {
                    (most, offset) = (f1, tried);
                }
            }
        }
    }
    offset
}

fn macro_f1(scores: &[[f64; 4]], classes: &[usize], offset: &[f64; 4]) -> f64 {
    let (mut right, mut said, mut gold) = ([0.0; 4], [0.0; 4], [0.0; 4]);
    for (z, class) in scores.iter().zip(classes) {
        let found = best(z, offset);
        said[found] += 1.0;
        gold[*class] += 1.0;
        right[found] += f64::from(u8::from(found == *class));
    }
    (0..4)
        .map(|k| if said[k] + gold[k] > 0.0 { 2.0 * right[k] / (said[k] + gold[k]) } else { 0.0 })
        .sum::<f64>()
        / 4.0
}

/// Temperature and shifts that make the sums probabilities (Platt 1999; Guo et al. 2017), without class weights.
pub(super) fn calibrate(scores: &[[f64; 4]], classes: &[usize]) -> (f64, [f64; 4]) {
    let found = minimum(&Calibration { scores, classes }, vec![1.0, 0.0, 0.0, 0.0]);
    match found.as_deref() {
        Ok([scale, shift @ ..]) if *scale > 0.05 => (1.0 / scale, [shift[0], shift[1], shift[2], 0.0]),
        _ => (1.0, [0.0; 4]),
    }
}

struct Calibration<'s> {
    scores: &'s [[f64; 4]],
    classes: &'s [usize],
}

impl Calibration<'_> {
    fn probabilities(&self, at: &[f64], z: &[f64; 4]) -> [f64; 4] {
        softmax(&[z[0] * at[0] + at[1], z[1] * at[0] + at[2], z[2] * at[0] + at[3], z[3] * at[0]])
    }
}

impl Objective for Calibration<'_> {
    fn cost(&self, at: &[f64]) -> f64 {
        let loss = |(z, class): (&[f64; 4], &usize)| -f64::ln(self.probabilities(at, z)[*class].max(1e-300));
        self.scores.iter().zip(self.classes).map(loss).sum()
    }

    fn gradient(&self, at: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; 4];
        for (z, class) in self.scores.iter().zip(self.classes) {
            let p = self.probabilities(at, z);
            for k in 0..4 {
                let off = p[k] - f64::from(u8::from(k == *class));
                out[0] += off * z[k];
                if k < SIDES {
                    out[k + 1] += off;
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(features: &[(usize, f64)], class: usize) -> Example {
        Example { features: features.to_vec(), class }
    }

    #[test]
    fn data_moves_weights_and_the_prior_holds_the_others() {
        let hand = Effect { support: 0.0, deny: 1.0, query: 0.0 };
        let prior = Model::new(vec![hand, hand], [0.0, 0.0, 0.0, 1.0]);
        let mut examples: Vec<Example> = (0..60).map(|_| example(&[(0, 1.0)], 0)).collect();
        examples.extend((0..60).map(|_| example(&[], 3)));
        let fitted = prior.fitted(&examples.iter().collect::<Vec<_>>(), 1.0);
        let moved = fitted.effect(0);
        assert!(moved.support > 1.5 && moved.support > moved.deny + 1.0, "{moved:?}");
        assert_eq!(fitted.effect(1), hand, "a rule that never fired keeps its hand weight");
        assert_eq!(best(&fitted.scores(&examples[0]), &[0.0; 4]), 0);
        assert_eq!(best(&fitted.scores(&examples[100]), &[0.0; 4]), 3);
    }

    #[test]
    fn a_strong_pull_keeps_the_hand_weights() {
        let prior = Model::new(vec![Effect::default()], [0.0; 4]);
        let examples: Vec<Example> = (0..20).map(|i| example(&[(0, 1.0)], i % 2)).collect();
        let fitted = prior.fitted(&examples.iter().collect::<Vec<_>>(), 1e6);
        assert!(fitted.effect(0).size() < 1e-3);
    }

    #[test]
    fn calibration_finds_overconfidence() {
        // Sums that claim e^3 : 1 while only two in three are right.
        let scores: Vec<[f64; 4]> = (0..300).map(|_| [3.0, 0.0, -20.0, -20.0]).collect();
        let classes: Vec<usize> = (0..300).map(|i| usize::from(i % 3 == 0)).collect();
        let (temperature, shift) = calibrate(&scores, &classes);
        let p = softmax(&calibrated(&scores[0], temperature, &shift));
        assert!((p[0] - 2.0 / 3.0).abs() < 0.02, "{p:?}");
    }
}
