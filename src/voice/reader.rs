//! Reads articles sentence by sentence.

use super::rules::{Speaker, VoicePack, VoiceRule, Within, pack};
use super::{Attribution, Sentence, Side};
use crate::error::Result;
use crate::profile::Profile;
use crate::rule::{Compiler, Draft, Matcher, Pattern, Roles, RulePack, Scope};
use crate::source::Span;
use crate::text::{Token, WordId, Words, blocks, mark, sentences, tokenize};
use std::ops::Range;

/// Words from which a quotation without a speaker beside it is somebody's statement.
const QUOTED_WORDS: usize = 4;

/// The rules compiled for one profile.
#[derive(Debug)]
pub struct Reader {
    rules: Vec<VoiceRule>,
    matcher: Matcher,
    words: Words,
    abbreviations: Vec<WordId>,
}

/// Words that let somebody speak, tokens half-open.
#[derive(Debug, Clone)]
struct Find {
    rule: &'static str,
    own: Option<String>,
    side: Side,
    tokens: Range<usize>,
}

/// What carries over from sentence to sentence.
#[derive(Debug, Default)]
struct Memory {
    last: Option<Side>,
    /// Somebody's statement is printed to the article's end.
    statement: Option<Side>,
}

impl Reader {
    /// Compiles the shipped rules for a profile; the pack gives inflections and abbreviations.
    ///
    /// # Errors
    /// None in a released program: the tests read the rules.
    pub fn new(rules: &RulePack, profile: &Profile) -> Result<Self> {
        let VoicePack { rules: voice, lists } = pack(&rules.inflector)?;
        let roles = Roles::of(profile, &rules.inflector);
        let mut compiler = Compiler::new(&lists, &roles, &rules.inflector);
        let mut draft = Draft::default();
        for (i, rule) in voice.iter().enumerate() {
            add(&mut draft, &mut compiler, &rule.patterns, i);
        }
        for (i, (pattern, _)) in OPENERS.iter().enumerate() {
            let pattern = Pattern::parse(pattern).map(Pattern::alternatives).unwrap_or_default();
            add(&mut draft, &mut compiler, &pattern, voice.len() + i);
        }
        let abbreviations = rules.lists.get("abbreviation").into_iter().flat_map(|l| &l.forms);
        let abbreviations = abbreviations.map(|a| compiler.words().intern(a)).collect();
        let (matcher, words) = draft.finish(compiler);
        Ok(Reader { rules: voice, matcher, words, abbreviations })
    }

    /// The sentences of an article, given as its paragraphs: each with the byte in the source that it begins at.
    pub fn read<'t>(&self, paragraphs: impl IntoIterator<Item = (u32, &'t str)>) -> Vec<Sentence> {
        let mut memory = Memory::default();
        let mut out = Vec::new();
        for (start, raw) in paragraphs {
            let tokens = tokenize(raw, &self.words);
            let quoted = quotations(&tokens);
            for block in blocks(&tokens, raw) {
                for range in sentences(&tokens, block, &self.abbreviations) {
                    out.extend(
                        self.sentence(&tokens, &quoted, range, &mut memory).place(raw, &tokens, start),
                    );
                }
            }
        }
        out
    }

    fn sentence(&self, tokens: &[Token], quoted: &[bool], range: Range<usize>, memory: &mut Memory) -> Found {
        if let Some(side) = memory.statement {
            let finds = vec![Find { rule: "statement.printed", own: None, side, tokens: range.clone() }];
            return Found { range, finds };
        }
        let slice = tokens.get(range.clone()).unwrap_or_default();
        let mut finds = Vec::new();
        for found in self.matcher.find(slice, |_| true) {
            let place = range.start + found.start..range.start + found.end;
            if tokens.get(place.clone()).is_some_and(|t| t.iter().any(|t| parts(t.word))) {
                continue;
            }
            match self.rules.get(found.payload as usize) {
                Some(rule) => finds.extend(self.find(rule, place, quoted, memory)),
                None => {
                    memory.statement = OPENERS.get(found.payload as usize - self.rules.len()).map(|o| o.1)
                }
            }
        }
        let mut finds = settled(finds);
        if finds.is_empty() {
            finds.extend(continued(tokens, quoted, &range, memory));
        }
        memory.last = finds.last().map(|f| f.side).or(memory.last);
        Found { range, finds }
    }

    fn find(&self, rule: &VoiceRule, tokens: Range<usize>, quoted: &[bool], memory: &Memory) -> Option<Find> {
        let inside = quoted.get(tokens.clone()).is_some_and(|q| q.iter().all(|q| *q));
        let side = match rule.speaker {
            Speaker::Accuser => Side::Accuser,
            Speaker::Defender => Side::Defender,
            Speaker::Last => memory.last?,
        };
        let fits = rule.within == Within::Sentence || inside;
        fits.then(|| Find { rule: "", own: Some(rule.id.clone()), side, tokens })
    }
}

