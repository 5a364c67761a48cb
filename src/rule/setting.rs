//! The closed sets that rule files choose from.

use serde::{Deserialize, Serialize};

macro_rules! setting {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// How many there are.
            pub const COUNT: usize = [$($name::$variant,)*].len();
        }
    };
}

setting! {
    /// Where a pattern is looked for.
    Scope {
        /// In each sentence.
        #[default] Sentence,
        /// In each clause.
        Clause,
        /// In the first sentence of the author's own.
        Opening,
    }
}

setting! {
    /// What a negation before the words does.
    Negation {
        /// Nothing: the pattern holds its own negation.
        #[default] Ignore,
        /// Turns support and deny around, at a part of the weight.
        Flip,
        /// Voids the words.
        Kill,
    }
}

setting! {
    /// What a question mark at the sentence's end does.
    Question {
        /// Nothing.
        #[default] Ignore,
        /// Weakens, and adds to query.
        Soften,
        /// Voids the words.
        Kill,
    }
}

setting! {
    /// Whose attribute the words are when a role stands nearest.
    Target {
        /// Falsity words: of the defender they speak for the charge.
        #[default] Claim,
        /// Lie words: of the defender or the accused they speak for the charge.
        Lie,
    }
}

setting! {
    /// What the words say about the comment answered.
    Relation {
        /// Agrees with it.
        #[default] Agree,
        /// Disagrees with it.
        Disagree,
    }
}

setting! {
    /// Life cycle of a rule.
    Status {
        /// On trial.
        Trial,
        /// In use.
        #[default] Stable,
        /// Kept for its id; does not run.
        Retired,
    }
}

setting! {
    /// What a rule without a pattern looks at. The set is closed; its weights and reasons are data.
    Mechanism {
        /// Scare quotes around a deed, the claim or a role's act.
        #[default] ScareQuoteDeed,
        /// Other scare quotes beside the accused or the defender.
        ScareQuoteAccused,
        /// Other scare quotes beside the accuser.
        ScareQuoteAccuser,
        /// Scare quotes beside nobody.
        ScareQuote,
        /// A quotation in an imagined voice.
        MockQuote,
        /// Three shouted words inside mixed case.
        Shouting,
        /// The name of a picture at the head of a block.
        EmoteLead,
        /// Sarcasm of the whole comment.
        SarcasmLevel,
        /// Two or more question marks.
        ManyQuestions,
        /// Every own sentence asks.
        OnlyQuestions,
        /// A question of at most twelve words.
        ShortQuestion,
        /// A question beside statements.
        QuestionWithText,
        /// A question in a long comment.
        LongQuestion,
        /// No words of the author's own.
        NoOwnWords,
        /// Negative words beside the accuser.
        AccuserNegative,
        /// Positive words beside the accuser.
        AccuserPositive,
        /// Negative words beside the accused.
        AccusedNegative,
        /// Positive words beside the accused.
        AccusedPositive,
        /// Negative words beside the defender.
        DefenderNegative,
        /// Positive words beside the defender.
        DefenderPositive,
        /// A word that speaks ill of the accuser, by who does what to whom.
        AccuserBlamed,
        /// A word that speaks well of the accuser, or has it wronged.
        AccuserBacked,
        /// A word that speaks ill of the accused, by who does what to whom.
        AccusedBlamed,
        /// A word that speaks well of the accused, or has it wronged.
        AccusedBacked,
        /// A word that speaks ill of the defender.
        DefenderBlamed,
        /// A word that speaks well of the defender, or has it wronged.
        DefenderBacked,
        /// A word that takes the claim for false, a pretext or unproven, whoever it is said of.
        ClaimDoubted,
        /// A word that takes the claim for true or serious.
        ClaimBacked,
        /// The deed done by the accuser.
        AccuserDidDeed,
        /// The comment names the accuser more often than the accused.
        NamesAccuserMore,
        /// The comment names the accused more often than the accuser.
        NamesAccusedMore,
        /// The comment names the deed.
        NamesDeed,
        /// The comment names neither a party nor the deed.
        NamesNothing,
        /// A well-known deed of the accuser's side.
        CounterDeed,
        /// A well-known deed of the accused's side.
        LikeDeed,
        /// The first post of the thread.
        Source,
        /// The first post, if it asks.
        SourceAsks,
        /// The first post of a thread whose replies name nobody with `@`.
        SourceOfForum,
        /// Repeats most content words of the first post.
        Echo,
        /// Repeats a part of the content words of the first post.
        EchoPart,
        /// Nearly all content words are those of the first post.
        EchoOnly,
        /// Passes on a post of somebody.
        PassesOn,
        /// Passes on a post and says nothing.
        PassesOnOnly,
        /// Answers the first post.
        DirectReply,
        /// Third level of replies or deeper.
        Deep,
        /// Sixth level of replies or deeper.
        VeryDeep,
        /// Written by the author of the first post.
        SourceAuthor,
        /// A negated sentence shares a content word with the first post or the comment answered.
        NegatedEcho,
        /// A negated sentence shares two content words or more.
        NegatedEchoStrong,
        /// Answers a question post with a denial.
        AnswersNo,
        /// Answers a question post with an affirmation.
        AnswersYes,
        /// Opens with a word of denial.
        OpensWithNo,
        /// Words for denial in a direct answer to the first post.
        DenialDirect,
        /// Words for denial in an answer of at most eight words.
        DenialShort,
        /// Shares no content word with the first post or the comment answered.
        OffTopic,
        /// Links to something and shares words with the first post.
        LinkOnTopic,
        /// Nothing but a link.
        LinkOnly,
        /// Has a link.
        HasLink,
        /// Gives another figure than the first post.
        NumberDiffers,
        /// Addresses three people or more.
        ManyMentions,
        /// Names nobody with `@` and passes nothing on.
        NamesNobody,
        /// A question in a direct answer to the first post.
        QuestionDirect,
        /// The same in at most ten words.
        QuestionDirectShort,
        /// A question that names nobody with `@`.
        QuestionUnaddressed,
        /// The last own sentence asks.
        EndsAsking,
        /// A question deep in the talk.
        QuestionDeep,
        /// A question with words of the first post.
        QuestionOnTopic,
        /// Answers a comment that asks.
        AfterQuestion,
        /// Has an exclamation mark.
        Exclaims,
        /// At most three words.
        Short,
        /// More than forty words.
        Long,
        /// Negative tone.
        NegativeTone,
        /// Positive tone.
        PositiveTone,
        /// Agrees with a comment that supports.
        AgreesWithSupport,
        /// Agrees with a comment that denies.
        AgreesWithDeny,
        /// Disagrees with a comment that supports.
        DisagreesWithSupport,
        /// Disagrees with a comment that denies.
        DisagreesWithDeny,
        /// Jokes under a comment that supports.
        JokesWithSupport,
        /// Jokes under a comment that denies.
        JokesWithDeny,
        /// A word taken up stands under a negation in one of the two alone.
        TurnsWords,
        /// A word taken up keeps its polarity.
        KeepsWords,
        /// Quotes the comment answered.
        QuotesAnswered,
        /// The comment answered ends with a question.
        AnswersQuestion,
        /// Both comments are negative.
        BothNegative,
        /// Positive in answer to a negative comment.
        TurnsPositive,
        /// A positive reply.
        AnswersPositive,
        /// A negative reply.
        AnswersNegative,
        /// A reply of a few words.
        Brief,
        /// A reply of many words.
        Lengthy,
        /// Share of the reply's sentences that hold a negation.
        Denies,
        /// Share of the reply's sentences that ask.
        AsksMuch,
        /// The reply has an exclamation mark.
        AnswerExclaims,
    }
}

