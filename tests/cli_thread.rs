//! `threadstance thread` as a user runs it: what it prints, where, and its exit code.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PAGE: &str = "Ferry late again\n1 Comment\nAda\nAs ever.\n";

/// A fresh folder of one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli_thread").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).unwrap();
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn run(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_threadstance"));
    let output = command.arg("thread").args(args).current_dir(folder).env("COLUMNS", "80").output().unwrap();
    read(&output)
}

fn read(output: &Output) -> Run {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Run { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "`{part}` is not in:\n{text}");
}

#[test]
fn a_page_is_shown_with_its_tree_and_the_run_ends_with_a_count() {
    let folder = folder("page");
    file(&folder, "page.txt", PAGE);
    let run = run(&folder, &["page.txt"]);
    assert_eq!((run.code, run.err.as_str()), (0, "1 comment, 0 gaps, 0 duplicates, 0 warnings\n"));
    let expected = "== page.txt (named-list)\ntitle: Ferry late again\ndate: unknown\nparagraphs: 0\ncomments: 1\n\
                    1 Ada\n    As ever.\n\n";
    assert_eq!(run.out, expected);
}

#[test]
fn an_empty_file_is_a_warning() {
    let folder = folder("empty");
    file(&folder, "empty.txt", " \n\n");
    file(&folder, "page.txt", PAGE);
    let run_plain = run(&folder, &["."]);
    assert_eq!(run_plain.code, 0);
    has(
        &run_plain.err,
        "./empty.txt:1:1: warning[P01]: the input is empty\n  help: give a saved page or an export\n",
    );
    has(&run_plain.out, "1 Ada");
    assert_eq!(run(&folder, &[".", "--strict"]).code, 1);
}

#[test]
fn what_is_no_text_is_named_with_its_place_and_the_others_go_on() {
    let folder = folder("bytes");
    file(&folder, "a.txt", b"\x89PNG\r\n\x1a\n\0\0");
    file(&folder, "b.txt", b"fine\nna\xEFve");
    file(&folder, "c.txt", PAGE);
    let run = run(&folder, &["a.txt", "b.txt", "missing.txt", "c.txt"]);
    assert_eq!(run.code, 2);
    has(&run.err, "a.txt");
    has(&run.err, "error: b.txt:2:3: invalid UTF-8 (byte 0xEF); convert it first");
    has(&run.err, "error: missing.txt: ");
    has(&run.err, "1 comment, 0 gaps");
    has(&run.out, "1 Ada");
}

#[test]
fn a_page_without_comments_is_fine_even_when_strict() {
    let folder = folder("article");
    file(&folder, "page.txt", "Ferry late again\nIt came at noon.\n");
    let run = run(&folder, &["page.txt", "--strict", "--why"]);
    assert_eq!(run.code, 0);
    has(&run.err, "page.txt:1:1: note[P02]: no comment section was recognised");
    has(&run.out, "comments: 0\n");
    has(&run.out, "          lemmy   0  no `•` line has a comment header below it\n");
}

#[test]
fn a_comment_cut_in_its_header_is_shown_with_line_caret_and_help() {
    let folder = folder("cut");
    file(
        &folder,
        "page.txt",
        "  • ada [she/her]\n    ·\n    1 day ago\n\n    Hm.\n\n  • otto@pond.example\n    link\n",
    );
    let run_plain = run(&folder, &["page.txt"]);
    assert_eq!(run_plain.code, 0);
    has(&run_plain.err, "page.txt:7:3: warning[P05]: the page ends inside this comment's header\n");
    has(&run_plain.err, "7 |   • otto@pond.example\n  |   ^^^^^^^^^^^^^^^^^^^\n");
    has(&run_plain.err, "  help: the comment is kept without its words\n");
    has(&run_plain.err, "2 comments, 0 gaps, 0 duplicates, 1 warning\n");
    assert_eq!(run(&folder, &["page.txt", "--strict"]).code, 1);
}

#[test]
fn hostile_bytes_never_reach_the_terminal() {
    let folder = folder("hostile");
    let name = "\u{1b}[31mada\u{202e}";
    let deep = " ".repeat(200);
    file(&folder, "page.txt", format!("{deep}• {name}\n{deep}  link\n{deep}  1 day ago\n\n{deep}  \u{7}x\n"));
    let run = run(&folder, &["page.txt"]);
    assert!(!run.out.contains(['\u{1b}', '\u{202e}', '\u{7}']) && !run.err.contains(['\u{1b}', '\u{202e}']));
    assert!(run.err.lines().all(|l| l.chars().count() <= 120), "{}", run.err);
}

