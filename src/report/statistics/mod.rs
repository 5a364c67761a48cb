//! Statistics over labelled comments: from counts to comparisons, and what may be said of them in words.

mod measure;
mod observe;
mod people;
mod say;
#[cfg(test)]
mod tests;
mod time;

pub(super) use measure::{clustered, measure};
pub(super) use observe::Observed;
pub(super) use say::p_value;

use crate::label::Stance;
use crate::stats::{Comparison, Distribution, Unit};
use serde::Serialize;

const STANCES: usize = Stance::ALL.len();

/// A place in a list in four bytes: there are fewer than four thousand million outlets, and authors.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Comparisons and associations over all labelled comments, with what they mean in words. `None` where the data carry
/// no such figure; [`Statistics::words`] then says why.
#[derive(Debug, Clone, PartialEq, Default, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Statistics {
    /// Outlets compared by stance.
    pub outlets: Option<OutletTest>,
    /// Stance against sentiment.
    pub stance_sentiment: Option<Comparison>,
    /// Stance against level of reply (1, 2, … 6+).
    pub stance_depth: Option<Comparison>,
    /// Stance against time since the first comment of the thread.
    pub stance_time: Option<Comparison>,
    /// How far few people make a stance: all comments, then each stance.
    pub authors: Vec<Concentration>,
    /// Stances weighted by votes; `None` where no comment shows votes.
    pub votes: Option<Votes>,
    /// Replies against what they answer; `None` without labelled pairs.
    pub replies: Option<Replies>,
    /// What may be said, one sentence or two each, in the order above.
    pub words: Vec<String>,
}

/// Outlets compared by stance.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct OutletTest {
    /// Over all outlets, comments taken as independent.
    pub test: Comparison,
    /// p if whole threads or authors are assigned to outlets at random; `None` for fewer than ten of them.
    pub p_clustered: Option<f64>,
    /// What was assigned.
    pub unit: Option<Unit>,
    /// Every two of the twelve outlets with the most comments.
    pub pairs: Vec<OutletPair>,
    /// Outlets with comments that were not compared in pairs.
    pub not_paired: u64,
}

/// Two outlets compared.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct OutletPair {
    /// The first outlet.
    pub first: String,
    /// The second outlet.
    pub second: String,
    /// Labelled comments of the first.
    pub n_first: u64,
    /// Labelled comments of the second.
    pub n_second: u64,
    /// The test over all four stances.
    pub test: Option<Comparison>,
    /// Its p after Holm; `None` where the pair is too small for any result.
    pub p_holm: Option<f64>,
    /// Share of support in the first less that in the second.
    pub support: Difference,
    /// Share of deny in the first less that in the second.
    pub deny: Difference,
}

/// A difference of shares with Newcombe's interval, each in [−1, 1].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Difference {
    /// The difference.
    pub difference: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// How the comments of a stance are spread over authors.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Concentration {
    /// `None` for all comments.
    pub stance: Option<Stance>,
    /// Comments with a named author.
    pub comments: u64,
    /// Their authors.
    pub authors: u64,
    /// Share of the author with the most, in [0, 1].
    pub top_share: Option<f64>,
    /// Gini coefficient in [0, 1).
    pub gini: Option<f64>,
}

/// Stances by the votes on their comments.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Votes {
    /// Labelled comments that show votes.
    pub comments: u64,
    /// One row a stance, in the order of reports.
    pub stances: Vec<StanceVotes>,
}

/// The votes of one stance.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct StanceVotes {
    /// The stance.
    pub stance: Stance,
    /// Its comments that show votes.
    pub comments: u64,
    /// Share of the comments that show votes.
    pub share: Option<f64>,
    /// Share of the votes; comments below zero count as zero.
    pub weighted_share: Option<f64>,
    /// Median of its votes.
    pub median: Option<f64>,
}

/// Replies against what they answer.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Replies {
    /// Pairs of labelled parent and reply.
    pub n: u64,
    /// Counts: one row a stance of the parent, one column a stance of the reply, in the order of reports.
    pub matrix: [[u64; 4]; 4],
    /// Share of pairs with one stance.
    pub observed: f64,
    /// That share if replies ignored their parents.
    pub expected: f64,
    /// Newman's assortativity coefficient in [−1, 1], 0 for chance.
    pub assortativity: Option<f64>,
    /// Two-sided p over random orders of the replies within threads.
    pub p: f64,
}

/// Stances in one step of time since the first comment of the thread.
#[derive(Debug, Clone, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct TimeSummary {
    /// As `0–6 h`.
    pub time: String,
    /// Labelled comments.
    pub n: u64,
    /// Stances.
    pub stance: Distribution<Stance>,
    /// Stances without the unsure labels.
    pub sure: Distribution<Stance>,
}

/// Intervals that take comments of one thread or author as one draw.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Clustered {
    /// What was resampled.
    pub unit: Unit,
    /// How many of them.
    pub clusters: u64,
    /// One row a stance, in the order of reports.
    pub stances: Vec<ClusteredShare>,
}

/// A share's interval under resampling of whole groups.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ClusteredShare {
    /// The stance.
    pub stance: Stance,
    /// Design effect: how much the variance grows, at least 1.
    pub effect: f64,
    /// Lower bound of the share.
    pub low: f64,
    /// Upper bound of the share.
    pub high: f64,
}
