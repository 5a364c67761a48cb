//! From labelled threads to a summary: the counting.

use super::highlight::{most_upvoted, weightiest};
use super::record::author_name;
use super::statistics::{Observed, clustered, measure};
use super::summary::{
    About, AspectCount, CommentCounts, DepthSummary, Header, LEVELS, OutletSummary, Summary, ThreadSummary,
};
use crate::label::{Aspect, Labelled, Sentiment, Stance};
use crate::stats::{Counts, Wilson, round4};
use crate::thread::{Body, Thread};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Counts labelled threads one after the other; see [`super::summarize`]. Of a thread its summary is kept, of an author
/// some twenty bytes, of a comment nothing.
pub struct Gathered {
    about: About,
    wilson: Wilson,
    pages: BTreeSet<String>,
    counts: CommentCounts,
    tally: Tally,
    outlets: BTreeMap<String, Tally>,
    levels: [Level; LEVELS],
    threads: Vec<ThreadSummary>,
    observed: Observed,
}

/// The stances of a level, and those without the unsure.
type Level = (Counts<Stance>, Counts<Stance>);

#[derive(Default)]
struct Tally {
    threads: u64,
    stance: Counts<Stance>,
    sure: Counts<Stance>,
    sentiment: Counts<Sentiment>,
    aspects: BTreeMap<Aspect, u64>,
}

impl Gathered {
    /// Nothing yet. `confidence` is that of the intervals, as 0.95.
    pub fn new(about: About, confidence: f64) -> Self {
        let outlets = about.outlets.iter().map(|o| (o.clone(), Tally::default())).collect();
        Gathered {
            about,
            wilson: Wilson::new(confidence),
            pages: BTreeSet::new(),
            counts: CommentCounts::default(),
            tally: Tally::default(),
            outlets,
            levels: Default::default(),
            threads: Vec::new(),
            observed: Observed::default(),
        }
    }

    /// Adds a thread.
    pub fn add(&mut self, labelled: &Labelled<'_>) {
        let tally = Tally::of(labelled);
        for (id, label) in labelled.labels() {
            let level = labelled.thread.depth(id) as usize;
            if let Some((all, sure)) = self.levels.get_mut(level.min(LEVELS - 1)) {
                all.add(label.stance);
                if !label.unsure {
                    sure.add(label.stance);
                }
            }
        }
        let thread = thread_summary(labelled, &tally, &self.wilson);
        self.pages.insert(file_name(labelled.thread).to_owned());
        self.counts.add(thread.counts);
        self.observed.add(labelled, &thread.outlet, &tally.stance);
        self.outlets.entry(thread.outlet.clone()).or_default().merge(&tally);
        self.tally.merge(&tally);
        self.threads.push(thread);
    }

    /// Says how many duplicates were merged, where that is known at the end only.
    pub fn set_duplicates(&mut self, duplicates: u64) {
        self.about.duplicates = duplicates;
    }

    /// The summary.
    pub fn finish(self) -> Summary {
        let header = self.header();
        let wilson = &self.wilson;
        let observed = &self.observed;
        let mut outlets: Vec<OutletSummary> = self
            .outlets
            .into_iter()
            .map(|(outlet, tally)| tally.into_outlet(outlet, observed, wilson))
            .collect();
        outlets.sort_by_key(|o| Reverse(o.n)); // stable: the map's order by name stays among equals
        // Over one outlet the intervals are its own, and need not be found twice.
        let mut shown = outlets.iter().filter(|o| o.n > 0);
        let clustered = match (shown.next(), shown.next()) {
            (Some(only), None) => only.clustered.clone(),
            _ => clustered(observed, None, wilson),
        };
        let (statistics, times) = measure(observed, &outlets, self.levels.iter().map(|(all, _)| all), wilson);
        let mut summary = Summary {
            header,
            stance: self.tally.stance.distribution(wilson),
            sure: self.tally.sure.distribution(wilson),
            sentiment: self.tally.sentiment.distribution(wilson),
            clustered,
            outlets,
            times,
            statistics,
            depths: depths(&self.levels, wilson),
            threads: self.threads,
            articles: Vec::new(),
            calibration: None,
            left_out: Vec::new(),
            refused: Vec::new(),
        };
        summary.left_out = summary.find_left_out();
        summary
    }

    fn header(&self) -> Header {
        Header {
            program: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            pack: self.about.pack.clone(),
            profile: self.about.profile.clone(),
            pages: self.pages.len() as u64,
            threads: self.threads.len() as u64,
            commented: self.threads.iter().filter(|t| t.counts.labelled > 0).count() as u64,
            counts: self.counts,
            duplicates: self.about.duplicates,
            confidence: self.wilson.confidence(),
            interval: "Wilson score interval (Wilson 1927)",
        }
    }
}