#[test]
fn a_folder_without_pages_says_what_was_looked_for() {
    let folder = folder("none");
    file(&folder, "notes.md", PAGE);
    file(&folder, ".hidden.txt", PAGE);
    let run = run(&folder, &["."]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    has(&run.err, "error: .: the folder holds no page; looked for files ending in .csv, .gz, .htm");
}

#[test]
fn sub_folders_are_read_in_sorted_order_under_their_own_names() {
    let folder = folder("nested");
    fs::create_dir_all(folder.join("b/c")).unwrap();
    for name in ["b/c/page.txt", "a.txt", "b/page.txt", "d.NDJSON", "b/notes.md"] {
        file(&folder, name, if name.ends_with("ON") { "{\"id\":1,\"text\":\"x\"}" } else { PAGE });
    }
    let run = run(&folder, &[".", "--format", "json"]);
    let pages: Vec<serde_json::Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let files: Vec<&str> = pages.iter().map(|p| p["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["a.txt", "b/c/page.txt", "b/page.txt", "d.NDJSON"]);
    assert!(pages.iter().all(|p| p["comments"][0]["thread_id"] == p["file"]));
    has(&run.err, "4 comments");
}

#[test]
fn an_unknown_dialect_is_answered_with_the_known_ones() {
    let folder = folder("dialect");
    file(&folder, "page.txt", PAGE);
    let unknown = run(&folder, &["page.txt", "--dialect", "lemy"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    has(&unknown.err, "dialect `lemy` is unknown; the dialects are ndjson, reddit-json, ");
    let forced = run(&folder, &["page.txt", "--dialect", "article"]);
    has(&forced.out, "(article)");
}

#[test]
fn outlets_complete_a_page_and_their_mistakes_are_reported() {
    let folder = folder("outlets");
    file(&folder, "page.txt", PAGE);
    file(&folder, "outlets.toml", "[\"page.txt\"]\noutlet = \"Quay News\"\n[\"gone.txt\"]\n");
    let good = run(&folder, &[".", "--format", "json"]);
    assert_eq!(good.code, 0);
    has(&good.err, "./outlets.toml:3:1: warning[R02]: `gone.txt` is no page of this folder");
    has(&good.out, "\"file\":\"page.txt\"");
    has(&good.out, "\"outlet\":\"Quay News\",\"title\":\"Ferry late again\"");
    file(&folder, "outlets.toml", "[\"page.txt\"]\noutlets = \"Quay News\"\n");
    let bad = run(&folder, &["."]);
    assert_eq!(bad.code, 2);
    has(&bad.err, "error: ./outlets.toml:2:1: unknown field `outlets`");
    has(&bad.out, "1 Ada");
}

#[test]
fn the_seeds_and_their_outlets_are_read_without_a_warning() {
    let run = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["seeds", "--format", "json", "--strict"]);
    assert_eq!(run.code, 0);
    has(&run.err, "17 comments, 0 gaps, 0 duplicates, 0 warnings\n");
    let pages: Vec<serde_json::Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(pages.len(), 5);
    assert!(pages.iter().all(|p| p["origin"]["outlet"].is_string() && p["origin"]["language"] == "en"));
    let dates: Vec<Option<&str>> = pages.iter().map(|p| p["origin"]["date"].as_str()).collect();
    assert_eq!(dates, [Some("2025-07-04"), Some("2025-07-04"), None, None, None]);
}

#[test]
fn json_is_one_document_a_page() {
    let folder = folder("json");
    file(
        &folder,
        "a.txt",
        "  • ada [she/her]@pond.exampleOP\n    arrow-up\n    3\n    ·\n    1 day ago\n\n    Hm.\n",
    );
    file(&folder, "b.txt", PAGE);
    let run = run(&folder, &[".", "--format", "json"]);
    let pages: Vec<serde_json::Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(pages.len(), 2);
    let comment = &pages[0]["comments"][0];
    assert_eq!(comment["author"]["name"], "ada");
    assert_eq!(comment["author"]["badges"][0], "op");
    assert_eq!((&comment["score"]["value"], &comment["state"]), (&3.into(), &"written".into()));
    assert_eq!((&comment["text"], &comment["path"]), (&"Hm.".into(), &"1".into()));
    assert_eq!(pages[1]["article"]["title"]["text"], "Ferry late again");
}

#[test]
fn ndjson_is_read_from_standard_input() {
    let folder = folder("stdin");
    file(
        &folder,
        "in.ndjson",
        "{\"id\":2,\"parent_id\":1,\"text\":\"b\"}\n{\"id\":1,\"text\":\"a\",\"author\":\"Ada\"}\nnope\n{\"id\":1,\"text\":\"a\"}\n",
    );
    let input = fs::File::open(folder.join("in.ndjson")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_threadstance"));
    let run = read(&command.args(["thread", "-"]).stdin(Stdio::from(input)).output().unwrap());
    assert_eq!(run.code, 0);
    has(&run.out, "1 Ada\n    a\n  1.1 (no name)\n      b\n");
    has(&run.err, "-:3:2: warning[P08]: this line is not a comment");
    has(&run.err, "-:4:1: warning[P07]: the id `1` was given before, with the same words");
    has(&run.err, "2 comments, 0 gaps, 1 duplicate, 2 warnings\n");
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder("pipe");
    file(&folder, "page.txt", format!("{}{PAGE}", "A long paragraph of words.\n".repeat(20_000)));
    let mut command = Command::new(env!("CARGO_BIN_EXE_threadstance"));
    command.args(["thread", "page.txt"]).current_dir(&folder).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
