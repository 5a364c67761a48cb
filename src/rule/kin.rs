//! Kin: names that stand for a party or its side, and the well-known deeds that people throw back at it.

use crate::profile::Profile;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Names that belong together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Kin {
    /// Id, shown with the evidence.
    pub id: String,
    /// A profile that names one of these in a role takes the group's other names into that role.
    pub names: Vec<String>,
    /// Names, agencies, allies, firms and nicknames that stand for the same side.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Well-known deeds of that side, as people name them.
    #[serde(default)]
    pub deeds: Vec<String>,
    /// Why they belong together.
    pub reason: String,
}

/// Whose kin a group is in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The accuser's.
    Accuser,
    /// The accused's.
    Accused,
}

impl Kin {
    /// The side that a profile puts the group on; `None` if it names the group on both sides or on neither.
    pub fn side(&self, profile: &Profile) -> Option<Side> {
        let own: BTreeSet<String> = self.names.iter().map(|n| n.to_lowercase()).collect();
        let in_role = |role: &[String]| role.iter().any(|n| own.contains(&n.to_lowercase()));
        match (in_role(&profile.accuser), in_role(&profile.accused)) {
            (true, false) => Some(Side::Accuser),
            (false, true) => Some(Side::Accused),
            _ => None,
        }
    }
}

/// A profile with the names of its kin added to its roles; a name the profile gives to another role stays there.
pub fn with_kin(profile: &Profile, kin: &[Kin]) -> Profile {
    let mut out = profile.clone();
    let lists = [&profile.accuser, &profile.accused, &profile.defender, &profile.deed, &profile.claim_terms];
    let mut taken: BTreeSet<String> = lists.into_iter().flatten().map(|n| n.to_lowercase()).collect();
    for group in kin {
        let role = match group.side(profile) {
            Some(Side::Accuser) => &mut out.accuser,
            Some(Side::Accused) => &mut out.accused,
            None => continue,
        };
        for name in group.names.iter().chain(&group.aliases) {
            if taken.insert(name.to_lowercase()) {
                role.push(name.clone());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, names: &[&str], aliases: &[&str]) -> Kin {
        let own = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect();
        Kin {
            id: id.to_owned(),
            names: own(names),
            aliases: own(aliases),
            deeds: vec![],
            reason: String::new(),
        }
    }

    #[test]
    fn a_group_joins_the_side_that_names_it() {
        let mut profile = Profile::default();
        profile.accuser = vec!["Norland".to_owned()];
        profile.accused = vec!["Astora".to_owned(), "Coast Guard".to_owned()];
        let kin = [
            group("norland", &["Norland"], &["NBI", "Coast Guard"]),
            group("other", &["Westland"], &["WBI"]),
        ];
        let all = with_kin(&profile, &kin);
        assert_eq!(all.accuser, ["Norland", "NBI"]);
        assert_eq!(all.accused, profile.accused);
    }

    #[test]
    fn a_group_named_on_both_sides_joins_neither() {
        let mut profile = Profile::default();
        profile.accuser = vec!["Norland".to_owned()];
        profile.accused = vec!["NBI".to_owned()];
        let kin = group("norland", &["Norland", "NBI"], &["Harbour Police"]);
        assert_eq!(kin.side(&profile), None);
    }
}
