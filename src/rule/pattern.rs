//! The pattern language, read by nom.
//!
//! | form | matches |
//! |---|---|
//! | `word` | the word in any case; `isn't` is `is not`, `low-rent` is `low rent` |
//! | `"exact Form"` | words with these capitals |
//! | `~word` | the word with its inflections |
//! | `@list` | an entry of a list or of a role of the profile |
//! | `@number` | figures |
//! | `(a \| b c)` | one of these |
//! | `[optional]` | this or nothing |
//! | `..3` | up to three tokens |
//! | `!(…)` | nothing, if this does not follow; first in a pattern: does not precede |
//! | `^` `$` | nothing, at the beginning or end of the scope |
//! | `, ; : ? .` … | the mark itself |

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, multispace0, u8};
use nom::combinator::{all_consuming, cut, map, not, recognize, value};
use nom::multi::{many0, many1};
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::sync::OnceLock;

/// A pattern as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Words in any case, not yet split into tokens.
    Word(String),
    /// Words with their capitals.
    Exact(String),
    /// A word with its inflections.
    Inflected(String),
    /// A list or a role.
    List(String),
    /// Figures.
    Number,
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of these.
    Choice(Vec<Pattern>),
    /// This or nothing.
    Optional(Box<Pattern>),
    /// Up to so many tokens.
    Gap(u8),
    /// Must not be there.
    Not(Box<Pattern>),
    /// Beginning of the scope.
    Start,
    /// End of the scope.
    End,
}

/// The alternatives of a pattern. Those of a stored pack are read again from what is written when they are asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Patterns {
    written: String,
    #[serde(skip)]
    read: OnceLock<Vec<Pattern>>,
}

impl Patterns {
    /// Reads a pattern.
    ///
    /// # Errors
    /// As [`Pattern::parse`].
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let read = OnceLock::from(Pattern::parse(text)?.alternatives());
        Ok(Patterns { written: text.trim().to_owned(), read })
    }

    /// The pattern as written.
    pub fn written(&self) -> &str {
        &self.written
    }
}

impl Deref for Patterns {
    type Target = [Pattern];

    fn deref(&self) -> &[Pattern] {
        let read = || Pattern::parse(&self.written).map(Pattern::alternatives).unwrap_or_default();
        if self.written.is_empty() { &[] } else { self.read.get_or_init(read) }
    }
}

/// Why a pattern could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Byte offset into the pattern.
    pub offset: usize,
    /// What is wrong there.
    pub message: String,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`PatternError`] with the place where reading stopped.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        balanced(text)?;
        match all_consuming(delimited(multispace0, choice, multispace0)).parse(text) {
            Ok((_, pattern)) => Ok(pattern),
            Err(nom::Err::Error(e) | nom::Err::Failure(e)) => Err(error_at(text, text.len() - e.input.len())),
            Err(nom::Err::Incomplete(_)) => Err(error_at(text, text.len())),
        }
    }

    /// The alternatives at the top.
    pub fn alternatives(self) -> Vec<Pattern> {
        match self {
            Pattern::Choice(all) => all.into_iter().flat_map(Pattern::alternatives).collect(),
            one => vec![one],
        }
    }
}

/// Brackets within brackets that a pattern may have; the parser recurses this deep and no deeper.
const DEEPEST: usize = 16;

/// Names the first bracket without a partner, which the grammar alone would report at its far end.
fn balanced(text: &str) -> Result<(), PatternError> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quoted = false;
    for (i, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' if open.len() == DEEPEST => return Err(error(i, "brackets are nested too deeply")),
            '(' => open.push((i, ')')),
            '[' => open.push((i, ']')),
            ')' | ']' if open.pop().is_none_or(|o| o.1 != c) => {
                return Err(error(i, "this bracket closes nothing"));
            }
            _ => {}
        }
    }
    match open.last() {
        Some((i, _)) => Err(error(*i, "this bracket is never closed")),
        None if quoted => Err(error(text.len(), "a quotation mark is missing")),
        None => Ok(()),
    }
}

fn error(offset: usize, message: &str) -> PatternError {
    PatternError { offset, message: message.to_owned() }
}

fn error_at(text: &str, offset: usize) -> PatternError {
    match text[offset..].chars().next() {
        None => error(offset, "the pattern ends where a word, `(`, `[`, `@list`, `~word` or `..N` is needed"),
        Some(c) => PatternError { offset, message: format!("`{c}` has no meaning here") },
    }
}

