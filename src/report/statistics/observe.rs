//! Labelled comments as rows of plain numbers, for the statistics.

use super::time::seconds;
use crate::label::{Labelled, Sentiment, Stance};
use crate::report::record::author_name;
use crate::thread::{Comment, CommentId};
use std::collections::BTreeMap;

/// One labelled comment, in few bytes: a report may hold millions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    votes: i64,
    elapsed: i64,
    outlet: u32,
    thread: u32,
    author: u32,
    depth: u32,
    stance: u8,
    sentiment: u8,
    parent: u8,
    named: bool,
    unsure: bool,
}

/// Stands for a number that is not known.
const NONE: i64 = i64::MIN;
const NO_PARENT: u8 = u8::MAX;

impl Row {
    pub fn outlet(&self) -> usize {
        self.outlet as usize
    }

    pub fn thread(&self) -> usize {
        self.thread as usize
    }

    /// Comments without a name have an author each.
    pub fn author(&self) -> usize {
        self.author as usize
    }

    pub fn named(&self) -> bool {
        self.named
    }

    pub fn stance(&self) -> usize {
        self.stance.into()
    }

    pub fn unsure(&self) -> bool {
        self.unsure
    }

    pub fn sentiment(&self) -> usize {
        self.sentiment.into()
    }

    /// Levels above it.
    pub fn depth(&self) -> usize {
        self.depth as usize
    }

    pub fn votes(&self) -> Option<i64> {
        Some(self.votes).filter(|v| *v != NONE)
    }

    /// Seconds since the first comment of its thread with a time.
    pub fn elapsed(&self) -> Option<i64> {
        Some(self.elapsed).filter(|t| *t != NONE)
    }

    /// Stance of the comment it answers.
    pub fn parent(&self) -> Option<usize> {
        Some(self.parent).filter(|p| *p != NO_PARENT).map(usize::from)
    }
}

/// Every labelled comment, in order.
#[derive(Debug, Default)]
pub(in crate::report) struct Rows {
    pub(super) rows: Vec<Row>,
    outlets: BTreeMap<String, usize>,
    authors: BTreeMap<String, usize>,
    threads: u32,
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
                outlet: outlet as u32,
                thread: self.threads,
                author: author as u32,
                named,
                stance: place(&Stance::ALL, label.stance),
                unsure: label.unsure,
                sentiment: place(&Sentiment::ALL, label.sentiment),
                depth: labelled.thread.depth(id),
                votes: comment.score.map_or(NONE, |s| s.value),
                elapsed: seconds(comment).unwrap_or(NONE),
                parent: parent(labelled, id).unwrap_or(NO_PARENT),
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

fn parent(labelled: &Labelled<'_>, id: CommentId) -> Option<u8> {
    let label = labelled.label(labelled.thread.parent(id)?)?;
    Some(place(&Stance::ALL, label.stance))
}

fn place<C: PartialEq>(all: &[C], class: C) -> u8 {
    all.iter().position(|c| *c == class).unwrap_or(0) as u8
}

fn since_first(rows: &mut [Row]) {
    let first = rows.iter().filter_map(Row::elapsed).min().unwrap_or(0);
    rows.iter_mut().filter(|r| r.elapsed != NONE).for_each(|r| r.elapsed -= first);
}
