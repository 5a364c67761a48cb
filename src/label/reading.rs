//! A comment read: tokens, voices, and the sentences that may vote.

use super::engine::{Engine, Meaning, Role};
use super::voice::{Voice, Voices, voices};
use crate::rule::kin::Side;
use crate::rule::{CueKind, Mechanism, Scope, Signature};
use crate::source::Span;
use crate::text::{Kind, Token, blocks, mark, sentences};
use std::ops::Range;

/// A comment read.
#[derive(Debug)]
pub(super) struct Reading<'t> {
    pub raw: &'t str,
    pub tokens: Vec<Token>,
    pub voices: Voices,
    pub sentences: Vec<Sentence>,
    /// How many of them, the first ones, are the author's own.
    own: usize,
    /// Words of the author's own.
    pub own_words: usize,
}

/// A sentence in one voice, with what was found in it. Positions are those of `tokens`.
#[derive(Debug)]
pub(super) struct Sentence {
    pub voice: Voice,
    pub block: usize,
    /// Where it stands among the tokens of the comment, words of other voices included.
    pub place: Range<usize>,
    /// Words of this voice; links, mentions and other voices are left out.
    pub tokens: Vec<Token>,
    /// Ends with a question mark.
    pub asks: bool,
    cues: Cues,
    /// Real negations in order; `no` inside `no one` is one, not two.
    pub negations: Vec<Range<usize>>,
    pub roles: Vec<(Role, Range<usize>)>,
    /// Phrases with a valence of their own.
    pub idioms: Vec<(f64, Range<usize>)>,
    /// Entries of the connotation lexicon: index and place.
    pub connotations: Vec<(usize, Range<usize>)>,
    /// Well-known deeds of one side.
    pub kin_deeds: Vec<(Side, Range<usize>)>,
    /// Rules found: index and place.
    pub rules: Vec<(usize, Range<usize>)>,
}

/// Reads a comment.
pub(super) fn read<'t>(engine: &Engine<'_>, raw: &'t str) -> Reading<'t> {
    let tokens = engine.tokens(raw);
    let ranges = blocks(&tokens, raw);
    let signatures = engine.signatures(&tokens);
    let voices = voices(engine, raw, &tokens, &signatures, &ranges);
    let mut out = Vec::new();
    let mut first = true;
    for (block, range) in ranges.iter().enumerate() {
        for sentence in sentences(&tokens, range.clone(), &engine.abbreviations) {
            let own = pick(&tokens, &signatures, &voices, sentence.clone(), Voice::Own);
            if own.0.iter().any(says_something) {
                let asks = asks(&own.0);
                let mut read = find(engine, Voice::Own, (block, sentence), own, asks, first);
                read.add_mechanisms(engine, raw);
                out.push(read);
                first = false;
            }
        }
    }
    let own = out.len();
    for piece in
        voices.pieces.iter().filter(|p| matches!(p.voice, Voice::Mock | Voice::Puppet | Voice::Relayed))
    {
        for sentence in sentences(&tokens, piece.tokens.clone(), &engine.abbreviations) {
            let inner = pick(&tokens, &signatures, &voices, sentence.clone(), piece.voice);
            if inner.0.iter().any(says_something) {
                out.push(find(engine, piece.voice, (usize::MAX, sentence), inner, false, false));
            }
        }
    }
    let own_words = tokens.iter().zip(&voices.of).filter(|(t, v)| t.is_word() && **v == Voice::Own).count();
    Reading { raw, tokens, voices, sentences: out, own, own_words }
}

impl Reading<'_> {
    /// Sentences in the author's own voice.
    pub fn own(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences[..self.own].iter()
    }

    /// The sentence of the author's own in which a token of the comment stands.
    pub fn own_at(&self, token: usize) -> Option<&Sentence> {
        let own = &self.sentences[..self.own];
        let at = own.partition_point(|s| s.place.end <= token);
        own.get(at).filter(|s| s.place.contains(&token))
    }

    /// From the first to the last word of the author's own; the whole text if there is none.
    pub fn own_span(&self) -> Span {
        let spans = self.own().filter_map(|s| s.span(&(0..s.tokens.len())));
        spans.reduce(Span::cover).unwrap_or(Span::new(0, self.raw.len() as u32))
    }
}

