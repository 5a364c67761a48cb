//! What must hold for any input: no panic, spans inside the source, every line once, one parent, linear time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may panic too")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::{Duration, Instant};
use threadstance::parse::parse;
use threadstance::{Dialect, Error, Parsed, Source, Thread};

/// Knuth's MMIX generator: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        (1..items.len()).rev().for_each(|i| items.swap(i, self.below(i + 1)));
    }
}

/// Pieces of pages, so that random texts come near every branch of the grammar.
const PIECES: [&str; 86] = [
    "• ",
    "•",
    "•\u{a0}",
    "Ada [she/her]@a.exampleOP",
    "Otto",
    "@x@y.z",
    "{they/them}",
    "[",
    "]",
    "link",
    "fedilink",
    "English",
    "arrow-up",
    "arrow-down",
    "·",
    "edit-2",
    "8 hours ago",
    "497 months ago",
    "123 hours ago",
    "1.2K",
    "-3",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\n  ",
    "\n    ",
    "\n      ",
    "\n            ",
    "\t",
    "\u{a0}",
    "\u{feff}",
    "6 Comments",
    "1 Comment",
    "0 Comments",
    "Comments (2)",
    "Leave a comment",
    "Words, as ever.",
    "date 2025-07-04 ",
    "Published: 04 Jul. 2025",
    "https://a.example/b",
    "www.a.example (2025.07.04.)",
    "🎉",
    "\u{202e}",
    "\u{1b}[2J",
    "{\"id\":1,\"text\":\"x\"}",
    "removed by mod",
    "[-] ada@a.example 3 points 2 hours ago",
    "(2 children)",
    "[–]ada 1 point2 points 3 hours ago  (1 child)",
    "ada@a.example 6 months ago",
    "Ada OP ,",
    "show comments",
    "  • Ada",
    "  1. Ada",
    "    1. Otto Silver badge",
    "  2. Re: x by Ada · · Score: 4, Funny",
    "Re: x (Score:2)",
    "by Ada writes: on",
    "back to article X",
    "2 Responses to X",
    "Ada says:",
    "Otto said...",
    "ReplyDelete",
    "March 3, 2020 at 4:05 pm",
    "ada ◴[] No.12[source]",
    "replies(1): >>13 #",
    "ada 3 hours ago | next [–]",
    "u/ada 28d ago",
    "3.4k",
    "u/ada avatar",
    "3h ago",
    "3 Likes",
    "\n\n\n",
    "Messages",
    "1,645",
    "Joined",
    "03-26-2010, 05:10 PM",
    "#2",
    "Join Date: Mar 2005",
    "by Ada » Mon Mar 03, 2020 4:05 pm",
    "ada · 279 days ago · link",
    "Quay Town 6 hours ago",
    "ada · comment · 2023-09-07",
    "view the rest of the comments",
];

fn page(random: &mut Random, pieces: usize) -> String {
    (0..pieces).map(|_| random.pick(&PIECES)).collect()
}

fn check(text: &str, dialect: Option<Dialect>) {
    let source = Source::from_text("page.txt", text.to_owned()).unwrap();
    let parsed = match parse(&source, dialect) {
        Ok(parsed) => parsed,
        // Only a page that was not forced into a dialect may be refused.
        Err(Error::Shape { .. }) if dialect.is_none() => return,
        // A table without a column of words cannot be read as a table.
        Err(Error::Data { .. }) if dialect == Some(Dialect::Csv) => return,
        Err(error) => panic!("{error}"),
    };
    check_spans(&source, &parsed);
    check_lines(&source, &parsed);
    parsed.threads.iter().for_each(check_tree);
    parsed.threads.iter().for_each(|t| drop(t.outline().with_words().to_string()));
}

fn check_spans(source: &Source, parsed: &Parsed) {
    let text = source.as_str();
    let inside = |s: &threadstance::Span| text.get(s.start as usize..s.end as usize).is_some();
    assert!(parsed.pieces().iter().all(|p| inside(&p.span)));
    assert!(parsed.diagnostics.iter().filter_map(|d| d.span).all(|s| inside(&s)));
    let pasted = !parsed.dialect.is_export();
    for (_, comment) in parsed.threads.iter().flat_map(Thread::comments) {
        assert!(comment.header.as_ref().is_none_or(inside));
        if let Some(words) = comment.body.text().filter(|_| pasted) {
            assert_eq!(source.text(words.span()), words.raw());
        }
    }
}

fn check_lines(source: &Source, parsed: &Parsed) {
    let lines: Vec<&str> = source.lines().map(|l| l.text.trim()).filter(|l| !l.is_empty()).collect();
    let pieces: Vec<&str> = parsed.pieces().iter().map(|p| source.text(p.span)).collect();
    assert_eq!(pieces, lines, "{:?}", source.as_str());
}

