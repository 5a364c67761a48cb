//! Rules as data: the pack, its pattern language, and the matcher that runs it.

pub mod builtin;
mod compile;
mod inflect;
mod lexicon;
pub mod lint;
mod matcher;
mod pack;
mod pattern;
mod raw;
mod roles;

pub use compile::Compiler;
pub use inflect::Inflector;
pub use lexicon::Lexicon;
pub use matcher::{Found, Matcher};
pub use pack::{
    Cue, CueKind, Family, Mechanism, Negation, Question, Relation, Rule, RulePack, Scope, Scoring, Status,
    Target, WordList,
};
pub use pattern::{Pattern, PatternError};
pub use roles::Roles;
