//! From counts to statistics.

use super::observe::Observed;
use super::people::People;
use super::time::{Step, Times};
use super::{
    Clustered, ClusteredShare, Concentration, Difference, OutletPair, OutletTest, Replies, STANCES,
    StanceVotes, Statistics, TimeSummary, Votes, say,
};
use crate::label::Stance;
use crate::report::summary::OutletSummary;
use crate::stats::{
    Cluster, Clustering, Clusters, Comparison, Counts, Interval, Unit, Wilson, compare, gini, pairwise,
    permuted, round_p, round4, top_share,
};
use std::collections::BTreeMap;

/// More outlets than this are not compared in pairs: their table has no reader.
const MOST_PAIRED: usize = 12;

/// Everything that can be measured; `outlets` are in the order of the report, `depths` the stances of each level.
pub(in crate::report) fn measure<'c>(
    observed: &Observed,
    outlets: &[OutletSummary],
    depths: impl Iterator<Item = &'c Counts<Stance>>,
    wilson: &Wilson,
) -> (Statistics, Vec<TimeSummary>) {
    let times = times(&observed.times, wilson);
    let mut statistics = Statistics {
        outlets: outlet_test(observed, outlets, wilson),
        stance_sentiment: crossed(observed.sentiments.iter().copied()),
        stance_depth: crossed(depths.map(stances)),
        stance_time: crossed(observed.times.steps().0.iter().map(|(all, _)| stances(all))),
        authors: authors(&observed.people),
        votes: votes(&observed.votes),
        replies: replies(observed),
        words: Vec::new(),
    };
    statistics.words = say::words(&statistics, outlets);
    (statistics, times)
}

/// The intervals of an outlet (of all for `None`) under resampling of whole threads or authors, whichever makes the
/// comments less independent. Threads count only if there are ten of them; fewer are taken as they are.
pub(in crate::report) fn clustered(
    observed: &Observed,
    outlet: Option<usize>,
    wilson: &Wilson,
) -> Option<Clustered> {
    let threads = match outlet {
        Some(outlet) => observed.threads.outlets.get(outlet)?,
        None => &observed.threads.all,
    };
    let by_thread = Clustering::bootstrap(Unit::Thread, threads);
    let by_author = Clustering::bootstrap(Unit::Author, &observed.people.groups(outlet));
    let found = [by_thread, by_author];
    let worst = found.into_iter().flatten().reduce(|a, b| if b.worst() > a.worst() { b } else { a })?;
    let counts = threads.total();
    let n = counts.iter().sum();
    let share = |((class, stance), k): ((usize, Stance), u64)| {
        let Interval { low, high } = worst.interval(class, k, n, wilson.confidence());
        let effect = worst.effects.get(class).copied().unwrap_or(1.0);
        ClusteredShare { stance, effect: round4(effect), low: round4(low), high: round4(high) }
    };
    let stances = Stance::ALL.into_iter().enumerate().zip(counts).map(share).collect();
    Some(Clustered { unit: worst.unit, clusters: worst.clusters, stances })
}

fn stances(counts: &Counts<Stance>) -> Cluster<STANCES> {
    Stance::ALL.map(|stance| counts.of(stance))
}

fn outlet_test(observed: &Observed, outlets: &[OutletSummary], wilson: &Wilson) -> Option<OutletTest> {
    let counts = |o: &OutletSummary| Stance::ALL.map(|s| o.stance.of(s).count).to_vec();
    let tables: Vec<Vec<u64>> = outlets.iter().filter(|o| o.n > 0).map(counts).collect();
    let test = compare(&tables)?;
    let shown = tables.get(..MOST_PAIRED).unwrap_or(&tables);
    let pair = |pair: crate::stats::Pair| {
        let (first, second) = (outlets.get(pair.first)?, outlets.get(pair.second)?);
        let difference = |stance: usize| {
            let (difference, Interval { low, high }) = *pair.differences.get(stance)?;
            Some(Difference { difference: round4(difference), low: round4(low), high: round4(high) })
        };
        Some(OutletPair {
            first: first.outlet.clone(),
            second: second.outlet.clone(),
            n_first: first.n,
            n_second: second.n,
            test: pair.test,
            p_holm: pair.adjusted.map(round_p),
            support: difference(0)?,
            deny: difference(1)?,
        })
    };
    let pairs = pairwise(shown, wilson).into_iter().filter_map(pair).collect();
    let (p_clustered, unit) = by_groups(observed);
    Some(OutletTest { test, p_clustered, unit, pairs, not_paired: (tables.len() - shown.len()) as u64 })
}

