//! `profile`: allegation profiles.

use crate::cli::console::{Console, to_stdout};
use crate::cli::io::{Loaded, Page, Reading, load};
use crate::error::{Error, Result};
use crate::profile::{Profile, TEMPLATE};
use crate::profile_check::{ProfileCheck, check_profile};
use crate::rule::RulePack;
use crate::visible::visible;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Begins an allegation profile, or checks one against the pages it is meant for.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Write a commented template
    New {
        /// Write to a file instead of standard output; one that is there is kept
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Which words occur, which names are in no role, which lists are empty; exit 1 if there are warnings
    Check {
        /// Id of a shipped profile or a file
        profile: String,
        /// Files, folders, or - for NDJSON on standard input
        #[arg(required = true)]
        input: Vec<String>,
        #[command(flatten)]
        reading: Reading,
        /// Folder with a rule pack in place of the shipped one, for its inflections
        #[arg(long, value_name = "DIR")]
        rules: Option<PathBuf>,
    },
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let mut console = Console::new();
    let held = match &args.action {
        Action::New { out } => begun(out.as_deref(), &mut console).map(|()| true),
        Action::Check { profile, input, reading, rules } => {
            checked(profile, &load(input, reading, &mut console), rules.as_deref(), &mut console)
        }
    };
    let held = held.unwrap_or_else(|error| {
        console.fail(&error);
        true
    });
    console.end(held)
}

fn begun(out: Option<&Path>, console: &mut Console) -> Result<()> {
    let Some(path) = out else {
        let _ = to_stdout(console, |out| out.write_all(TEMPLATE.as_bytes()));
        return Ok(());
    };
    let create = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    create
        .and_then(|mut file| std::io::Write::write_all(&mut file, TEMPLATE.as_bytes()))
        .map_err(|e| Error::io(path, e))
}

fn checked(name: &str, loaded: &Loaded, rules: Option<&Path>, console: &mut Console) -> Result<bool> {
    let source = Profile::source(name)?;
    let profile = Profile::draft(&source)?;
    let pack = rules.map(RulePack::read).transpose()?;
    let inflector = match &pack {
        Some(pack) => &pack.inflector,
        None => &RulePack::builtin()?.inflector,
    };
    let found = check_profile(&profile, &source, inflector, &texts(loaded));
    console.report(Some(&source), &found.findings);
    let table = table(&found);
    let _ = to_stdout(console, |out| out.write_all(table.as_bytes()));
    Ok(found.holds())
}

/// The words of the articles and of the comments.
fn texts(loaded: &Loaded) -> Vec<&str> {
    loaded.pages.iter().flat_map(page_texts).filter(|t| !t.trim().is_empty()).collect()
}

fn page_texts(page: &Page) -> Vec<&str> {
    let article = page.parsed.article.iter();
    let title = article.clone().filter_map(|a| Some(a.title.as_ref()?.text.as_str()));
    let body = article.flat_map(|a| a.body.iter().map(|span| page.source.text(*span)));
    let comments = page.parsed.threads.iter().flat_map(|t| t.comments()).map(|(_, c)| c);
    let words = comments.flat_map(|c| c.subject.as_deref().into_iter().chain(c.body.text().map(|t| t.raw())));
    title.chain(body).chain(words).collect()
}

/// One line a list: each word with its hits.
fn table(found: &ProfileCheck) -> String {
    let mut out = String::new();
    let mut role = "";
    for word in &found.words {
        out += &if word.role == role {
            ", ".to_owned()
        } else {
            format!("{}{:<12}", if role.is_empty() { "" } else { "\n" }, word.role)
        };
        out += &format!("{} {}", visible(&word.word), word.hits);
        role = word.role;
    }
    out + "\n"
}
