//! Whose words are these: the author's own, quoted, pasted, put in somebody's mouth.

use super::arena::{Arena, List, filled, kept};
use super::engine::{Engine, Meaning, Role};
use crate::rule::{CueKind, Signature};
use crate::text::{Kind, Token, mark};
use std::cell::OnceCell;
use std::ops::Range;

/// Whose words a token belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// The author's own.
    Own,
    /// Quoted: `>` lines, quotation marks.
    Quoted,
    /// Passed on: `RT @name …`.
    Relayed,
    /// Pasted from an article or a transcript.
    Pasted,
    /// Quoted with somebody named who said it.
    Attributed,
    /// A quotation in an imagined voice.
    Mock,
    /// Words put in the accuser's mouth (`Ministry: we found it!`).
    Puppet,
    /// A word or two in quotation marks for distance.
    Scare,
}

/// What kinds of tokens a comment holds: most look-ups in it need not be made.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub colons: bool,
    pub quotes: bool,
    pub mentions: bool,
    /// Links, mentions and line ends.
    pub others: bool,
    pub words: usize,
    pub shouted: usize,
}

/// A piece in another voice, marks included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub tokens: Range<usize>,
    pub voice: Voice,
}

/// Voices of a comment.
#[derive(Debug)]
pub(super) struct Voices<'t> {
    /// For each token.
    pub of: &'t mut [Voice],
    /// The pieces that are not the author's own, in order of finding.
    pub pieces: List<'t, Piece>,
    pub shape: Shape,
}

/// A block with what was found in it, positions absolute.
pub(super) struct Block<'b> {
    engine: &'b Engine<'b>,
    pub range: Range<usize>,
    pub tokens: &'b [Token],
    signatures: &'b [Signature],
    arena: &'b Arena,
    /// Looked for when they are first asked about: most blocks are short and quote nobody.
    cues: OnceCell<&'b [(Meaning, Range<usize>)]>,
}

/// Tells the voices of a comment apart.
pub(super) fn voices<'t>(
    engine: &Engine<'_>,
    arena: &'t Arena,
    raw: &str,
    tokens: &[Token],
    signatures: &[Signature],
    ranges: &[Range<usize>],
) -> Voices<'t> {
    let shape = Shape::of(tokens);
    let of = filled(arena, Voice::Own, tokens.len());
    let mut voices = Voices { of, pieces: List::new_in(arena), shape };
    let block = |range: &Range<usize>| Block {
        engine,
        range: range.clone(),
        tokens,
        signatures,
        arena,
        cues: OnceCell::new(),
    };
    let blocks = kept(arena, ranges.iter().map(block));
    for block in &*blocks {
        quoted_block(&mut voices, block, &shape, raw);
    }
    if shape.words >= ARTICLE_WORDS || shape.colons {
        pasted_blocks(&mut voices, blocks);
    }
    for block in &*blocks {
        if shape.colons && shape.shouted >= SHOUTED_WORDS {
            shouted(&mut voices, block);
        }
        if shape.quotes {
            super::quote::quotations(&mut voices, block, raw);
        }
    }
    voices
}

impl Shape {
    pub fn of(tokens: &[Token]) -> Self {
        let mut out = Shape::default();
        for token in tokens {
            match token.kind {
                Kind::Word | Kind::Number => {
                    out.words += 1;
                    out.shouted += usize::from(token.shouted);
                }
                Kind::Mark => {
                    out.colons |= token.word == mark::COLON;
                    out.quotes |= token.word == mark::QUOTE || token.word == mark::APOSTROPHE;
                }
                Kind::Url | Kind::Line | Kind::Paragraph => out.others = true,
                Kind::Mention => (out.mentions, out.others) = (true, true),
                Kind::Emoji | Kind::Emote => {}
            }
        }
        out
    }
}

impl Voices<'_> {
    /// Gives a range to a voice unless a part of it already has another.
    pub fn claim(&mut self, range: Range<usize>, voice: Voice) -> bool {
        if range.is_empty() || self.of[range.clone()].iter().any(|v| *v != Voice::Own) {
            return false;
        }
        self.of[range.clone()].fill(voice);
        self.pieces.push(Piece { tokens: range, voice });
        true
    }
}

impl Block<'_> {
    fn found(&self) -> &[(Meaning, Range<usize>)] {
        self.cues.get_or_init(|| {
            let (mut cues, from) = (List::new_in(self.arena), self.range.start);
            let (tokens, signatures) =
                (&self.tokens[self.range.clone()], &self.signatures[self.range.clone()]);
            let add = |meaning, r: Range<usize>| cues.push((meaning, r.start + from..r.end + from));
            self.engine.each_voice(tokens, signatures, add);
            cues.into_bump_slice()
        })
    }

    fn is_personal(&self) -> bool {
        self.engine.is_personal(&self.tokens[self.range.clone()], &self.signatures[self.range.clone()])
    }

    pub fn cues(&self, kind: CueKind) -> impl Iterator<Item = &Range<usize>> {
        self.found().iter().filter(move |c| matches!(c.0, Meaning::Cue(k) if k == kind)).map(|c| &c.1)
    }

    /// Cues that begin between two tokens. Cues are in order of their beginnings, so this is a look-up.
    pub fn cues_between(&self, kind: CueKind, from: usize, to: usize) -> impl Iterator<Item = &Range<usize>> {
        let found = self.found();
        let first = found.partition_point(|c| c.1.start < from);
        let near = found[first..].iter().take_while(move |c| c.1.start <= to);
        near.filter(move |c| matches!(c.0, Meaning::Cue(k) if k == kind)).map(|c| &c.1)
    }

    pub fn has(&self, kind: CueKind) -> bool {
        self.cues(kind).next().is_some()
    }

    pub fn words(&self) -> usize {
        self.tokens[self.range.clone()].iter().filter(|t| t.is_word()).count()
    }

    fn has_link(&self) -> bool {
        self.tokens[self.range.clone()].iter().any(|t| t.kind == Kind::Url)
    }
}

