//! Hostile sizes: time and memory must grow with the input and no faster. `cargo bench --bench hostile`; each case is
//! run at a half and at its full size, and fails if the full one takes more than four times as long.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a bench reports and may fail")]

use std::fmt::Write;
use std::time::{Duration, Instant};
use threadstance::thread::{Body, Comment, CommentId, Origin, Text, Thread};
use threadstance::{Error, Labeller, Profile, RulePack, Source, parse};

type Case = (&'static str, &'static str, fn(usize) -> String, usize);

const CASES: [Case; 9] = [
    ("chain of replies, JSON", "a.json", chain_json, 100_000),
    ("chain of replies, NDJSON", "a.ndjson", chain_lines, 100_000),
    ("one line, bytes", "a.txt", one_line, 50_000_000),
    ("one JSON string, bytes", "a.ndjson", one_string, 50_000_000),
    ("comments, NDJSON", "a.ndjson", many_lines, 1_000_000),
    ("comments, page", "a.txt", many_pages, 200_000),
    ("emoji in a comment", "a.ndjson", emoji, 10_000),
    ("nested quotes, Markdown", "a.ndjson", quotes_markdown, 10_000),
    ("nested quotes, HTML", "a.json", quotes_html, 10_000),
];

/// What one comment repeats, to be labelled.
const REPEATED: [&str; 15] = [
    "no ",
    "they are ",
    "fake. ",
    "\"x\" US. ",
    "i would not trust ",
    "they lied! /s! ",
    "the U.S. says: ",
    "no U.S. lied ",
    "North Korea is a great, brave nation and a liar. ",
    "Great job, is it not fake? ",
    "I agree with you. ",
    "They stole it and they know. ",
    "the crew was\n",
    "=",
    "he said @a 50% ",
];
/// Bytes of such a comment.
const COMMENT: usize = 400_000;

fn main() {
    println!("{:<28}{:>12}{:>12}{:>12}{:>12}", "case", "size", "half s", "full s", "peak MB");
    for (name, file, make, size) in CASES {
        let (half, full) = (time(file, make(size / 2)), time(file, make(size)));
        println!(
            "{name:<28}{size:>12}{:>12.3}{:>12.3}{:>12}",
            half.as_secs_f64(),
            full.as_secs_f64(),
            peak()
        );
        let limit = half * 4 + Duration::from_millis(200);
        assert!(full <= limit, "{name}: {full:?} for the whole, {half:?} for the half");
    }
    repeated();
    answered();
    bomb();
}

/// Labelling takes as long as the comment is.
fn repeated() {
    let profile = Profile::find("dprk-it-workers").unwrap();
    let labeller = Labeller::new(RulePack::builtin().unwrap(), &profile).unwrap();
    let time = |piece: &str, size: usize| {
        let text = Text::new(piece.repeat(size / piece.len()).as_str(), 0);
        let thread = Thread::new("t", Origin::default(), vec![Comment::new(Body::Written(text))]);
        let start = Instant::now();
        std::hint::black_box(labeller.label(&thread));
        start.elapsed()
    };
    for piece in REPEATED {
        let (half, full) = (time(piece, COMMENT / 2), time(piece, COMMENT));
        let name = format!("label {piece:?}");
        let [short, long] = [half, full].map(|d| d.as_secs_f64());
        println!("{name:<28}{COMMENT:>12}{short:>12.3}{long:>12.3}{:>12}", peak());
        let limit = half * 4 + Duration::from_millis(200);
        assert!(full <= limit, "{name}: {full:?} for the whole, {half:?} for the half");
    }
}

