//! Shallow roles: the subject, the object and the bearer of a word, by closed classes of words and by position.

use super::engine::Engine;
use super::reading::Sentence;
use crate::text::{Kind, Token, mark};
use std::ops::Range;

/// Classes of words, as bits in the order of [`crate::rule::Base::CLASSES`].
pub(super) mod class {
    pub const ADVERB: u16 = 1;
    pub const AUXILIARY: u16 = 2;
    pub const BE: u16 = 4;
    pub const CONNECTOR: u16 = 8;
    pub const DETERMINER: u16 = 16;
    pub const FIRST_PERSON: u16 = 32;
    pub const PARTICIPLE: u16 = 64;
    pub const PARTICLE: u16 = 128;
    pub const PREPOSITION: u16 = 256;
    pub const RELATIVE: u16 = 512;
    pub const THIRD_PERSON: u16 = 1024;
    pub const ACT: u16 = 2048;
}

/// A sentence seen through the classes of its words.
pub(super) struct Grammar<'a> {
    pub engine: &'a Engine<'a>,
    pub sentence: &'a Sentence<'a>,
    pub raw: &'a str,
}

/// Words at most between a word and the party that is its subject or object.
const REACH: usize = 10;
/// Words at most of a noun group between its party and its end: `Norland's state prosecutors`.
const GROUP: usize = 3;

/// Prepositions that take a party out of the noun group before them: `the case against Brandt`.
const OUTSIDE: [&str; 12] =
    ["about", "against", "around", "between", "by", "for", "into", "like", "to", "toward", "with", "without"];

/// Verbs after which what is said is not done.
const DEMANDS: [&str; 10] =
    ["should", "must", "ought", "needs", "need", "let", "refuse", "refuses", "refused", "could"];

