//! Kin: names that stand for a party or its side, and the well-known deeds that people throw back at it.
//!
//! The table is read for each profile and not before: most groups belong to other allegations.

use crate::error::{Error, Result};
use crate::profile::Profile;
use crate::source::Source;
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The groups. A line of their file is `group TAB kind TAB words`, sorted, where kind is `alias`, `deed`, `name` or `reason`;
/// lines that start with `# ` or are empty say where the list is from.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KinTable {
    /// As in the file, but one line holds all words of a group and kind, a tab before each.
    text: String,
}

/// Names that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kin {
    /// Id of the group.
    pub id: String,
    /// Whose side it is on in the profile asked for.
    pub side: Option<Side>,
    /// A profile that names one of these in a role takes the group's other names into that role.
    pub names: Vec<String>,
    /// Names, agencies, allies, firms and nicknames that stand for the same side.
    pub aliases: Vec<String>,
    /// Well-known deeds of that side, as people name them.
    pub deeds: Vec<String>,
    /// Why they belong together.
    pub reason: String,
}

/// Whose kin a group is in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The accuser's.
    Accuser,
    /// The accused's.
    Accused,
}

impl Side {
    /// `accuser` or `accused`.
    pub fn name(self) -> &'static str {
        match self {
            Side::Accuser => "accuser",
            Side::Accused => "accused",
        }
    }
}

impl KinTable {
    /// Takes the lines of a file.
    ///
    /// # Errors
    /// [`Error::Data`] for the first line that breaks the law of the file: three cells, known kinds, sorted, nothing twice.
    pub fn read(source: &Source) -> Result<Self> {
        check(source.as_str(), source.name()).map(|()| KinTable { text: joined(source.as_str()) })
    }

    /// Every group, sorted by id.
    pub fn groups(&self) -> Vec<Kin> {
        collect(self.rows(), |_| None)
    }

    /// The groups that a profile names on one side; one that it names on both sides belongs to neither.
    pub fn of(&self, profile: &Profile) -> Vec<Kin> {
        let lower = |list: &[String]| list.iter().map(|n| n.to_lowercase()).collect::<BTreeSet<String>>();
        let (accuser, accused) = (lower(&profile.accuser), lower(&profile.accused));
        let mut sides: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        for (id, name) in self.names() {
            let (on_accuser, on_accused) = (holds(&accuser, name), holds(&accused, name));
            if on_accuser || on_accused {
                let side = sides.entry(id).or_default();
                *side = (side.0 | on_accuser, side.1 | on_accused);
            }
        }
        let side = |id: &str| match sides.get(id) {
            Some((true, false)) => Some(Side::Accuser),
            Some((false, true)) => Some(Side::Accused),
            _ => None,
        };
        let ids: BTreeSet<&str> = sides.keys().copied().filter(|id| side(id).is_some()).collect();
        collect(ids.iter().flat_map(|id| self.group(id)), side)
    }

    fn rows(&self) -> impl Iterator<Item = [&str; 3]> {
        self.text.lines().filter_map(row)
    }

    /// Each name with its group.
    fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        const KIND: &str = "\tname\t";
        let bytes = self.text.as_bytes();
        let row = move |at: usize| {
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
            let first = at + KIND.len();
            let end = memchr::memchr(b'\n', &bytes[first..]).map_or(bytes.len(), |i| first + i);
            let id = self.text.get(start..at).filter(|id| !id.contains('\t'))?;
            Some(self.text.get(first..end)?.split('\t').map(move |name| (id, name)))
        };
        memmem::find_iter(bytes, KIND).filter_map(row).flatten()
    }

    /// The rows of a group, which stand together.
    fn group(&self, id: &str) -> impl Iterator<Item = [&str; 3]> {
        let head = format!("{id}\t");
        let starts = |at: &usize| *at == 0 || self.text.as_bytes()[at - 1] == b'\n';
        let start = memmem::find_iter(self.text.as_bytes(), &head).find(starts).unwrap_or(self.text.len());
        self.text[start..].lines().take_while(move |line| line.starts_with(&head)).filter_map(row)
    }
}

