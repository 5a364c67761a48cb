//! Figure: sentiments per outlet.

use super::bars::{Bars, Class, Row};
use super::outlets::{MOST_BARS, interval, notes, shown, subtitle};
use super::palette::Colours;
use crate::label::Sentiment;
use crate::report::summary::{OutletSummary, Summary};

/// The figure's content.
pub(super) fn bars(summary: &Summary, colours: &Colours) -> Bars {
    let row = |o: &OutletSummary| Row {
        name: o.outlet.clone(),
        n: o.n,
        shares: Sentiment::ALL.map(|s| o.sentiment.of(s)).to_vec(),
        sure: Vec::new(),
    };
    Bars {
        title: "Sentiment of the comments by outlet".to_owned(),
        subtitle: subtitle(summary, "negative and positive"),
        interval: interval(summary),
        axis: "Share of labelled comments",
        empty: "No labelled comments",
        classes: Sentiment::ALL.iter().map(|s| class(*s, colours)).collect(),
        rows: shown(summary, MOST_BARS).map(row).collect(),
        notes: notes(summary, MOST_BARS),
    }
}

fn class(sentiment: Sentiment, colours: &Colours) -> Class {
    let label = match sentiment {
        Sentiment::Negative => "Negative",
        Sentiment::Neutral => "Neutral",
        Sentiment::Positive => "Positive",
    };
    Class { label, colour: colours.sentiment(sentiment) }
}