/// Short replies to one long comment cost what they are long, whatever it is.
fn answered() {
    let profile = Profile::find("dprk-it-workers").unwrap();
    let labeller = Labeller::new(RulePack::builtin().unwrap(), &profile).unwrap();
    let time = |replies: usize| {
        let written = |text: &str| Comment::new(Body::Written(Text::new(text, 0)));
        let mut comments = vec![written(&many(100_000, |i| format!("{i:x}word ")))];
        for _ in 0..replies {
            let mut reply = written("zebras yawn zealously");
            reply.parent = Some(CommentId(0));
            comments.push(reply);
        }
        let thread = Thread::new("t", Origin::default(), comments);
        let start = Instant::now();
        std::hint::black_box(labeller.label(&thread));
        start.elapsed()
    };
    const REPLIES: usize = 100_000;
    let (none, all) = (time(0), time(REPLIES));
    let [short, long] = [none, all].map(|d| d.as_secs_f64());
    println!("{:<28}{REPLIES:>12}{short:>12.3}{long:>12.3}{:>12}", "replies to a long comment", peak());
    assert!(all < none * 10 + Duration::from_secs(1), "{all:?} with the replies, {none:?} without");
}

fn time(file: &str, text: String) -> Duration {
    let start = Instant::now();
    match parse(&Source::from_text(file, text).unwrap(), None) {
        Ok(parsed) => parsed.threads.iter().for_each(|t| assert_eq!(t.walk().count(), t.comments().len())),
        Err(Error::Shape { .. }) => {}
        Err(error) => panic!("{error}"),
    }
    start.elapsed()
}

/// A file that unpacks to ten thousand times its size is refused, and costs no more than the bound.
fn bomb() {
    let path = std::env::temp_dir().join(format!("threadstance-bomb-{}.zst", std::process::id()));
    let zeros = std::io::Read::take(std::io::repeat(b'x'), 4 << 30);
    std::fs::write(&path, zstd::encode_all(zeros, 1).unwrap()).unwrap();
    let (packed, start) = (std::fs::metadata(&path).unwrap().len(), Instant::now());
    let error = Source::read(&path).unwrap_err();
    println!(
        "{:<28}{packed:>12}{:>12}{:>12.3}{:>12}",
        "bomb, packed bytes",
        "-",
        start.elapsed().as_secs_f64(),
        peak()
    );
    println!("  {error}");
    std::fs::remove_file(&path).unwrap();
}

/// The most memory the process has held, in MB, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.trim().trim_end_matches(" kB").trim().parse::<u64>().ok());
    kilobytes.map_or("?".to_owned(), |k| (k / 1024).to_string())
}

fn chain_json(n: usize) -> String {
    "{\"author\":\"a\",\"text\":\"x\",\"children\":[".repeat(n) + &"]}".repeat(n)
}

fn chain_lines(n: usize) -> String {
    many(n, |i| format!("{{\"id\":{},\"parent_id\":{i},\"text\":\"x\"}}\n", i + 1))
}

fn one_line(n: usize) -> String {
    "words and ".repeat(n / 10)
}

fn one_string(n: usize) -> String {
    format!("{{\"id\":1,\"text\":\"{}\"}}", "words and ".repeat(n / 10))
}

fn many_lines(n: usize) -> String {
    many(n, |i| {
        format!("{{\"id\":{i},\"parent_id\":{},\"thread_id\":{},\"text\":\"Words {i}.\"}}\n", i / 2, i % 1000)
    })
}

fn many_pages(n: usize) -> String {
    many(n, |i| format!("  • ada\n    ·\n    {} hours ago\n\n    Words {i}.\n\n", i % 22 + 2))
}

fn emoji(n: usize) -> String {
    format!("{{\"id\":1,\"text\":\"{}\"}}", "🎉".repeat(n))
}

fn quotes_markdown(n: usize) -> String {
    format!("{{\"id\":\"1\",\"parent_id\":\"t3_x\",\"link_id\":\"t3_x\",\"body\":\"{}x\"}}", "> ".repeat(n))
}

fn quotes_html(n: usize) -> String {
    format!("[{{\"id\":\"1\",\"in_reply_to_id\":null,\"content\":\"{}x\"}}]", "<blockquote><p>".repeat(n))
}

fn many(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut all, i| {
        write!(all, "{}", line(i)).unwrap();
        all
    })
}
