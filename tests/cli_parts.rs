//! Parts of buckets, from one folder or several, as users name them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli_parts").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file, its folders too.
fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Exit code, standard output and standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_threadstance")).args(args).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn rows(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn manifest(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

/// Names of the inputs, and of those that were refused.
fn inputs(manifest: &Value) -> [Vec<&str>; 2] {
    let names = |key: &str| {
        let list = manifest[key].as_array().into_iter().flatten();
        list.map(|i| i["file"].as_str().unwrap()).collect()
    };
    [names("inputs"), names("refused")]
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_thread_has_the_outlet_of_the_part_it_begins_in() {
    let folder = folder("outlets");
    let line = |id: &str, thread: &str| {
        format!("{{\"id\":\"{id}\",\"thread_id\":\"{thread}\",\"text\":\"A hoax.\"}}\n")
    };
    put(&folder, "own/bucket=00/feb.ndjson", line("1", "both") + &line("2", "feb"));
    put(&folder, "own/bucket=00/jan.ndjson", line("3", "both") + &line("4", "jan"));
    put(&folder, "own/bucket=00/mar.ndjson", line("5", "mar"));
    let outlets = "[\"bucket=00/jan.ndjson\"]\noutlet = \"January Times\"\n\
                   [\"bucket=00/feb.ndjson\"]\noutlet = \"February Post\"\n";
    put(&folder, "own/outlets.toml", outlets);
    let (code, out, err) = run(&folder, &["label", "own", "--format", "csv"]);
    assert_eq!(code, 0, "{err}");
    let outlet_of = |thread: &str| {
        let mut row = out.lines().filter(|row| row.split(',').any(|cell| cell == thread));
        row.next().unwrap().to_owned()
    };
    for (thread, outlet) in [("both", "February Post"), ("feb", "February Post"), ("jan", "January Times")] {
        assert!(outlet_of(thread).contains(outlet), "{thread}: {out}");
    }
    assert!(
        !outlet_of("mar").contains("February Post") && !outlet_of("mar").contains("January Times"),
        "{out}"
    );
}

#[test]
fn parts_of_one_name_in_two_folders_stay_apart() {
    let folder = folder("names");
    let lines = |words: &str| {
        format!("{{\"id\":\"1\",\"text\":\"{words}\"}}\n{{\"id\":\"2\",\"text\":\"{words} again\"}}\n")
    };
    put(&folder, "not/bucket=0/a.ndjson", lines("A hoax."));
    put(&folder, "not/bucket=0/b.ndjson", lines("A lie."));
    put(&folder, "n2/bucket=0/a.ndjson", lines("They stole it."));
    let (code, out, err) = run(&folder, &["label", "not", "n2", "--format", "json"]);
    assert_eq!((code, out.lines().count()), (0, 6), "{err}");
    let (_, _, err) = run(&folder, &["label", "not", "n2", "--format", "json", "--out", "all.ndjson"]);
    let streamed = fs::read_to_string(folder.join("all.ndjson")).unwrap();
    assert_eq!(streamed.lines().count(), 6, "{err}");
    let ids = |lines: &str| {
        let mut ids: Vec<String> = rows(lines).iter().map(|r| r["thread_id"].to_string()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&streamed), ids(&out));
    // Nor do their names in the manifest fall together.
    for (out, html) in [("streamed", &[][..]), ("held", &["--html"])] {
        let (code, _, err) = run(&folder, &[&["report", "not", "n2", "--out", out], html].concat());
        assert_eq!(code, 0, "{err}");
        let told = manifest(&folder.join(out));
        let mut names = inputs(&told)[0].clone();
        names.sort_unstable();
        assert_eq!(names, ["n2/bucket=0/a.ndjson", "not/bucket=0/a.ndjson", "not/bucket=0/b.ndjson"]);
    }
}

#[test]
#[cfg(unix)]
fn a_part_that_cannot_be_opened_costs_itself() {
    let folder = folder("dangling");
    put(&folder, "dump/bucket=00/a.ndjson", "{\"id\":\"1\",\"text\":\"A hoax.\"}\n");
    std::os::unix::fs::symlink("/nonexistent", folder.join("dump/bucket=00/b.parquet")).unwrap();
    for (out, html) in [("streamed", &[][..]), ("held", &["--html"])] {
        let (code, _, err) = run(&folder, &[&["report", "dump", "--out", out], html].concat());
        assert_eq!((code, err.matches("error: ").count()), (2, 1), "{err}");
        let told = manifest(&folder.join(out));
        assert_eq!(inputs(&told), [["bucket=00/a.ndjson"], ["bucket=00/b.parquet"]]);
    }
}

#[test]
fn findings_name_the_line_of_the_file() {
    let folder = folder("lines");
    let lines = b"{\"id\":\"a\",\"text\":\"b\xff\"}\n{\"id\":\"b\",\"text\":\"b\xff\"}\n\n\
        {\"id\":\"1\",\"text\":\"A hoax.\"}\n{\"id\":\"2\",\"parent_id\":\"gone\",\"text\":\"Yes\"}\n\
        {\"id\":\"1\",\"text\":\"Other\"}\n";
    put(&folder, "ln.ndjson", lines);
    let (_, _, err) = run(&folder, &["label", "ln.ndjson"]);
    assert!(err.contains("ln.ndjson:5:1: warning[P03]"), "{err}");
    assert!(err.contains("ln.ndjson:6:1: warning[P07]"), "{err}");
    // Threads in turn do not shift them.
    let line = |id: &str, thread: &str, parent: &str| {
        format!("{{\"id\":\"{id}\",\"thread_id\":\"{thread}\",\"parent_id\":{parent},\"text\":\"Yes\"}}\n")
    };
    let first = line("1", "x", "null") + &line("2", "y", "\"gone\"") + &line("3", "x", "\"lost\"");
    put(&folder, "in/bucket=0/a.ndjson", first);
    put(&folder, "in/bucket=0/b.ndjson", "\n".to_owned() + &line("1", "x", "null"));
    let (_, _, err) = run(&folder, &["label", "in"]);
    let places = ["a.ndjson:2:1: warning[P03]", "a.ndjson:3:1: warning[P03]", "b.ndjson:2:1: warning[P07]"];
    assert!(places.iter().all(|place| err.contains(place)), "{err}");
}

#[test]
fn a_packed_part_that_is_cut_off_is_read_up_to_there() {
    let folder = folder("cut");
    let words = |i: u64| format!("word{} word{}", i * 7919 % 10_007, i * 104_729 % 10_009);
    let text: String = (0..9000).map(|i| format!("{{\"id\":\"{i}\",\"text\":\"{}\"}}\n", words(i))).collect();
    let packed = gzip(&text);
    put(&folder, "alone/bucket=0/a.ndjson.gz", &packed[..packed.len() / 2]);
    put(&folder, "two/bucket=0/a.ndjson.gz", &packed[..packed.len() / 2]);
    put(&folder, "two/bucket=0/b.ndjson", "{\"id\":\"1\",\"thread_id\":\"t\",\"text\":\"A hoax.\"}\n");
    let read = |input: &str| {
        let (code, out, err) = run(&folder, &["label", input, "--format", "json"]);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains("what stands before was read"), "{err}");
        out.lines().count()
    };
    assert!(read("alone") > 1000);
    assert_eq!(read("alone") + 1, read("two"));
    // One whose whole text is looked at first.
    let short = gzip(&text[..20_000]);
    put(&folder, "short/bucket=0/a.ndjson.gz", &short[..short.len() - 9]);
    assert!(read("short") > 100);
}

