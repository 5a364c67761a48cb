//! `rules`: the rule pack.

use crate::cli::console::{Console, to_stdout};
use crate::error::{Error, Result};
use crate::label::{run_cases, run_examples};
use crate::rule::{Rule, RulePack, Wording, builtin, docs, lint};
use crate::source::Source;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Lists, explains, checks and documents the rules.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
    /// Folder with a rule pack in place of the shipped one
    #[arg(long, value_name = "DIR", global = true)]
    rules: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// One line a rule: id, effect, reason
    List,
    /// A rule with its pattern, reason and examples; a prefix shows a family
    Explain {
        /// Id or the beginning of one
        id: String,
    },
    /// Check the laws of the pack; exit 1 if one is broken
    Lint,
    /// Run the examples and the cases; exit 1 if one does not hold
    Test,
    /// Print the catalogue in Markdown
    Docs {
        /// Compare with this file instead; exit 1 if it differs
        #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "docs/rules.md")]
        check: Option<PathBuf>,
    },
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    let held = match acted(args, &mut console) {
        Ok(held) => held,
        Err(error) => {
            console.fail(&error);
            true
        }
    };
    console.end(held)
}

fn acted(args: &Args, console: &mut Console) -> Result<bool> {
    let pack = match &args.rules {
        Some(folder) if matches!(args.action, Action::Lint) => read_all(folder, console)?,
        Some(folder) => RulePack::read(folder)?,
        None => RulePack::builtin()?.clone(),
    };
    let (text, held) = match &args.action {
        Action::List => (list(&pack), true),
        Action::Explain { id } => (explain(&pack, id)?, true),
        Action::Lint => linted(&pack),
        Action::Test => tested(&pack, args.rules.as_deref())?,
        Action::Docs { check: None } => (docs(&pack), true),
        Action::Docs { check: Some(file) } => is_current(&pack, file)?,
    };
    let _ = to_stdout(console, |out| out.write_all(text.as_bytes()));
    Ok(held)
}

/// Reads a pack that may break laws; of one with mistakes in files each file's first is told.
fn read_all(folder: &Path, console: &mut Console) -> Result<RulePack> {
    let sources = RulePack::sources(folder)?;
    let pack = RulePack::unchecked(&sources);
    if let Err(first) = &pack {
        let alone = |source: Source| RulePack::unchecked(&[source]).err();
        let others = sources.into_iter().filter_map(alone).filter(|e| e.to_string() != first.to_string());
        others.for_each(|other| console.fail(&other));
    }
    pack
}

fn list(pack: &RulePack) -> String {
    let line = |(rule, wording): (&Rule, &Wording)| {
        let e = rule.effect;
        let effect = format!("S {:+.1}  D {:+.1}  Q {:+.1}", e.support, e.deny, e.query);
        format!("{:<32} {effect}  {}\n", rule.id, wording.reason)
    };
    pack.worded_rules().map(line).collect()
}

fn explain(pack: &RulePack, id: &str) -> Result<String> {
    let found = pack.worded_rules().filter(|(r, _)| r.id.starts_with(id));
    let found: String = found.map(|(r, w)| docs::rule_section(r, w)).collect();
    if found.is_empty() {
        let families: Vec<&str> = pack.families.iter().map(|f| f.id.as_str()).collect();
        let help = format!("the families are: {}; `threadstance rules list` shows all", families.join(", "));
        return Err(Error::Unknown { what: "rule", name: id.to_owned(), help });
    }
    Ok(found.trim_start().to_owned())
}

fn linted(pack: &RulePack) -> (String, bool) {
    let found = lint::lint(pack);
    let line = |b: &lint::Breach| format!("{}:{}: {}: {}\n", b.place.0, b.place.1, b.subject, b.message);
    let told: String = found.iter().map(line).collect();
    let (rules, lists, cues) = (pack.rules.len(), pack.lists.len(), pack.cues.len());
    (
        format!("{told}{rules} rules, {cues} cues, {lists} lists: {} laws broken\n", found.len()),
        found.is_empty(),
    )
}

fn tested(pack: &RulePack, folder: Option<&Path>) -> Result<(String, bool)> {
    let mut told = String::new();
    let failures = run_examples(pack)?;
    for f in &failures {
        told += &format!("{}:{}: {}: {}: {}\n", f.place.0, f.place.1, f.subject, f.example, f.message);
    }
    let mut cases = 0;
    let mut wrong = 0;
    for source in builtin::cases(folder)? {
        let outcome = run_cases(pack, &source)?;
        cases += outcome.cases;
        wrong += outcome.failures.len();
        outcome.failures.iter().for_each(|f| told += &format!("{f}\n"));
    }
    let examples: usize = pack.wordings().map(|w| w.matches.len() + w.ignores.len()).sum();
    told += &format!("{examples} examples: {} fail; {cases} cases: {wrong} fail\n", failures.len());
    Ok((told, failures.is_empty() && wrong == 0))
}

fn is_current(pack: &RulePack, file: &Path) -> Result<(String, bool)> {
    let there = std::fs::read_to_string(file).map_err(|e| Error::io(file, e))?;
    let current = there == docs(pack);
    let told = if current { "is current" } else { "is stale; write it anew with `threadstance rules docs`" };
    Ok((format!("{} {told}\n", file.display()), current))
}
