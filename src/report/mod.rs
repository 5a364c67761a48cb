//! Summaries of labelled threads and their writers. A writer is a pure function of a [`Summary`] (and of the labelled
//! comments for the table of labels): no clock, no randomness, no order of hashes.

pub mod chart;
mod gather;
mod highlight;
mod record;
#[cfg(test)]
mod sample;
mod shorten;
mod summary;

pub use record::{EvidenceRecord, Record, author_name, comment_id};
pub use shorten::{shorten, visible};
pub use summary::{
    About, CommentCounts, DepthSummary, Header, Highlight, LEVELS, OutletSummary, Pack, Quote, SMALL_N,
    Summary, ThreadSummary, summarize,
};

#[cfg(test)]
mod tests;