#[test]
fn the_manifest_knows_a_packed_file_as_it_lies_there() {
    let folder = folder("packed");
    let packed = gzip("{\"id\":\"1\",\"text\":\"A hoax.\"}\n");
    put(&folder, "dump/bucket=0/a.ndjson.gz", &packed);
    put(&folder, "page.ndjson.gz", &packed);
    for (input, out, html) in
        [("dump", "streamed", &[][..]), ("dump", "held", &["--html"]), ("page.ndjson.gz", "page", &[])]
    {
        let (code, _, err) = run(&folder, &[&["report", input, "--out", out], html].concat());
        assert_eq!(code, 0, "{err}");
        assert_eq!(manifest(&folder.join(out))["inputs"][0]["bytes"], packed.len(), "{out}");
    }
    let told = |out: &str| manifest(&folder.join(out))["inputs"].clone();
    assert_eq!(told("streamed"), told("held"));
    assert_eq!(told("page")[0]["sha256"], told("held")[0]["sha256"]);
}

#[test]
fn a_bucket_is_known_from_inside() {
    let folder = folder("inside");
    let line = |id: &str, parent: &str| {
        format!("{{\"id\":\"{id}\",\"thread_id\":\"t\",\"parent_id\":{parent},\"text\":\"Yes\"}}\n")
    };
    put(&folder, "dump/bucket=00/a.ndjson", line("1", "null"));
    put(&folder, "dump/bucket=00/b.ndjson", line("2", "\"1\""));
    for input in [&["."][..], &["a.ndjson", "b.ndjson"]] {
        let args = [&["label", "--format", "json"], input].concat();
        let (code, out, err) = run(&folder.join("dump/bucket=00"), &args);
        assert_eq!((code, out.lines().count()), (0, 2), "{err}");
        assert!(!err.contains("P03"), "{err}");
    }
}

