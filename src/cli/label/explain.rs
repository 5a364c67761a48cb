//! Labels for a terminal: one line a comment, or the comment with its deciding words in brackets.

use super::Look;
use crate::label::{Effect, Evidence, Label, Labelled};
use crate::report::{Paint, author_name, shorten, wrapped};
use crate::rule::RulePack;
use crate::thread::CommentId;
use crate::visible::visible;
use std::io::{self, Write};

/// File, outlet and title of a thread.
pub(super) fn heading(out: &mut dyn Write, labelled: &Labelled<'_>) -> io::Result<()> {
    let origin = &labelled.thread.origin;
    let known = [Some(&origin.file), origin.outlet.as_ref(), origin.title.as_ref()];
    let parts: Vec<_> = known.into_iter().flatten().map(|p| visible(p)).collect();
    writeln!(out, "== {}", parts.join(" · "))?;
    if labelled.thread.is_empty() { writeln!(out, "no comments") } else { Ok(()) }
}

/// One line: place, author, stance, confidence, sentiment, rules.
pub(super) fn line(
    out: &mut dyn Write,
    labelled: &Labelled<'_>,
    id: CommentId,
    paint: Paint,
) -> io::Result<()> {
    let Some(label) = labelled.label(id) else { return Ok(()) };
    let mut rules: Vec<&str> = Vec::new();
    for evidence in &label.evidence {
        if !rules.contains(&&*evidence.rule) {
            rules.push(&evidence.rule);
        }
    }
    rules.truncate(3);
    writeln!(out, "{}  {}", head(labelled, id, label, paint), rules.join(", "))
}

/// The label, the words with their evidence numbered in place, and what each piece of evidence did and why.
pub(super) fn comment(
    out: &mut dyn Write,
    labelled: &Labelled<'_>,
    id: CommentId,
    pack: &RulePack,
    look: &Look,
) -> io::Result<()> {
    let Some(label) = labelled.label(id) else { return Ok(()) };
    let Some(text) = labelled.thread.get(id).and_then(|c| c.body.text()) else { return Ok(()) };
    writeln!(out, "\n{}", head(labelled, id, label, look.paint))?;
    let p = &label.probabilities;
    let shares =
        format!("support {:.2} deny {:.2} query {:.2} comment {:.2}", p.support, p.deny, p.query, p.comment);
    let aspects: Vec<&str> = label.aspects.iter().map(|a| a.as_str()).collect();
    let mut lines = String::new();
    let named = if aspects.is_empty() { "" } else { "; aspects: " };
    wrapped(&mut lines, "    ", &format!("{shares}{named}{}", aspects.join(", ")), look.width);
    let marked = marked(text.raw(), text.span().start, &label.evidence);
    for line in marked.lines().filter(|l| !l.trim().is_empty()) {
        wrapped(&mut lines, "    | ", &visible(line.trim()), look.width);
    }
    for (i, evidence) in label.evidence.iter().enumerate() {
        wrapped(&mut lines, "    ", &why(i + 1, evidence, pack), look.width);
    }
    out.write_all(lines.as_bytes())
}

fn head(labelled: &Labelled<'_>, id: CommentId, label: &Label, paint: Paint) -> String {
    let author = labelled.thread.get(id).and_then(|c| c.author.as_ref()).map(author_name).unwrap_or_default();
    let doubt = if label.unsure { " unsure" } else { "" };
    format!(
        "{} {}  {} {:.2}{doubt}  {} {:+.2}",
        labelled.thread.path(id),
        visible(&author),
        paint.stance(label.stance, label.stance.as_str()),
        label.confidence,
        label.sentiment,
        label.sentiment_score
    )
}

/// Puts `[` and `]n` around the words of evidence n. Evidence about a whole comment is not marked.
fn marked(raw: &str, start: u32, evidence: &[Evidence]) -> String {
    let mut marks: Vec<(usize, bool, usize)> = Vec::new();
    for (i, e) in evidence.iter().enumerate() {
        let (from, to) =
            (e.span.start.saturating_sub(start) as usize, e.span.end.saturating_sub(start) as usize);
        if to <= raw.len() && to - from < LONGEST_MARKED {
            marks.push((from, true, i + 1));
            marks.push((to, false, i + 1));
        }
    }
    // At one place what ends comes before what begins.
    marks.sort_unstable();
    let (mut out, mut at) = (String::new(), 0);
    for (place, opens, number) in marks {
        out.push_str(raw.get(at..place).unwrap_or_default());
        at = place;
        if opens { out.push('[') } else { out.push_str(&format!("]{number}")) }
    }
    out + raw.get(at..).unwrap_or_default()
}

/// Bytes of evidence up to which it is marked in place.
const LONGEST_MARKED: usize = 200;

fn why(number: usize, evidence: &Evidence, pack: &RulePack) -> String {
    let wording = pack.rule(&evidence.rule).and_then(|rule| pack.wording(rule));
    let reason = wording.map_or("", |wording| wording.reason.as_str());
    let modifiers = if evidence.modifiers.is_empty() {
        String::new()
    } else {
        format!(" ({})", evidence.modifiers.join(", "))
    };
    let effect = effect(&evidence.effect);
    let quote = visible(&shorten(&evidence.quote, 60)).to_string();
    format!("{number} {} {effect}{modifiers} “{quote}”: {reason}", evidence.rule)
}

fn effect(effect: &Effect) -> String {
    let parts = [("support", effect.support), ("deny", effect.deny), ("query", effect.query)];
    let shown = parts.iter().filter(|p| p.1 != 0.0).map(|(name, value)| format!("{name} {value:+.2}"));
    shown.collect::<Vec<_>>().join(", ")
}
