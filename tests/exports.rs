//! Hand-written exports with invented people: each file of `tests/exports` has its picture in `NAME.outline` and its
//! counts in `counts.tsv`. `BLESS=1 cargo test --test exports` writes the pictures anew, never the counts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may panic too")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use threadstance::parse::parse;
use threadstance::visible::visible;
use threadstance::{Error, Parsed, Source, Thread};

#[test]
fn every_export_gives_its_picture() {
    let files = files();
    assert!(files.len() >= 25, "{} exports were run", files.len());
    for name in &files {
        let path = folder().join(format!("{name}.outline"));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, picture(name)).unwrap();
        }
        assert_eq!(picture(name), fs::read_to_string(&path).unwrap(), "{name}");
    }
}

/// The counts were made by hand.
#[test]
fn every_export_gives_its_count() {
    let table = fs::read_to_string(folder().join("counts.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|l| l.split('\t').collect()).collect();
    let listed: BTreeSet<String> = rows.iter().map(|r| r[0].to_owned()).collect();
    assert_eq!(listed, files(), "each export needs its counts and the other way round");
    for row in rows {
        let got = match read(row[0]) {
            Ok(parsed) => {
                let all: usize = parsed.threads.iter().map(|t| t.comments().len()).sum();
                let there: usize = parsed.threads.iter().map(Thread::len).sum();
                [parsed.threads.len(), there, all - there].map(|n| n.to_string())
            }
            Err(_) => ["-", "refused", "-"].map(str::to_owned),
        };
        assert_eq!(got.each_ref().map(String::as_str), row[1..4], "{}", row[0]);
    }
}

fn picture(name: &str) -> String {
    let parsed = match read(name) {
        Ok(parsed) => parsed,
        Err(Error::Shape { reason, .. }) => return format!("refused: {reason}\n"),
        Err(error) => panic!("{name}: {error}"),
    };
    let mut text = format!("{}\n", parsed.dialect);
    for thread in &parsed.threads {
        let title = thread.origin.title.as_deref().unwrap_or("-");
        writeln!(
            text,
            "thread {} | {} | {}",
            thread.id,
            visible(title),
            thread.origin.url.as_deref().unwrap_or("-")
        )
        .unwrap();
        write!(text, "{}", thread.outline().with_words()).unwrap();
    }
    for found in &parsed.diagnostics {
        writeln!(text, "{}:{} {} {}", found.line, found.column, found.code.as_str(), visible(&found.message))
            .unwrap();
    }
    text
}

fn read(name: &str) -> Result<Parsed, Error> {
    parse(&Source::read(&folder().join(name)).unwrap(), None)
}

fn files() -> BTreeSet<String> {
    let names = fs::read_dir(folder()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    names.filter(|n| !n.ends_with(".outline") && n != "counts.tsv").collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}
