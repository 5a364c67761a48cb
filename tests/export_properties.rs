//! What must hold for any export: order does not matter, every format gives the same tree, what is written is read
//! again, cut and broken files never panic, and time is linear.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may panic too")]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};
use threadstance::convert::{Target, convert};
use threadstance::parse::{parse, parse_with};
use threadstance::{Body, Columns, Error, Parsed, Source, Thread};

/// Knuth's MMIX generator: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        (1..items.len()).rev().for_each(|i| items.swap(i, self.below(i + 1)));
    }
}

/// Parents of comments 1, 2, 3 …; some stand nowhere.
fn forest(random: &mut Random, size: usize) -> Vec<Option<usize>> {
    (0..size)
        .map(|i| match random.below(6) {
            0 => None,
            1 => Some(900 + random.below(3)),
            _ if i == 0 => None,
            _ => Some(1 + random.below(i)),
        })
        .collect()
}

type Write = fn(&[(usize, Option<usize>)]) -> (&'static str, String);

/// Formats that carry ids, each as a writer of the same forest.
const FORMATS: [Write; 9] = [
    |all| ("a.ndjson", lines(all, |i, p| json!({"id": i, "parent_id": p, "text": words(i)}))),
    |all| {
        let parent = |p: Option<usize>| p.map_or("t3_x".to_owned(), |p| format!("t1_{p}"));
        let line = |i: usize, p| json!({"id": i.to_string(), "parent_id": parent(p), "link_id": "t3_x", "body": words(i)});
        ("dump.ndjson", lines(all, line))
    },
    |all| {
        let text = |i: &usize| i.to_string();
        let line = |i, p: Option<usize>| json!({"id": text(&i), "reply_to": p.as_ref().map(text), "conversation_id": "x", "speaker": "a", "text": words(i)});
        ("utterances.jsonl", lines(all, line))
    },
    |all| {
        let path = |i: usize, p: Option<usize>| p.map_or(format!("0.{i}"), |p| format!("0.{p}.{i}"));
        let view = |i: usize, p| json!({"comment": {"id": i, "post_id": 1, "content": words(i), "path": path(i, p)}, "creator": {"name": "a"}});
        ("lemmy.json", json!({"comments": list(all, view)}).to_string())
    },
    |all| {
        let status = |i: usize, p: Option<usize>| json!({"id": i.to_string(), "in_reply_to_id": p.map(|p| p.to_string()), "content": format!("<p>{}</p>", words(i)), "account": {"acct": "a"}});
        ("context.json", json!({"ancestors": [], "descendants": list(all, status)}).to_string())
    },
    |all| {
        let post = |i: usize, p: Option<usize>| json!({"post_number": i, "reply_to_post_number": p, "username": "a", "cooked": words(i)});
        ("topic.json", json!({"title": "t", "post_stream": {"posts": list(all, post)}}).to_string())
    },
    |all| {
        let note = |i: usize, p: Option<usize>| json!({"type": "Note", "id": i.to_string(), "inReplyTo": p.map(|p| p.to_string()), "content": words(i), "attributedTo": "https://x.example/u/a"});
        ("notes.json", json!({"type": "OrderedCollection", "orderedItems": list(all, note)}).to_string())
    },
    |all| {
        let row = |(i, p): &(usize, Option<usize>)| {
            format!("{i},{},{}\n", p.map_or(String::new(), |p| p.to_string()), words(*i))
        };
        ("table.csv", format!("id,parent,body\n{}", all.iter().map(row).collect::<String>()))
    },
    |all| {
        let parent = |p: Option<usize>| p.map_or(String::new(), |p| format!("<parent dsq:id=\"{p}\"/>"));
        let post = |(i, p): &(usize, Option<usize>)| {
            format!(
                "<post dsq:id=\"{i}\"><message>{}</message><thread dsq:id=\"t\"/>{}</post>",
                words(*i),
                parent(*p)
            )
        };
        (
            "disqus.xml",
            format!("<disqus><thread dsq:id=\"t\"/>{}</disqus>", all.iter().map(post).collect::<String>()),
        )
    },
];

fn words(i: usize) -> String {
    format!("Words {i}")
}

fn list(all: &[(usize, Option<usize>)], write: impl Fn(usize, Option<usize>) -> Value) -> Vec<Value> {
    all.iter().map(|(i, p)| write(*i, *p)).collect()
}

fn lines(all: &[(usize, Option<usize>)], write: impl Fn(usize, Option<usize>) -> Value) -> String {
    list(all, write).iter().map(|v| format!("{v}\n")).collect()
}

/// Id, parent's id and words of each comment.
fn facts(parsed: &Parsed) -> BTreeSet<(String, String, String)> {
    let mut facts = BTreeSet::new();
    for thread in &parsed.threads {
        for (id, comment) in thread.comments() {
            let key = |c: &threadstance::Comment| c.key.clone().unwrap_or_default();
            let parent = thread.parent(id).and_then(|p| thread.get(p)).map(key).unwrap_or_default();
            let words = comment.body.text().map(threadstance::Text::clean).unwrap_or_default();
            facts.insert((key(comment), parent, words));
        }
    }
    facts
}

fn read(name: &str, text: String) -> Parsed {
    parse(&Source::from_text(name, text).unwrap(), None).unwrap()
}

#[test]
fn order_changes_nothing_and_every_format_gives_the_same_tree() {
    let mut random = Random(7);
    for round in 0..40 {
        let size = 2 + random.below(30);
        let mut all: Vec<_> =
            forest(&mut random, size).into_iter().enumerate().map(|(i, p)| (i + 1, p)).collect();
        let expected = facts(&read("a.ndjson", FORMATS[0](&all).1));
        for write in FORMATS {
            random.shuffle(&mut all);
            let (name, text) = write(&all);
            assert_eq!(facts(&read(name, text)), expected, "{name}, round {round}");
        }
    }
}

/// Parents by place, words and states: what a tree is.
fn tree(thread: &Thread) -> Vec<(Option<u32>, String, &'static str)> {
    let state = |body: &Body| match body {
        Body::Written(_) => "written",
        Body::Removed => "removed",
        Body::Missing => "missing",
    };
    let words = |body: &Body| body.text().map(threadstance::Text::clean).unwrap_or_default();
    thread.comments().map(|(_, c)| (c.parent.map(|p| p.0), words(&c.body), state(&c.body))).collect()
}

fn check_round_trip(parsed: &Parsed, name: &str) {
    let filled: Vec<&Thread> = parsed.threads.iter().filter(|t| t.comments().len() > 0).collect();
    if filled.is_empty() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("convert");
    std::fs::create_dir_all(&folder).unwrap();
    for (target, ending) in [
        (Target::Convokit, "jsonl"),
        (Target::Ndjson, "ndjson"),
        (Target::Csv, "csv"),
        (Target::Parquet, "parquet"),
    ] {
        let path = folder.join(format!("{}.{ending}", std::process::id()));
        let mut bytes = Vec::new();
        convert(parsed.threads.iter(), target, &mut bytes, name).unwrap();
        std::fs::write(&path, &bytes).unwrap();
        let again = parse(&Source::read(&path).unwrap(), None).unwrap();
        let trees = |threads: &mut dyn Iterator<Item = &Thread>| threads.map(tree).collect::<Vec<_>>();
        assert_eq!(
            trees(&mut again.threads.iter()),
            trees(&mut filled.iter().copied()),
            "{name} as {target:?}"
        );
        let ids =
            |threads: &mut dyn Iterator<Item = &Thread>| threads.map(|t| t.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&mut again.threads.iter()), ids(&mut filled.iter().copied()), "{name} as {target:?}");
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn every_page_and_export_survives_conversion() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut run = 0;
    for folder in ["tests/pages", "tests/exports", "seeds"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if [".outline", ".tsv", ".toml"].iter().any(|end| name.ends_with(end)) {
                continue;
            }
            match parse(&Source::read(&path).unwrap(), None) {
                Ok(parsed) => check_round_trip(&parsed, &name),
                Err(Error::Shape { .. }) => continue,
                Err(error) => panic!("{error}"),
            }
            run += 1;
        }
    }
    assert!(run >= 90, "{run} files were run");
}

