//! Tone of the author's own words: a lexicon read sentence by sentence (after Hutto & Gilbert 2014, VADER), without what
//! is quoted, what is merely attributed, and what sarcasm turns.

use super::Sentiment;
use super::engine::{Engine, Role};
use super::reading::{Reading, Sentence};
use super::sarcasm::Sarcasm;
use super::voice::Voice;
use super::vote::{Firing, negated};
use crate::label::Aspect;
use crate::rule::CueKind;
use crate::text::Token;

/// Sentiment and its score in [−1, 1].
pub(super) fn sentiment(
    engine: &Engine<'_>,
    reading: &Reading<'_>,
    sarcasm: &Sarcasm,
    firings: &[Firing],
) -> (Sentiment, f64) {
    let (mut sum, mut sentences) = (0.0, 0.0);
    let rhetorical = rhetorical(engine, reading, firings);
    let voice = voice(reading);
    for (i, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| s.voice == voice) {
        sum += turned(engine, sarcasm.of[i], rhetorical[i], compound(engine, sentence));
        sentences += 1.0;
    }
    let words = if sentences > 0.0 { sum / f64::sqrt(sentences) } else { 0.0 };
    let total = words + tone(engine, firings) - SARCASM_TONE * sarcasm.level;
    let band = engine.pack.scoring.sentiment_band;
    let sentiment = match total {
        t if t >= band => Sentiment::Positive,
        t if t <= -band => Sentiment::Negative,
        _ => Sentiment::Neutral,
    };
    (sentiment, total.clamp(-1.0, 1.0))
}

/// What full sarcasm takes from the tone.
const SARCASM_TONE: f64 = 0.3;
/// Negative tone of rules counts up to this many times.
const MOST_TONE: f64 = 1.05;

/// Positive words of a sarcastic sentence turn; those of a rhetorical question mean a little of the reverse.
fn turned(engine: &Engine<'_>, level: f64, rhetorical: bool, value: f64) -> f64 {
    if value > 0.0 && level >= engine.pack.scoring.sarcastic_from {
        value * (1.0 - 2.0 * level)
    } else if value > 0.0 && rhetorical {
        -0.15
    } else {
        value
    }
}

/// The own words; of a comment that only passes on, the words passed on, since nothing else is said.
fn voice(reading: &Reading<'_>) -> Voice {
    if reading.own_words == 0 { Voice::Relayed } else { Voice::Own }
}

/// For each sentence whether a rhetorical or leading question stands in it.
fn rhetorical(engine: &Engine<'_>, reading: &Reading<'_>, firings: &[Firing]) -> Vec<bool> {
    let asks = |a: Option<Aspect>| matches!(a, Some(Aspect::RhetoricalQuestion | Aspect::LeadingQuestion));
    let mut out = vec![false; reading.sentences.len()];
    for firing in firings.iter().filter(|f| asks(engine.rule(f.rule).aspect)) {
        if let Some(sentence) = firing.sentence {
            out[sentence] = true;
        }
    }
    out
}

/// What rules say about the tone, beyond the lexicon's words.
fn tone(engine: &Engine<'_>, firings: &[Firing]) -> f64 {
    let own = firings.iter().filter(|f| f.voice == Voice::Own && !f.flipped);
    own.map(|f| f.weight.min(1.5) * engine.rule(f.rule).tone).sum::<f64>().max(-MOST_TONE)
}

/// Valences of a sentence, squashed into (−1, 1): x / √(x² + 15).
fn compound(engine: &Engine<'_>, sentence: &Sentence) -> f64 {
    let attributed = sentence.has(CueKind::Attribution);
    let contrast = sentence.cues(CueKind::Contrast).first().map(|r| r.start);
    let mixed_case = !sentence.tokens.iter().filter(|t| t.is_word()).all(|t| t.shouted);
    let mut sum = 0.0;
    for (i, token) in sentence.tokens.iter().enumerate() {
        let idiom = sentence.idioms.iter().find(|(_, r)| r.contains(&i));
        let value = match idiom {
            Some((valence, range)) if range.start == i => *valence,
            Some(_) => 0.0,
            None => f64::from(engine.valence(token)),
        };
        if value == 0.0 || idiom.is_none() && silent(sentence, i, attributed) {
            continue;
        }
        let mut value = value
            + sign(value) * (boost(sentence, i) + if mixed_case && token.shouted { SHOUT } else { 0.0 });
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
    }
    sum += sign(sum) * exclamations(&sentence.tokens);
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
fn silent(sentence: &Sentence, i: usize, attributed: bool) -> bool {
    let acts = sentence.cues(CueKind::SpeechAct).iter().any(|r| r.contains(&i));
    let named = |role: &Role| match role {
        Role::Accuser | Role::Accused | Role::Defender => true,
        Role::Deed => attributed,
        Role::Claim => false,
    };
    acts || sentence.roles.iter().any(|(role, r)| r.contains(&i) && named(role))
}

/// Boosters and dampers up to three words before, weaker with distance.
fn boost(sentence: &Sentence, i: usize) -> f64 {
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
