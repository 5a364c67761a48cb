//! What the figures by outlet share: which outlets are drawn, and what is said of the others.

use super::layout::grouped;
use crate::report::shorten::shorten;
use crate::report::summary::{OutletSummary, Summary};

/// More bars than this are not a figure but a table.
pub(super) const MOST_BARS: usize = 40;

/// Characters of a name in the list of outlets without comments.
const NAME_CHARS: usize = 48;

/// The outlets with comments that get a bar.
pub(super) fn shown(summary: &Summary) -> impl Iterator<Item = &OutletSummary> {
    summary.outlets.iter().filter(|o| o.n > 0).take(MOST_BARS)
}

/// How much was counted, and what the dots are.
pub(super) fn subtitle(summary: &Summary, ends: &str) -> String {
    let (n, threads) = (summary.stance.n(), summary.header.threads);
    let percent = percent(summary.header.confidence);
    format!(
        "{} labelled {} in {} {}. Dots: shares of {ends} with {percent} Wilson intervals.",
        grouped(n),
        if n == 1 { "comment" } else { "comments" },
        grouped(threads),
        if threads == 1 { "thread" } else { "threads" },
    )
}

/// The heading of the intervals.
pub(super) fn interval(summary: &Summary) -> String {
    format!("{} interval", percent(summary.header.confidence))
}

/// Which outlets have no bar, and why.
pub(super) fn notes(summary: &Summary) -> Vec<String> {
    let more = summary.outlets.iter().filter(|o| o.n > 0).count().saturating_sub(MOST_BARS);
    let empty: Vec<String> =
        summary.outlets.iter().filter(|o| o.n == 0).map(|o| shorten(&o.outlet, NAME_CHARS)).collect();
    let mut notes = Vec::new();
    if more > 0 {
        notes.push(format!("+{more} more outlets in summary.json"));
    }
    if !empty.is_empty() {
        notes.push(format!("No comments: {}", empty.join(", ")));
    }
    notes
}

/// A confidence as `95%` or `99.9%`.
fn percent(confidence: f64) -> String {
    format!("{}%", crate::stats::round4(confidence * 100.0))
}
