//! How far a long run is, and what it finds, on standard error.

use crate::bulk::{Counts, Watch};
use crate::cli::console::Console;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::Error;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::time::Instant;

/// Findings with the same code that are shown for one input; the others are counted only.
const SHOWN: usize = 20;

/// Draws a bar, if standard error is a terminal, and passes findings to the console.
pub struct Progress<'c> {
    console: &'c mut Console,
    bar: ProgressBar,
    name: String,
    comments: u64,
    begun: Instant,
    seen: BTreeMap<(String, Code), usize>,
    failed: Vec<Error>,
}

impl<'c> Progress<'c> {
    /// Nothing yet.
    pub fn new(console: &'c mut Console) -> Self {
        let (bar, name, seen) = (ProgressBar::hidden(), String::new(), BTreeMap::new());
        Progress { console, bar, name, comments: 0, begun: Instant::now(), seen, failed: Vec::new() }
    }

    /// Ends the bar, and tells what was not shown and the totals of the run; gives what failed.
    pub fn finish(self, counts: Option<Counts>) -> Vec<Error> {
        self.bar.finish_and_clear();
        for ((file, code), times) in self.seen.iter().filter(|(_, times)| **times > SHOWN) {
            self.console.more(file, *code, times - SHOWN);
        }
        if let Some(counts) = counts {
            self.console.total(counts.comments, counts.gaps, counts.duplicates);
        }
        self.failed
    }
}

impl Watch for Progress<'_> {
    fn step(&mut self, name: &str, bytes: u64) {
        self.bar.finish_and_clear();
        name.clone_into(&mut self.name);
        (self.comments, self.begun) = (0, Instant::now());
        self.bar = ProgressBar::new(bytes);
        let template = "{msg} [{wide_bar}] {bytes}/{total_bytes}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("=> "));
        }
    }

    fn advance(&mut self, bytes: u64, comments: u64) {
        self.comments += comments;
        self.bar.inc(bytes);
        let seconds = self.begun.elapsed().as_secs_f64();
        if seconds > 0.5 {
            self.bar.set_message(format!("{} {:.0} comments/s", self.name, self.comments as f64 / seconds));
        }
    }

    fn found(&mut self, found: &[Diagnostic]) {
        let Progress { console, bar, seen, .. } = self;
        bar.suspend(|| {
            for one in found {
                let times = seen.entry((one.file.clone(), one.code)).or_default();
                *times += 1;
                if *times <= SHOWN {
                    console.report(None, std::slice::from_ref(one));
                } else {
                    console.unseen(usize::from(one.severity == Severity::Warning));
                }
            }
        });
    }

    fn failed(&mut self, error: Error) {
        self.bar.suspend(|| self.console.fail(&error));
        self.failed.push(error);
    }
}
