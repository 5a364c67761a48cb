//! Labelled comments as rows of plain numbers, for the statistics.

use super::time::seconds;
use crate::label::{Labelled, Sentiment, Stance};
use crate::report::record::author_name;
use crate::thread::{Comment, CommentId};
use std::collections::BTreeMap;

/// One labelled comment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub outlet: usize,
    pub thread: usize,
    /// Comments without a name have an author each.
    pub author: usize,
    pub named: bool,
    pub stance: usize,
    pub unsure: bool,
    pub sentiment: usize,
    /// Levels above it.
    pub depth: usize,
    pub votes: Option<i64>,
    /// Seconds since the first comment of its thread with a time.
    pub elapsed: Option<i64>,
    /// Stance of the comment it answers.
    pub parent: Option<usize>,
}

/// Every labelled comment, in order.
#[derive(Debug, Default)]
pub(in crate::report) struct Rows {
    pub(super) rows: Vec<Row>,
    outlets: BTreeMap<String, usize>,
    authors: BTreeMap<String, usize>,
    threads: usize,
    nameless: usize,
}

impl Rows {
    /// Adds a thread of an outlet.
    pub(in crate::report) fn add(&mut self, labelled: &Labelled<'_>, outlet: &str) {
        let next = self.outlets.len();
        let outlet = *self.outlets.entry(outlet.to_owned()).or_insert(next);
        let first = self.rows.len();
        for (id, label) in labelled.labels() {
            let Some(comment) = labelled.thread.get(id) else { continue };
            let (author, named) = self.author(comment);
            self.rows.push(Row {
                outlet,
                thread: self.threads,
                author,
                named,
                stance: place(&Stance::ALL, label.stance),
                unsure: label.unsure,
                sentiment: place(&Sentiment::ALL, label.sentiment),
                depth: labelled.thread.depth(id) as usize,
                votes: comment.score.map(|s| s.value),
                elapsed: seconds(comment),
                parent: parent(labelled, id),
            });
        }
        self.threads += 1;
        since_first(self.rows.get_mut(first..).unwrap_or_default());
    }

    /// The number of an outlet, if it has a thread.
    pub(in crate::report) fn outlet(&self, name: &str) -> Option<usize> {
        self.outlets.get(name).copied()
    }

    fn author(&mut self, comment: &Comment) -> (usize, bool) {
        match &comment.author {
            Some(author) => {
                let next = self.authors.len() + self.nameless;
                (*self.authors.entry(author_name(author)).or_insert(next), true)
            }
            None => {
                self.nameless += 1;
                (self.authors.len() + self.nameless - 1, false)
            }
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

fn since_first(rows: &mut [Row]) {
    let first = rows.iter().filter_map(|r| r.elapsed).min().unwrap_or(0);
    rows.iter_mut().for_each(|r| r.elapsed = r.elapsed.map(|t| t - first));
}