#[test]
fn hostile_words_survive_conversion() {
    let words = ["=1+1", "'=x", "''@x", "'tis", "-3", "\u{202e}x", "a,b\"c\"\nd", "  lead", "", "> q", "\t"];
    let lines = |(i, w): (usize, &&str)| json!({"id": i, "text": w}).to_string();
    let text: Vec<String> = words.iter().enumerate().map(lines).collect();
    check_round_trip(&read("a.ndjson", text.join("\n")), "hostile words");
}

#[test]
fn files_cut_anywhere_give_what_they_have() {
    let mut random = Random(9);
    let all: Vec<_> = forest(&mut random, 6).into_iter().enumerate().map(|(i, p)| (i + 1, p)).collect();
    for write in FORMATS {
        let (name, whole) = write(&all);
        for end in (1..whole.len()).step_by(7) {
            let source = Source::from_text(name, whole[..end].to_owned()).unwrap();
            if let Ok(parsed) = parse(&source, None) {
                assert!(
                    parsed.threads.iter().map(Thread::len).sum::<usize>() <= all.len(),
                    "{name} cut at {end}"
                );
            }
        }
    }
}

#[test]
fn columns_may_have_any_name() {
    let columns: Columns = "text=Wording,author=Who,id=No".parse().unwrap();
    for (name, text) in [
        ("a.csv", "No,Who,Wording\n7,ada,As ever.\n"),
        ("a.ndjson", "{\"No\":7,\"Who\":\"ada\",\"Wording\":\"As ever.\"}"),
    ] {
        let parsed = parse_with(&Source::from_text(name, text.to_owned()).unwrap(), None, &columns).unwrap();
        assert_eq!(parsed.threads[0].outline().with_words().to_string(), "1 ada\n    As ever.\n", "{name}");
        assert_eq!(parsed.threads[0].comments().next().unwrap().1.key.as_deref(), Some("7"));
    }
    assert!("words=x".parse::<Columns>().is_err() && "text".parse::<Columns>().is_err());
    let source = Source::from_text("a.csv", "x,y\n1,2\n".to_owned()).unwrap();
    assert!(matches!(parse(&source, None), Err(Error::Data { .. })));
}

