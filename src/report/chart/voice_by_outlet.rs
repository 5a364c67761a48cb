//! Figure: whose side the sentences of each article carry.

use super::bars::{Bars, Class, Row};
use super::layout::grouped;
use super::outlets::{MOST_BARS, interval, named};
use super::palette::Colours;
use crate::report::summary::{OutletSummary, Summary};
use crate::report::voices::ArticleVoice;
use crate::voice::Side;

/// The figure's content: one bar an article, with comments or without.
pub(super) fn bars(summary: &Summary, colours: &Colours) -> Bars {
    let articles: Vec<&ArticleVoice> = summary.articles.iter().filter(|a| a.voice.n() > 0).collect();
    let several = |a: &ArticleVoice| articles.iter().filter(|b| b.outlet == a.outlet).count() > 1;
    let row = |a: &&ArticleVoice| Row {
        name: if several(a) {
            format!("{}: {}", a.outlet, a.title.as_deref().unwrap_or(&a.file))
        } else {
            a.outlet.clone()
        },
        n: a.voice.n(),
        shares: Side::ALL.map(|s| a.voice.of(s)).to_vec(),
        sure: Vec::new(),
    };
    let class = |side: &Side| {
        let (label, colour) = match side {
            Side::Accuser => ("Accuser speaks", colours.accuser),
            Side::Both => ("Both", colours.both),
            Side::Neither => ("Neither (outlet's own voice)", colours.neutral),
            Side::Defender => ("Defender speaks", colours.defender),
        };
        Class { label, colour }
    };
    let sentences: u64 = articles.iter().map(|a| a.voice.n()).sum();
    let percent = crate::stats::round4(summary.header.confidence * 100.0);
    let mut notes = vec![
        "By attribution and quotation: who is let speak, not who is right. Evidence in summary.json."
            .to_owned(),
    ];
    if articles.len() > MOST_BARS {
        notes.push(format!("+{} more articles in summary.json", articles.len() - MOST_BARS));
    }
    let has_none = |o: &&OutletSummary| !articles.iter().any(|a| a.outlet == o.outlet);
    let without = summary.outlets.iter().filter(has_none).map(|o| o.outlet.as_str()).collect();
    notes.extend(named("No article", without).filter(|_| !articles.is_empty()));
    Bars {
        title: "Whose side the articles let speak, by outlet".to_owned(),
        subtitle: format!(
            "{} sentences in {} articles. Dots: shares of accuser and defender with {percent}% Wilson intervals.",
            grouped(sentences),
            articles.len()
        ),
        interval: interval(summary),
        axis: "Share of sentences",
        empty: "No articles",
        classes: Side::ALL.iter().map(class).collect(),
        rows: articles.iter().take(MOST_BARS).map(row).collect(),
        notes,
    }
}
