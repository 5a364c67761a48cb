//! A comment read: tokens, voices, and the sentences that may vote.

use super::arena::{Arena, List, kept, listed};
use super::engine::{Engine, Meaning, Role};
use super::voice::{Piece, Shape, Voice, Voices, voices};
use crate::rule::kin::Side;
use crate::rule::{CueKind, Mechanism, Scope, Signature};
use crate::source::Span;
use crate::text::{Kind, Token, blocks, mark, sentences};
use std::ops::Range;

/// A comment read.
#[derive(Debug)]
pub(super) struct Reading<'t> {
    /// Where everything found in the comment lives.
    pub arena: &'t Arena,
    pub raw: &'t str,
    pub tokens: &'t [Token],
    pub voices: Voices<'t>,
    pub sentences: List<'t, Sentence<'t>>,
    /// How many of them, the first ones, are the author's own.
    own: usize,
    /// Words of the author's own.
    pub own_words: usize,
    /// From the first to the last word of the author's own; the whole text if there is none.
    pub own_span: Span,
}

/// A sentence in one voice, with what was found in it. Positions are those of `tokens`.
#[derive(Debug)]
pub(super) struct Sentence<'t> {
    pub voice: Voice,
    pub block: usize,
    /// Where it stands among the tokens of the comment, words of other voices included.
    pub place: Range<usize>,
    /// Words of this voice; links, mentions and other voices are left out.
    pub tokens: &'t [Token],
    /// Ends with a question mark.
    pub asks: bool,
    cues: Cues<'t>,
    /// Real negations in order; `no` inside `no one` is one, not two.
    pub negations: &'t [Range<usize>],
    pub roles: &'t [(Role, Range<usize>)],
    /// Phrases with a valence of their own.
    pub idioms: &'t [(f64, Range<usize>)],
    /// Entries of the connotation lexicon: index and place.
    pub connotations: &'t [(usize, Range<usize>)],
    /// Well-known deeds of one side.
    pub kin_deeds: &'t [(Side, Range<usize>)],
    /// Rules found: index and place.
    pub rules: List<'t, (usize, Range<usize>)>,
}

/// Reads the tokens of a comment.
pub(super) fn read<'t>(
    engine: &Engine<'_>,
    arena: &'t Arena,
    raw: &'t str,
    tokens: &'t [Token],
) -> Reading<'t> {
    let ranges = blocks(tokens, raw);
    let signatures = kept(arena, engine.signatures(tokens));
    let voices = voices(engine, arena, raw, tokens, signatures, &ranges);
    let (sentences_found, own_span) = (List::with_capacity_in(4, arena), Span::new(0, raw.len() as u32));
    let mut reading =
        Reading { arena, raw, tokens, voices, sentences: sentences_found, own: 0, own_words: 0, own_span };
    let mut finder = Finder { engine, arena, tokens, signatures, found: Vec::new() };
    for (block, range) in ranges.iter().enumerate() {
        for sentence in sentences(tokens, range.clone(), &engine.abbreviations) {
            let words = finder.pick(&reading.voices, sentence.clone(), Voice::Own);
            if words.tokens.iter().any(says_something) {
                let first = reading.sentences.is_empty();
                let asks = asks(words.tokens);
                let mut read = finder.find(Voice::Own, (block, sentence), words, asks, first);
                read.add_mechanisms(engine, raw, &reading.voices.shape);
                reading.sentences.push(read);
            }
        }
    }
    reading.own = reading.sentences.len();
    let spans = reading.own().filter_map(|s| s.span(&(0..s.tokens.len())));
    reading.own_span = spans.reduce(Span::cover).unwrap_or(own_span);
    finder.find_others(&mut reading);
    let others = |p: &Piece| tokens[p.tokens.clone()].iter().filter(|t| t.is_word()).count();
    let voices = &reading.voices;
    reading.own_words = voices.shape.words - voices.pieces.iter().map(others).sum::<usize>();
    reading
}

impl<'t> Reading<'t> {
    /// Sentences in the author's own voice.
    pub fn own(&self) -> impl Iterator<Item = &Sentence<'t>> {
        self.sentences[..self.own].iter()
    }

    /// The sentence of the author's own in which a token of the comment stands.
    pub fn own_at(&self, token: usize) -> Option<&Sentence<'t>> {
        let own = &self.sentences[..self.own];
        let at = own.partition_point(|s| s.place.end <= token);
        own.get(at).filter(|s| s.place.contains(&token))
    }
}

