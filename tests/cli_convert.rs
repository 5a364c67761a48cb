//! `threadstance convert`, `--map` and refusals as a user meets them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may panic too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli_convert").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Exit code, standard output and standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_threadstance"));
    let output = command.args(args).current_dir(folder).env("COLUMNS", "80").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const PAGE: &str = "Ferry late again\n2 Comments\nAda\n=As ever\nOtto\nI walked.\n";

#[test]
fn a_page_becomes_a_table_and_comes_back() {
    let folder = folder("table");
    fs::write(folder.join("page.txt"), PAGE).unwrap();
    let (code, out, _) = run(&folder, &["convert", "page.txt", "--to", "csv"]);
    let expected = "file,thread_id,id,parent_id,author,score,created,age,subject,state,text\n\
                    page.txt,page.txt,page.txt#1,,Ada,,,,,,'=As ever\npage.txt,page.txt,page.txt#2,,Otto,,,,,,I walked.\n";
    assert_eq!((code, out.as_str()), (0, expected));
    for to in ["convokit", "ndjson", "csv", "parquet"] {
        let out = format!("out.{}", if to == "convokit" { "jsonl" } else { to });
        assert_eq!(run(&folder, &["convert", "page.txt", "--to", to, "--out", &out]).0, 0);
        let (code, shown, _) = run(&folder, &["thread", &out]);
        assert_eq!(code, 0);
        assert!(shown.contains("comments: 2\n1 Ada\n    =As ever\n2 Otto\n    I walked.\n"), "{to}: {shown}");
    }
}

#[test]
fn columns_are_named_on_the_command_line() {
    let folder = folder("map");
    fs::write(folder.join("a.csv"), "Who,Wording\nada,As ever.\n").unwrap();
    let (code, _, err) = run(&folder, &["thread", "a.csv"]);
    assert_eq!(code, 2);
    assert!(err.contains("a.csv:1:1: no column gives the words of comments; name it"), "{err}");
    let (code, out, _) = run(&folder, &["thread", "a.csv", "--map", "text=Wording,author=Who"]);
    assert_eq!(code, 0);
    assert!(out.contains("1 ada\n    As ever.\n"), "{out}");
    assert_eq!(run(&folder, &["thread", "a.csv", "--map", "wording=Wording"]).0, 2);
}

#[test]
fn a_page_of_no_known_shape_is_refused_and_the_others_go_on() {
    let folder = folder("refused");
    fs::write(folder.join("a.txt"), "otto wrote 3 days ago\nx\nReply\nmira wrote 2 days ago\ny\nReply\n")
        .unwrap();
    fs::write(folder.join("b.txt"), PAGE).unwrap();
    let (code, out, err) = run(&folder, &["thread", "a.txt", "b.txt"]);
    assert_eq!(code, 2);
    assert!(err.contains("error: a.txt: an unknown shape") && err.contains("nearest dialects: "), "{err}");
    assert!(err.contains("docs/formats.md") && out.contains("1 Ada"), "{err}");
    let (code, out, _) = run(&folder, &["thread", "a.txt", "--dialect", "article", "--why"]);
    assert_eq!(code, 0);
    assert!(out.contains("        article   1  fits any text\n"), "{out}");
}

#[test]
fn packed_files_are_read_from_a_folder_and_bombs_are_refused() {
    let folder = folder("packed");
    let line = "{\"id\":\"1\",\"text\":\"As ever.\"}\n";
    fs::write(folder.join("a.ndjson.zst"), zstd::encode_all(line.as_bytes(), 3).unwrap()).unwrap();
    let bomb = zstd::encode_all(std::io::Read::take(std::io::repeat(b'x'), 70 << 20), 1).unwrap();
    fs::write(folder.join("b.zst"), bomb).unwrap();
    let (code, out, err) = run(&folder, &["thread", "."]);
    assert_eq!(code, 2);
    assert!(out.contains("As ever.") && err.contains("b.zst: it unpacks to more than"), "{err}");
}
