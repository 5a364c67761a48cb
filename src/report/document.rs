//! A page as one JSON document.

use crate::diagnostic::Diagnostic;
use crate::parse::{Article, Dialect, Located, Parsed};
use crate::source::{Source, Span};
use crate::thread::{Author, Body, Comment, CommentId, Origin, Score, Thread};
use serde::Serialize;

/// A page: its article and its comments, as `thread --format json` writes it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub struct Document<'p> {
    file: &'p str,
    dialect: Dialect,
    origin: Option<&'p Origin>,
    article: Option<ArticleText<'p>>,
    comments: Vec<Node<'p>>,
    diagnostics: &'p [Diagnostic],
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct ArticleText<'p> {
    title: Option<&'p Located>,
    date: Option<&'p Located>,
    sources: Vec<Piece<'p>>,
    body: Vec<Piece<'p>>,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct Piece<'p> {
    text: &'p str,
    span: Span,
}

#[derive(Debug, Serialize, schemars::JsonSchema)]
struct Node<'p> {
    thread_id: &'p str,
    path: String,
    depth: u32,
    /// The input's own id, else the path.
    id: String,
    parent: Option<String>,
    author: Option<&'p Author>,
    score: Option<Score>,
    age: Option<&'p str>,
    created: Option<&'p str>,
    edited: bool,
    subject: Option<&'p str>,
    header: Option<Span>,
    body: Option<Span>,
    text: Option<&'p str>,
    state: &'static str,
}

impl<'p> Document<'p> {
    /// The document of a page.
    pub fn new(source: &'p Source, parsed: &'p Parsed) -> Self {
        let origin = parsed.threads.first().map(|t| &t.origin);
        Document {
            file: origin.map_or(source.name(), |o| &o.file),
            dialect: parsed.dialect,
            origin,
            article: parsed.article.as_ref().map(|a| article(source, a)),
            comments: parsed.threads.iter().flat_map(comments).collect(),
            diagnostics: &parsed.diagnostics,
        }
    }
}

fn article<'p>(source: &'p Source, article: &'p Article) -> ArticleText<'p> {
    let pieces = |spans: &[Span]| spans.iter().map(|s| Piece { text: source.text(*s), span: *s }).collect();
    let (title, date) = (article.title.as_ref(), article.date.as_ref());
    ArticleText { title, date, sources: pieces(&article.sources), body: pieces(&article.body) }
}

fn comments(thread: &Thread) -> impl Iterator<Item = Node<'_>> {
    thread.comments().map(move |(id, comment)| node(thread, id, comment))
}

fn node<'p>(thread: &'p Thread, id: CommentId, comment: &'p Comment) -> Node<'p> {
    let text = comment.body.text();
    Node {
        thread_id: &thread.id,
        id: comment.key.clone().unwrap_or_else(|| thread.path(id)),
        path: thread.path(id),
        depth: thread.depth(id),
        parent: thread.parent(id).map(|p| thread.path(p)),
        author: comment.author.as_ref(),
        score: comment.score,
        age: comment.age.as_deref(),
        created: comment.created.as_deref(),
        edited: comment.edited,
        subject: comment.subject.as_deref(),
        header: comment.header,
        body: text.map(crate::thread::Text::span),
        text: text.map(crate::thread::Text::raw),
        state: state(&comment.body),
    }
}

fn state(body: &Body) -> &'static str {
    match body {
        Body::Written(_) => "written",
        Body::Removed => "removed",
        Body::Missing => "missing",
    }
}
