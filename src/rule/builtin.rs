//! The shipped rule pack, built into the program.

use crate::error::{Error, Result};
use crate::source::Source;
use std::path::{Path, PathBuf};

/// The files of the English pack, sorted by name.
pub const FILES: &[(&str, &str)] = &[
    ("rules/en/about.toml", include_str!("../../rules/en/about.toml")),
    ("rules/en/accused.toml", include_str!("../../rules/en/accused.toml")),
    ("rules/en/accuser.toml", include_str!("../../rules/en/accuser.toml")),
    ("rules/en/affect.toml", include_str!("../../rules/en/affect.toml")),
    ("rules/en/answer.toml", include_str!("../../rules/en/answer.toml")),
    ("rules/en/approval.toml", include_str!("../../rules/en/approval.toml")),
    ("rules/en/argument.toml", include_str!("../../rules/en/argument.toml")),
    ("rules/en/belief.toml", include_str!("../../rules/en/belief.toml")),
    ("rules/en/connotation.toml", include_str!("../../rules/en/connotation.toml")),
    ("rules/en/connotation_nouns.tsv", include_str!("../../rules/en/connotation_nouns.tsv")),
    ("rules/en/connotation_verbs.tsv", include_str!("../../rules/en/connotation_verbs.tsv")),
    ("rules/en/connotation_words.tsv", include_str!("../../rules/en/connotation_words.tsv")),
    ("rules/en/cues.toml", include_str!("../../rules/en/cues.toml")),
    ("rules/en/discourse.toml", include_str!("../../rules/en/discourse.toml")),
    ("rules/en/downplay.toml", include_str!("../../rules/en/downplay.toml")),
    ("rules/en/epistemic.toml", include_str!("../../rules/en/epistemic.toml")),
    ("rules/en/finding.toml", include_str!("../../rules/en/finding.toml")),
    ("rules/en/form.toml", include_str!("../../rules/en/form.toml")),
    ("rules/en/grammar.toml", include_str!("../../rules/en/grammar.toml")),
    ("rules/en/idioms.toml", include_str!("../../rules/en/idioms.toml")),
    ("rules/en/inflection.toml", include_str!("../../rules/en/inflection.toml")),
    ("rules/en/kin.toml", include_str!("../../rules/en/kin.toml")),
    ("rules/en/kin.tsv", KIN),
    ("rules/en/lists.toml", include_str!("../../rules/en/lists.toml")),
    ("rules/en/pack.toml", include_str!("../../rules/en/pack.toml")),
    ("rules/en/person.toml", include_str!("../../rules/en/person.toml")),
    ("rules/en/question.toml", include_str!("../../rules/en/question.toml")),
    ("rules/en/quotation.toml", include_str!("../../rules/en/quotation.toml")),
    ("rules/en/reaction.toml", include_str!("../../rules/en/reaction.toml")),
    ("rules/en/reply.toml", include_str!("../../rules/en/reply.toml")),
    ("rules/en/report.toml", include_str!("../../rules/en/report.toml")),
    ("rules/en/role.toml", include_str!("../../rules/en/role.toml")),
    ("rules/en/rumour.toml", include_str!("../../rules/en/rumour.toml")),
    ("rules/en/sarcasm.toml", include_str!("../../rules/en/sarcasm.toml")),
    ("rules/en/sentiment.tsv", include_str!("../../rules/en/sentiment.tsv")),
    ("rules/en/valence.toml", include_str!("../../rules/en/valence.toml")),
    ("rules/en/whataboutism.toml", include_str!("../../rules/en/whataboutism.toml")),
];

/// Groups of names and deeds; read for each profile, so that nothing is made of them beforehand.
pub(super) const KIN: &str = include_str!("../../rules/en/kin.tsv");

/// The cases of the English pack.
pub const CASES: &[(&str, &str)] = &[
    ("rules/en/cases/answers.md", include_str!("../../rules/en/cases/answers.md")),
    ("rules/en/cases/arguments.md", include_str!("../../rules/en/cases/arguments.md")),
    ("rules/en/cases/pronouns.md", include_str!("../../rules/en/cases/pronouns.md")),
    ("rules/en/cases/replies.md", include_str!("../../rules/en/cases/replies.md")),
    ("rules/en/cases/rumours.md", include_str!("../../rules/en/cases/rumours.md")),
    ("rules/en/cases/voices.md", include_str!("../../rules/en/cases/voices.md")),
];

/// The shipped cases, or those in the folder `cases` of a pack.
///
/// # Errors
/// [`Error::Io`] if a file cannot be read.
pub fn cases(pack: Option<&Path>) -> Result<Vec<Source>> {
    let Some(folder) = pack.map(|p| p.join("cases")) else {
        return CASES.iter().map(|(name, text)| Source::from_text(name, (*text).to_owned())).collect();
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    paths.sort();
    paths.iter().map(|p| Source::read(p)).collect()
}
