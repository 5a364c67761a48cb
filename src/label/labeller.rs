//! The labeller: the passes in their order.

use super::answer::{self, Said};
use super::arena::{Arena, List, listed};
use super::engine::{Engine, Meaning, Role};
use super::feature::{Feature, features};
use super::reading::{Reading, read};
use super::rumour::{Place, Trace};
use super::sarcasm::{Sarcasm, invert, sarcasm};
use super::voice::Voice;
use super::vote::{Firing, Modifier, vote};
use super::{
    Aspect, Label, Labelled, Probabilities, Sentiment, connotation, mechanism, pronoun, reply, rumour, score,
    sentiment,
};
use crate::error::Result;
use crate::profile::{Mode, Profile};
use crate::rule::{CueKind, Rule, RulePack, Weights};
use crate::source::Span;
use crate::text::Token;
use crate::thread::{Body, Comment, CommentId, Text, Thread};
use std::borrow::Cow;

/// Labels threads with one rule pack and one profile.
#[derive(Debug)]
pub struct Labeller<'p> {
    engine: Engine<'p>,
}

impl<'p> Labeller<'p> {
    /// Compiles a pack for a profile.
    ///
    /// # Errors
    /// Those of compiling the pack.
    pub fn new(pack: &'p RulePack, profile: &Profile) -> Result<Self> {
        Labeller::with_rules(pack, profile, |_| true)
    }

    /// As [`Labeller::new`], with the rules for which `runs` is true.
    ///
    /// # Errors
    /// As [`Labeller::new`].
    pub fn with_rules(pack: &'p RulePack, profile: &Profile, runs: impl Fn(&Rule) -> bool) -> Result<Self> {
        Ok(Labeller { engine: Engine::new(pack, profile, runs)? })
    }

    /// Puts fitted weights in the place of the hand weights.
    #[must_use]
    pub fn weighed_by(mut self, weights: &Weights) -> Self {
        self.engine.weigh_by(weights);
        self
    }

    /// Log-odds before evidence (support, deny, query, comment) and temperature.
    pub fn hand_bias(&self) -> ([f64; 4], f64) {
        (self.engine.bias, self.engine.temperature)
    }

