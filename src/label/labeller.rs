//! The labeller: the passes in their order.

use super::engine::{Engine, Meaning};
use super::reading::{Reading, read};
use super::sarcasm::{Sarcasm, invert, sarcasm};
use super::voice::Voice;
use super::vote::{Firing, vote};
use super::{Aspect, Label, Labelled, Probabilities, mechanism, reply, score, sentiment};
use crate::error::Result;
use crate::profile::Profile;
use crate::rule::{CueKind, Rule, RulePack};
use crate::source::Span;
use crate::thread::{Comment, Text, Thread};

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

    /// Labels every comment of a thread that has words, parents before their replies.
    pub fn label<'t>(&self, thread: &'t Thread) -> Labelled<'t> {
        let mut labels: Vec<Option<Label>> = vec![None; thread.comments().len()];
        for id in thread.walk() {
            let Some(comment) = thread.get(id) else { continue };
            let parent =
                thread.parent(id).and_then(|p| labels[p.0 as usize].as_ref()).map(|l| l.probabilities);
            labels[id.0 as usize] = self.comment(comment, parent.as_ref());
        }
        Labelled::new(thread, labels)
    }

    /// Labels one comment; `parent` is what is known of the one it answers.
    pub fn comment(&self, comment: &Comment, parent: Option<&Probabilities>) -> Option<Label> {
        let text = comment.body.text()?;
        let subject = comment.subject.as_deref().filter(|s| !s.starts_with("Re:"));
        let joined = subject.map(|s| format!("{s}\n\n{}", text.raw()));
        let shift = subject.map_or(0, |s| s.len() as u32 + 2);
        let read = self.first_pass(joined.as_deref().unwrap_or(text.raw()));
        let mut firings = read.firings;
        if let Some(parent) = parent {
            firings.extend(reply::replies(&self.engine, &read.reading, &read.sarcasm, &firings, parent));
        }
        move_out_of_subject(&mut firings, shift);
        Some(self.decide(&read.reading, &read.sarcasm, &firings, text))
    }

    /// Ids and spans of the rules that fire on a text by itself, and whether each is turned around.
    pub(crate) fn fired(&self, raw: &str) -> Vec<(&'p str, Span, bool)> {
        let read = self.first_pass(raw);
        let live = read.firings.iter().filter(|f| f.weight > score::LEAST_SHOWN && f.voice == Voice::Own);
        live.map(|f| (self.engine.rule(f.rule).id.as_str(), f.span, f.flipped)).collect()
    }

    /// Kinds of the cues found in a text.
    pub(crate) fn cues(&self, raw: &str) -> Vec<CueKind> {
        let tokens = self.engine.tokens(raw);
        let found =
            self.engine.find_voices(&tokens).into_iter().chain(self.engine.find_votes(&tokens, |_| true));
        let kind = |meaning| match meaning {
            Meaning::Cue(kind) => Some(kind),
            Meaning::Idiom(_) => Some(CueKind::Idiom),
            Meaning::Rule(_) | Meaning::Role(_) => None,
        };
        found.filter_map(|(meaning, _)| kind(meaning)).collect()
    }

    fn first_pass<'t>(&self, raw: &'t str) -> FirstPass<'t> {
        let reading = read(&self.engine, raw);
        let sarcasm = sarcasm(&self.engine, &reading);
        let mut firings = vote(&self.engine, &reading);
        invert(&self.engine, &sarcasm, &mut firings);
        let more = mechanism::mechanisms(&self.engine, &reading, &sarcasm, &firings);
        firings.extend(more);
        FirstPass { reading, sarcasm, firings }
    }

    fn decide(&self, reading: &Reading<'_>, sarcasm: &Sarcasm, firings: &[Firing], text: &Text) -> Label {
        let (total, effects) = score::score(&self.engine, firings);
        let scoring = &self.engine.pack.scoring;
        let probabilities = total.probabilities(scoring);
        let stance = probabilities.likeliest();
        let (sentiment, sentiment_score) = sentiment::sentiment(&self.engine, reading, sarcasm, firings);
        let mut label = Label::new(stance, probabilities, sentiment);
        label.unsure = label.confidence < scoring.unsure_below;
        label.sentiment_score = sentiment_score;
        label.aspects = score::aspects(&self.engine, firings, total.both_sides);
        if reading.voices.pieces.iter().any(|p| p.voice == Voice::Pasted) {
            label.aspects.push(Aspect::PastedArticle);
            label.aspects.sort();
        }
        label.evidence = score::evidence(&self.engine, firings, &effects, text);
        label
    }
}

/// A subject is read before the words. Evidence in it has no place in the words: its span is empty.
fn move_out_of_subject(firings: &mut [Firing], shift: u32) {
    for firing in firings.iter_mut().filter(|_| shift > 0) {
        if firing.span.start < shift {
            firing.modifiers.push("in the subject".into());
        }
        firing.span =
            Span::new(firing.span.start.saturating_sub(shift), firing.span.end.saturating_sub(shift));
    }
}

struct FirstPass<'t> {
    reading: Reading<'t>,
    sarcasm: Sarcasm,
    firings: Vec<Firing>,
}
