//! What every export needs: threads being filled, what is known of their pages, and findings.

use super::forest::{Entry, Forest};
use super::loose::Loose;
use super::scan::{Fragment, Scan, scan};
use crate::diagnostic::Code;
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::parse::event::{Event, Events, Piece, Role};
use crate::source::{Source, Span};
use crate::thread::{Author, Body, Comment, Origin, Score, Text};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A parse under way.
pub(crate) struct Build<'s> {
    pub source: &'s Source,
    pub events: Events,
    forest: Forest<'s>,
    skipped: BTreeSet<u32>,
    absent: i64,
}

/// A comment as an export gives it.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub id: String,
    pub parent: Option<String>,
    pub thread: Option<String>,
    pub author: Option<String>,
    pub score: Option<i64>,
    pub down: Option<i64>,
    pub created: Option<String>,
    pub edited: bool,
    pub subject: Option<String>,
    /// `None` if the words were removed.
    pub words: Option<String>,
}

impl Item {
    /// The comment, without its place.
    pub fn comment(&self) -> Comment {
        let mut comment = Comment::new(match &self.words {
            Some(words) => Body::Written(Text::new(words.as_str(), 0)),
            None => Body::Removed,
        });
        comment.author = self.author.as_deref().and_then(author);
        comment.score = self.score.map(|value| Score { value, down: self.down, certain: true });
        comment.created.clone_from(&self.created);
        comment.subject.clone_from(&self.subject);
        comment.edited = self.edited;
        comment
    }
}

