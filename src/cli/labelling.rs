//! The choice of rules and profile, shared by the commands that label.

use crate::cli::console::Console;
use crate::cli::io::{Loaded, Page};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::Result;
use crate::label::{Labelled, Labeller};
use crate::profile::Profile;
use crate::report::{About, ArticleVoice, Pack, PageOptions, article_voice};
use crate::rule::{Rule, RulePack};
use crate::voice::Reader;
use indicatif::ProgressBar;
use std::path::PathBuf;

/// Options of the commands that label.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Labelling {
    /// Allegation profile: the id of a shipped one or a file; without it that of outlets.toml
    #[arg(long, value_name = "ID|PATH")]
    pub profile: Option<String>,
    /// Folder with a rule pack in place of the shipped one
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Run only rules whose id begins so, as `role` or `question.mark`
    #[arg(long, value_name = "PREFIX")]
    pub only: Vec<String>,
    /// Leave out rules whose id begins so
    #[arg(long, value_name = "PREFIX")]
    pub skip: Vec<String>,
}

/// What a run labels with.
#[derive(Debug)]
pub struct Setup {
    pack: RulePack,
    profile: Option<Profile>,
    only: Vec<String>,
    skip: Vec<String>,
}

impl Labelling {
    /// Loads the pack and the profile; notes if no profile is given.
    ///
    /// # Errors
    /// Those of [`RulePack::read`] and [`Profile::find`].
    pub fn setup(&self, loaded: &Loaded, console: &mut Console) -> Result<Setup> {
        let pack = match &self.rules {
            Some(folder) => RulePack::read(folder)?,
            None => RulePack::builtin()?.clone(),
        };
        let name = self.profile.as_ref().or(loaded.default_profile.as_ref());
        let profile = name.map(|n| Profile::find(n)).transpose()?;
        if profile.is_none() {
            console.report(None, &[no_profile()]);
        }
        Ok(Setup { pack, profile, only: self.only.clone(), skip: self.skip.clone() })
    }
}

impl Setup {
    /// The labeller.
    ///
    /// # Errors
    /// Those of [`Labeller::new`].
    pub fn labeller(&self) -> Result<Labeller<'_>> {
        let empty = Profile::default();
        let begins =
            |rule: &Rule, prefixes: &[String]| prefixes.iter().any(|p| rule.id.starts_with(p.as_str()));
        let runs =
            |rule: &Rule| (self.only.is_empty() || begins(rule, &self.only)) && !begins(rule, &self.skip);
        Labeller::with_rules(&self.pack, self.profile.as_ref().unwrap_or(&empty), runs)
    }

    /// Whose side the articles of the pages carry.
    ///
    /// # Errors
    /// Those of [`Reader::new`].
    pub fn articles(&self, pages: &[Page], confidence: f64) -> Result<Vec<ArticleVoice>> {
        let empty = Profile::default();
        let reader = Reader::new(&self.pack, self.profile.as_ref().unwrap_or(&empty))?;
        let of = |page: &Page| {
            let origin = &page.parsed.threads.first()?.origin;
            Some(article_voice(&reader, &page.source, page.parsed.article.as_ref()?, origin, confidence))
        };
        Ok(pages.iter().filter_map(of).collect())
    }

    /// What a page tells of the rules and the allegation.
    ///
    /// # Errors
    /// Those of [`crate::voice::rules`].
    pub fn page(&self) -> Result<PageOptions> {
        let labels = self.pack.rules.iter().map(|r| (r.id.clone(), r.reason.clone()));
        let voices = crate::voice::rules()?.into_iter().map(|r| (r.id, r.reason));
        let claim = self.profile.as_ref().map(|p| p.claim.clone());
        Ok(PageOptions { claim, reasons: labels.chain(voices).collect(), ..PageOptions::default() })
    }

    /// The pack.
    pub fn pack(&self) -> &RulePack {
        &self.pack
    }

    /// What a report says of the run.
    pub fn about(&self, duplicates: u64) -> About {
        let pack = Pack { id: self.pack.id.clone(), version: self.pack.version.clone() };
        let profile = self.profile.as_ref().map(|p| p.id.clone());
        About { pack, profile, duplicates, outlets: Vec::new() }
    }
}

/// Comments from which labelling takes long enough to show how far it is.
const LONG: u64 = 5000;

/// Labels every thread of the pages, in order.
pub fn label_all<'t>(labeller: &Labeller<'_>, pages: &'t [Page]) -> Vec<Labelled<'t>> {
    let threads = || pages.iter().flat_map(|p| &p.parsed.threads);
    let comments = threads().map(|t| t.len() as u64).sum();
    // Drawn on standard error, and only if that is a terminal.
    let bar = if comments < LONG { ProgressBar::hidden() } else { ProgressBar::new(comments) };
    let labelled = threads().map(|t| {
        let labelled = labeller.label(t);
        bar.inc(t.len() as u64);
        labelled
    });
    let labelled = labelled.collect();
    bar.finish_and_clear();
    labelled
}

fn no_profile() -> Diagnostic {
    let message = "no profile: only the generic rules run, which costs accuracy".to_owned();
    let help = "give --profile, or name one in outlets.toml; `threadstance profile new` writes a template";
    Diagnostic::whole("-", Code::NoProfile, Severity::Note, message, help)
}
