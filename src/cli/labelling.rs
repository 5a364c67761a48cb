//! The choice of rules and profile, shared by the commands that label.

use crate::cli::console::Console;
use crate::cli::io::{Loaded, Page};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::label::{Labelled, Labeller};
use crate::profile::Profile;
use crate::report::{About, ArticleVoice, Pack, PageOptions, article_voice};
use crate::rule::{Rule, RulePack, Weights};
use crate::thread::Thread;
use crate::voice::Reader;
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Options of the commands that label.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Labelling {
    /// Allegation profile: the id of a shipped one or a file; without it that of outlets.toml
    #[arg(long, value_name = "ID|PATH")]
    pub profile: Option<String>,
    /// Folder with a rule pack in place of the shipped one
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Fitted weights: a file of `fit`, or the name of shipped ones: rumour
    #[arg(long, value_name = "FILE")]
    pub weights: Option<String>,
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
    pack: Cow<'static, RulePack>,
    profile: Option<Profile>,
    weights: Option<Weights>,
    only: Vec<String>,
    skip: Vec<String>,
}

impl Labelling {
    /// Sees to it that what is named exists, before the inputs are read.
    ///
    /// # Errors
    /// As [`Labelling::setup`].
    pub fn check(&self) -> Result<()> {
        self.quiet_setup().map(drop)
    }

    /// Loads the pack and the profile; notes if no profile is given.
    ///
    /// # Errors
    /// Those of [`RulePack::read`] and [`Profile::find`].
    pub fn setup(&self, loaded: &Loaded, console: &mut Console) -> Result<Setup> {
        if loaded.outlets_broken && self.profile.is_none() {
            let help = "mend outlets.toml, or give --profile".to_owned();
            return Err(Error::Unknown { what: "profile", name: "of outlets.toml".to_owned(), help });
        }
        let setup = self.quiet_setup_with(loaded.default_profile.as_ref())?;
        if setup.profile.is_none() {
            console.report(None, &[no_profile()]);
        }
        Ok(setup)
    }

    /// As [`Labelling::setup`] for inputs that bring their own profiles.
    ///
    /// # Errors
    /// As there.
    pub fn quiet_setup(&self) -> Result<Setup> {
        self.quiet_setup_with(None)
    }

    fn quiet_setup_with(&self, default_profile: Option<&String>) -> Result<Setup> {
        let pack = match &self.rules {
            Some(folder) => Cow::Owned(RulePack::read(folder)?),
            None => Cow::Borrowed(RulePack::builtin()?),
        };
        let name = self.profile.as_ref().or(default_profile);
        let profile = name.map(|n| Profile::find(n)).transpose()?;
        for prefix in self.only.iter().chain(&self.skip) {
            if !pack.rules.iter().any(|r| r.id.starts_with(prefix.as_str())) {
                let help = "`threadstance rules list` shows all".to_owned();
                return Err(Error::Unknown { what: "rule", name: prefix.clone(), help });
            }
        }
        let weights = self.weights.as_ref().map(|w| weights(w)).transpose()?;
        Ok(Setup { pack, profile, weights, only: self.only.clone(), skip: self.skip.clone() })
    }
}

fn weights(name: &str) -> Result<Weights> {
    Weights::find(name).map_err(|error| match error {
        Error::Io { .. } if !Path::new(name).exists() => {
            let help = "give a file that `threadstance fit` wrote, or one of: rumour".to_owned();
            Error::Unknown { what: "weights", name: name.to_owned(), help }
        }
        error => error,
    })
}

impl Setup {
    /// The labeller.
    ///
    /// # Errors
    /// Those of [`Labeller::new`].
    pub fn labeller(&self) -> Result<Labeller<'_>> {
        self.labeller_for(None)
    }

    /// The labeller for an input's own profile, else for that of the run.
    ///
    /// # Errors
    /// Those of [`Labeller::new`].
    pub fn labeller_for(&self, own: Option<&Profile>) -> Result<Labeller<'_>> {
        let empty = Profile::default();
        let begins =
            |rule: &Rule, prefixes: &[String]| prefixes.iter().any(|p| rule.id.starts_with(p.as_str()));
        let runs =
            |rule: &Rule| (self.only.is_empty() || begins(rule, &self.only)) && !begins(rule, &self.skip);
        let labeller =
            Labeller::with_rules(&self.pack, own.or(self.profile.as_ref()).unwrap_or(&empty), runs)?;
        Ok(match &self.weights {
            Some(weights) => labeller.weighed_by(weights),
            None => labeller,
        })
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
        let labels = self.pack.worded_rules().map(|(r, w)| (r.id.clone(), w.reason.clone()));
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
    let threads: Vec<&Thread> = pages.iter().flat_map(|p| &p.parsed.threads).collect();
    let comments = threads.iter().map(|t| t.len() as u64).sum();
    let bar = progress(comments);
    let one = |thread: &&'t Thread| {
        let labelled = labeller.label(thread);
        bar.inc(thread.len() as u64);
        labelled
    };
    let labelled = if comments < LONG {
        threads.iter().map(one).collect()
    } else {
        threads.par_iter().map(one).collect()
    };
    bar.finish_and_clear();
    labelled
}

/// Drawn on standard error, and only if that is a terminal and the work takes long enough.
pub fn progress(comments: u64) -> ProgressBar {
    if comments < LONG { ProgressBar::hidden() } else { ProgressBar::new(comments) }
}

fn no_profile() -> Diagnostic {
    let message = "no profile: only the generic rules run, which costs accuracy".to_owned();
    let help = "give --profile, or name one in outlets.toml; `threadstance profile new` writes a template";
    Diagnostic::whole("profile", Code::NoProfile, Severity::Note, message, help)
}
