//! The labels of the seeds against two readers' gold (`tests/gold/seeds.jsonl`, by file and place in the tree).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use serde_json::Value;
use std::path::Path;
use threadstance::{Labeller, Profile, RulePack, Source, parse};

struct Row {
    place: String,
    stance: (String, bool),
    sentiment: (String, bool),
}

fn rows() -> Vec<Row> {
    let profile = Profile::find("dprk-it-workers").unwrap();
    let labeller = Labeller::new(RulePack::builtin().unwrap(), &profile).unwrap();
    let gold = std::fs::read_to_string("tests/gold/seeds.jsonl").unwrap();
    let of = |line: &str| {
        let gold: Value = serde_json::from_str(line).unwrap();
        let parsed =
            parse(&Source::read(&Path::new("seeds").join(gold["file"].as_str().unwrap())).unwrap(), None);
        let thread = parsed.unwrap().threads.remove(0);
        let labelled = labeller.label(&thread);
        let id = thread.walk().find(|id| thread.path(*id) == gold["path"].as_str().unwrap()).unwrap();
        let label = labelled.label(id).unwrap();
        let judge = |found: &str, key: &str, accepted: &str| {
            let accepted = gold[accepted].as_array().unwrap().iter().any(|a| a == found);
            (format!("{found} (gold {})", gold[key]), gold[key] == found || accepted)
        };
        Row {
            place: format!("{} {}", &gold["file"].as_str().unwrap()[..3], gold["path"]),
            stance: judge(label.stance.as_str(), "label", "accepted"),
            sentiment: judge(label.sentiment.as_str(), "sentiment", "sentiment_accepted"),
        }
    };
    gold.lines().map(of).collect()
}

#[test]
fn the_seeds_are_labelled_as_two_readers_label_them() {
    let rows = rows();
    let wrong = |part: fn(&Row) -> &(String, bool)| -> Vec<String> {
        rows.iter().filter(|r| !part(r).1).map(|r| format!("{}: {}", r.place, part(r).0)).collect()
    };
    let (stances, sentiments) = (wrong(|r| &r.stance), wrong(|r| &r.sentiment));
    println!("of {}: {} stances, {} sentiments wrong", rows.len(), stances.len(), sentiments.len());
    assert_eq!(rows.len(), 17);
    assert!(stances.len() <= 1, "{stances:#?}");
    assert!(sentiments.len() <= 1, "{sentiments:#?}");
}

#[test]
fn evidence_quotes_the_source_exactly() {
    let profile = Profile::find("dprk-it-workers").unwrap();
    let labeller = Labeller::new(RulePack::builtin().unwrap(), &profile).unwrap();
    let mut pieces = 0;
    for file in ["000_28f73d6defe4cb62.txt", "003_9872165a3e3d2e42.txt"] {
        let source = Source::read(&Path::new("seeds").join(file)).unwrap();
        let parsed = parse(&source, None).unwrap();
        let labelled = labeller.label(&parsed.threads[0]);
        for (_, label) in labelled.labels() {
            for evidence in &label.evidence {
                assert_eq!(source.text(evidence.span), evidence.quote, "{}", evidence.rule);
                pieces += 1;
            }
        }
    }
    assert!(pieces > 40, "{pieces}");
}
