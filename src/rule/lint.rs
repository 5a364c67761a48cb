//! Laws of the pack: what every rule, cue and list must keep.

use super::pack::{Cue, Rule, RulePack, WordList, Wording};
use super::pattern::Pattern;
use super::roles::Roles;
use crate::error::{Error, Result};
use std::collections::BTreeSet;

/// A broken law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// File and line.
    pub place: (String, usize),
    /// Rule, cue or list.
    pub subject: String,
    /// What is broken, and what to do.
    pub message: String,
}

/// Refuses a pack that cannot run: two rules with one id, unknown lists, unknown rules.
///
/// # Errors
/// [`Error::Data`] for the first of these.
pub(super) fn refuse_broken(pack: &RulePack) -> Result<()> {
    match broken(pack).into_iter().next() {
        None => Ok(()),
        Some(breach) => Err(Error::Data {
            file: breach.place.0,
            line: breach.place.1,
            column: 1,
            message: format!("{}: {}", breach.subject, breach.message),
            help: "`threadstance rules lint` shows all".to_owned(),
        }),
    }
}

/// Every broken law, in order of the files.
pub fn lint(pack: &RulePack) -> Vec<Breach> {
    let mut out = broken(pack);
    pack.worded_rules().for_each(|(r, w)| rule_laws(pack, r, w, &mut out));
    pack.worded_cues().for_each(|(c, w)| cue_laws(c, w, &mut out));
    pack.lists.iter().for_each(|(name, list)| list_laws(name, list, &mut out));
    out.extend(unused_lists(pack));
    out
}

/// Examples that each rule and cue must have, both ways.
const EXAMPLES: usize = 3;

/// A pack without constants would give no numbers.
fn scoring(pack: &RulePack) -> Option<Breach> {
    let temperature = pack.scoring.temperature;
    let message = "no [scoring] with a temperature above 0; copy pack.toml of rules/en".to_owned();
    let (place, subject) = (("pack.toml".to_owned(), 1), "pack".to_owned());
    (!temperature.is_finite() || temperature <= 0.0).then_some(Breach { place, subject, message })
}

