//! How fast: `cargo bench --bench speed`, a part with `cargo bench --bench speed -- label`. Every figure stands beside
//! the floors of the same run; docs/scale.md says how to read them.

#![allow(clippy::unwrap_used, reason = "a bench may fail")]

mod corpus;

use corpus::{Corpus, lemmy_page, ndjson};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use std::collections::HashMap;
use std::sync::OnceLock;
use threadstance::{About, Labeller, Parsed, Profile, RulePack, Source, parse, report, summarize};

const SEED: u64 = 7;
const SIZES: [usize; 2] = [20_000, 200_000];

fn main() {
    divan::main();
}

/// Comments as NDJSON, made once.
fn lines(size: usize) -> &'static Source {
    static MADE: [OnceLock<Source>; 2] = [OnceLock::new(), OnceLock::new()];
    let place = usize::from(size == SIZES[1]);
    MADE[place]
        .get_or_init(|| Source::from_text("corpus.ndjson", ndjson(Corpus::new(SEED).take(size))).unwrap())
}

fn labeller() -> Labeller<'static> {
    let profile = Profile::find("benches/corpus/profile.toml").unwrap();
    Labeller::new(RulePack::builtin().unwrap(), &profile).unwrap()
}

fn counted<'b>(bencher: Bencher<'b, 'b>, source: &Source, size: usize) -> Bencher<'b, 'b> {
    bencher.counter(BytesCount::new(source.as_str().len())).counter(ItemsCount::new(size))
}

mod parse_text {
    use super::*;

    #[divan::bench(sample_count = 10, args = [20_000])]
    fn lemmy(bencher: Bencher<'_, '_>, size: usize) {
        let source = Source::from_text("page.txt", lemmy_page(Corpus::new(SEED).take(size))).unwrap();
        counted(bencher, &source, size).bench_local(|| parse(&source, None).unwrap());
    }

    #[divan::bench(sample_count = 10)]
    fn seeds(bencher: Bencher<'_, '_>) {
        let mut paths: Vec<_> = std::fs::read_dir("seeds").unwrap().map(|e| e.unwrap().path()).collect();
        paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
        let sources: Vec<Source> = paths.iter().map(|p| Source::read(p).unwrap()).collect();
        let bytes = sources.iter().map(|s| s.as_str().len()).sum::<usize>();
        bencher
            .counter(BytesCount::new(bytes))
            .bench_local(|| sources.iter().map(|s| parse(s, None).unwrap()).collect::<Vec<Parsed>>());
    }
}

mod whole {
    use super::*;

    #[divan::bench(sample_count = 5, args = SIZES)]
    fn parse_ndjson(bencher: Bencher<'_, '_>, size: usize) {
        let source = lines(size);
        counted(bencher, source, size).bench_local(|| parse(source, None).unwrap());
    }

    #[divan::bench(sample_count = 5, args = SIZES)]
    fn label(bencher: Bencher<'_, '_>, size: usize) {
        let (labeller, parsed) = (labeller(), parse(lines(size), None).unwrap());
        counted(bencher, lines(size), size).bench_local(|| {
            parsed.threads.iter().for_each(|t| drop(black_box(labeller.label(t))));
        });
    }

    /// From the text of NDJSON to the text of NDJSON, on one core.
    #[divan::bench(sample_count = 5, args = SIZES)]
    fn label_ndjson(bencher: Bencher<'_, '_>, size: usize) {
        let (labeller, source) = (labeller(), lines(size));
        counted(bencher, source, size).bench_local(|| {
            let source = Source::from_text("corpus.ndjson", source.as_str().to_owned()).unwrap();
            let mut out = Vec::new();
            for thread in &parse(&source, None).unwrap().threads {
                out.clear();
                report::write_lines(&labeller.label(thread), &mut out);
                black_box(&out);
            }
        });
    }

    #[divan::bench(sample_count = 5, args = [20_000])]
    fn summary(bencher: Bencher<'_, '_>, size: usize) {
        let (labeller, parsed) = (labeller(), parse(lines(size), None).unwrap());
        let labelled: Vec<_> = parsed.threads.iter().map(|t| labeller.label(t)).collect();
        counted(bencher, lines(size), size).bench_local(|| summarize(&labelled, &About::default(), 0.95));
    }
}

mod start {
    use super::*;

    #[divan::bench]
    fn load_rules(bencher: Bencher<'_, '_>) {
        let source = |(name, text): &(&str, &str)| Source::from_text(name, (*text).to_owned()).unwrap();
        let sources: Vec<Source> = threadstance::rule::builtin::FILES.iter().map(source).collect();
        bencher.bench_local(|| RulePack::load(&sources).unwrap());
    }

    #[divan::bench]
    fn compile() -> Labeller<'static> {
        labeller()
    }
}

mod floor {
    use super::*;
    use serde::Deserialize;
    use std::borrow::Cow;

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

    fn texts(size: usize) -> Vec<String> {
        Corpus::new(SEED).take(size).map(|c| c.text).collect()
    }

    #[divan::bench(sample_count = 5, args = SIZES)]
    fn memchr_lines(bencher: Bencher<'_, '_>, size: usize) {
        let source = lines(size);
        counted(bencher, source, size)
            .bench_local(|| memchr::memchr_iter(b'\n', source.as_str().as_bytes()).count());
    }

    #[divan::bench(sample_count = 5, args = SIZES)]
    fn serde_json(bencher: Bencher<'_, '_>, size: usize) {
        let source = lines(size);
        counted(bencher, source, size).bench_local(|| {
            for line in source.as_str().lines() {
                black_box(::serde_json::from_str::<Line<'_>>(line).unwrap());
            }
        });
    }

    /// What a lexicon of single words costs at least: words in lower case, looked up.
    #[divan::bench(sample_count = 5, args = SIZES)]
    fn tokenise_and_hash(bencher: Bencher<'_, '_>, size: usize) {
        let texts = texts(size);
        let pack = RulePack::builtin().unwrap();
        let valence: HashMap<&str, f32> =
            pack.lexicon.entries().iter().map(|(w, v)| (w.as_ref(), *v)).collect();
        counted(bencher, lines(size), size).bench_local(|| {
            let mut sum = 0.0;
            for text in &texts {
                let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
                for word in words.filter(|w| !w.is_empty()) {
                    sum += valence.get(word.to_ascii_lowercase().as_str()).copied().unwrap_or_default();
                }
            }
            sum
        });
    }
}
