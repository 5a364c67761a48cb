//! Comments with ids and parent ids, in any order, become threads. Shared by the formats that carry ids.

use crate::diagnostic::Code;
use crate::parse::event::Events;
use crate::source::{Source, Span};
use crate::thread::{Body, Comment, CommentId, Origin, Thread};
use std::collections::HashMap;

/// One comment as an input gives it.
pub(crate) struct Entry {
    pub id: String,
    pub parent: Option<String>,
    pub thread: Option<String>,
    pub comment: Comment,
    pub origin: Origin,
    /// The line it was read from.
    pub line: Span,
}

/// Threads being filled.
pub(crate) struct Forest<'s> {
    source: &'s Source,
    places: HashMap<String, usize>,
    trees: Vec<Tree>,
}

struct Tree {
    id: String,
    origin: Origin,
    comments: Vec<Comment>,
    parents: Vec<Option<String>>,
    lines: Vec<Span>,
    ids: HashMap<String, usize>,
}

impl<'s> Forest<'s> {
    pub fn new(source: &'s Source) -> Self {
        Forest { source, places: HashMap::new(), trees: Vec::new() }
    }

    /// Adds a comment; of two with the same id in the same thread the first is kept.
    pub fn add(&mut self, mut entry: Entry, events: &mut Events) {
        let tree = self.tree(entry.thread.as_deref(), &entry.origin);
        if let Some(first) = tree.ids.get(&entry.id).copied() {
            let same = tree.comments.get(first).is_some_and(|c| c.body == entry.comment.body);
            return duplicate(self.source, &entry, same, events);
        }
        entry.comment.key = Some(entry.id);
        tree.push(entry.comment, entry.parent, entry.line);
    }

    /// What is known of a thread's page, to be completed.
    pub fn origin(&mut self, thread: Option<&str>) -> &mut Origin {
        &mut self.tree(thread, &Origin::default()).origin
    }

    fn tree(&mut self, thread: Option<&str>, origin: &Origin) -> &mut Tree {
        let unnamed = thread.is_none().then(|| super::super::file_name(self.source));
        let name = thread.or(unnamed.as_deref()).unwrap_or_default();
        let at = self.places.get(name).copied().unwrap_or_else(|| {
            self.places.insert(name.to_owned(), self.trees.len());
            self.trees.push(Tree::new(name.to_owned(), origin.clone(), self.source));
            self.trees.len() - 1
        });
        &mut self.trees[at]
    }

    /// Links children to parents. Parents that are not in the input get a placeholder; circles are cut.
    pub fn into_threads(self, events: &mut Events) -> Vec<Thread> {
        let source = self.source;
        let mut threads: Vec<Thread> =
            self.trees.into_iter().map(|tree| tree.into_thread(source, events)).collect();
        if threads.is_empty() {
            threads.push(Thread::new(super::super::file_name(source), origin(source), Vec::new()));
        }
        threads
    }
}

impl Tree {
    fn new(id: String, given: Origin, source: &Source) -> Self {
        let origin = if given.file.is_empty() { origin(source) } else { given };
        let (comments, parents, lines, ids) = (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
        Tree { id, origin, comments, parents, lines, ids }
    }

    fn into_thread(mut self, source: &Source, events: &mut Events) -> Thread {
        self.add_placeholders(source, events);
        for child in 0..self.comments.len() {
            let parent = self.parents[child].as_ref().and_then(|p| self.ids.get(p));
            self.comments[child].parent = parent.map(|p| CommentId(*p as u32));
        }
        let linked: Vec<bool> = self.comments.iter().map(|c| c.parent.is_some()).collect();
        let thread = Thread::new(self.id, self.origin, self.comments);
        for ((id, comment), line) in thread.comments().zip(&self.lines) {
            if comment.parent.is_none() && linked[id.0 as usize] {
                circle(source, *line, events);
            }
        }
        thread
    }

    /// Puts a placeholder before the first reply to each parent that is not in the input.
    fn add_placeholders(&mut self, source: &Source, events: &mut Events) {
        let known = |parent: &Option<String>| parent.as_ref().is_none_or(|p| self.ids.contains_key(p));
        let known: Vec<bool> = self.parents.iter().map(known).collect();
        if known.iter().all(|k| *k) {
            return;
        }
        let given = (std::mem::take(&mut self.comments), std::mem::take(&mut self.parents));
        let lines = std::mem::take(&mut self.lines);
        self.ids = HashMap::new();
        for (((comment, parent), line), known) in given.0.into_iter().zip(given.1).zip(lines).zip(known) {
            let placed = |p: &&String| self.ids.contains_key(*p);
            if let Some(parent) = parent.as_ref().filter(|p| !known && !placed(p)) {
                missing(source, line, parent, events);
                let mut placeholder = Comment::new(Body::Missing);
                placeholder.key = Some(parent.clone());
                self.push(placeholder, None, line);
            }
            self.push(comment, parent, line);
        }
    }

    fn push(&mut self, comment: Comment, parent: Option<String>, line: Span) {
        if let Some(key) = &comment.key {
            self.ids.insert(key.clone(), self.comments.len());
        }
        self.comments.push(comment);
        self.parents.push(parent);
        self.lines.push(line);
    }
}

fn origin(source: &Source) -> Origin {
    Origin { file: source.name().to_owned(), ..Origin::default() }
}

fn duplicate(source: &Source, entry: &Entry, same: bool, events: &mut Events) {
    let words = if same { "with the same words" } else { "with other words" };
    let message = format!("the id `{}` was given before, {words}", short(&entry.id));
    events.warn(
        source,
        entry.line,
        Code::Duplicate,
        message,
        "the first comment is kept, this line is not counted",
    );
}

fn missing(source: &Source, line: Span, parent: &str, events: &mut Events) {
    let message = format!("the parent `{}` is not in the input", short(parent));
    let help = "a placeholder stands in for it; add its line if you have it";
    events.warn(source, line, Code::ParentMissing, message, help);
}

fn circle(source: &Source, line: Span, events: &mut Events) {
    let message = "replies form a circle".to_owned();
    events.warn(source, line, Code::ParentCycle, message, "cut open here: this comment was made a root");
}

fn short(id: &str) -> String {
    if id.chars().nth(60).is_some() { id.chars().take(59).chain(['…']).collect() } else { id.to_owned() }
}
