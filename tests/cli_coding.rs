//! `profile`, `sample` and `eval` with coders and packs, as users run them, with good and bad input.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

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
