//! Sites whose comments each begin with one line that holds the name and the time.
//!
//! ```text
//! ada@quay.example 6 months ago                       lotide
//! ada · 279 days ago · link · · parent · post: T      Hubski
//! ada · comment · 2023-09-07                          GitHub; also `ada commented on Sep 7, 2023`
//! ada ◴[] No.43618288[source]                         a mirror of Hacker News, `replies(1): >>43618381 #` below
//! ada 3 hours ago | parent | next [–]                 Hacker News as copied
//! Ada OP ,                                            kbin
//! ```
//! Indentation gives the tree where there is any; on the mirror of Hacker News the numbers do. Else it is unknown (P12).

use super::common::{LONGEST, is_stamp, stamped};
use super::posts::{Post, Shape, by_indent, flat};
use super::{Fit, Page};
use crate::parse::atom::{host, is_digit, whole};
use crate::parse::dialect::furniture::{ends_comments, is_furniture};
use crate::parse::event::Events;
use crate::parse::line::Row;
use crate::thread::Badge;
use std::collections::BTreeMap;

const LOTIDE: Shape = shape(lotide_header);
const HUBSKI: Shape = shape(hubski_header);
const GITHUB: Shape = shape(github_header);
const NEWS: Shape = shape(news_header);
const KBIN: Shape = shape(kbin_header);

const fn shape(header: fn(&[Row<'_>], usize) -> Option<Post>) -> Shape {
    Shape { header, furniture, end: |row| ends_comments(row.text) }
}

/// How well lotide fits.
pub(crate) fn fit_lotide(page: &Page<'_>) -> Fit {
    fit(page, &LOTIDE, 78, "lines like `name@host.example 6 months ago`")
}

/// Reads a page of lotide.
pub(crate) fn read_lotide(page: &Page<'_>) -> Events {
    read(page, &LOTIDE)
}

/// How well Hubski fits.
pub(crate) fn fit_hubski(page: &Page<'_>) -> Fit {
    fit(page, &HUBSKI, 89, "lines like `name · 279 days ago · link`")
}

/// Reads a page of Hubski.
pub(crate) fn read_hubski(page: &Page<'_>) -> Events {
    read(page, &HUBSKI)
}

/// How well GitHub fits.
pub(crate) fn fit_github(page: &Page<'_>) -> Fit {
    fit(page, &GITHUB, 82, "lines like `name · comment · 2023-09-07` or `name commented on Sep 7, 2023`")
}

/// Reads a page of GitHub.
pub(crate) fn read_github(page: &Page<'_>) -> Events {
    read(page, &GITHUB)
}

/// How well Hacker News and its mirrors fit.
pub(crate) fn fit_news(page: &Page<'_>) -> Fit {
    fit(
        page,
        &NEWS,
        87,
        "lines like `name ◴[] No.1[source]`, `name 3 hours ago | next` or `by name 3 days ago`",
    )
}

/// Reads a page of Hacker News or a mirror.
pub(crate) fn read_news(page: &Page<'_>) -> Events {
    read(page, &NEWS)
}

/// How well kbin fits.
pub(crate) fn fit_kbin(page: &Page<'_>) -> Fit {
    let posts = KBIN.find(page.rows);
    match posts.len() {
        0 | 1 => (0, "no lines like `name OP ,` alone".to_owned()),
        n => (70, format!("{n} lines like `name OP ,` alone")),
    }
}

/// Why a page of kbin is no thread, if it is none.
pub(crate) fn kbin_refusal(page: &Page<'_>) -> Option<&'static str> {
    let posts = KBIN.find(page.rows);
    let name = |p: &Post| p.comment.author.as_ref().map(|a| a.name.clone());
    let alone = posts.len() >= 2 && posts.iter().all(|p| name(p) == name(&posts[0]));
    alone.then_some("a user's page: comments of one person from many threads")
}

/// Reads a page of kbin.
pub(crate) fn read_kbin(page: &Page<'_>) -> Events {
    read(page, &KBIN)
}

fn fit(page: &Page<'_>, shape: &Shape, score: u32, what: &str) -> Fit {
    match shape.find(page.rows).len() {
        0 => (0, format!("no {what}")),
        n => (score, format!("{n} {what}")),
    }
}

fn read(page: &Page<'_>, shape: &Shape) -> Events {
    let mut posts = shape.find(page.rows);
    by_indent(page.rows, &mut posts);
    let linked = by_numbers(page, &mut posts);
    let mut notes = Events::default();
    if !linked && posts.iter().all(|p| p.level == 0) {
        flat(page, &posts, &mut notes);
    }
    let mut events = shape.events(page, posts);
    events.diagnostics.append(&mut notes.diagnostics);
    events
}

/// Levels from the numbers that the mirror of Hacker News prints below a comment: `replies(2): >>12 >>15 #`.
fn by_numbers(page: &Page<'_>, posts: &mut [Post]) -> bool {
    let mut levels: BTreeMap<&str, u32> = BTreeMap::new();
    let ends: Vec<usize> = posts.iter().skip(1).map(|p| p.at).chain([page.rows.len()]).collect();
    let mut linked = false;
    for (post, end) in posts.iter_mut().zip(ends) {
        let Some(number) = number(page.rows[post.at].text) else { continue };
        linked = true;
        post.level = levels.get(number).copied().unwrap_or_default();
        post.comment.key = Some(number.to_owned());
        let below = page.rows[post.at..end].iter().rev().take(3);
        for row in below.filter(|r| r.text.starts_with("replies(") && r.text.len() <= 20_000) {
            let replies = row.text.split(">>").skip(1).map(|n| n.trim_end_matches(['#', ' ']));
            levels.extend(replies.map(|n| (n, post.level + 1)));
        }
    }
    linked
}

/// The number in `No.43618288[source]`.
fn number(text: &str) -> Option<&str> {
    let number = text.split_once(" No.")?.1.split('[').next()?;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(number)
}

fn line<'s>(rows: &[Row<'s>], at: usize) -> Option<&'s str> {
    rows.get(at).map(|r| r.text).filter(|t| t.len() <= LONGEST)
}

