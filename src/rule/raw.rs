//! The shape of the rule files, before anything in them is checked.

use super::inflect::Inflector;
use super::pack::Family;
use super::scoring::{Lean, Scoring};
use super::setting::{CueKind, Mechanism, Negation, Question, Relation, Scope, Status, Target};
use crate::kind::Aspect;
use crate::profile::Profile;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A file of rules, lists, cues or settings; each part is optional.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub pack: Option<RawPack>,
    pub example: Option<Profile>,
    pub scoring: Option<Scoring>,
    pub inflection: Option<Inflector>,
    pub family: Option<Family>,
    #[serde(default)]
    pub list: BTreeMap<String, Spanned<RawList>>,
    #[serde(default)]
    pub cue: Vec<RawCue>,
    #[serde(default)]
    pub rule: Vec<Spanned<RawRule>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPack {
    pub id: String,
    pub version: String,
    pub language: String,
}

/// Words and phrases; `inflect` adds their forms.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawList {
    pub reason: String,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub inflect: Option<Inflect>,
    pub words: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Inflect {
    Noun,
    Verb,
    Any,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCue {
    pub kind: CueKind,
    pub pattern: Spanned<String>,
    #[serde(default)]
    pub valence: f64,
    pub reason: String,
    #[serde(default)]
    pub matches: Vec<String>,
    #[serde(default)]
    pub ignores: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub id: Spanned<String>,
    pub since: String,
    pub status: Status,
    pub pattern: Option<Spanned<String>>,
    pub mechanism: Option<Mechanism>,
    #[serde(default)]
    pub scope: Scope,
    #[serde(default)]
    pub effect: RawEffect,
    pub aspect: Option<Aspect>,
    #[serde(default)]
    pub negation: Negation,
    #[serde(default)]
    pub question: Question,
    pub target: Option<Target>,
    pub relation: Option<Relation>,
    #[serde(default)]
    pub answer: Lean,
    #[serde(default)]
    pub sarcasm: f64,
    #[serde(default)]
    pub literal: bool,
    #[serde(default)]
    pub presupposes: bool,
    #[serde(default)]
    pub tone: f64,
    #[serde(default)]
    pub overrides: Vec<String>,
    pub reason: String,
    #[serde(default)]
    pub matches: Vec<String>,
    #[serde(default)]
    pub ignores: Vec<String>,
    #[serde(default)]
    pub todo_matches: Vec<String>,
    #[serde(default)]
    pub todo_ignores: Vec<String>,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawEffect {
    pub support: f64,
    pub deny: f64,
    pub query: f64,
}
