//! The connotation lexicon: words with the attitudes they imply toward who does them, whom they are done to, and the
//! claim (after connotation frames, Rashkin et al. 2016).

use super::inflect::Inflector;
use crate::error::{Error, Result};
use crate::source::Source;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A word or phrase with the attitudes it implies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Connotation {
    /// Base form: of a phrasal verb the first word inflects, of a noun the last.
    pub entry: String,
    /// Part of speech.
    pub part: Part,
    /// Toward the subject of a verb, the bearer of a noun or adjective; −3 to 3.
    pub agent: i8,
    /// Toward the object of a verb; −3 to 3, positive for one who is wronged or worthy.
    pub patient: i8,
    /// Toward the claim, whoever the word is said of; negative where it is taken for false or a pretext.
    pub claim: i8,
    /// A noun whose form is a verb of the lexicon too.
    pub also_verb: bool,
}

/// What an entry does in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConnotationExample {
    /// A sentence about the invented allegation of `pack.toml`.
    pub text: String,
    /// The example speaks for the charge (`true`) or against it.
    pub supports: bool,
    /// File and line.
    pub place: (String, usize),
}

/// Part of speech of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// `a`: adjective, said of a bearer.
    Adjective,
    /// `n`: noun, said of a bearer.
    Noun,
    /// `p`: a phrase as it stands, said of the claim or of the subject before it.
    Phrase,
    /// `v`: verb, with its forms.
    Verb,
}

/// Reads lines of `entry TAB part TAB agent TAB patient TAB claim TAB example -> support|deny`, sorted by entry and
/// part; lines that start with `# ` or are empty say where the list is from.
///
/// # Errors
/// [`Error::Data`] for a line of another shape and for lines out of order.
pub fn read(source: &Source) -> Result<Vec<(Connotation, ConnotationExample)>> {
    let mut out: Vec<(Connotation, ConnotationExample)> = Vec::new();
    for (i, line) in source.as_str().lines().enumerate() {
        if line.starts_with("# ") || line.is_empty() {
            continue;
        }
        let place = (source.name().to_owned(), i + 1);
        let entry = parse(line, place.clone()).map_err(|message| mistake(&place, message))?;
        let key = |c: &(Connotation, ConnotationExample)| (c.0.entry.clone(), c.0.part);
        if out.last().is_some_and(|last| key(last) >= key(&entry)) {
            return Err(mistake(&place, "out of order or twice"));
        }
        out.push(entry);
    }
    Ok(out)
}

/// Marks the nouns that are verbs as well.
pub(super) fn mark_verbs(entries: &mut [Connotation]) {
    let verbs = entries.iter().filter(|c| c.part == Part::Verb).map(|c| c.entry.clone());
    let verbs: BTreeSet<String> = verbs.collect();
    for noun in entries.iter_mut().filter(|c| c.part == Part::Noun) {
        noun.also_verb = verbs.contains(&noun.entry);
    }
}

impl Connotation {
    /// Words at most between the parts of a parted verb.
    pub const GAP: u8 = 3;

    /// A form of a verb that its object may part, in two: `set | up`, `hold | accountable`, `throw | under the bus`.
    pub fn parted(&self, form: &str) -> Option<(String, String)> {
        const ENDS: [&str; 15] = [
            "up",
            "down",
            "out",
            "off",
            "away",
            "over",
            "apart",
            "back",
            "accountable",
            "responsible",
            "to account",
            "to justice",
            "under the bus",
            "in jail",
            "behind bars",
        ];
        let (verb, rest) = form.split_once(' ')?;
        (self.part == Part::Verb && ENDS.contains(&rest)).then(|| (verb.to_owned(), rest.to_owned()))
    }

    /// All forms in which the entry is found, in lower case.
    pub fn forms(&self, inflector: &Inflector) -> Vec<String> {
        match self.part {
            Part::Adjective | Part::Phrase => vec![self.entry.clone()],
            Part::Verb => match self.entry.split_once(' ') {
                None => inflector.verb(&self.entry),
                Some((verb, rest)) => inflector.verb(verb).iter().map(|f| format!("{f} {rest}")).collect(),
            },
            Part::Noun => match self.entry.rsplit_once(' ') {
                None => inflector.noun(&self.entry),
                Some((head, noun)) => inflector.noun(noun).iter().map(|f| format!("{head} {f}")).collect(),
            },
        }
    }
}

fn parse(
    line: &str,
    place: (String, usize),
) -> std::result::Result<(Connotation, ConnotationExample), &'static str> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [entry, part, agent, patient, claim, example] = cells.as_slice() else {
        return Err("a line has six cells, parted by tabs");
    };
    let part = match *part {
        "a" => Part::Adjective,
        "n" => Part::Noun,
        "p" => Part::Phrase,
        "v" => Part::Verb,
        _ => return Err("the part of speech is one of a, n, p, v"),
    };
    let (example, side) =
        example.rsplit_once(" -> ").ok_or("the example ends with ` -> support` or ` -> deny`")?;
    let supports = match side {
        "support" => true,
        "deny" => false,
        _ => return Err("the example ends with ` -> support` or ` -> deny`"),
    };
    let (agent, patient, claim) = (attitude(agent)?, attitude(patient)?, attitude(claim)?);
    if (agent, patient, claim) == (0, 0, 0) {
        return Err("an entry without any attitude does nothing");
    }
    let entry = (*entry).to_owned();
    let example = ConnotationExample { text: example.to_owned(), supports, place };
    Ok((Connotation { entry, part, agent, patient, claim, also_verb: false }, example))
}

fn attitude(cell: &str) -> std::result::Result<i8, &'static str> {
    let value: i8 = cell.parse().map_err(|_| "an attitude is a whole number from -3 to 3")?;
    if (-3..=3).contains(&value) { Ok(value) } else { Err("an attitude is a whole number from -3 to 3") }
}

fn mistake(place: &(String, usize), message: &str) -> Error {
    Error::Data {
        file: place.0.clone(),
        line: place.1,
        column: 1,
        message: message.to_owned(),
        help: "each line is entry, part, agent, patient, claim, example -> side; sorted by entry and part"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> std::result::Result<Vec<(Connotation, ConnotationExample)>, String> {
        let source = Source::from_text("connotation.tsv", text.to_owned()).map_err(|e| e.to_string())?;
        read(&source).map_err(|e| e.to_string())
    }

    #[test]
    fn verbs_inflect_in_their_first_word_and_nouns_in_their_last() {
        let text = "cover up\tv\t-2\t0\t0\tBrandt covered up the mess. -> support\nsmoke screen\tn\t0\t0\t-2\tIt is a smoke screen. -> deny";
        let entries = read_text(text).unwrap_or_default();
        let inflector = Inflector::default();
        assert_eq!(entries[0].0.forms(&inflector)[2], "covered up");
        assert_eq!(entries[1].0.forms(&inflector), ["smoke screen", "smoke screens"]);
    }

    #[test]
    fn mistakes_name_the_line() {
        assert!(read_text("# head\nlie\tv\t-2\t0\t0\tBrandt lied.").is_err_and(|e| e.contains(":2")));
        assert!(read_text("b\ta\t1\t0\t0\tX b. -> deny\na\ta\t1\t0\t0\tX a. -> deny").is_err());
        assert!(read_text("b\ta\t0\t0\t0\tX b. -> deny").is_err());
    }
}
