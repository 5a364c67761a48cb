//! What a labeller is compiled from: the matchers, the vocabulary, the valences.

use super::feature::Fitted;
use crate::error::Result;
use crate::profile::{Mode, Profile};
use crate::rule::kin::{deeds, with_kin};
use crate::rule::{
    Base, Compiled, Found, Matcher, Matter, Mechanism, Roles, Rule, RulePack, Scope, Scoring, Signature,
    Status, Weights,
};
pub(super) use crate::rule::{Meaning, Role};
use crate::text::{Token, WordId, Words, add_tokens, tokenize};
use std::ops::Range;
use std::sync::Arc;

/// A rule pack compiled for one profile.
#[derive(Debug)]
pub(super) struct Engine<'p> {
    pub pack: &'p RulePack,
    pub words: Words,
    /// What the profile is about.
    pub mode: Mode,
    /// The profile names the accused and the deed: role rules, anchoring and others' views work.
    pub has_roles: bool,
    pub abbreviations: Vec<WordId>,
    /// Of the rules.
    ids: Vec<Arc<str>>,
    meanings: Vec<Meaning>,
    /// Rules, modifying cues and roles: run on sentences.
    votes: Matcher,
    /// Cues that tell voices apart: run on blocks.
    voices: Matcher,
    /// Cues of personal talk, by themselves: run on long blocks.
    personal: Matcher,
    /// Opening words of answers, for rumours.
    openings: Matcher,
    /// By word number.
    stop_words: Vec<bool>,
    valences: Vec<f32>,
    classes: Vec<u16>,
    /// Fitted weights; empty without.
    pub fitted: Fitted,
    pub bias: [f64; 4],
    pub offset: [f64; 4],
    pub temperature: f64,
    pub calibration: [f64; 4],
    /// For each mechanism the rule that uses it.
    mechanisms: [Option<usize>; Mechanism::COUNT],
}

impl<'p> Engine<'p> {
    pub fn new(pack: &'p RulePack, profile: &Profile, runs: impl Fn(&Rule) -> bool) -> Result<Self> {
        let mode = profile.mode;
        let kin = pack.kin.of(profile);
        let roles = Roles::of(&with_kin(profile, &kin), &pack.inflector);
        let has_roles = !profile.is_empty();
        let matter = Matter { mode, has_roles, roles: &roles, deeds: deeds(profile, &kin) };
        let compiled = Base::of(pack, mode, &runs).compile(pack, &matter);
        let Compiled {
            words,
            votes,
            voices,
            personal,
            openings,
            meanings,
            abbreviations,
            valences,
            classes,
            ..
        } = compiled;
        let mut stop_words = vec![false; words.bound()];
        compiled.stop_words.iter().for_each(|word| stop_words[word.0 as usize] = true);
        let in_mode = |rule: &Rule| pack.families[rule.family].mode.is_none_or(|m| m == mode);
        let runs = |rule: &Rule| rule.status != Status::Retired && in_mode(rule) && runs(rule);
        Ok(Engine {
            pack,
            words,
            mode,
            has_roles,
            abbreviations,
            ids: pack.rules.iter().map(|rule| rule.id.as_str().into()).collect(),
            meanings,
            votes,
            voices,
            personal,
            openings,
            stop_words,
            valences,
            classes,
            fitted: Fitted::default(),
            bias: bias(&pack.scoring, mode),
            offset: [0.0; 4],
            temperature: pack.scoring.temperature,
            calibration: [0.0; 4],
            mechanisms: mechanisms(pack, runs),
        })
    }

    /// Puts fitted weights in the place of the hand weights.
    pub fn weigh_by(&mut self, weights: &Weights) {
        let index_of = |id: &str| self.pack.rules.iter().position(|r| r.id == id);
        self.fitted = Fitted::new(weights, index_of);
        (self.bias, self.offset) = (weights.bias, weights.offset);
        (self.temperature, self.calibration) = (weights.temperature, weights.calibration);
    }

    pub fn tokens(&self, raw: &str) -> Vec<Token> {
        tokenize(raw, &self.words)
    }

    /// As [`Engine::tokens`], behind those that are there.
    pub fn add_tokens(&self, raw: &str, out: &mut Vec<Token>) {
        add_tokens(raw, &self.words, out);
    }

