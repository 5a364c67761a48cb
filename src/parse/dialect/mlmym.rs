//! The old-Reddit look of Lemmy (mlmym), and old Reddit itself as browsers copy it.
//!
//! ```text
//! [-] ada@quay.example 82 points 4 months ago* (last edited 4 months ago) (1 children)
//!
//! Her words.
//!
//! [-] otto@isle.example 3 points 2 hours ago
//! ```
//! Nothing is indented. The tree comes from `(N children)`, which counts direct replies on mlmym and all below on old
//! Reddit (`[–]ada 3 points 2 hours ago  (4 children)`, no blank after the bracket). Sums that do not come out are P06;
//! a page that prints no such count is flat (P12). One author throughout and no post: a user's page, refused.

use super::common::stamp;
use super::posts::{Post, Shape, author, flat};
use super::{Fit, Page};
use crate::diagnostic::Code;
use crate::parse::article;
use crate::parse::atom::{blanks, host, is_blank, is_digit, votes, whole};
use crate::parse::dialect::furniture::{ends_comments, is_furniture};
use crate::parse::event::{Events, Role};
use crate::parse::line::Row;
use crate::thread::{Badge, Score};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_till1, take_while_m_n};
use nom::character::complete::{char, one_of};
use nom::combinator::{opt, rest, value};
use nom::multi::many_m_n;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

const SHAPE: Shape = Shape { header, furniture: is_button, end: is_end };

/// How well the page fits.
pub(crate) fn fit(page: &Page<'_>) -> Fit {
    match SHAPE.find(page.rows).len() {
        0 => (0, "no line like `[-] NAME 3 points 2 hours ago`".to_owned()),
        n => (92, format!("{n} lines like `[-] NAME 3 points 2 hours ago`")),
    }
}

/// Why the page is no thread, if it is none.
pub(crate) fn refusal(page: &Page<'_>) -> Option<&'static str> {
    let posts = SHAPE.find(page.rows);
    let name = |p: &Post| p.comment.author.clone();
    let alone = posts.len() >= 3 && posts.iter().all(|p| name(p) == name(&posts[0]));
    let above = page.rows[..posts.first().map_or(0, |p| p.at)].iter();
    let listed = above.clone().all(|r| r.text.len() < 100) && above.count() < 12;
    let marked = page.rows.iter().any(|r| is_post_mark(r.text));
    (alone && listed && !marked).then_some("a user's page: comments of one person from many threads")
}

/// Lines that stand on the page of a post.
pub(crate) fn is_post_mark(text: &str) -> bool {
    const MARKS: [&str; 4] = [
        "you are viewing a single comment's thread",
        "view the rest of the comments",
        "this post was submitted on ",
        "submitted ",
    ];
    text.len() <= 160 && MARKS.iter().any(|m| text.starts_with(m))
}

/// Reads a page.
pub(crate) fn read(page: &Page<'_>) -> Events {
    let mut posts = SHAPE.find(page.rows);
    let counts: Vec<u32> =
        posts.iter().map(|p| line(page.rows[p.at].text).map_or(0, |l| l.children)).collect();
    let total = posts.first().is_some_and(|p| page.rows[p.at].text.chars().nth(3) != Some(' '));
    let fits = set_levels(&mut posts, &counts, total);
    let mut events = Events::default();
    let first = posts.first().map_or(page.rows.len(), |p| p.at);
    above(page, first, &mut events);
    if counts.iter().all(|n| *n == 0) {
        flat(page, &posts, &mut events);
    } else if let Some(span) = posts.first().and_then(|p| p.comment.header).filter(|_| !fits) {
        let message = "the printed numbers of children are not the numbers of comments below".to_owned();
        let help = "some comments are not on the page, so parents may be wrong";
        events.warn(page.source, span, Code::Ambiguous, message, help);
    }
    SHAPE.comments(page, posts, &mut events);
    events
}

/// The post above the comments; a sidebar that stands there is the site's.
fn above(page: &Page<'_>, first: usize, events: &mut Events) {
    let rows = &page.rows[..first];
    let bar = rows.iter().position(|r| r.text.starts_with("this post was submitted on ")).unwrap_or(first);
    let head = rows.iter().take(bar).take_while(|r| is_head(r.text)).count();
    rows[..head].iter().for_each(|r| events.line(Role::Boilerplate, r.span));
    let end = rows[..bar].iter().rposition(|r| !is_head(r.text)).map_or(head, |i| i + 1).max(head);
    article::read(page.source, &rows[head..end], events);
    rows[end..].iter().for_each(|r| events.line(Role::Boilerplate, r.span));
}

/// The score of the post, who submitted it, and the lines on views.
fn is_head(text: &str) -> bool {
    is_post_mark(text) || whole(votes, text).is_some()
}

/// Sets levels from the numbers of children; gives whether the numbers come out.
fn set_levels(posts: &mut [Post], counts: &[u32], total: bool) -> bool {
    if total { by_totals(posts, counts) } else { by_children(posts, counts) }
}

/// Each number counts the direct replies, which follow in order.
fn by_children(posts: &mut [Post], counts: &[u32]) -> bool {
    let mut open: Vec<u32> = Vec::new();
    for (post, count) in posts.iter_mut().zip(counts) {
        while open.last() == Some(&0) {
            open.pop();
        }
        post.level = open.len() as u32;
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        open.push(*count);
    }
    open.iter().all(|left| *left == 0)
}

/// Each number counts everything below.
fn by_totals(posts: &mut [Post], counts: &[u32]) -> bool {
    let (mut ends, mut fits): (Vec<usize>, bool) = (Vec::new(), true);
    let all = posts.len();
    for (i, (post, count)) in posts.iter_mut().zip(counts).enumerate() {
        while ends.last().is_some_and(|end| *end < i) {
            ends.pop();
        }
        post.level = ends.len() as u32;
        let end = i + *count as usize;
        let limit = ends.last().copied().unwrap_or(all.saturating_sub(1));
        fits &= end <= limit;
        ends.push(end.min(limit));
    }
    fits
}

struct Line<'a> {
    name: &'a str,
    instance: Option<&'a str>,
    op: bool,
    score: Option<i64>,
    age: &'a str,
    edited: bool,
    children: u32,
}