impl<'t> Sentence<'t> {
    /// The bytes of a range of tokens.
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let first = self.tokens.get(range.start)?;
        let last = self.tokens.get(range.end.checked_sub(1)?)?;
        Some(first.span.cover(last.span))
    }

    /// In order of their beginnings.
    pub fn cues(&self, kind: CueKind) -> &'t [Range<usize>] {
        if !self.has(kind) {
            return &[];
        }
        let from = self.cues.kinds.partition_point(|k| *k < kind);
        let count = self.cues.kinds[from..].iter().take_while(|k| **k == kind).count();
        &self.cues.ranges[from..from + count]
    }

    pub fn has(&self, kind: CueKind) -> bool {
        self.cues.present & 1 << kind as u32 != 0
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

fn says_something(token: &Token) -> bool {
    token.is_word() || matches!(token.kind, Kind::Emoji | Kind::Emote) || token.word == mark::QUESTION
}

fn asks(tokens: &[Token]) -> bool {
    tokens.iter().rev().take(3).any(|t| t.word == mark::QUESTION)
}

/// Looks for everything in sentences of one comment.
struct Finder<'f, 't> {
    engine: &'f Engine<'f>,
    arena: &'t Arena,
    tokens: &'t [Token],
    signatures: &'f [Signature],
    /// What was found in the sentence at hand, in order.
    found: Vec<(Meaning, Range<usize>)>,
}

/// Tokens and their signatures.
#[derive(Clone, Copy)]
struct Words<'f, 't> {
    tokens: &'t [Token],
    signatures: &'f [Signature],
}

impl<'f, 't: 'f> Finder<'f, 't> {
    /// The tokens of one voice in a sentence, without links, mentions and line ends.
    fn pick(&self, voices: &Voices<'_>, sentence: Range<usize>, voice: Voice) -> Words<'f, 't> {
        let left_out = |t: &Token| matches!(t.kind, Kind::Url | Kind::Mention | Kind::Line | Kind::Paragraph);
        let picked = |i: &usize| voices.of[*i] == voice && !left_out(&self.tokens[*i]);
        let plain = voice == Voice::Own && voices.pieces.is_empty() && !voices.shape.others;
        if plain || sentence.clone().all(|i| picked(&i)) {
            return Words { tokens: &self.tokens[sentence.clone()], signatures: &self.signatures[sentence] };
        }
        let places = || sentence.clone().filter(picked);
        Words {
            tokens: listed(self.arena, places().map(|i| self.tokens[i])).into_bump_slice(),
            signatures: listed(self.arena, places().map(|i| self.signatures[i])).into_bump_slice(),
        }
    }

    /// The sentences that others are made to say.
    fn find_others(&mut self, reading: &mut Reading<'t>) {
        let (voices, found) = (&reading.voices, &mut reading.sentences);
        let said = |p: &&Piece| matches!(p.voice, Voice::Mock | Voice::Puppet | Voice::Relayed);
        for piece in voices.pieces.iter().filter(said) {
            for sentence in sentences(self.tokens, piece.tokens.clone(), &self.engine.abbreviations) {
                let words = self.pick(voices, sentence.clone(), piece.voice);
                if words.tokens.iter().any(says_something) {
                    found.push(self.find(piece.voice, (usize::MAX, sentence), words, false, false));
                }
            }
        }
    }

    fn find(
        &mut self,
        voice: Voice,
        (block, place): (usize, Range<usize>),
        words: Words<'_, 't>,
        asks: bool,
        first: bool,
    ) -> Sentence<'t> {
        let (engine, arena, tokens) = (self.engine, self.arena, words.tokens);
        self.found.clear();
        let mut add = |meaning, range| self.found.push((meaning, range));
        let whole = |s| s == Scope::Sentence || first && s == Scope::Opening;
        engine.each_vote(tokens, words.signatures, whole, &mut add);
        each_clause(tokens, |clause| {
            engine.each_vote(
                &tokens[clause.clone()],
                &words.signatures[clause.clone()],
                |s| s == Scope::Clause,
                |meaning, r| add(meaning, r.start + clause.start..r.end + clause.start),
            );
        });
        let mut rules = List::new_in(arena);
        for (meaning, range) in &self.found {
            if let Meaning::Rule(rule) = meaning {
                add_rule(&mut rules, *rule, range.clone());
            }
        }
        let mut sentence = Sentence {
            voice,
            block,
            place,
            tokens,
            asks,
            cues: Cues::new(arena, self.of(|m| if let Meaning::Cue(kind) = m { Some(kind) } else { None })),
            negations: &[],
            roles: self.of(|m| if let Meaning::Role(role) = m { Some(role) } else { None }),
            idioms: self.of(|m| match m {
                Meaning::Idiom(cue) => Some(engine.pack.cues[cue].valence),
                _ => None,
            }),
            connotations: self.of(|m| if let Meaning::Connotation(entry) = m { Some(entry) } else { None }),
            kin_deeds: self.of(|m| if let Meaning::KinDeed(side) = m { Some(side) } else { None }),
            rules,
        };
        sentence.negations = negations_of(arena, &sentence);
        sentence
    }

    /// The finds of one kind.
    fn of<T>(&self, kind: impl Fn(Meaning) -> Option<T>) -> &'t mut [(T, Range<usize>)] {
        let of_kind = self.found.iter().filter_map(|(meaning, range)| Some((kind(*meaning)?, range.clone())));
        let count = of_kind.clone().count();
        if count == 0 {
            return &mut [];
        }
        let mut out = List::with_capacity_in(count, self.arena);
        of_kind.for_each(|found| out.push(found));
        out.into_bump_slice_mut()
    }
}

