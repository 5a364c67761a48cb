//! The rule pack: rules, cues, lists and settings, checked and ready to be compiled.

use super::connotation::{self, Connotation, ConnotationExample};
use super::frequency::Frequency;
use super::inflect::Inflector;
use super::kin::{KinTable, Side};
use super::lexicon::Lexicon;
use super::pattern::Patterns;
use super::raw::{Inflect, RawFile, RawRule};
use super::scoring::{Lean, Scoring};
use super::setting::{CueKind, Mechanism, Negation, Question, Relation, Scope, Status, Target};
use super::stored::Stored;
use super::{builtin, raw};
use crate::digest;
use crate::error::{Error, Result};
use crate::kind::{Aspect, Effect};
use crate::packing::from_frame;
use crate::profile::{Mode, Profile};
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use toml::Spanned;

/// A rule pack.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RulePack {
    /// Id of the pack.
    pub id: String,
    /// Version of the pack.
    pub version: String,
    /// Language of its words, ISO 639-1.
    pub language: String,
    /// Constants of the score.
    pub scoring: Scoring,
    /// Families in order of their files.
    pub families: Vec<Family>,
    /// Rules in order of their files.
    pub rules: Vec<Rule>,
    rule_wordings: Stored<Vec<Wording>>,
    /// Cues in order of their files.
    pub cues: Vec<Cue>,
    cue_wordings: Stored<Vec<Wording>>,
    /// Lists by name.
    pub lists: Stored<BTreeMap<String, WordList>>,
    /// Words with their valence.
    pub lexicon: Stored<Lexicon>,
    /// Words with the attitudes they imply, sorted.
    pub connotations: Vec<Connotation>,
    /// An example of each of them, in their order.
    pub connotation_examples: Stored<Vec<ConnotationExample>>,
    /// Groups of names and deeds that belong together.
    pub kin: KinTable,
    /// How often words are met.
    pub frequency: Stored<Frequency>,
    /// Inflections.
    pub inflector: Inflector,
    /// The invented allegation that the examples are about.
    pub example: Profile,
}

/// A group of rules: one file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// First part of its rules' ids.
    pub id: String,
    /// What the rules of the family have in common.
    pub about: String,
    /// Hedges, conditions, contrast, concession and others' views change the weight of its rules.
    #[serde(default)]
    pub hedged: bool,
    /// Its rules weigh less in long comments in a sentence that names no role.
    #[serde(default)]
    pub anchored: bool,
    /// Its rules run only with a profile of this mode.
    #[serde(default)]
    pub mode: Option<Mode>,
    /// Whom its rules take a pronoun of the third person for; one that stands for the other party makes them vote weakly.
    #[serde(default)]
    pub pronouns: Option<Side>,
}

/// A list that patterns name with `@`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WordList {
    /// Entries as written.
    pub written: Vec<String>,
    /// Entries with their inflections.
    pub forms: Vec<String>,
    /// What they have in common.
    pub reason: String,
    /// Where the class of words is described, if not by this pack.
    pub source: Option<String>,
    /// File and line.
    pub place: (String, usize),
}

/// A rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rule {
    /// `family.wording-found`.
    pub id: String,
    /// Life cycle.
    pub status: Status,
    /// Index of its family.
    pub family: usize,
    /// What it looks at instead of words.
    pub mechanism: Option<Mechanism>,
    /// Where the pattern is looked for.
    pub scope: Scope,
    /// Log-odds it adds.
    #[serde(with = "sides")]
    pub effect: Effect,
    /// How it argues.
    pub aspect: Option<Aspect>,
    /// Under a negation.
    pub negation: Negation,
    /// In a question.
    pub question: Question,
    /// Whose attribute its words are.
    pub target: Option<Target>,
    /// Toward the comment answered.
    pub relation: Option<Relation>,
    /// Log-odds that a reply with these words agrees or disagrees with what it answers.
    pub answer: Lean,
    /// How far it marks the sentence as sarcastic, 0 to 1.
    pub sarcasm: f64,
    /// Sarcasm never inverts it.
    pub literal: bool,
    /// It takes the deed as fact, so attribution takes that back.
    pub presupposes: bool,
    /// What it adds to the sentiment.
    pub tone: f64,
    /// Rules whose hits in the same sentence it replaces.
    pub overrides: Vec<String>,
    /// Place of its wording among all.
    wording: usize,
}

