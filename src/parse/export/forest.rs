//! Comments with ids and parent ids, in any order, become threads. Shared by the formats that carry ids.

use crate::diagnostic::Code;
use crate::parse::event::Events;
use crate::source::{Source, Span};
use crate::thread::{Body, Comment, CommentId, Origin, Thread};
use hashbrown::HashTable;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// One comment as an input gives it.
#[derive(Debug)]
pub(crate) struct Entry<'e> {
    pub id: String,
    pub parent: Option<Cow<'e, str>>,
    pub thread: Option<Cow<'e, str>>,
    pub comment: Comment,
    /// The page of its thread, where it says so.
    pub file: Option<Cow<'e, str>>,
    /// The line it was read from.
    pub line: Span,
}

/// Threads being filled.
pub(crate) struct Forest<'s> {
    source: &'s Source,
    places: HashMap<String, usize>,
    trees: Vec<Tree<'s>>,
    /// The tree that the last entry went to.
    last: usize,
}

struct Tree<'s> {
    id: String,
    origin: Origin,
    comments: Vec<Comment>,
    parents: Vec<Parent<'s>>,
    lines: Vec<Span>,
    ids: Ids,
}

/// What a comment replies to.
enum Parent<'s> {
    None,
    /// A comment that stands before it.
    Known(u32),
    /// An id that was not met before it.
    Named(Cow<'s, str>),
}

impl<'s> Forest<'s> {
    pub fn new(source: &'s Source) -> Self {
        Forest { source, places: HashMap::new(), trees: Vec::new(), last: 0 }
    }

    /// Adds a comment; of two with the same id in the same thread the first is kept.
    pub fn add(&mut self, mut entry: Entry<'s>, events: &mut Events) {
        let source = self.source;
        let tree = self.tree(entry.thread.as_deref(), entry.file.take());
        let hash = tree.ids.hash(&entry.id);
        if let Some(first) = tree.find(&entry.id, hash) {
            let same = tree.comments.get(first).is_some_and(|c| c.body == entry.comment.body);
            return duplicate(source, &entry, same, events);
        }
        let parent = match entry.parent {
            None => Parent::None,
            Some(parent) => match tree.find(&parent, tree.ids.hash(&parent)) {
                Some(known) => Parent::Known(known as u32),
                None => Parent::Named(parent),
            },
        };
        entry.comment.key = Some(entry.id);
        tree.push(entry.comment, parent, entry.line, hash);
    }

    /// What is known of a thread's page, to be completed.
    pub fn origin(&mut self, thread: Option<&str>) -> &mut Origin {
        &mut self.tree(thread, None).origin
    }

