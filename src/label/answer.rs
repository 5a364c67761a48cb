//! Whether a reply agrees with the comment it answers: signs in its words (openers, second person, questions back; Abbott
//! et al. 2011, Misra & Walker 2013) and in what it takes up of the other's words, added up as log-odds.

use super::arena::List;
use super::engine::Engine;
use super::mechanism::push;
use super::reading::Reading;
use super::voice::Voice;
use super::vote::Firing;
use super::{Aspect, Label};
use crate::rule::{Lean, Mechanism, Relation};
use crate::source::Span;
use crate::text::{Token, mark};
use std::sync::Arc;

/// How a reply answers its parent.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Answer {
    /// Share of belief that it agrees; the three sum to 1.
    pub agree: f64,
    /// That it disagrees.
    pub disagree: f64,
    /// That it does neither.
    pub neutral: f64,
    /// What decided, the weightiest first.
    pub signs: Vec<Sign>,
}

/// A sign of agreement or disagreement.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sign {
    /// Id of the rule.
    pub rule: Arc<str>,
    /// Its words, as bytes of the comment's text.
    pub span: Span,
    /// Log-odds that it adds.
    pub lean: Lean,
}

impl Answer {
    /// The likeliest of the three; `None` for neutral.
    pub fn relation(&self) -> Option<Relation> {
        if self.neutral >= self.agree.max(self.disagree) {
            return None;
        }
        Some(if self.agree > self.disagree { Relation::Agree } else { Relation::Disagree })
    }
}

impl Label {
    /// Takes an answer in, and shows it as an aspect where it is sure and no rule shows the reverse.
    pub(super) fn show(&mut self, answer: Option<Answer>, from: f64) {
        if let Some(found) = &answer {
            let (aspect, reverse, share) = match found.relation() {
                Some(Relation::Agree) => (Aspect::AgreesWithParent, Aspect::DisagreesWithParent, found.agree),
                _ => (Aspect::DisagreesWithParent, Aspect::AgreesWithParent, found.disagree),
            };
            if share >= from && !self.aspects.contains(&reverse) {
                self.aspects.push(aspect);
                self.aspects.sort_unstable();
                self.aspects.dedup();
            }
        }
        self.answer = answer;
    }
}

/// What a reply is held against.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Content words by the number of their stem, each with whether it stands under a negation; sorted.
    content: Vec<Content>,
    asks: bool,
    tone: f64,
    words: usize,
}

/// What a comment said, for those who answer it.
pub(super) fn said(engine: &Engine<'_>, reading: &Reading<'_>, tone: f64) -> Said {
    let mut found = List::with_capacity_in(reading.own_words, reading.arena);
    for sentence in reading.own() {
        let denied = !sentence.negations.is_empty();
        let content = stems(engine, reading.raw, sentence.tokens).map(|stem| Content::new(stem, denied));
        content.for_each(|word| found.push(word));
    }
    found.sort_unstable();
    // Of one word the denied one is kept, if there is one.
    found.dedup_by(|next, kept| {
        let same = next.stem() == kept.stem();
        if same {
            *kept = *next;
        }
        same
    });
    let asks = reading.own().last().is_some_and(|s| s.asks);
    Said { content: found.to_vec(), asks, tone, words: reading.own_words }
}

/// The number of a stem, and below it one bit for whether it stands under a negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Content(u64);

impl Content {
    fn new(stem: u64, denied: bool) -> Self {
        Content(stem << 1 | u64::from(denied))
    }

    fn stem(self) -> u64 {
        self.0 >> 1
    }

    fn is_denied(self) -> bool {
        self.0 & 1 == 1
    }
}

impl Said {
    /// Whether a content word stands under a negation; `None` if it is not said.
    fn denied(&self, stem: u64) -> Option<bool> {
        let found = self.content.binary_search_by_key(&stem, |c| c.stem()).ok()?;
        Some(self.content[found].is_denied())
    }
}

