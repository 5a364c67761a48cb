//! Rebuilds comment threads from pasted pages and labels where each author stands on an allegation.
//!
//! A [`Source`] is parsed into [`Thread`]s; a labeller gives each comment a [`Label`] with its evidence; labels are
//! counted into a summary; a summary is written as text, Markdown, CSV, JSON, SVG or PNG. A module uses only what
//! stands to its left in that sentence.

pub mod cli;
pub mod diagnostic;
pub mod error;
pub mod kind;
pub mod label;
pub mod outlets;
pub mod parse;
pub mod profile;
pub mod report;
pub mod rule;
pub mod source;
pub mod stats;
pub mod text;
pub mod thread;
pub mod visible;
pub mod voice;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use error::{Error, Result};
pub use label::{Aspect, Effect, Evidence, Label, Labelled, Labeller, Sentiment, Stance};
pub use parse::{Article, Detection, Dialect, Parsed, detect, parse};
pub use profile::Profile;
pub use report::{About, Summary, summarize};
pub use rule::RulePack;
pub use source::{Source, Span};
pub use thread::{Author, Badge, Body, Comment, CommentId, Origin, Score, Text, Thread};
