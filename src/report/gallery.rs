//! The gallery of figures in `docs/gallery`, drawn from an invented corpus; it is the golden set too.

use super::chart::{ChartStyle, Figure, Theme, draw_svg, to_png};
use super::sample::{Said, Sample, said};
use super::{About, Summary, article_voice, summarize};
use crate::label::{Aspect, Sentiment, Stance};
use crate::rule::RulePack;
use crate::stats::Random;
use crate::voice::Reader;
use crate::{Origin, Source};
use resvg::tiny_skia::Pixmap;
use std::path::{Path, PathBuf};

/// Outlet, comments, shares of support, deny and query in percent; the rest takes no side.
const OUTLETS: [(&str, u64, [u64; 3]); 6] = [
    ("The Morning Heron", 320, [38, 17, 9]),
    ("Wren & Daughters Weekly", 210, [21, 34, 12]),
    ("harbour.example", 140, [27, 25, 7]),
    ("Süd-Kurier", 64, [14, 45, 8]),
    ("The Quay", 21, [48, 19, 5]),
    ("Gull Post", 6, [17, 50, 0]),
];

const ARTICLES: [(&str, &str); 4] = [
    (
        "The Morning Heron",
        "Norland has indicted two men of the ferry crew. Prosecutors said they smuggled fuel. The indictment alleges forged papers. According to the NBI, the ferry sailed at night. The men allegedly fled. The NBI reported a second search. The ferry lies at the quay. It is forty years old. The embassy rejected the charges.",
    ),
    (
        "Wren & Daughters Weekly",
        "The Astoran embassy denounced the search. It called the case “a groundless smear campaign”. “We carried nothing but fish and salt.” The embassy said it would protest. Norland said the papers were forged. Astora denies what the NBI said. The harbour was calm on Monday. Boats came and went.",
    ),
    (
        "harbour.example",
        "The ferry arrived on Sunday. Its crew of nine was questioned. Customs office staff announced a fine. The hold was empty. Nobody was hurt. The embassy stated its view. The next ferry sails on Friday.",
    ),
    (
        "Tern Tribune",
        "Norland said the ferry carried fuel. The NBI claimed that two men forged papers. According to the indictment, the sum is large. Investigators noted a third man. The embassy condemned the accusations. The weather was fair.",
    ),
];

/// The invented summary that every figure is drawn from.
fn summary() -> Summary {
    let mut random = Random::new(2031);
    let sample = OUTLETS.iter().enumerate().fold(Sample::default(), |sample, (i, (outlet, n, shares))| {
        sample.page(&format!("page{i}.txt"), Some(outlet), page(&mut random, *n, *shares))
    });
    let about = About { outlets: vec!["Tern Tribune".to_owned()], ..About::default() };
    let pack = RulePack::builtin().unwrap();
    let reader = Reader::new(pack, &pack.example).unwrap();
    let articles = ARTICLES.map(|(outlet, text)| {
        let source = Source::from_text("x.txt", format!("Ferry searched again\n\n{text}\n")).unwrap();
        let parsed = crate::parse(&source, None).unwrap();
        let origin =
            Origin { file: "x.txt".to_owned(), outlet: Some(outlet.to_owned()), ..Origin::default() };
        article_voice(&reader, &source, &parsed.article.unwrap(), &origin, 0.95)
    });
    let pairs: Vec<(f64, bool)> = (0..1200)
        .map(|_| {
            let confidence = 0.3 + 0.69 * random.unit().sqrt();
            (confidence, random.unit() < confidence * 0.93)
        })
        .collect();
    summarize(&sample.labelled(), &about, 0.95).with_articles(articles.to_vec()).with_calibration(&pairs)
}

fn page(random: &mut Random, n: u64, [support, deny, query]: [u64; 3]) -> Vec<Said> {
    let mut stances: Vec<Stance> = Vec::new();
    (0..n)
        .map(|i| {
            let parent = (i > 3 && random.unit() < 0.6).then(|| (random.unit().powi(2) * i as f64) as u32);
            let answered = parent.and_then(|p| stances.get(p as usize)).copied();
            // Replies follow what they answer in one case of four, and the first hours belong to the deniers.
            let drawn = random.below(100) as u64;
            let hour = i * 60 / n;
            let (support, deny) = if hour < 10 { (support / 2, deny + 12) } else { (support, deny) };
            let stance = match answered {
                Some(stance) if random.unit() < 0.25 => stance,
                _ if drawn < support => Stance::Support,
                _ if drawn < support + deny => Stance::Deny,
                _ if drawn < support + deny + query => Stance::Query,
                _ => Stance::Comment,
            };
            stances.push(stance);
            let author = format!("user{}", random.below(1 + n as usize * 2 / 3));
            let created =
                format!("2031-05-{:02}T{:02}:{:02}:00Z", 17 + hour / 24, hour % 24, random.below(60));
            let (tone, score) = tone(random, stance);
            said(&author, "Words.", parent, Some(random.below(30) as i64), stance, 0.4 + random.unit() * 0.55)
                .tone(tone, score)
                .at(&created)
                .arguing(&aspects(random, stance))
        })
        .collect()
}

