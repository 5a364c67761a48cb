//! Invented threads on invented allegations, coded twice (`tests/allegations/README.md`), and what must stay the same when
//! a comment is changed in ways that do, or do not, change its stance.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use threadstance::gold::{self, GoldRow};
use threadstance::{Dialect, Labeller, Profile, RulePack, Source, Stance, parse};

const DEVELOPED: &str = "tests/allegations/developed.jsonl";
const LEFT_OUT: &str = "tests/allegations/left-out.jsonl";
const PARAPHRASED: &str = "tests/allegations/paraphrased-seeds.jsonl";

type Key = (Option<String>, String);

/// A comment of the corpus with the label that the program gives it.
struct One {
    row: GoldRow,
    text: String,
    got: Stance,
}

fn labelled(path: &str) -> Vec<One> {
    let source = Source::read(Path::new(path)).unwrap();
    let rows = gold::read(&source, "label").unwrap();
    let threads = parse(&source, Some(Dialect::Ndjson)).unwrap().threads;
    let mut out = Vec::new();
    let mut labellers: Vec<(Profile, Labeller<'static>)> = Vec::new();
    for thread in &threads {
        let key = |c: &threadstance::Comment| -> Key {
            (Some(thread.id.clone()), c.key.clone().unwrap_or_default())
        };
        let profile = thread.comments().find_map(|(_, c)| rows.get(&key(c))?.profile.clone()).unwrap();
        if !labellers.iter().any(|l| l.0 == profile) {
            let labeller = labeller(&profile);
            labellers.push((profile.clone(), labeller));
        }
        let labels = labellers.iter().find(|l| l.0 == profile).unwrap().1.label(thread);
        for (id, label) in labels.labels() {
            let comment = thread.get(id).unwrap();
            if let Some(row) = rows.get(&key(comment)) {
                let text = comment.body.text().unwrap().raw().to_owned();
                out.push(One { row: row.clone(), text, got: label.stance });
            }
        }
    }
    out
}

fn labeller(profile: &Profile) -> Labeller<'static> {
    Labeller::new(RulePack::builtin().unwrap(), profile).unwrap()
}

fn stance(labeller: &Labeller<'_>, text: &str) -> Stance {
    let line = serde_json::json!({ "id": "1", "text": text }).to_string();
    let source = Source::from_text("one.ndjson", line).unwrap();
    let thread = parse(&source, Some(Dialect::Ndjson)).unwrap().threads.remove(0);
    labeller.label(&thread).labels().next().map_or(Stance::Comment, |(_, label)| label.stance)
}

fn share_right(all: &[One]) -> f64 {
    all.iter().filter(|one| one.row.label == one.got.as_str()).count() as f64 / all.len() as f64
}

fn reversals(all: &[One]) -> usize {
    let turned = |one: &&One| {
        matches!((one.row.label.as_str(), one.got.as_str()), ("support", "deny") | ("deny", "support"))
    };
    all.iter().filter(turned).count()
}

#[test]
fn the_corpus_is_what_its_readme_says() {
    let (developed, left_out) = (labelled(DEVELOPED), labelled(LEFT_OUT));
    let topics =
        |all: &[One]| -> BTreeSet<String> { all.iter().filter_map(|o| o.row.topic.clone()).collect() };
    assert_eq!((developed.len(), left_out.len()), (454, 146));
    assert_eq!((topics(&developed).len(), topics(&left_out).len()), (18, 6));
    assert!(topics(&developed).is_disjoint(&topics(&left_out)));
    let coders: Vec<BTreeMap<String, String>> = [1, 2].map(coder).into();
    let same = coders[0].iter().filter(|(id, label)| coders[1].get(*id) == Some(*label)).count();
    assert_eq!((coders[0].len(), same), (600, 594));
    for one in developed.iter().chain(&left_out) {
        let given = [&coders[0][&one.row.id], &coders[1][&one.row.id]];
        assert!(given.contains(&&one.row.label), "{}: no coder gave its label", one.row.id);
    }
}

fn coder(number: u8) -> BTreeMap<String, String> {
    let mut sheet = csv::Reader::from_path(format!("tests/allegations/coder-{number}.csv")).unwrap();
    sheet.records().map(|r| r.unwrap()).map(|r| (r[0].to_owned(), r[2].to_owned())).collect()
}

/// Floors, not goals: figures that a change must not lose without saying so.
#[test]
fn figures_on_the_corpus_do_not_fall() {
    for (path, least, most_turned) in [(DEVELOPED, 0.33, 0.06), (LEFT_OUT, 0.28, 0.08)] {
        let all = labelled(path);
        let turned = reversals(&all) as f64 / all.len() as f64;
        println!("{path}: {} comments, right {:.3}, turned around {turned:.3}", all.len(), share_right(&all));
        assert!(share_right(&all) >= least, "{path}: {:.3} right", share_right(&all));
        assert!(turned <= most_turned, "{path}: {turned:.3} turned around");
    }
}

