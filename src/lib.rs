//! Rebuilds comment threads from pasted pages and labels where each author stands on an allegation.
//!
//! A [`Source`] is parsed into [`Thread`]s; a labeller gives each comment a [`Label`] with its evidence; labels are
//! counted into a summary; a summary is written as text, Markdown, CSV, JSON, SVG or PNG. A module uses only what
//! stands to its left in that sentence.
//!
//! ```
//! use threadstance::{Labeller, Profile, RulePack, Source, Stance, parse};
//!
//! let page = "A statement\n\n2 Comments\nAda\nThis is a witch hunt by the DOJ.\nBo\nThe weather is fine.\n";
//! let source = Source::from_text("page.txt", page.to_owned())?;
//! let parsed = parse(&source, None)?;
//! let profile = Profile::find("dprk-it-workers")?;
//! let labeller = Labeller::new(RulePack::builtin()?, &profile)?;
//! let labelled = labeller.label(&parsed.threads[0]);
//! let stances: Vec<Stance> = labelled.labels().map(|(_, label)| label.stance).collect();
//! assert_eq!(stances, [Stance::Deny, Stance::Comment]);
//! let (_, first) = labelled.labels().next().unwrap();
//! assert_eq!(source.text(first.evidence[0].span), "witch hunt");
//! # Ok::<(), threadstance::Error>(())
//! ```

pub mod bulk;
pub mod cli;
pub mod coding;
pub mod columns;
pub mod convert;
pub mod diagnostic;
mod digest;
pub mod error;
pub mod fit;
pub mod gold;
pub mod kind;
pub mod label;
pub mod outlets;
mod packing;
pub mod parse;
pub mod profile;
pub mod profile_check;
pub mod report;
pub mod rule;
pub mod source;
pub mod stats;
pub mod text;
pub mod thread;
mod unpack;
pub mod visible;
pub mod voice;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use error::{Error, Result};
pub use label::{Aspect, Effect, Evidence, Label, Labelled, Labeller, Sentiment, Stance};
pub use parse::{Article, Columns, Detection, Dialect, Parsed, detect, parse, parse_with};
pub use profile::Profile;
pub use report::{About, Summary, summarize};
pub use rule::RulePack;
pub use source::{Source, Span};
pub use thread::{Author, Badge, Body, Comment, CommentId, Origin, Score, Text, Thread};
