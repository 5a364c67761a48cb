//! What the figures by outlet share: which outlets are drawn, and what is said of the others.

use super::bars::Row;
use super::layout::grouped;
use crate::report::shorten::shorten;
use crate::report::summary::{OutletSummary, Summary};

/// More bars than this are not a figure but a table.
pub(super) const MOST_BARS: usize = 40;

/// Names in a list of outlets.
const MOST_NAMES: usize = 12;

/// Characters of a name in such a list.
const NAME_CHARS: usize = 48;

/// The first `most` outlets with labelled comments.
pub(super) fn shown(summary: &Summary, most: usize) -> impl Iterator<Item = &OutletSummary> {
    summary.outlets.iter().filter(|o| o.n > 0).take(most)
}

/// How much was counted, and what the dots are.
pub(super) fn subtitle(summary: &Summary, ends: &str) -> String {
    let threads = summary.header.commented;
    let counted = format!(
        "{} in {} {}.",
        comments(summary.stance.n()),
        grouped(threads),
        if threads == 1 { "thread" } else { "threads" },
    );
    with_dots(summary, counted, summary.stance.n(), ends)
}

/// The same for `n` of the comments: `which` says what part.
pub(super) fn subtitle_of(summary: &Summary, n: u64, which: &str, ends: &str) -> String {
    let all = summary.stance.n();
    let of = if n < all { format!(", of {}", grouped(all)) } else { String::new() };
    with_dots(summary, format!("{}{which}{of}.", comments(n)), n, ends)
}

fn comments(n: u64) -> String {
    format!("{} labelled {}", grouped(n), if n == 1 { "comment" } else { "comments" })
}

fn with_dots(summary: &Summary, counted: String, n: u64, ends: &str) -> String {
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

/// Which outlets have no bar or column, of which `most` are drawn, and why.
pub(super) fn notes(summary: &Summary, most: usize) -> Vec<String> {
    let rest = || summary.outlets.iter().filter(|o| o.n > 0).skip(most);
    let silent = summary.outlets.iter().filter(|o| o.n == 0).map(|o| o.outlet.as_str()).collect();
    let left: u64 = rest().map(|o| o.n).sum();
    let more = rest().count();
    let more = (more > 0).then(|| format!("+{more} more outlets in summary.json, with {}", comments(left)));
    more.into_iter().chain(named("No labelled comments", silent)).collect()
}

/// Outlets by name behind what they have in common.
pub(super) fn named(what: &str, names: Vec<&str>) -> Option<String> {
    let mut told: Vec<String> = names.iter().take(MOST_NAMES).map(|n| shorten(n, NAME_CHARS)).collect();
    if let Some(rest) = names.len().checked_sub(MOST_NAMES).filter(|rest| *rest > 0) {
        told.push(format!("and {rest} more"));
    }
    (!told.is_empty()).then(|| format!("{what}: {}", told.join(", ")))
}

/// How many labels of the bars are unsure, and what the shares of the outer classes are without them.
pub(super) fn unsure(rows: &[Row]) -> Option<String> {
    let sum = |of: &dyn Fn(&Row) -> u64| rows.iter().map(of).sum::<u64>();
    let (n, unsure, sure) = (sum(&|r| r.n), sum(&Row::unsure), sum(&Row::sure_n));
    if unsure == 0 {
        return None;
    }
    let told = format!("Unsure labels are underlined: {} of {}.", grouped(unsure), grouped(n));
    if sure == 0 {
        return Some(told);
    }
    let end = |of: &dyn Fn(&Row) -> u64| format!("{:.0}%", sum(of) as f64 / sure as f64 * 100.0);
    let first = end(&|r| r.sure.first().map_or(0, |s| s.count));
    let last = end(&|r| r.sure.last().map_or(0, |s| s.count));
    Some(format!("{told} Of the other {}, support {first}, deny {last}.", grouped(sure)))
}

/// A confidence as `95%` or `99.9%`.
fn percent(confidence: f64) -> String {
    format!("{}%", crate::stats::round4(confidence * 100.0))
}
