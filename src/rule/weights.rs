//! Fitted weights: what labelled data made of the hand weights, kept beside them.

use crate::digest;
use crate::error::{Error, Result};
use crate::kind::Effect;
use crate::source::Source;
use serde::{Deserialize, Serialize};

/// The ways in which a rule can count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variant {
    /// As it is.
    Plain,
    /// Turned by a negation, a target or sarcasm.
    Turned,
    /// In a question.
    Asked,
    /// Both.
    TurnedAsked,
    /// In words that are passed on.
    Relayed,
    /// In words put in somebody's mouth.
    Mocked,
}

/// The weights of one rule in one variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// Id of the rule.
    pub rule: String,
    /// How it counted.
    pub variant: Variant,
    /// Comments in which it counted.
    pub n: usize,
    /// The hand weight.
    pub hand: Effect,
    /// The fitted weight.
    pub fitted: Effect,
}

/// A file of weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Pack they were fitted for, as `en 0.1.0`.
    pub pack: String,
    /// What they were fitted on.
    pub fitted_on: String,
    /// Log-odds before evidence, toward support, deny, query, comment.
    pub bias: [f64; 4],
    /// Added before the likeliest stance is chosen, tuned for macro-F1 on folds; not part of the probabilities.
    pub offset: [f64; 4],
    /// Softmax temperature of the calibrated probabilities.
    pub temperature: f64,
    /// Added to the calibrated log-odds.
    pub calibration: [f64; 4],
    /// The weights, by rule and variant.
    #[serde(rename = "weight", default)]
    pub weights: Vec<Weight>,
}

/// The names of the shipped weights.
const SHIPPED: [&str; 1] = ["rumour"];

impl Weights {
    /// The shipped weights of that name, or those in that file.
    ///
    /// # Errors
    /// [`Error::Data`] with line and column for a mistake; [`Error::Io`] if there is no such file.
    pub fn find(name: &str) -> Result<Self> {
        Weights::read(&Weights::source(name)?)
    }

    /// The text of the shipped weights of that name, or of those in that file.
    ///
    /// # Errors
    /// [`Error::Io`] if there is no such file.
    pub fn source(name: &str) -> Result<Source> {
        if !SHIPPED.contains(&name) {
            return Source::read(std::path::Path::new(name));
        }
        let file = format!("rules/weights/{name}.toml");
        Source::from_text(&file, digest::text(&file).to_owned())
    }

    /// Reads weights.
    ///
    /// # Errors
    /// [`Error::Data`] with line and column for a mistake.
    pub fn read(source: &Source) -> Result<Self> {
        let help = "write weights with `threadstance fit`, or name a shipped file: rumour";
        toml::from_str(source.as_str()).map_err(|e| Error::toml(source, &e, help))
    }

    /// The file's text.
    ///
    /// # Errors
    /// [`Error::Unknown`] if a number cannot be written, as NaN.
    pub fn to_toml(&self) -> Result<String> {
        toml::to_string(self).map_err(|e| Error::Unknown {
            what: "weight",
            name: e.to_string(),
            help: String::new(),
        })
    }
}
