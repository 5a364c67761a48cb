//! From rules found to firings: what each find weighs after negation, hedges, questions and whose view it is.

use super::arena::{Arena, List};
use super::engine::{Engine, Role};
use super::grammar::Grammar;
use super::pronoun::{first_named, weaken_other_party};
use super::reading::{Reading, Sentence};
use super::voice::Voice;
use super::{Aspect, Effect};
use crate::rule::{CueKind, Negation, Question, Rule, Scoring, Target};
use crate::source::Span;
use std::fmt;
use std::ops::Range;

/// A rule that fired, with its weight.
#[derive(Debug)]
pub(super) struct Firing<'t> {
    pub rule: usize,
    /// Index of the sentence; `None` for a mechanism.
    pub sentence: Option<usize>,
    pub voice: Voice,
    pub span: Span,
    /// Support and deny change places.
    pub flipped: bool,
    /// In a question: weaker, and adds to query.
    pub questioned: bool,
    pub weight: f64,
    pub modifiers: List<'t, Modifier<'t>>,
}

/// What changed the weight of a firing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Modifier<'t> {
    why: &'t str,
    /// What the weight was multiplied by, for those that say so.
    factor: Option<f64>,
}

/// The firings of all sentences; `before` is the party that the comment answered speaks of.
pub(super) fn vote<'t>(
    engine: &Engine<'_>,
    reading: &Reading<'t>,
    mut before: Option<Role>,
) -> List<'t, Firing<'t>> {
    let mut out = List::with_capacity_in(8, reading.arena);
    for (i, sentence) in reading.sentences.iter().enumerate() {
        let grammar = Grammar { engine, sentence, raw: reading.raw };
        let from = out.len();
        for (rule, range) in &sentence.rules {
            if let Some(mut firing) = fire(engine, reading, i, *rule, range) {
                weaken_other_party(&grammar, before, range, &mut firing);
                out.push(firing);
            }
        }
        before = first_named(sentence).filter(|_| sentence.voice == Voice::Own).or(before);
        override_weaker(engine, &mut out, from);
        soften_rhetorical(engine, &mut out[from..]);
    }
    share_questions(engine, reading, &mut out);
    out
}

impl<'t> Firing<'t> {
    /// A firing of a mechanism.
    pub fn of_mechanism(arena: &'t Arena, rule: usize, span: Span, weight: f64) -> Self {
        let modifiers = List::new_in(arena);
        let (sentence, voice) = (None, Voice::Own);
        Firing { rule, sentence, voice, span, flipped: false, questioned: false, weight, modifiers }
    }

    /// The log-odds it adds per unit of weight.
    pub fn effect(&self, rule: &Rule, scoring: &Scoring) -> Effect {
        let mut effect = rule.effect;
        if self.flipped {
            effect = effect.swapped(scoring.flipped);
        }
        if matches!(self.voice, Voice::Mock | Voice::Puppet) {
            effect = effect.swapped(scoring.mock);
        }
        if self.voice == Voice::Relayed {
            effect = Effect {
                support: effect.support * scoring.relayed,
                deny: effect.deny * scoring.relayed,
                query: effect.query * scoring.relayed,
            };
        }
        if self.questioned {
            let sides = effect.support.abs() + effect.deny.abs();
            effect.support *= scoring.questioned;
            effect.deny *= scoring.questioned;
            effect.query += scoring.question_share * sides;
        }
        effect
    }

    pub fn change(&mut self, factor: f64, why: &'t str) {
        self.weight *= factor;
        self.modifiers.push(Modifier { why, factor: Some(factor) });
    }

    fn flip(&mut self, why: &'t str) {
        self.flipped = !self.flipped;
        self.modifiers.push(Modifier::plain(why));
    }
}

impl<'t> Modifier<'t> {
    /// One that says what happened, not by how much.
    pub fn plain(why: &'t str) -> Self {
        Modifier { why, factor: None }
    }
}

impl fmt::Display for Modifier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.factor {
            Some(factor) => write!(f, "{} ×{factor:.2}", self.why),
            None => f.write_str(self.why),
        }
    }
}

impl Effect {
    /// Support and deny exchanged, all of it at a part of the weight.
    fn swapped(self, factor: f64) -> Effect {
        Effect { support: self.deny * factor, deny: self.support * factor, query: self.query * factor }
    }
}

