//! The closed sets of labels, and the effect of evidence.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Where an author stands on the allegation: the four classes of RumourEval (Derczynski et al. 2017, SDQC).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Treats the allegation as true or likely, or approves of the accusation.
    Support,
    /// Rejects, doubts or belittles the allegation.
    Deny,
    /// Asks whether it is true, without leaning.
    Query,
    /// None of these, or truly balanced.
    Comment,
}

/// Tone of the author's own words.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Sentiment {
    /// Negative.
    Negative,
    /// Neutral or balanced.
    Neutral,
    /// Positive.
    Positive,
}

macro_rules! names {
    ($(#[$meta:meta])* $kind:ident { $($(#[$doc:meta])* $variant:ident => $name:literal, $meaning:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $kind { $(#[doc = $meaning] $variant,)* }

        impl $kind {
            /// Every value, in order.
            pub const ALL: &'static [$kind] = &[$($kind::$variant,)*];

            /// The name used in data and output.
            pub fn as_str(self) -> &'static str {
                match self { $($kind::$variant => $name,)* }
            }

            /// What it means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $($kind::$variant => $meaning,)* }
            }
        }

        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

names! {
    /// How a stance is argued; a comment may show several.
    Aspect {
        AgreesWithParent => "agrees_with_parent", "Agrees with the comment it answers.";
        AlternativeExplanation => "alternative_explanation", "Names another culprit or another course of events.";
        AssertsDeed => "asserts_deed", "States in its own voice that the accused did the deed.";
        AsksVeracity => "asks_veracity", "Asks whether the allegation is true.";
        AttacksPerson => "attacks_person", "Attacks the person it answers.";
        AttacksSource => "attacks_source", "Attacks whoever passes the allegation on.";
        BothSides => "both_sides", "Weighs for and against about equally.";
        CitesAuthority => "cites_authority", "Relies on police, officials or experts.";
        CondemnsDeed => "condemns_deed", "Condemns the deed, which takes it as fact.";
        CriticisesDenial => "criticises_denial", "Criticises somebody for denying the deed.";
        DemandsEvidence => "demands_evidence", "Asks for or misses evidence.";
        DirectDenial => "direct_denial", "Says that the allegation is false or the deed did not happen.";
        DisagreesWithParent => "disagrees_with_parent", "Disagrees with the comment it answers.";
        DistrustsDefender => "distrusts_defender", "Says that the accused or the defender lies.";
        Doubts => "doubts", "Finds the allegation hard to believe or unconfirmed.";
        Downplays => "downplays", "Makes the deed small, harmless or usual.";
        Fabrication => "fabrication", "Calls the allegation a smear, a pretext, a set-up or invented.";
        HedgedAffirmation => "hedged_affirmation", "Holds the allegation possible or likely.";
        Joke => "joke", "Jokes.";
        LeadingQuestion => "leading_question", "Asks in a form that asserts.";
        Mockery => "mockery", "Ridicules the allegation or its makers.";
        MotiveAttack => "motive_attack", "Attacks the motive of the accuser.";
        PastedArticle => "pasted_article", "Holds text pasted from somewhere else.";
        PointsOutContradiction => "points_out_contradiction", "Shows that the accusers contradict themselves.";
        RhetoricalQuestion => "rhetorical_question", "Asks without wanting an answer.";
        Sarcasm => "sarcasm", "Means the reverse of its words.";
        SupportsAllegation => "supports_allegation", "Says that the allegation is true or proven.";
        SupportsProsecution => "supports_prosecution", "Approves of the accusation or calls for punishment.";
        Whataboutism => "whataboutism", "Turns the charge back on the accuser or on others.";
    }
}

impl Stance {
    /// Every stance, in the order of reports.
    pub const ALL: [Stance; 4] = [Stance::Support, Stance::Deny, Stance::Query, Stance::Comment];

    /// The name used in data and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Support => "support",
            Stance::Deny => "deny",
            Stance::Query => "query",
            Stance::Comment => "comment",
        }
    }
}

impl Sentiment {
    /// Every sentiment, in the order of reports.
    pub const ALL: [Sentiment; 3] = [Sentiment::Negative, Sentiment::Neutral, Sentiment::Positive];

    /// The name used in data and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Sentiment::Negative => "negative",
            Sentiment::Neutral => "neutral",
            Sentiment::Positive => "positive",
        }
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Sentiment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Log-odds that a piece of evidence adds toward each stance; `comment` is the reference and gets none.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, schemars::JsonSchema, Deserialize)]
#[serde(default)]
pub struct Effect {
    /// Toward support.
    #[serde(skip_serializing_if = "is_zero")]
    pub support: f64,
    /// Toward deny.
    #[serde(skip_serializing_if = "is_zero")]
    pub deny: f64,
    /// Toward query.
    #[serde(skip_serializing_if = "is_zero")]
    pub query: f64,
}

impl Effect {
    /// Sum of the absolute log-odds.
    pub fn size(&self) -> f64 {
        self.support.abs() + self.deny.abs() + self.query.abs()
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_zero(x: &f64) -> bool {
    *x == 0.0
}
