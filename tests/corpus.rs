//! The generated corpus is what the measurements say it is.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use corpus::{Comment, Corpus, lemmy_page, ndjson};
use threadstance::{Labeller, Profile, RulePack, Source, Stance, Thread, parse};

fn comments(count: usize) -> Vec<Comment> {
    Corpus::new(7).take(count).collect()
}

#[test]
fn lengths_and_depths_are_those_of_real_comments() {
    let all = comments(20_000);
    let mut lengths: Vec<usize> = all.iter().map(|c| c.text.len()).collect();
    lengths.sort_unstable();
    let (median, most) = (lengths[lengths.len() / 2], lengths[lengths.len() * 99 / 100]);
    assert!((125..=143).contains(&median), "median {median}");
    assert!((1000..=1200).contains(&most), "99 in 100 below {most}");
    let depth = all.iter().map(|c| f64::from(c.depth)).sum::<f64>() / all.len() as f64;
    assert!((2.3..=2.7).contains(&depth), "mean depth {depth}");
    assert_eq!(all, comments(20_000), "the same seed gives the same corpus");
    assert_ne!(all[..100], Corpus::new(8).take(100).collect::<Vec<_>>());
}

#[test]
fn both_forms_are_read_back_whole() {
    let all = comments(3_000);
    let lines = Source::from_text("corpus.ndjson", ndjson(all.clone())).unwrap();
    let read = parse(&lines, None).unwrap();
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    assert_eq!(read.threads.iter().map(Thread::len).sum::<usize>(), all.len());
    let texts = read.threads.iter().flat_map(Thread::comments).map(|(_, c)| c.body.text().unwrap().raw());
    assert!(texts.eq(all.iter().map(|c| c.text.as_str())));
    let page = Source::from_text("page.txt", lemmy_page(all.clone())).unwrap();
    let read = parse(&page, None).unwrap();
    assert_eq!(read.dialect.as_str(), "lemmy");
    assert_eq!(read.threads[0].len(), all.len());
}

#[test]
fn it_speaks_of_its_allegation() {
    let source = Source::from_text("corpus.ndjson", ndjson(comments(8_000))).unwrap();
    let profile = Profile::find("benches/corpus/profile.toml").unwrap();
    let labeller = Labeller::new(RulePack::builtin().unwrap(), &profile).unwrap();
    let mut counts = [0; 4];
    for thread in &parse(&source, None).unwrap().threads {
        for (_, label) in labeller.label(thread).labels() {
            counts[Stance::ALL.iter().position(|s| *s == label.stance).unwrap()] += 1;
        }
    }
    assert!(counts.iter().all(|n| *n >= 20), "support, deny, query, comment: {counts:?}");
}
