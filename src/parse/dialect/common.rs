//! Parts of headers that several page families share.

use super::named_list::is_name;
use crate::parse::article::is_date_line;
use crate::parse::atom::{age, blanks, is_digit, whole};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{opt, recognize, rest, value};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// Longest line, in bytes, that is looked at as part of a header.
pub(crate) const LONGEST: usize = 300;

/// True for a line that is an age, a date or a date with a time.
pub(crate) fn is_stamp(text: &str) -> bool {
    text.len() <= 80 && (whole(stamp, text).is_some() || is_date_line(text))
}

/// `8 hours ago`, `28d ago`, `03-26-2010, 05:10 PM`, `Jan 29 '19`, `2023-09-07`.
pub(crate) fn stamp(input: &str) -> IResult<&str, &str> {
    let full = recognize(preceded(opt((alt((tag("about"), tag("over"), tag("almost"))), char(' '))), age));
    alt((full, short_age, us_clock, short_date, iso, tag("just now"))).parse(input)
}

/// `28d ago`, `6h ago`, `3mo ago`, `2 yr. ago`, `1y`.
pub(crate) fn short_age(input: &str) -> IResult<&str, &str> {
    let unit = alt((tag("mo"), tag("min"), tag("yr"), tag("hr"), tag("day"), tag("y"), tag("w"), tag("d")));
    let unit = alt((unit, tag("h"), tag("m"), tag("s")));
    let count = take_while_m_n(1, 4, is_digit);
    recognize((count, opt(char(' ')), unit, opt(char('.')), tag(" ago"))).parse(input)
}

/// `03-26-2010, 05:10 PM`, `3/26/2010 5:10 pm`.
pub(crate) fn us_clock(input: &str) -> IResult<&str, &str> {
    let two = |i| take_while_m_n(1, 2, is_digit).parse(i);
    let mark = |i| one_of::<_, _, nom::error::Error<&str>>("-/.").parse(i);
    let day = (two, mark, two, mark, take_while_m_n(2, 4, is_digit));
    let half = opt((blanks, alt((tag("AM"), tag("PM"), tag("am"), tag("pm")))));
    recognize((day, opt(char(',')), blanks, two, char(':'), two, half)).parse(input)
}

/// `Jan 29 '19`, `Sep 09 '21`.
fn short_date(input: &str) -> IResult<&str, &str> {
    let month = take_while_m_n(3, 3, |c: char| c.is_ascii_alphabetic());
    let year = preceded(one_of("'’"), take_while_m_n(2, 2, is_digit));
    recognize((month, char(' '), take_while_m_n(1, 2, is_digit), char(' '), year)).parse(input)
}

/// `2023-09-07`.
fn iso(input: &str) -> IResult<&str, &str> {
    let digits = |n| take_while_m_n(n, n, is_digit);
    recognize((digits(4), char('-'), digits(2), char('-'), digits(2))).parse(input)
}

/// `12. ` or `12) `; leaves the text.
pub(crate) fn number(input: &str) -> IResult<&str, u32> {
    let digits = nom::combinator::map_opt(take_while_m_n(1, 6, is_digit), |d: &str| d.parse().ok());
    terminated(digits, (one_of(".)"), take_while1(|c: char| c == ' ' || c == '\u{a0}'))).parse(input)
}

/// The text after a list number or a bullet, and the number.
pub(crate) fn item(text: &str) -> Option<(Option<u32>, &str)> {
    let bullet = value(None, (char('•'), blanks));
    (alt((number.map(Some), bullet)), rest).parse(text).ok().map(|(_, found)| found)
}

/// A name: one to five words without final punctuation, shorter than a sentence.
pub(crate) fn name(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && is_name(text)).then_some(text)
}

/// The text before the last word sequence that is a stamp: `PLACE 6 hours ago`; gives both parts.
pub(crate) fn stamped(text: &str) -> Option<(&str, &str)> {
    if text.len() > LONGEST {
        return None;
    }
    let cuts = text.match_indices([' ', '\u{a0}']).map(|(i, mark)| (i, i + mark.len()));
    let mut cuts: Vec<(usize, usize)> = cuts.collect();
    cuts.reverse();
    let last = cuts.into_iter().take(6).rfind(|(_, from)| is_stamp(&text[*from..]));
    last.map(|(to, from)| (text[..to].trim_end(), &text[from..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_many_sites_are_read() {
        for text in
            ["8 hours ago", "28d ago", "2 yr. ago", "03-26-2010, 05:10 PM", "Jan 29 '19", "2023-09-07"]
        {
            assert!(is_stamp(text), "{text}");
        }
        for text in ["March 3, 2020 at 4:05 pm", "March 3, 2020, 4:05pm", "about 3 hours ago"] {
            assert!(is_stamp(text), "{text}");
        }
        assert!(!is_stamp("ago") && !is_stamp("28d") && !is_stamp("3 people left"));
    }

    #[test]
    fn a_stamp_is_cut_off_the_end_of_a_line() {
        assert_eq!(stamped("Quay Town 6 hours ago"), Some(("Quay Town", "6 hours ago")));
        assert_eq!(stamped("u/otto Jan 29 '19"), Some(("u/otto", "Jan 29 '19")));
        assert_eq!(stamped("he left 6 hours ago today"), None);
    }

    #[test]
    fn items_lose_their_number_or_bullet() {
        assert_eq!(item("12. Otto"), Some((Some(12), "Otto")));
        assert_eq!(item("• Otto"), Some((None, "Otto")));
        assert_eq!(item("Otto"), None);
    }
}
