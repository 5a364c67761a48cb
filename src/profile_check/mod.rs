//! Does a profile fit its input: which of its words occur, which stand for two roles, which names have no role.

mod names;
mod words;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::profile::{Mode, Profile};
use crate::rule::Inflector;
use crate::source::{Source, Span};
use std::collections::BTreeMap;
use words::{Entry, entries};

/// What was found about a profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileCheck {
    /// Every word of the profile with its hits, in the order of the roles and lists.
    pub words: Vec<WordCount>,
    /// L02 to L06; the check failed if one is a warning.
    pub findings: Vec<Diagnostic>,
}

/// How often a word of a profile occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WordCount {
    /// The list it stands in, as `accused`.
    pub role: &'static str,
    /// The word as written.
    pub word: String,
    /// Places where it or one of its inflections occurs.
    pub hits: usize,
}

impl ProfileCheck {
    /// No warning was found.
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|f| f.severity < Severity::Warning)
    }
}

/// Checks a profile, as read from `source`, against the texts of an input. Words are found as the labeller finds them.
/// Without texts only the profile itself is checked.
pub fn check_profile(
    profile: &Profile,
    source: &Source,
    inflector: &Inflector,
    texts: &[&str],
) -> ProfileCheck {
    let entries = entries(profile, source, inflector);
    let (hits, names) = words::count(&entries, inflector, texts);
    // The roles of a rumour are taken from its source post.
    let needed: &[&str] = if profile.mode == Mode::Rumour { &[] } else { &NEEDED };
    let mut findings = empty_lists(profile, needed, source);
    findings.extend(ambiguous(&entries, source));
    if !texts.is_empty() {
        findings.extend(unused(&entries, &hits, source));
        findings.extend(names.frequent().into_iter().map(|name| unplaced(source, name)));
    }
    let count = |(e, hits): (&Entry, &usize)| WordCount { role: e.role, word: e.word.clone(), hits: *hits };
    ProfileCheck { words: entries.iter().zip(&hits).map(count).collect(), findings }
}

/// Lists without which a profile does little.
const NEEDED: [&str; 3] = ["accused", "deed", "accuser"];

fn empty_lists(profile: &Profile, needed: &[&str], source: &Source) -> Vec<Diagnostic> {
    let lists = [("accused", &profile.accused), ("deed", &profile.deed), ("accuser", &profile.accuser)];
    let empty =
        lists.iter().filter(|(name, list)| needed.contains(name) && list.iter().all(|w| w.trim().is_empty()));
    let finding = |(name, _): &(&str, _)| {
        let help = "give it at least one word; `accused` and `deed` carry most of the result";
        let message = format!("the list `{name}` is empty");
        Diagnostic::whole(source.name(), Code::ListEmpty, Severity::Warning, message, help)
    };
    empty.map(finding).collect()
}

/// A form that stands in two roles; told once for each pair of words, at the later one.
fn ambiguous(entries: &[Entry], source: &Source) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &Entry> = BTreeMap::new();
    let mut out = Vec::new();
    for entry in entries {
        let other = entry.forms.iter().find_map(|f| Some((f, *first.get(f.as_str())?)));
        if let Some((form, other)) = other.filter(|(_, o)| o.role != entry.role) {
            let message = format!(
                "“{}” ({}) and “{}” ({}) are both found in “{form}”",
                other.word, other.role, entry.word, entry.role
            );
            out.push(at(
                source,
                entry.span,
                Code::AliasAmbiguous,
                Severity::Warning,
                message,
                "keep one of them",
            ));
        }
        entry.forms.iter().for_each(|f| _ = first.entry(f).or_insert(entry));
    }
    out
}

