//! Blocks (paragraphs, joined where a line was only wrapped) and sentences, as ranges of tokens.

use super::token::{Kind, Token};
use super::words::{WordId, mark};
use std::ops::Range;

/// The blocks of a text: lines, joined where the line end is a mere wrap. Breaks between blocks belong to none.
pub fn blocks(tokens: &[Token], raw: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(i) = next(tokens, from..tokens.len(), Token::is_break) {
        if !wraps(tokens, raw, i, start) {
            push(&mut out, start..i);
            start = i + 1;
        }
        from = i + 1;
    }
    push(&mut out, start..tokens.len());
    out
}

/// The sentences of a block. `abbreviations` are words whose full stop ends nothing.
pub fn sentences(tokens: &[Token], block: Range<usize>, abbreviations: &[WordId]) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(block.len() / 16 + 1);
    let (mut start, mut from) = (block.start, block.start);
    while from < block.end {
        // A text without stops is cut, so that work within a sentence stays bounded.
        let longest = block.end.min(start + LONGEST);
        let i = next(tokens, from..longest, is_stop).unwrap_or(longest);
        if i < block.end && (i - start >= LONGEST || ends(tokens, i, &block, abbreviations)) {
            from = closers(tokens, i + 1, block.end);
            push(&mut out, start..from);
            start = from;
        } else {
            from = i + 1;
        }
    }
    push(&mut out, start..block.end);
    out
}

/// The next token of a range that is so.
#[inline]
fn next(tokens: &[Token], range: Range<usize>, so: impl Fn(&Token) -> bool) -> Option<usize> {
    let start = range.start;
    tokens.get(range)?.iter().position(so).map(|i| start + i)
}

/// Full stop, exclamation mark, question mark, ellipsis.
fn is_stop(token: &Token) -> bool {
    (mark::PERIOD..=mark::ELLIPSIS).contains(&token.word)
}

/// A line end inside a long line that goes on in lower case is a wrap, not a border.
fn wraps(tokens: &[Token], raw: &str, at: usize, start: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return false };
    let width = match tokens[start..at].iter().rposition(Token::is_break) {
        Some(i) => tokens[at].span.start - tokens[start + i].span.end,
        None => tokens[at].span.start - tokens.get(start).map_or(0, |t| t.span.start),
    };
    tokens[at].kind == Kind::Line && width >= WRAP_WIDTH && next.text(raw).starts_with(char::is_lowercase)
}

/// Marks that may close a sentence.
const CLOSERS: usize = 8;

/// Tokens of a sentence.
const LONGEST: usize = 150;

/// Bytes from which a line may have been wrapped.
const WRAP_WIDTH: u32 = 50;

fn ends(tokens: &[Token], i: usize, block: &Range<usize>, abbreviations: &[WordId]) -> bool {
    let token = &tokens[i];
    if !is_stop(token) {
        return false;
    }
    let after = closers(tokens, i + 1, block.end);
    let Some(next) = tokens.get(after).filter(|_| after < block.end) else { return true };
    if !next.spaced && !next.is_break() {
        return false;
    }
    match token.word {
        mark::ELLIPSIS => next.capital || !next.is_word(),
        mark::PERIOD => {
            let before =
                i.checked_sub(1).filter(|_| i > block.start).map_or(WordId::UNKNOWN, |b| tokens[b].word);
            before == WordId::UNKNOWN || !abbreviations.contains(&before)
        }
        _ => true,
    }
}

fn closers(tokens: &[Token], mut i: usize, end: usize) -> usize {
    let closes = |t: &Token| {
        !t.spaced
            && matches!(
                t.word,
                mark::QUOTE
                    | mark::APOSTROPHE
                    | mark::CLOSE
                    | mark::EXCLAMATION
                    | mark::QUESTION
                    | mark::PERIOD
                    | mark::ELLIPSIS
            )
    };
    let most = end.min(i + CLOSERS);
    while i < most && closes(&tokens[i]) {
        i += 1;
    }
    i
}

fn push(out: &mut Vec<Range<usize>>, range: Range<usize>) {
    if !range.is_empty() {
        out.push(range);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Words, tokenize};
    use super::*;

    fn split(raw: &str) -> Vec<String> {
        let mut words = Words::default();
        let abbreviations = [words.intern("mr"), words.intern("etc")];
        let tokens = tokenize(raw, &words);
        let slice = |r: Range<usize>| {
            raw[tokens[r.start].span.start as usize..tokens[r.end - 1].span.end as usize].to_owned()
        };
        blocks(&tokens, raw)
            .into_iter()
            .flat_map(|b| sentences(&tokens, b, &abbreviations))
            .map(slice)
            .collect()
    }

    #[test]
    fn sentences_end_at_stops_not_at_abbreviations_or_pauses() {
        assert_eq!(
            split("Mr. Ode left. Why? No!! \"Fine.\" He did…"),
            ["Mr. Ode left.", "Why?", "No!!", "\"Fine.\"", "He did…"]
        );
        assert_eq!(
            split("It was just… a job. See a.org for 3.5 more"),
            ["It was just… a job.", "See a.org for 3.5 more"]
        );
        assert_eq!(split("The U.S. did it (again!). ok"), ["The U.S. did it (again!).", "ok"]);
    }

    #[test]
    fn wrapped_lines_are_one_block() {
        let raw = "This line is long enough to have been wrapped by a mail\nprogram, and goes on.\nThis one is new.\n\nAnd this.";
        assert_eq!(split(raw).len(), 3);
    }
}
