//! Labelled comments as counts, for the statistics.

use super::people::People;
use super::time::{Times, seconds};
use super::{STANCES, number};
use crate::label::{Labelled, Sentiment, Stance};
use crate::report::record::author_name;
use crate::stats::{Cluster, Clusters, Counts, Mixing};
use crate::thread::CommentId;
use std::collections::BTreeMap;

/// What the statistics need of every labelled comment, counted thread by thread: of a comment nothing is
/// kept but counts, and what tells its author apart.
#[derive(Debug, Default)]
pub(in crate::report) struct Observed {
    outlets: BTreeMap<String, u32>,
    pub(super) threads: Threads,
    pub(super) people: People,
    pub(super) sentiments: [Cluster<STANCES>; Sentiment::ALL.len()],
    pub(super) times: Times,
    pub(super) votes: [BTreeMap<i64, u64>; STANCES],
    pub(super) replies: Mixing<STANCES>,
}

/// The stances of each thread with labels, over all outlets and in each.
#[derive(Debug, Default)]
pub(super) struct Threads {
    pub all: Clusters<STANCES>,
    pub outlets: Vec<Clusters<STANCES>>,
}

impl Observed {
    /// Adds a thread of an outlet, with its stances.
    pub(in crate::report) fn add(&mut self, labelled: &Labelled<'_>, outlet: &str, stances: &Counts<Stance>) {
        let next = number(self.outlets.len());
        let outlet = *self.outlets.entry(outlet.to_owned()).or_insert(next) as usize;
        self.threads.add(outlet, Stance::ALL.map(|s| stances.of(s)));
        let (mut replies, mut times) = ([[0; STANCES]; STANCES], Vec::new());
        for (id, label) in labelled.labels() {
            let Some(comment) = labelled.thread.get(id) else { continue };
            let stance = place(&Stance::ALL, label.stance);
            let name = comment.author.as_ref().map(author_name);
            self.people.add(name.as_deref(), outlet, stance);
            count(&mut self.sentiments, place(&Sentiment::ALL, label.sentiment), stance);
            if let (Some(score), Some(votes)) = (comment.score, self.votes.get_mut(stance)) {
                *votes.entry(score.value).or_default() += 1;
            }
            if let Some(parent) = parent(labelled, id) {
                count(&mut replies, parent, stance);
            }
            times.extend(seconds(comment).map(|time| (time, label.stance, label.unsure)));
        }
        self.times.add(&times);
        self.replies.add(replies);
    }

    /// The number of an outlet, if it has a thread.
    pub(in crate::report) fn outlet(&self, name: &str) -> Option<usize> {
        self.outlets.get(name).map(|outlet| *outlet as usize)
    }

    /// How many outlets have a thread.
    pub(super) fn outlets(&self) -> usize {
        self.outlets.len()
    }
}

impl Threads {
    fn add(&mut self, outlet: usize, stances: Cluster<STANCES>) {
        if self.outlets.len() <= outlet {
            self.outlets.resize(outlet + 1, Clusters::default());
        }
        if stances.iter().any(|k| *k > 0) {
            self.all.push(stances);
            self.outlets.get_mut(outlet).into_iter().for_each(|threads| threads.push(stances));
        }
    }
}

fn parent(labelled: &Labelled<'_>, id: CommentId) -> Option<usize> {
    let label = labelled.label(labelled.thread.parent(id)?)?;
    Some(place(&Stance::ALL, label.stance))
}

fn place<C: PartialEq>(all: &[C], class: C) -> usize {
    all.iter().position(|c| *c == class).unwrap_or(0)
}

fn count<K: std::ops::AddAssign + From<u8>>(table: &mut [[K; STANCES]], row: usize, column: usize) {
    let cell = table.get_mut(row).and_then(|r| r.get_mut(column));
    cell.into_iter().for_each(|k| *k += K::from(1));
}
