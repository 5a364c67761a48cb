//! What finds of the labeller stand for.

use super::kin::Side;
use super::setting::CueKind;
use serde::{Deserialize, Serialize};

/// A party or subject of the allegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    /// Who makes the allegation.
    Accuser,
    /// Whom it is about.
    Accused,
    /// Who speaks for the accused.
    Defender,
    /// What is said to have been done.
    Deed,
    /// The allegation itself.
    Claim,
}

/// What a find stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meaning {
    /// A rule, by its index.
    Rule(usize),
    /// A cue of that kind.
    Cue(CueKind),
    /// A phrase with the valence of the cue of that index.
    Idiom(usize),
    /// A name or word of a role.
    Role(Role),
    /// An opening word of denial.
    OpeningNo,
    /// An opening word of affirmation.
    OpeningYes,
    /// An entry of the connotation lexicon, by its index.
    Connotation(usize),
    /// A well-known deed of one side.
    KinDeed(Side),
}

impl Role {
    /// Each role with the name that patterns give it.
    pub const ALL: [(Role, &str); 5] = [
        (Role::Accuser, "accuser"),
        (Role::Accused, "accused"),
        (Role::Defender, "defender"),
        (Role::Deed, "deed"),
        (Role::Claim, "claim"),
    ];
}
