//! `profile`, `sample` and `eval` with coders and packs, as users run them, with good and bad input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn threadstance(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_threadstance")).args(args).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A fresh folder.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// Writes a file and gives its path.
fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Runs with an exit code and gives standard output and error.
fn ran(code: i32, args: &[&str]) -> (String, String) {
    let out = threadstance(args);
    assert_eq!(out.status.code(), Some(code), "{args:?}\n{}", text(&out.stderr));
    (text(&out.stdout), text(&out.stderr))
}

#[test]
fn a_new_profile_is_a_profile() {
    let folder = folder("profile-new");
    let path = folder.join("my.toml");
    let path = path.to_str().unwrap();
    let (template, _) = ran(0, &["profile", "new"]);
    assert!(template.starts_with("# An allegation profile"), "{template}");
    ran(0, &["profile", "new", "--out", path]);
    assert_eq!(std::fs::read_to_string(path).unwrap(), template);
    let (_, stderr) = ran(2, &["profile", "new", "--out", path]);
    assert!(stderr.contains("my.toml"), "what is there is kept: {stderr}");
    let page = file(
        &folder,
        "page.txt",
        "Ferry\n\n2 Comments\nAda\nThe ferry line smuggles.\nBo\nOh, the prosecutor again.\n",
    );
    let (words, stderr) = ran(0, &["profile", "check", path, &page]);
    assert!(words.contains("deed        smuggling 0, smuggle 1, theft 0"), "{words}");
    assert!(stderr.contains("my.toml:17:26: note[L02]: “Example” (accused) never occurs"), "{stderr}");
}

#[test]
fn a_profile_that_does_not_fit_fails_its_check() {
    let folder = folder("profile-check");
    let lines: String = (0..4)
        .map(|i| {
            format!("{{\"id\":{i},\"text\":\"I think Mayor Quist knows. Ask Quist about the ferry.\"}}\n")
        })
        .collect();
    let input = file(&folder, "lines.ndjson", &lines);
    let profile = file(
        &folder,
        "p.toml",
        "claim = \"x\"\naccuser = [\"Norland\"]\naccused = [\"ferry\", \"charge\"]\ndeed = []\nclaim_terms = [\"charge\"]\n",
    );
    let (_, stderr) = ran(1, &["profile", "check", &profile, &input]);
    for part in [
        "p.toml:1:1: warning[L03]: the list `deed` is empty",
        "p.toml:1:1: warning[L04]: no word of `accuser` occurs in the input",
        "p.toml:5:16: warning[L05]: “charge” (accused) and “charge” (claim_terms) are both found in “charge”",
        "p.toml:3:21: note[L02]: “charge” (accused) never occurs in the input",
        "note[L06]: “Quist” stands in no role and occurs 4 times",
        "note[L06]: “Mayor Quist” stands in no role and occurs 4 times",
    ] {
        assert!(stderr.contains(part), "{part}\n{stderr}");
    }
}

