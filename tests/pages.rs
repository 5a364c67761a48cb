//! Hand-written pages with invented people: each `tests/pages/NAME.txt` has its picture beside it in `NAME.outline`.
//! `BLESS=1 cargo test --test pages` writes the pictures anew; read the difference before you keep it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may panic too")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use threadstance::parse::{Role, parse};
use threadstance::visible::visible;
use threadstance::{Error, Parsed, Source};

#[test]
fn every_page_gives_its_picture() {
    let (pages, pictures) = (names("txt"), names("outline"));
    if std::env::var_os("BLESS").is_some() {
        pages.iter().for_each(|name| fs::write(path(name, "outline"), picture(name)).unwrap());
        return;
    }
    assert_eq!(pages, pictures, "each page needs its picture and the other way round");
    assert!(pages.len() >= 30, "{} pages were run", pages.len());
    for name in &pages {
        let expected = fs::read_to_string(path(name, "outline")).unwrap();
        assert_eq!(picture(name), expected, "{name}");
    }
}

/// The counts were made by hand; `BLESS` never writes them.
#[test]
fn every_page_gives_its_count() {
    let table = fs::read_to_string(folder().join("counts.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|l| l.split('\t').collect()).collect();
    let listed: BTreeSet<String> = rows.iter().map(|r| r[0].to_owned()).collect();
    assert_eq!(listed, names("txt"), "each page needs its counts and the other way round");
    for row in rows {
        let got = match read(row[0]).1 {
            Ok(parsed) => counts(&parsed),
            Err(_) => ("refused".to_owned(), "-".to_owned()),
        };
        assert_eq!((got.0.as_str(), got.1.as_str()), (row[1], row[2]), "{}", row[0]);
    }
}

/// Comments and gaps.
fn counts(parsed: &Parsed) -> (String, String) {
    let all: usize = parsed.threads.iter().map(|t| t.comments().len()).sum();
    let there: usize = parsed.threads.iter().map(threadstance::Thread::len).sum();
    (there.to_string(), (all - there).to_string())
}

#[test]
fn every_line_of_every_page_has_one_role() {
    for name in names("txt") {
        let (source, Ok(parsed)) = read(&name) else { continue };
        let lines: Vec<&str> = source.lines().map(|l| l.text.trim()).filter(|l| !l.is_empty()).collect();
        let pieces: Vec<&str> = parsed.pieces().iter().map(|p| source.text(p.span)).collect();
        assert_eq!(pieces, lines, "{name}");
    }
}

fn picture(name: &str) -> String {
    let (source, parsed) = read(name);
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(Error::Shape { reason, .. }) => return format!("refused: {reason}\n"),
        Err(error) => panic!("{name}: {error}"),
    };
    let mut text = format!("{}\n", parsed.dialect);
    if let Some(article) = &parsed.article {
        let shown = |l: &Option<threadstance::parse::Located>| {
            l.as_ref().map_or("-".into(), |l| visible(&l.text).into_owned())
        };
        let (title, date, body) = (shown(&article.title), shown(&article.date), article.body.len());
        writeln!(text, "article: {title} | {date} | {body} paragraphs, {} sources", article.sources.len())
            .unwrap();
    }
    let furniture = parsed.pieces().iter().filter(|p| p.role == Role::Boilerplate);
    furniture.for_each(|p| writeln!(text, "furniture: {}", source.text(p.span)).unwrap());
    write!(text, "{}", parsed.threads[0].outline().with_words()).unwrap();
    for found in &parsed.diagnostics {
        writeln!(text, "{}:{} {} {}", found.line, found.column, found.code.as_str(), visible(&found.message))
            .unwrap();
    }
    text
}

fn read(name: &str) -> (Source, Result<Parsed, Error>) {
    let source = Source::read(&path(name, "txt")).unwrap();
    let parsed = parse(&source, None);
    (source, parsed)
}

fn names(ending: &str) -> BTreeSet<String> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let wanted = files.filter(|f| f.extension().is_some_and(|e| e == ending));
    wanted.map(|f| f.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn path(name: &str, ending: &str) -> PathBuf {
    folder().join(format!("{name}.{ending}"))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}