/// A rule found in a sentence, weighed; `None` if something voids it.
pub(super) fn fire<'t>(
    engine: &Engine<'_>,
    reading: &Reading<'t>,
    i: usize,
    index: usize,
    range: &Range<usize>,
) -> Option<Firing<'t>> {
    let (sentence, rule) = (&reading.sentences[i], engine.rule(index));
    let family = &engine.pack.families[rule.family];
    if sentence.voice != Voice::Own && !family.hedged || inside_other_role(sentence, rule, range) {
        return None;
    }
    let span = sentence.span(range)?;
    let mut firing = Firing::of_mechanism(reading.arena, index, span, 1.0);
    (firing.sentence, firing.voice) = (Some(i), sentence.voice);
    if negated(sentence, range.start) != negated_inside(sentence, range) {
        match rule.negation {
            Negation::Ignore => {}
            Negation::Flip => firing.flip("negated"),
            Negation::Kill => return None,
        }
    }
    if sentence.asks {
        match rule.question {
            Question::Ignore => {}
            Question::Soften => {
                firing.questioned = true;
                firing.modifiers.push(Modifier::plain("asked"));
            }
            Question::Kill => return None,
        }
    }
    if family.hedged {
        modify(&engine.pack.scoring, sentence, rule, range, &mut firing);
    }
    if engine.has_roles && sentence.voice == Voice::Own {
        if family.hedged && !rule.literal {
            others_view(&engine.pack.scoring, sentence, range, &mut firing);
        }
        if family.anchored {
            anchor(&engine.pack.scoring, reading, sentence, &mut firing);
        }
        turn_to_target(sentence, rule, range, &mut firing);
    }
    Some(firing)
}

/// Falsity words that are part of a deed's or the defender's name say nothing about the claim (`false flag`).
fn inside_other_role(sentence: &Sentence<'_>, rule: &Rule, range: &Range<usize>) -> bool {
    let holds = |r: &Range<usize>| r.start <= range.start && range.end <= r.end;
    rule.target.is_some()
        && sentence.roles.iter().any(|(role, r)| matches!(role, Role::Deed | Role::Defender) && holds(r))
}

/// An odd number of negations at most four words before, with no border between.
pub(super) fn negated(sentence: &Sentence<'_>, at: usize) -> bool {
    const REACH: usize = 4;
    let before = sentence.negations.partition_point(|r| r.end <= at);
    let near = sentence.negations[..before].iter().rev().take_while(|r| sentence.words(r.end..at) <= REACH);
    near.filter(|r| !sentence.is_cut(r.end, at)).count() % 2 == 1
}

/// A negation in a gap of the find: `Norland does not blame`.
fn negated_inside(sentence: &Sentence<'_>, range: &Range<usize>) -> bool {
    let first = sentence.negations.partition_point(|r| r.start <= range.start);
    let inside = sentence.negations[first..].iter().take_while(|r| r.end < range.end);
    inside.count() % 2 == 1
}

/// Hedges, conditions, attribution, contrast, concession.
fn modify(
    scoring: &Scoring,
    sentence: &Sentence<'_>,
    rule: &Rule,
    range: &Range<usize>,
    firing: &mut Firing<'_>,
) {
    let contrasts = || sentence.cues(CueKind::Contrast).iter().map(|r| r.start);
    let from = contrasts().filter(|c| *c <= range.start).max().unwrap_or(0);
    if sentence.cues(CueKind::Hedge).iter().any(|r| r.start >= from && r.end <= range.end) {
        firing.change(scoring.hedge, "hedged");
    }
    condition(scoring, sentence, range, firing);
    if rule.presupposes && sentence.has(CueKind::Attribution) {
        firing.change(scoring.attribution, "attributed");
    }
    match (contrasts().next(), contrasts().next_back()) {
        _ if contrasts().any(|c| range.contains(&c)) => {}
        (Some(first), _) if range.start < first && first >= 2 => {
            firing.change(scoring.before_contrast, "before a contrast")
        }
        (_, Some(last)) if last <= range.start => firing.change(scoring.after_contrast, "after a contrast"),
        (None, _) if sentence.cues(CueKind::Concession).iter().any(|r| r.start <= range.start) => {
            firing.change(scoring.concession, "conceded");
        }
        _ => {}
    }
}

