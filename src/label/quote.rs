//! Quotations inside a block, and what they are there for.

use super::reading::is_emote_name;
use super::voice::{Block, Voice, Voices};
use crate::rule::CueKind;
use crate::text::{Token, mark};
use std::ops::Range;

/// Finds the quotations of a block and gives each its voice.
pub(super) fn quotations(voices: &mut Voices<'_>, block: &Block<'_>, raw: &str) {
    let mut last: Option<(usize, Voice)> = None;
    for quote in pairs(block, raw) {
        let listed = last.filter(|(end, _)| is_list_glue(&block.tokens[*end..quote.start], raw)).map(|l| l.1);
        let voice = match (voice(block, &quote, raw), listed) {
            (_, Some(Voice::Mock)) => Voice::Mock,
            (voice, _) => voice,
        };
        if voices.claim(quote.clone(), voice) {
            last = Some((quote.end, voice));
        }
    }
}

/// Bytes that a quotation may have before its mark is taken as stray.
const LONGEST: u32 = 600;
const LONGEST_SINGLE: u32 = 200;

/// Quotations, marks included, in order; single marks count where they stand like quotation marks.
fn pairs(block: &Block<'_>, raw: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    for i in block.range.clone() {
        let token = &block.tokens[i];
        let double = token.word == mark::QUOTE;
        if !double && token.word != mark::APOSTROPHE {
            continue;
        }
        match open {
            Some((start, true)) if double && !opens_only(token, raw, block.tokens[start].text(raw)) => {
                if token.span.end - block.tokens[start].span.start <= LONGEST {
                    out.push(start..i + 1);
                }
                open = None;
            }
            Some((start, false))
                if !double && token.span.end - block.tokens[start].span.start <= LONGEST_SINGLE =>
            {
                out.push(start..i + 1);
                open = None;
            }
            Some((_, true)) if !double => {}
            _ if double && !matches!(token.text(raw), "”" | "»") => open = Some((i, true)),
            _ if !double && opens_single(block, i, raw) => open = Some((i, false)),
            _ => {}
        }
    }
    out
}

/// A mark that can only open, seen while another is open: the first one was stray. German „ is closed by “.
fn opens_only(token: &Token, raw: &str, opened: &str) -> bool {
    matches!(token.text(raw), "„" | "«") || token.text(raw) == "“" && opened != "„"
}

fn opens_single(block: &Block<'_>, i: usize, raw: &str) -> bool {
    let token = &block.tokens[i];
    let joined = block.tokens.get(i + 1).is_some_and(|n| !n.spaced && n.is_word());
    let own_mark = matches!(token.text(raw), "‘" | "'" | "‚");
    own_mark && joined && (token.spaced || i == block.range.start)
}

/// `, or` between two quotations: a list of the same kind.
fn is_list_glue(between: &[Token], raw: &str) -> bool {
    between.len() <= 3
        && between.iter().all(|t| t.word == mark::COMMA || matches!(t.text(raw), "or" | "and" | "Or" | "And"))
}

/// Words up to which a quotation without a final stop is a scare quote.
const SCARE_WORDS: usize = 3;

fn voice(block: &Block<'_>, quote: &Range<usize>, raw: &str) -> Voice {
    let inner = &block.tokens[quote.start + 1..quote.end - 1];
    let words = inner.iter().filter(|t| t.is_word()).count();
    let stopped =
        inner.last().is_some_and(|t| matches!(t.word, mark::PERIOD | mark::EXCLAMATION | mark::QUESTION));
    if is_mock(block, quote, raw) {
        Voice::Mock
    } else if is_reported(block, quote) {
        Voice::Attributed
    } else if words <= SCARE_WORDS && !stopped {
        Voice::Scare
    } else {
        Voice::Quoted
    }
}

fn is_mock(block: &Block<'_>, quote: &Range<usize>, raw: &str) -> bool {
    const LEAD: usize = 6;
    let mut leads = block.cues_between(CueKind::MockLead, quote.start.saturating_sub(LEAD), quote.start);
    let led = leads.any(|r| r.end <= quote.start && quote.start - r.end <= 1);
    let opened = block.cues_between(CueKind::MockOpening, quote.start + 1, quote.start + 1).next().is_some();
    led || opened || emote_lead(block, quote.start, raw)
}

/// `name-name: “…”` at the beginning of a block: the name of a picture, whose voice follows.
fn emote_lead(block: &Block<'_>, quote: usize, raw: &str) -> bool {
    let before = &block.tokens[block.range.start..quote];
    let [words @ .., colon] = before else { return false };
    colon.word == mark::COLON && is_emote_name(words, raw)
}

/// A verb of saying just before or after.
fn is_reported(block: &Block<'_>, quote: &Range<usize>) -> bool {
    const BEFORE: usize = 8;
    const AFTER: usize = 5;
    let mut near =
        block.cues_between(CueKind::Reporting, quote.start.saturating_sub(BEFORE + 3), quote.end + AFTER);
    near.any(|r| {
        r.end <= quote.start && quote.start - r.end <= BEFORE
            || r.start >= quote.end && r.start - quote.end <= AFTER
    })
}
