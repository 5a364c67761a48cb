//! Opinion words beside a role: target-dependent sentiment (Jiang et al. 2011; Rashkin et al. 2016 for the idea that a
//! predicate colours its arguments).

use super::arena::{List, listed};
use super::engine::{Engine, Role};
use super::mechanism::push;
use super::reading::{Reading, Sentence};
use super::sarcasm::Sarcasm;
use super::vote::{Firing, negated};
use crate::rule::{CueKind, Mechanism};
use crate::source::Span;
use std::ops::Range;

/// Tokens between a role and an opinion word.
const REACH: usize = 6;
/// Valence from which it counts, what makes one unit of weight, and the most.
const LEAST: f64 = 1.0;
const UNIT: f64 = 2.5;
const MOST: f64 = 1.5;

/// Sums the valence of opinion words near each of the three parties. Words inside other rules' finds, speech acts, and
/// the words for the deed and the claim are left out: they carry no attitude of their own.
pub(super) fn valences<'t>(
    engine: &Engine<'_>,
    reading: &Reading<'t>,
    sarcasm: &Sarcasm<'_>,
    votes: &[Firing<'_>],
    out: &mut List<'t, Firing<'t>>,
) {
    let counted = counted(engine, reading, votes);
    for (role, negative, positive) in PARTIES {
        let (mut total, mut place): (f64, Option<Span>) = (0.0, None);
        for (i, sentence) in reading.own().enumerate().filter(|(_, s)| s.roles.iter().any(|r| r.0 == role)) {
            let first = counted.partition_point(|(sentence, _)| *sentence < i);
            let last = counted.partition_point(|(sentence, _)| *sentence <= i);
            let (sum, span) = near(engine, sentence, role, &counted[first..last]);
            let level = sarcasm.of[i];
            let inverted = sum > 0.0 && level >= engine.pack.scoring.sarcastic_from;
            total += if inverted { sum * (1.0 - 2.0 * level) } else { sum };
            place = place.or(span);
        }
        if let (true, Some(span)) = (total.abs() >= LEAST, place) {
            let mechanism = if total < 0.0 { negative } else { positive };
            push(engine, mechanism, span, (total.abs() / UNIT).min(MOST), out);
        }
    }
}

/// The spans that rules of hedged families count already, by sentence; nothing if no party is named.
fn counted<'t>(engine: &Engine<'_>, reading: &Reading<'t>, votes: &[Firing<'_>]) -> List<'t, (usize, Span)> {
    let is_party = |role: Role| PARTIES.iter().any(|party| party.0 == role);
    if !reading.own().any(|s| s.roles.iter().any(|(role, _)| is_party(*role))) {
        return List::new_in(reading.arena);
    }
    let hedged = |f: &&Firing<'_>| engine.pack.families[engine.rule(f.rule).family].hedged;
    let spans = votes.iter().filter(hedged).filter_map(|f| Some((f.sentence?, f.span)));
    let mut out = listed(reading.arena, spans);
    out.sort_by_key(|(sentence, _)| *sentence);
    out
}

const PARTIES: [(Role, Mechanism, Mechanism); 3] = [
    (Role::Accuser, Mechanism::AccuserNegative, Mechanism::AccuserPositive),
    (Role::Accused, Mechanism::AccusedNegative, Mechanism::AccusedPositive),
    (Role::Defender, Mechanism::DefenderNegative, Mechanism::DefenderPositive),
];

/// Valence near the first mention of a role in each clause, and where the first such word stands.
fn near(
    engine: &Engine<'_>,
    sentence: &Sentence<'_>,
    role: Role,
    counted: &[(usize, Span)],
) -> (f64, Option<Span>) {
    let (mut sum, mut place) = (0.0, None);
    let mut seen_to = 0;
    for (_, mention) in sentence.roles.iter().filter(|(r, _)| *r == role) {
        if mention.start < seen_to {
            continue;
        }
        for i in mention.start.saturating_sub(REACH)..(mention.end + REACH).min(sentence.tokens.len()) {
            if mention.contains(&i) || i < seen_to || engine.valence(&sentence.tokens[i]) == 0.0 {
                continue;
            }
            let gap = if i < mention.start { i + 1..mention.start } else { mention.end..i };
            let valence = valence(engine, sentence, i, counted);
            if valence != 0.0 && !sentence.is_cut(gap.start, gap.end) {
                sum += valence / (1.0 + 0.15 * gap.len() as f64);
                place = place.or(Some(sentence.tokens[i].span));
            }
        }
        seen_to = (mention.end + REACH).min(sentence.tokens.len());
    }
    (sum, place)
}

fn valence(engine: &Engine<'_>, sentence: &Sentence<'_>, i: usize, counted: &[(usize, Span)]) -> f64 {
    let token = &sentence.tokens[i];
    let value = f64::from(engine.valence(token));
    let covers = |r: &Range<usize>| r.contains(&i);
    let acts = || sentence.cues(CueKind::SpeechAct).iter().any(covers);
    let named = || sentence.roles.iter().any(|(_, r)| covers(r));
    let counted = || counted.iter().any(|(_, span)| span.holds(token.span));
    if value == 0.0 || acts() || named() || counted() {
        0.0
    } else if negated(sentence, i) {
        -0.74 * value
    } else {
        value
    }
}