/// The law of the file.
fn check(text: &str, name: &str) -> Result<()> {
    let mut last = "";
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with("# ") && !l.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let known = matches!(cells.as_slice(), [_, "alias" | "deed" | "name" | "reason", _]);
        if !known || last >= line {
            return Err(Error::Data {
                file: name.to_owned(),
                line: i + 1,
                column: 1,
                message: if known { "out of order or twice" } else { "not `group`, kind, words" }.to_owned(),
                help: "each line is group, tab, alias|deed|name|reason, tab, words; sorted by byte"
                    .to_owned(),
            });
        }
        last = line;
    }
    Ok(())
}

/// The lines of a file without its remarks, those of one group and kind as one.
fn joined(text: &str) -> String {
    let (mut out, mut last) = (String::new(), None);
    for [id, kind, words] in text.lines().filter_map(row) {
        match last.replace((id, kind)) {
            Some(same) if same == (id, kind) => {}
            Some(_) => out += &format!("\n{id}\t{kind}"),
            None => out += &format!("{id}\t{kind}"),
        }
        out.push('\t');
        out += words.trim_end_matches('\r');
    }
    out
}

fn collect<'t>(rows: impl Iterator<Item = [&'t str; 3]>, side: impl Fn(&str) -> Option<Side>) -> Vec<Kin> {
    let mut out: Vec<Kin> = Vec::new();
    for [id, kind, words] in rows {
        if out.last().is_none_or(|k| k.id != id) {
            out.push(Kin { id: id.to_owned(), side: side(id), ..Kin::default() });
        }
        let Some(group) = out.last_mut() else { continue };
        let list = match kind {
            "name" => &mut group.names,
            "alias" => &mut group.aliases,
            "deed" => &mut group.deeds,
            _ => {
                words.rsplit('\t').next().unwrap_or_default().clone_into(&mut group.reason);
                continue;
            }
        };
        list.extend(words.split('\t').map(str::to_owned));
    }
    out
}

/// Group, kind and words of a line; none of a remark.
fn row(line: &str) -> Option<[&str; 3]> {
    let (id, rest) = line.split_once('\t').filter(|_| !line.starts_with("# "))?;
    let (kind, words) = rest.split_once('\t')?;
    Some([id, kind, words])
}

/// A set of words in lower case holds a name, in any case.
fn holds(words: &BTreeSet<String>, name: &str) -> bool {
    if name.is_ascii() {
        words.iter().any(|w| w.len() == name.len() && w.eq_ignore_ascii_case(name))
    } else {
        words.contains(&name.to_lowercase())
    }
}

/// A profile with the names of its kin added to its roles; a name the profile gives to another role stays there.
pub fn with_kin(profile: &Profile, kin: &[Kin]) -> Profile {
    let mut out = profile.clone();
    let lists = [&profile.accuser, &profile.accused, &profile.defender, &profile.deed, &profile.claim_terms];
    let taken: BTreeSet<String> = lists.into_iter().flatten().map(|n| n.to_lowercase()).collect();
    for group in kin {
        let role = match group.side {
            Some(Side::Accuser) => &mut out.accuser,
            Some(Side::Accused) => &mut out.accused,
            None => continue,
        };
        for name in group.names.iter().chain(&group.aliases) {
            // FBI is found in capitals only, fbi in any case: one does not stand for the other.
            let capitals = |n: &String| n.eq_ignore_ascii_case(name) && !n.contains(char::is_lowercase);
            let other_case = role.iter().any(capitals);
            if !role.contains(name) && (other_case || !taken.contains(&name.to_lowercase())) {
                role.push(name.clone());
            }
        }
    }
    out
}

