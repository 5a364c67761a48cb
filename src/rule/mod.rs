//! Rules as data: the pack, its pattern language, and the matcher that runs it.

mod base;
pub mod builtin;
mod compile;
pub mod connotation;
pub mod docs;
mod first;
mod follow;
mod index;
mod inflect;
pub mod kin;
mod lexicon;
pub mod lint;
mod matcher;
mod meaning;
mod need;
mod pack;
mod pattern;
mod raw;
mod roles;
mod setting;
mod weights;

pub use base::{Base, Compiled, Matter};
pub use compile::Compiler;
pub use connotation::{Connotation, Part};
pub use docs::docs;
pub use inflect::Inflector;
pub use kin::{Kin, KinTable};
pub use lexicon::Lexicon;
pub use matcher::{Found, Matcher};
pub use meaning::{Meaning, Role};
pub use pack::{Cue, Family, Lean, Rule, RulePack, Scoring, WordList};
pub use pattern::{Pattern, PatternError, Patterns};
pub use roles::Roles;
pub use setting::{CueKind, Mechanism, Negation, Question, Relation, Scope, Status, Target};
pub use weights::{Variant, Weight, Weights};
