//! From rows to statistics.

use super::observe::{Row, Rows};
use super::time::step;
use super::{
    Clustered, ClusteredShare, Concentration, Difference, OutletPair, OutletTest, Replies, StanceVotes,
    Statistics, TimeSummary, Votes, say,
};
use crate::label::Stance;
use crate::report::summary::{LEVELS, OutletSummary};
use crate::stats::{
    Cluster, Clustering, Comparison, Counts, Interval, Unit, Wilson, assortativity, compare, gini, pairwise,
    permuted, round_p, round4, top_share,
};
use std::collections::BTreeMap;

const STANCES: usize = Stance::ALL.len();

/// More outlets than this are not compared in pairs: their table has no reader.
const MOST_PAIRED: usize = 12;

/// Everything that can be measured; `outlets` are in the order of the report.
pub(in crate::report) fn measure(
    rows: &Rows,
    outlets: &[OutletSummary],
    wilson: &Wilson,
) -> (Statistics, Vec<TimeSummary>) {
    let all = &rows.rows;
    let times = times(all, wilson);
    let mut statistics = Statistics {
        outlets: outlet_test(rows, outlets, wilson),
        stance_sentiment: crossed(all.iter().map(|r| (r.sentiment(), r.stance()))),
        stance_depth: crossed(all.iter().map(|r| (r.depth().min(LEVELS - 1), r.stance()))),
        stance_time: crossed(steps(all).map(|(step, row)| (step, row.stance()))),
        authors: authors(all),
        votes: votes(all),
        replies: replies(all),
        words: Vec::new(),
    };
    statistics.words = say::words(&statistics, outlets);
    (statistics, times)
}

/// The intervals of an outlet (of all for `None`) under resampling of whole threads or authors, whichever makes the
/// comments less independent. Threads count only if there are ten of them; fewer are taken as they are.
pub(in crate::report) fn clustered(rows: &Rows, outlet: Option<usize>, wilson: &Wilson) -> Option<Clustered> {
    let rows: Vec<&Row> = rows.rows.iter().filter(|r| outlet.is_none_or(|o| r.outlet() == o)).collect();
    let by = |unit| Clustering::bootstrap(unit, &clusters(&rows, unit), STANCES);
    let found = [by(Unit::Thread), by(Unit::Author)];
    let worst = found.into_iter().flatten().reduce(|a, b| if b.worst() > a.worst() { b } else { a })?;
    let n = rows.len() as u64;
    let share = |(class, stance): (usize, Stance)| {
        let k = rows.iter().filter(|r| r.stance() == class).count() as u64;
        let Interval { low, high } = worst.interval(class, k, n, wilson.confidence());
        let effect = worst.effects.get(class).copied().unwrap_or(1.0);
        ClusteredShare { stance, effect: round4(effect), low: round4(low), high: round4(high) }
    };
    let stances = Stance::ALL.into_iter().enumerate().map(share).collect();
    Some(Clustered { unit: worst.unit, clusters: worst.clusters, stances })
}

fn key(row: &Row, unit: Unit) -> usize {
    match unit {
        Unit::Thread => row.thread(),
        Unit::Author => row.author(),
    }
}

fn clusters(rows: &[&Row], unit: Unit) -> Vec<Cluster> {
    let mut found: BTreeMap<usize, Cluster> = BTreeMap::new();
    for row in rows {
        count(found.entry(key(row, unit)).or_insert_with(|| vec![0; STANCES]), row.stance());
    }
    found.into_values().collect()
}

