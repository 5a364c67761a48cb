//! From firings to probabilities, a stance and its evidence.

use super::arena::{Arena, List, kept, listed};
use super::engine::Engine;
use super::vote::Firing;
use super::{Aspect, Effect, Evidence, Probabilities, Stance};
use crate::profile::Mode;
use crate::rule::{Scoring, Variant};
use crate::source::Span;
use crate::thread::Text;

/// The sums of a comment: log-odds toward each stance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Score {
    pub support: f64,
    pub deny: f64,
    pub query: f64,
    pub comment: f64,
    /// Evidence of the own words weighs on both sides about equally.
    pub both_sides: bool,
}

/// Adds the firings up; `amounts` are their capped weights.
pub(super) fn score<'t>(
    engine: &Engine<'_>,
    arena: &'t Arena,
    firings: &[Firing<'_>],
    amounts: &[f64],
) -> (Score, &'t [Effect]) {
    let effects = firings.iter().zip(amounts).map(|(f, amount)| engine.effect(f).times(*amount));
    let effects = kept(arena, effects);
    let sum = |part: fn(&Effect) -> f64| effects.iter().map(part).sum::<f64>();
    let (support, deny) = (sum(|e| e.support), sum(|e| e.deny));
    let mut score = Score {
        support: engine.bias[0] + support,
        deny: engine.bias[1] + deny,
        query: engine.bias[2] + sum(|e| e.query),
        comment: engine.bias[3],
        both_sides: engine.mode == Mode::Allegation && balanced(engine, firings, effects),
    };
    score.both_sides &= score.support.max(score.deny) > score.query;
    if score.both_sides {
        score.comment = score.comment.max(score.support.max(score.deny) + BALANCE);
    }
    (score, effects)
}

/// By how much a balanced comment is rather a comment than either side.
const BALANCE: f64 = 0.3;

/// Weights of the firings; those of one rule in one variant count together at most `most_per_rule`.
pub(super) fn capped<'t>(scoring: &Scoring, arena: &'t Arena, firings: &[Firing<'_>]) -> &'t [f64] {
    let mut used: List<'_, (usize, Variant, f64)> = List::new_in(arena);
    let weigh = |firing: &Firing<'_>| {
        let (rule, variant) = (firing.rule, firing.variant());
        let at = used.iter().position(|u| u.0 == rule && u.1 == variant).unwrap_or_else(|| {
            used.push((rule, variant, 0.0));
            used.len() - 1
        });
        let weight = firing.weight.min(scoring.most_per_rule - used[at].2).max(0.0);
        used[at].2 += weight;
        weight
    };
    kept(arena, firings.iter().map(weigh))
}

/// Both sums of word evidence are large, and the smaller a good part of the larger.
fn balanced(engine: &Engine<'_>, firings: &[Firing<'_>], effects: &[Effect]) -> bool {
    let scoring = &engine.pack.scoring;
    let worded = |f: &Firing<'_>| engine.rule(f.rule).mechanism.is_none();
    let sum = |part: fn(&Effect) -> f64| {
        firings.iter().zip(effects).filter(|(f, _)| worded(f)).map(|(_, e)| part(e)).sum::<f64>()
    };
    let (support, deny) = (sum(|e| e.support), sum(|e| e.deny));
    let (less, more) = (support.min(deny), support.max(deny));
    less >= scoring.both_sides_least && less >= scoring.both_sides_ratio * more
}

impl Score {
    /// Calibrated probabilities: softmax at the engine's temperature.
    pub fn probabilities(&self, engine: &Engine<'_>) -> Probabilities {
        self.softmax(engine.temperature, &engine.calibration)
    }

    /// The stance: the likeliest after the engine's offsets.
    pub fn stance(&self, engine: &Engine<'_>) -> Stance {
        self.softmax(1.0, &engine.offset).likeliest()
    }

    fn softmax(&self, temperature: f64, shift: &[f64; 4]) -> Probabilities {
        let all = [self.support, self.deny, self.query, self.comment];
        let all: [f64; 4] = std::array::from_fn(|i| all[i] / temperature + shift[i]);
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let parts = all.map(|z| f64::exp(z - most));
        let sum: f64 = parts.iter().sum();
        let share = |i: usize| parts[i] / sum;
        Probabilities { support: share(0), deny: share(1), query: share(2), comment: share(3) }
    }
}

impl Probabilities {
    /// The likeliest stance; of equals the more cautious one.
    pub(super) fn likeliest(&self) -> Stance {
        let order = [Stance::Comment, Stance::Query, Stance::Deny, Stance::Support];
        order.into_iter().fold(Stance::Comment, |best, s| if self.of(s) > self.of(best) { s } else { best })
    }
}

impl Effect {
    fn times(self, weight: f64) -> Effect {
        Effect { support: self.support * weight, deny: self.deny * weight, query: self.query * weight }
    }
}

/// Evidence of the firings that count, the weightiest first, placed in the source.
pub(super) fn evidence(
    engine: &Engine<'_>,
    arena: &Arena,
    firings: &[Firing<'_>],
    effects: &[Effect],
    text: &Text,
) -> Vec<Evidence> {
    let counts = firings.iter().zip(effects).filter(|(_, effect)| effect.size() > 0.0);
    let mut order = listed(
        arena,
        counts.map(|(firing, effect)| (effect.size(), text.to_source(firing.span), firing, effect)),
    );
    order.sort_by(|(size, span, firing, _), other| {
        let ids = || engine.rule(firing.rule).id.cmp(&engine.rule(other.2.rule).id);
        other.0.total_cmp(size).then(span.cmp(&other.1)).then_with(ids)
    });
    let evidence = |(_, span, firing, effect): &(f64, Span, &Firing<'_>, &Effect)| {
        let quote = text.raw().get(firing.span.start as usize..firing.span.end as usize).unwrap_or_default();
        let modifiers = firing.modifiers.iter().map(ToString::to_string).collect();
        Evidence::new(engine.id(firing.rule), *span, quote, **effect, modifiers)
    };
    order.iter().map(evidence).collect()
}

/// Weight from which a firing shows its aspect.
pub(super) const LEAST_SHOWN: f64 = 0.2;

/// Aspects of the firings that count, sorted.
pub(super) fn aspects(engine: &Engine<'_>, firings: &[Firing<'_>], both_sides: bool) -> Vec<Aspect> {
    let shown = firings.iter().filter(|f| f.weight > LEAST_SHOWN && !f.flipped);
    let own = shown.filter(|f| f.voice == super::voice::Voice::Own);
    let mut out: Vec<Aspect> = own.filter_map(|f| engine.rule(f.rule).aspect).collect();
    out.extend(both_sides.then_some(Aspect::BothSides));
    out.sort_unstable();
    out.dedup();
    out
}
