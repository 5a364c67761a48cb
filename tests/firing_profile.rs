//! How often each rule fires on ordinary text that is about no allegation. A rule that suddenly fires everywhere is seen in
//! the difference of `tests/golden/firing_profile.tsv`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;
use std::path::Path;
use threadstance::{Labeller, RulePack};

const PATH: &str = "tests/golden/firing_profile.tsv";
const ORDINARY: &str = include_str!("golden/ordinary.txt");

/// Every line is a sentence and a comment of its own; the profile is the pack's example.
fn profile() -> String {
    let pack = RulePack::builtin().unwrap();
    let labeller = Labeller::new(pack, &pack.example).unwrap();
    let sentences: Vec<&str> = ORDINARY.lines().collect();
    let mut hits: BTreeMap<&str, usize> = BTreeMap::new();
    for sentence in &sentences {
        labeller.firings(sentence).iter().for_each(|(rule, _)| *hits.entry(rule).or_default() += 1);
    }
    let line = |(rule, hits): (&str, usize)| {
        format!("{rule}\t{:.0}\n", hits as f64 * 10_000.0 / sentences.len() as f64)
    };
    "rule\thits per 10000 sentences\n".to_owned() + &hits.into_iter().map(line).collect::<String>()
}

/// Lines that stand in one text alone, marked as a difference is.
fn difference(there: &str, now: &str) -> String {
    let lacks = |text: &str, line: &str| !text.lines().any(|l| l == line);
    let gone = there.lines().filter(|l| lacks(now, l)).map(|l| format!("- {l}\n"));
    let new = now.lines().filter(|l| lacks(there, l)).map(|l| format!("+ {l}\n"));
    let mut lines: Vec<String> = gone.chain(new).collect();
    lines.sort_by_key(|l| l[2..].to_owned());
    lines.concat()
}

#[test]
fn rules_fire_on_ordinary_text_as_often_as_known() {
    let now = profile();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(PATH, &now).unwrap();
    }
    let there = if Path::new(PATH).exists() { std::fs::read_to_string(PATH).unwrap() } else { String::new() };
    let help = "if that is meant: BLESS=1 cargo test --test firing_profile, and look at the difference";
    assert!(there == now, "{PATH} is stale; {help}\n{}", difference(&there, &now));
}

#[test]
fn the_ordinary_text_is_large_and_has_no_line_twice() {
    let lines: std::collections::BTreeSet<&str> = ORDINARY.lines().filter(|l| !l.trim().is_empty()).collect();
    assert_eq!(lines.len(), ORDINARY.lines().count());
    assert!(lines.len() >= 400, "{}", lines.len());
}
