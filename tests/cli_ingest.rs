//! `threadstance ingest`, and `label` over inputs that are not held in memory.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may panic too")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli_ingest").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_threadstance"));
    command.args(args).current_dir(folder).env("COLUMNS", "80");
    command
}

/// Exit code, standard output and standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = command(folder, args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// As [`run`], but it must end well; gives standard error.
fn fine(folder: &Path, args: &[&str]) -> String {
    let (code, _, err) = run(folder, args);
    assert_eq!(code, 0, "{args:?}: {err}");
    err
}

/// Seeded numbers (Lehmer).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0 * 48_271 % 0x7FFF_FFFF;
        self.0 % n
    }
}

/// Lines of a dump: threads in turn, children before parents at times, parents that are missing.
fn dump(comments: u64, from: u64, seed: u64) -> String {
    const WORDS: [&str; 8] = ["the", "ferry", "money", "is", "a", "lie", "smear", "proof"];
    let (mut numbers, mut text) = (Numbers(seed), String::new());
    for id in from..from + comments {
        let thread = if numbers.below(10) == 0 { 0 } else { numbers.below(comments / 30 + 1) };
        let parent = match numbers.below(10) {
            0..=2 => format!("t3_p{thread}"),
            3 => format!("t1_gone{}", numbers.below(50)),
            _ => format!("t1_c{}", from + numbers.below(comments)),
        };
        let length = 1 + numbers.below(30);
        let words: Vec<&str> = (0..length).map(|_| WORDS[numbers.below(8) as usize]).collect();
        let body = if numbers.below(40) == 0 { "[deleted]".to_owned() } else { words.join(" ") };
        let author =
            if numbers.below(20) == 0 { "[deleted]".to_owned() } else { format!("u{}", numbers.below(90)) };
        let _ = writeln!(
            text,
            r#"{{"id":"c{id}","link_id":"t3_p{thread}","parent_id":"{parent}","author":"{author}","body":"{body}","score":{},"created_utc":{id},"subreddit":"ferries"}}"#,
            numbers.below(9)
        );
    }
    text
}

/// A Zstandard frame with a window of 2 GiB, its blocks as they are: what `zstd --long=31` says at the beginning.
fn long_window(text: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0x00, (31 - 10) << 3];
    let blocks: Vec<&[u8]> = text.chunks(100_000).collect();
    for (i, block) in blocks.iter().enumerate() {
        let header = (block.len() as u32) << 3 | u32::from(i + 1 == blocks.len());
        frame.extend(&header.to_le_bytes()[..3]);
        frame.extend(*block);
    }
    frame
}

fn sorted(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// Every visible file below a folder with its bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            all.extend(contents(&path).into_iter().map(|(p, b)| (folder.join(p), b)));
        } else {
            let bytes = fs::read(&path).unwrap();
            all.insert(path, bytes);
        }
    }
    all
}

/// As [`contents`], with paths from the folder on.
fn parts(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let below = |(p, b): (PathBuf, Vec<u8>)| (p.strip_prefix(folder).unwrap().to_owned(), b);
    contents(folder).into_iter().map(below).collect()
}

#[test]
fn a_dump_gives_the_labels_that_it_gives_in_memory() {
    let folder = folder("alike");
    fs::write(folder.join("RC.zst"), long_window(dump(1200, 0, 7).as_bytes())).unwrap();
    let err = fine(&folder, &["ingest", "RC.zst", "--out", "out", "--buckets", "8"]);
    assert!(err.contains("1200 comments, 0 gaps, 0 duplicates, 0 warnings"), "{err}");
    assert!(folder.join("out/bucket=07/part-0.parquet").exists());
    let err = fine(&folder, &["label", "out", "--format", "json", "--out", "buckets.ndjson"]);
    assert!(err.contains("1200 comments, ") && err.contains(" gaps, 0 duplicates"), "{err}");
    fine(&folder, &["label", "RC.zst", "--format", "json", "--out", "memory.ndjson"]);
    assert_eq!(sorted(&folder.join("buckets.ndjson")), sorted(&folder.join("memory.ndjson")));
    // Straight from the dump to a folder of Parquet, and the labels again from there.
    fine(&folder, &["label", "RC.zst", "--format", "parquet", "--out", "labels"]);
    fine(&folder, &["label", "labels", "--format", "json", "--out", "again.ndjson"]);
    let count = |name: &str| sorted(&folder.join(name)).len();
    assert_eq!(count("again.ndjson"), count("memory.ndjson"));
}