/// Words that change what rules do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cue {
    /// What it does.
    pub kind: CueKind,
    /// Tone of an idiom, in [−4, 4]; 0 for other cues.
    pub valence: f64,
    /// Place of its wording among all.
    wording: usize,
}

/// The words of a rule or cue, and what is said of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Wording {
    /// The words it looks for, one entry an alternative; empty for a mechanism.
    pub patterns: Patterns,
    /// Version that brought it; empty for a cue.
    pub since: String,
    /// Why.
    pub reason: String,
    /// Sentences in which it is found; « » enclose the exact words.
    pub matches: Vec<String>,
    /// Sentences in which it is not found or is turned.
    pub ignores: Vec<String>,
    /// Known misses.
    pub todo_matches: Vec<String>,
    /// Known false alarms.
    pub todo_ignores: Vec<String>,
    /// File and line.
    pub place: (String, usize),
}

impl Rule {
    /// It tells how a reply answers and nothing else: no part of a stance.
    pub fn only_answers(&self) -> bool {
        let votes = self.effect.size() > 0.0 || self.sarcasm > 0.0 || self.tone != 0.0;
        self.answer.size() > 0.0 && !votes && self.relation.is_none()
    }
}

static PACK: OnceLock<Option<RulePack>> = OnceLock::new();

/// An effect with all its numbers, also those that text leaves out.
mod sides {
    use crate::kind::Effect;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(effect: &Effect, serializer: S) -> Result<S::Ok, S::Error> {
        [effect.support, effect.deny, effect.query].serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Effect, D::Error> {
        let [support, deny, query] = Deserialize::deserialize(deserializer)?;
        Ok(Effect { support, deny, query })
    }
}

impl RulePack {
    /// The shipped English pack.
    ///
    /// # Errors
    /// None in a released program; else the mistake that was found when the program was built.
    pub fn builtin() -> Result<&'static Self> {
        PACK.get_or_init(RulePack::digested).as_ref().ok_or_else(builtin::Mistake::found)
    }

    /// What was made of the shipped pack when the program was built; `None` if a rule was wrong.
    fn digested() -> Option<Self> {
        postcard::from_bytes(&from_frame(digest::PACK).ok()?).ok()
    }

    /// It is what [`RulePack::builtin`] gives, unchanged.
    pub(super) fn is_builtin(&self) -> bool {
        PACK.get().is_some_and(|pack| pack.as_ref().is_some_and(|p| std::ptr::eq(p, self)))
    }

    /// Reads a folder of `*.toml` and `*.tsv` files as a whole pack.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Data`] with file, line and column for the first mistake.
    pub fn read(folder: &Path) -> Result<Self> {
        RulePack::load(&RulePack::sources(folder)?)
    }

