//! The rules of attribution: data, read from `rules/voice/en.toml`.

use crate::digest;
use crate::error::{Error, Result};
use crate::rule::{Inflector, Pattern, WordList};
use crate::source::Source;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use toml::Spanned;

/// Where the shipped English rules are.
const FILE: &str = "rules/voice/en.toml";

/// Whom the words of a rule let speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Speaker {
    Accuser,
    Defender,
    /// Whoever spoke last in the article.
    Last,
}

/// Where the words must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Within {
    #[default]
    Sentence,
    Quotation,
}

/// A rule of attribution.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct VoiceRule {
    /// `side.wording-found`.
    pub id: String,
    /// Why.
    pub reason: String,
    /// Texts in whose last sentence it fires; « » enclose the exact words.
    pub matches: Vec<String>,
    /// Sentences in which it does not.
    pub ignores: Vec<String>,
    pub(super) speaker: Speaker,
    pub(super) within: Within,
    pub(super) patterns: Vec<Pattern>,
}

/// The rules with their lists.
#[derive(Debug, Clone, Default)]
pub(super) struct VoicePack {
    pub rules: Vec<VoiceRule>,
    pub lists: BTreeMap<String, WordList>,
}

/// The shipped rules, in the order of their file.
///
/// # Errors
/// None in a released program: the tests read them.
pub fn rules() -> Result<Vec<VoiceRule>> {
    Ok(pack(&Inflector::default())?.rules)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    list: BTreeMap<String, RawList>,
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    reason: String,
    #[serde(default)]
    words: Vec<String>,
    /// Base verbs, taken with their forms.
    #[serde(default)]
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    side: Speaker,
    #[serde(default)]
    within: Within,
    pattern: Spanned<String>,
    reason: String,
    matches: Vec<String>,
    ignores: Vec<String>,
}

/// Reads the shipped rules; verbs are inflected by the pack that labels.
pub(super) fn pack(inflector: &Inflector) -> Result<VoicePack> {
    static RAW: OnceLock<std::result::Result<RawFile, String>> = OnceLock::new();
    let source = Source::from_text(FILE, digest::text(FILE).to_owned())?;
    let raw = RAW.get_or_init(|| toml::from_str(source.as_str()).map_err(|e| e.to_string()));
    let raw = raw
        .as_ref()
        .map_err(|message| Error::data(&source, 0, message, "this is a mistake of the program"))?;
    let list = |raw: &RawList| WordList {
        written: raw.words.iter().chain(&raw.verbs).cloned().collect(),
        forms: raw.words.iter().cloned().chain(raw.verbs.iter().flat_map(|v| inflector.verb(v))).collect(),
        reason: raw.reason.clone(),
        source: None,
        place: (FILE.to_owned(), 1),
    };
    Ok(VoicePack {
        lists: raw.list.iter().map(|(name, l)| (name.clone(), list(l))).collect(),
        rules: raw.rule.iter().map(|r| rule(&source, r)).collect::<Result<_>>()?,
    })
}

fn rule(source: &Source, raw: &RawRule) -> Result<VoiceRule> {
    let patterns = Pattern::parse(raw.pattern.get_ref()).map_err(|e| {
        let start = raw.pattern.span().start as u32;
        Error::data(source, start, &e.message, "see the table of pattern forms")
    })?;
    Ok(VoiceRule {
        id: raw.id.clone(),
        reason: raw.reason.clone(),
        matches: raw.matches.clone(),
        ignores: raw.ignores.clone(),
        speaker: raw.side,
        within: raw.within,
        patterns: patterns.alternatives(),
    })
}
