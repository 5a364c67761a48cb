//! Cases: small threads in Markdown with the stance that each comment must get.
//!
//! ```text
//! # Agreeing with a denial is a denial
//! - alice: It is all made up.     -> deny by epistemic.false-word
//!   - bob: Exactly this.          -> deny by reply.agrees-with-deny
//! ```
//!
//! `agree`, `disagree` and `neutral` in the place of a stance tell how the comment answers its parent.
//! A line `mode: rumour` makes the cases of its file rumour threads.

use super::labeller::Labeller;
use super::{Label, Stance};
use crate::error::{Error, Result};
use crate::profile::Mode;
use crate::rule::RulePack;
use crate::source::{Source, Span};
use crate::thread::{Author, Body, Comment, CommentId, Origin, Text, Thread};

/// What came of the cases of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CasesOutcome {
    /// Comments with an expectation.
    pub cases: usize,
    /// `file:line: …` for each that is not met.
    pub failures: Vec<String>,
}

struct Expected {
    line: usize,
    /// A stance or an answer.
    label: String,
    rule: Option<String>,
}

/// Labels the threads of a Markdown file with the pack's invented allegation and compares.
///
/// # Errors
/// [`Error::Data`] for a line that is no comment of the form `- name: words -> stance [by rule]`.
pub fn run_cases(pack: &RulePack, source: &Source) -> Result<CasesOutcome> {
    let mut example = pack.example.clone();
    if source.lines().any(|l| l.text == "mode: rumour") {
        example.mode = Mode::Rumour;
    }
    let labeller = Labeller::new(pack, &example)?;
    let mut outcome = CasesOutcome::default();
    let mut thread: Vec<(Comment, Expected, usize)> = Vec::new();
    for line in source.lines() {
        let words = line.text.trim_start();
        if words.starts_with("- ") {
            let indent = line.text.len() - words.len();
            let (comment, expected) = case(source, line.span, words)?;
            let parent = thread.iter().rposition(|(_, _, above)| *above < indent);
            let comment = Comment { parent: parent.map(|p| CommentId(p as u32)), ..comment };
            thread.push((comment, expected, indent));
        } else if words.starts_with('#') {
            judge(&labeller, source, std::mem::take(&mut thread), &mut outcome);
        }
    }
    judge(&labeller, source, thread, &mut outcome);
    Ok(outcome)
}

fn case(source: &Source, span: Span, line: &str) -> Result<(Comment, Expected)> {
    let help = "a case is `- name: words -> support|deny|query|comment|agree|disagree|neutral [by rule.id]`";
    let mistake = |message: &str| Error::data(source, span.start, message, help);
    let (said, wanted) = line.rsplit_once("->").ok_or_else(|| mistake("no `->` in this line"))?;
    let (name, words) = said[2..].split_once(':').ok_or_else(|| mistake("no `:` after the name"))?;
    let mut wanted = wanted.split_whitespace();
    let label = wanted.next().unwrap_or_default();
    if !Stance::ALL.iter().any(|s| s.as_str() == label) && !ANSWERS.contains(&label) {
        return Err(mistake(&format!("`{label}` is no stance and no answer")));
    }
    let rule = wanted.find(|w| *w != "by").map(str::to_owned);
    let mut comment = Comment::new(Body::Written(Text::new(words.trim().replace("\\n", "\n"), 0)));
    comment.author = Some(Author { name: name.trim().to_owned(), ..Author::default() });
    Ok((comment, Expected { line: source.line_column(span.start).0, label: label.to_owned(), rule }))
}

fn judge(
    labeller: &Labeller<'_>,
    source: &Source,
    lines: Vec<(Comment, Expected, usize)>,
    outcome: &mut CasesOutcome,
) {
    let (comments, expected): (Vec<Comment>, Vec<Expected>) =
        lines.into_iter().map(|(c, e, _)| (c, e)).unzip();
    let thread = Thread::new("case", Origin::default(), comments);
    let labelled = labeller.label(&thread);
    for ((id, _), expected) in thread.comments().zip(&expected) {
        outcome.cases += 1;
        if let Some(message) = labelled.label(id).and_then(|l| unmet(l, expected)) {
            outcome.failures.push(format!("{}:{}: {message}", source.name(), expected.line));
        }
    }
}

const ANSWERS: [&str; 3] = ["agree", "disagree", "neutral"];

fn unmet(label: &Label, expected: &Expected) -> Option<String> {
    let answers = ANSWERS.contains(&expected.label.as_str());
    let (found, rules): (&str, Vec<&str>) = if answers {
        let signs = label.answer.iter().flat_map(|a| &a.signs);
        (label.answer_name(), signs.map(|s| &*s.rule).collect())
    } else {
        (label.stance.as_str(), label.evidence.iter().map(|e| &*e.rule).collect())
    };
    let named = expected.rule.as_deref().is_none_or(|rule| rules.contains(&rule));
    if found == expected.label && named {
        return None;
    }
    let by = expected.rule.as_ref().map_or(String::new(), |r| format!(" by {r}"));
    Some(format!("expected {}{by}, got {found} by {}", expected.label, rules.join(", ")))
}
