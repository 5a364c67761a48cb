//! Tone of the author's own words: a lexicon read sentence by sentence (after Hutto & Gilbert 2014, VADER), without what
//! is quoted, what is merely attributed, and what sarcasm turns.

use super::Sentiment;
use super::arena::{List, filled};
use super::engine::{Engine, Role};
use super::reading::{Reading, Sentence};
use super::sarcasm::Sarcasm;
use super::voice::Voice;
use super::vote::{Firing, negated};
use crate::label::Aspect;
use crate::rule::CueKind;
use crate::source::Span;
use crate::text::Token;

/// Sentiment and its score in [−1, 1].
pub(super) fn sentiment(
    engine: &Engine<'_>,
    reading: &Reading<'_>,
    sarcasm: &Sarcasm<'_>,
    firings: &[Firing<'_>],
) -> (Sentiment, f64) {
    let scoring = &engine.pack.scoring;
    let rhetorical = rhetorical(engine, reading, firings);
    let voice = voice(reading);
    let (mut sum, mut sentences, mut scored) = (0.0_f64, 0.0_f64, List::new_in(reading.arena));
    for (i, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| s.voice == voice) {
        let value = compound(engine, sentence, &mut scored);
        sum += turned(engine, sarcasm.of[i], rhetorical[i], value);
        sentences += 1.0;
    }
    let words = sum / sentences.max(1.0).sqrt();
    let tone = tone(engine, firings, &scored);
    let silent = if scored.is_empty() && tone == 0.0 { unsaid(engine, reading, voice) } else { 0.0 };
    // The means of long comments are as extreme as those of short ones, not more.
    let longer = f64::min(1.0, scoring.sentiment_most_sentences / sentences.max(1.0).sqrt());
    let total = longer * (words + tone + silent - scoring.sarcasm_tone * sarcasm.level);
    let band = scoring.sentiment_band;
    let sentiment = match total {
        t if t >= band => Sentiment::Positive,
        t if t <= -band => Sentiment::Negative,
        _ => Sentiment::Neutral,
    };
    (sentiment, total.clamp(-1.0, 1.0))
}

/// Negative tone of rules counts up to this many times.
const MOST_TONE: f64 = 1.05;

/// Positive words of a sarcastic sentence turn; those of a rhetorical question are no praise.
fn turned(engine: &Engine<'_>, level: f64, rhetorical: bool, value: f64) -> f64 {
    let scoring = &engine.pack.scoring;
    if value > 0.0 && level >= scoring.sarcastic_from {
        value * (1.0 - 2.0 * level)
    } else if value > 0.0 && rhetorical {
        scoring.rhetorical_tone
    } else {
        value
    }
}

/// The tone of a comment without opinion words: where most sentences negate it is mostly a complaint, an exclamation mostly
/// joy.
fn unsaid(engine: &Engine<'_>, reading: &Reading<'_>, voice: Voice) -> f64 {
    let of = || reading.sentences.iter().filter(|s| s.voice == voice);
    let denying = of().filter(|s| !s.negations.is_empty()).count();
    if denying * 2 > of().count() {
        engine.pack.scoring.negation_tone
    } else if of().any(|s| exclamations(s.tokens) > 0.0) {
        engine.pack.scoring.exclamation_tone
    } else {
        0.0
    }
}

/// The own words; of a comment that only passes on, the words passed on, since nothing else is said.
fn voice(reading: &Reading<'_>) -> Voice {
    if reading.own_words == 0 { Voice::Relayed } else { Voice::Own }
}

/// For each sentence whether a rhetorical or leading question stands in it.
fn rhetorical<'t>(engine: &Engine<'_>, reading: &Reading<'t>, firings: &[Firing<'_>]) -> &'t [bool] {
    let asks = |a: Option<Aspect>| matches!(a, Some(Aspect::RhetoricalQuestion | Aspect::LeadingQuestion));
    let out = filled(reading.arena, false, reading.sentences.len());
    for firing in firings.iter().filter(|f| asks(engine.rule(f.rule).aspect)) {
        if let Some(sentence) = firing.sentence {
            out[sentence] = true;
        }
    }
    out
}

