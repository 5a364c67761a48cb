//! Attitudes composed from who does what to whom: words of the connotation lexicon, the deed done by the accuser, and
//! the well-known deeds of either side.

use super::arena::{Arena, List, listed};
use super::engine::{Engine, Role, is_party};
use super::grammar::Grammar;
use super::pronoun::first_named;
use super::reading::Reading;
use super::voice::Voice;
use super::vote::{Firing, Modifier, fire};
use crate::rule::kin::Side;
use crate::rule::{Connotation, Mechanism, Part};
use std::ops::Range;

/// Weight of an attitude of 1, 2 and 3.
const WEIGHTS: [f64; 4] = [0.0, 0.35, 0.8, 1.2];
/// Weight of a party that only a pronoun names.
const PRONOUN: f64 = 0.6;
/// What an unanchored word about the claim keeps.
const UNANCHORED: f64 = 0.4;
/// Words up to which a comment is taken to be about the claim.
const SHORT: usize = 20;
/// A find of other rules counts the word already if it weighs this much.
const COUNTED: f64 = 0.3;

/// The firings of all sentences in the author's own voice.
pub(super) fn connotations<'t>(
    engine: &'t Engine<'_>,
    reading: &Reading<'t>,
    votes: &[Firing<'_>],
) -> List<'t, Firing<'t>> {
    let mut out = List::new_in(reading.arena);
    let mut before = None;
    for (i, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| s.voice == Voice::Own) {
        // Votes stand in the order of their sentences.
        let from = votes.partition_point(|f| f.sentence < Some(i));
        let to = votes.partition_point(|f| f.sentence <= Some(i));
        let deed = || sentence.roles.iter().any(|(role, _)| *role == Role::Deed);
        if !sentence.connotations.is_empty() || !sentence.kin_deeds.is_empty() || deed() {
            let grammar = Grammar { engine, sentence, raw: reading.raw };
            let parties = parties(&grammar, before, reading.arena);
            let votes = &votes[from..to];
            let mut pass =
                Pass { engine, reading, index: i, grammar, parties, votes, last: None, out: &mut out };
            pass.words();
            pass.deeds();
            pass.kin_deeds();
        }
        before = first_named(sentence).or(before);
    }
    out
}

/// A mention of a party.
#[derive(Debug, Clone)]
struct Party {
    role: Role,
    place: Range<usize>,
    /// 1 for a name, less for a pronoun.
    share: f64,
}

/// The parties of a sentence in order; a pronoun stands for the one named last, else for the one the sentence before
/// began with. One without a name before it stands for nobody.
fn parties<'t>(grammar: &Grammar<'_>, before: Option<Role>, arena: &'t Arena) -> &'t [Party] {
    let sentence = grammar.sentence;
    let named = sentence.roles.iter().filter(|(r, _)| is_party(*r));
    let party =
        |(role, place): &(Role, Range<usize>)| Party { role: *role, place: place.clone(), share: 1.0 };
    let mut out = listed(arena, named.map(party));
    out.sort_unstable_by_key(|p| (p.place.start, std::cmp::Reverse(p.place.end), p.role));
    out.dedup_by(|next, kept| next.place.start < kept.place.end);
    let names = out.len();
    for at in (0..sentence.tokens.len()).filter(|i| grammar.is_third_person(*i)) {
        let named = &out[..names];
        if named.iter().any(|p| p.place.contains(&at)) || grammar.is_owner(at) {
            continue;
        }
        let last = named.iter().filter(|p| p.place.end <= at).max_by_key(|p| p.place.end);
        if let Some(role) = last.map(|p| p.role).or(before) {
            out.push(Party { role, place: at..at + 1, share: PRONOUN });
        }
    }
    out.sort_unstable_by_key(|p| p.place.start);
    out.into_bump_slice()
}

struct Pass<'a, 't> {
    engine: &'t Engine<'t>,
    reading: &'a Reading<'t>,
    index: usize,
    grammar: Grammar<'a>,
    parties: &'t [Party],
    /// What other rules found in this sentence.
    votes: &'a [Firing<'a>],
    /// The subject of the verb before, for verbs that share one.
    last: Option<Party>,
    out: &'a mut List<'t, Firing<'t>>,
}

