//! English inflection: the regular endings by rule, the others from a table (`inflection.toml`).

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Makes the inflected forms of a word.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inflector {
    /// Base verb → its other forms.
    #[serde(default)]
    verbs: BTreeMap<String, Vec<String>>,
    /// Singular → plural.
    #[serde(default)]
    plurals: BTreeMap<String, String>,
    /// Country → its adjective and people, where not made by `-n`.
    #[serde(default)]
    demonyms: BTreeMap<String, Vec<String>>,
}

impl Inflector {
    /// The word and its plural.
    pub fn noun(&self, word: &str) -> Vec<String> {
        let plural = self.plurals.get(word).cloned().unwrap_or_else(|| with_s(word));
        vec![word.to_owned(), plural]
    }

    /// The base verb, its third person, past forms and participles.
    pub fn verb(&self, word: &str) -> Vec<String> {
        let mut forms = vec![word.to_owned()];
        match self.verbs.get(word) {
            Some(others) => forms.extend(others.iter().cloned()),
            None => forms.extend([with_s(word), with_ending(word, "ed"), with_ending(word, "ing")]),
        }
        forms
    }

    /// The table of irregular verbs holds it.
    pub fn is_known_verb(&self, word: &str) -> bool {
        self.verbs.contains_key(word)
    }

    /// Forms as noun and as verb.
    pub fn any(&self, word: &str) -> Vec<String> {
        let mut forms = self.noun(word);
        forms.extend(self.verb(word));
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    /// A name with its plural and, for a place, its adjective and people: Korea, Korean, Koreans; Iceland, Icelanders.
    pub fn name(&self, word: &str) -> Vec<String> {
        let mut forms = self.noun(word);
        match self.demonyms.get(&word.to_lowercase()) {
            Some(others) => forms.extend(others.iter().cloned()),
            None if word.starts_with(char::is_uppercase) && word.ends_with('a') => {
                forms.extend([format!("{word}n"), format!("{word}ns")]);
            }
            None if word.ends_with("land") && word.len() > 4 => {
                forms.extend([format!("{word}er"), format!("{word}ers")]);
            }
            None => {}
        }
        forms
    }
}

fn with_s(word: &str) -> String {
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|e| word.ends_with(e));
    match consonant_y(word) {
        Some(stem) => format!("{stem}ies"),
        None if hissing => format!("{word}es"),
        None => format!("{word}s"),
    }
}

fn with_ending(word: &str, ending: &str) -> String {
    match (word.strip_suffix('e'), consonant_y(word)) {
        (Some(stem), _) if ending == "ed" || !word.ends_with("ee") => format!("{stem}{ending}"),
        (_, Some(stem)) if ending == "ed" => format!("{stem}ied"),
        _ => match doubled(word) {
            Some(letter) => format!("{word}{letter}{ending}"),
            None => format!("{word}{ending}"),
        },
    }
}

fn consonant_y(word: &str) -> Option<&str> {
    let stem = word.strip_suffix('y')?;
    (!stem.is_empty() && !stem.ends_with(is_vowel)).then_some(stem)
}

/// The last letter of a word of one syllable that ends in consonant, vowel, consonant: scam, scammed.
fn doubled(word: &str) -> Option<char> {
    let letters: Vec<char> = word.chars().collect();
    let [.., before, vowel, last] = letters.as_slice() else { return None };
    let syllables = word.split(|c| !is_vowel(c)).filter(|s| !s.is_empty()).count();
    let closed = is_vowel(*vowel) && !is_vowel(*before) && !is_vowel(*last) && !"wxy".contains(*last);
    (closed && syllables == 1).then_some(*last)
}

fn is_vowel(c: char) -> bool {
    "aeiouAEIOU".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        let i = Inflector::default();
        assert_eq!(i.verb("hack"), ["hack", "hacks", "hacked", "hacking"]);
        assert_eq!(i.verb("scam"), ["scam", "scams", "scammed", "scamming"]);
        assert_eq!(i.verb("fabricate"), ["fabricate", "fabricates", "fabricated", "fabricating"]);
        assert_eq!(i.verb("spy"), ["spy", "spies", "spied", "spying"]);
        assert_eq!(i.verb("launder"), ["launder", "launders", "laundered", "laundering"]);
        assert_eq!(i.noun("charge"), ["charge", "charges"]);
        assert_eq!(i.name("Norlanda"), ["Norlanda", "Norlandas", "Norlandan", "Norlandans"]);
        assert_eq!(i.name("media"), ["media", "medias"]);
    }
}
