//! The summary: everything the writers need, as plain data.

use super::chart::Figure;
use super::gather::Gathered;
use super::statistics::{Clustered, Statistics, TimeSummary};
use super::voices::ArticleVoice;
use crate::label::{Aspect, Labelled, Sentiment, Stance};
use crate::stats::{Calibration, Distribution};
use serde::Serialize;

/// Below this many labelled comments a share says little; figures draw such bars hollow.
pub const SMALL_N: u64 = 30;

/// Levels told apart in [`Summary::depths`]; deeper replies are pooled with the last.
pub const LEVELS: usize = 6;

/// What the labelled threads do not tell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub struct About {
    /// The rule pack that labelled.
    pub pack: Pack,
    /// Id of the allegation profile; `None` where only the generic rules ran.
    pub profile: Option<String>,
    /// Duplicate comments that were merged while reading.
    pub duplicates: u64,
    /// Outlets to show even if no thread is theirs, with n = 0.
    pub outlets: Vec<String>,
}

/// A rule pack by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, schemars::JsonSchema)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// Counts, shares and examples over labelled threads. Shares and confidences are in [0, 1] with four decimals.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Summary {
    /// What was read and how it was labelled.
    pub header: Header,
    /// Stances over all comments.
    pub stance: Distribution<Stance>,
    /// Stances without the unsure labels.
    pub sure: Distribution<Stance>,
    /// Sentiments over all comments.
    pub sentiment: Distribution<Sentiment>,
    /// Intervals of the stances over all comments that take threads or authors as one draw; `None` where there are
    /// fewer than ten of them or each has one comment.
    pub clustered: Option<Clustered>,
    /// One row an outlet, the most comments first, then by name; outlets without comments come last.
    pub outlets: Vec<OutletSummary>,
    /// One row a level of replies, from 1, without levels below the deepest.
    pub depths: Vec<DepthSummary>,
    /// One row a step of time since the first comment of a thread; empty where the input tells no times apart.
    pub times: Vec<TimeSummary>,
    /// Comparisons and associations.
    pub statistics: Statistics,
    /// Whose side each article carries, in the order of the input; see [`Summary::with_articles`].
    pub articles: Vec<ArticleVoice>,
    /// Confidence against accuracy; `None` without gold, see [`Summary::with_calibration`].
    pub calibration: Option<Calibration>,
    /// Figures that the data do not carry.
    pub left_out: Vec<LeftOut>,
    /// Inputs that were not read, or not to their end; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refused>,
    /// One block a thread, in the order of the input.
    pub threads: Vec<ThreadSummary>,
}

/// What was read and how it was labelled.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Header {
    /// Name of this program.
    pub program: &'static str,
    /// Version of this program.
    pub version: &'static str,
    /// The rule pack that labelled.
    pub pack: Pack,
    /// Id of the profile; `None` where only the generic rules ran, which costs accuracy.
    pub profile: Option<String>,
    /// Files.
    pub pages: u64,
    /// Threads.
    pub threads: u64,
    /// Threads with labelled comments.
    pub commented: u64,
    /// How many of each kind.
    #[serde(flatten)]
    pub counts: CommentCounts,
    /// Duplicate comments that were merged while reading.
    pub duplicates: u64,
    /// Two-sided confidence of the intervals, as 0.95.
    pub confidence: f64,
    /// How the intervals were made.
    pub interval: &'static str,
}

/// Comments of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct CommentCounts {
    /// On the page.
    pub comments: u64,
    /// With a label.
    pub labelled: u64,
    /// On the page without their words.
    pub removed: u64,
    /// Not on the page; a reply shows that they were.
    pub gaps: u64,
    /// With a label that is unsure.
    pub unsure: u64,
    /// `unsure` of `labelled`; `None` without any.
    pub unsure_share: Option<f64>,
}