fn tone(random: &mut Random, stance: Stance) -> (Sentiment, f64) {
    let negative = if stance == Stance::Comment { 0.2 } else { 0.5 };
    match random.unit() {
        x if x < negative => (Sentiment::Negative, -0.5),
        x if x < negative + 0.3 => (Sentiment::Neutral, 0.0),
        _ => (Sentiment::Positive, 0.5),
    }
}

fn aspects(random: &mut Random, stance: Stance) -> Vec<Aspect> {
    let choice: &[Aspect] = match stance {
        Stance::Support => {
            &[Aspect::AssertsDeed, Aspect::SupportsProsecution, Aspect::CondemnsDeed, Aspect::CitesAuthority]
        }
        Stance::Deny => &[
            Aspect::Whataboutism,
            Aspect::Fabrication,
            Aspect::Downplays,
            Aspect::DemandsEvidence,
            Aspect::Mockery,
        ],
        Stance::Query => &[Aspect::AsksVeracity, Aspect::DemandsEvidence],
        Stance::Comment => &[Aspect::Joke],
    };
    let mut found = vec![choice[random.below(choice.len())], choice[random.below(choice.len())]];
    found.sort_unstable();
    found.dedup();
    found
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/gallery")
}

fn name(figure: Figure, theme: Theme) -> String {
    format!("{figure}{}", if theme == Theme::Dark { "-dark" } else { "" })
}

/// Every figure in light, the first and the grid in dark.
fn cases() -> impl Iterator<Item = (Figure, Theme)> {
    let dark = [Figure::StanceByOutlet, Figure::ReplyAgreement].map(|f| (f, Theme::Dark));
    Figure::ALL.into_iter().map(|f| (f, Theme::Light)).chain(dark)
}

/// The share of pixels whose channels differ by more than a shade; 1 for another size.
fn distance(a: &Pixmap, b: &Pixmap) -> f64 {
    const SHADE: u8 = 24;
    if (a.width(), a.height()) != (b.width(), b.height()) {
        return 1.0;
    }
    let channels = |p: &resvg::tiny_skia::PremultipliedColorU8| [p.red(), p.green(), p.blue()];
    let differs =
        |(p, q): (&resvg::tiny_skia::PremultipliedColorU8, &resvg::tiny_skia::PremultipliedColorU8)| {
            channels(p).iter().zip(channels(q)).any(|(x, y)| x.abs_diff(y) > SHADE)
        };
    a.pixels().iter().zip(b.pixels()).filter(|pair| differs(*pair)).count() as f64 / a.pixels().len() as f64
}

/// `BLESS=1 cargo test gallery` draws them anew; look at them before committing.
#[test]
fn the_gallery_is_what_the_program_draws() {
    let summary = summary();
    assert!(summary.left_out.is_empty(), "{:?}", summary.left_out);
    for (figure, theme) in cases() {
        let style = ChartStyle { theme, dpi: 120, ..ChartStyle::default() };
        let svg = draw_svg(figure, &summary, &style).unwrap();
        let png = to_png(&svg, &style).unwrap();
        let path = folder().join(format!("{}.png", name(figure, theme)));
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&path, &png).unwrap();
            std::fs::write(path.with_extension("svg"), &svg).unwrap();
        }
        let stale = "BLESS=1 cargo test gallery draws it anew";
        assert_eq!(std::fs::read_to_string(path.with_extension("svg")).unwrap(), svg, "{figure}: {stale}");
        let golden = Pixmap::decode_png(&std::fs::read(&path).unwrap()).unwrap();
        let found = distance(&golden, &Pixmap::decode_png(&png).unwrap());
        assert!(found < 0.002, "{figure}: {found}; {stale}");
    }
}