fn count(counts: &mut [u64], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

fn outlet_test(rows: &Rows, outlets: &[OutletSummary], wilson: &Wilson) -> Option<OutletTest> {
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
    let (p_clustered, unit) = by_groups(&rows.rows);
    Some(OutletTest { test, p_clustered, unit, pairs, not_paired: (tables.len() - shown.len()) as u64 })
}

/// The test over whole threads, with fewer than ten over whole authors.
fn by_groups(rows: &[Row]) -> (Option<f64>, Option<Unit>) {
    let of = |unit: Unit| {
        let mut found: BTreeMap<(usize, usize), Cluster> = BTreeMap::new();
        for row in rows {
            count(
                found.entry((row.outlet(), key(row, unit))).or_insert_with(|| vec![0; STANCES]),
                row.stance(),
            );
        }
        let groups: Vec<(usize, Cluster)> = found.into_iter().map(|((outlet, _), c)| (outlet, c)).collect();
        permuted(&groups).map(|p| (Some(round_p(p)), Some(unit)))
    };
    of(Unit::Thread).or_else(|| of(Unit::Author)).unwrap_or((None, None))
}

/// The test of `(group, stance)`.
fn crossed(cells: impl Iterator<Item = (usize, usize)>) -> Option<Comparison> {
    let mut table: Vec<Vec<u64>> = Vec::new();
    for (group, stance) in cells {
        table.resize(table.len().max(group + 1), vec![0; STANCES]);
        count(table.get_mut(group)?, stance);
    }
    compare(&table)
}

/// Rows with a time, each with its step.
fn steps(rows: &[Row]) -> impl Iterator<Item = (usize, &Row)> {
    let span = rows.iter().filter_map(|r| r.elapsed()).max().unwrap_or(0);
    let length = step(span).0;
    rows.iter().filter_map(move |r| Some(((r.elapsed()? / length) as usize, r))).filter(|s| s.0 < 1000)
}

/// Empty if no two comments are told apart by their times.
fn times(rows: &[Row], wilson: &Wilson) -> Vec<TimeSummary> {
    let span = rows.iter().filter_map(|r| r.elapsed()).max().unwrap_or(0);
    let (_, size, unit) = step(span);
    let mut counts: Vec<(Counts<Stance>, Counts<Stance>)> = Vec::new();
    for (step, row) in steps(rows).filter(|_| span > 0) {
        counts.resize(counts.len().max(step + 1), Default::default());
        if let (Some((all, sure)), Some(stance)) = (counts.get_mut(step), Stance::ALL.get(row.stance())) {
            all.add(*stance);
            if !row.unsure() {
                sure.add(*stance);
            }
        }
    }
    let name = |i: i64| format!("{}–{} {unit}", i * size, (i + 1) * size);
    let row = |(i, (all, sure)): (usize, (Counts<Stance>, Counts<Stance>))| TimeSummary {
        time: name(i as i64),
        n: all.total(),
        stance: all.distribution(wilson),
        sure: sure.distribution(wilson),
    };
    counts.into_iter().enumerate().map(row).collect()
}

fn authors(rows: &[Row]) -> Vec<Concentration> {
    let of = |stance: Option<usize>| {
        let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
        for row in rows.iter().filter(|r| r.named() && stance.is_none_or(|s| r.stance() == s)) {
            *counts.entry(row.author()).or_default() += 1;
        }
        let counts: Vec<u64> = counts.into_values().collect();
        Concentration {
            stance: stance.and_then(|s| Stance::ALL.get(s)).copied(),
            comments: counts.iter().sum(),
            authors: counts.len() as u64,
            top_share: top_share(&counts).map(round4),
            gini: gini(&counts).map(round4),
        }
    };
    std::iter::once(None).chain((0..STANCES).map(Some)).map(of).collect()
}

fn votes(rows: &[Row]) -> Option<Votes> {
    let voted: Vec<(usize, i64)> = rows.iter().filter_map(|r| Some((r.stance(), r.votes()?))).collect();
    let n = Some(voted.len()).filter(|n| *n > 0)?;
    let weight = |votes: i64| votes.max(0) as f64;
    let all: f64 = voted.iter().map(|v| weight(v.1)).sum();
    let stance = |(class, stance): (usize, Stance)| {
        let mut own: Vec<i64> = voted.iter().filter(|v| v.0 == class).map(|v| v.1).collect();
        own.sort_unstable();
        let sum: f64 = own.iter().map(|v| weight(*v)).sum();
        StanceVotes {
            stance,
            comments: own.len() as u64,
            share: Some(round4(own.len() as f64 / n as f64)),
            weighted_share: (all > 0.0).then(|| round4(sum / all)),
            median: median(&own),
        }
    };
    Some(Votes { comments: n as u64, stances: Stance::ALL.into_iter().enumerate().map(stance).collect() })
}

fn median(sorted: &[i64]) -> Option<f64> {
    let (low, high) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some((*low as f64 + *high as f64) / 2.0)
}

fn replies(rows: &[Row]) -> Option<Replies> {
    let pairs: Vec<(usize, usize, usize)> =
        rows.iter().filter_map(|r| Some((r.thread(), r.parent()?, r.stance()))).collect();
    let found = assortativity(&pairs, STANCES)?;
    let mut matrix = [[0; STANCES]; STANCES];
    for (_, parent, reply) in &pairs {
        count(matrix.get_mut(*parent).map_or(&mut [], |row| row.as_mut_slice()), *reply);
    }
    Some(Replies {
        n: found.n,
        matrix,
        observed: round4(found.observed),
        expected: round4(found.expected),
        assortativity: found.coefficient.map(round4),
        p: round_p(found.p),
    })
}
