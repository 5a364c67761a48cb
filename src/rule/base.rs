//! What of a pack can be compiled before the allegation is known. That of the shipped pack is made when the program is
//! built; the roles of a profile are put in when it starts.

use super::anchor::Vocabulary;
use super::compile::{Compiler, filled};
use super::connotation::Connotation;
use super::kin::Side;
use super::list::List;
use super::matcher::{Lists, Matcher, matchers};
use super::meaning::{Meaning, Role};
use super::pack::{Rule, RulePack};
use super::pattern::Pattern;
use super::roles::Roles;
use super::setting::{CueKind, Scope, Status};
use super::table::{Anchors, Draft, Table, tables};
use crate::digest;
use crate::packing::from_frame;
use crate::profile::Mode;
use crate::text::{WordId, Words};
use serde::{Deserialize, Serialize};

/// Patterns and vocabulary of a pack without the roles.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Base {
    words: Words,
    lists: Vec<List>,
    /// The lists that an allegation fills: those of [`Roles::NAMES`], then [`DEEDS`].
    open: Vec<usize>,
    anchors: Anchors,
    /// Patterns of each [`Run`].
    tables: [Table; Run::COUNT],
    meanings: Vec<Meaning>,
    stop_words: Vec<WordId>,
    abbreviations: Vec<WordId>,
    valences: Vec<(WordId, f32)>,
    classes: Vec<(WordId, u16)>,
}

/// A pack compiled for one profile.
#[derive(Debug)]
pub struct Compiled {
    /// The vocabulary.
    pub words: Words,
    /// Rules, modifying cues and roles: run on sentences.
    pub votes: Matcher,
    /// Cues that tell voices apart: run on blocks.
    pub voices: Matcher,
    /// Words of personal talk, which no article holds; run on blocks.
    pub personal: Matcher,
    /// Opening words of answers, for rumours.
    pub openings: Matcher,
    /// What the finds stand for.
    pub meanings: Vec<Meaning>,
    /// Words without content.
    pub stop_words: Vec<WordId>,
    /// Words whose full stop ends nothing.
    pub abbreviations: Vec<WordId>,
    /// Valence by word number.
    pub valences: Vec<f32>,
    /// Classes of [`Base::CLASSES`] by word number, as bits.
    pub classes: Vec<u16>,
}

/// What an allegation brings to a pack.
#[derive(Debug)]
pub struct Matter<'m> {
    /// What the profile is about.
    pub mode: Mode,
    /// It names the accused and the deed.
    pub has_roles: bool,
    /// The forms of its words.
    pub roles: &'m Roles,
    /// Well-known deeds of each side.
    pub deeds: Vec<(Side, Vec<&'m str>)>,
}

// Each of them has a bit in a byte: of a need, of a signature.
const _: () = assert!(Roles::NAMES.len() + DEEDS.len() <= u8::BITS as usize);

/// Which matcher an entry belongs to.
#[derive(Debug, Clone, Copy)]
enum Run {
    Votes,
    Voices,
    Personal,
    Openings,
}

impl Run {
    const COUNT: usize = [Run::Votes, Run::Voices, Run::Personal, Run::Openings].len();
}

/// Lists of well-known deeds; no pattern can name them.
const DEEDS: [(Side, &str); 2] = [(Side::Accuser, "accuser's deeds"), (Side::Accused, "accused's deeds")];

/// Who asks for a word: one that is only asked for elsewhere is no word.
mod asker {
    pub const EVERYBODY: u8 = 1;
    pub const ALLEGATIONS: u8 = 2;
    pub const RUMOURS: u8 = 4;
    pub const CONNOTATIONS: u8 = 8;
}

impl Base {
    /// Names of the lists that hold the closed classes of words, in the order of their bits.
    pub const CLASSES: [&str; 12] = [
        "adverb",
        "verb_group",
        "be_word",
        "connector",
        "determiner",
        "first_person",
        "participle",
        "particle",
        "preposition",
        "relative",
        "third_person",
        "act",
    ];