fn broken<'p>(pack: &'p RulePack) -> Vec<Breach> {
    let mut out: Vec<Breach> = scoring(pack).into_iter().collect();
    let mut ids = BTreeSet::new();
    for (rule, wording) in pack.worded_rules() {
        if !ids.insert(rule.id.as_str()) {
            out.push(breach(rule, wording, "the id is taken; ids are unique"));
        }
    }
    for (rule, wording) in pack.worded_rules() {
        for id in rule.overrides.iter().filter(|id| !ids.contains(id.as_str())) {
            out.push(breach(rule, wording, &format!("overrides `{id}`, which is no rule")));
        }
    }
    let rules = pack.worded_rules().map(|(r, w)| (r.id.clone(), w));
    let cues = pack.worded_cues().map(|(c, w)| (format!("cue {:?}", c.kind), w));
    let of =
        |(subject, w): (String, &'p Wording)| w.patterns.iter().map(move |p| (&w.place, subject.clone(), p));
    for (place, subject, pattern) in rules.chain(cues).flat_map(of) {
        let known = |n: &&String| pack.lists.contains_key(n.as_str()) || Roles::NAMES.contains(&n.as_str());
        for name in list_names(pattern).iter().filter(|n| !known(n)) {
            let message = format!("`@{name}` is no list and no role");
            out.push(Breach { place: place.clone(), subject: subject.clone(), message });
        }
        if begins_open(pattern) {
            let message =
                "an alternative begins with a gap; begin with a word, so that it can be found".to_owned();
            out.push(Breach { place: place.clone(), subject: subject.clone(), message });
        }
    }
    out
}

fn rule_laws(pack: &RulePack, rule: &Rule, wording: &Wording, out: &mut Vec<Breach>) {
    let family = &pack.families[rule.family].id;
    let name = rule.id.strip_prefix(family.as_str()).and_then(|rest| rest.strip_prefix('.'));
    if name.is_none_or(|n| {
        n.is_empty() || !n.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    }) {
        out.push(breach(
            rule,
            wording,
            &format!("the id must be `{family}.` and a name in lower case with hyphens"),
        ));
    }
    if !is_sentence(&wording.reason) {
        out.push(breach(rule, wording, "the reason must be a sentence"));
    }
    let in_thread = rule.mechanism.is_some_and(|m| m.needs_thread());
    for (kind, examples) in [("matches", &wording.matches), ("ignores", &wording.ignores)] {
        if examples.len() < EXAMPLES && !in_thread {
            out.push(breach(
                rule,
                wording,
                &format!("has {} `{kind}`; at least {EXAMPLES} are needed", examples.len()),
            ));
        }
    }
    let relates = rule.relation.is_some() || rule.answer.size() > 0.0;
    if rule.effect.size() == 0.0 && rule.sarcasm == 0.0 && !relates && rule.tone == 0.0 {
        out.push(breach(
            rule,
            wording,
            "has no effect, no sarcasm, no relation, no answer and no tone: it does nothing",
        ));
    }
}

fn cue_laws(cue: &Cue, wording: &Wording, out: &mut Vec<Breach>) {
    let subject = format!("cue {:?}", cue.kind);
    let mut say = |message: String| {
        out.push(Breach { place: wording.place.clone(), subject: subject.clone(), message })
    };
    if !is_sentence(&wording.reason) {
        say("the reason must be a sentence".to_owned());
    }
    for (kind, examples) in [("matches", &wording.matches), ("ignores", &wording.ignores)] {
        if examples.len() < EXAMPLES {
            say(format!("has {} `{kind}`; at least {EXAMPLES} are needed", examples.len()));
        }
    }
}

fn list_laws(name: &str, list: &WordList, out: &mut Vec<Breach>) {
    let mut say = |message: &str| {
        out.push(Breach {
            place: list.place.clone(),
            subject: format!("list {name}"),
            message: message.to_owned(),
        });
    };
    if !is_sentence(&list.reason) {
        say("the reason must be a sentence");
    }
    if let Some(pair) = list.written.windows(2).find(|w| w[0] >= w[1]) {
        say(&format!("`{}` and `{}` are out of order or the same; sort by byte", pair[0], pair[1]));
    }
}

fn unused_lists(pack: &RulePack) -> Vec<Breach> {
    let used: BTreeSet<String> =
        pack.wordings().flat_map(|w| w.patterns.iter()).flat_map(list_names).collect();
    let idle = pack.lists.iter().filter(|(n, _)| !used.contains(*n) && !BY_CODE.contains(&n.as_str()));
    let breach = |(name, list): (&String, &WordList)| Breach {
        place: list.place.clone(),
        subject: format!("list {name}"),
        message: "no pattern names it; use it or remove it".to_owned(),
    };
    idle.map(breach).collect()
}

/// Lists that the program itself asks for.
const BY_CODE: [&str; 17] = [
    "abbreviation",
    "act",
    "adverb",
    "be_word",
    "claim",
    "connector",
    "determiner",
    "first_person",
    "opening_no",
    "opening_yes",
    "participle",
    "particle",
    "preposition",
    "relative",
    "stop_word",
    "third_person",
    "verb_group",
];

fn list_names(pattern: &Pattern) -> Vec<String> {
    match pattern {
        Pattern::List(name) => vec![name.clone()],
        Pattern::Sequence(items) | Pattern::Choice(items) => items.iter().flat_map(list_names).collect(),
        Pattern::Optional(item) | Pattern::Not(item) => list_names(item),
        _ => Vec::new(),
    }
}

/// Begins with something that every word could be.
fn begins_open(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Gap(_) | Pattern::End => true,
        Pattern::Sequence(items) => {
            let first =
                items.iter().find(|i| !matches!(i, Pattern::Start | Pattern::Not(_) | Pattern::Optional(_)));
            first.is_none_or(begins_open)
        }
        Pattern::Choice(items) => items.iter().any(begins_open),
        _ => false,
    }
}

fn is_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
        && text.ends_with('.')
        && text.contains(' ')
}

fn breach(rule: &Rule, wording: &Wording, message: &str) -> Breach {
    Breach { place: wording.place.clone(), subject: rule.id.clone(), message: message.to_owned() }
}