fn check_tree(thread: &Thread) {
    let all: BTreeSet<_> = thread.comments().map(|(id, _)| id).collect();
    let walked: Vec<_> = thread.walk().collect();
    assert_eq!(walked.len(), all.len(), "each comment is reached once");
    assert_eq!(walked.into_iter().collect::<BTreeSet<_>>(), all);
    let children: usize = all.iter().map(|id| thread.children(*id).len()).sum();
    assert_eq!(children + thread.roots().len(), all.len(), "each comment has at most one parent");
}

#[test]
fn texts_made_of_pieces_keep_every_law() {
    let mut random = Random(1);
    for _ in 0..800 {
        let length = 1 + random.below(60);
        let text = page(&mut random, length);
        check(&text, None);
        check(&text, Some(Dialect::ALL[random.below(Dialect::ALL.len())]));
    }
}

#[test]
fn any_bytes_are_read_or_refused_without_panic() {
    let mut random = Random(2);
    for _ in 0..500 {
        let length = random.below(200);
        let bytes: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        let Ok(source) = Source::from_bytes("any", bytes) else { continue };
        Dialect::ALL.iter().for_each(|d| check(source.as_str(), Some(*d)));
    }
}

#[test]
fn pages_cut_anywhere_keep_every_law() {
    let whole = include_str!("../seeds/000_28f73d6defe4cb62.txt");
    let ends = (0..whole.len()).filter(|i| whole.is_char_boundary(*i)).step_by(97);
    ends.for_each(|end| check(&whole[..end], None));
}

/// Id, parent's id and words of each comment.
fn facts(text: &str) -> BTreeSet<(String, String, String)> {
    let source = Source::from_text("a.ndjson", text.to_owned()).unwrap();
    let parsed = parse(&source, None).unwrap();
    let mut facts = BTreeSet::new();
    for thread in &parsed.threads {
        for (id, comment) in thread.comments() {
            let key = |c: &threadstance::Comment| c.key.clone().unwrap_or_default();
            let parent = thread.parent(id).and_then(|p| thread.get(p)).map(key).unwrap_or_default();
            let words = comment.body.text().map(|t| t.raw().to_owned()).unwrap_or_default();
            facts.insert((format!("{}/{}", thread.id, key(comment)), parent, words));
        }
    }
    facts
}

#[test]
fn the_order_of_ndjson_lines_does_not_matter() {
    let mut random = Random(3);
    for _ in 0..50 {
        let mut lines: Vec<String> = (0..30).map(|i| ndjson_line(&mut random, i)).collect();
        let before = facts(&lines.join("\n"));
        random.shuffle(&mut lines);
        assert_eq!(facts(&lines.join("\n")), before);
        lines.iter().for_each(|l| check(l, None));
    }
}

/// A comment that replies to an earlier one, to one that is not there, or to none.
fn ndjson_line(random: &mut Random, i: usize) -> String {
    let parent = [random.below(i + 1), 900 + i, i][random.below(3)];
    let thread = i % 2;
    match parent {
        p if p == i => format!(r#"{{"id":{i},"thread_id":"t{thread}","text":"words {i}"}}"#),
        p => format!(r#"{{"id":{i},"thread_id":"t{thread}","parent_id":"{p}","text":"words {i}"}}"#),
    }
}

/// Big inputs of every kind; anything worse than linear would take hours.
#[test]
fn big_inputs_take_linear_time() {
    let start = Instant::now();
    let comment = "  • a\n    ·\n    1 day ago\n\n    Words.\n\n";
    let mut chain = String::new();
    (0..500).for_each(|i| writeln!(chain, "{:i$}• a\n{:i$}  1 day ago\n", "", "").unwrap());
    let replies: String = (0..50_000).fold(String::new(), |mut all, i| {
        writeln!(all, r#"{{"id":{},"parent_id":{i},"text":"x"}}"#, i + 1).unwrap();
        all
    });
    for text in [
        "x".repeat(5_000_000),
        " ".repeat(300_000) + "• x\n 1 day ago",
        "• ".repeat(200_000),
        "•\n".repeat(10_000),
        "• x\n link\n".repeat(5_000) + &"\n".repeat(200_000),
        comment.repeat(4_000),
        chain,
        replies,
        format!("200000 Comments\n{}", "Ada\nAs ever.\n".repeat(8_000)),
        "2 Comments\n".repeat(8_000),
        "[-] ada 3 points 2 hours ago (9 children)\n".repeat(20_000),
        "  1. Ada\n\n    x\n\n".repeat(20_000),
        "u/ada 28d ago\n".repeat(20_000) + &"words ".repeat(200_000),
        "ada ◴[] No.12[source]\nreplies(1): >>13 #\n".repeat(10_000),
        "Ada\nMessages\n1\nJoined\n2\n".repeat(10_000),
        "x\n\n\n3 Likes\n".repeat(20_000),
        "[".repeat(200_000),
        "{\"id\":".repeat(50_000),
    ] {
        let source = Source::from_text("big", text).unwrap();
        let Ok(parsed) = parse(&source, None) else { continue };
        parsed.threads.iter().for_each(check_tree);
    }
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}
