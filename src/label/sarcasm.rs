//! Sarcasm: how far each sentence is marked, and what that does to literal support.

use super::arena::filled;
use super::engine::Engine;
use super::reading::Reading;
use super::voice::Voice;
use super::vote::Firing;

/// Sarcasm of the own sentences and of the whole comment, 0 to 1.
#[derive(Debug)]
pub(super) struct Sarcasm<'t> {
    /// For each sentence of the reading.
    pub of: &'t mut [f64],
    /// Of the comment.
    pub level: f64,
}

/// Combines the marks of each sentence (noisy or) and carries a part of it to the next one of the same block.
pub(super) fn sarcasm<'t>(engine: &Engine<'_>, reading: &Reading<'t>) -> Sarcasm<'t> {
    let scoring = &engine.pack.scoring;
    let mut out = Sarcasm { of: filled(reading.arena, 0.0, reading.sentences.len()), level: 0.0 };
    let mut carried = (usize::MAX, 0.0);
    for (i, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| s.voice == Voice::Own) {
        let spared: f64 = sentence.rules.iter().map(|(r, _)| 1.0 - engine.rule(*r).sarcasm).product();
        let own = 1.0 - spared;
        let before = if carried.0 == sentence.block { carried.1 } else { 0.0 };
        out.of[i] = f64::max(own, before);
        let carries = out.of[i] >= scoring.sarcastic_from;
        carried = (sentence.block, if carries { scoring.sarcasm_carries * out.of[i] } else { 0.0 });
    }
    spread_tags(scoring.sarcastic_from, reading, out.of);
    out.level = 1.0 - out.of.iter().map(|s| 1.0 - 0.5 * s).product::<f64>();
    out
}

/// A tag that stands alone at the end, `… did it! /s`, is about the sentences before it in its block.
fn spread_tags(least: f64, reading: &Reading<'_>, of: &mut [f64]) {
    let mut tagged = (usize::MAX, 0.0);
    for (i, sentence) in reading.sentences.iter().enumerate().rev().filter(|(_, s)| s.voice == Voice::Own) {
        if sentence.block != tagged.0 {
            tagged = (sentence.block, 0.0);
        }
        let alone = of[i] >= least && sentence.words(0..sentence.tokens.len()) <= 1;
        of[i] = f64::max(of[i], tagged.1);
        if alone {
            tagged.1 = of[i];
        }
    }
}

/// In a sarcastic sentence literal support is damped, then inverted. Literal denials stay: in all labelled data sarcastic
/// denials were denials.
pub(super) fn invert(engine: &Engine<'_>, sarcasm: &Sarcasm<'_>, firings: &mut [Firing<'_>]) {
    for firing in firings.iter_mut().filter(|f| f.voice == Voice::Own && !f.flipped) {
        let rule = engine.rule(firing.rule);
        let level = firing.sentence.and_then(|s| sarcasm.of.get(s)).copied().unwrap_or_default();
        if rule.literal
            || rule.effect.support <= rule.effect.deny
            || level < engine.pack.scoring.sarcastic_from
        {
            continue;
        }
        let factor = 1.0 - 2.0 * level;
        if factor < 0.0 {
            firing.flipped = true;
            firing.change(-factor / engine.pack.scoring.flipped, "sarcastic, inverted");
        } else {
            firing.change(factor, "sarcastic");
        }
    }
}
