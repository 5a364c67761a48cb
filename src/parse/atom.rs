//! The grammar's smallest parts, shared by the page families. Each stays within its line and leaves the rest.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{all_consuming, eof, map_opt, opt, recognize, value};
use nom::multi::many0_count;
use nom::sequence::{pair, preceded, terminated};
use nom::{IResult, Parser};

pub(crate) type Fault<'a> = nom::error::Error<&'a str>;

/// A unit of time with the largest count a site prints before it takes the next unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    name: &'static str,
    max: u32,
}

/// Years stop at 19: Lemmy is from 2019, and a smaller limit leaves fewer doubtful splits.
const UNITS: [Unit; 7] = [
    Unit { name: "second", max: 59 },
    Unit { name: "minute", max: 59 },
    Unit { name: "hour", max: 23 },
    Unit { name: "day", max: 30 },
    Unit { name: "week", max: 5 },
    Unit { name: "month", max: 11 },
    Unit { name: "year", max: 19 },
];

/// An age as printed, as `8 hours ago`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Age<'a> {
    /// The whole age.
    pub text: &'a str,
    /// Its digits; empty for `an hour ago`.
    pub digits: &'a str,
    unit: Unit,
    plural: bool,
}

impl Age<'_> {
    /// True if a site could print that count with that unit: `7 months`, not `49 months`, `07 months` or `7 month`.
    pub fn allows(&self, count: &str) -> bool {
        let Ok(n) = count.parse::<u32>() else { return false };
        !count.starts_with('0') && n <= self.unit.max && (n == 1) != self.plural
    }
}

/// White space that does not end the line; NBSP and a CR before the line feed count.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

/// Blanks, maybe none.
pub(crate) fn blanks(input: &str) -> IResult<&str, &str> {
    take_while(is_blank).parse(input)
}

/// The end of a line with blanks before it; the end of the page counts.
pub(crate) fn row_end(input: &str) -> IResult<&str, &str> {
    preceded(blanks, alt((tag("\n"), eof))).parse(input)
}

/// `inner` if it takes the whole of `text`.
pub(crate) fn whole<'a, T>(
    inner: impl Parser<&'a str, Output = T, Error = Fault<'a>>,
    text: &'a str,
) -> Option<T> {
    all_consuming(inner).parse(text).ok().map(|(_, found)| found)
}

/// `8 hours ago`, `a year ago`, `an hour ago`; leaves what follows `ago`.
pub(crate) fn age(input: &str) -> IResult<&str, Age<'_>> {
    alt((moment, counted)).parse(input)
}

/// `just now` and the like: an age without a count.
fn moment(input: &str) -> IResult<&str, Age<'_>> {
    let (rest, text) =
        alt((tag("just now"), tag("a few seconds ago"), tag("less than a minute ago"), tag("a moment ago")))
            .parse(input)?;
    Ok((rest, Age { text, digits: "", unit: UNITS[0], plural: true }))
}

fn counted(input: &str) -> IResult<&str, Age<'_>> {
    let count = alt((take_while_m_n(1, 15, is_digit), value("", alt((tag("an"), tag("a"))))));
    let (rest, (digits, unit, plural, _, _)) =
        (terminated(count, space), unit, opt(char('s')), space, tag("ago")).parse(input)?;
    let text = &input[..input.len() - rest.len()];
    Ok((rest, Age { text, digits, unit, plural: plural.is_some() }))
}

/// One blank, which may be a NBSP.
fn space(input: &str) -> IResult<&str, char> {
    one_of(" \u{a0}").parse(input)
}

/// `second` … `year`; leaves a plural `s`.
fn unit(input: &str) -> IResult<&str, Unit> {
    let word = take_while_m_n(3, 6, |c: char| c.is_ascii_lowercase() && c != 's');
    let seconds = value(UNITS[0], tag("second"));
    alt((seconds, map_opt(word, |w: &str| UNITS.iter().find(|u| u.name == w).copied()))).parse(input)
}

/// Votes: `8`, `-3`, `1,204`, `1.2K`, `3M`; leaves what follows.
pub(crate) fn votes(input: &str) -> IResult<&str, i64> {
    let sign = opt(alt((char('-'), char('−'))));
    let whole = take_while_m_n(1, 12, |c: char| is_digit(c) || c == ',');
    let fraction = opt(preceded(char('.'), take_while_m_n(1, 3, is_digit)));
    let scale = opt(one_of("kKmM"));
    map_opt((sign, whole, fraction, scale), |(sign, whole, fraction, scale)| {
        let size = match scale {
            None if fraction.is_some() => return None,
            None => 1,
            Some('k' | 'K') => 1_000,
            Some(_) => 1_000_000,
        };
        let value = scaled(whole, fraction.unwrap_or_default(), size)?;
        Some(if sign.is_some() { -value } else { value })
    })
    .parse(input)
}

fn scaled(whole: &str, fraction: &str, size: i64) -> Option<i64> {
    let units: i64 =
        if whole.contains(',') { whole.replace(',', "").parse().ok()? } else { whole.parse().ok()? };
    let part: i64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    units.checked_mul(size)?.checked_add(part * size / 10_i64.pow(fraction.len() as u32))
}

/// A host name in lower case with at least one dot and maybe a port: `lemmy.example`, `social.example:8536`.
pub(crate) fn host(input: &str) -> IResult<&str, &str> {
    let label = |i| take_while1(|c: char| c.is_ascii_lowercase() || is_digit(c) || c == '-').parse(i);
    let port = opt(pair(char(':'), take_while_m_n(1, 5, is_digit)));
    let dots = map_opt(many0_count(preceded(char('.'), label)), |n| (n > 0).then_some(n));
    recognize((label, dots, port)).parse(input)
}

/// A web address; leaves what follows the first white space.
pub(crate) fn url(input: &str) -> IResult<&str, &str> {
    let scheme = alt((tag("https://"), tag("http://")));
    recognize(pair(scheme, take_while1(|c: char| !c.is_whitespace()))).parse(input)
}

pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_and_checked() {
        for text in [
            "8 hours ago",
            "1 year ago",
            "30 seconds ago",
            "a second ago",
            "an hour\u{a0}ago",
            "49 months ago",
            "just now",
            "less than a minute ago",
        ] {
            assert_eq!(whole(age, text).map(|a| a.text), Some(text));
        }
        for text in ["8 hours", "hours ago", "8 eons ago", "8  hours ago", "eight hours ago", "ago"] {
            assert!(whole(age, text).is_none(), "{text}");
        }
        let months = whole(age, "497 months ago").unwrap();
        assert!(months.allows("7") && !months.allows("97") && !months.allows("07") && !months.allows("1"));
    }

    #[test]
    fn votes_come_in_several_prints() {
        let read = |text| whole(votes, text);
        assert_eq!((read("8"), read("-3"), read("1,204")), (Some(8), Some(-3), Some(1204)));
        assert_eq!((read("1.2K"), read("3m"), read("1.25k")), (Some(1200), Some(3_000_000), Some(1250)));
        assert_eq!((read("1.2"), read("K"), read("8 "), read(",")), (None, None, None, None));
    }

    #[test]
    fn hosts_need_a_dot() {
        assert_eq!(host("hexbear.netOP"), Ok(("OP", "hexbear.net")));
        assert_eq!(host("a.b-c.example:8536 x"), Ok((" x", "a.b-c.example:8536")));
        assert!(host("localhost").is_err() && host("Lemmy.World").is_err());
    }
}