impl<'t> Pass<'_, 't> {
    fn words(&mut self) {
        let mut found = listed(self.reading.arena, self.grammar.sentence.connotations.iter().cloned());
        found.sort_unstable_by_key(|(entry, r)| (r.start, std::cmp::Reverse(r.end), *entry));
        let mut reached = 0;
        for (entry, range) in found {
            let entry: &'t Connotation = &self.engine.pack.connotations[entry];
            if range.start < reached && !self.same_place(range.clone(), reached) || !self.fits(entry, &range)
            {
                continue;
            }
            reached = range.end;
            if !self.is_counted(&range) && !self.inside_name(&range) {
                self.word(entry, &range);
            }
        }
    }

    /// Two entries of one form: the part of speech decides between them.
    fn same_place(&self, range: Range<usize>, reached: usize) -> bool {
        range.end == reached
    }

    /// The place asks for this part of speech.
    fn fits(&self, entry: &Connotation, range: &Range<usize>) -> bool {
        let noun_place = self.grammar.is_noun_place(range.start);
        let text = self.grammar.sentence.tokens[range.start].text(self.reading.raw);
        match entry.part {
            Part::Noun => noun_place || !entry.also_verb,
            Part::Verb => !noun_place || text.ends_with("ing") || text.ends_with("ed"),
            Part::Adjective | Part::Phrase => true,
        }
    }

    fn is_counted(&self, range: &Range<usize>) -> bool {
        let Some(span) = self.grammar.sentence.span(range) else { return true };
        self.votes.iter().any(|f| {
            let sides = self.engine.rule(f.rule).effect;
            f.span.start < span.end
                && span.start < f.span.end
                && f.weight * sides.support.abs().max(sides.deny.abs()) >= COUNTED
        })
    }

    fn inside_name(&self, range: &Range<usize>) -> bool {
        let covers = |r: &Range<usize>| r.start <= range.start && range.end <= r.end;
        self.grammar.sentence.roles.iter().any(|(role, r)| is_party(*role) && covers(r))
    }

    fn word(&mut self, entry: &'t Connotation, range: &Range<usize>) {
        let (agent, patient) = match entry.part {
            Part::Verb => self.verb(range),
            Part::Noun => self.noun(range),
            Part::Adjective => (self.described(range), None),
            Part::Phrase => (
                self.subject(range.start).or_else(|| self.bearer(range)).or_else(|| self.addressed(range)),
                None,
            ),
        };
        let defended = [&agent, &patient].into_iter().flatten().any(|p| p.role != Role::Accuser);
        if let Some(party) = &agent {
            let asked = entry.agent > 0 && self.grammar.is_demanded(range.start);
            self.attitude(entry, if asked { -1 } else { entry.agent }, party, range);
        }
        let toward = if entry.part == Part::Noun { -entry.agent } else { entry.patient };
        if let Some(party) = patient.as_ref().filter(|_| self.is_authors(entry, range)) {
            self.attitude(entry, toward, party, range);
        }
        if entry.claim != 0 && !(defended && entry.agent != 0) {
            let mechanism = if entry.claim < 0 { Mechanism::ClaimDoubted } else { Mechanism::ClaimBacked };
            self.push(mechanism, range, self.claim_weight(entry.claim), &entry.entry);
        }
    }

    /// Who is helped or praised by others is not praised by the author, unless the author asks for it; who is wronged,
    /// or plainly deserves it, is taken sides with.
    fn is_authors(&self, entry: &Connotation, range: &Range<usize>) -> bool {
        let grammar = &self.grammar;
        let own = || {
            grammar.has_own_subject(range.start)
                || grammar.opens_sentence(range.start)
                || grammar.is_demanded(range.start)
        };
        entry.agent < 0 || entry.patient < 0 || entry.patient > 1 || own()
    }

    /// A word about the claim counts less in a sentence that names neither a party nor the deed nor the claim.
    fn claim_weight(&self, claim: i8) -> f64 {
        let anchored = !self.grammar.sentence.roles.is_empty() || self.reading.own_words <= SHORT;
        let anchor = if anchored { 1.0 } else { UNANCHORED };
        WEIGHTS[usize::from(claim.unsigned_abs()).min(3)] * anchor
    }

    fn attitude(&mut self, entry: &'t Connotation, attitude: i8, party: &Party, range: &Range<usize>) {
        let mechanism = match (party.role, attitude.signum()) {
            (_, 0) => return,
            (Role::Accuser, -1) => Mechanism::AccuserBlamed,
            (Role::Accuser, _) => Mechanism::AccuserBacked,
            (Role::Defender, -1) => Mechanism::DefenderBlamed,
            (Role::Defender, _) => Mechanism::DefenderBacked,
            (_, -1) => Mechanism::AccusedBlamed,
            (_, _) => Mechanism::AccusedBacked,
        };
        self.push(
            mechanism,
            range,
            WEIGHTS[usize::from(attitude.unsigned_abs()).min(3)] * party.share,
            &entry.entry,
        );
    }

    /// Agent and patient of a verb.
    fn verb(&mut self, range: &Range<usize>) -> (Option<Party>, Option<Party>) {
        let subject = self.subject(range.start).or_else(|| self.shared_subject(range.start));
        if self.grammar.is_passive(range) {
            let by = self.grammar.by(range.end).and_then(|from| self.starting_near(from));
            return (by, subject);
        }
        self.last.clone_from(&subject);
        let inside = self.parties.iter().find(|p| range.start < p.place.start && p.place.end < range.end);
        if let Some(object) = inside {
            return (subject, Some(object.clone()));
        }
        let object = self.parties.iter().find(|p| p.place.start >= range.end);
        let is_object = |p: &&Party| self.grammar.is_object(&p.place, range.end);
        let owner = |p: &Party| p.share < 1.0 && self.grammar.is_owner(p.place.start);
        let object = object.filter(|p| is_object(p) && !owner(p)).cloned();
        (subject, object)
    }

    /// Doer and done-to of a noun: of an act, the party behind `of` or `against` is the one it is done to.
    fn noun(&self, range: &Range<usize>) -> (Option<Party>, Option<Party>) {
        let act = self.grammar.is_act(range.end - 1);
        let done_to = |p: &&Party| act && self.grammar.is_done_to(&p.place, range);
        match self.parties.iter().find(done_to) {
            Some(party) => (None, Some(party.clone())),
            None => (self.bearer(range), None),
        }
    }

    fn subject(&self, at: usize) -> Option<Party> {
        if self.grammar.is_noun_place(at) {
            return None;
        }
        self.ending_at(self.grammar.subject_end(at)?)
    }

    /// `Norland lied, cheated and framed`: a verb behind `and` or a comma has the subject of the verb before.
    fn shared_subject(&self, at: usize) -> Option<Party> {
        let before = &self.grammar.sentence.tokens.get(at.checked_sub(1)?)?;
        let before = before.text(self.reading.raw);
        ["and", ",", "or", "then"]
            .iter()
            .any(|w| w.eq_ignore_ascii_case(before))
            .then(|| self.last.clone())
            .flatten()
    }

    fn ending_at(&self, end: usize) -> Option<Party> {
        self.parties.iter().rev().find(|p| self.grammar.group_has(&p.place, end)).cloned()
    }

    fn starting_near(&self, from: usize) -> Option<Party> {
        const NEAR: usize = 3;
        self.parties.iter().find(|p| p.place.start >= from && p.place.start <= from + NEAR).cloned()
    }

    /// Whom a noun is said of: `X is a …`, `X's …`, `… of X`.
    fn bearer(&self, range: &Range<usize>) -> Option<Party> {
        let predicated = self.grammar.predicated_of(range.start).and_then(|end| self.ending_at(end));
        predicated.or_else(|| self.parties.iter().find(|p| self.grammar.owns(&p.place, range)).cloned())
    }

    /// `Kudos to the NBI`, `bravo, NBI`: the party right behind a phrase.
    fn addressed(&self, range: &Range<usize>) -> Option<Party> {
        self.parties.iter().find(|p| self.grammar.follows_closely(&p.place, range.end)).cloned()
    }

    /// `Norland's own smuggling`, `smuggling by the NBI`; in `the NBI hack` the party may be the one it is done to.
    fn possessor(&self, range: &Range<usize>) -> Option<Party> {
        let by = self.grammar.by(range.end).and_then(|from| self.starting_near(from));
        by.or_else(|| self.parties.iter().find(|p| self.grammar.possesses(&p.place, range)).cloned())
    }

    /// Whom an adjective is said of: `X is …`, `… X`.
    fn described(&self, range: &Range<usize>) -> Option<Party> {
        let predicated = self.grammar.predicated_of(range.start).and_then(|end| self.ending_at(end));
        let close = |p: &&Party| p.place.start >= range.end && p.place.start <= range.end + 1;
        predicated.or_else(|| self.parties.iter().find(close).cloned())
    }

    /// The deed done by the accuser, or owned by it.
    fn deeds(&mut self) {
        let sentence = self.grammar.sentence;
        for (_, range) in sentence.roles.iter().filter(|(role, _)| *role == Role::Deed) {
            let doer = if self.grammar.is_passive(range) {
                self.grammar.by(range.end).and_then(|from| self.starting_near(from))
            } else {
                self.subject(range.start).or_else(|| self.possessor(range))
            };
            if let Some(party) = doer.filter(|p| p.role == Role::Accuser && !p.place.contains(&range.start)) {
                self.push(Mechanism::AccuserDidDeed, range, party.share, "the accuser's own deed");
            }
        }
    }

    fn kin_deeds(&mut self) {
        for (side, range) in self.grammar.sentence.kin_deeds {
            let mechanism = match side {
                Side::Accuser => Mechanism::CounterDeed,
                Side::Accused => Mechanism::LikeDeed,
            };
            self.push(mechanism, range, 1.0, "a well-known deed");
        }
    }

    fn push(&mut self, mechanism: Mechanism, range: &Range<usize>, weight: f64, why: &'t str) {
        let Some(rule) = self.engine.mechanism(mechanism) else { return };
        // A negation inside the entry belongs to it: only those before its first word count.
        let first = range.start..range.start + 1;
        let Some(mut firing) = fire(self.engine, self.reading, self.index, rule, &first) else { return };
        firing.span = self.grammar.sentence.span(range).unwrap_or(firing.span);
        firing.weight *= weight;
        firing.modifiers.insert(0, Modifier::plain(why));
        let here = self.out.iter().rev().take_while(|f| f.sentence == Some(self.index));
        if !here.into_iter().any(|f| f.rule == rule && f.span == firing.span) {
            self.out.push(firing);
        }
    }
}

/// What firings of this module add: log-odds toward support minus those toward deny.
pub(super) fn lean(engine: &Engine<'_>, firings: &[Firing<'_>]) -> f64 {
    let own = firings.iter().filter(|f| f.sentence.is_some());
    let effects = own.map(|f| (f.effect(engine.rule(f.rule), &engine.pack.scoring), f.weight));
    effects.map(|(e, weight)| (e.support - e.deny) * weight).sum()
}