#[test]
fn months_are_read_together_and_an_id_counts_once() {
    let folder = folder("months");
    fs::write(folder.join("RC-01.ndjson"), dump(300, 0, 3)).unwrap();
    let second = dump(300, 300, 4) + &dump(300, 0, 3)[..2000];
    fs::write(folder.join("RC-02.ndjson"), second).unwrap();
    let err = fine(&folder, &["ingest", "RC-01.ndjson", "--out", "out", "--buckets", "4"]);
    assert!(err.contains("300 comments"), "{err}");
    let (_, _, err) = run(&folder, &["ingest", "RC-02.ndjson", "--out", "out"]);
    assert!(err.contains("its threads are cut into 4 buckets"), "{err}");
    let err = fine(&folder, &["ingest", "RC-02.ndjson", "--out", "out", "--buckets", "4"]);
    // The last line is cut and costs itself only.
    assert!(err.contains("RC-02.ndjson:") && err.contains("warning[P"), "{err}");
    assert!(folder.join("out/bucket=03/part-1.parquet").exists());
    let err = fine(&folder, &["label", "out", "--format", "json", "--out", "all.ndjson"]);
    assert!(err.contains("600 comments, "), "{err}");
    assert!(!err.contains(" 0 duplicates"), "{err}");
    let threads = |id: &str| sorted(&folder.join("all.ndjson")).iter().filter(|l| l.contains(id)).count();
    assert_eq!(threads("\"id\":\"c5\""), 1);
    // Two folders that are cut alike are read together, as one is.
    fine(&folder, &["ingest", "RC-01.ndjson", "--out", "a", "--buckets", "4"]);
    fine(&folder, &["ingest", "RC-02.ndjson", "--out", "b", "--buckets", "4"]);
    fine(&folder, &["label", "a", "b", "--format", "json", "--out", "both.ndjson"]);
    assert_eq!(sorted(&folder.join("both.ndjson")), sorted(&folder.join("all.ndjson")));
    // Cut in other ways, they are cut anew.
    fine(&folder, &["ingest", "RC-02.ndjson", "--out", "c", "--buckets", "3"]);
    fine(&folder, &["label", "a", "c", "--format", "json", "--out", "anew.ndjson"]);
    assert_eq!(sorted(&folder.join("anew.ndjson")), sorted(&folder.join("all.ndjson")));
}

#[test]
fn broken_lines_cost_only_themselves() {
    let folder = folder("broken");
    let mut bytes = Vec::new();
    let fine_line = |id: &str| {
        format!("{{\"id\":\"{id}\",\"link_id\":\"t3_p\",\"parent_id\":\"t3_p\",\"body\":\"As ever.\"}}\n")
    };
    bytes.extend(fine_line("a").bytes());
    bytes.extend(b"{\"id\":\"b\",\"link_id\":\"t3_p\",\"parent_id\":\"t3_p\",\"body\":\"cut h\n");
    bytes.extend(fine_line("c").bytes());
    bytes.extend(b"{\"id\":\"d\",\"body\":\"\xFF\"}\n\n[]\nno\n");
    bytes.extend(b"{\"link_id\":\"t3_p\",\"parent_id\":\"t3_p\",\"body\":\"without id\"}\n");
    bytes.extend(b"{\"id\":\"long\",\"body\":\"");
    bytes.extend(std::iter::repeat_n(b'x', 50 << 20));
    bytes.extend(b"\"}\n");
    bytes.extend(fine_line("e").bytes());
    fs::write(folder.join("a.jsonl"), bytes).unwrap();
    let err = fine(&folder, &["ingest", "a.jsonl", "--out", "out"]);
    for place in
        ["a.jsonl:2:", "a.jsonl:4:19: warning[P08]: this line is no UTF-8", "a.jsonl:7:1: ", "a.jsonl:8:1: "]
    {
        assert!(err.contains(place), "{place}: {err}");
    }
    assert!(err.contains("a.jsonl:9:1: warning[P08]: this line is longer than 16 MiB"), "{err}");
    assert!(err.contains("3 comments"), "{err}");
    assert_eq!(run(&folder, &["ingest", "a.jsonl", "--out", "strict", "--strict"]).0, 1);
}