fn unused(entries: &[Entry], hits: &[usize], source: &Source) -> Vec<Diagnostic> {
    let mut by_role: BTreeMap<&str, usize> = BTreeMap::new();
    entries.iter().zip(hits).for_each(|(e, hits)| *by_role.entry(e.role).or_default() += hits);
    let absent = by_role.iter().filter(|(role, hits)| **hits == 0 && NEEDED.contains(role));
    let absent = absent.map(|(role, _)| {
        let message = format!("no word of `{role}` occurs in the input");
        let help = "check their spelling, and that this is the profile of this input";
        Diagnostic::whole(source.name(), Code::RoleAbsent, Severity::Warning, message, help)
    });
    let told = |role: &str| by_role[role] == 0 && NEEDED.contains(&role);
    let rare = entries.iter().zip(hits).filter(|(e, hits)| **hits == 0 && !told(e.role));
    let rare = rare.map(|(entry, _)| {
        let message = format!("“{}” ({}) never occurs in the input", entry.word, entry.role);
        at(
            source,
            entry.span,
            Code::AliasUnused,
            Severity::Note,
            message,
            "check its spelling, or keep it for other input",
        )
    });
    absent.chain(rare).collect()
}

fn unplaced(source: &Source, (name, count): (String, usize)) -> Diagnostic {
    let message = format!("“{name}” stands in no role and occurs {count} times");
    let help = "put it into a list if it is one of the parties";
    Diagnostic::whole(source.name(), Code::NameUnplaced, Severity::Note, message, help)
}

fn at(
    source: &Source,
    span: Span,
    code: Code,
    severity: Severity,
    message: String,
    help: &str,
) -> Diagnostic {
    Diagnostic::at(source, span, code, severity, message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(profile: &str, texts: &[&str]) -> ProfileCheck {
        let source = Source::from_text("p.toml", profile.to_owned()).unwrap();
        check_profile(&Profile::draft(&source).unwrap(), &source, &Inflector::default(), texts)
    }

    fn told(found: &ProfileCheck) -> Vec<String> {
        found.findings.iter().map(|f| format!("{}:{} {}", f.line, f.code.as_str(), f.message)).collect()
    }

    const PROFILE: &str =
        "claim = 'x'\naccuser = ['Norland', 'NBI']\naccused = ['Astora', 'Brandt']\ndeed = ['smuggle']\n";

    #[test]
    fn words_are_counted_with_their_inflections() {
        let found = check(PROFILE, &["The Astorans smuggled fuel, Norland says.", "Astora! The nbi."]);
        let hits: Vec<(&str, usize)> = found.words.iter().map(|w| (w.word.as_str(), w.hits)).collect();
        assert_eq!(hits, [("Norland", 1), ("NBI", 0), ("Astora", 2), ("Brandt", 0), ("smuggle", 1)]);
        assert_eq!(
            told(&found),
            [
                "2:L02 “NBI” (accuser) never occurs in the input",
                "3:L02 “Brandt” (accused) never occurs in the input"
            ]
        );
        assert!(found.holds());
    }

    #[test]
    fn empty_absent_and_ambiguous_lists_fail_the_check() {
        let found = check(
            "claim = 'x'\naccused = ['Ode', 'charge']\nclaim_terms = ['charges']\n",
            &["Fine weather."],
        );
        assert_eq!(
            told(&found),
            [
                "1:L03 the list `deed` is empty",
                "1:L03 the list `accuser` is empty",
                "3:L05 “charge” (accused) and “charges” (claim_terms) are both found in “charges”",
                "1:L04 no word of `accused` occurs in the input",
                "3:L02 “charges” (claim_terms) never occurs in the input",
            ]
        );
        assert!(!found.holds());
        assert!(check("claim = 'x'\naccuser=['A']\naccused = ['B']\ndeed=['steal']", &[]).holds());
    }

    #[test]
    fn frequent_names_without_a_role_are_told() {
        let text = "Astora lies. I met Lena Okafor there. Then Okafor left. Yes, Lena Okafor! Perhaps. I saw it. Perhaps. THE END, the end.";
        let found = check(PROFILE, &[text]);
        let names: Vec<String> = told(&found).into_iter().filter(|t| t.contains("L06")).collect();
        assert_eq!(names, ["1:L06 “Lena Okafor” stands in no role and occurs 2 times"]);
    }
}