    /// The files of a pack, sorted by name.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Unknown`] for a folder that holds none.
    pub(crate) fn sources(folder: &Path) -> Result<Vec<Source>> {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
            let path = entry.map_err(|e| Error::io(folder, e))?.path();
            if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
                paths.push(path);
            }
        }
        paths.sort_unstable();
        let sources: Vec<Source> = paths.iter().map(|p| Source::read(p)).collect::<Result<_>>()?;
        if sources.is_empty() {
            let help = "a pack is a folder of *.toml files; copy rules/en and change it".to_owned();
            return Err(Error::Unknown { what: "rule pack", name: folder.display().to_string(), help });
        }
        Ok(sources)
    }

    /// Builds a pack from its files.
    ///
    /// # Errors
    /// [`Error::Data`] with file, line and column for the first mistake.
    pub fn load(sources: &[Source]) -> Result<Self> {
        let pack = RulePack::unchecked(sources)?;
        super::lint::refuse_broken(&pack)?;
        Ok(pack)
    }

    /// As [`RulePack::load`], whether the files keep the laws of a pack or not.
    ///
    /// # Errors
    /// As [`RulePack::load`], for mistakes within a file.
    pub(crate) fn unchecked(sources: &[Source]) -> Result<Self> {
        let mut pack = RulePack::default();
        let (mut read, mut connotations) = (Read::default(), Vec::new());
        for source in sources {
            match source.name().rsplit('/').next().unwrap_or_default() {
                "kin.tsv" => pack.kin = KinTable::read(source)?,
                "frequency.tsv" => pack.frequency = Frequency::read(source)?.into(),
                name if name.starts_with("connotation") && name.ends_with(".tsv") => {
                    connotations.extend(connotation::read(source)?);
                }
                name if name.ends_with(".tsv") => pack.lexicon = Lexicon::read(source)?.into(),
                _ => pack.add(source, &mut read)?,
            }
        }
        let (mut entries, examples): (Vec<_>, Vec<_>) = connotations.into_iter().unzip();
        connotation::mark_verbs(&mut entries);
        (pack.connotations, pack.connotation_examples) = (entries, examples.into());
        let mut known: BTreeMap<String, WordList> = BTreeMap::new();
        for (name, place, list) in read.lists {
            let written = list.words;
            let forms = written.iter().flat_map(|w| list_forms(w, list.inflect, &pack.inflector)).collect();
            let (reason, source) = (list.reason, list.source);
            if let Some(first) = known.get(&name) {
                return Err(taken(&name, &place, &first.place));
            }
            known.insert(name, WordList { written, forms, reason, source, place });
        }
        pack.lists = known.into();
        (pack.rule_wordings, pack.cue_wordings) = (read.rules.into(), read.cues.into());
        Ok(pack)
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id)
    }

    /// The wording of a rule of this pack.
    pub fn wording(&self, rule: &Rule) -> Option<&Wording> {
        self.rule_wordings.get(rule.wording)
    }

    /// The rules with their wordings.
    pub fn worded_rules(&self) -> impl Iterator<Item = (&Rule, &Wording)> {
        self.rules.iter().filter_map(|rule| Some((rule, self.wording(rule)?)))
    }

    /// The cues with their wordings.
    pub fn worded_cues(&self) -> impl Iterator<Item = (&Cue, &Wording)> {
        self.cues.iter().filter_map(|cue| Some((cue, self.cue_wordings.get(cue.wording)?)))
    }

    /// The wordings of all rules and cues.
    pub fn wordings(&self) -> impl Iterator<Item = &Wording> {
        self.worded_rules().map(|(_, wording)| wording).chain(self.worded_cues().map(|(_, wording)| wording))
    }

    fn add(&mut self, source: &Source, read: &mut Read) -> Result<()> {
        let file: RawFile = toml::from_str(source.as_str())
            .map_err(|e| Error::toml(source, &e, "see ARCHITECTURE.md, \"Rules are data\""))?;
        if let Some(head) = file.pack {
            (self.id, self.version, self.language) = (head.id, head.version, head.language);
        }
        self.example = file.example.unwrap_or_else(|| std::mem::take(&mut self.example));
        self.scoring = file.scoring.unwrap_or_else(|| std::mem::take(&mut self.scoring));
        self.inflector = file.inflection.unwrap_or_else(|| std::mem::take(&mut self.inflector));
        self.families.extend(file.family);
        for (name, list) in file.list {
            let line = source.line_column(list.span().start as u32).0;
            read.lists.push((name, (source.name().to_owned(), line), list.into_inner()));
        }
        for cue in file.cue {
            let (mut cue, wording) = cue_of(source, cue)?;
            cue.wording = read.cues.len();
            self.cues.push(cue);
            read.cues.push(wording);
        }
        for rule in file.rule {
            let (mut rule, wording) = rule_of(source, rule.into_inner(), self.families.len())?;
            rule.wording = read.rules.len();
            self.rules.push(rule);
            read.rules.push(wording);
        }
        Ok(())
    }
}

fn taken(name: &str, place: &(String, usize), first: &(String, usize)) -> Error {
    Error::Data {
        file: place.0.clone(),
        line: place.1,
        column: 1,
        message: format!("the list `{name}` stands already in {}:{}", first.0, first.1),
        help: "give one of the two another name".to_owned(),
    }
}