/// `> …` and `RT @name …`.
fn quoted_block(voices: &mut Voices<'_>, block: &Block<'_>, shape: &Shape, raw: &str) {
    let tokens = &block.tokens[block.range.clone()];
    if tokens[0].word == mark::GREATER {
        voices.claim(block.range.clone(), Voice::Quoted);
        return;
    }
    if !shape.mentions {
        return;
    }
    let relayed = |pair: &[Token]| matches!(pair[0].text(raw), "RT" | "MT") && pair[1].kind == Kind::Mention;
    if let Some(at) = tokens.windows(2).position(relayed) {
        voices.claim(block.range.start + at..block.range.end, Voice::Relayed);
    }
}

/// How a block looks like text from elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paste {
    No,
    /// One news cue: pasted only beside another pasted block.
    Weak,
    Strong,
}

/// Blocks in the register of news, or transcript lines, are pasted if something beside them speaks for it: another such
/// block, a lead-in before, or a link.
fn pasted_blocks(voices: &mut Voices<'_>, blocks: &[Block<'_>]) {
    let arena = voices.pieces.bump();
    let pastes = kept(arena, blocks.iter().map(|b| puppet_or_paste(voices, b)));
    if pastes.iter().all(|p| *p == Paste::No) {
        return;
    }
    let linked: Vec<bool> = blocks.iter().map(Block::has_link).collect();
    let links = linked.iter().filter(|l| **l).count();
    let strong = kept(arena, pastes.iter().copied());
    for (i, paste) in pastes.iter_mut().enumerate().filter(|(_, p)| **p == Paste::Weak) {
        *paste = if beside(strong, i) { Paste::Strong } else { Paste::No };
    }
    for (i, block) in blocks.iter().enumerate().filter(|(i, _)| pastes[*i] == Paste::Strong) {
        let led = i > 0 && leads(&blocks[i - 1]);
        let link_elsewhere = links > usize::from(linked[i]);
        if beside(pastes, i) || led || link_elsewhere {
            voices.claim(block.range.clone(), Voice::Pasted);
        }
    }
}

fn beside(pastes: &[Paste], i: usize) -> bool {
    let strong = |j: usize| pastes.get(j) == Some(&Paste::Strong);
    strong(i + 1) || i > 0 && strong(i - 1)
}

/// Words from which a block may be an article's, and a transcript line's.
const ARTICLE_WORDS: usize = 22;
const TRANSCRIPT_WORDS: usize = 12;
/// Words up to which a line with a role and a colon is a script, not a transcript.
const SCRIPT_WORDS: usize = 25;

fn puppet_or_paste(voices: &mut Voices<'_>, block: &Block<'_>) -> Paste {
    let words = block.words();
    if let Some(colon) = speaker(block) {
        let named = named_role(block, colon);
        if named == Some(Role::Accuser) && words < SCRIPT_WORDS {
            voices.claim(colon + 1..block.range.end, Voice::Puppet);
            return Paste::No;
        }
        if words >= TRANSCRIPT_WORDS
            && (named.is_none() || words >= SCRIPT_WORDS)
            && !block.has(CueKind::NoTranscript)
        {
            return Paste::Strong;
        }
    }
    if words < ARTICLE_WORDS || block.is_personal() {
        return Paste::No;
    }
    match block.cues(CueKind::News).count() {
        0 => Paste::No,
        1 => Paste::Weak,
        _ => Paste::Strong,
    }
}

/// The colon of `Name Name: …`.
fn speaker(block: &Block<'_>) -> Option<usize> {
    let tokens = &block.tokens[block.range.clone()];
    let colon = tokens.iter().take(6).position(|t| t.word == mark::COLON)?;
    let spaced = tokens.get(colon + 1).is_some_and(|t| t.spaced && !t.is_break());
    let named = (1..=5).contains(&colon) && tokens[..colon].iter().all(|t| t.capital || t.shouted);
    (named && spaced).then_some(block.range.start + colon)
}

/// The role whose name fills the line up to the colon, a leading `Also` aside.
fn named_role(block: &Block<'_>, colon: usize) -> Option<Role> {
    let fits = |r: &Range<usize>| r.end == colon && r.start <= block.range.start + 1;
    block.found().iter().find_map(|(m, r)| match m {
        Meaning::Role(role) if fits(r) => Some(*role),
        _ => None,
    })
}

/// Ends with a colon or a word that announces a paste.
fn leads(block: &Block<'_>) -> bool {
    const REACH: usize = 14;
    let end = block.range.end;
    let colon = block.tokens[..end].last().is_some_and(|t| t.word == mark::COLON);
    colon || block.cues(CueKind::PasteLead).any(|r| r.end + REACH >= end)
}

/// Shouted words behind a colon that are somebody else's.
const SHOUTED_WORDS: usize = 5;

/// Five shouted words after a colon are somebody else's voice.
fn shouted(voices: &mut Voices<'_>, block: &Block<'_>) {
    let mut at = block.range.start;
    while let Some(offset) = block.tokens[at..block.range.end].iter().position(|t| t.word == mark::COLON) {
        let start = at + offset + 1;
        let loud = |t: &&Token| t.shouted || !t.is_word();
        let end = start + block.tokens[start..block.range.end].iter().take_while(loud).count();
        if block.tokens[start..end].iter().filter(|t| t.shouted).count() >= SHOUTED_WORDS {
            voices.claim(start..end, Voice::Mock);
        }
        at = end.max(start);
    }
}
