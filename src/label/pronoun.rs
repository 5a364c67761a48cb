//! Whom a pronoun of the third person stands for: the party named last before it in its sentence, else the one that the
//! sentence before began with, else the one that the comment answered speaks of (recency and the preference for subjects;
//! Lappin & Leass 1994).

use super::engine::{Engine, Role, is_party};
use super::grammar::Grammar;
use super::reading::{Reading, Sentence};
use super::voice::Voice;
use super::vote::Firing;
use crate::rule::kin::Side;
use crate::text::mark;
use std::ops::Range;

/// A find whose pronoun stands for the other party than the rules of its family take it for votes weakly.
pub(super) fn weaken_other_party(
    grammar: &Grammar<'_>,
    before: Option<Role>,
    range: &Range<usize>,
    firing: &mut Firing<'_>,
) {
    let (engine, sentence) = (grammar.engine, grammar.sentence);
    let Some(meant) = engine.pack.families[engine.rule(firing.rule).family].pronouns else { return };
    let named =
        |(role, r): &(Role, Range<usize>)| is_party(*role) && r.start < range.end && range.start < r.end;
    if firing.voice != Voice::Own || sentence.roles.iter().any(named) {
        return;
    }
    let at = range.clone().find(|i| stands_for(grammar, *i, meant));
    let party = at.and_then(|at| match antecedent(sentence, at) {
        Some((_, place)) if tells(grammar, place, at) => None,
        Some((role, _)) => Some(*role),
        None => before,
    });
    let side = party.map(side);
    if side.is_some_and(|side| side != meant) {
        firing.change(engine.pack.scoring.other_party, "a pronoun of the other party");
    }
}

/// In talk about the accuser only the subject stands for it: `him` and `them` are whom it goes after.
fn stands_for(grammar: &Grammar<'_>, at: usize, meant: Side) -> bool {
    grammar.is_third_person(at) && (meant == Side::Accused || grammar.is_subject_form(at))
}

/// The party named last before a place in its sentence, and where.
fn antecedent<'t>(sentence: &Sentence<'t>, at: usize) -> Option<&'t (Role, Range<usize>)> {
    let before = sentence.roles.iter().filter(|(role, r)| is_party(*role) && r.end <= at);
    before.max_by_key(|(role, r)| (r.start, r.end, *role))
}

/// `The office says they did it`, `that they did it`, `is right: they did it`: who tells it is not who is meant.
fn tells(grammar: &Grammar<'_>, party: &Range<usize>, at: usize) -> bool {
    let colon = grammar.sentence.tokens[party.end..at].iter().any(|t| t.word == mark::COLON);
    let clause = grammar.is_subject_form(at) && (party.end + 1 == at || grammar.is_relative(at - 1));
    colon || clause
}

/// The party that a sentence names first.
pub(super) fn first_named(sentence: &Sentence<'_>) -> Option<Role> {
    let named = sentence.roles.iter().filter(|(role, _)| is_party(*role));
    named.min_by_key(|(_, r)| r.start).map(|(role, _)| *role)
}

/// The party that a pronoun after the comment stands for.
pub(super) fn topic(engine: &Engine<'_>, reading: &Reading<'_>) -> Option<Role> {
    if !engine.has_roles {
        return None;
    }
    reading.own().filter_map(first_named).last()
}

fn side(role: Role) -> Side {
    if role == Role::Accuser { Side::Accuser } else { Side::Accused }
}
