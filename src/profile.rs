//! The allegation profile: who accuses whom of what, in plain words.

use crate::error::{Error, Result};
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::path::Path;
use toml::de::DeTable;

/// What a profile is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// An allegation with named roles.
    #[default]
    Allegation,
    /// A rumour that the first post of each thread states: no roles, but rules of source, echo and depth.
    Rumour,
}

/// An allegation. Words and phrases are plain; inflections are handled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Profile {
    /// Stable id; empty for a profile that belongs to a single text.
    #[serde(default)]
    pub id: String,
    /// What it is about.
    #[serde(default)]
    pub mode: Mode,
    /// One neutral sentence: who is alleged, by whom, to have done what.
    pub claim: String,
    /// Language of the words, ISO 639-1.
    #[serde(default = "english")]
    pub language: String,
    /// Who makes the allegation, and its agents.
    #[serde(default)]
    pub accuser: Vec<String>,
    /// Who is alleged to have done it.
    #[serde(default)]
    pub accused: Vec<String>,
    /// Who speaks for the accused or rejects the allegation.
    #[serde(default)]
    pub defender: Vec<String>,
    /// What is alleged: nouns and base verbs.
    #[serde(default)]
    pub deed: Vec<String>,
    /// What the allegation is called.
    #[serde(default)]
    pub claim_terms: Vec<String>,
}

/// The shipped profiles: id and text.
pub const SHIPPED: &[(&str, &str)] = &[
    ("dprk-it-workers", include_str!("../profiles/dprk-it-workers.toml")),
    ("rumour", include_str!("../profiles/rumour.toml")),
];

/// The commented template for a new profile.
pub const TEMPLATE: &str = include_str!("../profiles/template.toml");

/// Where a word of the lists first stands.
fn place(source: &Source, word: &str) -> u32 {
    let table = DeTable::parse(source.as_str()).ok();
    let lists = table.iter().flat_map(|t| t.get_ref().values()).filter_map(|v| v.get_ref().as_array());
    let same = lists.flat_map(|list| list.iter()).filter(|v| v.get_ref().as_str() == Some(word));
    same.map(|v| v.span().start as u32).min().unwrap_or_default()
}

fn english() -> String {
    "en".to_owned()
}

impl Profile {
    /// The shipped profile of that id, or the one in that file.
    ///
    /// # Errors
    /// [`Error::Unknown`] if neither exists; those of [`Profile::read`].
    pub fn find(name: &str) -> Result<Self> {
        Profile::read(&Profile::source(name)?)
    }

    /// The text of the shipped profile of that id, or of the one in that file.
    ///
    /// # Errors
    /// [`Error::Unknown`] if neither exists; those of [`Source::read`].
    pub fn source(name: &str) -> Result<Source> {
        if let Some((id, text)) = SHIPPED.iter().find(|p| p.0 == name) {
            return Source::from_text(&format!("profiles/{id}.toml"), (*text).to_owned());
        }
        let path = Path::new(name);
        if path.is_file() {
            return Source::read(path);
        }
        let shipped: Vec<&str> = SHIPPED.iter().map(|p| p.0).collect();
        let help = format!("give a file, or one of: {}", shipped.join(", "));
        Err(Error::Unknown { what: "profile", name: name.to_owned(), help })
    }

    /// Reads a profile.
    ///
    /// # Errors
    /// [`Error::Data`] with line and column for TOML that is not a profile, or one without `accused` or `deed`.
    pub fn read(source: &Source) -> Result<Self> {
        let profile = Profile::draft(source)?;
        for (name, list) in [("accused", &profile.accused), ("deed", &profile.deed)] {
            if profile.mode == Mode::Allegation && list.iter().all(|w| w.trim().is_empty()) {
                return Err(Error::Data {
                    file: source.name().to_owned(),
                    line: 1,
                    column: 1,
                    message: format!("the list `{name}` is empty"),
                    help: format!(
                        "give `{name}` at least one word; these two lists carry most of the result"
                    ),
                });
            }
        }
        Ok(profile)
    }

    /// Reads a profile that may still lack `accused` or `deed`.
    ///
    /// # Errors
    /// [`Error::Data`] with line and column for TOML that is not a profile, or a word that is a pattern.
    pub fn draft(source: &Source) -> Result<Self> {
        let help = "a profile has id, mode, claim, language, accuser, accused, defender, deed, claim_terms";
        let profile: Profile = toml::from_str(source.as_str()).map_err(|e| Error::toml(source, &e, help))?;
        profile.refuse_patterns(source)?;
        Ok(profile)
    }

    fn refuse_patterns(&self, source: &Source) -> Result<()> {
        let lists = [&self.accuser, &self.accused, &self.defender, &self.deed, &self.claim_terms];
        let odd = |w: &&String| {
            w.trim().is_empty() || w.contains(['*', '|', '(', ')', '[', ']', '\\', '^', '$', '?', '+'])
        };
        let Some(word) = lists.into_iter().flatten().find(odd) else { return Ok(()) };
        let help = "give plain words and phrases; plurals and verb forms are found by themselves";
        let message = if word.trim().is_empty() {
            "an entry of this list is empty".to_owned()
        } else {
            format!("`{word}` is no plain word")
        };
        Err(Error::data(source, place(source, word), &message, help))
    }

    /// True if it names nobody: the generic rules run alone.
    pub fn is_empty(&self) -> bool {
        self.accuser.is_empty() && self.accused.is_empty() && self.defender.is_empty() && self.deed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_needs_accused_and_deed() {
        let source = Source::from_text("p.toml", "claim = 'x'\naccused = ['Ode']\n".to_owned()).unwrap();
        assert!(Profile::read(&source).unwrap_err().to_string().contains("`deed` is empty"));
        let source = Source::from_text("p.toml", "claim = 'x'\naccuse = ['Ode']\n".to_owned()).unwrap();
        assert!(
            Profile::read(&source).unwrap_err().to_string().starts_with("p.toml:2:1: unknown field `accuse`")
        );
    }

    #[test]
    fn an_entry_that_is_no_word_is_placed() {
        let wrong = |lists: &str| {
            let text = format!("claim = 'No (proof) of it'\naccused = ['Ode']\ndeed = ['theft']\n{lists}\n");
            Profile::read(&Source::from_text("p.toml", text).unwrap()).unwrap_err().to_string()
        };
        let empty = wrong("accuser = ['Norland',\n  '']");
        assert!(empty.starts_with("p.toml:5:3: an entry of this list is empty; give plain words"), "{empty}");
        let blank = wrong("claim_terms = [\"  \"]");
        assert!(blank.starts_with("p.toml:4:16: an entry of this list is empty"), "{blank}");
        let pattern = wrong("accuser = ['No (proof) of it']");
        assert!(pattern.starts_with("p.toml:4:12: `No (proof) of it` is no plain word"), "{pattern}");
    }

    #[test]
    fn an_unknown_profile_names_the_shipped_ones() {
        assert!(Profile::find("nowhere").unwrap_err().to_string().contains("dprk-it-workers"));
    }
}
