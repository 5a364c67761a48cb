//! `label`, `report`, `rules` and `eval` as users run them, with good and bad input.

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

fn piped(args: &[&str], input: &str) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_threadstance"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn one_command_answers_why() {
    let out = threadstance(&["label", "seeds/003_9872165a3e3d2e42.txt", "--explain"]);
    assert_eq!(out.status.code(), Some(0));
    let shown = text(&out.stdout);
    assert!(shown.contains("Raphael  deny"), "{shown}");
    assert!(shown.contains("[witch hunt]"), "{shown}");
    assert!(
        shown.contains("epistemic.smear deny +1.30 “witch hunt”: The charge is called an instrument"),
        "{shown}"
    );
}

#[test]
fn explain_says_where_it_does_nothing() {
    let out = threadstance(&["label", "seeds", "--explain", "--format", "json"]);
    assert!(text(&out.stderr).contains("note: --explain is for text"), "{}", text(&out.stderr));
    let plain = threadstance(&["label", "seeds", "--format", "json"]);
    assert_eq!((out.status.code(), out.stdout == plain.stdout), (Some(0), true));
    assert!(!text(&plain.stderr).contains("--explain"));
}

#[test]
fn labels_are_input_again() {
    let lines = "{\"id\":\"b\",\"parent_id\":\"a\",\"text\":\"Exactly this.\"}\n{\"id\":\"a\",\"text\":\"A total hoax by the DOJ.\"}\n";
    let first = piped(&["label", "-", "--profile", "dprk-it-workers", "--format", "json"], lines);
    let again =
        piped(&["label", "-", "--profile", "dprk-it-workers", "--format", "json"], &text(&first.stdout));
    assert_eq!(text(&first.stdout), text(&again.stdout));
    let rows: Vec<Value> = text(&first.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let stances: Vec<(&str, &str)> =
        rows.iter().map(|r| (r["id"].as_str().unwrap(), r["stance"].as_str().unwrap())).collect();
    assert_eq!(stances, [("a", "deny"), ("b", "deny")]);
    for evidence in rows.iter().flat_map(|r| r["evidence"].as_array().unwrap().iter().map(move |e| (r, e))) {
        let (row, piece) = evidence;
        let at = piece["start"].as_u64().unwrap() as usize..piece["end"].as_u64().unwrap() as usize;
        assert_eq!(row["text"].as_str().unwrap().get(at), piece["quote"].as_str());
    }
}

#[test]
fn without_a_profile_the_output_says_so() {
    let out = piped(&["label", "-", "--format", "json"], "{\"id\":1,\"text\":\"Fake.\"}\n");
    assert_eq!(out.status.code(), Some(0));
    assert!(text(&out.stderr).contains("note[L01]: no profile"), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("\"stance\":\"deny\""));
}

#[test]
fn what_does_not_exist_is_named_with_the_way_out() {
    let stderr = |args: &[&str]| {
        let out = threadstance(args);
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        text(&out.stderr)
    };
    assert!(
        stderr(&["label", "seeds", "--profile", "moon"])
            .contains("profile `moon` is unknown; give a file, or one of")
    );
    let weights = stderr(&["label", "seeds", "--weights", "moon"]);
    assert!(
        weights.contains("weights `moon` is unknown; give a file that `threadstance fit` wrote, or one of: ")
    );
    for shipped in std::fs::read_dir("rules/weights").unwrap() {
        let name = shipped.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(weights.contains(&name), "{name}: {weights}");
    }
    assert!(stderr(&["rules", "explain", "moon"]).contains("rule `moon` is unknown; the families are"));
    assert!(stderr(&["label", "nowhere.txt"]).contains("nowhere.txt"));
    assert!(stderr(&["report", "seeds", "--out", "x", "--figures", "pie"]).contains("`pie`"));
    let kept = folder("kept");
    let out = kept.join("file").display().to_string();
    let written: [&[&str]; 3] = [
        &["report", "nowhere", "--out", &out],
        &["label", "nowhere", "--format", "csv", "--out", &out],
        &["convert", "nowhere", "--to", "csv", "--out", &out],
    ];
    for args in written {
        assert!(stderr(args).contains("nothing is written"), "{args:?}");
        assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 0, "{args:?}");
    }
}

