//! What the figures by outlet share: which outlets are drawn, and what is said of the others.

use super::bars::Row;
use super::layout::grouped;
use crate::report::shorten::shorten;
use crate::report::summary::{OutletSummary, Summary};

/// More bars than this are not a figure but a table.
pub(super) const MOST_BARS: usize = 40;

/// Names in the list of outlets without comments.
const MOST_NAMES: usize = 12;

/// Characters of a name in the list of outlets without comments.
const NAME_CHARS: usize = 48;

/// The outlets with comments that get a bar.
pub(super) fn shown(summary: &Summary) -> impl Iterator<Item = &OutletSummary> {
    summary.outlets.iter().filter(|o| o.n > 0).take(MOST_BARS)
}

/// How much was counted, and what the dots are.
pub(super) fn subtitle(summary: &Summary, ends: &str) -> String {
    subtitle_of(summary, summary.stance.n(), "", ends)
}

/// The same for a part of the comments: `which` says what part.
pub(super) fn subtitle_of(summary: &Summary, n: u64, which: &str, ends: &str) -> String {
    let threads = summary.header.commented;
    let counted = format!(
        "{} labelled {}{which} in {} {}.",
        grouped(n),
        if n == 1 { "comment" } else { "comments" },
        grouped(threads),
        if threads == 1 { "thread" } else { "threads" },
    );
    if n == 0 {
        return counted;
    }
    let percent = percent(summary.header.confidence);
    format!("{counted} Dots: shares of {ends} with {percent} Wilson intervals.")
}

/// The heading of the intervals.
pub(super) fn interval(summary: &Summary) -> String {
    format!("{} interval", percent(summary.header.confidence))
}

/// Which outlets have no bar, and why.
pub(super) fn notes(summary: &Summary) -> Vec<String> {
    let more = summary.outlets.iter().filter(|o| o.n > 0).count().saturating_sub(MOST_BARS);
    let empty = || summary.outlets.iter().filter(|o| o.n == 0);
    let mut silent: Vec<String> = empty().take(MOST_NAMES).map(|o| shorten(&o.outlet, NAME_CHARS)).collect();
    if let Some(rest) = empty().count().checked_sub(MOST_NAMES).filter(|rest| *rest > 0) {
        silent.push(format!("and {rest} more"));
    }
    let mut notes = Vec::new();
    if more > 0 {
        notes.push(format!("+{more} more outlets in summary.json"));
    }
    if !silent.is_empty() {
        notes.push(format!("No comments: {}", silent.join(", ")));
    }
    notes
}

/// How many labels of the bars are unsure, and what the shares of the outer classes are without them.
pub(super) fn unsure(rows: &[Row]) -> Option<String> {
    let sum = |of: &dyn Fn(&Row) -> u64| rows.iter().map(of).sum::<u64>();
    let (n, unsure, sure) = (sum(&|r| r.n), sum(&Row::unsure), sum(&Row::sure_n));
    let end = |of: &dyn Fn(&Row) -> u64| match sure {
        0 => "–".to_owned(),
        _ => format!("{:.0}%", sum(of) as f64 / sure as f64 * 100.0),
    };
    let first = end(&|r| r.sure.first().map_or(0, |s| s.count));
    let last = end(&|r| r.sure.last().map_or(0, |s| s.count));
    let (n, told) = (grouped(n), grouped(unsure));
    (unsure > 0).then(|| {
        format!(
            "Unsure labels are underlined: {told} of {n}. Without them support {first}, deny {last} of all."
        )
    })
}

/// A confidence as `95%` or `99.9%`.
fn percent(confidence: f64) -> String {
    format!("{}%", crate::stats::round4(confidence * 100.0))
}
