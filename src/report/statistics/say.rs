//! What the figures mean, and what they cannot carry, in words.

use super::{Concentration, OutletPair, OutletTest, Replies, Statistics, Votes};
use crate::label::Stance;
use crate::report::summary::{OutletSummary, SMALL_N};
use crate::report::words::{many, percent};
use crate::stats::{Comparison, LEAST_CLUSTERS, Method, Unit};

/// Names in a list before the rest is counted.
const MOST_NAMES: usize = 6;

/// One or two sentences a subject, in the order of [`Statistics`].
pub(super) fn words(statistics: &Statistics, outlets: &[OutletSummary]) -> Vec<String> {
    let mut words = vec![small(outlets), compared(statistics.outlets.as_ref(), outlets)];
    words.extend(statistics.outlets.as_ref().map(pairs));
    let crossed = [
        (
            "Stance and sentiment",
            &statistics.stance_sentiment,
            "fewer than two stances or sentiments were found",
        ),
        ("Stance and level of reply", &statistics.stance_depth, "there is one level, or one stance"),
        ("Stance and time", &statistics.stance_time, "the input tells no times apart"),
    ];
    words.extend(crossed.map(|(what, test, lack)| association(what, test.as_ref(), lack)));
    if statistics.stance_sentiment.is_some() {
        let caution =
            "Associations take comments as independent; authors who write often make their p too small.";
        words.push(caution.to_owned());
    }
    words.push(spread(&statistics.authors));
    words.push(statistics.votes.as_ref().map_or_else(|| "Votes: the input shows none.".to_owned(), voted));
    words.push(statistics.replies.as_ref().map_or_else(no_replies, agreement));
    words.retain(|w| !w.is_empty());
    words
}

/// p as people write it.
pub(in crate::report) fn p_value(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}

fn small(outlets: &[OutletSummary]) -> String {
    let small: Vec<String> = outlets
        .iter()
        .filter(|o| o.n > 0 && o.n < SMALL_N)
        .map(|o| format!("{} (n = {})", o.outlet, o.n))
        .collect();
    if small.is_empty() {
        return String::new();
    }
    format!(
        "Small numbers: {}. Below {SMALL_N} comments a share is a hint, not a result; read its interval.",
        listed(&small)
    )
}

fn listed(names: &[String]) -> String {
    let shown = names.get(..MOST_NAMES).unwrap_or(names);
    let more = names.len() - shown.len();
    format!("{}{}", shown.join(", "), if more > 0 { format!(" and {more} more") } else { String::new() })
}

fn compared(found: Option<&OutletTest>, outlets: &[OutletSummary]) -> String {
    let Some(found) = found else {
        let with = outlets.iter().filter(|o| o.n > 0).count();
        let lack =
            if with < 2 { "fewer than two outlets have comments" } else { "all comments have one stance" };
        return format!("Outlets: {lack}, so there is nothing to compare.");
    };
    let verdict = if found.p_clustered.unwrap_or(found.test.p) <= 0.05 {
        "their stances differ more than chance would let them"
    } else {
        "the data do not tell their stances apart, which does not show that they are alike"
    };
    format!("Outlets: {verdict}. {}. {}", tested(&found.test), grouped(found))
}

/// How the test was chosen and what it gave.
fn tested(test: &Comparison) -> String {
    let least = test.least_expected.unwrap_or(0.0);
    let method = match test.method {
        Method::ChiSquare => {
            let (statistic, df) = (test.statistic.unwrap_or(0.0), test.df.unwrap_or(0));
            format!(
                "Chi-square, since the expected counts allow it (smallest {least:.1}): {statistic:.2}, df {df}"
            )
        }
        Method::FisherExact => {
            format!("Fisher's exact test, since expected counts are small (smallest {least:.1})")
        }
        Method::FisherSampled => format!(
            "Fisher's exact test over random tables, since expected counts are small (smallest {least:.1})"
        ),
    };
    let v = test.cramers_v.map_or_else(String::new, |v| format!("; Cramér's V {v:.2}"));
    let corrected =
        test.cramers_v_corrected.map_or_else(String::new, |v| format!(" ({v:.2} without its bias)"));
    format!("{method}, n = {}, {}{v}{corrected}", test.n, p_value(test.p))
}