/// What is stored apart or finished when all files are read.
#[derive(Default)]
struct Read {
    lists: Vec<RawPlaced>,
    rules: Vec<Wording>,
    cues: Vec<Wording>,
}

/// A list with its name, file and line.
type RawPlaced = (String, (String, usize), raw::RawList);

fn cue_of(source: &Source, raw: raw::RawCue) -> Result<(Cue, Wording)> {
    let line = source.line_column(raw.pattern.span().start as u32).0;
    let wording = Wording {
        patterns: patterns(source, &format!("cue {:?}", raw.kind), &raw.pattern)?,
        reason: raw.reason,
        matches: raw.matches,
        ignores: raw.ignores,
        place: (source.name().to_owned(), line),
        ..Wording::default()
    };
    Ok((Cue { kind: raw.kind, valence: raw.valence, wording: 0 }, wording))
}

fn rule_of(source: &Source, raw: RawRule, families: usize) -> Result<(Rule, Wording)> {
    let at = raw.id.span().start as u32;
    let Some(family) = families.checked_sub(1) else {
        return Err(Error::data(
            source,
            at,
            "a rule before any [family]",
            "begin the file with a [family] table",
        ));
    };
    if raw.pattern.is_some() == raw.mechanism.is_some() {
        let help = "give one of the two: `pattern = '…'` for words, `mechanism = \"…\"` for the rest";
        return Err(Error::data(source, at, "a rule needs either a pattern or a mechanism", help));
    }
    let patterns =
        raw.pattern.as_ref().map_or(Ok(Patterns::default()), |p| patterns(source, raw.id.get_ref(), p))?;
    let wording = Wording {
        patterns,
        since: raw.since,
        reason: raw.reason,
        matches: raw.matches,
        ignores: raw.ignores,
        todo_matches: raw.todo_matches,
        todo_ignores: raw.todo_ignores,
        place: (source.name().to_owned(), source.line_column(at).0),
    };
    let rule = Rule {
        id: raw.id.into_inner(),
        status: raw.status,
        family,
        mechanism: raw.mechanism,
        scope: raw.scope,
        effect: Effect { support: raw.effect.support, deny: raw.effect.deny, query: raw.effect.query },
        aspect: raw.aspect,
        negation: raw.negation,
        question: raw.question,
        target: raw.target,
        relation: raw.relation,
        answer: raw.answer,
        sarcasm: raw.sarcasm,
        literal: raw.literal,
        presupposes: raw.presupposes,
        tone: raw.tone,
        overrides: raw.overrides,
        wording: 0,
    };
    Ok((rule, wording))
}

fn patterns(source: &Source, subject: &str, text: &Spanned<String>) -> Result<Patterns> {
    match Patterns::parse(text.get_ref()) {
        Ok(patterns) => Ok(patterns),
        Err(e) => {
            let start = text.span().start;
            let opening = source.as_str()[start..].find(|c| c != '\'' && c != '"' && c != '\n').unwrap_or(0);
            let help = "the forms of a pattern are listed in docs/rules.md";
            let message = format!("{subject}: {}", e.message);
            Err(Error::data(source, (start + opening + e.offset) as u32, &message, help))
        }
    }
}

fn list_forms(entry: &str, inflect: Option<Inflect>, inflector: &Inflector) -> Vec<String> {
    let Some(inflect) = inflect else { return vec![entry.to_owned()] };
    match (inflect, entry.split_once(' '), entry.rsplit_once(' ')) {
        (Inflect::Verb, Some((first, rest)), _) => {
            inflector.verb(first).iter().map(|f| format!("{f} {rest}")).collect()
        }
        (Inflect::Noun, _, Some((head, last))) => {
            inflector.noun(last).iter().map(|f| format!("{head} {f}")).collect()
        }
        (Inflect::Any, Some(_), _) => vec![entry.to_owned()],
        (Inflect::Verb, None, _) => inflector.verb(entry),
        (Inflect::Noun, _, None) => inflector.noun(entry),
        (Inflect::Any, None, _) => inflector.any(entry),
    }
}
