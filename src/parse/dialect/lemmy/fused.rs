//! A score printed right before the age, as in `497 months ago`: 49 votes, 7 months.

use crate::parse::atom::Age;
use crate::thread::Score;

/// An age line taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Split<'a> {
    /// The votes, if the line holds any; not certain if another split is possible.
    pub score: Option<Score>,
    /// The age alone.
    pub age: &'a str,
}

/// Takes the votes off the front so that a possible age remains. With several ways the smallest number of votes is
/// taken, since most comments have few. Without a link line above (`linked`) a possible age is left whole.
pub(crate) fn split(age: Age<'_>, linked: bool) -> Split<'_> {
    let whole = Split { score: None, age: age.text };
    let plain = age.digits.is_empty() || age.allows(age.digits);
    if plain && !linked {
        return whole;
    }
    let ways: Vec<(i64, usize)> = (1..age.digits.len())
        .filter(|at| age.allows(&age.digits[*at..]))
        .filter_map(|at| votes(age.digits, at))
        .collect();
    let Some((value, at)) = ways.first().copied() else { return whole };
    let certain = ways.len() == 1 && !plain;
    Split { score: Some(Score { value, down: None, certain }), age: &age.text[at..] }
}

/// The first `at` digits as votes, which never start with a zero unless they are zero.
fn votes(digits: &str, at: usize) -> Option<(i64, usize)> {
    let votes = &digits[..at];
    (votes == "0" || !votes.starts_with('0')).then(|| votes.parse().ok())?.map(|value| (value, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::atom::{age, whole};

    fn read(text: &str, linked: bool) -> String {
        let Split { score, age } = split(whole(age, text).unwrap(), linked);
        let mark = |s: Score| format!("{}{} + ", s.value, if s.certain { "" } else { "?" });
        format!("{}{age}", score.map(mark).unwrap_or_default())
    }

    #[test]
    fn the_age_must_be_possible() {
        assert_eq!(read("497 months ago", false), "49 + 7 months ago");
        assert_eq!(read("09 months ago", true), "0 + 9 months ago");
        assert_eq!(read("31 year ago", false), "3 + 1 year ago");
        assert_eq!(read("211 year ago", true), "21 + 1 year ago");
        assert_eq!(read("10011 months ago", true), "100 + 11 months ago");
    }

    #[test]
    fn two_ways_are_marked() {
        assert_eq!(read("123 hours ago", true), "1? + 23 hours ago");
        assert_eq!(read("12 hours ago", true), "1? + 2 hours ago");
    }

    #[test]
    fn a_possible_age_alone_stays_whole() {
        assert_eq!(read("12 hours ago", false), "12 hours ago");
        assert_eq!(read("8 hours ago", true), "8 hours ago");
        assert_eq!(read("an hour ago", true), "an hour ago");
        assert_eq!(read("000 hours ago", true), "000 hours ago");
    }
}