fn grouped(found: &OutletTest) -> String {
    match (found.p_clustered, found.unit) {
        (Some(p), Some(unit)) => {
            let unit = match unit {
                Unit::Thread => "threads",
                Unit::Author => "authors",
            };
            format!(
                "That takes comments as independent; if whole {unit} are taken as one draw, {}.",
                p_value(p)
            )
        }
        _ => format!(
            "That takes comments as independent; with fewer than {LEAST_CLUSTERS} threads and authors this cannot be checked."
        ),
    }
}

fn pairs(found: &OutletTest) -> String {
    if found.pairs.len() < 2 && found.pairs.iter().all(|p| p.p_holm.is_some()) {
        return String::new();
    }
    let name = |p: &OutletPair| format!("{} and {}", p.first, p.second);
    let apart: Vec<String> = found
        .pairs
        .iter()
        .filter_map(|p| p.p_holm.filter(|q| *q <= 0.05).map(|q| format!("{} ({})", name(p), p_value(q))))
        .collect();
    let mute: Vec<String> = found
        .pairs
        .iter()
        .filter(|p| p.p_holm.is_none())
        .map(|p| format!("{} (n = {} and {})", name(p), p.n_first, p.n_second))
        .collect();
    let carried = found.pairs.len() - mute.len();
    let mut words = match (carried, apart.is_empty()) {
        (0, _) => "Pairs of outlets: none can be compared.".to_owned(),
        (_, true) => {
            format!("Pairs of outlets: of {carried} compared, none differs after Holm's adjustment.")
        }
        (_, false) => format!("Pairs of outlets that differ after Holm's adjustment: {}.", listed(&apart)),
    };
    if !mute.is_empty() {
        let too_few = "too few comments to tell apart whatever their labels";
        words.push_str(&format!(" {}: {too_few}.", listed(&mute)));
    }
    if found.not_paired > 0 {
        words
            .push_str(&format!(" {} with fewer comments were not paired.", many(found.not_paired, "outlet")));
    }
    words
}

fn association(what: &str, test: Option<&Comparison>, lack: &str) -> String {
    match test {
        None => format!("{what}: {lack}, so no association can be measured."),
        Some(test) => {
            let verdict = if test.p <= 0.05 { "associated" } else { "no association shown" };
            format!("{what}: {verdict}. {}.", tested(test))
        }
    }
}

fn spread(authors: &[Concentration]) -> String {
    let of = |stance: Option<Stance>| authors.iter().find(|c| c.stance == stance).filter(|c| c.comments > 0);
    let Some(all) = of(None) else { return "Authors: the input names none.".to_owned() };
    let one = |c: &Concentration| {
        let gini = c.gini.map_or_else(String::new, |g| format!(", Gini {g:.2}"));
        format!(
            "{} by {}, the most active {}{gini}",
            many(c.comments, "comment"),
            many(c.authors, "author"),
            percent(c.top_share)
        )
    };
    let side =
        |stance: Stance| of(Some(stance)).map(|c| format!(" {stance}: {}.", one(c))).unwrap_or_default();
    format!("Authors: {}.{}{}", one(all), side(Stance::Support), side(Stance::Deny))
}

fn voted(votes: &Votes) -> String {
    let of = |stance: Stance| votes.stances.iter().find(|s| s.stance == stance);
    let one = |stance: Stance| {
        of(stance).map_or_else(String::new, |s| {
            format!(
                " {stance}: {} of the comments, {} of the votes.",
                percent(s.share),
                percent(s.weighted_share)
            )
        })
    };
    let few = if votes.comments < SMALL_N { " Few, so read with care." } else { "" };
    format!(
        "Votes ({} show them):{}{}{few}",
        many(votes.comments, "comment"),
        one(Stance::Support),
        one(Stance::Deny)
    )
}

fn no_replies() -> String {
    "Replies: no labelled comment answers another labelled one.".to_owned()
}

fn agreement(replies: &Replies) -> String {
    let verdict = match replies.assortativity {
        Some(r) if replies.p <= 0.05 && r > 0.0 => {
            "replies take the stance of what they answer more often than by chance"
        }
        Some(_) if replies.p <= 0.05 => {
            "replies take another stance than what they answer more often than by chance"
        }
        _ => "replies agree with what they answer about as often as by chance",
    };
    let coefficient = replies.assortativity.map_or_else(String::new, |r| format!("assortativity {r:.2}, "));
    format!(
        "Replies: {verdict} ({} pairs, {} of one stance, {} expected; {coefficient}{} within threads).",
        replies.n,
        percent(Some(replies.observed)),
        percent(Some(replies.expected)),
        p_value(replies.p)
    )
}