    /// Compiles a pack with the rules for which `runs` is true.
    pub fn new(pack: &RulePack, runs: impl Fn(&Rule) -> bool) -> Self {
        let roles = Roles::default();
        let compiler = Compiler::new(&pack.lists, &roles, &pack.inflector);
        let mut making = Making { pack, compiler, drafts: Default::default(), meanings: Vec::new() };
        let running = |rule: &Rule| rule.status != Status::Retired && runs(rule);
        // An index is that of the rule, whose wording may be missing.
        for (i, rule) in pack.rules.iter().enumerate().filter(|(_, r)| running(r)) {
            let Some(wording) = pack.wording(rule) else { continue };
            making.compiler.ask(match pack.families[rule.family].mode {
                None => asker::EVERYBODY,
                Some(Mode::Allegation) => asker::ALLEGATIONS,
                Some(Mode::Rumour) => asker::RUMOURS,
            });
            making.add(Run::Votes, Meaning::Rule(i), &wording.patterns, rule.scope);
        }
        making.compiler.ask(asker::EVERYBODY);
        making.cues();
        making.roles();
        making.compiler.ask(asker::CONNOTATIONS);
        making.connotations();
        making.compiler.ask(asker::EVERYBODY);
        making.openings();
        making.finish()
    }

    /// The base of a pack for a mode and the rules that run; what the program holds, if that is it.
    pub fn of(pack: &RulePack, mode: Mode, runs: impl Fn(&Rule) -> bool) -> Self {
        let in_mode = |rule: &Rule| pack.families[rule.family].mode.is_none_or(|m| m == mode);
        let all = || pack.rules.iter().filter(|r| r.status != Status::Retired && in_mode(r)).all(&runs);
        let made = (pack.is_builtin() && all()).then(Base::digested).flatten();
        made.unwrap_or_else(|| Base::new(pack, |rule| in_mode(rule) && runs(rule)))
    }

    fn digested() -> Option<Self> {
        postcard::from_bytes(&from_frame(digest::BASE).ok()?).ok()
    }

    /// Compiles the rest for an allegation.
    pub fn compile(self, pack: &RulePack, matter: &Matter<'_>) -> Compiled {
        let mut words = self.words;
        let mode = if matter.mode == Mode::Rumour { asker::RUMOURS } else { asker::ALLEGATIONS };
        let connotations = if matter.has_roles { asker::CONNOTATIONS } else { 0 };
        words.keep(asker::EVERYBODY | mode | connotations);
        let mut lists = self.lists;
        for (name, list) in Roles::NAMES.iter().zip(&self.open) {
            let entries = matter.roles.entries(name).iter().map(String::as_str);
            lists[*list] = filled(&lists[*list], entries, &mut words);
        }
        for ((side, _), list) in DEEDS.iter().zip(self.open.iter().skip(Roles::NAMES.len())) {
            let deeds = matter.deeds.iter().filter(|d| matter.has_roles && d.0 == *side);
            let deeds: Vec<String> = deeds.flat_map(|d| &d.1).map(|deed| deed.to_lowercase()).collect();
            lists[*list] = filled(&lists[*list], deeds.iter().map(String::as_str), &mut words);
        }
        let meanings = self.meanings;
        let wanted = |payload: u32| match meanings.get(payload as usize) {
            Some(Meaning::Rule(rule)) => {
                let family = &pack.families[pack.rules[*rule].family];
                family.mode.is_none_or(|m| m == matter.mode)
            }
            Some(Meaning::Connotation(_)) => matter.has_roles,
            _ => true,
        };
        let (open, frequent, bound) = (&self.open, &self.stop_words, words.bound());
        let lists = Lists { all: lists, open, frequent, bound };
        let [votes, voices, personal, openings] = matchers(self.tables, self.anchors, lists, wanted);
        let (mut valences, mut classes) = (vec![0.0; words.bound()], vec![0; words.bound()]);
        self.valences.into_iter().for_each(|(word, valence)| valences[word.0 as usize] = valence);
        self.classes.into_iter().for_each(|(word, class)| classes[word.0 as usize] |= class);
        let (stop_words, abbreviations) = (self.stop_words, self.abbreviations);
        Compiled {
            words,
            votes,
            voices,
            personal,
            openings,
            meanings,
            stop_words,
            abbreviations,
            valences,
            classes,
        }
    }
}

struct Making<'p> {
    pack: &'p RulePack,
    compiler: Compiler<'p>,
    drafts: [Draft; Run::COUNT],
    meanings: Vec<Meaning>,
}