/// The comments of one outlet.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct OutletSummary {
    /// Its name, or the file name where the outlet is not known.
    pub outlet: String,
    /// Its threads.
    pub threads: u64,
    /// Its labelled comments.
    pub n: u64,
    /// Stances.
    pub stance: Distribution<Stance>,
    /// Stances without the unsure labels.
    pub sure: Distribution<Stance>,
    /// Sentiments.
    pub sentiment: Distribution<Sentiment>,
    /// As in [`Summary::clustered`].
    pub clustered: Option<Clustered>,
    /// Comments that show each aspect, the most frequent first, then by name.
    pub aspects: Vec<AspectCount>,
}

/// How many comments show an aspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct AspectCount {
    /// The aspect.
    pub aspect: Aspect,
    /// Labelled comments that show it.
    pub count: u64,
}

/// The comments of one level of replies.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct DepthSummary {
    /// `1` for comments that reply to none, up to `6+`.
    pub depth: String,
    /// Labelled comments.
    pub n: u64,
    /// Stances.
    pub stance: Distribution<Stance>,
    /// Stances without the unsure labels.
    pub sure: Distribution<Stance>,
}

/// One thread.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ThreadSummary {
    /// The input.
    pub file: String,
    /// The thread's id.
    pub thread_id: String,
    /// As in [`OutletSummary::outlet`].
    pub outlet: String,
    /// Title of the article or post.
    pub title: Option<String>,
    /// Date of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// How many of each kind.
    #[serde(flatten)]
    pub counts: CommentCounts,
    /// Distinct names of authors.
    pub authors: u64,
    /// Levels of replies: 1 for a flat thread, 0 for an empty one.
    pub levels: u64,
    /// Stances.
    pub stance: Distribution<Stance>,
    /// Stances without the unsure labels.
    pub sure: Distribution<Stance>,
    /// Sentiments.
    pub sentiment: Distribution<Sentiment>,
    /// The supporting comment with the most votes; the first on the page among equals.
    pub top_support: Option<Highlight>,
    /// The denying comment with the most votes; the first on the page among equals.
    pub top_deny: Option<Highlight>,
    /// Up to three comments with the greatest weight of evidence, the greatest first, then in page order.
    pub weightiest: Vec<Highlight>,
}

/// One comment worth showing.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Highlight {
    /// Outline number.
    pub path: String,
    /// As in a [`super::Record`].
    pub id: String,
    /// `name` or `name@instance`.
    pub author: Option<String>,
    /// The platform's votes.
    pub score: Option<i64>,
    /// Its stance.
    pub stance: Stance,
    /// Calibrated probability of the stance.
    pub confidence: f64,
    /// Sum of the absolute log-odds of its evidence.
    pub weight: f64,
    /// The words on one line, at most 140 characters.
    pub text: String,
    /// The weightiest evidence, at most three pieces.
    pub quotes: Vec<Quote>,
}

/// Words that fired a rule.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Quote {
    /// Id of the rule.
    pub rule: String,
    /// The words on one line, at most 80 characters.
    pub quote: String,
}

/// A figure that the data do not carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct LeftOut {
    /// The figure.
    pub figure: Figure,
    /// Why.
    pub reason: &'static str,
}

/// An input that was not read, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Refused {
    /// Its name, relative to the given folder or as given; of several folders with the folder.
    pub file: String,
    /// Why.
    pub reason: String,
}

impl Summary {
    pub(super) fn find_left_out(&self) -> Vec<LeftOut> {
        let lack = |figure: &Figure| Some(LeftOut { figure: *figure, reason: figure.lack(self)? });
        Figure::ALL.iter().filter_map(lack).collect()
    }
}

/// Counts labelled threads. Equal input in equal order gives an equal summary. `confidence` is that of the
/// [Wilson](crate::stats::Wilson) intervals, as 0.95.
pub fn summarize<'t>(
    labelled: impl IntoIterator<Item = &'t Labelled<'t>>,
    about: &About,
    confidence: f64,
) -> Summary {
    let mut gathered = Gathered::new(about.clone(), confidence);
    labelled.into_iter().for_each(|thread| gathered.add(thread));
    gathered.finish()
}
