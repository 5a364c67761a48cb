//! The author line of a Lemmy comment: `Name [pronouns]@instanceBADGES`.

use crate::parse::atom::{Fault, blanks, host, whole};
use crate::thread::{Author, Badge};
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::value;
use nom::multi::many0;
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// An author and whether the end of the name may be a badge (`mossA`), which a local name does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Who {
    pub author: Option<Author>,
    pub certain: bool,
}

/// Reads the text after the bullet; never fails, since a display name may hold anything.
pub(crate) fn who(line: &str) -> Who {
    let (local, instance, mut badges) = split_instance(line.trim());
    let (name, pronouns, after) = split_pronouns(local);
    badges.splice(0..0, after.iter().copied());
    let name = name.strip_prefix('@').unwrap_or(name).trim();
    let certain = instance.is_some() || !after.is_empty() || !pronouns.is_empty() || !may_end_in_badge(name);
    let author = Author {
        name: name.to_owned(),
        instance: instance.map(str::to_owned),
        pronouns: pronouns.iter().map(|p| (*p).to_owned()).collect(),
        badges,
    };
    Who { author: (!line.trim().is_empty()).then_some(author), certain }
}

/// Takes `@instance` and the badges fused to it from the end.
fn split_instance(line: &str) -> (&str, Option<&str>, Vec<Badge>) {
    let Some((local, tail)) = line.rsplit_once('@') else { return (line, None, Vec::new()) };
    let found = if is_host(tail) { Some((tail, Vec::new())) } else { whole((host, badges), tail) };
    match found {
        Some((host, badges)) if !local.trim().is_empty() => (local, Some(host), badges),
        _ => (line, None, Vec::new()),
    }
}

/// True for most of what [`host`] takes, told at a glance.
fn is_host(text: &str) -> bool {
    let inside = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    text.contains('.') && text.split('.').all(|label| !label.is_empty() && label.bytes().all(inside))
}

/// Takes `[he/him, any]` or `{they/them}` and the badges after it from the end.
fn split_pronouns(local: &str) -> (&str, Vec<&str>, Vec<Badge>) {
    let none = (local, Vec::new(), Vec::new());
    let Some(close) = local.rfind([']', '}']) else { return none };
    let Some(after) = whole(badges, local[close + 1..].trim_end()) else { return none };
    let open = if local[close..].starts_with(']') { '[' } else { '{' };
    match local[..close].rsplit_once(open) {
        Some((name, list)) if is_pronouns(open, list) => {
            (name, list.split(',').map(str::trim).filter(|p| !p.is_empty()).collect(), after)
        }
        _ => none,
    }
}

/// Brackets hold pronouns if they hold words and slashes; braces, which names use too, need a slash.
fn is_pronouns(open: char, list: &str) -> bool {
    let plain = |c: char| c.is_alphabetic() || matches!(c, '/' | ',' | ' ' | '\'' | '’' | '-');
    !list.trim().is_empty()
        && list.len() <= 120
        && list.chars().all(plain)
        && (open == '[' || list.contains('/'))
}

/// Badges one after the other, maybe none: `OPM`, ` OP`; leaves what is no badge.
fn badges(input: &str) -> IResult<&str, Vec<Badge>> {
    let badge = alt((
        value(Badge::Op, tag::<_, _, Fault<'_>>("OP")),
        value(Badge::Moderator, tag("M")),
        value(Badge::Bot, tag("B")),
        value(Badge::Admin, tag("A")),
    ));
    many0(preceded(blanks, badge)).parse(input)
}

/// True for a name such as `mossA`, `rosaOP` or `Name A`: a badge letter right after a small letter, digit or blank.
fn may_end_in_badge(name: &str) -> bool {
    let stem = name.trim_end_matches(['O', 'P', 'M', 'A', 'B']);
    let before = stem.chars().next_back();
    whole(badges, &name[stem.len()..]).is_some_and(|b| !b.is_empty())
        && before.is_some_and(|c| c.is_lowercase() || c.is_numeric() || c == ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(line: &str) -> String {
        let Who { author, certain } = who(line);
        let Some(Author { name, instance, pronouns, badges }) = author else { return "nobody".to_owned() };
        format!("{name}|{}|{}|{badges:?}|{certain}", instance.unwrap_or_default(), pronouns.join("+"))
    }

    #[test]
    fn full_and_bare_names() {
        assert_eq!(picture("Mira [she/her, any]@forum.example"), "Mira|forum.example|she/her+any|[]|true");
        assert_eq!(picture("Mira {they/them}@forum.example"), "Mira|forum.example|they/them|[]|true");
        assert_eq!(picture("Flying Fish@pond.example"), "Flying Fish|pond.example||[]|true");
        assert_eq!(picture("@otto@pond.example"), "otto|pond.example||[]|true");
        assert_eq!(picture("@otto"), "otto|||[]|true");
        assert_eq!(picture("77otto🦆 [he/him]"), "77otto🦆||he/him|[]|true");
        assert_eq!(picture("otto[all]"), "otto||all|[]|true");
        assert_eq!(picture("  "), "nobody");
    }

    #[test]
    fn badges_are_taken_after_an_instance_or_pronouns_only() {
        assert_eq!(picture("otto@pond.exampleOPM"), "otto|pond.example||[Op, Moderator]|true");
        assert_eq!(picture("otto@pond.example B"), "otto|pond.example||[Bot]|true");
        assert_eq!(picture("otto [he/him]A"), "otto||he/him|[Admin]|true");
        assert_eq!(picture("ottoA"), "ottoA|||[]|false");
        assert_eq!(picture("otto A"), "otto A|||[]|false");
        assert_eq!(picture("AMBA"), "AMBA|||[]|true");
    }

    #[test]
    fn odd_names_are_kept_whole() {
        assert_eq!(picture("me @ home"), "me @ home|||[]|true");
        assert_eq!(picture("x [1] y"), "x [1] y|||[]|true");
        assert_eq!(picture("smile {o.o}"), "smile {o.o}|||[]|true");
        assert_eq!(picture("@"), "|||[]|true");
    }
}
