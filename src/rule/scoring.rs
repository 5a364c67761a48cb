//! Constants of the score and of answers.

use serde::{Deserialize, Serialize};

/// Constants of the score; `pack.toml` gives each its reason.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each constant is explained where its value stands, in pack.toml")]
pub struct Scoring {
    pub bias_support: f64,
    pub bias_deny: f64,
    pub bias_query: f64,
    pub bias_comment: f64,
    pub rumour_bias_deny: f64,
    pub rumour_bias_query: f64,
    pub rumour_bias_comment: f64,
    pub temperature: f64,
    pub unsure_below: f64,
    pub both_sides_least: f64,
    pub both_sides_ratio: f64,
    pub most_per_rule: f64,
    pub flipped: f64,
    pub questioned: f64,
    pub question_share: f64,
    pub hedge: f64,
    pub condition: f64,
    pub if_clause: f64,
    pub attribution: f64,
    pub before_contrast: f64,
    pub after_contrast: f64,
    pub concession: f64,
    pub others_pretend: f64,
    pub others_hold: f64,
    pub other_party: f64,
    pub unanchored: f64,
    pub unanchored_pronoun: f64,
    pub unanchored_from_words: usize,
    pub rhetorical: f64,
    pub least_question_share: f64,
    pub mock: f64,
    pub relayed: f64,
    pub sarcastic_from: f64,
    pub sarcasm_carries: f64,
    pub sentiment_band: f64,
    pub sentiment_most_sentences: f64,
    pub sarcasm_tone: f64,
    pub rhetorical_tone: f64,
    pub asked_tone: f64,
    pub negation_tone: f64,
    pub exclamation_tone: f64,
    pub answer_bias_agree: f64,
    pub answer_bias_disagree: f64,
    pub answer_shown_from: f64,
}

/// Log-odds that a reply agrees, and that it disagrees, with the comment it answers; neutral is the reference.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lean {
    /// Toward agreement.
    pub agree: f64,
    /// Toward disagreement.
    pub disagree: f64,
}

impl Lean {
    /// Sum of the absolute log-odds.
    pub fn size(&self) -> f64 {
        self.agree.abs() + self.disagree.abs()
    }
}

impl Scoring {
    /// Log-odds of an answer before any sign.
    pub fn answer_bias(&self) -> Lean {
        Lean { agree: self.answer_bias_agree, disagree: self.answer_bias_disagree }
    }
}