#[test]
fn paraphrased_seeds_with_other_names_are_labelled_like_the_seeds() {
    let all = labelled(PARAPHRASED);
    let right =
        |o: &&One| o.row.label == o.got.as_str() || o.row.accepted.iter().any(|a| a == o.got.as_str());
    let wrong: Vec<String> = all
        .iter()
        .filter(|o| !right(o))
        .map(|o| format!("{}: {} for {}", o.row.id, o.got.as_str(), o.row.label))
        .collect();
    assert_eq!(all.len(), 17);
    assert!(wrong.len() <= 4, "{wrong:#?}");
}

#[test]
fn other_names_keep_the_label() {
    let (mut named, mut kept) = (0, 0);
    let mut known: Vec<(Profile, Renamed)> = Vec::new();
    for one in labelled(DEVELOPED).iter().chain(&labelled(LEFT_OUT)) {
        let profile = one.row.profile.clone().unwrap();
        if !known.iter().any(|k| k.0 == profile) {
            known.push((profile.clone(), Renamed::of(&profile)));
        }
        let Renamed { renames, before, after } = &known.iter().find(|k| k.0 == profile).unwrap().1;
        let text = renames.iter().fold(one.text.clone(), |text, (from, to)| replace_word(&text, from, to));
        if text != one.text {
            named += 1;
            kept += usize::from(stance(before, &one.text) == stance(after, &text));
        }
    }
    println!("{kept} of {named} comments keep their label under other names");
    assert!(named > 60, "{named}");
    assert!(kept * 100 >= named * 97, "{kept} of {named}");
}

/// The names exchanged, and the labellers before and after.
struct Renamed {
    renames: Vec<(String, String)>,
    before: Labeller<'static>,
    after: Labeller<'static>,
}

impl Renamed {
    fn of(profile: &Profile) -> Self {
        let (other, renames) = renamed(profile);
        Renamed { renames, before: labeller(profile), after: labeller(&other) }
    }
}

/// The profile with capitalised names exchanged for names that mean nothing.
fn renamed(profile: &Profile) -> (Profile, Vec<(String, String)>) {
    const NAMES: [&str; 12] = [
        "Brelk", "Dorvik", "Fenlow", "Gastrel", "Hobrin", "Jelmont", "Kestrow", "Lurmick", "Morvent",
        "Nostrick", "Parwell", "Quendel",
    ];
    let (mut other, mut renames) = (profile.clone(), Vec::new());
    let lists = [&mut other.accuser, &mut other.accused, &mut other.defender];
    for name in lists.into_iter().flatten() {
        let single = !name.contains(' ') && name.chars().skip(1).all(char::is_lowercase);
        if single && name.starts_with(char::is_uppercase) && renames.len() < NAMES.len() {
            let new = NAMES[renames.len()].to_owned();
            renames.push((name.clone(), new.clone()));
            *name = new;
        }
    }
    (other, renames)
}

fn replace_word(text: &str, from: &str, to: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(from) {
        let (before, after) = (&rest[..at], &rest[at + from.len()..]);
        let inside = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        out.push_str(before);
        out.push_str(if inside { from } else { to });
        rest = after;
    }
    out + rest
}

#[test]
fn a_comment_in_a_reported_quotation_is_nobodys_stance() {
    let (mut all, mut sided) = (0, Vec::new());
    let mut known: Vec<(Profile, Labeller<'static>)> = Vec::new();
    for one in labelled(DEVELOPED) {
        let plain = !one.text.contains(['"', '“', '\n', '>', '?', '*']) && one.text.split(' ').count() > 6;
        if plain {
            let profile = one.row.profile.unwrap();
            if !known.iter().any(|k| k.0 == profile) {
                known.push((profile.clone(), labeller(&profile)));
            }
            let labeller = &known.iter().find(|k| k.0 == profile).unwrap().1;
            let got = stance(labeller, &format!("A reader wrote: \"{}\"", one.text));
            all += 1;
            if got != Stance::Comment {
                sided.push(format!("{} {}", one.row.id, got.as_str()));
            }
        }
    }
    println!("{} of {all} quoted comments take a side", sided.len());
    assert!(all > 100, "{all}");
    assert!(sided.len() * 100 <= all * 3, "{sided:#?}");
}

/// Plain assertions about each allegation's accused, in words that need no inflection.
fn assertions() -> Vec<(Labeller<'static>, String)> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for one in labelled(DEVELOPED).into_iter().chain(labelled(LEFT_OUT)) {
        let profile = one.row.profile.unwrap();
        let accused = profile.accused[0].clone();
        if seen.insert(accused.clone()) {
            for text in [format!("{accused} did it"), format!("{accused} is guilty of all of it")] {
                out.push((labeller(&profile), text));
            }
        }
    }
    out
}

#[test]
fn it_is_not_true_that_turns_a_plain_assertion() {
    for (labeller, text) in assertions() {
        assert_eq!(stance(&labeller, &format!("{text}.")), Stance::Support, "{text}");
        assert_eq!(stance(&labeller, &format!("It is not true that {text}.")), Stance::Deny, "{text}");
    }
}

#[test]
fn a_sarcasm_mark_turns_plain_support() {
    for (labeller, text) in assertions() {
        let got = stance(&labeller, &format!("{text}. /s"));
        assert_eq!(got, Stance::Deny, "{text}");
    }
}
