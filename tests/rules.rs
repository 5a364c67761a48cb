//! The laws of the shipped rule pack: lint, examples, files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeSet;
use std::path::Path;
use threadstance::label::{run_cases, run_examples};
use threadstance::rule::{builtin, docs, lint};
use threadstance::thread::{Body, Comment, CommentId, Origin, Text, Thread};
use threadstance::{Labeller, Profile, RulePack};

#[test]
fn every_law_holds() {
    let pack = RulePack::builtin().unwrap();
    let breaches: Vec<String> = lint::lint(pack)
        .iter()
        .map(|b| format!("{}:{}: {}: {}", b.place.0, b.place.1, b.subject, b.message))
        .collect();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// What `build.rs` made of the rules labels as the files do, and is the same pack.
#[test]
fn what_is_built_in_is_what_the_files_say() {
    let (built, read) = (RulePack::builtin().unwrap(), RulePack::read(Path::new("rules/en")).unwrap());
    let count = |pack: &RulePack| pack.wordings().map(|w| w.patterns.len()).sum::<usize>();
    assert_eq!(count(built), count(&read));
    assert!(format!("{built:?}") == format!("{read:?}"), "the packs differ");
    let profiles = [built.example.clone(), Profile::default(), Profile::find("rumour").unwrap()];
    for profile in profiles {
        let [one, other] = [built, &read].map(|pack| Labeller::new(pack, &profile).unwrap());
        let examples = built.worded_rules().flat_map(|(_, r)| r.matches.iter().chain(&r.ignores));
        for text in examples.chain(built.connotation_examples.iter().step_by(5).map(|e| &e.text)) {
            let comments = vec![Comment::new(Body::Written(Text::new(text.as_str(), 0)))];
            let thread = Thread::new("t", Origin::default(), comments);
            let labels = [&one, &other].map(|l| format!("{:?}", l.label(&thread).label(CommentId(0))));
            assert_eq!(labels[0], labels[1], "{text}");
        }
    }
}

#[test]
fn every_example_holds() {
    let pack = RulePack::builtin().unwrap();
    let failures: Vec<String> = run_examples(pack)
        .unwrap()
        .iter()
        .map(|f| format!("{}:{}: {}: {} {}", f.place.0, f.place.1, f.subject, f.example, f.message))
        .collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_case_holds() {
    let pack = RulePack::builtin().unwrap();
    let mut cases = 0;
    for source in builtin::cases(None).unwrap() {
        let outcome = run_cases(pack, &source).unwrap();
        assert!(outcome.failures.is_empty(), "{}", outcome.failures.join("\n"));
        cases += outcome.cases;
    }
    let there = std::fs::read_dir("rules/en/cases").unwrap().count();
    assert_eq!(there, builtin::case_files().count(), "a file of cases is not built in");
    assert!(cases > 20, "{cases}");
}

#[test]
fn the_catalogue_is_current() {
    let there = std::fs::read_to_string("docs/rules.md").unwrap();
    let help = "write it anew: cargo run -- rules docs > docs/rules.md";
    assert!(there == docs::docs(RulePack::builtin().unwrap()), "docs/rules.md is stale; {help}");
}

#[test]
fn the_list_of_known_misses_is_current() {
    let page = std::fs::read_to_string("SHORTCOMINGS.md").unwrap();
    let between =
        page.split("<!-- known misses -->\n").nth(1).and_then(|rest| rest.split("<!-- end -->").next());
    let wanted = docs::known_misses(RulePack::builtin().unwrap());
    assert!(between == Some(wanted.as_str()), "SHORTCOMINGS.md must hold:\n{wanted}");
}

#[test]
fn every_rule_that_needs_a_thread_has_a_case() {
    let cases: String = builtin::case_files().map(|c| c.1).collect();
    let words: BTreeSet<&str> = cases.split_whitespace().collect();
    let rules = RulePack::builtin().unwrap().rules.iter();
    let bare: Vec<&str> = rules
        .filter(|r| r.mechanism.is_some_and(|m| m.needs_thread()) && !words.contains(r.id.as_str()))
        .map(|r| r.id.as_str())
        .collect();
    assert!(bare.is_empty(), "{bare:?}");
}
