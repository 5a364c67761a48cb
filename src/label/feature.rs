//! Firings as features: rule and variant, with the amount that counts. Fitting works on these.

use super::Effect;
use super::engine::Engine;
use super::voice::Voice;
use super::vote::Firing;
use crate::rule::{Variant, Weights};
use std::collections::BTreeMap;

/// A rule in one variant, and how much of it a comment holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Feature {
    /// Id of the rule.
    pub rule: String,
    /// How it counted.
    pub variant: Variant,
    /// Sum of the weights of its firings, capped.
    pub amount: f64,
    /// Log-odds per unit by hand.
    pub hand: Effect,
}

/// Fitted weights by rule index and variant.
#[derive(Debug, Clone, Default)]
pub(super) struct Fitted {
    effects: BTreeMap<(usize, Variant), Effect>,
}

impl Fitted {
    pub fn new(weights: &Weights, index_of: impl Fn(&str) -> Option<usize>) -> Self {
        let known = weights.weights.iter().filter_map(|w| Some(((index_of(&w.rule)?, w.variant), w.fitted)));
        Fitted { effects: known.collect() }
    }
}

impl Firing<'_> {
    pub fn variant(&self) -> Variant {
        match (self.voice, self.flipped, self.questioned) {
            (Voice::Mock | Voice::Puppet, _, _) => Variant::Mocked,
            (Voice::Relayed, _, _) => Variant::Relayed,
            (_, false, false) => Variant::Plain,
            (_, true, false) => Variant::Turned,
            (_, false, true) => Variant::Asked,
            (_, true, true) => Variant::TurnedAsked,
        }
    }
}

impl Engine<'_> {
    /// Log-odds per unit of weight: fitted where the data had the rule in this variant, else by hand.
    pub fn effect(&self, firing: &Firing<'_>) -> Effect {
        let fitted = self.fitted.effects.get(&(firing.rule, firing.variant()));
        fitted.copied().unwrap_or_else(|| firing.effect(self.rule(firing.rule), &self.pack.scoring))
    }
}

/// The features of a comment, sorted. `amounts` are the capped weights of the firings.
pub(super) fn features(engine: &Engine<'_>, firings: &[Firing<'_>], amounts: &[f64]) -> Vec<Feature> {
    let mut sums: BTreeMap<(usize, Variant), (f64, Effect)> = BTreeMap::new();
    let votes = |f: &Firing<'_>| !engine.rule(f.rule).only_answers();
    for (firing, amount) in firings.iter().zip(amounts).filter(|(f, _)| votes(f)) {
        let hand = firing.effect(engine.rule(firing.rule), &engine.pack.scoring);
        sums.entry((firing.rule, firing.variant())).or_insert((0.0, hand)).0 += amount;
    }
    let feature = |((rule, variant), (amount, hand)): ((usize, Variant), (f64, Effect))| Feature {
        rule: engine.rule(rule).id.clone(),
        variant,
        amount,
        hand,
    };
    sums.into_iter().map(feature).collect()
}