/// What opens a printed statement, and whose it is.
const OPENERS: [(&str, Side); 2] = [
    (
        "(@defender | @accused) ..12 (gave | issued | released | made) the following (answer | statement | reply | declaration)",
        Side::Defender,
    ),
    (
        "@accuser ..12 (gave | issued | released | made) the following (answer | statement | reply | declaration)",
        Side::Accuser,
    ),
];

fn add(draft: &mut Draft, compiler: &mut Compiler<'_>, patterns: &[Pattern], payload: usize) {
    for pattern in patterns {
        draft.add(compiler, pattern, Scope::Sentence, payload as u32);
    }
}

/// Marks that part a speaker from what follows.
fn parts(mark: WordId) -> bool {
    matches!(mark, mark::COMMA | mark::OPEN | mark::CLOSE | mark::SEMICOLON)
}

/// For each token whether it stands inside double quotation marks.
fn quotations(tokens: &[Token]) -> Vec<bool> {
    let mut inside = false;
    let flag = |token: &Token| {
        inside = if token.is_break() { false } else { inside ^ (token.word == mark::QUOTE) };
        inside && token.word != mark::QUOTE
    };
    tokens.iter().map(flag).collect()
}

/// Drops finds that lie inside a longer one: `a ministry spokesman said` is the ministry speaking.
fn settled(mut finds: Vec<Find>) -> Vec<Find> {
    let inside =
        |a: &Range<usize>, b: &Range<usize>| b.start <= a.start && a.end <= b.end && a.len() < b.len();
    let keep: Vec<bool> = finds.iter().map(|a| !finds.iter().any(|b| inside(&a.tokens, &b.tokens))).collect();
    let mut keep = keep.into_iter();
    finds.retain(|_| keep.next().unwrap_or(true));
    finds
}

/// A quotation without a speaker beside it goes on for whoever spoke last.
fn continued(tokens: &[Token], quoted: &[bool], range: &Range<usize>, memory: &Memory) -> Option<Find> {
    let side = memory.last?;
    let inside = |i: &usize| quoted.get(*i).copied().unwrap_or(false);
    let first = range.clone().find(inside)?;
    let end = (first..range.end).find(|i| !inside(i)).unwrap_or(range.end);
    let words = tokens.get(first..end)?.iter().filter(|t| t.is_word()).count();
    (words >= QUOTED_WORDS).then_some(Find {
        rule: "quotation.continued",
        own: None,
        side,
        tokens: first..end,
    })
}

/// A sentence with what was found in it.
struct Found {
    range: Range<usize>,
    finds: Vec<Find>,
}

impl Found {
    /// Gives it its place in the source, if it holds a word.
    fn place(self, raw: &str, tokens: &[Token], start: u32) -> Option<Sentence> {
        let slice = |range: &Range<usize>| {
            let (first, last) = (tokens.get(range.start)?, tokens.get(range.end.checked_sub(1)?)?);
            let text = raw.get(first.span.start as usize..last.span.end as usize)?;
            Some((Span::new(first.span.start + start, last.span.end + start), text.to_owned()))
        };
        let (span, text) = slice(&self.range)?;
        if !tokens.get(self.range.clone())?.iter().any(Token::is_word) {
            return None;
        }
        let evidence = |find: &Find| {
            let (span, quote) = slice(&find.tokens)?;
            let rule = find.own.clone().unwrap_or_else(|| find.rule.to_owned());
            Some(Attribution { rule, side: find.side, span, quote })
        };
        let evidence: Vec<Attribution> = self.finds.iter().filter_map(evidence).collect();
        let with = |side| evidence.iter().any(|e| e.side == side);
        let side = match (with(Side::Accuser), with(Side::Defender)) {
            (true, true) => Side::Both,
            (true, false) => Side::Accuser,
            (false, true) => Side::Defender,
            (false, false) => Side::Neither,
        };
        Some(Sentence { span, text, side, evidence })
    }
}