/// Reads a JSON export: scans it and lets `take` add its comments.
pub(crate) fn json(source: &Source, dialect: Dialect, take: fn(&mut Build<'_>, &[Fragment])) -> Parsed {
    let mut build = Build::new(source);
    let scan = scan(source.as_str());
    build.faults(&scan);
    take(&mut build, &scan.fragments);
    build.finish(dialect)
}

impl<'s> Build<'s> {
    /// Nothing yet.
    pub fn new(source: &'s Source) -> Self {
        let (events, forest, skipped) = (Events::default(), Forest::new(source), BTreeSet::new());
        Build { source, events, forest, skipped, absent: 0 }
    }

    /// Adds a comment that stands at `span`.
    pub fn add(&mut self, item: Item, span: Span) {
        let comment = item.comment();
        self.put(item.id, item.parent, item.thread, comment, span);
    }

    /// Adds a placeholder for a comment that is not in the export, of which a reply says where it stood.
    pub fn gap(&mut self, id: String, parent: Option<String>, thread: Option<String>, span: Span) {
        self.put(id, parent, thread, Comment::new(Body::Missing), span);
    }

    /// Adds a comment that is complete.
    pub fn put(
        &mut self,
        id: String,
        parent: Option<String>,
        thread: Option<String>,
        comment: Comment,
        span: Span,
    ) {
        let line = self.first_line(span);
        let (parent, thread) = (parent.map(Cow::Owned), thread.map(Cow::Owned));
        let entry = Entry { id, parent, thread, comment, file: None, line };
        self.forest.add(entry, &mut self.events);
    }

    /// Says what is known of a thread's page; makes the thread, even if it stays empty.
    pub fn describe(&mut self, thread: Option<&str>, change: impl FnOnce(&mut Origin)) {
        change(self.forest.origin(thread));
    }

    /// Counts comments that the export announces and does not hold.
    pub fn absent(&mut self, count: i64) {
        self.absent = self.absent.saturating_add(count.max(0));
    }

    /// Reads an object; one that does not fit costs only itself, with a warning.
    pub fn object<T: DeserializeOwned>(&mut self, fragment: &Fragment) -> Option<T> {
        match serde_json::from_str(&fragment.text) {
            Ok(object) => Some(object),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.split(" at line ").next().unwrap_or_default();
                self.skip(fragment.span, format!("this object is not a comment: {reason}"));
                None
            }
        }
    }

    /// Leaves something out, with a warning.
    pub fn skip(&mut self, span: Span, message: String) {
        let span = self.first_line(span);
        self.skipped.insert(span.start);
        self.events.warn(
            self.source,
            span,
            Code::LineSkipped,
            message,
            "it was left out, the others were read",
        );
    }

    /// Says what a scan could not read.
    pub fn faults(&mut self, scan: &Scan) {
        for fault in &scan.faults {
            let at = *fault as u32;
            self.skip(Span::new(at, at + 1), "here stands something that is no JSON".to_owned());
        }
        if let Some(comma) = scan.commas.first() {
            let span = self.first_line(Span::new(*comma as u32, *comma as u32 + 1));
            let message = "a list ends in a comma, as if more had followed".to_owned();
            self.events.warn(self.source, span, Code::ExportCut, message, "what stands before it was read");
        }
        if scan.cut && scan.faults.is_empty() {
            let end = self.source.as_str().trim_end().len() as u32;
            let span = self.first_line(Span::new(end.saturating_sub(1), end));
            let message = "the export ends before it is complete".to_owned();
            self.events.warn(
                self.source,
                span,
                Code::ExportCut,
                message,
                "what stands before the cut was read",
            );
        }
    }

    /// The threads.
    pub fn finish(mut self, dialect: Dialect) -> Parsed {
        if self.absent > 0 {
            let message = format!("{} more comments are announced and not in the export", self.absent);
            let help = "fetch them too; they are not counted";
            let end = self.first_line(Span::new(0, 1));
            self.events.warn(self.source, end, Code::NotLoaded, message, help);
        }
        let threads = self.forest.into_threads(&mut self.events);
        let pieces = pieces(self.source, &self.skipped);
        Parsed { article: None, threads, dialect, diagnostics: self.events.diagnostics, pieces }
    }

    /// [`Build::first_line`] for findings of one format.
    pub fn line_at(&self, span: Span) -> Span {
        self.first_line(span)
    }

    /// The part of a span on its first line, within the source and on character borders.
    fn first_line(&self, span: Span) -> Span {
        let text = self.source.as_str();
        let mut start = (span.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (span.end as usize).clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let line = text[start..end].find('\n').map_or(end, |i| start + i);
        Span::new(start as u32, line as u32)
    }
}

/// Each line is a record but those with a fault.
fn pieces(source: &Source, skipped: &BTreeSet<u32>) -> Vec<Piece> {
    let filled = source.lines().filter(|line| !line.text.trim_start().is_empty());
    let piece = |line: crate::source::Line<'_>| {
        let indent = line.text.len() - line.text.trim_start().len();
        let span = Span::new(line.span.start + indent as u32, line.span.end);
        let bad = skipped.range(line.span.start..=line.span.end).next().is_some();
        Event::Line(Piece { span, role: if bad { Role::Skipped } else { Role::Record } })
    };
    filled.map(piece).filter_map(|event| event.as_piece()).collect()
}

/// An author from a plain name; what platforms print for deleted accounts is no name.
pub(crate) fn author(name: &str) -> Option<Author> {
    const GONE: [&str; 4] = ["[deleted]", "[removed]", "[Deleted User]", "None"];
    let name = name.trim();
    (!name.is_empty() && !GONE.contains(&name)).then(|| Author { name: name.to_owned(), ..Author::default() })
}

/// Words, or none for what platforms print where they were removed.
pub(crate) fn kept(words: &str) -> Option<String> {
    const GONE: [&str; 4] = ["[deleted]", "[removed]", "*deleted by creator*", "*Permanently Deleted*"];
    (!GONE.contains(&words.trim())).then(|| words.to_owned())
}

/// The account name in the address of a person.
pub(crate) fn account(address: &Loose) -> Option<String> {
    let text = address.text()?;
    text.trim_end_matches('/').rsplit('/').next().map(|name| name.trim_start_matches('@').to_owned())
}

/// The instance in the address of a person or a comment.
pub(crate) fn instance(address: &Loose) -> Option<String> {
    let text = address.text()?;
    let host = text.split("://").nth(1)?.split('/').next()?;
    (!host.is_empty()).then(|| host.to_owned())
}