#[test]
fn an_input_that_ends_early_gives_what_it_has() {
    let folder = folder("cut");
    let mut packed = zstd::encode_all(dump(3000, 0, 5).as_bytes(), 3).unwrap();
    packed.truncate(packed.len() * 3 / 4);
    fs::write(folder.join("a.zst"), packed).unwrap();
    fs::write(folder.join("b.ndjson"), dump(10, 9000, 6)).unwrap();
    let (code, _, err) = run(&folder, &["ingest", "a.zst", "missing.zst", "b.ndjson", "--out", "out"]);
    assert_eq!(code, 2);
    assert!(err.contains("error: a.zst: ") && err.contains("what stands before was read"), "{err}");
    assert!(err.contains("error: missing.zst: "), "{err}");
    let comments: u64 = err.lines().last().unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((1000..3000).contains(&comments), "{err}");
}

#[test]
fn a_bucket_that_does_not_fit_is_cut_again() {
    let folder = folder("again");
    // One thread is larger than what is held.
    let line = |i: u32, thread: &str| {
        let token = "x".repeat(900);
        format!("{{\"id\":{i},\"thread_id\":\"{thread}\",\"text\":\"It is a lie. {token}\"}}\n")
    };
    let large: String = (0..1500).map(|i| line(i, "large")).collect();
    let small: String = (0..1500).map(|i| line(i, &format!("t{}", i % 400))).collect();
    fs::write(folder.join("a.ndjson"), large + &small).unwrap();
    let one = |out: &str, memory: &str| {
        let args = [
            "label",
            "a.ndjson",
            "--format",
            "json",
            "--out",
            out,
            "--buckets",
            "1",
            "--memory",
            memory,
            "--resume",
        ];
        fine(&folder, &args);
        sorted(&folder.join(out))
    };
    let rows = one("cut.ndjson", "1");
    assert_eq!(rows.len(), 3000);
    assert_eq!(rows, one("whole.ndjson", "64"));
}

#[test]
fn a_page_becomes_parquet_and_a_folder_is_not_overwritten() {
    let folder = folder("page");
    fs::write(folder.join("page.txt"), "Ferry late again\n2 Comments\nAda\nIt is a lie.\nOtto\nI walked.\n")
        .unwrap();
    fine(&folder, &["label", "page.txt", "--format", "parquet", "--out", "page.parquet"]);
    let (code, out, _) = run(&folder, &["label", "page.parquet", "--format", "json"]);
    assert_eq!((code, out.lines().count()), (0, 2));
    fs::write(folder.join("a.ndjson"), dump(50, 0, 9)).unwrap();
    fine(&folder, &["label", "a.ndjson", "--format", "json", "--out", "labels"]);
    let (code, _, err) = run(&folder, &["label", "a.ndjson", "--format", "json", "--out", "labels"]);
    assert_eq!(code, 2);
    assert!(err.contains("holds buckets already"), "{err}");
    fine(&folder, &["label", "a.ndjson", "--format", "json", "--out", "labels", "--resume"]);
    let only = fs::read_dir(folder.join("labels")).unwrap().map(|e| e.unwrap().file_name());
    assert!(
        only.into_iter().all(|n| n.to_string_lossy().starts_with("bucket=")),
        "readers stumble over other files"
    );
    let (code, _, err) =
        run(&folder, &["label", "page.parquet", "--format", "json", "--out", "labels", "--resume"]);
    assert_eq!(code, 2);
    assert!(err.contains("other inputs or settings"), "{err}");
}

