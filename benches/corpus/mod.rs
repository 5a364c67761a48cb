//! A corpus of threads for measuring: seeded, without end, of invented and common words. Comments have the lengths and
//! depths of real ones (median 134 bytes, 99 in 100 below 1,100, mean depth 2.5), a twentieth of the words carries
//! opinion, and some comments speak of the invented allegation of `profile.toml`.

#![allow(dead_code, reason = "each program that includes this uses a part of it")]

mod words;

use std::collections::BTreeMap;
use std::fmt::Write;
use words::{COMMON, CONTENT, EMOJI, OPINION, PARTIES, STOCK, SYLLABLES};

/// A comment; parents come before their replies, threads after one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub thread: u64,
    pub id: u64,
    pub parent: Option<u64>,
    pub depth: u32,
    pub author: String,
    pub score: i64,
    pub text: String,
}

/// The corpus of a seed. It does not end; take what is needed.
#[derive(Debug)]
pub struct Corpus {
    random: Random,
    thread: u64,
    next: u64,
    left: usize,
    /// Id and depth of the comments of the thread.
    made: Vec<(u64, u32)>,
}

impl Corpus {
    pub fn new(seed: u64) -> Self {
        Corpus { random: Random(seed), thread: 0, next: 1, left: 0, made: Vec::new() }
    }
}

impl Iterator for Corpus {
    type Item = Comment;

    fn next(&mut self) -> Option<Comment> {
        let random = &mut self.random;
        if self.left == 0 {
            self.thread += 1;
            self.left = (random.log_normal(22.0, 1.0) as usize).clamp(1, 3000);
            self.made.clear();
        }
        self.left -= 1;
        let answered = self.made.len().min(NEAR);
        let parent = (answered > 0 && !random.chance(NEW))
            .then(|| self.made[self.made.len() - 1 - random.below(answered)]);
        let depth = parent.map_or(0, |p| p.1 + 1);
        let id = self.next;
        self.next += 1;
        self.made.push((id, depth));
        let author = format!("{}{}", random.invented(), random.below(90));
        let score = random.log_normal(3.0, 1.2) as i64 - 2;
        Some(Comment {
            thread: self.thread,
            id,
            parent: parent.map(|p| p.0),
            depth,
            author,
            score,
            text: random.text(),
        })
    }
}

/// A reply answers one of so many comments before it; so many in a hundred answer none.
const NEAR: usize = 6;
const NEW: usize = 23;

/// One JSON object a line.
pub fn ndjson(comments: impl IntoIterator<Item = Comment>) -> String {
    let mut out = String::new();
    comments.into_iter().for_each(|c| ndjson_line(&mut out, &c));
    out
}

/// The comment as a line of NDJSON.
pub fn ndjson_line(out: &mut String, c: &Comment) {
    let parent = c.parent.map_or("null".to_owned(), |p| format!("\"{p}\""));
    let text = c.text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let _ = writeln!(
        out,
        "{{\"id\":\"{}\",\"parent_id\":{parent},\"thread_id\":\"t{}\",\"author\":\"{}\",\"score\":{},\"text\":\"{text}\"}}",
        c.id, c.thread, c.author, c.score
    );
}

/// A Lemmy page as browsers copy it: replies below what they answer, newest last.
pub fn lemmy_page(comments: impl IntoIterator<Item = Comment>) -> String {
    let mut out = String::from("Ferry crew charged\n\nThe harbour office gave no details.\n\nComments\n\n");
    let all: Vec<Comment> = comments.into_iter().collect();
    let mut replies: BTreeMap<Option<u64>, Vec<&Comment>> = BTreeMap::new();
    all.iter().rev().for_each(|c| replies.entry(c.parent).or_default().push(c));
    let mut stack = replies.remove(&None).unwrap_or_default();
    while let Some(comment) = stack.pop() {
        lemmy_comment(&mut out, comment);
        stack.extend(replies.remove(&Some(comment.id)).unwrap_or_default());
    }
    out
}

