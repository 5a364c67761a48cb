//! The words of a profile with their forms, and where they occur.

use super::names::Names;
use crate::profile::Profile;
use crate::rule::{Compiler, Draft, Inflector, Pattern, Roles, Scope};
use crate::source::{Source, Span};
use crate::text::tokenize;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A word of a profile.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The list it stands in.
    pub role: &'static str,
    /// As written.
    pub word: String,
    /// What it is found as.
    pub forms: Vec<String>,
    /// Where it stands in the profile.
    pub span: Span,
}

/// The lists of a profile, the name of their role in patterns, and their words.
type List = (&'static str, &'static str, fn(&mut Profile) -> &mut Vec<String>);

const LISTS: [List; 5] = [
    ("accuser", "accuser", |p| &mut p.accuser),
    ("accused", "accused", |p| &mut p.accused),
    ("defender", "defender", |p| &mut p.defender),
    ("deed", "deed", |p| &mut p.deed),
    ("claim_terms", "claim", |p| &mut p.claim_terms),
];

/// Every word of the profile, in the order of the roles and lists; empty words are left out.
pub(super) fn entries(profile: &Profile, source: &Source, inflector: &Inflector) -> Vec<Entry> {
    let places = places(source);
    let mut out = Vec::new();
    for (list, role, of) in LISTS {
        let words = of(&mut profile.clone()).clone();
        for (i, word) in words.into_iter().enumerate().filter(|(_, w)| !w.trim().is_empty()) {
            let mut alone = Profile::default();
            of(&mut alone).push(word.clone());
            let forms = Roles::of(&alone, inflector).entries(role).to_vec();
            let span = places.get(list).and_then(|p| p.get(i)).copied().unwrap_or_default();
            out.push(Entry { role: list, word, forms, span });
        }
    }
    out
}

/// Hits of each entry, and the names that no entry covers.
pub(super) fn count(entries: &[Entry], inflector: &Inflector, texts: &[&str]) -> (Vec<usize>, Names) {
    let (lists, roles) = (BTreeMap::new(), Roles::default());
    let mut compiler = Compiler::new(&lists, &roles, inflector);
    let mut draft = Draft::default();
    for (i, entry) in entries.iter().enumerate() {
        let pattern = Pattern::Choice(entry.forms.iter().map(|f| spelt(f)).collect());
        draft.add(&mut compiler, &pattern, Scope::Sentence, i as u32);
    }
    let (matcher, words) = draft.finish(compiler);
    let (mut hits, mut names) = (vec![0; entries.len()], Names::default());
    for text in texts {
        let tokens = tokenize(text, &words);
        let found = matcher.find(&tokens, |_| true);
        found.iter().for_each(|f| hits[f.payload as usize] += 1);
        names.add(text, &tokens, |at| found.iter().any(|f| (f.start..f.end).contains(&at)));
    }
    (hits, names)
}

/// As the labeller's lists: a word of capitals keeps them.
fn spelt(form: &str) -> Pattern {
    let capitals = form.chars().any(char::is_uppercase) && !form.chars().any(char::is_lowercase);
    if capitals && !form.contains(' ') {
        Pattern::Exact(form.to_owned())
    } else {
        Pattern::Word(form.to_owned())
    }
}

/// Where the words stand, by list; nothing for a profile that is no TOML table.
fn places(source: &Source) -> BTreeMap<String, Vec<Span>> {
    let Ok(table) = DeTable::parse(source.as_str()) else { return BTreeMap::new() };
    let span = |s: std::ops::Range<usize>| Span::new(s.start as u32, s.end as u32);
    let spans = |list: &DeValue<'_>| list.as_array().map(|l| l.iter().map(|w| span(w.span())).collect());
    let list = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        Some((key.get_ref().to_string(), spans(value.get_ref())?))
    };
    table.get_ref().iter().filter_map(list).collect()
}