    pub fn rule(&self, index: usize) -> &'p Rule {
        &self.pack.rules[index]
    }

    /// The id of a rule.
    pub fn id(&self, index: usize) -> Arc<str> {
        Arc::clone(&self.ids[index])
    }

    /// The running rule of a mechanism.
    pub fn mechanism(&self, mechanism: Mechanism) -> Option<usize> {
        self.mechanisms[mechanism as usize]
    }

    /// Valence of a word in [−4, 4]; 0 for a word the lexicon lacks.
    pub fn valence(&self, token: &Token) -> f32 {
        self.valences.get(token.word.0 as usize).copied().unwrap_or_default()
    }

    /// Classes of a word, as bits of [`super::grammar::class`].
    pub fn classes(&self, token: &Token) -> u16 {
        self.classes.get(token.word.0 as usize).copied().unwrap_or_default()
    }

    pub fn find_votes(&self, tokens: &[Token], admits: impl Fn(Scope) -> bool) -> Vec<(Meaning, Found)> {
        self.mean(self.votes.find(tokens, admits))
    }

    /// Prepares tokens for [`Engine::each_vote`] and [`Engine::each_voice`].
    pub fn signatures(&self, tokens: &[Token]) -> impl ExactSizeIterator<Item = Signature> {
        self.votes.signatures(tokens)
    }

    /// As [`Engine::find_votes`], one by one, with the signatures of the tokens.
    pub fn each_vote(
        &self,
        tokens: &[Token],
        signatures: &[Signature],
        admits: impl Fn(Scope) -> bool,
        mut each: impl FnMut(Meaning, Range<usize>),
    ) {
        let meaning = |f: &Found| self.meanings[f.payload as usize];
        self.votes.find_each(tokens, signatures, admits, |f| each(meaning(&f), f.start..f.end));
    }

    pub fn find_openings(&self, tokens: &[Token]) -> Vec<(Meaning, Found)> {
        self.mean(self.openings.find(tokens, |_| true))
    }

    pub fn is_stop_word(&self, token: &Token) -> bool {
        self.stop_words.get(token.word.0 as usize).is_some_and(|stop| *stop)
    }

    pub fn find_voices(&self, tokens: &[Token]) -> Vec<(Meaning, Found)> {
        let found = self.voices.find(tokens, |_| true).into_iter();
        self.mean(found.chain(self.personal.find(tokens, |_| true)).collect())
    }

    /// Holds a cue of personal talk.
    pub fn is_personal(&self, tokens: &[Token], signatures: &[Signature]) -> bool {
        self.personal.is_found(tokens, signatures)
    }

    /// As [`Engine::find_voices`], one by one, without personal talk, with the signatures of the tokens.
    pub fn each_voice(
        &self,
        tokens: &[Token],
        signatures: &[Signature],
        mut each: impl FnMut(Meaning, Range<usize>),
    ) {
        let meaning = |f: &Found| self.meanings[f.payload as usize];
        self.voices.find_each(tokens, signatures, |_| true, |f| each(meaning(&f), f.start..f.end));
    }

    fn mean(&self, found: Vec<Found>) -> Vec<(Meaning, Found)> {
        found.into_iter().map(|f| (self.meanings[f.payload as usize], f)).collect()
    }
}

/// Someone, and not the deed or the claim.
pub(super) fn is_party(role: Role) -> bool {
    matches!(role, Role::Accuser | Role::Accused | Role::Defender)
}

/// Log-odds before evidence, toward support, deny, query, comment.
fn bias(scoring: &Scoring, mode: Mode) -> [f64; 4] {
    let (deny, query, comment) = match mode {
        Mode::Allegation => (scoring.bias_deny, scoring.bias_query, scoring.bias_comment),
        Mode::Rumour => (scoring.rumour_bias_deny, scoring.rumour_bias_query, scoring.rumour_bias_comment),
    };
    [scoring.bias_support, deny, query, comment]
}

fn mechanisms(pack: &RulePack, runs: impl Fn(&Rule) -> bool) -> [Option<usize>; Mechanism::COUNT] {
    let mut out = [None; Mechanism::COUNT];
    for (i, rule) in pack.rules.iter().enumerate().filter(|(_, r)| runs(r)) {
        if let Some(mechanism) = rule.mechanism {
            out[mechanism as usize] = Some(i);
        }
    }
    out
}
