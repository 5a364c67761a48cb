//! `docs/labels.md` tells the columns of `labels.csv`, and the table keeps to the types it tells.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its file has failed")]

use std::collections::BTreeSet;
use threadstance::report::{COLUMNS, csv};
use threadstance::{Aspect, Labeller, RulePack, Source, parse};

/// Name and type of each documented column.
fn documented() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/labels.md")).unwrap();
    let cells = |line: &str| line.split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>();
    let rows = text.lines().filter(|l| l.starts_with("| `")).map(cells);
    rows.map(|c| (c[1].trim_matches('`').to_owned(), c[2].clone())).collect()
}

#[test]
fn the_columns_are_those_of_the_documentation() {
    let names: Vec<String> = documented().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, COLUMNS);
}

#[test]
fn every_aspect_is_defined() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/labels.md")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|l| l.starts_with("- `")).collect();
    let wanted: Vec<String> = Aspect::ALL.iter().map(|a| format!("- `{a}`: {}", a.meaning())).collect();
    assert_eq!(lines, wanted);
}

#[test]
fn cells_keep_to_their_types() {
    let lines = concat!(
        r#"{"id":"1","text":"They stole it, the ledger proves it.","author":"=amy","score":-3,"thread_id":"t"}"#,
        "\n",
        r#"{"id":"2","parent_id":"1","text":"A smear campaign. Is there any evidence?","thread_id":"t"}"#,
        "\n",
    );
    let source = Source::from_text("x.ndjson", lines.to_owned()).unwrap();
    let parsed = parse(&source, None).unwrap();
    let pack = RulePack::builtin().unwrap();
    let labeller = Labeller::new(pack, &pack.example).unwrap();
    let labelled: Vec<_> = parsed.threads.iter().map(|t| labeller.label(t)).collect();
    let table = csv(&labelled).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut ids = BTreeSet::new();
    for row in reader.records().map(Result::unwrap) {
        for ((name, kind), cell) in documented().iter().zip(&row) {
            assert!(cell.is_empty() || fits(kind, name, cell), "{name}: {cell}");
        }
        let shares: f64 = row.iter().skip(12).take(4).map(|c| c.parse::<f64>().unwrap()).sum();
        assert!((shares - 1.0).abs() < 0.001, "{row:?}");
        assert!(ids.insert(row[6].to_owned()));
    }
    assert_eq!(ids.len(), 2);
}

fn fits(kind: &str, name: &str, cell: &str) -> bool {
    let number = |low: f64| cell.parse::<f64>().is_ok_and(|x| (low..=1.0).contains(&x)) && cell.contains('.');
    match kind {
        "integer" => cell.parse::<i64>().is_ok(),
        "share" => number(0.0),
        "number" => number(-1.0),
        "boolean" => matches!(cell, "true" | "false"),
        "date" => cell.len() == 10,
        "class" if name == "stance" => matches!(cell, "support" | "deny" | "query" | "comment"),
        "class" => matches!(cell, "negative" | "neutral" | "positive"),
        "text" | "list" => !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
        _ => false,
    }
}