fn lemmy_comment(out: &mut String, c: &Comment) {
    let indent = " ".repeat(2 + 2 * c.depth as usize);
    let (bullet, hours) = (&indent[2..], c.id % 22 + 2);
    let _ = writeln!(out, "{bullet}• {}@forum.example", c.author);
    let _ = writeln!(out, "{indent}link\n{indent}arrow-up\n{indent}{}\n{indent}{hours} hours ago\n", c.score);
    for line in c.text.lines() {
        let _ = writeln!(out, "{}{line}", if line.is_empty() { "" } else { &indent });
    }
    out.push('\n');
}

/// Splitmix64 (Steele, Lea & Flood 2014).
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// The median times e to a normal number (sum of twelve, close enough) of that width.
    fn log_normal(&mut self, median: f64, width: f64) -> f64 {
        let normal: f64 = (0..12).map(|_| self.share()).sum::<f64>() - 6.0;
        median * f64::exp(width * normal)
    }

    /// An entry, the first ones far more often than the last, as words are.
    fn ranked<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let rank = (words.len() as f64).powf(self.share()) as usize;
        words[rank.saturating_sub(1).min(words.len() - 1)]
    }

    fn any<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    fn invented(&mut self) -> String {
        (0..2 + self.below(3)).map(|_| SYLLABLES[self.below(SYLLABLES.len())]).collect()
    }

    fn text(&mut self) -> String {
        let length = self.log_normal(MEDIAN, WIDTH) as usize;
        let mut out = String::new();
        if self.chance(3) {
            out.push_str("> ");
            self.sentence(&mut out, 8);
            out.push_str("\n\n");
        }
        let begun = out.len();
        while out.len() == begun || out.len() < length {
            if out.len() > begun {
                out.push_str(if self.chance(8) { "\n\n" } else { " " });
            }
            let room = (length.saturating_sub(out.len()) / 5).max(1);
            let words = (3 + self.below(16)).min(room);
            self.sentence(&mut out, words);
        }
        if self.chance(2) {
            let _ = write!(out, " https://{}.example/{}", self.invented(), self.below(9999));
        }
        if self.chance(3) {
            let _ = write!(out, " {}", self.any(EMOJI));
        }
        out
    }

    fn sentence(&mut self, out: &mut String, words: usize) {
        let start = out.len();
        if self.chance(6) {
            out.push_str(self.any(STOCK));
        }
        for _ in 0..words {
            if out.len() > start {
                out.push_str(if self.chance(7) { ", " } else { " " });
            }
            self.word(out);
        }
        // Sentences begin with capitals most of the time.
        if self.chance(85)
            && let Some(first) = out[start..].chars().next().filter(char::is_ascii)
        {
            out.replace_range(start..start + 1, &first.to_ascii_uppercase().to_string());
        }
        out.push_str(match self.below(20) {
            0 | 1 => "?",
            2 => "!",
            3 => "...",
            4 => "",
            _ => ".",
        });
    }

    fn word(&mut self, out: &mut String) {
        match self.below(1000) {
            0..520 => out.push_str(self.ranked(COMMON)),
            520..760 => out.push_str(self.ranked(CONTENT)),
            760..815 => out.push_str(self.any(OPINION)),
            815..835 => out.push_str(self.any(PARTIES)),
            835..850 => {
                let _ = write!(out, "{}", self.below(3000));
            }
            850..860 => out.push_str(&self.invented().to_uppercase()),
            860..870 => {
                let _ = write!(out, "\"{}\"", self.ranked(CONTENT));
            }
            870..880 => {
                let _ = write!(out, "{}-{}", self.ranked(CONTENT), self.ranked(CONTENT));
            }
            _ => out.push_str(&self.invented()),
        }
    }
}

/// Bytes of a text in the middle, and the width that puts 99 in 100 below 1,100; sentences add a little at the end.
const MEDIAN: f64 = 127.0;
const WIDTH: f64 = 0.95;