impl Tally {
    fn of(labelled: &Labelled<'_>) -> Self {
        let mut tally = Tally { threads: 1, ..Tally::default() };
        for (_, label) in labelled.labels() {
            tally.stance.add(label.stance);
            if !label.unsure {
                tally.sure.add(label.stance);
            }
            tally.sentiment.add(label.sentiment);
            label.aspects.iter().for_each(|a| *tally.aspects.entry(*a).or_default() += 1);
        }
        tally
    }

    fn merge(&mut self, other: &Tally) {
        self.threads += other.threads;
        self.stance.merge(&other.stance);
        self.sure.merge(&other.sure);
        self.sentiment.merge(&other.sentiment);
        other.aspects.iter().for_each(|(aspect, n)| *self.aspects.entry(*aspect).or_default() += n);
    }

    fn into_outlet(self, outlet: String, observed: &Observed, wilson: &Wilson) -> OutletSummary {
        let mut aspects: Vec<AspectCount> = self
            .aspects
            .iter()
            .map(|(aspect, count)| AspectCount { aspect: *aspect, count: *count })
            .collect();
        aspects.sort_by_key(|a| Reverse(a.count));
        let clustered = observed.outlet(&outlet).and_then(|o| clustered(observed, Some(o), wilson));
        OutletSummary {
            clustered,
            aspects,
            outlet,
            threads: self.threads,
            n: self.stance.total(),
            stance: self.stance.distribution(wilson),
            sure: self.sure.distribution(wilson),
            sentiment: self.sentiment.distribution(wilson),
        }
    }
}

impl CommentCounts {
    fn of(labelled: &Labelled<'_>) -> Self {
        let thread = labelled.thread;
        let with = |body: Body| thread.comments().filter(|(_, c)| c.body == body).count() as u64;
        let mut counts = CommentCounts {
            comments: thread.len() as u64,
            labelled: labelled.labels().count() as u64,
            removed: with(Body::Removed),
            gaps: with(Body::Missing),
            unsure: labelled.labels().filter(|(_, l)| l.unsure).count() as u64,
            unsure_share: None,
        };
        counts.set_share();
        counts
    }

    fn add(&mut self, other: CommentCounts) {
        self.comments += other.comments;
        self.labelled += other.labelled;
        self.removed += other.removed;
        self.gaps += other.gaps;
        self.unsure += other.unsure;
        self.set_share();
    }

    fn set_share(&mut self) {
        self.unsure_share = (self.labelled > 0).then(|| round4(self.unsure as f64 / self.labelled as f64));
    }
}

fn thread_summary(labelled: &Labelled<'_>, tally: &Tally, wilson: &Wilson) -> ThreadSummary {
    let thread = labelled.thread;
    let authors: BTreeSet<String> =
        thread.comments().filter_map(|(_, c)| c.author.as_ref()).map(author_name).collect();
    ThreadSummary {
        file: thread.origin.file.clone(),
        thread_id: thread.id.clone(),
        outlet: thread.origin.outlet.clone().unwrap_or_else(|| file_name(thread).to_owned()),
        title: thread.origin.title.clone(),
        date: thread.origin.date.clone(),
        counts: CommentCounts::of(labelled),
        authors: authors.len() as u64,
        levels: thread.comments().map(|(id, _)| u64::from(thread.depth(id)) + 1).max().unwrap_or(0),
        stance: tally.stance.distribution(wilson),
        sure: tally.sure.distribution(wilson),
        sentiment: tally.sentiment.distribution(wilson),
        top_support: most_upvoted(labelled, Stance::Support),
        top_deny: most_upvoted(labelled, Stance::Deny),
        weightiest: weightiest(labelled),
    }
}

/// The input of a thread; threads that were not read from a file go by their id.
fn file_name(thread: &Thread) -> &str {
    if thread.origin.file.is_empty() { &thread.id } else { &thread.origin.file }
}

fn depths(levels: &[Level; LEVELS], wilson: &Wilson) -> Vec<DepthSummary> {
    let deepest = levels.iter().rposition(|(all, _)| all.total() > 0).map_or(0, |i| i + 1);
    let name = |i: usize| if i == LEVELS { format!("{LEVELS}+") } else { i.to_string() };
    levels
        .iter()
        .take(deepest)
        .enumerate()
        .map(|(i, (all, sure))| DepthSummary {
            depth: name(i + 1),
            n: all.total(),
            stance: all.distribution(wilson),
            sure: sure.distribution(wilson),
        })
        .collect()
}