/// Log-odds of agreement and disagreement from the rules that fired and from what the reply takes up.
pub(super) fn answer(
    engine: &Engine<'_>,
    reading: &Reading<'_>,
    firings: &[Firing<'_>],
    own: &Said,
    parent: &Said,
) -> Answer {
    let taken_up = takes_up(engine, reading, own, parent);
    let mut signs: List<'_, (usize, Span, Lean)> = List::with_capacity_in(8, reading.arena);
    let mut sum = engine.pack.scoring.answer_bias();
    let mut used: List<'_, (usize, f64)> = List::with_capacity_in(8, reading.arena);
    for firing in firings.iter().chain(taken_up.iter()).filter(|f| f.voice == Voice::Own && !f.flipped) {
        let rule = engine.rule(firing.rule);
        if rule.answer.size() == 0.0 {
            continue;
        }
        let amount = counted(engine, firing, &mut used);
        let lean = Lean { agree: rule.answer.agree * amount, disagree: rule.answer.disagree * amount };
        if lean.size() > 0.0 {
            sum.agree += lean.agree;
            sum.disagree += lean.disagree;
            signs.push((firing.rule, firing.span, lean));
        }
    }
    signs.sort_by(|a, b| b.2.size().total_cmp(&a.2.size()).then(a.1.cmp(&b.1)));
    let (agree, disagree) = (f64::exp(sum.agree), f64::exp(sum.disagree));
    let all = 1.0 + agree + disagree;
    let sign = |(rule, span, lean)| Sign { rule: engine.id(rule), span, lean };
    let signs = signs.into_iter().map(sign).collect();
    Answer { agree: agree / all, disagree: disagree / all, neutral: 1.0 / all, signs }
}

/// The finds of one rule count together at most `most_per_rule`.
fn counted(engine: &Engine<'_>, firing: &Firing<'_>, used: &mut List<'_, (usize, f64)>) -> f64 {
    let at = used.iter().position(|u| u.0 == firing.rule).unwrap_or_else(|| {
        used.push((firing.rule, 0.0));
        used.len() - 1
    });
    let amount = firing.weight.min(engine.pack.scoring.most_per_rule - used[at].1).max(0.0);
    used[at].1 += amount;
    amount
}

/// Tone from which a comment counts as positive or negative.
const TONE: f64 = 0.2;
/// Words up to which a reply is brief, and from which it is lengthy.
const BRIEF: usize = 7;
const LENGTHY: usize = 60;

fn takes_up<'t>(
    engine: &Engine<'_>,
    reading: &Reading<'t>,
    own: &Said,
    parent: &Said,
) -> List<'t, Firing<'t>> {
    let mut out = List::new_in(reading.arena);
    let span = reading.own_span;
    let mut fire = |mechanism, weight: f64| {
        if weight > 0.0 {
            push(engine, mechanism, span, weight, &mut out);
        }
    };
    let holds = |b: bool| f64::from(u8::from(b));
    let (mut shared, mut turned) = (0, 0);
    for word in &own.content {
        if let Some(before) = parent.denied(word.stem()) {
            shared += 1;
            turned += usize::from(before != word.is_denied());
        }
    }
    fire(Mechanism::TurnsWords, holds(turned > 0));
    fire(Mechanism::KeepsWords, holds(shared > turned));
    fire(Mechanism::QuotesAnswered, holds(quotes(engine, reading, parent)));
    fire(Mechanism::AnswersQuestion, holds(parent.asks));
    fire(Mechanism::BothNegative, holds(own.tone < -TONE && parent.tone < -TONE));
    fire(Mechanism::TurnsPositive, holds(own.tone > TONE && parent.tone < -TONE));
    fire(Mechanism::AnswersPositive, holds(own.tone > TONE));
    fire(Mechanism::AnswersNegative, holds(own.tone < -TONE));
    fire(Mechanism::Brief, holds((1..=BRIEF).contains(&own.words)));
    fire(Mechanism::Lengthy, holds(own.words > LENGTHY));
    let denying = reading.own().filter(|s| !s.negations.is_empty()).count();
    fire(Mechanism::Denies, (denying as f64 / reading.own().count().max(1) as f64).min(1.0));
    let asking = reading.own().filter(|s| s.asks).count();
    fire(Mechanism::AsksMuch, asking as f64 / reading.own().count().max(1) as f64);
    let exclaims = reading.own().flat_map(|s| s.tokens).any(|t| t.word == mark::EXCLAMATION);
    fire(Mechanism::AnswerExclaims, holds(exclaims));
    out
}

/// A quotation of three content words and more, most of which the parent said.
fn quotes(engine: &Engine<'_>, reading: &Reading<'_>, parent: &Said) -> bool {
    const WORDS: usize = 2;
    reading.voices.pieces.iter().any(|piece| {
        let tokens = &reading.tokens[piece.tokens.clone()];
        let mut words: Vec<u64> = stems(engine, reading.raw, tokens).collect();
        words.sort_unstable();
        words.dedup();
        let known = words.iter().filter(|w| parent.denied(**w).is_some()).count();
        known >= WORDS && 3 * known >= 2 * words.len()
    })
}

/// Numbers of the first letters of content words: what matters is that `claims` and `claimed` meet.
fn stems<'a>(engine: &'a Engine<'_>, raw: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = u64> + 'a {
    let content = tokens.iter().filter(|t| t.is_word() && t.span.len() > 2 && !engine.is_stop_word(t));
    content.map(|t| stem(raw, t.span))
}

/// Letters of a word that make its stem.
const LETTERS: usize = 5;

/// The first letters of a word in lower case, as a number of 63 bits: themselves if they are ASCII, else a hash.
fn stem(raw: &str, word: Span) -> u64 {
    let start = word.start as usize;
    let head = raw.as_bytes().get(start..).and_then(|rest| rest.first_chunk::<8>());
    let head = head.map(|head| first(*head, word.len() as usize)).filter(|head| head & NOT_ASCII == 0);
    match head {
        Some(head) => lower(head) >> (u64::BITS as usize - 8 * LETTERS),
        None => stem_of(raw.get(start..word.end as usize).unwrap_or_default()),
    }
}

/// The highest bit of each byte.
const NOT_ASCII: u64 = 0x8080_8080_8080_8080;

/// The first of eight bytes, as many as count, the others zero.
fn first(bytes: [u8; 8], count: usize) -> u64 {
    u64::from_be_bytes(bytes) & u64::MAX << (u64::BITS as usize - 8 * count.min(LETTERS))
}

/// Eight bytes of ASCII in lower case.
fn lower(bytes: u64) -> u64 {
    let at_least = |byte: u8| bytes + u64::from_ne_bytes([0x80 - byte; 8]);
    let capitals = (at_least(b'A') ^ at_least(b'Z' + 1)) & NOT_ASCII;
    bytes | capitals >> 2
}

/// As [`stem`], of words at the end of the text or with other letters.
fn stem_of(word: &str) -> u64 {
    let letters = || word.chars().flat_map(char::to_lowercase).take(LETTERS);
    if letters().all(|c| c.is_ascii()) {
        return letters().fold(0, |number, c| number << 8 | u64::from(c))
            << (8 * (LETTERS - letters().count()));
    }
    let hash = |hash: u64, c: char| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    // FNV-1a; the bit set besides is never one of letters.
    letters().fold(0xcbf2_9ce4_8422_2325, hash) >> 1 | 1 << 62
}
