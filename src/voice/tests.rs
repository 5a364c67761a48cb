//! The examples of the rules, and articles as a whole.

use super::*;
use crate::rule::RulePack;

fn reader() -> Reader {
    let pack = RulePack::builtin().unwrap();
    Reader::new(pack, &pack.example).unwrap()
}

fn read(text: &str) -> Vec<Sentence> {
    reader().read([(0, text)])
}

#[test]
fn every_rule_keeps_its_examples() {
    for rule in rules().unwrap() {
        assert!(rule.matches.len() >= 3 && rule.ignores.len() >= 3 && !rule.reason.is_empty(), "{}", rule.id);
        for example in &rule.matches {
            let marked = example.split(['«', '»']).nth(1).unwrap();
            let found = read(&example.replace(['«', '»'], ""));
            let last = found.last().unwrap();
            let fires = last.evidence.iter().any(|e| e.rule == rule.id && e.quote == marked);
            assert!(fires, "{}: {example}: {:?}", rule.id, last.evidence);
        }
        for example in &rule.ignores {
            let fires = read(example).iter().any(|s| s.evidence.iter().any(|e| e.rule == rule.id));
            assert!(!fires, "{}: {example}", rule.id);
        }
    }
}

#[test]
fn an_article_lets_both_sides_speak() {
    let text = "Norland has indicted two men. The embassy called it “a groundless case”. “We carried nothing but fish.” \
                The ferry left on Monday. The embassy rejects what the NBI said.";
    let sides: Vec<Side> = read(text).iter().map(|s| s.side).collect();
    assert_eq!(sides, [Side::Accuser, Side::Defender, Side::Defender, Side::Neither, Side::Both]);
}

#[test]
fn a_printed_statement_is_one_voice() {
    let text = [
        "The Astoran embassy gave the following answer to a question:",
        "Norland has indicted fishermen.",
        "Fish it was.",
    ];
    let found = reader().read(text.iter().enumerate().map(|(i, t)| (i as u32 * 1000, *t)));
    assert_eq!(found[1].side, Side::Defender);
    assert_eq!((found[2].side, found[2].evidence[0].rule.as_str()), (Side::Defender, "statement.printed"));
    assert_eq!((found[2].span, found[2].text.as_str()), (Span::new(2000, 2012), "Fish it was."));
}

#[test]
fn without_a_profile_only_generic_words_speak() {
    let pack = RulePack::builtin().unwrap();
    let reader = Reader::new(pack, &crate::Profile::default()).unwrap();
    let found = reader.read([(0, "They allegedly fled. Nobody said more.")]);
    assert_eq!((found[0].side, found[1].side), (Side::Accuser, Side::Neither));
    assert!(reader.read([(0, ""), (1, "…")]).is_empty());
}