/// Big exports of every kind; anything worse than linear would take hours.
#[test]
fn big_exports_take_linear_time() {
    let start = Instant::now();
    let chain = |open: &str, close: &str, n| format!("{}{}", open.repeat(n), close.repeat(n));
    for (name, text) in [
        ("deep.json", chain("{\"id\":1,\"author\":\"a\",\"text\":\"x\",\"children\":[", "]}", 50_000)),
        (
            "deep.json",
            "{\"kind\":\"t1\",\"data\":{\"replies\":{\"kind\":\"Listing\",\"data\":{\"children\":["
                .repeat(20_000),
        ),
        ("lists.json", "[".repeat(500_000)),
        ("keys.json", "{\"a\":".repeat(200_000)),
        ("deep.xml", "<disqus>".to_owned() + &"<post>".repeat(100_000)),
        ("deep.html", "<html athing comtr".to_owned() + &"<div class=\"comtr\">".repeat(50_000)),
        ("wide.csv", "id,text\n".to_owned() + &"1,\"".repeat(100_000)),
        (
            "quotes.json",
            json!([{"id": "1", "in_reply_to_id": null, "content": "<blockquote>".repeat(50_000) + "x"}])
                .to_string(),
        ),
        (
            "quotes.ndjson",
            json!({"id": "1", "parent_id": "t3_x", "link_id": "t3_x", "body": "> ".repeat(10_000) + "x"})
                .to_string(),
        ),
        (
            "brackets.ndjson",
            json!({"id": "1", "parent_id": "t3_x", "link_id": "t3_x", "body": "[".repeat(50_000) + "x"})
                .to_string(),
        ),
    ] {
        let source = Source::from_text(name, text).unwrap();
        if let Ok(parsed) = parse(&source, None) {
            parsed.threads.iter().for_each(|t| assert_eq!(t.walk().count(), t.comments().len()));
        }
        assert!(start.elapsed() < Duration::from_secs(120), "{name} {:?}", start.elapsed());
    }
}
