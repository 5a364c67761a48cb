//! The words of a profile with all their forms.

use super::inflect::Inflector;
use crate::profile::Profile;

/// The forms of each role's words; a word of capitals is matched with its capitals.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the roles are explained at Profile")]
pub struct Roles {
    pub accuser: Vec<String>,
    pub accused: Vec<String>,
    pub defender: Vec<String>,
    pub deed: Vec<String>,
    pub deed_verb: Vec<String>,
    pub claim: Vec<String>,
}

impl Roles {
    /// Names that patterns may give to roles.
    pub const NAMES: [&str; 6] = ["accuser", "accused", "defender", "deed", "deed_verb", "claim"];

    /// The entries of a role; none for another name.
    pub fn entries(&self, name: &str) -> &[String] {
        match name {
            "accuser" => &self.accuser,
            "accused" => &self.accused,
            "defender" => &self.defender,
            "deed" => &self.deed,
            "deed_verb" => &self.deed_verb,
            "claim" => &self.claim,
            _ => &[],
        }
    }

    /// The forms of a profile's words.
    pub fn of(profile: &Profile, inflector: &Inflector) -> Self {
        let names = |words: &[String]| words.iter().flat_map(|w| name_forms(w, inflector)).collect();
        let deeds =
            |verbs_only| profile.deed.iter().flat_map(|w| deed_forms(w, inflector, verbs_only)).collect();
        let claim = profile
            .claim_terms
            .iter()
            .flat_map(|w| last_word(&lower(w), |last| inflector.noun(last)))
            .collect();
        Roles {
            accuser: names(&profile.accuser),
            accused: names(&profile.accused),
            defender: names(&profile.defender),
            deed: deeds(false),
            deed_verb: deeds(true),
            claim,
        }
    }
}

/// An acronym stays as it is and keeps its capitals; another name gets its plural, adjective and people.
fn name_forms(word: &str, inflector: &Inflector) -> Vec<String> {
    if is_acronym(word) {
        vec![word.to_owned()]
    } else {
        last_word(&lower(word), |_| inflector.name(last_of(word)))
    }
}

fn last_of(phrase: &str) -> &str {
    phrase.trim().rsplit(' ').next().unwrap_or(phrase)
}

/// Up to five capitals, with or without dots: US, U.S., DOJ. They are matched with their capitals.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| *c != '.').count();
    (1..=5).contains(&letters) && word.chars().all(|c| c == '.' || c.is_uppercase())
}

/// A single word as noun and verb; of a phrase the first word as verb and the last as noun.
fn deed_forms(phrase: &str, inflector: &Inflector, verbs_only: bool) -> Vec<String> {
    let phrase = lower(phrase);
    match phrase.split_once(' ') {
        None if verbs_only => verb_only(&phrase, inflector),
        None => inflector.any(&phrase),
        Some((first, rest)) => {
            let verbs = inflector.verb(first).into_iter().map(|f| format!("{f} {rest}"));
            let nouns = last_word(&phrase, |last| inflector.noun(last));
            if verbs_only { verbs.skip(1).collect() } else { verbs.chain(nouns).collect() }
        }
    }
}

/// Forms that can only be a verb: those in the table of irregular verbs; of other words those in -ed and -ing, since the
/// plural of a noun looks like a verb in -s.
fn verb_only(word: &str, inflector: &Inflector) -> Vec<String> {
    let forms = inflector.verb(word);
    if inflector.is_known_verb(word) {
        return forms.into_iter().skip(1).collect();
    }
    forms.into_iter().filter(|f| f != word && (f.ends_with("ed") || f.ends_with("ing"))).collect()
}

fn last_word(phrase: &str, forms: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let phrase = phrase.trim();
    match phrase.rsplit_once(' ') {
        None => forms(phrase),
        Some((head, last)) => forms(last).into_iter().map(|f| format!("{head} {f}")).collect(),
    }
}

fn lower(word: &str) -> String {
    word.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_bring_their_people_and_acronyms_their_capitals() {
        let i = Inflector::default();
        assert_eq!(
            name_forms("North Korea", &i),
            ["north Korea", "north Koreas", "north Korean", "north Koreans"]
        );
        assert_eq!(name_forms("U.S.", &i), ["U.S."]);
        assert_eq!(name_forms("DOJ", &i), ["DOJ"]);
    }

    #[test]
    fn deeds_are_nouns_and_verbs() {
        let i = Inflector::default();
        assert_eq!(deed_forms("hack", &i, true), ["hacked", "hacking"]);
        assert!(deed_forms("launder money", &i, false).contains(&"laundered money".to_owned()));
    }
}