/// A copy of the shipped rules.
fn copied_pack(name: &str) -> PathBuf {
    let pack = folder(name);
    for entry in std::fs::read_dir("rules/en").unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, pack.join(path.file_name().unwrap())).unwrap();
        }
    }
    pack
}

#[test]
fn a_mistake_in_a_rule_file_is_placed() {
    let pack = copied_pack("pack");
    let broken = "[family]\nid = \"odd\"\nabout = \"Odd.\"\n\n[[rule]]\nid = \"odd.one\"\nsince = \"0.1\"\nstatus = \"stable\"\npattern = 'no (proof'\nreason = \"Odd.\"\n";
    std::fs::write(pack.join("zodd.toml"), broken).unwrap();
    let out = threadstance(&["label", "seeds", "--rules", pack.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(2));
    let stderr = text(&out.stderr);
    assert!(stderr.contains("zodd.toml:9:15: odd.one: this bracket is never closed"), "{stderr}");
    std::fs::write(pack.join("zodd.toml"), broken.replace("(proof", "@moon")).unwrap();
    let stderr = text(&threadstance(&["rules", "list", "--rules", pack.to_str().unwrap()]).stderr);
    assert!(stderr.contains("zodd.toml:6:1: odd.one: `@moon` is no list and no role"), "{stderr}");
    std::fs::write(pack.join("zodd.toml"), broken.replace("(proof", "proof")).unwrap();
    let out = threadstance(&["rules", "lint", "--rules", pack.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stdout).contains("odd.one: has 0 `matches`; at least 3 are needed"));
    std::fs::write(pack.join("zodd.toml"), broken.replace("(proof", "@moon")).unwrap();
    std::fs::write(pack.join("zzodd.toml"), broken.replace("odd", "odder").replace("(proof", "@sun"))
        .unwrap();
    let out = threadstance(&["rules", "lint", "--rules", pack.to_str().unwrap()]);
    let told = text(&out.stdout);
    assert!(told.contains("odd.one: `@moon`") && told.contains("odder.one: `@sun`"), "{told}");
    assert_eq!(out.status.code(), Some(1));
}

#[test]
fn lint_tells_the_mistakes_of_every_file() {
    let pack = copied_pack("broken-pack");
    std::fs::write(pack.join("zone.toml"), "[family]\nid = 1\n").unwrap();
    std::fs::write(pack.join("ztwo.toml"), "[family]\nid = 'x'\nabout = 'y'\n[[rule]]\nid = 'x'\n").unwrap();
    std::fs::write(pack.join("lexicon.tsv"), "good\tvery\n").unwrap();
    let stderr = text(&threadstance(&["rules", "lint", "--rules", pack.to_str().unwrap()]).stderr);
    assert_eq!(stderr.matches("error: ").count(), 3, "{stderr}");
    assert!(stderr.contains("zone.toml:2:") && stderr.contains("ztwo.toml:4:"), "{stderr}");
    assert!(stderr.contains("lexicon.tsv:1:"), "{stderr}");
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let pages = folder("pages");
    std::fs::write(pages.join("a.txt"), b"na\xEFve").unwrap();
    std::fs::write(pages.join("b.txt"), "A title\n\n2 Comments\nAda\nThis is fake.\nBo\nSource?\n").unwrap();
    std::fs::write(pages.join("c.txt"), "").unwrap();
    let out =
        threadstance(&["report", pages.to_str().unwrap(), "--out", pages.join("out").to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(2));
    let stderr = text(&out.stderr);
    assert!(
        stderr.contains("a.txt:1:3: invalid UTF-8 (byte 0xEF)") && stderr.contains("c.txt:1:1: warning[P01]"),
        "{stderr}"
    );
    assert!(stderr.contains("2 comments, 0 gaps, 0 duplicates"), "{stderr}");
    let read = |name: &str| std::fs::read_to_string(pages.join("out").join(name)).unwrap();
    assert_eq!(read("labels.csv").lines().count(), 3, "{}", read("labels.csv"));
}

#[test]
fn a_report_says_which_inputs_it_could_not_read() {
    let pages = folder("refused");
    std::fs::write(pages.join("a|.txt"), b"na\xEFve").unwrap();
    std::fs::write(pages.join("b.txt"), "A title\n\n2 Comments\nAda\nThis is fake.\nBo\nSource?\n").unwrap();
    let (input, out) = (pages.to_str().unwrap(), pages.join("out"));
    let done = threadstance(&["report", input, "nowhere.txt", "--html", "--out", out.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(2));
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    let json = |name: &str| serde_json::from_str::<Value>(&read(name)).unwrap();
    let refused = json("manifest.json")["refused"].clone();
    assert_eq!(
        (&refused[0]["file"], &refused[1]["file"]),
        (&Value::from("a|.txt"), &Value::from("nowhere.txt"))
    );
    let reason = refused[0]["reason"].as_str().unwrap();
    assert!(reason.starts_with("line 1, column 3: invalid UTF-8 (byte 0xEF); "), "{reason}");
    assert_eq!(json("summary.json")["refused"], refused);
    let summary = read("summary.md");
    assert!(
        summary.contains("## Inputs that were not read\n\n- Input a\\|.txt: line 1, column 3: "),
        "{summary}"
    );
    let page = read("report.html");
    assert!(page.contains("Inputs that were not read</h2>\n<ul>\n<li>a|.txt: line 1, column 3: "));
    threadstance(&["report", pages.join("b.txt").to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert!(json("manifest.json").get("refused").is_none() && !read("summary.md").contains("not read"));
}

#[test]
fn a_line_of_ndjson_that_is_no_utf8_costs_itself() {
    let dir = folder("utf8");
    let (good, bad) = (br#"{"id":1,"text":"A hoax."}"#, b"{\"id\":2,\"text\":\"Gr\xFC\xDFe\"}");
    let last = br#"{"id":3,"parent_id":1,"text":"Exactly this."}"#;
    std::fs::write(dir.join("a.ndjson"), [&good[..], bad, last].join(&b'\n')).unwrap();
    std::fs::write(dir.join("b.ndjson"), b"\xFF\xFC\x00\n\xFF\n").unwrap();
    std::fs::write(dir.join("outlets.toml"), "[\"a.ndjson\"]\noutlet = \"Heron\"\n").unwrap();
    let done = threadstance(&["label", dir.to_str().unwrap(), "--format", "csv"]);
    let (stdout, stderr) = (text(&done.stdout), text(&done.stderr));
    assert!(stderr.contains("a.ndjson:2:19: warning[P08]: this line is no UTF-8"), "{stderr}");
    assert!(stderr.contains("error: ") && stderr.contains("b.ndjson:1:"), "{stderr}");
    assert_eq!(done.status.code(), Some(2));
    assert!(stderr.contains("2 comments, 0 gaps"), "{stderr}");
    assert!(stdout.contains("\na.ndjson,Heron,,,a.ndjson,1.1,3,1,"), "{stdout}");
    let file = dir.join("a.ndjson");
    let done = threadstance(&["thread", file.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("a.ndjson (ndjson)\ncomments: 2\n"), "{}", text(&done.stdout));
}

#[test]
fn captions_say_what_is_counted_and_what_is_left_out() {
    let dir = folder("captions");
    let line = |file: &str, id: u32, rest: &str| {
        format!("{{\"id\":{id},\"thread_id\":\"{file}\",\"file\":\"{file}\",\"text\":\"A hoax.\"{rest}}}\n")
    };
    let text =
        line("timed", 1, ",\"created\":100") + &line("timed", 2, ",\"created\":9000") + &line("not", 3, "");
    let text = text + "{\"id\":4,\"thread_id\":\"gone\",\"file\":\"gone\",\"state\":\"removed\"}\n";
    let input = dir.join("a.ndjson");
    std::fs::write(&input, text).unwrap();
    let out = dir.join("out");
    threadstance(&["report", input.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    assert!(read("stance_over_time.svg").contains("2 labelled comments with a time, of 3. Dots"));
    assert!(read("stance_by_outlet.svg").contains("3 labelled comments in 2 threads. Dots"));
    for figure in ["stance_by_outlet.svg", "sentiment_by_outlet.svg", "aspects_by_outlet.svg"] {
        assert!(read(figure).contains("No labelled comments: gone"), "{figure}");
    }
    let counts = "3 threads (2 with labelled comments), 4 comments: 3 labelled, 1 removed";
    assert!(read("summary.md").contains(counts), "{}", read("summary.md"));
}

#[test]
fn a_report_in_the_folder_is_not_read_again() {
    let project = folder("project");
    std::fs::write(project.join("b.txt"), "A title\n\n2 Comments\nAda\nThis is fake.\nBo\nSource?\n")
        .unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_threadstance"));
        let done = command.args(args).current_dir(&project).output().unwrap();
        (text(&done.stdout), text(&done.stderr))
    };
    let (before, _) = run(&["label", ".", "--format", "json"]);
    run(&["report", ".", "--out", "out", "--html", "--export", "parquet,convokit"]);
    let first = std::fs::read(project.join("out/summary.json")).unwrap();
    let (after, stderr) = run(&["label", ".", "--format", "json"]);
    assert_eq!(after, before);
    assert!(
        stderr.contains("note: ./out: the files of a report there are left out; name one to read it"),
        "{stderr}"
    );
    let (_, stderr) = run(&["report", ".", "--out", "out", "--html", "--export", "parquet,convokit"]);
    assert_eq!(std::fs::read(project.join("out/summary.json")).unwrap(), first, "{stderr}");
    assert_eq!(stderr.matches("note: ./out").count(), 1, "{stderr}");
    let lines = project.join("lines");
    std::fs::create_dir(&lines).unwrap();
    std::fs::write(lines.join("a.ndjson"), "{\"id\":1,\"text\":\"A hoax.\"}\n").unwrap();
    run(&["report", "lines", "--out", "lines/out"]);
    let (_, stderr) = run(&["report", "lines", "--out", "lines/out"]);
    assert_eq!(stderr.matches("note: lines/out").count(), 1, "{stderr}");
    std::fs::remove_dir_all(&lines).unwrap();
    // A file beside them that is none of theirs, and one that is named.
    std::fs::copy(project.join("b.txt"), project.join("out/c.txt")).unwrap();
    assert_eq!(run(&["label", ".", "--format", "json"]).0.lines().count(), 4);
    assert_eq!(run(&["label", "out/labels.csv", "--format", "json"]).0.lines().count(), 2);
}

#[test]
fn a_nul_byte_in_ndjson_costs_its_line() {
    let dir = folder("nul");
    let line = |id: u32, words: &str| format!("{{\"id\":{id},\"thread_id\":\"t\",\"text\":\"{words}\"}}\n");
    let own = line(1, "A hoax.") + &line(2, "No\0thing") + "\0\0\n" + &line(3, "A hoax.");
    let dump = own.replace("thread_id", "link_id").replace("text", "body");
    let dump = dump.replace(
        "\"id\"",
        "\"author\":\"a\",\"parent_id\":\"t3_t\",\"created_utc\":1,\"subreddit\":\"s\",\"score\":1,\"id\"",
    );
    // The reader of dumps takes a control character for a space, as `ingest` does.
    for (name, lines, comments) in [("own.ndjson", own, 2), ("dump.ndjson", dump, 3)] {
        let column = lines.lines().nth(1).and_then(|l| l.find('\0')).unwrap() + 1;
        let file = dir.join(name).display().to_string();
        std::fs::write(&file, &lines).unwrap();
        let out = dir.join("out").display().to_string();
        for args in
            [&["label", &file, "--format", "json"][..], &["thread", &file], &["report", &file, "--out", &out]]
        {
            let done = threadstance(args);
            let stderr = text(&done.stderr);
            assert_eq!(done.status.code(), Some(0), "{args:?}: {stderr}");
            let lost = stderr.contains(&format!("{file}:2:{column}: warning[P08]"));
            assert_eq!(lost, comments == 2, "{args:?}: {stderr}");
            assert!(stderr.contains(&format!("{file}:3:1: warning[P08]")), "{args:?}: {stderr}");
            assert!(stderr.contains(&format!("{comments} comments, ")), "{args:?}: {stderr}");
        }
    }
}

#[test]
fn gold_is_measured() {
    let gold = folder("gold").join("gold.jsonl");
    let profile =
        r#""profile":{"claim":"x","accuser":["Norland"],"accused":["Brandt"],"deed":["theft","steal"]}"#;
    let rows = format!(
        "{{\"id\":1,\"text\":\"Brandt stole it.\",\"label\":\"support\",{profile}}}\n{{\"id\":2,\"text\":\"A hoax.\",\"label\":\"deny\",{profile}}}\n{{\"id\":3,\"text\":\"Nice boat.\",\"label\":\"deny\",\"accepted\":[\"comment\"],{profile}}}\n"
    );
    std::fs::write(&gold, rows).unwrap();
    let out = threadstance(&["eval", gold.to_str().unwrap(), "--format", "json"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let found: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!((found["n"].as_u64(), found["confusion"]["deny"]["comment"].as_u64()), (Some(3), Some(1)));
    assert!((found["accuracy"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9);
    assert!((found["accuracy_lenient"].as_f64().unwrap() - 1.0).abs() < 1e-9);
}

#[test]
fn a_broken_outlets_file_labels_nothing_by_guess() {
    let pages = folder("outlets");
    std::fs::write(pages.join("b.txt"), "A title\n\n2 Comments\nAda\nThis is fake.\nBo\nSource?\n").unwrap();
    std::fs::write(pages.join("outlets.toml"), "profile = \"dprk-it-workers\"\n[\"b.txt\"]\noutlt = \"X\"\n")
        .unwrap();
    let out = threadstance(&["label", pages.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(2));
    assert!(out.stdout.is_empty(), "{}", text(&out.stdout));
    let stderr = text(&out.stderr);
    assert!(stderr.contains("outlets.toml:3:1: unknown field `outlt`"), "{stderr}");
    assert!(stderr.contains("mend outlets.toml, or give --profile"), "{stderr}");
}

#[test]
fn a_prefix_of_no_rule_is_refused() {
    for option in ["--only", "--skip"] {
        let out = threadstance(&["label", "seeds", option, "moon"]);
        assert_eq!(out.status.code(), Some(2), "{option}");
        assert!(text(&out.stderr).contains("rule `moon` is unknown"), "{}", text(&out.stderr));
    }
}

#[test]
fn no_escape_reaches_a_terminal_through_csv() {
    let out = piped(&["label", "-", "--format", "csv"], "{\"id\":1,\"text\":\"a \\u001b[31mfake\\nline\"}\n");
    assert!(!out.stdout.contains(&0x1b));
    assert!(text(&out.stdout).contains("␛[31mfake\nline"), "{}", text(&out.stdout));
}

/// Each of these took minutes when work grew with the square or cube of a comment's length.
#[test]
fn repeated_cues_in_one_comment_end() {
    for words in ["no ", "accused did it, not fake but maybe ", "\"no\" said ", "good DPRK ", "? "] {
        let line = format!("{{\"id\":1,\"text\":{}}}\n", Value::from(words.repeat(60_000 / words.len())));
        let out = piped(&["label", "-", "--profile", "dprk-it-workers", "--format", "json"], &line);
        assert_eq!(out.status.code(), Some(0));
        assert_eq!(text(&out.stdout).lines().count(), 1);
    }
}