/// What rules say about the tone, beyond the lexicon's words: a rule whose words were scored with its sign adds nothing.
fn tone(engine: &Engine<'_>, firings: &[Firing<'_>], scored: &[(Span, f64)]) -> f64 {
    let own =
        firings.iter().filter(|f| f.voice == Voice::Own && !f.flipped && engine.rule(f.rule).tone != 0.0);
    let counted = |f: &&Firing<'_>| {
        // The scored words stand in the order of the text.
        let first = scored.partition_point(|(s, _)| s.start < f.span.start);
        let inside = scored[first..].iter().take_while(|(s, _)| s.end <= f.span.end);
        !inside.into_iter().any(|(_, value)| value * engine.rule(f.rule).tone > 0.0)
    };
    own.filter(counted).map(|f| f.weight.min(1.5) * engine.rule(f.rule).tone).sum::<f64>().max(-MOST_TONE)
}

/// Valences of a sentence, squashed into (−1, 1): x / √(x² + 15). Adds the words that counted to `scored`.
fn compound(engine: &Engine<'_>, sentence: &Sentence<'_>, scored: &mut List<'_, (Span, f64)>) -> f64 {
    let attributed = sentence.has(CueKind::Attribution);
    let contrast = sentence.cues(CueKind::Contrast).first().map(|r| r.start);
    let mixed_case = || !sentence.tokens.iter().filter(|t| t.is_word()).all(|t| t.shouted);
    let mut sum = 0.0;
    for (i, token) in sentence.tokens.iter().enumerate() {
        let own = f64::from(engine.valence(token));
        if own == 0.0 && sentence.idioms.is_empty() {
            continue;
        }
        let idiom = sentence.idioms.iter().find(|(_, r)| r.contains(&i));
        let value = match idiom {
            Some((valence, range)) if range.start == i => *valence,
            Some(_) => 0.0,
            None => own,
        };
        if value == 0.0 || idiom.is_none() && silent(sentence, i, attributed) {
            continue;
        }
        let mut value = value
            + sign(value) * (boost(sentence, i) + if token.shouted && mixed_case() { SHOUT } else { 0.0 });
        if negated(sentence, i) {
            value *= -0.74;
        }
        // VADER: what stands before "but" counts half, what stands after it half as much again.
        value *= match contrast {
            Some(c) if i < c => 0.5,
            Some(_) => 1.5,
            None => 1.0,
        };
        sum += value;
        scored.push((token.span, value));
    }
    if sentence.asks && sum > 0.0 {
        sum *= engine.pack.scoring.asked_tone;
    }
    sum += sign(sum) * exclamations(sentence.tokens);
    sum / f64::sqrt(sum * sum + 15.0)
}

/// VADER's constants for capitals and for each exclamation mark, at most three.
const SHOUT: f64 = 0.733;
const EXCLAMATION: f64 = 0.292;

fn exclamations(tokens: &[Token]) -> f64 {
    let marks: u32 =
        tokens.iter().filter(|t| t.word == crate::text::mark::EXCLAMATION).map(|t| t.span.len()).sum();
    EXCLAMATION * f64::from(marks.min(3))
}

/// Speech acts have no tone; a deed that is only attributed is not the author's horror; a name's words are a name.
fn silent(sentence: &Sentence<'_>, i: usize, attributed: bool) -> bool {
    let acts = sentence.cues(CueKind::SpeechAct).iter().any(|r| r.contains(&i));
    let named = |role: &Role| match role {
        Role::Accuser | Role::Accused | Role::Defender => true,
        Role::Deed => attributed,
        Role::Claim => false,
    };
    acts || sentence.roles.iter().any(|(role, r)| r.contains(&i) && named(role))
}

/// Boosters and dampers up to three words before, weaker with distance.
fn boost(sentence: &Sentence<'_>, i: usize) -> f64 {
    const STEP: f64 = 0.293;
    let near = |kind: CueKind| {
        sentence
            .cues(kind)
            .iter()
            .filter(|r| r.end <= i && i - r.end < 3)
            .map(|r| 1.0 - 0.05 * (i - r.end) as f64)
            .sum::<f64>()
    };
    STEP * (near(CueKind::Intensifier) - near(CueKind::Diminisher))
}

fn sign(x: f64) -> f64 {
    if x < 0.0 {
        -1.0
    } else if x > 0.0 {
        1.0
    } else {
        0.0
    }
}