fn header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let line = line(rows[at].text)?;
    let mut post = Post::new(rows, at, 1, line.name).aged(line.age);
    if let Some(author) = &mut post.comment.author {
        author.instance = line.instance.map(str::to_owned);
        author.badges.extend(line.op.then_some(Badge::Op));
    }
    post.comment.author = post.comment.author.or_else(|| author(line.name));
    post.comment.score = line.score.map(|value| Score { value, down: None, certain: true });
    post.comment.edited = line.edited;
    Some(post)
}

fn line(text: &str) -> Option<Line<'_>> {
    if text.len() > 400 || !text.starts_with('[') {
        return None;
    }
    header_line(text).ok().map(|(_, line)| line)
}

/// `[-] NAME 3 points 2 hours ago* (last edited 1 hour ago) (1 children)`.
fn header_line(input: &str) -> IResult<&str, Line<'_>> {
    let sign = delimited(char('['), one_of("-–−+"), char(']'));
    let name = alt((tag("[deleted]"), take_till1(|c: char| is_blank(c) || c == '\n' || c == '[')));
    let (left, (_, _, name, op, _)) =
        (sign, blanks, name, opt(alt((tag("[S]"), tag(" OP")))), blanks).parse(input)?;
    let (left, score) = points(left)?;
    let (left, (_, age, star)) = (blanks, stamp, opt(char('*'))).parse(left)?;
    let (left, edited) = opt(preceded(blanks, bracketed("last edited "))).parse(left)?;
    let (left, children) = opt(preceded(blanks, children)).parse(left)?;
    let (left, _) = (blanks, rest).parse(left)?;
    let (name, instance) = name.split_once('@').map_or((name, None), |(n, i)| (n, whole(host, i)));
    let (op, edited) = (op.is_some(), star.is_some() || edited.is_some());
    Ok((left, Line { name, instance, op, score, age, edited, children: children.unwrap_or_default() }))
}

/// `3 points`, `82 points83 points84 points` (the middle one counts), `[score hidden]`.
fn points(input: &str) -> IResult<&str, Option<i64>> {
    let one = terminated(votes, (blanks, tag("point"), opt(char('s'))));
    let many = many_m_n(1, 3, one).map(|all: Vec<i64>| all.get(all.len() / 2).copied());
    alt((value(None, tag("[score hidden]")), many)).parse(input)
}

/// `(4 children)`, `(1 child)`.
fn children(input: &str) -> IResult<&str, u32> {
    let count = nom::combinator::map_opt(take_while_m_n(1, 6, is_digit), |d: &str| d.parse().ok());
    delimited(char('('), count, (tag(" child"), opt(tag("ren")), char(')'))).parse(input)
}

/// `(last edited 4 months ago)`.
fn bracketed<'a>(
    word: &'static str,
) -> impl Parser<&'a str, Output = (), Error = nom::error::Error<&'a str>> {
    value((), (char('('), tag(word), take_till1(|c| c == ')'), char(')')))
}

fn is_button(row: &Row<'_>) -> bool {
    let text = row.text;
    text.starts_with("permalink") && text.len() < 80
        || is_furniture(text)
        || text.starts_with("load more comments")
}

fn is_end(row: &Row<'_>) -> bool {
    row.text.starts_with("this post was submitted on ") || ends_comments(row.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let l = line(text)?;
        Some(format!("{}|{:?}|{:?}|{}|{}|{}", l.name, l.instance, l.score, l.age, l.edited, l.children))
    }

    #[test]
    fn headers_of_both_sites_are_read() {
        let new =
            read("[–] ada@quay.example 82 points 4 months ago* (last edited 4 months ago) (1 children)");
        assert_eq!(new.unwrap(), "ada|Some(\"quay.example\")|Some(82)|4 months ago|true|1");
        let old = read("[–]ada 81 points82 points83 points 2 hours ago  (4 children)");
        assert_eq!(old.unwrap(), "ada|None|Some(82)|2 hours ago|false|4");
        assert_eq!(
            read("[–][deleted] 2 points 1 day ago (0 children)").unwrap(),
            "[deleted]|None|Some(2)|1 day ago|false|0"
        );
        assert_eq!(read("[-] he left 2 hours ago"), None);
    }

    fn levels(counts: &[u32], total: bool) -> (Vec<u32>, bool) {
        let source = crate::Source::from_text("t", "x\n".repeat(counts.len())).unwrap();
        let rows = crate::parse::line::rows(&source);
        let mut posts: Vec<Post> = (0..counts.len()).map(|i| Post::new(&rows, i, 1, "a")).collect();
        let fits = set_levels(&mut posts, counts, total);
        (posts.iter().map(|p| p.level).collect(), fits)
    }

    #[test]
    fn the_tree_comes_from_the_numbers_of_children() {
        assert_eq!(levels(&[1, 1, 1, 0], false), (vec![0, 1, 2, 3], true));
        assert_eq!(levels(&[2, 1, 0, 0, 0], false), (vec![0, 1, 2, 1, 0], true));
        assert_eq!(levels(&[3, 1, 0, 0, 0], true), (vec![0, 1, 2, 1, 0], true));
        assert!(!levels(&[3, 0], false).1 && !levels(&[3, 0], true).1);
    }
}