impl Making<'_> {
    fn add(&mut self, run: Run, meaning: Meaning, patterns: &[Pattern], scope: Scope) {
        self.meanings.push(meaning);
        self.again(run, patterns, scope);
    }

    /// Adds patterns with the meaning of those before.
    fn again(&mut self, run: Run, patterns: &[Pattern], scope: Scope) {
        let payload = self.meanings.len() as u32 - 1;
        for pattern in patterns {
            self.drafts[run as usize].add(&mut self.compiler, pattern, scope, payload);
        }
    }

    fn cues(&mut self) {
        let pack = self.pack;
        for (i, (cue, wording)) in pack.worded_cues().enumerate() {
            let idiom = cue.kind == CueKind::Idiom;
            let meaning = if idiom { Meaning::Idiom(i) } else { Meaning::Cue(cue.kind) };
            let run = match cue.kind {
                CueKind::Personal => Run::Personal,
                kind if tells_voices(kind) => Run::Voices,
                _ => Run::Votes,
            };
            self.add(run, meaning, &wording.patterns, Scope::Sentence);
        }
    }

    fn roles(&mut self) {
        for (role, name) in Role::ALL {
            let pattern = [Pattern::List(name.to_owned())];
            self.add(Run::Votes, Meaning::Role(role), &pattern, Scope::Sentence);
            self.again(Run::Voices, &pattern, Scope::Sentence);
        }
        for (side, name) in DEEDS {
            self.add(Run::Votes, Meaning::KinDeed(side), &[Pattern::List(name.to_owned())], Scope::Sentence);
        }
    }

    fn connotations(&mut self) {
        let pack = self.pack;
        for (i, entry) in pack.connotations.iter().enumerate() {
            let forms = entry.forms(&pack.inflector);
            let parted = forms.iter().filter_map(|f| entry.parted(f)).map(|(verb, rest)| {
                let gap = Pattern::Gap(Connotation::GAP);
                Pattern::Sequence(vec![Pattern::Word(verb), gap, Pattern::Word(rest)])
            });
            let forms = parted.chain(forms.iter().cloned().map(Pattern::Word)).collect();
            self.add(Run::Votes, Meaning::Connotation(i), &[Pattern::Choice(forms)], Scope::Sentence);
        }
    }

    fn openings(&mut self) {
        for (meaning, name) in [(Meaning::OpeningNo, "opening_no"), (Meaning::OpeningYes, "opening_yes")] {
            self.add(Run::Openings, meaning, &[Pattern::List(name.to_owned())], Scope::Sentence);
        }
    }

    /// The numbers of a list's words.
    fn numbers(&mut self, list: &str) -> Vec<WordId> {
        let forms = self.pack.lists.get(list).into_iter().flat_map(|l| &l.forms);
        forms.map(|w| self.compiler.words.intern(w)).collect()
    }

    fn finish(mut self) -> Base {
        let (stop_words, abbreviations) = (self.numbers("stop_word"), self.numbers("abbreviation"));
        let valences = self.pack.lexicon.number(&mut self.compiler.words);
        let mut classes = Vec::new();
        for (bit, name) in Base::CLASSES.iter().enumerate() {
            // Only the first word of a phrase counts.
            let forms = self.pack.lists.get(*name).into_iter().flat_map(|l| &l.forms);
            for form in forms.filter(|f| !f.contains(' ')) {
                classes.push((self.compiler.words.intern(form), 1 << bit));
            }
        }
        let deeds = DEEDS.iter().map(|(_, name)| *name);
        let open: Vec<usize> = Roles::NAMES.into_iter().chain(deeds).map(|n| self.compiler.list(n)).collect();
        self.compiler.mark_lists();
        let counts = self.pack.frequency.counts(&self.compiler.words);
        let Compiler { words, lists, .. } = self.compiler;
        let vocabulary = Vocabulary { lists: &lists, open: &open, counts: &counts };
        let (tables, anchors) = tables(&self.drafts, vocabulary, words.bound());
        let meanings = self.meanings;
        Base { words, lists, open, anchors, tables, meanings, stop_words, abbreviations, valences, classes }
    }
}

fn tells_voices(kind: CueKind) -> bool {
    use CueKind as C;
    matches!(kind, C::Reporting | C::MockLead | C::MockOpening | C::PasteLead | C::News | C::NoTranscript)
}
