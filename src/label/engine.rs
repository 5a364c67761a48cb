//! What a labeller is compiled from: the matchers, the vocabulary, the valences.

use super::feature::Fitted;
use super::grammar::classes;
use crate::error::Result;
use crate::profile::{Mode, Profile};
use crate::rule::kin::{Side, deeds, with_kin};
use crate::rule::{
    Compiler, Connotation, CueKind, Found, Matcher, Mechanism, Part, Pattern, Roles, Rule, RulePack, Scope,
    Scoring, Status, Weights,
};
use crate::text::{Token, WordId, Words, tokenize};
use std::collections::BTreeSet;
use std::ops::Range;

/// A party or subject of the allegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Accuser,
    Accused,
    Defender,
    Deed,
    Claim,
}

/// What a find stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    Rule(usize),
    Cue(CueKind),
    /// A phrase with the valence of that cue.
    Idiom(usize),
    Role(Role),
    /// An opening word of denial.
    OpeningNo,
    /// An opening word of affirmation.
    OpeningYes,
    /// An entry of the connotation lexicon.
    Connotation(usize),
    /// A well-known deed of one side.
    KinDeed(Side),
}

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
    meanings: Vec<Meaning>,
    /// Rules, modifying cues and roles: run on sentences.
    votes: Matcher,
    /// Cues that tell voices apart: run on blocks.
    voices: Matcher,
    /// Opening words of answers, for rumours.
    openings: Matcher,
    stop_words: BTreeSet<WordId>,
    valences: Vec<f32>,
    classes: Vec<u16>,
    /// Nouns of the connotation lexicon whose form is a verb too.
    also_verbs: BTreeSet<&'p str>,
    /// Fitted weights; empty without.
    pub fitted: Fitted,
    pub bias: [f64; 4],
    pub offset: [f64; 4],
    pub temperature: f64,
    pub calibration: [f64; 4],
    /// For each mechanism the rule that uses it.
    mechanisms: [Option<usize>; Mechanism::COUNT],
}

const ROLES: [(Role, &str); 5] = [
    (Role::Accuser, "accuser"),
    (Role::Accused, "accused"),
    (Role::Defender, "defender"),
    (Role::Deed, "deed"),
    (Role::Claim, "claim"),
];