/// The cues of a sentence, those of one kind together, in the order of finding.
#[derive(Debug)]
struct Cues<'t> {
    kinds: &'t [CueKind],
    ranges: &'t [Range<usize>],
    /// The kinds found, as bits.
    present: u64,
}

const _: () = assert!(CueKind::COUNT <= u64::BITS as usize);

impl<'t> Cues<'t> {
    fn new(arena: &'t Arena, found: &mut [(CueKind, Range<usize>)]) -> Self {
        if found.len() > 1 {
            found.sort_by_key(|(kind, _)| *kind);
        }
        let present = found.iter().fold(0, |all, (kind, _)| all | 1 << *kind as u32);
        let kinds = kept(arena, found.iter().map(|(kind, _)| *kind));
        Cues { kinds, ranges: kept(arena, found.iter().map(|(_, range)| range.clone())), present }
    }
}

/// Negations that are neither part of a longer one nor of a phrase that only looks like one.
fn negations_of<'t>(arena: &'t Arena, sentence: &Sentence<'t>) -> &'t [Range<usize>] {
    let found = sentence.cues(CueKind::Negation);
    if let [only] = found
        && !sentence.has(CueKind::PseudoNegation)
    {
        return std::slice::from_ref(only);
    }
    if found.is_empty() {
        return found;
    }
    let mut taken = vec![false; sentence.tokens.len()];
    sentence.cues(CueKind::PseudoNegation).iter().for_each(|r| taken[r.clone()].fill(true));
    let mut longest_first: Vec<&Range<usize>> = found.iter().collect();
    longest_first.sort_unstable_by_key(|r| (std::cmp::Reverse(r.len()), r.start));
    let mut out = List::new_in(arena);
    for range in longest_first {
        if !taken[range.clone()].iter().all(|t| *t) {
            taken[range.clone()].fill(true);
            out.push(range.clone());
        }
    }
    out.sort_unstable_by_key(|r| r.start);
    out.into_bump_slice()
}

impl Sentence<'_> {
    /// The mechanisms that look at a single sentence.
    fn add_mechanisms(&mut self, engine: &Engine<'_>, raw: &str, shape: &Shape) {
        let shouting = (shape.shouted >= SHOUTED).then(|| shouting(self.tokens)).flatten();
        let found =
            [(Mechanism::Shouting, shouting), (Mechanism::EmoteLead, emote_lead(self.tokens, raw, shape))];
        for (mechanism, range) in found {
            if let (Some(rule), Some(range)) = (engine.mechanism(mechanism), range) {
                add_rule(&mut self.rules, rule, range);
            }
        }
    }
}

/// A rule counts once in a sentence, at its first place; from one place the longest find wins.
fn add_rule(rules: &mut List<'_, (usize, Range<usize>)>, rule: usize, range: Range<usize>) {
    match rules.iter_mut().find(|r| r.0 == rule) {
        None => rules.push((rule, range)),
        Some(known) if known.1.start == range.start && known.1.end < range.end => known.1 = range,
        Some(known) if range.start < known.1.start => known.1 = range,
        Some(_) => {}
    }
}

/// Shouted words in a row that are shouting.
const SHOUTED: usize = 3;

/// Three shouted words in a row, in a sentence that is not shouted as a whole.
fn shouting(tokens: &[Token]) -> Option<Range<usize>> {
    let start = tokens.windows(SHOUTED).position(|w| w.iter().all(|t| t.shouted))?;
    let end = start + tokens[start..].iter().take_while(|t| t.shouted).count();
    let mixed = tokens.iter().any(|t| t.kind == Kind::Word && !t.shouted && t.span.len() > 1);
    mixed.then_some(start..end)
}

/// `:name-name:`, or `name-name:` as copied from a page that shows a picture of that name.
fn emote_lead(tokens: &[Token], raw: &str, shape: &Shape) -> Option<Range<usize>> {
    let named =
        |t: &Token| t.kind == Kind::Emote && t.text(raw).starts_with(':') && t.text(raw).ends_with(':');
    if tokens.first().is_some_and(|t| named(t) && t.span.len() > 2) {
        return Some(0..1);
    }
    if !shape.colons {
        return None;
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

fn each_clause(tokens: &[Token], mut each: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for (i, token) in tokens.iter().enumerate() {
        if matches!(
            token.word,
            mark::SEMICOLON | mark::COLON | mark::DASH | mark::OPEN | mark::CLOSE | mark::ELLIPSIS
        ) {
            if start < i {
                each(start..i);
            }
            start = i + 1;
        }
    }
    if start < tokens.len() {
        each(start..tokens.len());
    }
}

fn is_boundary(token: &Token) -> bool {
    use mark::{COLON, COMMA, DASH, ELLIPSIS, EXCLAMATION, PERIOD, QUESTION, SEMICOLON};
    matches!(token.word, COMMA | SEMICOLON | COLON | PERIOD | EXCLAMATION | QUESTION | ELLIPSIS | DASH)
}
