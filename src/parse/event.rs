//! What a page family says of a page, line by line, before any tree is built.

use super::article::Located;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Source, Span};
use crate::thread::Comment;
use serde::Serialize;

/// What a line of the page is. Each line that is not blank has exactly one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Role {
    /// Title of the article or post.
    Title,
    /// A line that gives the date.
    Date,
    /// Where the text is from.
    Source,
    /// A paragraph of the article or post.
    Article,
    /// Furniture of the site.
    Boilerplate,
    /// Heading of the comment section.
    Heading,
    /// A line of a comment's header.
    Header,
    /// A line of a comment's words.
    Body,
    /// A line of machine-readable input that holds a comment.
    Record,
    /// A line that could not be read; a diagnostic says why.
    Skipped,
}

/// A line of the page and its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The line without white space around it.
    pub span: Span,
    /// What it is.
    pub role: Role,
}

/// One step of reading a page; small, for a page has one a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    /// A line with its role; body lines belong to the comment opened last.
    Line(Piece),
    /// The article's title, which may be less than its line.
    Title(Box<Located>),
    /// The article's date.
    Date(Box<Located>),
    /// Words that stand on a line of the header of the comment opened last.
    Words(Span),
    /// A comment begins.
    Open(Box<Head>),
}

impl Event {
    /// The line it holds, if it holds one.
    pub fn as_piece(&self) -> Option<Piece> {
        match self {
            Event::Line(piece) => Some(*piece),
            _ => None,
        }
    }
}

/// What a comment's header says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Head {
    /// Levels above it.
    pub level: u32,
    /// Author, votes, age; the body is filled when the comment is complete.
    pub comment: Comment,
}

/// All that was read from a page.
#[derive(Debug, Default)]
pub(crate) struct Events {
    /// In page order.
    pub list: Vec<Event>,
    /// What was repaired or is doubtful.
    pub diagnostics: Vec<Diagnostic>,
}

impl Events {
    /// Adds a line.
    pub fn line(&mut self, role: Role, span: Span) {
        self.list.push(Event::Line(Piece { span, role }));
    }

    /// Adds a warning at a place.
    pub fn warn(&mut self, source: &Source, span: Span, code: Code, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::at(source, span, code, Severity::Warning, message, help));
    }

    /// Adds a note at a place.
    pub fn note(&mut self, source: &Source, span: Span, code: Code, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::at(source, span, code, Severity::Note, message, help));
    }
}
