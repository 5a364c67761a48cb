//! What a reply takes from the comment it answers: agreement, disagreement, joking along. Without a relation of its own
//! a reply takes nothing: on labelled threads plain inheritance did harm.

use super::Aspect;
use super::Probabilities;
use super::arena::List;
use super::engine::Engine;
use super::mechanism::push;
use super::reading::Reading;
use super::sarcasm::Sarcasm;
use super::voice::Voice;
use super::vote::Firing;
use crate::rule::{Mechanism, Relation};
use crate::source::Span;

/// Probability of the parent's side below which nothing is taken.
const LEAST: f64 = 0.05;
/// Sarcasm from which a reply jokes along.
const JOKES_FROM: f64 = 0.3;

/// Firings that a reply owes to its parent's label.
pub(super) fn replies<'t>(
    engine: &Engine<'_>,
    reading: &Reading<'t>,
    sarcasm: &Sarcasm<'_>,
    firings: &[Firing<'_>],
    parent: &Probabilities,
) -> List<'t, Firing<'t>> {
    let mut out = List::new_in(reading.arena);
    let mut take = |mechanism, share: f64, span| {
        if share > LEAST {
            push(engine, mechanism, span, share, &mut out);
        }
    };
    match relation(engine, firings) {
        Some((Relation::Agree, weight, span)) => {
            take(Mechanism::AgreesWithSupport, weight * parent.support, span);
            take(Mechanism::AgreesWithDeny, weight * parent.deny, span);
        }
        Some((Relation::Disagree, weight, span)) => {
            take(Mechanism::DisagreesWithSupport, weight * parent.support, span);
            take(Mechanism::DisagreesWithDeny, weight * parent.deny, span);
        }
        None => {}
    }
    if sarcasm.level >= JOKES_FROM || firings.iter().any(|f| jokes(engine, f)) {
        take(Mechanism::JokesWithSupport, parent.support, reading.own_span);
        take(Mechanism::JokesWithDeny, parent.deny, reading.own_span);
    }
    out
}

fn jokes(engine: &Engine<'_>, firing: &Firing<'_>) -> bool {
    let rule = engine.rule(firing.rule);
    let asks = matches!(rule.aspect, Some(Aspect::RhetoricalQuestion | Aspect::LeadingQuestion));
    asks && firing.voice == Voice::Own || rule.mechanism == Some(Mechanism::MockQuote)
}

/// Agreement or disagreement in the own voice, its weight up to 1 and its place; none if there are signs of both.
fn relation(engine: &Engine<'_>, firings: &[Firing<'_>]) -> Option<(Relation, f64, Span)> {
    let of = |relation: Relation| {
        let own = firings
            .iter()
            .filter(move |f| f.voice == Voice::Own && engine.rule(f.rule).relation == Some(relation));
        let mut straight = own.filter(|f| relation == Relation::Disagree || !f.flipped);
        let first = straight.next()?;
        let weight = first.weight + straight.map(|f| f.weight).sum::<f64>();
        Some((relation, weight.min(1.0), first.span))
    };
    match (of(Relation::Agree), of(Relation::Disagree)) {
        (Some(found), None) | (None, Some(found)) => Some(found),
        _ => None,
    }
}