impl Sentence {
    /// The bytes of a range of tokens.
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let first = self.tokens.get(range.start)?;
        let last = self.tokens.get(range.end.checked_sub(1)?)?;
        Some(first.span.cover(last.span))
    }

    /// In order of their beginnings.
    pub fn cues(&self, kind: CueKind) -> &[Range<usize>] {
        let (from, to) = (self.cues.starts[kind as usize], self.cues.starts[kind as usize + 1]);
        &self.cues.ranges[from as usize..to as usize]
    }

    pub fn has(&self, kind: CueKind) -> bool {
        !self.cues(kind).is_empty()
    }

    /// A border between `from` and `to` that a negation or a view does not cross.
    pub fn is_cut(&self, from: usize, to: usize) -> bool {
        let marked = self.tokens[from..to].iter().any(is_boundary);
        let boundaries = self.cues(CueKind::Boundary);
        let first = boundaries.partition_point(|r| r.start < from);
        marked || boundaries[first..].iter().take_while(|r| r.start < to).any(|r| r.end <= to)
    }

    /// Words in a range.
    pub fn words(&self, range: Range<usize>) -> usize {
        self.tokens[range].iter().filter(|t| t.is_word()).count()
    }
}

/// The tokens of one voice in a sentence, without links, mentions and line ends, and their signatures.
fn pick(
    tokens: &[Token],
    signatures: &[Signature],
    voices: &Voices,
    sentence: Range<usize>,
    voice: Voice,
) -> (Vec<Token>, Vec<Signature>) {
    let left_out = |t: &Token| matches!(t.kind, Kind::Url | Kind::Mention | Kind::Line | Kind::Paragraph);
    let mut picked = (Vec::with_capacity(sentence.len()), Vec::with_capacity(sentence.len()));
    for i in sentence.filter(|i| voices.of[*i] == voice && !left_out(&tokens[*i])) {
        picked.0.push(tokens[i]);
        picked.1.push(signatures[i]);
    }
    picked
}

fn says_something(token: &Token) -> bool {
    token.is_word() || matches!(token.kind, Kind::Emoji | Kind::Emote) || token.word == mark::QUESTION
}

fn asks(tokens: &[Token]) -> bool {
    tokens.iter().rev().take(3).any(|t| t.word == mark::QUESTION)
}

fn find(
    engine: &Engine<'_>,
    voice: Voice,
    (block, place): (usize, Range<usize>),
    (tokens, signatures): (Vec<Token>, Vec<Signature>),
    asks: bool,
    first: bool,
) -> Sentence {
    let (negations, roles, idioms, rules) = (vec![], vec![], vec![], vec![]);
    let cues = Cues::default();
    let (connotations, kin_deeds) = (vec![], vec![]);
    let mut sentence = Sentence {
        voice,
        block,
        place,
        tokens: vec![],
        asks,
        cues,
        negations,
        roles,
        idioms,
        connotations,
        kin_deeds,
        rules,
    };
    let mut cues = Vec::new();
    let mut add = |meaning, range| match meaning {
        Meaning::Cue(kind) => cues.push((kind, range)),
        Meaning::Idiom(cue) => sentence.idioms.push((engine.pack.cues[cue].valence, range)),
        Meaning::Role(role) => sentence.roles.push((role, range)),
        Meaning::Rule(rule) => sentence.add_rule(rule, range),
        Meaning::Connotation(entry) => sentence.connotations.push((entry, range)),
        Meaning::KinDeed(side) => sentence.kin_deeds.push((side, range)),
        Meaning::OpeningNo | Meaning::OpeningYes => {}
    };
    let whole = |s| s == Scope::Sentence || first && s == Scope::Opening;
    engine.each_vote(&tokens, &signatures, whole, &mut add);
    for clause in clauses(&tokens) {
        engine.each_vote(
            &tokens[clause.clone()],
            &signatures[clause.clone()],
            |s| s == Scope::Clause,
            |meaning, r| add(meaning, r.start + clause.start..r.end + clause.start),
        );
    }
    sentence.tokens = tokens;
    sentence.cues = Cues::new(cues);
    sentence.negations = negations_of(&sentence);
    sentence
}

/// The cues of a sentence, those of one kind together, in the order of finding.
#[derive(Debug, Default)]
struct Cues {
    ranges: Vec<Range<usize>>,
    /// For each kind where its ranges begin, and one more.
    starts: [u32; CueKind::COUNT + 1],
}

