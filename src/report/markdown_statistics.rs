//! The statistics in `summary.md`.

use super::markdown::{escape, without};
use super::statistics::{Clustered, Difference, OutletTest, Replies, Votes};
use super::summary::Summary;
use super::words::{confidence, percent, percent_with_interval};
use crate::label::Stance;
use crate::stats::Unit;

/// Writes what can be said in words, then the tables behind it.
pub(super) fn section(out: &mut String, summary: &Summary) {
    out.push_str("\n## Statistics\n\n");
    for words in &summary.statistics.words {
        out.push_str(&format!("- {}\n", escape(words)));
    }
    clustered(out, summary);
    if let Some(test) = &summary.statistics.outlets {
        pairs(out, test, &confidence(summary));
    }
    times(out, summary);
    if let Some(votes) = &summary.statistics.votes {
        voted(out, votes);
    }
    if let Some(found) = &summary.statistics.replies {
        replies(out, found);
    }
}

fn clustered(out: &mut String, summary: &Summary) {
    let all = summary.clustered.iter().map(|c| ("all".to_owned(), c));
    let outlets = summary.outlets.iter().filter_map(|o| Some((escape(&o.outlet), o.clustered.as_ref()?)));
    let rows: Vec<(String, &Clustered)> = outlets.chain(all).collect();
    if rows.is_empty() {
        return;
    }
    out.push_str(&format!(
        "\n### Intervals that take threads or authors as one draw\n\nIn brackets: {} cluster-bootstrap intervals in \
         percent (Wilson's form with the effective number of comments).\n\n\
         | Outlet | Resampled | Support | Deny | Design effect |\n|---|--:|--:|--:|--:|\n",
        confidence(summary)
    ));
    for (name, found) in rows {
        let unit = if found.unit == Unit::Thread { "threads" } else { "authors" };
        let cell = |stance: Stance| {
            let share = found.stances.iter().find(|s| s.stance == stance);
            share.map_or_else(String::new, |s| format!("({:.0}–{:.0})", s.low * 100.0, s.high * 100.0))
        };
        let effect = found.stances.iter().map(|s| s.effect).fold(1.0, f64::max);
        let (support, deny) = (cell(Stance::Support), cell(Stance::Deny));
        out.push_str(&format!("| {name} | {} {unit} | {support} | {deny} | {effect:.1} |\n", found.clusters));
    }
}

fn pairs(out: &mut String, test: &OutletTest, confidence: &str) {
    out.push_str(&format!(
        "\n### Differences between outlets\n\nShare of the first less that of the second in points, in brackets \
         Newcombe's {confidence} interval; p of the test over all stances, after Holm.\n\n\
         | Outlets | n | Support | Deny | p | p (Holm) |\n|---|--:|--:|--:|--:|--:|\n"
    ));
    let difference = |d: &Difference| {
        format!("{:+.0} ({:+.0} to {:+.0})", d.difference * 100.0, d.low * 100.0, d.high * 100.0)
    };
    for pair in &test.pairs {
        let p = |p: Option<f64>| p.map_or_else(|| "–".to_owned(), |p| format!("{p:.3}"));
        let holm = pair.p_holm.map_or_else(|| "too few".to_owned(), |p| format!("{p:.3}"));
        out.push_str(&format!(
            "| {} – {} | {}, {} | {} | {} | {} | {holm} |\n",
            escape(&pair.first),
            escape(&pair.second),
            pair.n_first,
            pair.n_second,
            difference(&pair.support),
            difference(&pair.deny),
            p(pair.test.map(|t| t.p)),
        ));
    }
}

fn times(out: &mut String, summary: &Summary) {
    if summary.times.is_empty() {
        return;
    }
    out.push_str("\n### Time since the first comment of a thread\n\n");
    out.push_str("| Time | n | Support | Deny | Query | Comment |\n|---|--:|--:|--:|--:|--:|\n");
    for step in &summary.times {
        let shares = Stance::ALL.map(|s| percent_with_interval(&step.stance.of(s)));
        out.push_str(&format!("| {} | {} | {} |\n", step.time, step.n, shares.join(" | ")));
        without(out, &step.stance, &step.sure);
    }
}

fn voted(out: &mut String, votes: &Votes) {
    out.push_str(
        "\n### Votes\n\n| Stance | Comments | Share of comments | Share of votes | Median votes |\n",
    );
    out.push_str("|---|--:|--:|--:|--:|\n");
    for row in &votes.stances {
        let median = row.median.map_or_else(|| "–".to_owned(), |m| m.to_string());
        let (share, weighted) = (percent(row.share), percent(row.weighted_share));
        out.push_str(&format!("| {} | {} | {share} | {weighted} | {median} |\n", row.stance, row.comments));
    }
}

fn replies(out: &mut String, replies: &Replies) {
    out.push_str(
        "\n### Replies\n\n| Parent \\ reply | Support | Deny | Query | Comment |\n|---|--:|--:|--:|--:|\n",
    );
    for (stance, row) in Stance::ALL.iter().zip(&replies.matrix) {
        out.push_str(&format!("| {stance} | {} |\n", row.map(|n| n.to_string()).join(" | ")));
    }
}