#[test]
fn a_check_that_cannot_be_done_says_why() {
    let folder = folder("profile-bad");
    let broken = file(&folder, "p.toml", "claim = \"x\"\naccuse = []\n");
    let (_, stderr) = ran(2, &["profile", "check", &broken, "seeds"]);
    assert!(stderr.contains("p.toml:2:1: unknown field `accuse`"), "{stderr}");
    let (_, stderr) = ran(2, &["profile", "check", "moon", "seeds"]);
    assert!(stderr.contains("profile `moon` is unknown"), "{stderr}");
    ran(2, &["profile", "check", "dprk-it-workers", "nowhere.txt"]);
    ran(2, &["profile", "check", "dprk-it-workers"]);
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn agreement_is_measured_from_the_words_answered() {
    let folder = folder("agreement");
    let gold = file(
        &folder,
        "gold.csv",
        "\u{FEFF}id;parent_text;text;label\r\n1;The bridge is safe.;I agree with you.;agree\r\n2;The bridge is safe.;I disagree, it is not.;disagree\r\n3;The bridge is safe.;My cat sleeps.;neutral\r\n",
    );
    let (stdout, stderr) = ran(0, &["eval", &gold, "--task", "agreement", "--format", "json"]);
    let found = json(&stdout);
    assert_eq!((found["task"].as_str(), found["n"].as_u64()), (Some("agreement"), Some(3)), "{stderr}");
    assert!((found["accuracy"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{stdout}");
    let bad = file(&folder, "bad.jsonl", "{\"id\":1,\"text\":\"x\",\"label\":\"agree\"}\n");
    let (_, stderr) = ran(2, &["eval", &bad, "--task", "agreement"]);
    assert!(stderr.contains("bad.jsonl:1:1: a row without `parent_text`"), "{stderr}");
}

#[test]
fn gold_may_be_a_table() {
    let folder = folder("gold-csv");
    let gold = file(
        &folder,
        "gold.csv",
        "id,text,label,accepted\n1,A hoax.,deny,\n2,Nice boat.,deny,query; comment\n",
    );
    let (stdout, _) = ran(0, &["eval", &gold, "--format", "json"]);
    let found = json(&stdout);
    assert_eq!((found["accuracy"].as_f64(), found["accuracy_lenient"].as_f64()), (Some(0.5), Some(1.0)));
    let bad = file(&folder, "bad.csv", "id,text,label\n1,A hoax.,deny,deny\n");
    let (_, stderr) = ran(2, &["eval", &bad]);
    assert!(stderr.contains("bad.csv:2:1: more cells than the first line"), "{stderr}");
    let bad = file(&folder, "odd.csv", "number,text\n1,x\n");
    assert!(ran(2, &["eval", &bad]).1.contains("a table with a column `id`"));
}

#[test]
fn packs_are_compared() {
    let folder = folder("packs");
    let pack = folder.join("pack");
    std::fs::create_dir_all(&pack).unwrap();
    for entry in std::fs::read_dir("rules/en").unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, pack.join(path.file_name().unwrap())).unwrap();
        }
    }
    let settings = std::fs::read_to_string("rules/en/pack.toml").unwrap();
    std::fs::write(pack.join("pack.toml"), settings.replace("bias_comment = ", "bias_comment = 9")).unwrap();
    let gold = file(
        &folder,
        "gold.jsonl",
        "{\"id\":1,\"text\":\"A total hoax, a smear.\",\"label\":\"deny\"}\n{\"id\":2,\"text\":\"Nice boat.\",\"label\":\"comment\"}\n",
    );
    let compared = ["eval", &gold, "--compare", "builtin", pack.to_str().unwrap()];
    let (stdout, _) = ran(0, &compared);
    assert!(stdout.contains("1  gold deny  deny → comment  A total hoax, a smear."), "{stdout}");
    assert!(stdout.contains("right in A alone 1, in B alone 0; McNemar’s exact test p = 1.0000"), "{stdout}");
    let found = json(&ran(0, &[&compared[..], &["--format", "json"]].concat()).0);
    assert_eq!((found["changed"].as_u64(), found["changes"][0]["b"].as_str()), (Some(1), Some("comment")));
    let (stdout, _) = ran(0, &["eval", &gold, "--compare", "builtin", "builtin"]);
    assert!(stdout.contains("0 changed"), "{stdout}");
    ran(2, &["eval", &gold, "--compare", "builtin", "nowhere"]);
    ran(2, &["eval", &gold, "--compare", "builtin"]);
}

#[test]
fn coders_are_compared_with_each_other_and_the_program() {
    let folder = folder("coders");
    let texts = ["A hoax by Norland.", "Where is the proof?", "Nice boat.", "A smear.", "Who knows."];
    let lines: String = texts
        .iter()
        .enumerate()
        .map(|(i, t)| format!("{{\"id\":{i},\"text\":\"{t}\",\"thread_id\":\"t\"}}\n"))
        .collect();
    let input = file(&folder, "input.ndjson", &lines);
    let ada = file(
        &folder,
        "ada.csv",
        "\u{FEFF}id,text,label\r\n0,x,Deny\r\n1,x,query\r\n2,x,comment\r\n3,x,deny\r\n4,x,\r\n",
    );
    let bo = file(
        &folder,
        "bo.jsonl",
        "{\"id\":0,\"thread_id\":\"t\",\"label\":\"deny\"}\n{\"id\":1,\"label\":\"comment\"}\n{\"id\":2,\"label\":\"comment\"}\n{\"id\":9,\"label\":\"deny\"}\n{\"id\":3,\"label\":\"denial\"}\n",
    );
    let (stdout, stderr) = ran(0, &["eval", &input, "--codings", &ada, &bo, "--format", "json"]);
    let found = json(&stdout);
    assert_eq!(found["coders"], serde_json::json!({"ada": 4, "bo": 4}));
    assert_eq!((found["n"].as_u64(), found["pairs"][0]["n"].as_u64()), (Some(3), Some(3)));
    // By hand: 2 of 3 agree; chance by the margins is (1·1 + 1·0 + 1·2) / 9 = 1/3, so kappa is .5.
    assert!((found["pairs"][0]["kappa"].as_f64().unwrap() - 0.5).abs() < 1e-9, "{stdout}");
    // By hand: six values (deny 2, query 1, comment 3), one pair of three differs: 1 − 5 · 2 / (36 − 14).
    assert!((found["alpha"].as_f64().unwrap() - (1.0 - 10.0 / 22.0)).abs() < 1e-9, "{stdout}");
    assert_eq!(
        (found["program"]["ada"]["accuracy"].as_f64(), found["program"]["bo"]["n"].as_u64()),
        (Some(1.0), Some(3))
    );
    assert_eq!((found["with_majority"].as_u64(), found["without_majority"].as_u64()), (Some(4), Some(1)));
    assert!(stderr.contains("bo.jsonl:5:1: warning[L07]: “denial” is none of: support, deny"), "{stderr}");
    assert!(stderr.contains("bo.jsonl:4:1: warning[L08]: the comment `9` is not in the input"), "{stderr}");
    let (stdout, _) = ran(0, &["eval", &input, "--codings", &ada, &bo]);
    assert!(stdout.contains("ada – bo: n 3  agree 0.667  kappa 0.500"), "{stdout}");
    assert!(stdout.contains("program – the majority: n 3  agree 1.000"), "{stdout}");
    let (_, stderr) = ran(2, &["eval", &input, "--codings", &ada, "nowhere.csv"]);
    assert!(stderr.contains("nowhere.csv"), "{stderr}");
}

/// A sheet as its columns and rows.
fn sheet(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let cells = |r: &csv::StringRecord| r.iter().map(str::to_owned).collect::<Vec<_>>();
    let columns = cells(reader.headers().unwrap());
    (columns, reader.records().map(|r| cells(&r.unwrap())).collect())
}

#[test]
fn a_sample_is_drawn_coded_and_evaluated() {
    let folder = folder("sample");
    let out = folder.join("sheet.csv");
    let path = out.to_str().unwrap();
    let (stdout, _) = ran(0, &["sample", "seeds", "-n", "12", "--out", path]);
    assert!(stdout.contains("12 of 17 comments drawn"), "{stdout}");
    assert!(stdout.contains("unsure)"), "{stdout}");
    let first = std::fs::read(&out).unwrap();
    ran(0, &["sample", "seeds", "-n", "12", "--out", path]);
    assert_eq!(first, std::fs::read(&out).unwrap(), "the same seed draws the same");
    let (columns, rows) = sheet(&out);
    let at = |name: &str| columns.iter().position(|c| c == name).unwrap();
    assert_eq!(rows.len(), 12);
    assert!(rows.iter().any(|r| !r[at("parent_text")].is_empty()));
    // A coder who takes every suggestion agrees with the program wholly.
    let coded = |name: &str, change: usize| {
        let mut text = format!("\u{FEFF}{}\r\n", columns.join(";"));
        for (i, row) in rows.iter().enumerate() {
            let mut row = row.clone();
            row[at("label")] =
                if i < change { "query".to_owned() } else { row[at("suggested")].to_uppercase() };
            let quoted: Vec<String> = row.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
            text += &format!("{}\r\n", quoted.join(";"));
        }
        file(&folder, name, &text)
    };
    let (ada, bo) = (coded("ada.csv", 0), coded("bo.csv", 4));
    let (stdout, stderr) = ran(0, &["eval", "seeds", "--codings", &ada, &bo, "--format", "json"]);
    let found = json(&stdout);
    assert_eq!(
        (found["n"].as_u64(), found["program"]["ada"]["n"].as_u64()),
        (Some(12), Some(12)),
        "{stderr}"
    );
    assert_eq!(found["program"]["ada"]["accuracy"].as_f64(), Some(1.0));
    assert!(found["program"]["bo"]["accuracy"].as_f64() < Some(0.9));
    let (_, stderr) = ran(2, &["sample", "seeds", "-n", "12", "--out", &ada]);
    assert!(stderr.contains("ada.csv: holds codings"), "{stderr}");
}

#[test]
fn a_sample_of_many_threads_is_told_by_stance() {
    let folder = folder("many");
    let line = |i: u32| {
        format!("{{\"id\":{i},\"thread_id\":\"t{i}\",\"file\":\"f{i}\",\"text\":\"A total hoax.\"}}\n")
    };
    let input = folder.join("many.ndjson");
    std::fs::write(&input, (0..300).map(line).collect::<String>()).unwrap();
    let out = folder.join("sheet.csv");
    let (stdout, _) =
        ran(0, &["sample", input.to_str().unwrap(), "-n", "300", "--out", out.to_str().unwrap()]);
    assert!(stdout.contains("drawn from 300 places: 300 of 300"), "{stdout}");
    assert_eq!(stdout.lines().count(), 2, "{stdout}");
}

#[test]
fn a_blind_sample_shows_no_label_and_runs_nothing() {
    let folder = folder("blind");
    let lines = "{\"id\":\"=1+1\",\"text\":\"=HYPERLINK(1) a hoax\"}\n{\"id\":2,\"parent_id\":\"=1+1\",\"text\":\"Nice boat.\"}\n";
    let input = file(&folder, "in.ndjson", lines);
    let out = folder.join("sheet.csv");
    ran(0, &["sample", &input, "-n", "9", "--blind", "--seed", "7", "--out", out.to_str().unwrap()]);
    let (columns, rows) = sheet(&out);
    assert_eq!(columns.join(","), "id,thread_id,file,path,parent_text,text,label,sentiment,note");
    assert_eq!((rows[0][0].as_str(), rows[0][5].as_str()), ("'=1+1", "'=HYPERLINK(1) a hoax"));
    assert_eq!(rows[1][4], "'=HYPERLINK(1) a hoax");
    let table = std::fs::read_to_string(&out).unwrap().replace("a hoax,,,", "a hoax,deny,,");
    let coded = file(&folder, "ada.csv", &table);
    let (stdout, stderr) = ran(0, &["eval", &input, "--codings", &coded]);
    assert!(stdout.contains("program – ada: n 1  agree 1.000"), "{stdout}{stderr}");
    ran(2, &["sample", &input, "-n", "0", "--out", "x"]);
    ran(2, &["sample", &input, "-n", "3"]);
    let none = folder.join("x.csv");
    let (_, stderr) = ran(2, &["sample", "nowhere", "-n", "3", "--out", none.to_str().unwrap()]);
    assert!(stderr.contains("no comments to draw from") && !none.exists(), "{stderr}");
}

#[test]
fn labels_of_gold_that_are_none_are_told() {
    let folder = folder("gold-labels");
    let lines = "{\"id\":1,\"text\":\"A hoax.\",\"label\":\" Deny\"}\n{\"id\":2,\"text\":\"Nice boat.\",\"label\":\"komment\"}\n";
    let gold = file(&folder, "gold.jsonl", lines);
    let (stdout, stderr) = ran(0, &["eval", &gold, "--profile", "dprk-it-workers"]);
    assert!(stdout.contains("accuracy          0.500"), "{stdout}");
    assert!(stderr.contains("gold.jsonl:2:1: warning[L07]: “komment” is none of: "), "{stderr}");
    assert!(!stderr.contains("“deny”"), "{stderr}");
}
