//! Coding by hand: drawing comments, the sheet that coders fill, and what their codings say.

mod agreement;
mod codings;

pub use agreement::{Agreement, Labels, PairAgreement, ProgramLabel, agreement};
pub use codings::{Coder, Codings, Key};
