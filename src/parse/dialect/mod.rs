//! The page families: one module each, or one for several that differ in a line. `REGISTRY` lists them.

pub(crate) mod blog;
pub(crate) mod common;
pub(crate) mod extract;
pub(crate) mod feeds;
pub(crate) mod forum;
pub(crate) mod furniture;
pub(crate) mod lemmy;
pub(crate) mod lists;
pub(crate) mod mlmym;
pub(crate) mod named_list;
pub(crate) mod numbered;
pub(crate) mod posts;
pub(crate) mod reddit;
pub(crate) mod refuse;
pub(crate) mod slashdot;
pub(crate) mod threads;

use super::article;
use super::detect::Dialect;
use super::event::Events;
use super::line::{Row, rows};
use crate::source::Source;

/// A source with its rows.
pub(crate) struct Page<'s> {
    pub source: &'s Source,
    pub rows: Vec<Row<'s>>,
}

impl<'s> Page<'s> {
    /// The rows of a source.
    pub fn new(source: &'s Source) -> Self {
        Page { source, rows: rows(source) }
    }
}

/// How well a dialect fits, 0 to 100, and why.
pub(crate) type Fit = (u32, String);

/// A page family: how well it fits, and how a page is read.
pub(crate) struct Family {
    pub dialect: Dialect,
    pub fit: fn(&Page<'_>) -> Fit,
    pub read: fn(&Page<'_>) -> Events,
}

const fn family(dialect: Dialect, fit: fn(&Page<'_>) -> Fit, read: fn(&Page<'_>) -> Events) -> Family {
    Family { dialect, fit, read }
}

/// Every page family; the first wins where two fit equally well.
pub(crate) const REGISTRY: [Family; 23] = [
    family(Dialect::Lemmy, lemmy::fit, lemmy::read),
    family(Dialect::Mlmym, mlmym::fit, mlmym::read),
    family(Dialect::Lotide, feeds::fit_lotide, feeds::read_lotide),
    family(Dialect::Kbin, feeds::fit_kbin, feeds::read_kbin),
    family(Dialect::NamedList, named_list::fit, named_list::read),
    family(Dialect::BulletList, lists::fit_bullets, lists::read_bullets),
    family(Dialect::NumberedList, lists::fit_numbers, lists::read_numbers),
    family(Dialect::Register, numbered::fit_register, numbered::read_register),
    family(Dialect::SlashdotMirror, numbered::fit_slashdot, numbered::read_slashdot),
    family(Dialect::Slashdot, slashdot::fit, slashdot::read),
    family(Dialect::Wordpress, blog::fit_wordpress, blog::read),
    family(Dialect::Blogspot, blog::fit_blogspot, blog::read),
    family(Dialect::HackerNews, feeds::fit_news, feeds::read_news),
    family(Dialect::Redlib, reddit::fit_redlib, reddit::read_redlib),
    family(Dialect::Reddit, reddit::fit_new, reddit::read_new),
    family(Dialect::Discourse, threads::fit_discourse, threads::read_discourse),
    family(Dialect::Xenforo, forum::fit_xenforo, forum::read_xenforo),
    family(Dialect::Vbulletin, forum::fit_vbulletin, forum::read_vbulletin),
    family(Dialect::Phpbb, forum::fit_phpbb, forum::read_phpbb),
    family(Dialect::Hubski, feeds::fit_hubski, feeds::read_hubski),
    family(Dialect::Nyt, threads::fit_times, threads::read_times),
    family(Dialect::Github, feeds::fit_github, feeds::read_github),
    family(Dialect::Article, |_| (1, "fits any text".to_owned()), read_article),
];

fn read_article(page: &Page<'_>) -> Events {
    let mut events = Events::default();
    article::read(page.source, &page.rows, &mut events);
    events
}