/// The test over whole threads, with fewer than ten over whole authors.
fn by_groups(observed: &Observed) -> (Option<f64>, Option<Unit>) {
    let of = |unit, groups: &[Clusters<STANCES>]| permuted(groups).map(|p| (Some(round_p(p)), Some(unit)));
    let by_author = || {
        let authors = (0..observed.outlets()).map(|outlet| observed.people.groups(Some(outlet)));
        of(Unit::Author, &authors.collect::<Vec<_>>())
    };
    of(Unit::Thread, &observed.threads.outlets).or_else(by_author).unwrap_or((None, None))
}

/// The test of groups by their stances.
fn crossed(groups: impl Iterator<Item = Cluster<STANCES>>) -> Option<Comparison> {
    compare(&groups.map(|counts| counts.to_vec()).collect::<Vec<_>>())
}

/// Empty if no two comments are told apart by their times.
fn times(times: &Times, wilson: &Wilson) -> Vec<TimeSummary> {
    let (steps, size, unit) = times.steps();
    let name = |i: i64| format!("{}–{} {unit}", i * size, (i + 1) * size);
    let row = |(i, (all, sure)): (usize, &Step)| TimeSummary {
        time: name(i as i64),
        n: all.total(),
        stance: all.distribution(wilson),
        sure: sure.distribution(wilson),
    };
    steps.iter().enumerate().filter(|_| !times.are_one()).map(row).collect()
}

fn authors(people: &People) -> Vec<Concentration> {
    let of = |stance: Option<usize>| {
        let amounts = people.amounts(stance);
        Concentration {
            stance: stance.and_then(|s| Stance::ALL.get(s)).copied(),
            comments: amounts.iter().map(|(amount, authors)| amount * authors).sum(),
            authors: amounts.values().sum(),
            top_share: top_share(&amounts).map(round4),
            gini: gini(&amounts).map(round4),
        }
    };
    std::iter::once(None).chain((0..STANCES).map(Some)).map(of).collect()
}

/// `votes` tells for each stance how many comments have each number of votes.
fn votes(votes: &[BTreeMap<i64, u64>; STANCES]) -> Option<Votes> {
    let comments = |own: &BTreeMap<i64, u64>| own.values().sum::<u64>();
    let weight =
        |own: &BTreeMap<i64, u64>| own.iter().map(|(v, k)| (*v).max(0) as f64 * *k as f64).sum::<f64>();
    let n = Some(votes.iter().map(comments).sum::<u64>()).filter(|n| *n > 0)?;
    let all: f64 = votes.iter().map(weight).sum();
    let stance = |(stance, own): (Stance, &BTreeMap<i64, u64>)| StanceVotes {
        stance,
        comments: comments(own),
        share: Some(round4(comments(own) as f64 / n as f64)),
        weighted_share: (all > 0.0).then(|| round4(weight(own) / all)),
        median: median(own, comments(own)),
    };
    Some(Votes { comments: n, stances: Stance::ALL.into_iter().zip(votes).map(stance).collect() })
}

/// The median of `n` numbers, each with how often it occurs.
fn median(numbers: &BTreeMap<i64, u64>, n: u64) -> Option<f64> {
    let at = |place: u64| {
        let mut before = 0;
        let reached = |(number, k): (&i64, &u64)| {
            before += k;
            (before > place).then_some(*number)
        };
        numbers.iter().find_map(reached)
    };
    Some((at(n.checked_sub(1)? / 2)? as f64 + at(n / 2)? as f64) / 2.0)
}

fn replies(observed: &Observed) -> Option<Replies> {
    let found = observed.replies.assortativity()?;
    Some(Replies {
        n: found.n,
        matrix: observed.replies.matrix(),
        observed: round4(found.observed),
        expected: round4(found.expected),
        assortativity: found.coefficient.map(round4),
        p: round_p(found.p),
    })
}