/// One word, as names of accounts are.
fn word(text: &str) -> Option<&str> {
    (!text.is_empty() && !text.contains(char::is_whitespace)).then_some(text)
}

fn lotide_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let (who, age) = stamped(line(rows, at)?)?;
    let (name, instance) = word(who)?.trim_start_matches('@').split_once('@')?;
    let instance = whole(host, instance)?;
    let mut post = Post::new(rows, at, 1, name).aged(age);
    if let Some(author) = &mut post.comment.author {
        author.instance = Some(instance.to_owned());
    }
    Some(post)
}

fn hubski_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let mut parts = line(rows, at)?.split('·').map(str::trim);
    let (name, age, link) = (parts.next()?, parts.next()?, parts.next()?);
    (is_stamp(age) && link == "link").then(|| Post::new(rows, at, 1, name).aged(age))
}

fn github_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let text = line(rows, at)?;
    let dotted = || {
        let mut parts = text.split('·').map(str::trim);
        let (name, kind, day) = (parts.next()?, parts.next()?, parts.next()?);
        (kind == "comment" && is_stamp(day)).then_some((name, day))
    };
    let said = || {
        let (name, time) = text.split_once(" commented ")?;
        let time = time.trim_start_matches("on ");
        let time = time.split(" • ").next().unwrap_or(time).trim_end_matches(" edited");
        (is_stamp(time) || month_day(time)).then_some((name, time))
    };
    let (name, time) = dotted().or_else(said)?;
    Some(Post::new(rows, at, 1, word(name)?).aged(time))
}

/// `Sep 7`, as GitHub prints days of this year.
fn month_day(text: &str) -> bool {
    let Some((month, day)) = text.split_once(' ') else { return false };
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS.contains(&month) && day.len() <= 2 && day.bytes().all(|b| b.is_ascii_digit()) && !day.is_empty()
}

fn news_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let text = line(rows, at)?.trim_matches(['|', ' ']);
    let mirror = || text.split_once(" ◴").filter(|_| number(text).is_some()).map(|(name, _)| (name, ""));
    let copied = || {
        stamped(text.split_once(" | ")?.0)
            .filter(|_| text.contains("next") || text.contains("[–]") || text.contains("parent"))
    };
    let closed = || stamped(text.strip_suffix("[–]").or_else(|| text.strip_suffix("[-]"))?.trim_end());
    let by = || stamped(text.strip_prefix("by ")?);
    let (name, age) = mirror().or_else(copied).or_else(closed).or_else(by)?;
    Some(Post::new(rows, at, 1, word(name)?).aged(age))
}

fn kbin_header(rows: &[Row<'_>], at: usize) -> Option<Post> {
    let row = rows.get(at).filter(|r| r.after_blank && r.text.len() <= 100)?;
    let who = row.text.strip_suffix(" ,")?;
    let (name, op) = who.strip_suffix(" OP").map_or((who, false), |name| (name, true));
    let mut post = Post::new(rows, at, 1, word(name)?);
    if let Some(author) = &mut post.comment.author {
        author.badges.extend(op.then_some(Badge::Op));
    }
    Some(post)
}

fn furniture(row: &Row<'_>) -> bool {
    let text = row.text;
    let replies = text.starts_with("replies(") && text.ends_with('#');
    replies || is_furniture(text) || (text.len() <= 12 && text.ends_with('^') && text.starts_with(is_digit))
}