#[test]
fn pages_beside_buckets_are_read_too() {
    let folder = folder("mixed");
    put(&folder, "mix/bucket=00/a.ndjson", "{\"id\":\"1\",\"thread_id\":\"t\",\"text\":\"A hoax.\"}\n");
    let streamed = |comments: usize| {
        let (code, out, err) = run(&folder, &["label", "mix", "--format", "json"]);
        assert_eq!((code, out.lines().count()), (0, comments), "{err}");
        run(&folder, &["label", "mix", "--format", "json", "--out", "m.json"]);
        assert_eq!(fs::read_to_string(folder.join("m.json")).unwrap().lines().count(), comments);
        run(&folder, &["report", "mix", "--out", "out"]);
        let labels = fs::read_to_string(folder.join("out/labels.csv")).unwrap();
        assert_eq!(labels.lines().count(), comments + 1);
    };
    streamed(1);
    put(&folder, "mix/more.ndjson", "{\"id\":\"2\",\"thread_id\":\"u\",\"text\":\"A hoax.\"}\n");
    streamed(2);
    put(&folder, "mix/page.txt", "A title\n\n2 Comments\nAda\nThis is fake.\nBo\nSource?\n");
    streamed(4);
}

#[test]
fn labels_of_buckets_follow_the_profile_of_their_folder() {
    let folder = folder("profile");
    put(&folder, "dump/bucket=00/a.ndjson", "{\"id\":\"1\",\"text\":\"The DPRK did it.\"}\n");
    put(&folder, "dump/outlets.toml", "profile = \"dprk-it-workers\"\n");
    let label = |out: &str| run(&folder, &["label", "dump", "--format", "json", "--out", out]);
    let (code, printed, _) = run(&folder, &["label", "dump", "--format", "json"]);
    let (streamed, _, err) = label("m.json");
    assert_eq!((code, streamed), (0, 0), "{err}");
    assert_eq!(fs::read_to_string(folder.join("m.json")).unwrap(), printed);
    assert!(!err.contains("no profile"), "{err}");
    // So does a file by itself that is not held.
    let args = ["label", "dump/one.ndjson", "--format", "json", "--resume", "--out", "one.json"];
    put(&folder, "dump/one.ndjson", "{\"id\":\"1\",\"text\":\"The DPRK did it.\"}\n");
    assert!(!run(&folder, &args).2.contains("no profile"));
    put(&folder, "dump/outlets.toml", "profil = \"x\"\n");
    let (code, _, err) = label("broken.json");
    assert!(code == 2 && err.contains("mend outlets.toml"), "{err}");
}
