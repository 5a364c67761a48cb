//! Summaries of labelled threads and their writers. A writer is a pure function of a [`Summary`] (and of the labelled
//! comments for the table of labels): no clock, no randomness, no order of hashes.

pub mod chart;
mod columns;
mod comment_files;
mod convokit;
mod csv;
mod document;
#[cfg(test)]
mod gallery;
mod gather;
mod highlight;
pub mod html;
mod json;
mod latex;
mod lines;
mod manifest;
mod markdown;
mod markdown_statistics;
mod markdown_voices;
mod paint;
mod parquet;
mod record;
mod redact;
#[cfg(test)]
pub(crate) mod sample;
mod shorten;
pub mod statistics;
mod summary;
#[cfg(test)]
mod tests;
mod text;
pub mod voices;
mod words;
mod write;

pub use columns::{LABELLED, push_record};
pub use comment_files::CommentFiles;
pub use convokit::convokit;
pub use csv::{COLUMNS, CsvRows, csv, csv_limited, guard, unguard};
pub use document::Document;
pub use gather::Gathered;
pub use html::{PageOptions, html};
pub use json::json;
pub use latex::latex;
pub use lines::{write_line, write_lines};
pub use manifest::{Input, Manifest, Material, manifest};
pub use markdown::{escape, markdown};
pub use paint::Paint;
pub use parquet::parquet;
pub use record::{EvidenceRecord, Record, author_name, comment_id};
pub use redact::{limit_quotes, pseudonym};
pub use shorten::shorten;
pub use statistics::Statistics;
pub use summary::{
    About, AspectCount, CommentCounts, DepthSummary, Header, Highlight, LEVELS, LeftOut, OutletSummary, Pack,
    Quote, Refused, SMALL_N, Summary, ThreadSummary, summarize,
};
pub(crate) use text::wrapped;
pub use text::{painted_text, text, write_text};
pub use voices::{ArticleVoice, article_voice};
pub use write::{
    MANIFEST, READABLE, WriteOptions, figures_named, write, write_beside_comments, write_figures,
};
