//! The laws of the shipped rule pack: lint, examples, files.

use std::collections::BTreeSet;
use threadstance::RulePack;
use threadstance::label::run_examples;
use threadstance::rule::{builtin, lint};

#[test]
fn every_law_holds() {
    let pack = RulePack::builtin().unwrap();
    let breaches: Vec<String> = lint::lint(pack)
        .iter()
        .map(|b| format!("{}:{}: {}: {}", b.place.0, b.place.1, b.subject, b.message))
        .collect();
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
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
fn every_file_of_the_pack_is_built_in() {
    let there: BTreeSet<String> = std::fs::read_dir("rules/en")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_file())
        .map(|p| p.display().to_string())
        .collect();
    let built_in: BTreeSet<String> = builtin::FILES.iter().map(|f| f.0.to_owned()).collect();
    assert_eq!(there, built_in);
}
