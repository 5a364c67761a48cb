//! Coding by hand: drawing comments, the sheet that coders fill, and what their codings say.

mod agreement;
mod codings;
mod draw;
mod sheet;

pub use agreement::{Agreement, Labels, PairAgreement, ProgramLabel, agreement};
pub use codings::{Coder, Codings, Key};
pub use draw::draw;
pub use sheet::{SHEET_COLUMNS, Sheet, Stratum, sheet};
