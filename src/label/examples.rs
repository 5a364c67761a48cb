//! Runs the examples of rules and cues.

use super::labeller::Labeller;
use crate::error::Result;
use crate::profile::Mode;
use crate::rule::{Connotation, ConnotationExample, Cue, Rule, RulePack, Status, Wording};
use crate::source::Span;

/// An example that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFailure {
    /// File and line of the rule or cue.
    pub place: (String, usize),
    /// Rule or cue.
    pub subject: String,
    /// The example as written.
    pub example: String,
    /// What happened instead.
    pub message: String,
}

/// Runs every example of a pack with its own invented allegation.
///
/// # Errors
/// Those of compiling the pack.
pub fn run_examples(pack: &RulePack) -> Result<Vec<ExampleFailure>> {
    let labeller = Labeller::new(pack, &pack.example)?;
    let mut example = pack.example.clone();
    example.mode = Mode::Rumour;
    let rumour = Labeller::new(pack, &example)?;
    let of = |r: &Rule| if pack.families[r.family].mode == Some(Mode::Rumour) { &rumour } else { &labeller };
    let live = pack.worded_rules().filter(|(r, _)| r.status != Status::Retired);
    let rules = live.flat_map(|(r, w)| rule_failures(of(r), r, w));
    let cues = pack.worded_cues().flat_map(|(c, w)| cue_failures(&labeller, c, w));
    let connotations = pack.connotations.iter().zip(pack.connotation_examples.iter());
    let connotations = connotations.filter_map(|(c, e)| connotation_failure(&labeller, c, e));
    Ok(rules.chain(cues).chain(connotations).collect())
}

/// The example of an entry must lean to its side by the entry's own words.
fn connotation_failure(
    labeller: &Labeller<'_>,
    entry: &Connotation,
    example: &ConnotationExample,
) -> Option<ExampleFailure> {
    let lean = labeller.lean_of(&entry.entry, &example.text);
    let message = match (lean, example.supports) {
        (0.0, _) => "finds no party for the word",
        (lean, true) if lean < 0.0 => "leans to deny",
        (lean, false) if lean > 0.0 => "leans to support",
        _ => return None,
    };
    Some(ExampleFailure {
        place: example.place.clone(),
        subject: format!("`{}`", entry.entry),
        example: example.text.clone(),
        message: message.to_owned(),
    })
}

/// An example without its « », and where they stood.
fn unmarked(example: &str) -> (String, Option<Span>) {
    let text = example.replace(['«', '»'], "");
    let span = example.find('«').zip(example.find('»')).map(|(open, close)| {
        let start = open as u32;
        Span::new(start, start + (close - open - '«'.len_utf8()) as u32)
    });
    (text, span)
}

fn rule_failures(labeller: &Labeller<'_>, rule: &Rule, wording: &Wording) -> Vec<ExampleFailure> {
    let say = |example: &str, message: String| ExampleFailure {
        place: wording.place.clone(),
        subject: rule.id.clone(),
        example: example.to_owned(),
        message,
    };
    let fires = |e: &String| fires(labeller, rule, e);
    let missed = wording.matches.iter().filter_map(|e| Some(say(e, fires(e).err()?)));
    let alarms = wording
        .ignores
        .iter()
        .filter(|e| fires_at_all(labeller, rule, e))
        .map(|e| say(e, "fires".to_owned()));
    let promote = |e: &String| say(e, "now holds; move it out of todo_".to_owned());
    let found = wording.todo_matches.iter().filter(|e| fires(e).is_ok()).map(promote);
    let silent = wording.todo_ignores.iter().filter(|e| !fires_at_all(labeller, rule, e)).map(promote);
    missed.chain(alarms).chain(found).chain(silent).collect()
}

/// Fires straight, on exactly the marked words.
fn fires(labeller: &Labeller<'_>, rule: &Rule, example: &str) -> std::result::Result<(), String> {
    let (text, wanted) = unmarked(example);
    let own: Vec<(Span, bool)> = firings(labeller, rule, &text);
    let straight: Vec<Span> = own.iter().filter(|f| !f.1).map(|f| f.0).collect();
    match (straight.is_empty(), wanted) {
        (true, _) if !own.is_empty() => Err("fires, but is turned around".to_owned()),
        (true, _) => Err("does not fire".to_owned()),
        (false, Some(span)) if !straight.contains(&span) => {
            let slice = |s: &Span| text.get(s.start as usize..s.end as usize).unwrap_or_default().to_owned();
            Err(format!("fires on «{}»", straight.iter().map(slice).collect::<Vec<_>>().join("», «")))
        }
        _ => Ok(()),
    }
}

fn fires_at_all(labeller: &Labeller<'_>, rule: &Rule, example: &str) -> bool {
    firings(labeller, rule, &unmarked(example).0).iter().any(|f| !f.1)
}

fn firings(labeller: &Labeller<'_>, rule: &Rule, text: &str) -> Vec<(Span, bool)> {
    labeller.fired(text).into_iter().filter(|f| f.0 == rule.id).map(|f| (f.1, f.2)).collect()
}

fn cue_failures(labeller: &Labeller<'_>, cue: &Cue, wording: &Wording) -> Vec<ExampleFailure> {
    let say = |example: &String, message: &str| ExampleFailure {
        place: wording.place.clone(),
        subject: format!("cue {:?}", cue.kind),
        example: example.clone(),
        message: message.to_owned(),
    };
    let found = |e: &String| labeller.cues(e).contains(&cue.kind);
    let missed = wording.matches.iter().filter(|e| !found(e)).map(|e| say(e, "is not found"));
    let alarms = wording.ignores.iter().filter(|e| found(e)).map(|e| say(e, "is found"));
    missed.chain(alarms).collect()
}
