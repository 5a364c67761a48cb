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
use super::line::Row;
use crate::source::Source;

/// A source with its rows.
#[derive(Clone, Copy)]
pub(crate) struct Page<'s> {
    pub source: &'s Source,
    pub rows: &'s [Row<'s>],
}

/// How well a dialect fits, 0 to 100, and why.
pub(crate) type Fit = (u32, String);

/// A page family: how well it fits, and how a page is read.
pub(crate) struct Family {
    pub dialect: Dialect,
    /// The highest score it gives.
    pub most: u32,
    pub fit: fn(&Page<'_>) -> Fit,
    pub read: fn(&Page<'_>) -> Events,
}

const fn family(
    dialect: Dialect,
    most: u32,
    fit: fn(&Page<'_>) -> Fit,
    read: fn(&Page<'_>) -> Events,
) -> Family {
    Family { dialect, most, fit, read }
}

/// Every page family; the first wins where two fit equally well.
pub(crate) const REGISTRY: [Family; 23] = [
    family(Dialect::Lemmy, 90, lemmy::fit, lemmy::read),
    family(Dialect::Mlmym, 92, mlmym::fit, mlmym::read),
    family(Dialect::Lotide, 78, feeds::fit_lotide, feeds::read_lotide),
    family(Dialect::Kbin, 70, feeds::fit_kbin, feeds::read_kbin),
    family(Dialect::NamedList, 50, named_list::fit, named_list::read),
    family(Dialect::BulletList, 60, lists::fit_bullets, lists::read_bullets),
    family(Dialect::NumberedList, 35, lists::fit_numbers, lists::read_numbers),
    family(Dialect::Register, 90, numbered::fit_register, numbered::read_register),
    family(Dialect::SlashdotMirror, 91, numbered::fit_slashdot, numbered::read_slashdot),
    family(Dialect::Slashdot, 88, slashdot::fit, slashdot::read),
    family(Dialect::Wordpress, 85, blog::fit_wordpress, blog::read),
    family(Dialect::Blogspot, 85, blog::fit_blogspot, blog::read),
    family(Dialect::HackerNews, 87, feeds::fit_news, feeds::read_news),
    family(Dialect::Redlib, 83, reddit::fit_redlib, reddit::read_redlib),
    family(Dialect::Reddit, 93, reddit::fit_new, reddit::read_new),
    family(Dialect::Discourse, 79, threads::fit_discourse, threads::read_discourse),
    family(Dialect::Xenforo, 86, forum::fit_xenforo, forum::read_xenforo),
    family(Dialect::Vbulletin, 80, forum::fit_vbulletin, forum::read_vbulletin),
    family(Dialect::Phpbb, 84, forum::fit_phpbb, forum::read_phpbb),
    family(Dialect::Hubski, 89, feeds::fit_hubski, feeds::read_hubski),
    family(Dialect::Nyt, 58, threads::fit_times, threads::read_times),
    family(Dialect::Github, 82, feeds::fit_github, feeds::read_github),
    family(Dialect::Article, 1, |_| (1, "fits any text".to_owned()), read_article),
];

fn read_article(page: &Page<'_>) -> Events {
    let mut events = Events::default();
    article::read(page.source, page.rows, &mut events);
    events
}
