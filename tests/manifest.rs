//! The manifest of a report is enough to make it again: same bytes, whatever the options.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("manifest-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn run(arguments: &[String]) {
    let done = Command::new(env!("CARGO_BIN_EXE_threadstance")).args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    files
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&p).unwrap()))
        .collect()
}

/// Makes a report, and another from its manifest with `secret` options beside; gives the manifest.
fn again(name: &str, given: &[&str], secret: &[&str]) -> Value {
    let (first, second) = (folder(&format!("{name}-1")), folder(&format!("{name}-2")));
    let words = |list: &[&str]| list.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
    let out = |to: &Path| format!("--out={}", to.display());
    run(&[vec!["report".to_owned(), out(&first)], words(given), words(secret)].concat());
    let text = std::fs::read_to_string(first.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let told = manifest["arguments"].as_array().unwrap().iter().map(|a| a.as_str().unwrap().to_owned());
    run(&[told.collect(), vec![out(&second)], words(secret)].concat());
    let (first, second) = (bytes(&first), bytes(&second));
    let files: Vec<&String> = first.keys().collect();
    assert_eq!(files, second.keys().collect::<Vec<_>>());
    assert!(files.iter().all(|f| first[*f] == second[*f]), "{name}");
    manifest
}

#[test]
fn the_main_command() {
    let manifest = again("main", &["seeds"], &[]);
    let roles: Vec<&str> =
        manifest["materials"].as_array().unwrap().iter().map(|m| m["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["outlets", "profile"]);
}

#[test]
fn every_option() {
    let input = folder("input");
    std::fs::create_dir_all(&input).unwrap();
    let table = input.join("t.csv");
    std::fs::write(&table, "nr,body,who\n1,They stole it,amy\n2,\"A smear, no evidence\",bo\n").unwrap();
    let gold = input.join("gold.jsonl");
    std::fs::write(&gold, "{\"id\":\"1\",\"label\":\"support\"}\n{\"id\":\"2\",\"label\":\"deny\"}\n")
        .unwrap();
    let weights = "--weights=rumour";
    let (table, gold) = (table.display().to_string(), format!("--gold={}", gold.display()));
    let given = [
        table.as_str(),
        "--dialect=csv",
        "--map=id=nr,text=body,author=who",
        "--profile=profiles/dprk-it-workers.toml",
        "--rules=rules/en",
        weights,
        "--only=role",
        "--only=epistemic",
        "--skip=epistemic.smear",
        &gold,
        "--quote-limit=12",
        "--figures=calibration,stance_by_outlet",
        "--theme=dark",
        "--width=700",
        "--dpi=96",
        "--title=-A \"title\", in parts",
        "--confidence=0.9",
        "--export=parquet,convokit",
        "--html",
    ];
    let manifest = again("every", &given, &["--redact=salt"]);
    assert_eq!(manifest["options"]["redacted"], Value::Bool(true));
    assert!(!manifest.to_string().contains("salt"), "the salt stands nowhere");
    let materials = manifest["materials"].as_array().unwrap();
    assert!(materials.iter().all(|m| m["sha256"].as_str().unwrap().len() == 64));
    assert!(materials.iter().any(|m| m["role"] == "gold") && materials.iter().any(|m| m["role"] == "rules"));
}
