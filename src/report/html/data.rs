//! The comments as JSON for the page's script.

use super::PageOptions;
use super::words::shown;
use crate::error::Result;
use crate::label::{Effect, Evidence, Label, Labelled, Sentiment, Stance};
use crate::report::json::compact;
use crate::report::manifest::fingerprint;
use crate::report::record::{author_name, comment_id};
use crate::report::summary::Summary;
use crate::stats::round4;
use crate::thread::{Body, CommentId};
use crate::visible::visible;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Data<'d> {
    key: String,
    stances: Vec<&'static str>,
    sentiments: Vec<&'static str>,
    outlets: Vec<String>,
    /// Id and reason.
    rules: Vec<(&'d str, &'d str)>,
    threads: Vec<Thread<'d>>,
    comments: Vec<Comment<'d>>,
}

#[derive(Serialize)]
struct Thread<'d> {
    id: &'d str,
    title: String,
    outlet: usize,
    url: Option<&'d str>,
}

/// One comment in reading order; short keys, since there may be very many.
#[derive(Serialize)]
struct Comment<'d> {
    /// Thread.
    t: usize,
    /// Levels above it.
    d: u32,
    /// Outline number.
    p: String,
    id: String,
    /// Author.
    a: Option<String>,
    /// Votes.
    v: Option<i64>,
    /// Words, or why there are none.
    x: String,
    /// Stands for a comment that is not on the page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    g: bool,
    #[serde(flatten)]
    label: Option<Shown<'d>>,
}

#[derive(Serialize)]
struct Shown<'d> {
    /// Stance.
    l: usize,
    /// Confidence.
    c: f64,
    /// Unsure.
    u: bool,
    /// Sentiment.
    m: usize,
    /// Aspects.
    k: Vec<&'d str>,
    /// Start, end, rule, effect.
    e: Vec<(usize, usize, usize, String)>,
}

/// The JSON, safe inside a script element.
pub(super) fn data(summary: &Summary, labelled: &[Labelled<'_>], options: &PageOptions) -> Result<String> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for evidence in labelled.iter().flat_map(Labelled::labels).flat_map(|(_, l)| &l.evidence) {
        rules.insert(&evidence.rule, 0);
    }
    rules.values_mut().enumerate().for_each(|(i, place)| *place = i);
    let reason = |id: &&str| options.reasons.get(*id).map_or("", String::as_str);
    let outlets: Vec<String> = summary.outlets.iter().map(|o| o.outlet.clone()).collect();
    let mut data = Data {
        key: String::new(),
        stances: Stance::ALL.map(Stance::as_str).to_vec(),
        sentiments: Sentiment::ALL.map(Sentiment::as_str).to_vec(),
        rules: rules.keys().map(|id| (*id, reason(id))).collect(),
        threads: labelled.iter().zip(&summary.threads).map(|(l, s)| thread(l, &s.outlet, &outlets)).collect(),
        comments: Vec::new(),
        outlets,
    };
    for (t, page) in labelled.iter().enumerate() {
        data.comments
            .extend(page.thread.walk().filter_map(|id| comment(t, page, id, &rules, options.quote_limit)));
    }
    let ids: Vec<&str> = data.comments.iter().map(|c| c.id.as_str()).collect();
    data.key = fingerprint(ids.join("\n").as_bytes()).chars().take(16).collect();
    Ok(harmless(&compact("report.html", &data)?))
}

fn thread<'d>(labelled: &Labelled<'d>, outlet: &str, outlets: &[String]) -> Thread<'d> {
    let origin = &labelled.thread.origin;
    let title = origin.title.as_deref().unwrap_or(&labelled.thread.id);
    Thread {
        id: &labelled.thread.id,
        title: visible(title).into_owned(),
        outlet: outlets.iter().position(|o| o == outlet).unwrap_or(0),
        url: origin.url.as_deref().filter(|u| is_web(u)),
    }
}

/// True for an address that a page may link to.
fn is_web(url: &str) -> bool {
    let known = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
    known && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

fn comment<'d>(
    t: usize,
    page: &'d Labelled<'_>,
    id: CommentId,
    rules: &BTreeMap<&str, usize>,
    limit: Option<usize>,
) -> Option<Comment<'d>> {
    let comment = page.thread.get(id)?;
    let label = page.label(id);
    let evidence = label.map(|l| l.evidence.as_slice()).unwrap_or_default();
    let words = comment.body.text().map(|t| shown(t, evidence, limit));
    let (x, marks) = match (words, &comment.body) {
        (Some(words), _) => (words.text, words.marks),
        (None, Body::Removed) => ("(removed)".to_owned(), Vec::new()),
        (None, _) => ("(not on the page)".to_owned(), Vec::new()),
    };
    Some(Comment {
        t,
        d: page.thread.depth(id),
        p: page.thread.path(id),
        id: comment_id(page.thread, id),
        a: comment.author.as_ref().map(|a| visible(&author_name(a)).into_owned()),
        v: comment.score.map(|s| s.value),
        x,
        g: comment.body == Body::Missing,
        label: label.map(|l| label_data(l, &marks, rules)),
    })
}

fn label_data<'d>(
    label: &'d Label,
    marks: &[(usize, usize, usize)],
    rules: &BTreeMap<&str, usize>,
) -> Shown<'d> {
    let mark = |(start, end, i): &(usize, usize, usize)| {
        let evidence = label.evidence.get(*i)?;
        Some((*start, *end, rules.get(&*evidence.rule).copied()?, effect(evidence)))
    };
    Shown {
        l: Stance::ALL.iter().position(|s| *s == label.stance).unwrap_or(0),
        c: round4(label.confidence),
        u: label.unsure,
        m: Sentiment::ALL.iter().position(|s| *s == label.sentiment).unwrap_or(0),
        k: label.aspects.iter().map(|a| a.as_str()).collect(),
        e: marks.iter().filter_map(mark).collect(),
    }
}

/// As `deny +2.3, query -0.5; hedged ×0.7`.
fn effect(evidence: &Evidence) -> String {
    let Effect { support, deny, query } = evidence.effect;
    let parts = [("support", support), ("deny", deny), ("query", query)];
    let parts: Vec<String> =
        parts.iter().filter(|(_, x)| *x != 0.0).map(|(name, x)| format!("{name} {x:+.1}")).collect();
    let effect = if parts.is_empty() { "no vote".to_owned() } else { parts.join(", ") };
    if evidence.modifiers.is_empty() {
        effect
    } else {
        format!("{effect}; {}", evidence.modifiers.join(", "))
    }
}

/// Keeps `</script>` and `<!--` from being read as markup, and old scripts from breaking lines.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_linked() {
        assert!(is_web("https://a.example/x") && is_web("http://a.example"));
        assert!(!is_web("javascript:alert(1)") && !is_web("https://a b") && !is_web("data:text/html,x"));
        assert_eq!(
            harmless("\"</script><!--&\u{2028}\""),
            "\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\""
        );
    }
}
