//! Machine-readable formats: one module each.

mod forest;
pub(crate) mod ndjson;
