//! Pages of posts: each comment begins with a header that its own lines tell, and its words go on to the next header.

use super::Page;
use crate::diagnostic::Code;
use crate::parse::article;
use crate::parse::event::{Event, Events, Head, Role};
use crate::parse::line::Row;
use crate::source::Span;
use crate::thread::{Author, Body, Comment};

/// A header that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Post {
    /// Its first row.
    pub at: usize,
    /// Rows that it takes.
    pub rows: usize,
    /// Levels above the comment.
    pub level: u32,
    /// What it says; the words come later.
    pub comment: Comment,
}

impl Post {
    /// A header of `count` rows from row `at`, of an author if there is a name.
    pub fn new(rows: &[Row<'_>], at: usize, count: usize, name: &str) -> Self {
        let mut comment = Comment::new(Body::Removed);
        comment.author = author(name);
        comment.header = Some(cover(&rows[at..at + count]));
        Post { at, rows: count, level: 0, comment }
    }

    /// With an age or time as printed.
    pub fn aged(mut self, age: &str) -> Self {
        self.comment.age = (!age.is_empty()).then(|| age.to_owned());
        self
    }
}

/// An author with that name, none for `[deleted]`; a leading `@` or `u/` belongs to none. `Anonymous Coward` is a name of many people.
pub(crate) fn author(name: &str) -> Option<Author> {
    let name = name.trim();
    let name = name.strip_prefix("u/").or_else(|| name.strip_prefix('@')).unwrap_or(name);
    let name = name.to_owned();
    (!name.is_empty() && name != "[deleted]").then(|| Author { name, ..Author::default() })
}

/// What the lines of one family look like.
pub(crate) struct Shape {
    /// The header that begins at a row; looks at a few rows only.
    pub header: fn(&[Row<'_>], usize) -> Option<Post>,
    /// A line of the site, where it stands right above or right below a comment's words.
    pub furniture: fn(&Row<'_>) -> bool,
    /// A line with which the comments end.
    pub end: fn(&Row<'_>) -> bool,
}

impl Shape {
    /// Every header of the page; rows of a header begin no other.
    pub fn find(&self, rows: &[Row<'_>]) -> Vec<Post> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < rows.len() {
            let post = (self.header)(rows, at);
            at += post.as_ref().map_or(1, |p| p.rows.max(1));
            found.extend(post);
        }
        found
    }

    /// The page's events: the article above the first header, then the comments.
    pub fn events(&self, page: &Page<'_>, posts: Vec<Post>) -> Events {
        let mut events = Events::default();
        let first = posts.first().map_or(page.rows.len(), |p| p.at);
        article::read(page.source, &page.rows[..first], &mut events);
        self.comments(page, posts, &mut events);
        events
    }

    /// The comments alone.
    pub fn comments(&self, page: &Page<'_>, posts: Vec<Post>, events: &mut Events) {
        let next: Vec<usize> = posts.iter().skip(1).map(|p| p.at).chain([page.rows.len()]).collect();
        for (post, next) in posts.into_iter().zip(next) {
            let words = post.at + post.rows;
            let end = (words..next).find(|i| (self.end)(&page.rows[*i])).unwrap_or(next);
            page.rows[post.at..words].iter().for_each(|r| events.line(Role::Header, r.span));
            events.list.push(Event::Open(Box::new(Head { level: post.level, comment: post.comment })));
            self.words(&page.rows[words..end], events);
            page.rows[end..next].iter().for_each(|r| events.line(Role::Boilerplate, r.span));
        }
    }

    fn words(&self, rows: &[Row<'_>], events: &mut Events) {
        let inside = |r: &Row<'_>| !(self.furniture)(r);
        let start = rows.iter().position(inside).unwrap_or(rows.len());
        let end = rows.iter().rposition(inside).map_or(start, |i| i + 1);
        for (i, row) in rows.iter().enumerate() {
            let role = if (start..end).contains(&i) { Role::Body } else { Role::Boilerplate };
            events.line(role, row.span);
        }
    }
}

/// Levels from indentation: a post stands under the nearest one above it that is further left.
pub(crate) fn by_indent(rows: &[Row<'_>], posts: &mut [Post]) {
    let mut open: Vec<u32> = Vec::new();
    for post in posts {
        let indent = rows[post.at].indent;
        while open.last().is_some_and(|above| *above >= indent) {
            open.pop();
        }
        post.level = open.len() as u32;
        open.push(indent);
    }
}

/// Levels from indentation at two columns a level, counted from column 2, so that what is missing shows.
pub(crate) fn by_columns(rows: &[Row<'_>], posts: &mut [Post]) {
    let base = posts.iter().map(|p| rows[p.at].indent).min().unwrap_or_default().min(2);
    posts.iter_mut().for_each(|p| p.level = (rows[p.at].indent - base) / 2);
}

/// Says that the page does not print which comment replies to which.
pub(crate) fn flat(page: &Page<'_>, posts: &[Post], events: &mut Events) {
    if let Some(span) = posts.get(1).and_then(|p| p.comment.header) {
        let message = "the page does not say which comment replies to which".to_owned();
        events.note(page.source, span, Code::TreeUnknown, message, "every comment counts as a root");
    }
}

/// Says that the page names no authors.
pub(crate) fn nameless(page: &Page<'_>, span: Span, events: &mut Events) {
    let message = "the page does not name its authors".to_owned();
    events.note(page.source, span, Code::AuthorsUnknown, message, "they are unknown, not one person");
}

/// From the first to the last row.
pub(crate) fn cover(rows: &[Row<'_>]) -> Span {
    let first = rows.first().map_or(Span::default(), |r| r.span);
    rows.iter().fold(first, |all, row| all.cover(row.span))
}
