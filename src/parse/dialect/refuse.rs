//! Pages from which comments cannot be told: said, not guessed.

use super::common::is_stamp;
use super::{Page, extract, feeds, mlmym};
use crate::parse::atom::{age, is_digit};
use crate::parse::detect::Dialect;
use nom::Parser;

/// Why a page that fits `best` is refused, if it is.
pub(crate) fn refusal<'s>(page: &dyn Fn() -> Page<'s>, best: Dialect) -> Option<&'static str> {
    match best {
        Dialect::Mlmym => mlmym::refusal(&page()),
        Dialect::Kbin => feeds::kbin_refusal(&page()),
        Dialect::Article | Dialect::BulletList | Dialect::NumberedList => shapeless(&page()),
        _ => None,
    }
}

fn shapeless(page: &Page<'_>) -> Option<&'static str> {
    if let Some(reason) = markup(page) {
        return Some(reason);
    }
    let rows = || page.rows.iter().map(|r| r.text);
    let counted = |word: &str| rows().take(30).any(|t| is_count(t, word));
    if counted(" Posts")
        && counted(" Comments")
        && rows().any(|t| t.starts_with("Joined ") || t == "help-circle")
    {
        return Some("a user's page, not a thread");
    }
    let viewed = |t: &str| mlmym::is_post_mark(t) && !t.starts_with("submitted ");
    if rows().filter(|t| viewed(t)).count() >= 2 {
        return Some(
            "headerless: a page of comments whose headers were stripped, so their borders cannot be told",
        );
    }
    extract::refusal(page).or_else(|| (traces(page) >= 3).then_some(UNKNOWN))
}

/// Why a text is no page but data or markup, if it is none.
fn markup(page: &Page<'_>) -> Option<&'static str> {
    let first = page.rows.first().map_or("", |r| r.text);
    let start: String = first.chars().take(14).flat_map(char::to_lowercase).collect();
    if ["<!doctype html", "<html", "<?xml"].iter().any(|m| start.starts_with(m)) {
        return Some("HTML or XML of no known shape; copy the text from the browser, or export it");
    }
    let json = start.starts_with(['{', '['])
        && serde_json::from_str::<serde::de::IgnoredAny>(page.source.as_str()).is_ok();
    json.then_some("JSON in which no comments of a known shape stand; `--map text=KEY` reads other keys")
}

const UNKNOWN: &str = "an unknown shape: lines like those of comments stand here, but no dialect fits";

/// `• 15 Posts`.
fn is_count(text: &str, word: &str) -> bool {
    let number = text.strip_prefix('•').and_then(|t| t.trim_start().strip_suffix(word));
    number.is_some_and(|n| !n.is_empty() && n.len() <= 7 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Lines that stand beside comments on every site: ages, points, buttons.
fn traces(page: &Page<'_>) -> usize {
    page.rows.iter().filter(|r| r.text.len() <= 80 && is_trace(r.text)).count()
}

fn is_trace(text: &str) -> bool {
    let points = text.split(' ').collect::<Vec<_>>().windows(2).any(|w| {
        w[0].starts_with(is_digit)
            && w[0].bytes().all(|b| b.is_ascii_digit())
            && ["points", "point"].contains(&w[1])
    });
    let aged = text.ends_with(" ago") && (is_stamp(text) || ends_in_age(text));
    points || aged || ["Reply", "ReplyDelete", "Upvote", "Downvote", "Like"].contains(&text)
}

/// True for a short line that ends in an age and no sentence.
fn ends_in_age(text: &str) -> bool {
    let words = text.split(' ').count();
    let tail = text.rsplitn(4, ' ').nth(3).map_or(text, |lead| &text[lead.len() + 1..]);
    words <= 8 && age.parse(tail).is_ok()
}
