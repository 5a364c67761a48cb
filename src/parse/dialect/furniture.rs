//! Lines that sites put around texts: buttons, forms, counters.

use crate::parse::atom::{blanks, is_digit, whole};
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n};
use nom::combinator::{map_opt, opt, value};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// Whole lines, in lower case and without a final full stop or colon; sorted.
const LINES: [&str; 46] = [
    "about us",
    "add a comment",
    "advertisement",
    "all rights reserved",
    "be the first to comment",
    "comments are closed",
    "contact us",
    "guest",
    "inline feedbacks",
    "join the conversation",
    "leave a comment",
    "leave a reply",
    "load more comments",
    "log in",
    "log in to comment",
    "modlog",
    "no comments",
    "no comments yet",
    "notify of",
    "permalink",
    "post a comment",
    "post comment",
    "privacy policy",
    "recommended",
    "related articles",
    "related posts",
    "related stories",
    "reply",
    "report",
    "share",
    "share on facebook",
    "share on x",
    "share this",
    "show comments",
    "sign up",
    "submit",
    "submit comment",
    "subscribe",
    "terms of service",
    "terms of use",
    "view all comments",
    "write a comment",
    "you may also like",
    "you must be logged in to post a comment",
    "you must log in or register to comment",
    "your email address will not be published",
];

/// The heading of a comment section: `6 Comments`, `1 Comment`, `Comments (6)`, `Comments: 6`; leaves what follows.
pub(crate) fn heading(input: &str) -> IResult<&str, usize> {
    let word = |i| alt((tag_no_case("comments"), tag_no_case("comment"))).parse(i);
    let before = (number, blanks, word).map(|(n, _, _)| n);
    let after =
        (word, blanks, alt((delimited(tag("("), number, tag(")")), (tag(":"), blanks, number).map(|t| t.2))));
    (alt((before, after.map(|t| t.2))), opt(tag(":"))).map(|(n, _)| n).parse(input)
}

fn number(input: &str) -> IResult<&str, usize> {
    let digits = take_while_m_n(1, 11, |c: char| is_digit(c) || c == ',');
    map_opt(digits, |d: &str| d.replace(',', "").parse().ok()).parse(input)
}

/// True for a line that is furniture on any site.
pub(crate) fn is_furniture(line: &str) -> bool {
    let counted = |line| whole(heading, line).is_some() || whole(more_replies, line).is_some();
    is_listed(line) || (line.len() <= 60 && (counted(line) || whole(reading_time, line).is_some()))
}

/// True for a line that opens a form or follows the last comment.
pub(crate) fn ends_comments(line: &str) -> bool {
    const QUIET: [&str; 4] = ["permalink", "reply", "report", "share"];
    is_listed(line) && !QUIET.contains(&plain(line).as_str())
}

fn is_listed(line: &str) -> bool {
    line.starts_with('©') || (line.len() <= 60 && LINES.binary_search(&plain(line).as_str()).is_ok())
}

fn plain(line: &str) -> String {
    line.trim_end_matches(['.', ':', '*', ' ']).to_lowercase()
}

/// `1 min reading`, `4 min read`, `3 minutes read`, `Reading time: 4 minutes`.
fn reading_time(input: &str) -> IResult<&str, ()> {
    let lead = opt((tag_no_case("reading time"), opt(tag(":")), blanks));
    let unit = alt((tag("minutes"), tag("minute"), tag("mins"), tag("min")));
    let tail = opt(preceded(blanks, alt((tag("reading"), tag("read")))));
    value((), (lead, take_while_m_n(1, 3, is_digit), opt(tag("-")), blanks, unit, tail)).parse(input)
}

/// `3 more replies`, `Show 12 more replies`, `View 1 more comment`.
fn more_replies(input: &str) -> IResult<&str, ()> {
    let verb = opt(alt((tag_no_case("show "), tag_no_case("view "), tag_no_case("load "))));
    let things = alt((tag("replies"), tag("reply"), tag("comments"), tag("comment")));
    value((), (verb, take_while_m_n(1, 6, is_digit), tag(" more "), things)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_found() {
        assert!(LINES.is_sorted(), "{LINES:?}");
        for line in ["Leave a Reply", "No comments:", "1 min reading", "4 min read", "Show 12 more replies"] {
            assert!(is_furniture(line), "{line}");
        }
        for line in ["Leave a comment if you agree", "1 minute later he left", "3 more replies came"] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn headings_stand_alone() {
        let read = |text| whole(heading, text);
        assert_eq!((read("6 Comments"), read("1 comment"), read("0 Comments:")), (Some(6), Some(1), Some(0)));
        assert_eq!((read("Comments (1,204)"), read("COMMENTS: 3")), (Some(1204), Some(3)));
        assert_eq!(
            (read("6 Comments sorted by"), read("6 of 9 comments"), read("Comments")),
            (None, None, None)
        );
    }

    #[test]
    fn buttons_do_not_end_the_comments() {
        assert!(ends_comments("Leave a comment") && !ends_comments("Reply") && !ends_comments("1 min read"));
    }
}
