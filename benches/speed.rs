//! How fast each part is, beside the floors of the same run, on one core: `cargo bench --bench speed [-- COMMENTS]`,
//! 20,000 without a number. The best of five rounds counts. docs/scale.md says how to read it.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench reports and may fail")]

mod corpus;

use corpus::{Corpus, lemmy_page, ndjson};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use threadstance::{About, Labelled, Labeller, Profile, RulePack, Source, parse, report, summarize};

const SEED: u64 = 7;
const ROUNDS: usize = 5;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let comments = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(20_000);
    let source = Source::from_text("corpus.ndjson", ndjson(Corpus::new(SEED).take(comments))).unwrap();
    println!("{:<32}{:>10}{:>14}{:>12}", "", "ms", "comments/s", "MB/s");
    floors(&source, comments);
    text(comments);
    label(&source, comments);
    start();
}

/// Runs `work` and prints its best time, with rates where bytes are given.
fn measure<T>(name: &str, comments: usize, bytes: usize, mut work: impl FnMut() -> T) {
    let round = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    let best = (0..ROUNDS).map(round).min().unwrap_or(Duration::ZERO).as_secs_f64();
    let rates = format!("{:>14.0}{:>12.1}", comments as f64 / best, bytes as f64 / best / 1e6);
    println!("{name:<32}{:>10.3}{}", best * 1e3, if bytes > 0 { rates } else { String::new() });
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, not used")]
struct Line<'l> {
    id: &'l str,
    parent_id: Option<&'l str>,
    thread_id: &'l str,
    author: &'l str,
    score: i64,
    #[serde(borrow)]
    text: Cow<'l, str>,
}

fn floors(source: &Source, comments: usize) {
    let raw = source.as_str();
    let bytes = raw.len();
    measure("floor: memchr lines", comments, bytes, || memchr::memchr_iter(b'\n', raw.as_bytes()).count());
    measure("floor: serde_json into structs", comments, bytes, || {
        raw.lines().for_each(|l| drop(black_box(serde_json::from_str::<Line<'_>>(l).unwrap())));
    });
    let texts: Vec<String> = Corpus::new(SEED).take(comments).map(|c| c.text).collect();
    let pack = RulePack::builtin().unwrap();
    let valence: HashMap<&str, f32> =
        pack.lexicon.entries().iter().map(|(word, valence)| (word.as_str(), *valence)).collect();
    measure("floor: tokenise and look up", comments, bytes, || {
        let words = |text: &'_ str| {
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
            words.filter_map(|w| valence.get(w.to_ascii_lowercase().as_str())).sum::<f32>()
        };
        texts.iter().map(|t| words(t)).sum::<f32>()
    });
}

fn text(comments: usize) {
    let page = Source::from_text("page.txt", lemmy_page(Corpus::new(SEED).take(comments))).unwrap();
    measure("parse: Lemmy page", comments, page.as_str().len(), || parse(&page, None).unwrap());
}

fn labeller() -> Labeller<'static> {
    let profile = Profile::find("benches/corpus/profile.toml").unwrap();
    Labeller::new(RulePack::builtin().unwrap(), &profile).unwrap()
}

fn label(source: &Source, comments: usize) {
    let (labeller, bytes) = (labeller(), source.as_str().len());
    measure("parse: NDJSON", comments, bytes, || parse(source, None).unwrap());
    let parsed = parse(source, None).unwrap();
    measure("label", comments, bytes, || {
        parsed.threads.iter().for_each(|t| drop(black_box(labeller.label(t))));
    });
    let labelled: Vec<Labelled<'_>> = parsed.threads.iter().map(|t| labeller.label(t)).collect();
    measure("write: NDJSON", comments, bytes, || {
        let mut out = Vec::new();
        labelled.iter().for_each(|l| report::write_lines(l, &mut out));
        out
    });
    measure("summary", comments, bytes, || summarize(&labelled, &About::default(), 0.95));
    measure("all: NDJSON to NDJSON", comments, bytes, || {
        let source = Source::from_text("corpus.ndjson", source.as_str().to_owned()).unwrap();
        let mut out = Vec::new();
        for thread in &parse(&source, None).unwrap().threads {
            out.clear();
            report::write_lines(&labeller.label(thread), &mut out);
            black_box(&out);
        }
    });
}

fn start() {
    measure("start: load the rules", 0, 0, || RulePack::read(Path::new("rules/en")).unwrap());
    measure("start: compile them", 0, 0, labeller);
}
