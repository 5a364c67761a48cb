//! The catalogue of rules as Markdown, made from the pack.

use super::pack::{Family, Rule, RulePack, WordList, Wording};
use super::setting::{Negation, Question, Scope, Status};
use crate::kind::{Aspect, Effect};

/// `docs/rules.md`: every family, rule, cue and list with its reason and examples.
pub fn docs(pack: &RulePack) -> String {
    let mut out = format!("# The rules of pack `{}` {}\n\n{INTRODUCTION}\n", pack.id, pack.version);
    for (i, family) in pack.families.iter().enumerate() {
        family_section(&mut out, pack, i, family);
    }
    cues(&mut out, pack);
    lists(&mut out, pack);
    out += "\n## Aspects\n\n";
    Aspect::ALL.iter().for_each(|a| out += &format!("- `{a}`: {}\n", a.meaning()));
    out
}

const INTRODUCTION: &str = "\
Made by `threadstance rules docs`; a test keeps it current. Effects are log-odds that a find adds toward each stance;
`comment` is the reference. « » enclose the words that a rule finds.

| form of a pattern | matches |
|---|---|
| `word` | the word in any case; `isn't` is `is not`, `low-rent` is `low rent` |
| `\"exact Form\"` | words with these capitals |
| `~word` | the word with its inflections |
| `@list` | an entry of a list below, or of a role of the profile: `@accuser`, `@accused`, `@defender`, `@deed`, `@deed_verb`, `@claim` |
| `@number` | figures |
| `(a \\| b c)` | one of these |
| `[optional]` | this or nothing |
| `..3` | up to three tokens |
| `!(…)` | nothing, if this does not follow; first in a pattern: does not precede |
| `^` `$` | nothing, at the beginning or end of the scope |
| `, ; : ? .` | the mark itself |
";

fn family_section(out: &mut String, pack: &RulePack, index: usize, family: &Family) {
    *out += &format!("\n## {}\n\n{}\n", family.id, family.about);
    if family.hedged {
        *out +=
            "Hedges, conditions, attribution, contrast, concession and others' views change their weight.\n";
    }
    if family.anchored {
        *out += "In long comments they weigh less in a sentence that names no role.\n";
    }
    if let Some(side) = family.pronouns {
        *out += &format!(
            "A pronoun stands for the {}; they weigh less if it stands for the other party.\n",
            side.name()
        );
    }
    for (rule, wording) in pack.worded_rules().filter(|(r, _)| r.family == index) {
        *out += &rule_section(rule, wording);
    }
}

/// The catalogue entry of one rule.
pub fn rule_section(rule: &Rule, wording: &Wording) -> String {
    let mut out = format!("\n### `{}`\n\n{}\n\n", rule.id, wording.reason);
    let mut facts = vec![format!("since {}", wording.since), effect(&rule.effect)];
    if rule.status != Status::Stable {
        facts.push(format!("status {:?}", rule.status).to_lowercase());
    }
    facts.extend(rule.aspect.map(|a| format!("aspect `{a}`")));
    facts.extend(facts_of(rule));
    out += &format!("- {}\n", facts.join("; "));
    match (rule.mechanism, wording.patterns.written().is_empty()) {
        (Some(mechanism), _) => out += &format!("- looks at: `{mechanism:?}`\n"),
        (None, _) => {
            out += &format!(
                "- pattern: `` {} ``\n",
                wording.patterns.written().split_whitespace().collect::<Vec<_>>().join(" ")
            )
        }
    }
    let kinds = [
        ("matches", &wording.matches),
        ("ignores", &wording.ignores),
        ("misses (known)", &wording.todo_matches),
        ("false alarms (known)", &wording.todo_ignores),
    ];
    for (kind, examples) in kinds.iter().filter(|k| !k.1.is_empty()) {
        let shown: Vec<String> = examples.iter().map(|e| format!("“{}”", plain(e))).collect();
        out += &format!("- {kind}: {}\n", shown.join(" "));
    }
    out
}

/// The list of known misses and false alarms, one line each, for `SHORTCOMINGS.md`.
pub fn known_misses(pack: &RulePack) -> String {
    let mut out = String::new();
    for (rule, wording) in pack.worded_rules() {
        wording.todo_matches.iter().for_each(|e| out += &format!("- `{}` misses “{}”\n", rule.id, plain(e)));
        wording
            .todo_ignores
            .iter()
            .for_each(|e| out += &format!("- `{}` fires on “{}”\n", rule.id, plain(e)));
    }
    out
}

fn facts_of(rule: &Rule) -> Vec<String> {
    let mut facts = Vec::new();
    let mut add = |holds: bool, fact: &str| {
        if holds {
            facts.push(fact.to_owned());
        }
    };
    add(rule.scope == Scope::Clause, "within a clause");
    add(rule.scope == Scope::Opening, "in the first sentence");
    add(rule.negation == Negation::Flip, "negation turns it");
    add(rule.negation == Negation::Kill, "negation voids it");
    add(rule.question == Question::Soften, "a question softens it");
    add(rule.question == Question::Kill, "a question voids it");
    add(rule.target.is_some(), "belongs to the nearest role");
    add(rule.presupposes, "attribution takes it back");
    add(rule.literal, "never ironic");
    if rule.sarcasm > 0.0 {
        facts.push(format!("sarcasm {}", rule.sarcasm));
    }
    if rule.tone != 0.0 {
        facts.push(format!("tone {:+}", rule.tone));
    }
    let answers = [("agree", rule.answer.agree), ("disagree", rule.answer.disagree)];
    for (name, weight) in answers.iter().filter(|a| a.1 != 0.0) {
        facts.push(format!("{name} {weight:+}"));
    }
    if !rule.overrides.is_empty() {
        facts.push(format!("overrides {}", rule.overrides.join(", ")));
    }
    facts
}

fn effect(effect: &Effect) -> String {
    let parts = [("support", effect.support), ("deny", effect.deny), ("query", effect.query)];
    let shown: Vec<String> = parts.iter().filter(|p| p.1 != 0.0).map(|(n, v)| format!("{n} {v:+}")).collect();
    if shown.is_empty() { "no vote".to_owned() } else { shown.join(", ") }
}

fn cues(out: &mut String, pack: &RulePack) {
    *out += "\n## Cues\n\nCues never vote; they change what rules do, or tell whose words are read.\n\n";
    for (cue, wording) in pack.worded_cues() {
        let matches: Vec<String> = wording.matches.iter().map(|e| format!("“{}”", plain(e))).collect();
        *out += &format!("- `{:?}`: {} {}\n", cue.kind, wording.reason, matches.join(" "));
    }
}

fn lists(out: &mut String, pack: &RulePack) {
    *out += "\n## Lists\n\n";
    for (name, WordList { written, reason, source, .. }) in pack.lists.iter() {
        let source = source.as_ref().map_or(String::new(), |s| format!(" ({s})"));
        *out += &format!("- `@{name}`: {reason}{source} {} entries: {}\n", written.len(), written.join(", "));
    }
}

fn plain(example: &str) -> String {
    example.replace('\n', " ⏎ ")
}