    /// Labels every comment of a thread that has words, parents before their replies.
    pub fn label<'t>(&self, thread: &'t Thread) -> Labelled<'t> {
        let mut labels: Vec<Option<Label>> = vec![None; thread.comments().len()];
        self.walk(thread, |id, _, _, label| labels[id.0 as usize] = Some(label));
        Labelled::new(thread, labels)
    }

    /// As [`Labeller::label`], but each label is given to `each` as it is made, in the order of [`Thread::walk`].
    pub fn label_each(&self, thread: &Thread, mut each: impl FnMut(CommentId, Label)) {
        self.walk(thread, |id, _, _, label| each(id, label));
    }

    /// The features of every comment of a thread that has words, in page order.
    pub fn features(&self, thread: &Thread) -> Vec<Option<Vec<Feature>>> {
        let mut out = vec![None; thread.comments().len()];
        self.walk(thread, |id, firings, amounts, _| {
            out[id.0 as usize] = Some(features(&self.engine, firings, amounts));
        });
        out
    }

    fn walk(&self, thread: &Thread, mut each: impl FnMut(CommentId, &[Firing<'_>], &[f64], Label)) {
        let count = thread.comments().len();
        let mut known: Vec<Option<Probabilities>> = vec![None; count];
        let mut said: Vec<Option<Said>> = vec![None; count];
        let mut topics: Vec<Option<Role>> = vec![None; count];
        let mut traces: Vec<Trace> = vec![Trace::default(); if self.is_rumour() { count } else { 0 }];
        let mut sources: Vec<CommentId> = (0..count as u32).map(CommentId).collect();
        // Under a missing post the thread's own first post stands for it.
        let written = |id: &CommentId| thread.get(*id).is_some_and(|c| c.body != Body::Missing);
        let first = thread.roots().iter().copied().find(written);
        let forum = self.is_rumour() && rumour::is_forum(thread);
        let (mut arena, mut tokens) = (Arena::new(), Vec::new());
        for id in thread.walk() {
            arena.reset();
            let parent = thread.parent(id);
            let root = parent.map_or(id, |p| sources[p.0 as usize]);
            let missing = thread.get(root).is_some_and(|c| c.body == Body::Missing);
            sources[id.0 as usize] = if missing { first.unwrap_or(root) } else { root };
            let topic = parent.and_then(|p| topics[p.0 as usize]);
            topics[id.0 as usize] = topic;
            let Some((comment, text)) = thread.get(id).and_then(|c| Some((c, c.body.text()?))) else {
                continue;
            };
            let joined = joined(comment, text);
            tokens.clear();
            self.engine.add_tokens(&joined, &mut tokens);
            let mut read = self.first_pass(&arena, &joined, &tokens, topic);
            topics[id.0 as usize] = pronoun::topic(&self.engine, &read.reading).or(topic);
            // On rumour threads, what replies take from their parents did harm (measured on RumourEval).
            let answered = parent.filter(|_| !self.is_rumour()).and_then(|p| known[p.0 as usize].as_ref());
            if let Some(parent) = answered {
                let more = reply::replies(&self.engine, &read.reading, &read.sarcasm, &read.firings, parent);
                read.firings.extend(more);
            }
            let tone = sentiment::sentiment(&self.engine, &read.reading, &read.sarcasm, &read.firings);
            let asked = parent.and_then(|p| said[p.0 as usize].as_ref());
            let own = || answer::said(&self.engine, &read.reading, tone.1);
            let own = (asked.is_some() || !thread.children(id).is_empty()).then(own);
            let answer = asked.zip(own.as_ref());
            let answer =
                answer.map(|(p, own)| answer::answer(&self.engine, &read.reading, &read.firings, own, p));
            said[id.0 as usize] = own.filter(|_| !thread.children(id).is_empty());
            if self.is_rumour() {
                let trace = rumour::trace(&self.engine, &read.reading, sources[id.0 as usize] == id);
                let source = Some(sources[id.0 as usize]).filter(|s| *s != id);
                let trace_of = |i: CommentId| &traces[i.0 as usize];
                let source = source.map(|s| (s, trace_of(s)));
                let place = Place { thread, id, source, parent: parent.map(trace_of), forum };
                let found = rumour::Read { firings: &read.firings, tone: tone.1 };
                let more = rumour::rumour(&self.engine, &read.reading, &trace, &place, &found);
                read.firings.extend(more);
                traces[id.0 as usize] = trace;
            }
            move_out_of_subject(&mut read.firings, (joined.len() - text.raw().len()) as u32);
            let (amounts, mut label) = self.decide(&read, text, tone);
            label.show(answer, self.engine.pack.scoring.answer_shown_from);
            known[id.0 as usize] = Some(label.probabilities);
            each(id, &read.firings, amounts, label);
        }
    }

    fn is_rumour(&self) -> bool {
        self.engine.mode == Mode::Rumour
    }

    /// Ids and spans of the rules that fire on a text by itself, and whether each is turned around.
    pub(crate) fn fired(&self, raw: &str) -> Vec<(&'p str, Span, bool)> {
        let (arena, tokens) = (Arena::new(), self.engine.tokens(raw));
        let read = self.first_pass(&arena, raw, &tokens, None);
        let live = read.firings.iter().filter(|f| f.weight > score::LEAST_SHOWN && f.voice == Voice::Own);
        live.map(|f| (self.engine.rule(f.rule).id.as_str(), f.span, f.flipped)).collect()
    }

    /// What an entry of the connotation lexicon adds in a text by itself: log-odds toward support minus deny.
    pub(crate) fn lean_of(&self, entry: &str, raw: &str) -> f64 {
        let (arena, tokens) = (Arena::new(), self.engine.tokens(raw));
        let mut reading = read(&self.engine, &arena, raw, &tokens);
        let own = |found: &&(usize, _)| self.engine.pack.connotations[found.0].entry == entry;
        for sentence in reading.sentences.iter_mut() {
            let kept = listed(&arena, sentence.connotations.iter().filter(own).cloned());
            sentence.connotations = kept.into_bump_slice();
        }
        let firings = connotation::connotations(&self.engine, &reading, &[]);
        connotation::lean(&self.engine, &firings)
    }

    /// Kinds of the cues found in a text.
    pub(crate) fn cues(&self, raw: &str) -> Vec<CueKind> {
        let tokens = self.engine.tokens(raw);
        let found =
            self.engine.find_voices(&tokens).into_iter().chain(self.engine.find_votes(&tokens, |_| true));
        let kind = |meaning| match meaning {
            Meaning::Cue(kind) => Some(kind),
            Meaning::Idiom(_) => Some(CueKind::Idiom),
            _ => None,
        };
        found.filter_map(|(meaning, _)| kind(meaning)).collect()
    }

    /// What a comment says by itself; a pronoun without a name before it stands for `topic`.
    fn first_pass<'t>(
        &'t self,
        arena: &'t Arena,
        raw: &'t str,
        tokens: &'t [Token],
        topic: Option<Role>,
    ) -> FirstPass<'t> {
        let reading = read(&self.engine, arena, raw, tokens);
        let sarcasm = sarcasm(&self.engine, &reading);
        let mut firings = vote(&self.engine, &reading, topic);
        if self.engine.has_roles {
            let more = connotation::connotations(&self.engine, &reading, &firings);
            firings.extend(more);
        }
        invert(&self.engine, &sarcasm, &mut firings);
        let more = mechanism::mechanisms(&self.engine, &reading, &sarcasm, &firings);
        firings.extend(more);
        FirstPass { reading, sarcasm, firings }
    }

    fn decide<'t>(&self, read: &FirstPass<'t>, text: &Text, tone: (Sentiment, f64)) -> (&'t [f64], Label) {
        let (engine, firings, arena) = (&self.engine, &read.firings, read.reading.arena);
        let amounts = score::capped(&engine.pack.scoring, arena, firings);
        let (total, effects) = score::score(engine, arena, firings, amounts);
        let mut label = Label::new(total.stance(engine), total.probabilities(engine), tone.0);
        label.unsure = label.confidence < engine.pack.scoring.unsure_below;
        label.sentiment_score = tone.1;
        label.aspects = score::aspects(engine, firings, total.both_sides);
        if read.reading.voices.pieces.iter().any(|p| p.voice == Voice::Pasted) {
            label.aspects.push(Aspect::PastedArticle);
            label.aspects.sort_unstable();
        }
        label.evidence = score::evidence(engine, arena, firings, effects, text);
        (amounts, label)
    }

    /// Every rule that fires on a text by itself, in any voice and at any weight, with the words in the text; also those
    /// whose effect is nothing, which show in no evidence.
    pub fn firings(&self, raw: &str) -> Vec<(&'p str, Span)> {
        let (arena, tokens) = (Arena::new(), self.engine.tokens(raw));
        let read = self.first_pass(&arena, raw, &tokens, None);
        read.firings.iter().map(|f| (self.engine.rule(f.rule).id.as_str(), f.span)).collect()
    }
}

/// The subject, unless it only repeats another's, stands before the words.
fn joined<'t>(comment: &Comment, text: &'t Text) -> Cow<'t, str> {
    match comment.subject.as_deref().filter(|s| !s.starts_with("Re:")) {
        Some(subject) => Cow::Owned(format!("{subject}\n\n{}", text.raw())),
        None => Cow::Borrowed(text.raw()),
    }
}

/// A subject is read before the words. Evidence in it has no place in the words: its span is empty.
fn move_out_of_subject(firings: &mut [Firing<'_>], shift: u32) {
    for firing in firings.iter_mut().filter(|_| shift > 0) {
        if firing.span.start < shift {
            firing.modifiers.push(Modifier::plain("in the subject"));
        }
        firing.span =
            Span::new(firing.span.start.saturating_sub(shift), firing.span.end.saturating_sub(shift));
    }
}

struct FirstPass<'t> {
    reading: Reading<'t>,
    sarcasm: Sarcasm<'t>,
    firings: List<'t, Firing<'t>>,
}
