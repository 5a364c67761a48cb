//! Every kind of JSON that the program writes fits its published schema, and the schemas refuse what does not.
//! `cargo build`, then `cargo test` in `tests/schema`; `THREADSTANCE` names another program.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the program's sources.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema(name: &str) -> Validator {
    let path = root().join(format!("docs/schema/{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn run(arguments: &[&str]) -> String {
    let program = std::env::var("THREADSTANCE").unwrap_or("target/debug/threadstance".to_owned());
    let program = root().join(program);
    let done = Command::new(program).args(arguments).current_dir(root()).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Checks one value a line; gives how many there were.
fn lines(schema: &Validator, text: &str) -> usize {
    let values: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    values.iter().for_each(|value| fits(schema, value));
    values.len()
}

fn fits(schema: &Validator, value: &Value) {
    let faults: Vec<String> =
        schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("schema-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

const ODD: &str = concat!(
    r#"{"id":"1","text":"They stole it, the ledger proves it.","author":"=amy","score":-3,"subject":"Re: it","created":"2031-01-01"}"#,
    "\n",
    r#"{"id":"2","parent_id":"1","text":"A smear. Is there any evidence?"}"#,
    "\n",
    r#"{"id":"3","parent_id":"9","text":""}"#,
    "\n",
);

#[test]
fn labelled_comments() {
    let schema = schema("labelled-comment");
    assert_eq!(lines(&schema, &run(&["label", "seeds", "--format", "json"])), 17);
    let odd = folder("odd").join("odd.ndjson");
    std::fs::write(&odd, ODD).unwrap();
    let text = run(&["label", odd.to_str().unwrap(), "--format", "json"]);
    assert!(lines(&schema, &text) >= 2);
    let mut value: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    value["colour"] = json!("red");
    assert!(!schema.is_valid(&value), "a field that is not named");
    value.as_object_mut().unwrap().remove("colour");
    value["stance"] = json!("maybe");
    assert!(!schema.is_valid(&value), "a stance that is none");
    value.as_object_mut().unwrap().remove("stance");
    assert!(!schema.is_valid(&value), "a field that is missing");
}

#[test]
fn summaries_and_manifests() {
    let read =
        |path: PathBuf| serde_json::from_str::<Value>(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (summary, manifest) = (schema("summary"), schema("manifest"));
    let odd = folder("odd-report").join("odd.ndjson");
    std::fs::write(&odd, ODD).unwrap();
    let gold = odd.with_file_name("gold.csv");
    std::fs::write(&gold, "id,label\n1,support\n2,deny\n").unwrap();
    let (odd, gold) = (odd.to_str().unwrap(), gold.to_str().unwrap());
    let seeds: &[&str] = &["seeds"];
    let full: &[&str] =
        &[odd, "--gold", gold, "--redact", "s", "--quote-limit", "9", "--title", "T", "--html"];
    for (name, more) in [("seeds", seeds), ("full", full)] {
        let out = folder(&format!("report-{name}"));
        run(&[&["report", "--out", out.to_str().unwrap(), "--figures", "calibration"], more].concat());
        let found = read(out.join("summary.json"));
        fits(&summary, &found);
        fits(&manifest, &read(out.join("manifest.json")));
        let mut spoiled = found;
        spoiled["outlets"][0]["stance"]["deny"]["share"] = json!(1.5);
        assert!(!summary.is_valid(&spoiled), "a share above 1");
    }
}

/// What the browser test of the page sees exported.
#[test]
fn codings() {
    let codings = schema("codings");
    let mut value =
        json!([{ "id": "a-1", "thread_id": "a", "label": "query", "sentiment": "", "coder": "ann" }]);
    fits(&codings, &value);
    value[0]["colour"] = json!("red");
    assert!(!codings.is_valid(&value), "a field that is not named");
}

#[test]
fn pages_and_comments() {
    let (page, comment) = (schema("page"), schema("comment"));
    assert_eq!(lines(&page, &run(&["thread", "seeds", "--format", "json"])), 5);
    for kept in ["tests/pages/lemmy_hostile.txt", "tests/pages/lemmy_votes.txt", "tests/exports/disqus.xml"] {
        assert_eq!(lines(&page, &run(&["thread", kept, "--format", "json"])), 1);
        assert!(lines(&comment, &run(&["convert", kept, "--to", "ndjson"])) > 0);
    }
}

#[test]
fn evaluations() {
    let evaluation = schema("evaluation");
    let folder = folder("eval");
    let out = folder.join("out");
    let gold = folder.join("gold.jsonl");
    let row = |id: u32, label: &str, accepted: &str| {
        let thread = id % 3;
        format!(
            r#"{{"id":"{id}","thread_id":"t{thread}","text":"They stole it, lock them up.","label":"{label}","accepted":[{accepted}],"platform":"p{thread}","topic":"x"}}"#
        )
    };
    let rows: Vec<String> =
        (0..9).map(|i| row(i, if i % 2 == 0 { "support" } else { "deny" }, "\"query\"")).collect();
    std::fs::write(&gold, rows.join("\n")).unwrap();
    let gold = gold.to_str().unwrap();
    let base = ["eval", gold, "--profile", "dprk-it-workers", "--format", "json"];
    let text = run(&[&base[..], &["--out", out.to_str().unwrap()]].concat());
    let found: Value = serde_json::from_str(&text).unwrap();
    fits(&evaluation, &found);
    let kept = std::fs::read_to_string(out.join("evaluation.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&kept).unwrap(), found);
    let svg = std::fs::read_to_string(out.join("calibration.svg")).unwrap();
    assert!(svg.contains("9 labels with gold") && out.join("calibration.png").is_file());
    let sheet = folder.join("ann.csv");
    std::fs::write(&sheet, "id,thread_id,label\n0,t0,support\n1,t1,deny\n").unwrap();
    let found = run(&[&base[..], &["--codings", sheet.to_str().unwrap()]].concat());
    fits(&schema("coder-agreement"), &serde_json::from_str(&found).unwrap());
    let found = run(&[&base[..], &["--compare", "builtin", "rules/en"]].concat());
    fits(&schema("pack-comparison"), &serde_json::from_str(&found).unwrap());
}