impl Cues {
    fn new(mut found: Vec<(CueKind, Range<usize>)>) -> Self {
        let mut starts = [0; CueKind::COUNT + 1];
        found.iter().for_each(|(kind, _)| starts[*kind as usize + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        found.sort_by_key(|(kind, _)| *kind);
        Cues { ranges: found.into_iter().map(|(_, range)| range).collect(), starts }
    }
}

/// Negations that are neither part of a longer one nor of a phrase that only looks like one.
fn negations_of(sentence: &Sentence) -> Vec<Range<usize>> {
    if !sentence.has(CueKind::Negation) {
        return Vec::new();
    }
    let mut taken = vec![false; sentence.tokens.len()];
    sentence.cues(CueKind::PseudoNegation).iter().for_each(|r| taken[r.clone()].fill(true));
    let mut longest_first: Vec<&Range<usize>> = sentence.cues(CueKind::Negation).iter().collect();
    longest_first.sort_by_key(|r| (std::cmp::Reverse(r.len()), r.start));
    let mut out = Vec::new();
    for range in longest_first {
        if !taken[range.clone()].iter().all(|t| *t) {
            taken[range.clone()].fill(true);
            out.push(range.clone());
        }
    }
    out.sort_by_key(|r| r.start);
    out
}

impl Sentence {
    /// The mechanisms that look at a single sentence.
    fn add_mechanisms(&mut self, engine: &Engine<'_>, raw: &str) {
        let found = [
            (Mechanism::Shouting, shouting(&self.tokens)),
            (Mechanism::EmoteLead, emote_lead(&self.tokens, raw)),
        ];
        for (mechanism, range) in found {
            if let (Some(rule), Some(range)) = (engine.mechanism(mechanism), range) {
                self.add_rule(rule, range);
            }
        }
    }

    /// A rule counts once in a sentence, at its first place; from one place the longest find wins.
    fn add_rule(&mut self, rule: usize, range: Range<usize>) {
        match self.rules.iter_mut().find(|r| r.0 == rule) {
            None => self.rules.push((rule, range)),
            Some(known) if known.1.start == range.start && known.1.end < range.end => known.1 = range,
            Some(known) if range.start < known.1.start => known.1 = range,
            Some(_) => {}
        }
    }
}

/// Three shouted words in a row, in a sentence that is not shouted as a whole.
fn shouting(tokens: &[Token]) -> Option<Range<usize>> {
    const WORDS: usize = 3;
    let start = tokens.windows(WORDS).position(|w| w.iter().all(|t| t.shouted))?;
    let end = start + tokens[start..].iter().take_while(|t| t.shouted).count();
    let mixed = tokens.iter().any(|t| t.kind == Kind::Word && !t.shouted && t.span.len() > 1);
    mixed.then_some(start..end)
}

/// `:name-name:`, or `name-name:` as copied from a page that shows a picture of that name.
fn emote_lead(tokens: &[Token], raw: &str) -> Option<Range<usize>> {
    let named =
        |t: &Token| t.kind == Kind::Emote && t.text(raw).starts_with(':') && t.text(raw).ends_with(':');
    if tokens.first().is_some_and(|t| named(t) && t.span.len() > 2) {
        return Some(0..1);
    }
    let colon = tokens.iter().take(6).position(|t| t.word == mark::COLON)?;
    is_emote_name(&tokens[..colon], raw).then_some(0..colon + 1)
}

/// Two to five words in lower case, joined by hyphens.
pub(super) fn is_emote_name(words: &[Token], raw: &str) -> bool {
    let hyphened = words.windows(2).all(|w| !w[1].spaced && w[1].span.start == w[0].span.end + 1);
    let lower =
        words.iter().all(|t| t.is_word() && t.text(raw).chars().all(|c| c.is_lowercase() || c.is_numeric()));
    (2..=5).contains(&words.len()) && hyphened && lower
}

fn clauses(tokens: &[Token]) -> Vec<Range<usize>> {
    let (mut out, mut start) = (Vec::with_capacity(4), 0);
    for (i, token) in tokens.iter().enumerate() {
        if matches!(
            token.word,
            mark::SEMICOLON | mark::COLON | mark::DASH | mark::OPEN | mark::CLOSE | mark::ELLIPSIS
        ) {
            out.push(start..i);
            start = i + 1;
        }
    }
    out.push(start..tokens.len());
    out.retain(|r| !r.is_empty());
    out
}

fn is_boundary(token: &Token) -> bool {
    use mark::{COLON, COMMA, DASH, ELLIPSIS, EXCLAMATION, PERIOD, QUESTION, SEMICOLON};
    [COMMA, SEMICOLON, COLON, PERIOD, EXCLAMATION, QUESTION, ELLIPSIS, DASH].contains(&token.word)
}