/// The deeds of each side that are not the allegation's own matter and not known of both sides.
pub fn deeds<'k>(profile: &Profile, kin: &'k [Kin]) -> Vec<(Side, Vec<&'k str>)> {
    const LONG: usize = 4;
    let words = |text: &str| {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>()
    };
    let own = profile.deed.iter().chain(&profile.claim_terms).chain(std::iter::once(&profile.claim));
    let own: BTreeSet<String> = own.flat_map(|t| words(t)).filter(|w| w.len() >= LONG).collect();
    let of = |side: Side| -> BTreeSet<&'k str> {
        let all = kin.iter().filter(|k| k.side == Some(side)).flat_map(|k| &k.deeds);
        all.filter(|d| !words(d).iter().any(|w| own.contains(w))).map(String::as_str).collect()
    };
    let (accuser, accused) = (of(Side::Accuser), of(Side::Accused));
    let alone = |side, own: &BTreeSet<&'k str>, other| (side, own.difference(other).copied().collect());
    vec![alone(Side::Accuser, &accuser, &accused), alone(Side::Accused, &accused, &accuser)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> KinTable {
        KinTable { text: joined(text) }
    }

    fn profile(accuser: &[&str], accused: &[&str]) -> Profile {
        let own = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect();
        Profile { accuser: own(accuser), accused: own(accused), ..Profile::default() }
    }

    const KIN: &str = "# x\nnorland\talias\tNBI\nnorland\tdeed\tgreywater\nnorland\tname\tNorland\nnorland\treason\tOne state.\nwestland\tname\tWestland\n";

    #[test]
    fn a_group_joins_the_side_that_names_it() {
        let profile = profile(&["norland"], &["Astora"]);
        let kin = table(KIN).of(&profile);
        assert_eq!(
            (kin.len(), kin[0].side, kin[0].deeds.as_slice()),
            (1, Some(Side::Accuser), ["greywater".to_owned()].as_slice())
        );
        assert_eq!(with_kin(&profile, &kin).accuser, ["norland", "NBI"]);
    }

    #[test]
    fn a_group_named_on_both_sides_joins_neither() {
        let text = format!("{KIN}xland\tname\tAstora\nxland\tname\tNorland\n");
        assert_eq!(table(&text).of(&profile(&["Norland"], &["Astora"])).len(), 1);
    }

    #[test]
    fn deeds_of_the_allegation_itself_and_of_both_sides_are_left_out() {
        let text = "a\tdeed\tbig ferry fire\na\tdeed\tgreywater\na\tdeed\ttarn\na\tname\tNorland\nb\tdeed\ttarn\nb\tname\tAstora\n";
        let mut profile = profile(&["Norland"], &["Astora"]);
        profile.deed = vec!["fire".to_owned()];
        let kin = table(text).of(&profile);
        assert_eq!(deeds(&profile, &kin), [(Side::Accuser, vec!["greywater"]), (Side::Accused, vec![])]);
    }

    #[test]
    fn a_name_stays_where_the_profile_puts_it() {
        let profile = profile(&["Norland"], &["NBI"]);
        assert_eq!(with_kin(&profile, &table(KIN).of(&profile)).accuser, ["Norland"]);
    }

    #[test]
    fn every_group_comes_back() {
        let groups =
            table("# x\na\talias\tname\na\talias\tx\na\tname\tA\na\tname\tB\n\nb\treason\tWhy.\n").groups();
        let written: Vec<_> =
            groups.iter().map(|k| (&*k.id, k.aliases.join(" "), k.names.join(" "), &*k.reason)).collect();
        let wanted =
            [("a", "name x".to_owned(), "A B".to_owned(), ""), ("b", String::new(), String::new(), "Why.")];
        assert_eq!(written, wanted);
    }

    #[test]
    fn the_law_names_the_line() {
        assert!(check(KIN, "kin.tsv").is_ok());
        let broken = |text: &str| check(text, "kin.tsv").unwrap_err().to_string();
        assert!(broken("b\tname\tB\na\tname\tA\n").starts_with("kin.tsv:2:1: out of order"));
        assert!(broken("a\tfriend\tA\n").starts_with("kin.tsv:1:1: not `group`"));
    }
}
