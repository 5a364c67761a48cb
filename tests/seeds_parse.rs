//! The trees of the seed pages, as pictures.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic too")]

use std::path::Path;
use threadstance::parse::{Parsed, Role, parse};
use threadstance::{Dialect, Source};

fn seed(name: &str) -> (Source, Parsed) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(name);
    let source = Source::read(&path).unwrap();
    let parsed = parse(&source, None).unwrap();
    (source, parsed)
}

fn picture(parsed: &Parsed) -> String {
    assert_eq!(parsed.threads.len(), 1);
    parsed.threads[0].outline().to_string()
}

/// Number of lines with each role, and that each line that is not blank has one.
fn count(source: &Source, parsed: &Parsed, role: Role) -> usize {
    let lines: Vec<&str> = source.lines().map(|l| l.text.trim()).filter(|l| !l.is_empty()).collect();
    let pieces: Vec<&str> = parsed.pieces().iter().map(|p| source.text(p.span)).collect();
    assert_eq!(pieces, lines);
    parsed.pieces().iter().filter(|p| p.role == role).count()
}

#[test]
fn seed_000_is_a_lemmy_tree_under_a_statement() {
    let (source, parsed) = seed("000_28f73d6defe4cb62.txt");
    let expected = "\
1 Keld [he/him, any] @hexbear.net · 8 · 8 hours ago
2 PolandIsAStateOfMind @lemmygrad.ml · 9 · 9 hours ago
3 Thordros [he/him, comrade/them] @hexbear.net · 13 · 12 hours ago
  3.1 Belly_Beanis [he/him] @hexbear.net · 4 · 9 hours ago
  3.2 dead [he/him] @hexbear.net (OP) · 3 · 6 hours ago
4 ThermonuclearEgg [she/her, they/them] @hexbear.net · 3 · 9 hours ago
5 Damarcusart [he/him, comrade/them] @hexbear.net · 13 · 18 hours ago · edited
  5.1 dead [he/him] @hexbear.net (OP) · 7 · 14 hours ago
6 dead [he/him] @hexbear.net (OP) · 12 · 20 hours ago
  6.1 Horse [they/them] @lemmygrad.ml · 13 · 18 hours ago
    6.1.1 dead [he/him] @hexbear.net (OP) · 8 · 14 hours ago
";
    assert_eq!(picture(&parsed), expected);
    assert_eq!(parsed.dialect, Dialect::Lemmy);
    assert_eq!(parsed.diagnostics, []);
    let article = parsed.article.as_ref().unwrap();
    assert_eq!(article.title.as_ref().unwrap().text, source.lines().next().unwrap().text);
    assert_eq!(article.date.as_ref().unwrap().text, "2025-07-04");
    assert_eq!((article.sources.len(), article.body.len()), (3, 7));
    assert_eq!(
        article.url(&source),
        Some("http://kcna.kp/en/article/q/5f6bb047c5f09b1f08bba5ece994a9c0.kcmsf")
    );
    assert_eq!(count(&source, &parsed, Role::Boilerplate), 0);
}

#[test]
fn every_paragraph_of_seed_000_belongs_to_its_comment() {
    let (_, parsed) = seed("000_28f73d6defe4cb62.txt");
    let thread = &parsed.threads[0];
    let paragraphs: Vec<(String, usize)> = thread
        .comments()
        .map(|(id, c)| {
            (thread.path(id), c.body.text().unwrap().clean().lines().filter(|l| !l.is_empty()).count())
        })
        .collect();
    let expected = [
        ("1", 1),
        ("2", 2),
        ("3", 2),
        ("3.1", 1),
        ("3.2", 1),
        ("4", 1),
        ("5", 2),
        ("5.1", 7),
        ("6", 6),
        ("6.1", 1),
        ("6.1.1", 2),
    ];
    assert_eq!(paragraphs, expected.map(|(path, n)| (path.to_owned(), n)));
}

#[test]
fn seed_003_is_a_flat_list_under_an_article_without_title() {
    let (source, parsed) = seed("003_9872165a3e3d2e42.txt");
    let expected = "1 Coccinella\n2 Comandante\n3 Bella Ciao\n4 Michelangelo\n5 Raphael\n6 Donatello\n";
    assert_eq!(picture(&parsed), expected);
    assert_eq!(parsed.dialect, Dialect::NamedList);
    assert_eq!(parsed.diagnostics, []);
    let article = parsed.article.as_ref().unwrap();
    assert_eq!((article.title.as_ref(), article.date.as_ref(), article.body.len()), (None, None, 7));
    assert_eq!(count(&source, &parsed, Role::Body), 6);
    let last = parsed.threads[0].comments().last().unwrap().1.body.text().unwrap().clone();
    assert_eq!(last.span().end as usize, source.as_str().len());
}

#[test]
fn seeds_without_comments_have_none() {
    for (name, title, date, body, boilerplate) in [
        ("001_e13f849b512c8585.txt", "North Korea condemns U.S. arrest", Some("2025-07-04"), 13, 0),
        ("002_4686c715aa879540.txt", "DPRK Warns: We Will Not Tolerate", None, 5, 2),
        ("004_581ea34bb9ac9e82.txt", "North Korea Denounces U.S. Accusations", None, 15, 0),
    ] {
        let (source, parsed) = seed(name);
        assert_eq!((picture(&parsed).as_str(), parsed.dialect), ("", Dialect::Article), "{name}");
        let article = parsed.article.as_ref().unwrap();
        assert!(article.title.as_ref().unwrap().text.starts_with(title), "{name}");
        assert_eq!(article.date.as_ref().map(|d| d.text.as_str()), date, "{name}");
        assert_eq!(article.body.len(), body, "{name}");
        assert_eq!(count(&source, &parsed, Role::Boilerplate), boilerplate, "{name}");
        let codes: Vec<&str> = parsed.diagnostics.iter().map(|d| d.code.as_str()).collect();
        assert_eq!(codes, ["P02"], "{name}");
    }
}