impl Grammar<'_> {
    fn tokens(&self) -> &[Token] {
        self.sentence.tokens
    }

    fn is(&self, at: usize, class: u16) -> bool {
        self.tokens().get(at).is_some_and(|t| self.engine.classes(t) & class != 0)
    }

    /// One of these words, in any case.
    fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let text = |t: &Token| t.text(self.raw);
        self.tokens().get(at).map(text).is_some_and(|t| words.iter().any(|w| w.eq_ignore_ascii_case(t)))
    }

    fn is_adverb(&self, at: usize) -> bool {
        let ends_ly =
            |t: &Token| t.kind == Kind::Word && t.text(self.raw).ends_with("ly") && t.span.len() > 4;
        self.is(at, class::ADVERB) || self.tokens().get(at).is_some_and(ends_ly)
    }

    /// A word of no closed class.
    fn is_content(&self, at: usize) -> bool {
        let closed = class::AUXILIARY
            | class::CONNECTOR
            | class::PREPOSITION
            | class::THIRD_PERSON
            | class::FIRST_PERSON;
        self.tokens().get(at).is_some_and(Token::is_word) && !self.is(at, closed)
    }

    fn is_possessive(&self, at: usize) -> bool {
        self.tokens().get(at).is_some_and(|t| matches!(t.text(self.raw), "'s" | "’s" | "'" | "’"))
    }

    /// Behind `'s`: it is no owner's mark before an adverb, an auxiliary, a gerund or a past participle.
    fn is_verbal(&self, at: usize) -> bool {
        let ending = |t: &Token| matches!(t.text(self.raw), w if w.ends_with("ing") || w.ends_with("ed"));
        self.is(at, class::AUXILIARY) || self.is_adverb(at) || self.tokens().get(at).is_some_and(ending)
    }

    /// Where the verb group of the verb at `at` begins, and whether it holds a form of to be.
    fn verb_group(&self, at: usize) -> (usize, bool) {
        let (mut start, mut passive) = (at, false);
        while start > 0 && at - start < REACH {
            let before = start - 1;
            let short_is = self.is_possessive(before) && self.is_verbal(start);
            if !short_is
                && (self.is_possessive(before)
                    || !(self.is(before, class::AUXILIARY) || self.is_adverb(before)))
            {
                break;
            }
            passive |= short_is || self.is(before, class::BE);
            start = before;
        }
        (start, passive)
    }

    /// The noun group that is the subject of the verb at `at`, as the index of its last word plus one.
    pub fn subject_end(&self, at: usize) -> Option<usize> {
        let (start, _) = self.verb_group(at);
        let end = if start > 0 && self.is(start - 1, class::RELATIVE) { start - 1 } else { start };
        let comma = end > 1 && self.tokens()[end - 1].word == mark::COMMA && end < start;
        let end = if comma { end - 1 } else { end };
        (end > 0 && self.tokens()[end - 1].is_word()).then_some(end)
    }

    /// The verb at `at` is a passive: `was framed`, `got caught`; also `framed by`.
    pub fn is_passive(&self, word: &Range<usize>) -> bool {
        let Some(token) = self.tokens().get(word.start) else { return false };
        let text = token.text(self.raw);
        let participle =
            text.ends_with("ed") || text.ends_with("en") || self.is(word.start, class::PARTICIPLE);
        participle && (self.verb_group(word.start).1 || self.by(word.end).is_some())
    }

    /// Where the words after `by` begin, close after `from`.
    pub fn by(&self, from: usize) -> Option<usize> {
        const NEAR: usize = 4;
        let by = (from..from + NEAR).take_while(|i| self.tokens().get(*i).is_some_and(Token::is_word));
        let by = by.take_while(|i| !self.is(*i, class::CONNECTOR));
        by.into_iter().find(|i| self.tokens()[*i].text(self.raw).eq_ignore_ascii_case("by")).map(|i| i + 1)
    }

    /// A noun group that ends at `end` has a party as head or as owner: `the NBI`, `Norland's prosecutors`,
    /// `the prosecutors of Norland`.
    pub fn group_has(&self, party: &Range<usize>, end: usize) -> bool {
        party.end <= end
            && end - party.end <= GROUP
            && (party.end..end).all(|i| self.is_possessive(i) || self.is_in_group(i))
            && self.is_head(party)
    }

    /// A word that can stand inside a noun group: an open word that looks like no past tense and no gerund.
    fn is_in_group(&self, at: usize) -> bool {
        let verbal = |t: &Token| matches!(t.text(self.raw), w if w.ends_with("ed") || w.ends_with("ing"));
        self.is_content(at) && !self.is(at, class::DETERMINER) && !self.tokens().get(at).is_some_and(verbal)
    }

    /// Not behind a preposition that takes it out of the subject: `the case against Brandt`.
    fn is_head(&self, party: &Range<usize>) -> bool {
        let mut start = party.start;
        while start > 0 && self.is(start - 1, class::DETERMINER) {
            start -= 1;
        }
        let Some(before) = start.checked_sub(1) else { return true };
        !self.is_one_of(before, &OUTSIDE)
    }

    /// A party is the object of the words that end at `end`: only words of a noun group and one particle stand between.
    pub fn is_object(&self, party: &Range<usize>, end: usize) -> bool {
        if party.start < end || party.start - end > GROUP + 2 {
            return false;
        }
        let mut particles = 0;
        (end..party.start).all(|i| {
            let particle = self.is(i, class::PARTICLE) && !self.is(i, class::DETERMINER);
            particles += usize::from(particle);
            let noun = self.is(i, class::DETERMINER)
                || self.is_content(i)
                || self.is_adverb(i)
                || self.is_possessive(i);
            (noun || particle) && particles <= 1
        })
    }

    /// A party owns the noun at `word`: `Norland's lies`, `NBI propaganda`, `lies from the embassy`, `liars like Brandt`.
    pub fn owns(&self, party: &Range<usize>, word: &Range<usize>) -> bool {
        let between = party.end..word.start.max(party.end);
        let most = if self.is_possessive(party.end) { GROUP } else { 1 };
        let plain = |i: usize| self.is_possessive(i) || self.is_in_group(i) && !self.is_plural(i);
        let before = party.end <= word.start && between.len() <= most && between.clone().all(plain);
        let comma = self.tokens().get(between.start).is_some_and(|t| t.word == mark::COMMA);
        let name = between.start + usize::from(comma)..between.end;
        let apposed = (1..=2).contains(&name.len())
            && self.is(name.start, class::DETERMINER)
            && name.clone().skip(1).all(|i| self.is_in_group(i));
        before || apposed && party.end <= word.start || self.follows_noun(party, word)
    }

    /// `Norland's own smuggling`: the party has the mark of an owner.
    pub fn possesses(&self, party: &Range<usize>, word: &Range<usize>) -> bool {
        party.end <= word.start && self.is_possessive(party.end) && self.owns(party, word)
    }

    fn is_plural(&self, at: usize) -> bool {
        self.tokens().get(at).is_some_and(|t| t.text(self.raw).ends_with('s') && !self.is_possessive(at))
    }

    fn follows_noun(&self, party: &Range<usize>, word: &Range<usize>) -> bool {
        if party.start < word.end || party.start - word.end > GROUP {
            return false;
        }
        let between = word.end..party.start;
        let linked = between.start == between.end
            || self.is_one_of(between.start, &["by", "of", "from", "at", "in", "like"]);
        linked && between.skip(1).all(|i| self.is(i, class::DETERMINER) || self.is_content(i))
    }

    /// Where the subject of `X is … word` ends, if only a noun group parts the word from a form of to be.
    pub fn predicated_of(&self, at: usize) -> Option<usize> {
        let mut start = at;
        while start > 0 && at - start <= GROUP + 1 {
            if self.is(start - 1, class::BE) {
                return self.subject_end(start - 1);
            }
            let skipped = class::DETERMINER | class::AUXILIARY;
            if !(self.is(start - 1, skipped)
                || self.is_adverb(start - 1)
                || self.is_content(start - 1)
                || self.is_filler(start - 1))
            {
                return None;
            }
            start -= 1;
        }
        None
    }

    /// `one of`, `a bunch of`, `nothing but`: words that only lead to the noun.
    fn is_filler(&self, at: usize) -> bool {
        self.is_one_of(at, &["of"])
            || at > 0 && self.is_one_of(at, &["but"]) && self.is_one_of(at - 1, &["nothing"])
    }

    /// The word at `at` stands where a noun does: behind a determiner, an owner or a preposition.
    pub fn is_noun_place(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let infinitive = self.tokens()[before].text(self.raw).eq_ignore_ascii_case("to");
        let opens = self.is(before, class::DETERMINER)
            || self.is(before, class::PREPOSITION)
            || self.is_possessive(before);
        let relative = self.is(before, class::RELATIVE) && before > 0 && self.is_content(before - 1);
        opens && !infinitive && !relative
    }

    /// A noun for something that is done to somebody.
    pub fn is_act(&self, at: usize) -> bool {
        self.is(at, class::ACT)
    }

    /// `the persecution of Brandt`, `a campaign against Astora`.
    pub fn is_done_to(&self, party: &Range<usize>, word: &Range<usize>) -> bool {
        self.is_one_of(word.end, &["of", "against", "on", "toward", "towards", "for"])
            && self.follows_closely(party, word.end + 1)
    }

    /// Only determiners, commas and a preposition part the party from the words that end at `end`.
    pub fn follows_closely(&self, party: &Range<usize>, end: usize) -> bool {
        const MOST: usize = 3;
        let part = |i: usize| {
            self.is(i, class::DETERMINER | class::PREPOSITION) || self.tokens()[i].word == mark::COMMA
        };
        party.start >= end && party.start - end <= MOST && (end..party.start).all(part)
    }

    /// The verb at `at` has a subject of its own, of the first or second person or `it`.
    pub fn has_own_subject(&self, at: usize) -> bool {
        let Some(end) = self.subject_end(at) else { return false };
        self.is(end - 1, class::FIRST_PERSON) || self.is_one_of(end - 1, &["you", "it", "this", "there"])
    }

    /// A command: nothing but marks and adverbs stands before the word.
    pub fn opens_sentence(&self, at: usize) -> bool {
        (0..at).all(|i| !self.tokens()[i].is_word() || self.is_adverb(i))
    }

    /// The verb at `at` is asked for and so not done: `should tell the truth`.
    pub fn is_demanded(&self, at: usize) -> bool {
        let group = self.verb_group(at).0..at;
        group.into_iter().any(|i| self.is_one_of(i, &DEMANDS))
    }

    /// `that`, `which`, `who`.
    pub fn is_relative(&self, at: usize) -> bool {
        self.is(at, class::RELATIVE)
    }

    /// The word at `at` is a pronoun of the third person.
    pub fn is_third_person(&self, at: usize) -> bool {
        self.is(at, class::THIRD_PERSON)
    }

    /// `he`, `she` and `they` are subjects.
    pub fn is_subject_form(&self, at: usize) -> bool {
        self.is_one_of(at, &["he", "she", "they"])
    }

    /// `their ships`: the pronoun owns what follows and is no object itself.
    pub fn is_owner(&self, at: usize) -> bool {
        let followed = || self.is_content(at + 1) && !self.is_adverb(at + 1);
        self.is_one_of(at, &["his", "their"]) || self.is_one_of(at, &["her"]) && followed()
    }
}
