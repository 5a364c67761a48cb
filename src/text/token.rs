//! The token.

use super::words::WordId;
use crate::source::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word or a part of a contraction.
    Word,
    /// Figures, with a unit or suffix stuck to them.
    Number,
    /// A punctuation mark; a run of the same mark is one token.
    Mark,
    /// A pictograph.
    Emoji,
    /// A smiley of punctuation, or the name of a picture between colons.
    Emote,
    /// A link.
    Url,
    /// `@name`.
    Mention,
    /// A line end.
    Line,
    /// One or more blank lines.
    Paragraph,
}

/// A piece of text with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its word in lower case; contractions are opened (`n't` is `not`, `'re` is `are`).
    pub word: WordId,
    /// Its exact form, dots of an acronym dropped; unknown if it holds no capital.
    pub exact: WordId,
    /// What it is.
    pub kind: Kind,
    /// White space stands before it.
    pub spaced: bool,
    /// It starts with a capital.
    pub capital: bool,
    /// It is of capitals throughout and has more than one letter.
    pub shouted: bool,
}

impl Token {
    /// A line end or blank line.
    pub fn is_break(&self) -> bool {
        matches!(self.kind, Kind::Line | Kind::Paragraph)
    }

    /// A word or a number.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    /// The token as it stands in its text.
    pub fn text<'t>(&self, raw: &'t str) -> &'t str {
        raw.get(self.span.start as usize..self.span.end as usize).unwrap_or_default()
    }
}