fn condition(scoring: &Scoring, sentence: &Sentence<'_>, range: &Range<usize>, firing: &mut Firing<'_>) {
    const REACH: usize = 8;
    let near = |r: &&Range<usize>| r.end <= range.start && range.start - r.end <= REACH;
    let Some(cue) = sentence.cues(CueKind::Condition).iter().find(near) else { return };
    let comma = sentence.tokens.iter().position(|t| t.word == crate::text::mark::COMMA);
    let opens = sentence.words(0..cue.start) <= 1 && comma.is_none_or(|c| range.start < c);
    let (factor, why) =
        if opens { (scoring.if_clause, "in an if-clause") } else { (scoring.condition, "conditional") };
    firing.change(factor, why);
}

/// What others pretend is not the author's view; what they hold may be.
fn others_view(scoring: &Scoring, sentence: &Sentence<'_>, range: &Range<usize>, firing: &mut Firing<'_>) {
    let reaches = |r: &&Range<usize>| r.end <= range.start && !sentence.is_cut(r.end, range.start);
    let pretend = sentence.cues(CueKind::OthersPretend).iter().rfind(reaches).is_some();
    let hold = sentence.cues(CueKind::OthersHold).iter().rfind(reaches).is_some();
    if pretend || hold && sentence.asks {
        firing.flip("others' view");
        firing.change(scoring.others_pretend, "others' view");
    } else if hold {
        firing.change(scoring.others_hold, "others' view");
    }
}

/// In a long comment a sentence that names no role is likely about something else.
fn anchor(scoring: &Scoring, reading: &Reading<'_>, sentence: &Sentence<'_>, firing: &mut Firing<'_>) {
    if !sentence.roles.is_empty() || reading.own_words <= scoring.unanchored_from_words {
        return;
    }
    let opens =
        |p: &str| sentence.tokens.first().is_some_and(|t| t.text(reading.raw).eq_ignore_ascii_case(p));
    let pronoun =
        ["this", "that", "it", "they", "these", "sounds", "such", "more", "total"].iter().any(|p| opens(p));
    let factor = if pronoun { scoring.unanchored_pronoun } else { scoring.unanchored };
    firing.change(factor, "names no role");
}

/// A falsity or lie word belongs to the role that stands nearest.
fn turn_to_target(sentence: &Sentence<'_>, rule: &Rule, range: &Range<usize>, firing: &mut Firing<'_>) {
    let Some(target) = rule.target else { return };
    let distance =
        |r: &Range<usize>| r.start.saturating_sub(range.end).max(range.start.saturating_sub(r.end));
    let nearest = sentence.roles.iter().min_by_key(|(role, r)| (distance(r), *role)).map(|(role, _)| *role);
    match nearest {
        Some(Role::Defender) => firing.flip("said of the defender"),
        Some(Role::Accused) if target == Target::Lie => firing.flip("said of the accused"),
        _ => {}
    }
}

/// Takes those out, of the firings from a place on, that others of them override.
fn override_weaker(engine: &Engine<'_>, firings: &mut List<'_, Firing<'_>>, from: usize) {
    let out: Vec<&String> = firings[from..].iter().flat_map(|f| &engine.rule(f.rule).overrides).collect();
    if !out.is_empty() {
        // Only the sentence's own firings are moved: a long comment has many sentences.
        let mut at = from;
        while let Some(firing) = firings.get(at) {
            if out.contains(&&engine.rule(firing.rule).id) {
                firings.remove(at);
            } else {
                at += 1;
            }
        }
    }
}

/// A plain question: it asks, and nothing marks it as rhetorical or leading.
fn is_plain_question(rule: &Rule) -> bool {
    rule.effect.query > 0.0 && rule.effect.deny <= 0.0 && rule.aspect != Some(Aspect::AsksVeracity)
}

fn soften_rhetorical(engine: &Engine<'_>, firings: &mut [Firing<'_>]) {
    if firings.iter().any(|f| engine.rule(f.rule).aspect == Some(Aspect::RhetoricalQuestion)) {
        for firing in firings.iter_mut().filter(|f| is_plain_question(engine.rule(f.rule))) {
            firing.change(engine.pack.scoring.rhetorical, "rhetorical");
        }
    }
}

/// One question among many statements is talk, not a query.
fn share_questions(engine: &Engine<'_>, reading: &Reading<'_>, firings: &mut [Firing<'_>]) {
    const SENTENCES: usize = 3;
    let own = reading.own().count();
    if own < SENTENCES {
        return;
    }
    let asking = reading.own().filter(|s| s.asks).count();
    let share = (asking as f64 / own as f64).max(engine.pack.scoring.least_question_share);
    for firing in firings.iter_mut().filter(|f| engine.rule(f.rule).effect.query > 0.0 && share < 1.0) {
        firing.change(share, "among statements");
    }
}
