//! Wordings and columns that the text and the Markdown share.

use super::summary::{CommentCounts, Summary, ThreadSummary};
use crate::label::Stance;
use crate::stats::{Distribution, Share};

/// What was read and how it was labelled, one sentence a line.
pub(super) fn header(summary: &Summary) -> Vec<String> {
    let header = &summary.header;
    let pack = match header.pack.id.as_str() {
        "" => "unnamed".to_owned(),
        id => format!("{id} {}", header.pack.version).trim_end().to_owned(),
    };
    let profile = header.profile.as_deref().unwrap_or("none (generic rules only, which costs accuracy)");
    let counts = &header.counts;
    let read = format!(
        "{}, {}{}, {}: {} labelled, {} removed; {}, {} merged.",
        many(header.pages, "page"),
        many(header.threads, "thread"),
        if header.commented < header.threads {
            format!(" ({} with labelled comments)", header.commented)
        } else {
            String::new()
        },
        many(counts.comments, "comment"),
        counts.labelled,
        counts.removed,
        many(counts.gaps, "gap"),
        many(header.duplicates, "duplicate"),
    );
    let sure = format!(
        "Unsure labels: {} of {} ({}). In brackets: {} {}.",
        counts.unsure,
        counts.labelled,
        percent(counts.unsure_share),
        confidence(summary),
        header.interval
    );
    vec![format!("{} {}. Rules: {pack}. Profile: {profile}.", header.program, header.version), read, sure]
}

/// The stances without the unsure labels, on one line; `None` where all labels are sure.
pub(super) fn without_unsure(stance: &Distribution<Stance>, sure: &Distribution<Stance>) -> Option<String> {
    let unsure = stance.n().checked_sub(sure.n()).filter(|n| *n > 0)?;
    let shares = Stance::ALL.map(|s| format!("{s} {}", percent(sure.of(s).share)));
    Some(format!("Without {}: {} (n = {})", many(unsure, "unsure label"), shares.join(", "), sure.n()))
}

/// Outlet, title and date of a thread on one line.
pub(super) fn title(thread: &ThreadSummary) -> String {
    let title = thread.title.as_ref().map_or_else(String::new, |t| format!(": {t}"));
    let date = thread.date.as_ref().map_or_else(String::new, |d| format!(" ({d})"));
    format!("{}{title}{date}", thread.outlet)
}

/// How much a thread holds, on one line.
pub(super) fn extent(thread: &ThreadSummary) -> String {
    let CommentCounts { comments, removed, gaps, unsure_share, .. } = thread.counts;
    if comments == 0 {
        return "no comments".to_owned();
    }
    let mut parts = vec![
        many(comments, "comment"),
        many(thread.authors, "author"),
        many(thread.levels, "level"),
        format!("{} unsure", percent(unsure_share)),
    ];
    if removed > 0 {
        parts.push(format!("{removed} removed"));
    }
    if gaps > 0 {
        parts.push(many(gaps, "gap"));
    }
    parts.join(", ")
}

/// A number with its noun, in the plural where it must be.
pub(super) fn many(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// `33%`, or `–` where there is nothing to divide by.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |s| format!("{:.0}%", s * 100.0))
}

/// `6–79`, in percent.
pub(super) fn interval(share: &Share) -> String {
    format!("{:.0}–{:.0}", share.interval.low * 100.0, share.interval.high * 100.0)
}

/// `33% (6–79)`, or `–`.
pub(super) fn percent_with_interval(share: &Share) -> String {
    match share.share {
        Some(_) => format!("{} ({})", percent(share.share), interval(share)),
        None => "–".to_owned(),
    }
}

/// The confidence as `95%`.
pub(super) fn confidence(summary: &Summary) -> String {
    format!("{}%", crate::stats::round4(summary.header.confidence * 100.0))
}
