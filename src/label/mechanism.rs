//! Rules that look at the comment as a whole and at its quotations.

use super::arena::List;
use super::engine::{Engine, Meaning, Role, is_party};
use super::reading::Reading;
use super::sarcasm::Sarcasm;
use super::valence;
use super::voice::{Piece, Voice};
use super::vote::Firing;
use crate::rule::{CueKind, Mechanism};
use crate::source::Span;
use crate::text::{Token, mark};
use std::ops::Range;

/// The firings of the mechanisms that need no thread.
pub(super) fn mechanisms<'t>(
    engine: &Engine<'_>,
    reading: &Reading<'t>,
    sarcasm: &Sarcasm<'_>,
    votes: &[Firing<'_>],
) -> List<'t, Firing<'t>> {
    let mut out = List::new_in(reading.arena);
    for piece in &reading.voices.pieces {
        quotation(engine, reading, piece, &mut out);
    }
    if sarcasm.level >= LEAST_SARCASM {
        push(engine, Mechanism::SarcasmLevel, reading.own_span, sarcasm.level, &mut out);
    }
    form(engine, reading, &mut out);
    if engine.has_roles {
        names(engine, reading, sarcasm, votes, &mut out);
        valence::valences(engine, reading, sarcasm, votes, &mut out);
    }
    out
}

/// Sarcasm of a comment from which it counts.
const LEAST_SARCASM: f64 = 0.2;

/// Adds a firing if a rule of the pack uses the mechanism.
pub(super) fn push<'t>(
    engine: &Engine<'_>,
    mechanism: Mechanism,
    span: Span,
    weight: f64,
    out: &mut List<'t, Firing<'t>>,
) {
    if let Some(rule) = engine.mechanism(mechanism) {
        out.push(Firing::of_mechanism(out.bump(), rule, span, weight));
    }
}

fn quotation<'t>(engine: &Engine<'_>, reading: &Reading<'t>, piece: &Piece, out: &mut List<'t, Firing<'t>>) {
    let tokens = &reading.tokens[piece.tokens.clone()];
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let span = first.span.cover(last.span);
    match piece.voice {
        Voice::Mock => push(engine, Mechanism::MockQuote, span, 1.0, out),
        Voice::Scare => {
            if let Some(mechanism) = scare_quote(engine, reading, piece) {
                push(engine, mechanism, span, 1.0, out);
            }
        }
        _ => {}
    }
}

/// `'Boston Globe'`: several words with capitals are a name.
fn is_title(quotation: &[Token]) -> bool {
    let mut words = quotation.iter().filter(|t| t.is_word());
    words.clone().count() > 1 && words.all(|t| t.capital)
}

/// What a scare quote keeps its distance from: the deed or the claim, else a word of the party beside it.
fn scare_quote(engine: &Engine<'_>, reading: &Reading<'_>, piece: &Piece) -> Option<Mechanism> {
    let quotation = &reading.tokens[piece.tokens.clone()];
    let found = engine.find_votes(quotation, |_| true);
    if found.iter().any(|(m, _)| matches!(m, Meaning::Role(Role::Deed | Role::Claim))) {
        return Some(Mechanism::ScareQuoteDeed);
    }
    if is_title(quotation) {
        return None;
    }
    Some(match party_beside(reading, piece) {
        Some(Role::Accuser) => Mechanism::ScareQuoteAccuser,
        Some(_) => Mechanism::ScareQuoteAccused,
        None => Mechanism::ScareQuote,
    })
}

/// The party named nearest to a quotation, in its sentence.
fn party_beside(reading: &Reading<'_>, piece: &Piece) -> Option<Role> {
    let place = reading.tokens[piece.tokens.start].span.start;
    let sentence = reading.own_at(piece.tokens.start)?;
    let parties = sentence.roles.iter().filter(|(role, _)| is_party(*role));
    let distance = |range: &Range<usize>| sentence.tokens[range.start].span.start.abs_diff(place);
    parties.min_by_key(|(role, range)| (distance(range), *role)).map(|(role, _)| *role)
}

/// Log-odds from which a find takes a side.
const SIDED: f64 = 0.7;

/// Words up to which a comment need name nothing to take a side.
const FEW: usize = 8;

/// Whom and what the comment is about, by how often it names them.
fn names<'t>(
    engine: &Engine<'_>,
    reading: &Reading<'t>,
    sarcasm: &Sarcasm<'_>,
    votes: &[Firing<'_>],
    out: &mut List<'t, Firing<'t>>,
) {
    // What is only passed on from a source tells nothing about what the author turns on.
    let told = || reading.own().filter(|s| !s.has(CueKind::Attribution));
    let count = |role| told().flat_map(|s| s.roles).filter(|(r, _)| *r == role).count() as f64;
    let (accuser, accused) = (count(Role::Accuser), count(Role::Accused));
    let lead = (accuser - accused) / (accuser + accused).max(1.0);
    let span = reading.own_span;
    // Words that take a side speak of the allegation even where they name nobody.
    let sided = votes.iter().any(|f| f.weight * engine.rule(f.rule).effect.size() >= SIDED);
    let unnamed = !sided && reading.own().all(|s| s.roles.is_empty());
    let holds = [
        (Mechanism::NamesAccuserMore, lead > 0.0, lead),
        (Mechanism::NamesAccusedMore, lead < 0.0 && sarcasm.level < LEAST_SARCASM, -lead),
        (Mechanism::NamesDeed, count(Role::Deed) > 0.0, 1.0),
        (Mechanism::NamesNothing, unnamed && reading.own_words > FEW, 1.0),
    ];
    for (mechanism, _, weight) in holds.into_iter().filter(|h| h.1) {
        push(engine, mechanism, span, weight, out);
    }
}

/// Words up to which a question is short, and from which a comment with a question is long.
const SHORT: usize = 12;
const LONG: usize = 25;

fn form<'t>(engine: &Engine<'_>, reading: &Reading<'t>, out: &mut List<'t, Firing<'t>>) {
    let span = reading.own_span;
    let marks = reading.own().flat_map(|s| s.tokens).filter(|t| t.word == mark::QUESTION).count();
    let asking = reading.own().filter(|s| s.asks).count();
    let stating = reading.own().count() - asking;
    let holds = [
        (Mechanism::ManyQuestions, marks >= 2),
        (Mechanism::OnlyQuestions, asking > 0 && stating == 0),
        (Mechanism::ShortQuestion, marks > 0 && reading.own_words <= SHORT),
        (Mechanism::QuestionWithText, marks > 0 && stating > 0),
        (Mechanism::LongQuestion, marks > 0 && reading.own_words > LONG),
        (Mechanism::NoOwnWords, reading.own_words == 0),
    ];
    for (mechanism, _) in holds.iter().filter(|h| h.1) {
        push(engine, *mechanism, span, 1.0, out);
    }
}
