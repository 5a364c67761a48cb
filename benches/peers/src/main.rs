//! `peers NAME CORPUS.ndjson`: reads the corpus, does one thing with it in memory, and prints the processor seconds that
//! this thing alone took.

use cpu_time::ProcessTime;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hint::black_box;
use std::process::ExitCode;
use vader_sentimental::SentimentIntensityAnalyzer;

#[derive(Deserialize)]
#[allow(dead_code)]
struct Line<'l> {
    id: &'l str,
    parent_id: Option<&'l str>,
    thread_id: &'l str,
    author: &'l str,
    score: i64,
    #[serde(borrow)]
    text: Cow<'l, str>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, path] = arguments.as_slice() else {
        eprintln!("peers vader|lines|serde|hash CORPUS.ndjson");
        return ExitCode::FAILURE;
    };
    let raw = std::fs::read_to_string(path).expect("the corpus can be read");
    let line = |l| serde_json::from_str::<Line>(l).expect("a line of the corpus");
    let texts: Vec<String> = raw.lines().map(|l| line(l).text.into_owned()).collect();
    let vader = SentimentIntensityAnalyzer::new();
    let words = words();
    let start = ProcessTime::now();
    match name.as_str() {
        "vader" => texts.iter().for_each(|t| drop(black_box(vader.polarity_scores(t)))),
        "lines" => drop(black_box(memchr::memchr_iter(b'\n', raw.as_bytes()).count())),
        "serde" => raw.lines().for_each(|l| drop(black_box(line(l)))),
        "hash" => drop(black_box(texts.iter().map(|t| sum(&words, t)).sum::<f64>())),
        _ => return ExitCode::FAILURE,
    }
    println!("{}", start.elapsed().as_secs_f64());
    ExitCode::SUCCESS
}

/// A lexicon of the usual size: VADER's words.
fn words() -> HashMap<&'static str, f64> {
    let table = include_str!("../../../rules/en/sentiment.tsv");
    let pairs = table.lines().filter_map(|l| l.split_once('\t'));
    pairs.filter_map(|(word, valence)| Some((word, valence.trim().parse().ok()?))).collect()
}

/// Words in lower case, looked up: what every lexicon of single words costs at least.
fn sum(valence: &HashMap<&str, f64>, text: &str) -> f64 {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty());
    words.filter_map(|w| valence.get(w.to_ascii_lowercase().as_str())).sum()
}