impl<'p> Engine<'p> {
    pub fn new(pack: &'p RulePack, profile: &Profile, runs: impl Fn(&Rule) -> bool) -> Result<Self> {
        let mode = profile.mode;
        let in_mode = |rule: &Rule| pack.families[rule.family].mode.is_none_or(|m| m == mode);
        let runs = |rule: &Rule| rule.status != Status::Retired && in_mode(rule) && runs(rule);
        let kin = pack.kin.of(profile);
        let roles = Roles::of(&with_kin(profile, &kin), &pack.inflector);
        let mut compiler = Compiler::new(&pack.lists, &roles, &pack.inflector);
        let (mut votes, mut voices, mut meanings) = (Matcher::default(), Matcher::default(), Vec::new());
        for (i, rule) in pack.rules.iter().enumerate().filter(|(_, r)| runs(r)) {
            meanings.push(Meaning::Rule(i));
            add(&mut votes, &mut compiler, &rule.patterns, rule.scope, meanings.len());
        }
        for (i, cue) in pack.cues.iter().enumerate() {
            let idiom = cue.kind == CueKind::Idiom;
            meanings.push(if idiom { Meaning::Idiom(i) } else { Meaning::Cue(cue.kind) });
            let matcher = if tells_voices(cue.kind) { &mut voices } else { &mut votes };
            add(matcher, &mut compiler, &cue.patterns, Scope::Sentence, meanings.len());
        }
        add_roles(&mut votes, &mut voices, &mut compiler, &mut meanings);
        let has_roles = !profile.is_empty();
        if has_roles {
            add_connotations(pack, &mut votes, &mut compiler, &mut meanings);
            add_kin(deeds(profile, &kin), &mut votes, &mut compiler, &mut meanings);
        }
        let openings = &mut Matcher::default();
        add_openings(openings, &mut compiler, &mut meanings);
        let stop_words = numbers(pack, "stop_word", &mut compiler).collect();
        let abbreviations = numbers(pack, "abbreviation", &mut compiler).collect();
        let entries = pack.lexicon.number(compiler.words());
        let grammar = classes(pack, compiler.words());
        let words = Matcher::finish(&mut [&mut votes, &mut voices, openings], compiler);
        let mut valences = vec![0.0; words.bound()];
        entries.into_iter().for_each(|(word, valence)| valences[word.0 as usize] = valence);
        let mut classes = vec![0; words.bound()];
        grammar.into_iter().for_each(|(word, class)| classes[word.0 as usize] |= class);
        let mechanisms = mechanisms(pack, runs);
        Ok(Engine {
            pack,
            words,
            mode,
            has_roles,
            abbreviations,
            meanings,
            votes,
            voices,
            openings: std::mem::take(openings),
            stop_words,
            valences,
            classes,
            also_verbs: also_verbs(pack),
            fitted: Fitted::default(),
            bias: bias(&pack.scoring, mode),
            offset: [0.0; 4],
            temperature: pack.scoring.temperature,
            calibration: [0.0; 4],
            mechanisms,
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

    pub fn rule(&self, index: usize) -> &'p Rule {
        &self.pack.rules[index]
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

    /// A noun of the connotation lexicon that is a verb as well.
    pub fn is_also_verb(&self, noun: &str) -> bool {
        self.also_verbs.contains(noun)
    }

    pub fn find_votes(&self, tokens: &[Token], admits: impl Fn(Scope) -> bool) -> Vec<(Meaning, Found)> {
        self.mean(self.votes.find(tokens, admits))
    }

    /// As [`Engine::find_votes`], one by one.
    pub fn each_vote(
        &self,
        tokens: &[Token],
        admits: impl Fn(Scope) -> bool,
        mut each: impl FnMut(Meaning, Range<usize>),
    ) {
        self.votes.find_each(tokens, admits, |f| each(self.meanings[f.payload as usize], f.start..f.end));
    }

    pub fn find_openings(&self, tokens: &[Token]) -> Vec<(Meaning, Found)> {
        self.mean(self.openings.find(tokens, |_| true))
    }

    pub fn is_stop_word(&self, token: &Token) -> bool {
        self.stop_words.contains(&token.word)
    }

    pub fn find_voices(&self, tokens: &[Token]) -> Vec<(Meaning, Found)> {
        self.mean(self.voices.find(tokens, |_| true))
    }

    /// As [`Engine::find_voices`], one by one.
    pub fn each_voice(&self, tokens: &[Token], mut each: impl FnMut(Meaning, Range<usize>)) {
        self.voices.find_each(tokens, |_| true, |f| each(self.meanings[f.payload as usize], f.start..f.end));
    }

    fn mean(&self, found: Vec<Found>) -> Vec<(Meaning, Found)> {
        found.into_iter().map(|f| (self.meanings[f.payload as usize], f)).collect()
    }
}

fn add_roles(
    votes: &mut Matcher,
    voices: &mut Matcher,
    compiler: &mut Compiler<'_>,
    meanings: &mut Vec<Meaning>,
) {
    for (role, name) in ROLES {
        meanings.push(Meaning::Role(role));
        let pattern = [Pattern::List(name.to_owned())];
        add(votes, compiler, &pattern, Scope::Sentence, meanings.len());
        add(voices, compiler, &pattern, Scope::Sentence, meanings.len());
    }
}

/// The numbers of a list's words.
fn numbers<'c>(
    pack: &'c RulePack,
    list: &str,
    compiler: &'c mut Compiler<'_>,
) -> impl Iterator<Item = WordId> + 'c {
    let forms = pack.lists.get(list).into_iter().flat_map(|l| &l.forms);
    forms.map(|w| compiler.words().intern(w))
}

fn add_connotations(
    pack: &RulePack,
    matcher: &mut Matcher,
    compiler: &mut Compiler<'_>,
    meanings: &mut Vec<Meaning>,
) {
    for (i, entry) in pack.connotations.iter().enumerate() {
        meanings.push(Meaning::Connotation(i));
        let forms = entry.forms(&pack.inflector);
        let parted = forms.iter().filter_map(|f| entry.parted(f)).map(|(verb, rest)| {
            Pattern::Sequence(vec![Pattern::Word(verb), Pattern::Gap(Connotation::GAP), Pattern::Word(rest)])
        });
        let forms = parted.chain(forms.iter().cloned().map(Pattern::Word)).collect();
        add(matcher, compiler, &[Pattern::Choice(forms)], Scope::Sentence, meanings.len());
    }
}

fn add_kin(
    deeds: Vec<(Side, Vec<&str>)>,
    matcher: &mut Matcher,
    compiler: &mut Compiler<'_>,
    meanings: &mut Vec<Meaning>,
) {
    for (side, deeds) in deeds.into_iter().filter(|d| !d.1.is_empty()) {
        meanings.push(Meaning::KinDeed(side));
        let deeds = deeds.iter().map(|d| Pattern::Word(d.to_lowercase())).collect();
        add(matcher, compiler, &[Pattern::Choice(deeds)], Scope::Sentence, meanings.len());
    }
}

fn also_verbs(pack: &RulePack) -> BTreeSet<&str> {
    let of = |part| pack.connotations.iter().filter(move |c| c.part == part).map(|c| c.entry.as_str());
    let verbs: BTreeSet<&str> = of(Part::Verb).collect();
    of(Part::Noun).filter(|n| verbs.contains(n)).collect()
}

fn add_openings(matcher: &mut Matcher, compiler: &mut Compiler<'_>, meanings: &mut Vec<Meaning>) {
    for (meaning, name) in [(Meaning::OpeningNo, "opening_no"), (Meaning::OpeningYes, "opening_yes")] {
        meanings.push(meaning);
        add(matcher, compiler, &[Pattern::List(name.to_owned())], Scope::Sentence, meanings.len());
    }
}

/// Log-odds before evidence, toward support, deny, query, comment.
fn bias(scoring: &Scoring, mode: Mode) -> [f64; 4] {
    let (deny, query, comment) = match mode {
        Mode::Allegation => (scoring.bias_deny, scoring.bias_query, scoring.bias_comment),
        Mode::Rumour => (scoring.rumour_bias_deny, scoring.rumour_bias_query, scoring.rumour_bias_comment),
    };
    [scoring.bias_support, deny, query, comment]
}

fn add(matcher: &mut Matcher, compiler: &mut Compiler<'_>, patterns: &[Pattern], scope: Scope, count: usize) {
    for pattern in patterns {
        matcher.add(compiler, pattern, scope, count as u32 - 1);
    }
}

fn tells_voices(kind: CueKind) -> bool {
    use CueKind as C;
    matches!(
        kind,
        C::Reporting | C::MockLead | C::MockOpening | C::PasteLead | C::News | C::Personal | C::NoTranscript
    )
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
