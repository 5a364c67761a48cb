//! Whose side each sentence of an article carries: the accuser's, the defender's, both or neither, by rules of
//! attribution and quotation with their evidence. What an outlet states in its own voice carries neither: these rules
//! tell who is let speak, not who is right (compare the source-introducing predicates of Saurí & Pustejovsky 2012, "Are
//! you sure that this happened?", Computational Linguistics 38).

mod reader;
mod rules;
#[cfg(test)]
mod tests;

pub use reader::Reader;
pub use rules::{VoiceRule, rules};

use crate::source::Span;
use crate::stats::Class;
use serde::Serialize;

/// Who speaks in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The accuser and its papers.
    Accuser,
    /// Both sides.
    Both,
    /// Nobody: the outlet's own voice.
    Neither,
    /// The accused and who speaks for them.
    Defender,
}

impl Side {
    /// Every side, in the order of reports.
    pub const ALL: [Side; 4] = [Side::Accuser, Side::Both, Side::Neither, Side::Defender];

    /// The name used in data and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Accuser => "accuser",
            Side::Both => "both",
            Side::Neither => "neither",
            Side::Defender => "defender",
        }
    }
}

impl Class for Side {
    const ALL: &'static [Side] = &Side::ALL;

    fn name(self) -> &'static str {
        self.as_str()
    }
}

/// Words that show who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attribution {
    /// Id of the rule.
    pub rule: String,
    /// [`Side::Accuser`] or [`Side::Defender`].
    pub side: Side,
    /// Where the words stand in the source, in bytes.
    pub span: Span,
    /// Exactly that slice.
    pub quote: String,
}

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sentence {
    /// Where it stands in the source, in bytes.
    pub span: Span,
    /// Exactly that slice.
    pub text: String,
    /// Whose side it carries.
    pub side: Side,
    /// Why, in page order; empty for [`Side::Neither`].
    pub evidence: Vec<Attribution>,
}