fn choice(input: &str) -> IResult<&str, Pattern> {
    let bar = delimited(multispace0, char('|'), multispace0);
    let (rest, (first, more)) = pair(sequence, many0(preceded(bar, cut(sequence)))).parse(input)?;
    Ok((
        rest,
        if more.is_empty() { first } else { Pattern::Choice(std::iter::once(first).chain(more).collect()) },
    ))
}

fn sequence(input: &str) -> IResult<&str, Pattern> {
    map(many1(preceded(multispace0, item)), |mut all| {
        if all.len() == 1 { all.remove(0) } else { Pattern::Sequence(all) }
    })
    .parse(input)
}

fn item(input: &str) -> IResult<&str, Pattern> {
    // Most items are words, and nothing else begins as they do.
    if input.starts_with(char::is_alphanumeric) {
        return map(word, |w| Pattern::Word(w.to_lowercase())).parse(input);
    }
    alt((
        map(preceded(char('!'), group), |p| Pattern::Not(Box::new(p))),
        group,
        map(delimited(char('['), choice, pair(multispace0, char(']'))), |p| Pattern::Optional(Box::new(p))),
        map(preceded(tag(".."), u8), Pattern::Gap),
        map(preceded(char('~'), word), |w| Pattern::Inflected(w.to_lowercase())),
        map(preceded(char('@'), name), |n| {
            if n == "number" { Pattern::Number } else { Pattern::List(n.to_owned()) }
        }),
        map(delimited(char('"'), take_while1(|c| c != '"'), char('"')), |w: &str| {
            Pattern::Exact(w.to_owned())
        }),
        value(Pattern::Start, char('^')),
        value(Pattern::End, char('$')),
        map(word, |w| Pattern::Word(w.to_lowercase())),
        map(mark, |m| Pattern::Word(m.to_owned())),
    ))
    .parse(input)
}

fn group(input: &str) -> IResult<&str, Pattern> {
    delimited(char('('), choice, pair(multispace0, char(')'))).parse(input)
}

fn name(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii_lowercase() || c == '_').parse(input)
}

/// A word, with the apostrophes, hyphens, dots and slashes inside it.
fn word(input: &str) -> IResult<&str, &str> {
    let letter = |c: char| c.is_alphanumeric();
    let tail = take_while(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '-' | '/' | '*' | '_'));
    alt((
        recognize(pair(take_while1(letter), tail)),
        tag("/s"),
        recognize(pair(char('\''), take_while1(letter))),
    ))
    .parse(input)
}

fn mark(input: &str) -> IResult<&str, &str> {
    let excluded = |c: char| c.is_whitespace() || c.is_alphanumeric() || "()[]|@~\"^$".contains(c);
    let single = recognize(nom::character::complete::satisfy(move |c| !excluded(c)));
    terminated(alt((tag("!!1"), single)), not(char('('))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(w: &str) -> Pattern {
        Pattern::Word(w.to_owned())
    }

    #[test]
    fn every_form_is_read() {
        let pattern =
            Pattern::parse("^ !(so) (no | not a) [@quality] ..3 ~steal \"US\" @number ? !(yet) $").unwrap();
        let Pattern::Sequence(items) = pattern else { panic!("{pattern:?}") };
        let not_a = Pattern::Sequence(vec![word("not"), word("a")]);
        assert_eq!(
            items,
            [
                Pattern::Start,
                Pattern::Not(Box::new(word("so"))),
                Pattern::Choice(vec![word("no"), not_a]),
                Pattern::Optional(Box::new(Pattern::List("quality".to_owned()))),
                Pattern::Gap(3),
                Pattern::Inflected("steal".to_owned()),
                Pattern::Exact("US".to_owned()),
                Pattern::Number,
                word("?"),
                Pattern::Not(Box::new(word("yet"))),
                Pattern::End,
            ]
        );
    }

    #[test]
    fn mistakes_are_placed() {
        let place = |text: &str| Pattern::parse(text).unwrap_err().offset;
        assert_eq!(place("no (evidence | proof"), 3);
        assert_eq!(place("no evidence)"), 11);
        assert_eq!(place("no | | proof"), 5);
        assert_eq!(place(""), 0);
        assert_eq!(place("\"open"), 5);
        assert_eq!(place(&"(".repeat(100_000)), DEEPEST);
    }
}