    fn tree(&mut self, thread: Option<&str>, file: Option<Cow<'s, str>>) -> &mut Tree<'s> {
        let unnamed = thread.is_none().then(|| super::super::file_name(self.source));
        let name = thread.or(unnamed.as_deref()).unwrap_or_default();
        // The comments of a thread mostly stand together.
        if self.trees.get(self.last).is_none_or(|tree| tree.id != name) {
            self.last = self.places.get(name).copied().unwrap_or_else(|| {
                self.places.insert(name.to_owned(), self.trees.len());
                self.trees.push(Tree::new(name.to_owned(), file, self.source));
                self.trees.len() - 1
            });
        }
        &mut self.trees[self.last]
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

impl<'s> Tree<'s> {
    fn new(id: String, file: Option<Cow<'s, str>>, source: &Source) -> Self {
        let file = file.filter(|f| !f.is_empty()).map_or_else(|| source.name().to_owned(), Cow::into_owned);
        let origin = Origin { file, ..Origin::default() };
        let (comments, parents, lines, ids) = (Vec::new(), Vec::new(), Vec::new(), Ids::default());
        Tree { id, origin, comments, parents, lines, ids }
    }

    fn into_thread(mut self, source: &Source, events: &mut Events) -> Thread {
        self.link_named();
        self.add_placeholders(source, events);
        let mut linked = Vec::with_capacity(self.comments.len());
        for (comment, parent) in self.comments.iter_mut().zip(&self.parents) {
            if let Parent::Known(parent) = parent {
                comment.parent = Some(CommentId(*parent));
            }
            linked.push(comment.parent.is_some());
        }
        let thread = Thread::new(self.id, self.origin, self.comments);
        for ((id, comment), line) in thread.comments().zip(&self.lines) {
            if comment.parent.is_none() && linked[id.0 as usize] {
                circle(source, *line, events);
            }
        }
        thread
    }

    /// Finds the parents that stand behind their replies.
    fn link_named(&mut self) {
        for child in 0..self.parents.len() {
            if let Parent::Named(name) = &self.parents[child]
                && let Some(at) = self.find(name, self.ids.hash(name))
            {
                self.parents[child] = Parent::Known(at as u32);
            }
        }
    }

    /// Puts a placeholder before the first reply to each parent that is not in the input.
    fn add_placeholders(&mut self, source: &Source, events: &mut Events) {
        if !self.parents.iter().any(|p| matches!(p, Parent::Named(_))) {
            return;
        }
        let comments = std::mem::take(&mut self.comments);
        let parents = std::mem::take(&mut self.parents);
        let lines = std::mem::take(&mut self.lines);
        self.ids = Ids::default();
        // Where the comments stand now, and those whose parent is a placeholder.
        let mut places = Vec::with_capacity(comments.len());
        let mut replies = Vec::new();
        for ((comment, mut parent), line) in comments.into_iter().zip(parents).zip(lines) {
            if let Parent::Named(name) = parent {
                let placeholder = self.placeholder(name, line, source, events);
                replies.push((self.comments.len(), placeholder));
                parent = Parent::None;
            }
            places.push(self.comments.len() as u32);
            let hash = comment.key.as_ref().map_or(0, |key| self.ids.hash(key));
            self.push(comment, parent, line, hash);
        }
        for parent in &mut self.parents {
            if let Parent::Known(at) = parent {
                *at = places[*at as usize];
            }
        }
        for (reply, placeholder) in replies {
            self.parents[reply] = Parent::Known(placeholder as u32);
        }
    }

    /// The place of a placeholder, made if there is none.
    fn placeholder(&mut self, name: Cow<'s, str>, line: Span, source: &Source, events: &mut Events) -> usize {
        let hash = self.ids.hash(&name);
        if let Some(placed) = self.find(&name, hash) {
            return placed;
        }
        missing(source, line, &name, events);
        let mut placeholder = Comment::new(Body::Missing);
        placeholder.key = Some(name.into_owned());
        self.push(placeholder, Parent::None, line, hash);
        self.comments.len() - 1
    }

    fn push(&mut self, comment: Comment, parent: Parent<'s>, line: Span, hash: u32) {
        if comment.key.is_some() {
            self.ids.put(self.comments.len(), hash);
        }
        self.comments.push(comment);
        self.parents.push(parent);
        self.lines.push(line);
    }

    fn find(&self, id: &str, hash: u32) -> Option<usize> {
        self.ids.find(id, hash, &self.comments)
    }
}

/// The places of comments by their ids, which only the comments hold; beside each place the hash of the id.
#[derive(Default)]
struct Ids {
    table: HashTable<(u32, u32)>,
    keys: RandomState,
}

impl Ids {
    fn hash(&self, id: &str) -> u32 {
        self.keys.hash_one(id) as u32
    }

    fn find(&self, id: &str, hash: u32, comments: &[Comment]) -> Option<usize> {
        let same = |(at, kept): &(u32, u32)| {
            *kept == hash && comments.get(*at as usize).and_then(|c| c.key.as_deref()) == Some(id)
        };
        self.table.find(spread(hash), same).map(|(at, _)| *at as usize)
    }

    fn put(&mut self, at: usize, hash: u32) {
        self.table.insert_unique(spread(hash), (at as u32, hash), |(_, kept)| spread(*kept));
    }
}

/// The table looks at the highest bits too.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn origin(source: &Source) -> Origin {
    Origin { file: source.name().to_owned(), ..Origin::default() }
}

fn duplicate(source: &Source, entry: &Entry<'_>, same: bool, events: &mut Events) {
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
