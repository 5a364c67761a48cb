//! Calendar dates as news pages print them.

use super::atom::{Fault, is_digit};
use jiff::civil::Date;
use nom::branch::alt;
use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0, space1};
use nom::combinator::{map_opt, opt, peek};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// A date: `2025-07-04`, `2025.07.04`, `2025/07/04`, `04 Jul. 2025`, `4 July 2025`, `July 4, 2025`, each with or
/// without the day of the week before it. `7/4/2025` has two readings and is refused. Leaves what follows.
pub(crate) fn date(input: &str) -> IResult<&str, Date> {
    preceded(opt(weekday), alt((year_first, day_first, month_first))).parse(input)
}

/// `2025-07-04`; the separators must be the same.
fn year_first(input: &str) -> IResult<&str, Date> {
    let (rest, (year, mark)) = (year, one_of("-./")).parse(input)?;
    map_opt((number, char(mark), number), |(month, _, day)| civil(year, month, day)).parse(rest)
}

/// `04 Jul. 2025`, `4 July, 2025`.
fn day_first(input: &str) -> IResult<&str, Date> {
    let day = terminated(number, space1);
    map_opt((day, month, separator, year), |(day, month, _, year)| civil(year, month, day)).parse(input)
}

/// `July 4, 2025`, `Jul. 4 2025`.
fn month_first(input: &str) -> IResult<&str, Date> {
    map_opt((month, separator, number, separator, year), |(m, _, d, _, y)| civil(y, m, d)).parse(input)
}

/// `Friday, ` or `Fri `; leaves the date.
fn weekday(input: &str) -> IResult<&str, ()> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let name = map_opt(word, |w| named(&DAYS, w));
    (name, opt(one_of(".,")), space1).map(|_| ()).parse(input)
}

fn month(input: &str) -> IResult<&str, i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    map_opt(word, |w| named(&MONTHS, w).map(|i| i as i8 + 1)).parse(input)
}

/// The place of the name that `word` is, or abbreviates with at least three letters.
fn named(names: &[&str], word: &str) -> Option<usize> {
    let word = word.to_ascii_lowercase();
    names.iter().position(|n| word.len() >= 3 && n.starts_with(&word))
}

fn word(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii_alphabetic()).parse(input)
}

fn separator(input: &str) -> IResult<&str, ()> {
    alt(((one_of(".,"), space0).map(|_| ()), space1.map(|_| ()))).parse(input)
}

fn year(input: &str) -> IResult<&str, i16> {
    terminated(map_opt(take_while_m_n(4, 4, is_digit), |d: &str| d.parse().ok()), no_digit).parse(input)
}

/// One or two digits that no digit follows.
fn number(input: &str) -> IResult<&str, i8> {
    terminated(map_opt(take_while_m_n(1, 2, is_digit), |d: &str| d.parse().ok()), no_digit).parse(input)
}

fn no_digit(input: &str) -> IResult<&str, &str> {
    peek(take_while_m_n(0, 1, is_digit))
        .parse(input)
        .and_then(|(rest, digit)| if digit.is_empty() { Ok((rest, digit)) } else { Err(refused(rest)) })
}

fn refused(rest: &str) -> nom::Err<Fault<'_>> {
    nom::Err::Error(Fault::new(rest, nom::error::ErrorKind::Digit))
}

fn civil(year: i16, month: i8, day: i8) -> Option<Date> {
    (1800..=2200).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::atom::whole;

    #[test]
    fn the_usual_prints_of_one_day() {
        for text in [
            "2025-07-04",
            "2025.07.04",
            "2025/7/4",
            "04 Jul. 2025",
            "4 July 2025",
            "July 4, 2025",
            "Jul. 4, 2025",
            "Friday, July 4, 2025",
            "Fri. 4 Jul 2025",
        ] {
            assert_eq!(whole(date, text).map(|d| d.to_string()).as_deref(), Some("2025-07-04"), "{text}");
        }
    }

    #[test]
    fn doubtful_or_impossible_dates_are_refused() {
        for text in
            ["7/4/2025", "2025-02-30", "2025-07.04", "31 June 2025", "July 2025", "Ju 4, 2025", "20250704"]
        {
            assert!(whole(date, text).is_none(), "{text}");
        }
    }
}
