//! Machine-readable formats: one module each.

mod forest;
pub(crate) mod ndjson;

use super::detect::{Detection, Dialect};
use crate::source::Source;

/// How well each export fits.
pub(crate) fn fits(source: &Source) -> Vec<Detection> {
    let (score, reason) = ndjson::fit(source);
    vec![Detection { dialect: Dialect::Ndjson, score, reasons: vec![reason] }]
}