setting! {
    /// What a cue does. Cues never vote; they change what rules do.
    CueKind {
        /// Negates what follows.
        #[default] Negation,
        /// Looks like a negation and is none.
        PseudoNegation,
        /// Ends the reach of a negation.
        Boundary,
        /// Makes less certain.
        Hedge,
        /// Opens a condition.
        Condition,
        /// Puts the words in somebody's mouth.
        Attribution,
        /// Turns the argument.
        Contrast,
        /// Grants a point before an objection.
        Concession,
        /// Tells what others pretend.
        OthersPretend,
        /// Tells what others hold.
        OthersHold,
        /// Introduces or follows a real quotation.
        Reporting,
        /// Introduces an imagined quotation.
        MockLead,
        /// Opens an imagined quotation.
        MockOpening,
        /// Announces pasted text.
        PasteLead,
        /// Register of news.
        News,
        /// Speaks of oneself or to somebody.
        Personal,
        /// Opens a line that is no transcript though it has a colon.
        NoTranscript,
        /// Words of speech acts: no tone of the author's.
        SpeechAct,
        /// Makes the next opinion word stronger.
        Intensifier,
        /// Makes the next opinion word weaker.
        Diminisher,
        /// A phrase with a valence of its own, in place of its words'.
        Idiom,
    }
}

impl Mechanism {
    /// Looks at the comment answered, so that a single text cannot be an example.
    pub fn needs_thread(self) -> bool {
        use Mechanism as M;
        let replies = matches!(
            self,
            M::AgreesWithSupport
                | M::AgreesWithDeny
                | M::DisagreesWithSupport
                | M::DisagreesWithDeny
                | M::JokesWithSupport
                | M::JokesWithDeny
        );
        replies || self.holds_against_parent() || (self >= M::Source && self <= M::PositiveTone)
    }

    /// Holds a reply against the comment it answers, whatever side that takes.
    pub fn holds_against_parent(self) -> bool {
        self >= Mechanism::TurnsWords && self <= Mechanism::AnswerExclaims
    }
}