/// Runs a command that writes to `out`, kills it so many times at seeded moments, and lets it end. A run that ends before
/// its moment is begun anew with less time.
fn killed(folder: &Path, out: &str, args: &[&str], times: u32, mut most: Duration, numbers: &mut Numbers) {
    let args: Vec<&str> = args.iter().copied().chain(["--resume"]).collect();
    let mut kills = 0;
    for _ in 0..times * 40 {
        let mut child = command(folder, &args).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(most.mul_f64(numbers.below(1000) as f64 / 1000.0));
        if child.try_wait().unwrap().is_some() {
            drop(fs::remove_dir_all(folder.join(out)));
            drop(fs::remove_file(folder.join(out)));
            drop(fs::remove_dir_all(folder.join(format!(".{out}.threadstance"))));
            most = most.mul_f64(0.7);
            continue;
        }
        kills += u32::from(child.kill().is_ok());
        child.wait().unwrap();
        if kills == times {
            break;
        }
    }
    assert_eq!(kills, times, "the runs were too short to be killed");
    fine(folder, &args);
}

/// Kills ingests and labellings and compares what they leave with what an undisturbed run leaves.
fn kill_and_compare(name: &str, comments: u64, kills: u32) {
    let folder = folder(name);
    let packed = zstd::encode_all(dump(comments, 0, 11).as_bytes(), 1).unwrap();
    fs::write(folder.join("a.zst"), packed).unwrap();
    fs::write(folder.join("b.ndjson"), dump(comments / 2, comments / 2, 12)).unwrap();
    let begun = Instant::now();
    let small = ["--buckets", "16", "--checkpoint", "100000"];
    let ingest = |out: &'static str| [&["ingest", "a.zst", "b.ndjson", "--out", out][..], &small].concat();
    fine(&folder, &ingest("calm"));
    let mut numbers = Numbers(kills.into());
    killed(&folder, "shot", &ingest("shot"), kills, begun.elapsed().mul_f64(0.7), &mut numbers);
    assert!(parts(&folder.join("calm")) == parts(&folder.join("shot")), "ingest");
    for (calm, shot) in [("c.parquet", "s.parquet"), ("c.ndjson", "s.ndjson"), ("c", "s")] {
        let format = if calm == "c.ndjson" { "json" } else { "parquet" };
        let label =
            |out| [&["label", "a.zst", "b.ndjson", "--format", format, "--out", out][..], &small].concat();
        let begun = Instant::now();
        fine(&folder, &[&label(calm)[..], &["--resume"]].concat());
        killed(&folder, shot, &label(shot), kills, begun.elapsed().mul_f64(0.7), &mut numbers);
        let (calm, shot) = (folder.join(calm), folder.join(shot));
        if calm.is_dir() {
            assert!(parts(&calm) == parts(&shot), "folder");
        } else {
            assert!(fs::read(calm).unwrap() == fs::read(shot).unwrap(), "{format}");
        }
        let state = |out: &str| folder.join(format!(".{out}.threadstance")).exists();
        assert!(!state("s.parquet") && !state("s.ndjson"), "nothing hidden is left beside a file");
    }
}

#[test]
fn killed_runs_go_on() {
    kill_and_compare("killed", 800, 3);
}

#[test]
#[ignore = "slow: cargo test --test cli_ingest -- --ignored"]
fn runs_killed_twenty_times_go_on() {
    kill_and_compare("killed_often", 5000, 20);
}

