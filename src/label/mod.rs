//! Labels: stance, sentiment, aspects and the evidence for them.

mod answer;
mod arena;
mod cases;
mod connotation;
mod engine;
mod examples;
mod feature;
mod grammar;
mod labeller;
mod mechanism;
mod pronoun;
mod quote;
mod reading;
mod reply;
mod rumour;
mod sarcasm;
mod score;
mod sentiment;
mod valence;
mod voice;
mod vote;

pub use crate::kind::{Aspect, Effect, Sentiment, Stance};
pub use answer::{Answer, Sign};
pub use cases::{CasesOutcome, run_cases};
pub use examples::{ExampleFailure, run_examples};
pub use feature::Feature;
pub use labeller::Labeller;

use crate::rule::Relation;
use crate::source::Span;
use crate::thread::{CommentId, Thread};
use serde::Serialize;
use std::sync::Arc;

/// Words of a comment that fired a rule, and what that did.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Evidence {
    /// Id of the rule.
    pub rule: Arc<str>,
    /// Where the words stand: in the source for pages, in the comment's text for NDJSON and CSV.
    pub span: Span,
    /// Exactly that slice.
    pub quote: String,
    /// What it added, after the modifiers.
    pub effect: Effect,
    /// What changed its weight, in order, as `hedged ×0.7`.
    pub modifiers: Vec<String>,
}

/// Probability of each stance; they sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Probabilities {
    /// Of support.
    pub support: f64,
    /// Of deny.
    pub deny: f64,
    /// Of query.
    pub query: f64,
    /// Of comment.
    pub comment: f64,
}

/// The label of one comment.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Label {
    /// Where the author stands on the allegation.
    pub stance: Stance,
    /// Calibrated probability of each stance.
    pub probabilities: Probabilities,
    /// Calibrated probability of `stance`.
    pub confidence: f64,
    /// `confidence` is below the pack's band.
    pub unsure: bool,
    /// Tone of the author's own words.
    pub sentiment: Sentiment,
    /// Tone in [−1, 1].
    pub sentiment_score: f64,
    /// How the stance is argued, sorted.
    pub aspects: Vec<Aspect>,
    /// Evidence, the weightiest first.
    pub evidence: Vec<Evidence>,
    /// How it answers its parent; `None` without a parent that has words.
    pub answer: Option<Answer>,
}

/// A thread with a label for each comment that has words.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Labelled<'t> {
    /// The thread.
    pub thread: &'t Thread,
    labels: Vec<Option<Label>>,
}

impl<'t> Labelled<'t> {
    /// Pairs a thread with its labels, one for each comment in page order.
    pub fn new(thread: &'t Thread, labels: Vec<Option<Label>>) -> Self {
        Labelled { thread, labels }
    }

    /// The label of a comment; `None` for one without words.
    pub fn label(&self, id: CommentId) -> Option<&Label> {
        self.labels.get(id.0 as usize)?.as_ref()
    }

    /// Labelled comments in page order.
    pub fn labels(&self) -> impl Iterator<Item = (CommentId, &Label)> {
        self.labels.iter().enumerate().filter_map(|(i, l)| Some((CommentId(i as u32), l.as_ref()?)))
    }
}

impl Label {
    /// A label without evidence, as a start.
    pub fn new(stance: Stance, probabilities: Probabilities, sentiment: Sentiment) -> Self {
        Label {
            stance,
            probabilities,
            confidence: probabilities.of(stance),
            unsure: false,
            sentiment,
            sentiment_score: 0.0,
            aspects: Vec::new(),
            evidence: Vec::new(),
            answer: None,
        }
    }

    /// Whether it agrees or disagrees with its parent: the likelier of the two, `None` if neither is likelier than not.
    pub fn relation(&self) -> Option<Relation> {
        self.answer.as_ref()?.relation()
    }

    /// How it answers its parent in a word: `agree`, `disagree` or `neutral`.
    pub fn answer_name(&self) -> &'static str {
        match self.relation() {
            Some(Relation::Agree) => "agree",
            Some(Relation::Disagree) => "disagree",
            None => "neutral",
        }
    }

    /// Sum of the absolute log-odds of its evidence.
    pub fn weight(&self) -> f64 {
        self.evidence.iter().map(|e| e.effect.size()).sum()
    }
}

impl Probabilities {
    /// The probability of one stance.
    pub fn of(&self, stance: Stance) -> f64 {
        match stance {
            Stance::Support => self.support,
            Stance::Deny => self.deny,
            Stance::Query => self.query,
            Stance::Comment => self.comment,
        }
    }
}

impl Evidence {
    /// Evidence of a rule for a span.
    pub fn new(
        rule: impl Into<Arc<str>>,
        span: Span,
        quote: &str,
        effect: Effect,
        modifiers: Vec<String>,
    ) -> Self {
        Evidence { rule: rule.into(), span, quote: quote.to_owned(), effect, modifiers }
    }
}