#[test]
fn a_report_of_buckets_counts_what_one_in_memory_counts() {
    let folder = folder("report");
    fs::write(folder.join("RC.ndjson"), dump(900, 0, 5)).unwrap();
    fine(&folder, &["ingest", "RC.ndjson", "--out", "buckets", "--buckets", "8"]);
    let report = |input: &str, out: &str| {
        fine(&folder, &["report", input, "--out", out, "--redact", "salt", "--quote-limit", "30"]);
        let summary = fs::read_to_string(folder.join(out).join("summary.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
        let of = |key: &str| summary[key].to_string();
        (sorted(&folder.join(out).join("labels.csv")), ["stance", "sure", "sentiment", "depths"].map(of))
    };
    assert_eq!(report("buckets", "streamed"), report("RC.ndjson", "held"));
    let names = |out: &str| {
        let all = fs::read_dir(folder.join(out)).unwrap().map(|e| e.unwrap().file_name());
        all.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(names("streamed"), names("held"), "no draft is left");
    fine(&folder, &["report", "buckets", "--out", "one", "--threads", "1"]);
    fine(&folder, &["report", "buckets", "--out", "two", "--threads", "2"]);
    let read = |out: &str| fs::read(folder.join(out).join("labels.csv")).unwrap();
    assert_eq!(read("one"), read("two"));
}

#[test]
fn every_command_reads_the_buckets_of_several_ingests_together() {
    let folder = folder("together");
    fs::write(folder.join("RC-01.ndjson"), dump(300, 0, 3)).unwrap();
    fs::write(folder.join("RC-02.ndjson"), dump(300, 300, 4)).unwrap();
    for month in ["RC-01.ndjson", "RC-02.ndjson"] {
        fine(&folder, &["ingest", month, "--out", "dump", "--buckets", "4"]);
    }
    fine(&folder, &["ingest", "RC-01.ndjson", "--out", "alike", "--buckets", "4"]);
    fine(&folder, &["ingest", "RC-02.ndjson", "--out", "beside", "--buckets", "4"]);
    fine(&folder, &["ingest", "RC-02.ndjson", "--out", "other", "--buckets", "7"]);
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    fine(&folder, &["label", "dump", "--format", "json", "--out", "labels.ndjson"]);
    let printed = |args: &[&str]| {
        let (code, out, err) = run(&folder, args);
        assert_eq!(code, 0, "{args:?}: {err}");
        out
    };
    assert!(printed(&["label", "dump", "--format", "json"]) == read("labels.ndjson"));
    assert!(printed(&["label", "alike", "beside", "--format", "json"]) == read("labels.ndjson"));
    let by_line = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let cut_otherwise = printed(&["label", "alike", "other", "--format", "json"]);
    assert_eq!(by_line(&cut_otherwise), by_line(&read("labels.ndjson")));

    // Each thread is there once, in every other form too.
    let threads = |rows: &str, of: &dyn Fn(&str) -> Option<String>| {
        let mut seen: Vec<String> = rows.lines().filter_map(of).collect();
        seen.dedup();
        seen
    };
    let id = |line: &str| {
        Some(serde_json::from_str::<serde_json::Value>(line).unwrap()["thread_id"].as_str()?.to_owned())
    };
    let known = threads(&read("labels.ndjson"), &id);
    assert_eq!(threads(&printed(&["convert", "dump", "--to", "ndjson"]), &id), known);
    let headings = |text: &str| text.lines().filter(|l| l.starts_with("== ")).count();
    assert_eq!(headings(&printed(&["label", "dump"])), known.len());
    let trees = |text: &str| text.lines().filter(|l| l.starts_with("comments: ")).count();
    assert_eq!(trees(&printed(&["thread", "dump"])), known.len());
    assert_eq!(
        trees(&printed(&["thread", "dump/bucket=00", "dump/bucket=01", "dump/bucket=02", "dump/bucket=03"])),
        known.len()
    );

    fine(&folder, &["report", "dump", "--out", "streamed"]);
    fine(&folder, &["report", "dump", "--out", "held", "--html"]);
    assert!(read("streamed/summary.json") == read("held/summary.json"));
    let inputs =
        |name: &str| serde_json::from_str::<serde_json::Value>(&read(name)).unwrap()["inputs"].clone();
    assert_eq!(inputs("streamed/manifest.json"), inputs("held/manifest.json"));
}

#[test]
fn a_report_of_buckets_says_which_it_could_not_read() {
    let folder = folder("refused");
    fs::write(folder.join("RC.ndjson"), dump(300, 0, 3)).unwrap();
    fine(&folder, &["ingest", "RC.ndjson", "--out", "dump", "--buckets", "4"]);
    fs::write(folder.join("dump/bucket=01/part-1.parquet"), "PAR1 nonsense").unwrap();
    for (out, html) in [("streamed", &[][..]), ("held", &["--html"])] {
        let (code, _, err) = run(&folder, &[&["report", "dump", "--out", out], html].concat());
        assert_eq!(code, 2, "{err}");
        let manifest = fs::read_to_string(folder.join(out).join("manifest.json")).unwrap();
        let refused = &serde_json::from_str::<serde_json::Value>(&manifest).unwrap()["refused"];
        assert_eq!(refused.as_array().unwrap().len(), 1, "{refused}");
        assert_eq!(refused[0]["file"], "bucket=01/part-1.parquet", "{refused}");
    }
}

#[test]
fn exports_and_gold_are_the_same_thread_by_thread_and_held() {
    let folder = folder("report-export");
    fs::write(folder.join("RC.ndjson"), dump(900, 0, 6)).unwrap();
    fine(&folder, &["ingest", "RC.ndjson", "--out", "buckets", "--buckets", "8"]);
    fine(&folder, &["label", "buckets", "--format", "json", "--out", "labels.ndjson"]);
    let labels = fs::read_to_string(folder.join("labels.ndjson")).unwrap();
    let gold = |line: &str| {
        let label: serde_json::Value = serde_json::from_str(line).unwrap();
        let gold = serde_json::json!({"id": label["id"], "thread_id": label["thread_id"], "label": "deny"});
        format!("{gold}\n")
    };
    fs::write(folder.join("gold.jsonl"), labels.lines().take(99).map(gold).collect::<String>()).unwrap();
    let made = |out: &str, html: &[&str]| {
        let given =
            ["report", "buckets", "--out", out, "--gold", "gold.jsonl", "--export", "parquet,convokit"];
        fine(&folder, &[given.as_slice(), html].concat());
        let read = |name: &str| fs::read(folder.join(out).join(name)).unwrap();
        fine(
            &folder,
            &["convert", &format!("{out}/labels.parquet"), "--to", "ndjson", "--out", "back.ndjson"],
        );
        let back = fs::read(folder.join("back.ndjson")).unwrap();
        (["summary.json", "calibration.svg", "labels.csv", "utterances.jsonl"].map(read), back)
    };
    // With `--html` every comment is held.
    assert!(made("streamed", &[]) == made("held", &["--html"]));
}

#[test]
fn the_bytes_do_not_depend_on_the_number_of_cores() {
    let folder = folder("cores");
    fs::write(folder.join("RC.ndjson"), dump(3000, 0, 11)).unwrap();
    fine(&folder, &["ingest", "RC.ndjson", "--out", "buckets"]);
    for format in ["json", "parquet"] {
        let label = |threads: &str| {
            let out = format!("{format}{threads}");
            fine(&folder, &["label", "buckets", "--format", format, "--out", &out, "--threads", threads]);
            parts(&folder.join(out))
        };
        let one = label("1");
        assert!(one.len() > 20 && one == label("3"), "{format}");
    }
}

#[test]
fn a_profile_that_is_unknown_is_said_before_anything_is_read() {
    let folder = folder("unknown");
    fs::write(folder.join("page.txt"), "\u{0}").unwrap();
    let (code, _, err) = run(&folder, &["label", "page.txt", "--profile", "nonsense"]);
    assert!(code == 2 && err.starts_with("error: profile `nonsense` is unknown"), "{err}");
    assert!(!err.contains("page.txt"), "{err}");
}
