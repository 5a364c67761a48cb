//! Which page family or export a source belongs to, and why.

use super::dialect::{Family, Page, REGISTRY};
use super::export;
use super::line::rows;
use crate::error::Error;
use crate::source::Source;
use serde::Serialize;
use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

/// Declares the dialects with their names and what they are.
macro_rules! dialects {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// A page family or input format.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Dialect { $($(#[doc = $doc])* $variant,)* }

        impl Dialect {
            /// Every dialect.
            pub const ALL: &'static [Dialect] = &[$(Dialect::$variant,)*];

            /// The name used on the command line and in output.
            pub fn as_str(self) -> &'static str {
                match self { $(Dialect::$variant => $name,)* }
            }
        }
    };
}

dialects! {
    /// One JSON object a line.
    Ndjson = "ndjson",
    /// Listings of Reddit's API.
    RedditJson = "reddit-json",
    /// Dumps of Reddit by Pushshift and Arctic Shift.
    Pushshift = "pushshift",
    /// Answers of Lemmy's API.
    LemmyApi = "lemmy-api",
    /// Federated notes.
    ActivityPub = "activity-pub",
    /// Hacker News by Algolia.
    HnAlgolia = "hn-algolia",
    /// Statuses of Mastodon.
    Mastodon = "mastodon",
    /// ConvoKit's utterances.
    Convokit = "convokit",
    /// Topics of Discourse's API.
    DiscourseJson = "discourse-json",
    /// Comment threads of YouTube's API.
    Youtube = "youtube",
    /// Disqus's export.
    Disqus = "disqus",
    /// WordPress's export.
    Wxr = "wxr",
    /// Lemmy, saved as HTML.
    LemmyHtml = "lemmy-html",
    /// Old Reddit, saved as HTML.
    RedditHtml = "reddit-html",
    /// Hacker News, saved as HTML.
    HackerNewsHtml = "hacker-news-html",
    /// A table with named columns.
    Csv = "csv",
    /// A Lemmy page, its comments indented below bullets.
    Lemmy = "lemmy",
    /// The old-Reddit look of Lemmy, and old Reddit.
    Mlmym = "mlmym",
    /// Lotide: `name@host 6 months ago`.
    Lotide = "lotide",
    /// Kbin and mbin: `NAME OP ,`.
    Kbin = "kbin",
    /// Names and texts in turn below `N Comments`.
    NamedList = "named-list",
    /// Bullets with names below `show comments`.
    BulletList = "bullet-list",
    /// Numbered posts without names.
    NumberedList = "numbered-list",
    /// The Register's forums.
    Register = "register",
    /// A mirror of Slashdot.
    SlashdotMirror = "slashdot-mirror",
    /// Slashdot.
    Slashdot = "slashdot",
    /// WordPress: `NAME says:`.
    Wordpress = "wordpress",
    /// Blogspot: `NAME said...`.
    Blogspot = "blogspot",
    /// Hacker News and its mirrors.
    HackerNews = "hacker-news",
    /// Reddit's front ends redlib and libreddit.
    Redlib = "redlib",
    /// The new Reddit.
    Reddit = "reddit",
    /// Discourse.
    Discourse = "discourse",
    /// XenForo.
    Xenforo = "xenforo",
    /// vBulletin.
    Vbulletin = "vbulletin",
    /// phpBB.
    Phpbb = "phpbb",
    /// Hubski.
    Hubski = "hubski",
    /// The New York Times.
    Nyt = "nyt",
    /// GitHub issues.
    Github = "github",
    /// A text without comments.
    Article = "article",
}

impl Dialect {
    /// True for a machine-readable format, whose words are their own text, not a piece of the source.
    pub fn is_export(self) -> bool {
        REGISTRY.iter().all(|family| family.dialect != self)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Dialect {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl schemars::JsonSchema for Dialect {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Dialect".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = Dialect::ALL.iter().map(|d| d.as_str()).collect();
        schemars::json_schema!({"description": "How a page was read.", "type": "string", "enum": names})
    }
}

impl FromStr for Dialect {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Dialect::ALL.iter().copied().find(|d| d.as_str() == name).ok_or_else(|| {
            let names: Vec<&str> = Dialect::ALL.iter().map(|d| d.as_str()).collect();
            let help = format!("the dialects are {}", names.join(", "));
            Error::Unknown { what: "dialect", name: name.to_owned(), help }
        })
    }
}

/// How well a dialect fits a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Detection {
    /// The dialect.
    pub dialect: Dialect,
    /// 0 does not fit, 100 fits without doubt.
    pub score: u32,
    /// What matched or was missed.
    pub reasons: Vec<String>,
}

/// Every dialect with its score, the best first. Page families are not tried on what is an export without doubt.
pub fn detect(source: &Source) -> Vec<Detection> {
    let mut all = export::fits(source);
    let certain = all.iter().any(|d| d.score >= CERTAIN);
    let made = if certain { Vec::new() } else { rows(source) };
    let page = head(Page { source, rows: &made });
    let not_tried = || (0, "not tried on an export".to_owned());
    all.extend(REGISTRY.iter().map(|family| {
        let (score, reason) = if certain { not_tried() } else { (family.fit)(&page) };
        Detection { dialect: family.dialect, score, reasons: vec![reason] }
    }));
    all.sort_by_key(|d| Reverse(d.score));
    all
}

/// The first of [`detect`]. Families are tried from the one that can score highest on, until none that is left can win.
pub(crate) fn best<'s>(source: &'s Source, page: &dyn Fn() -> Page<'s>) -> Dialect {
    // Of equal scores the first wins, and exports come before pages.
    let exports = export::fits(source).into_iter().map(|d| (d.score, Reverse(0), d.dialect));
    let mut best = exports.rev().max_by_key(|b| b.0).unwrap_or((0, Reverse(0), Dialect::Article));
    if best.0 >= CERTAIN {
        return best.2;
    }
    let page = head(page());
    let mut order: Vec<(usize, &Family)> = REGISTRY.iter().enumerate().collect();
    order.sort_by_key(|(_, family)| Reverse(family.most));
    for (place, family) in order {
        let rank = Reverse(place + 1);
        if (best.0, best.1) > (family.most, rank) {
            break;
        }
        let found = ((family.fit)(&page).0, rank, family.dialect);
        if (found.0, found.1) > (best.0, best.1) {
            best = found;
        }
    }
    best.2
}

fn head(page: Page<'_>) -> Page<'_> {
    Page { rows: page.rows.get(..ROWS).unwrap_or(page.rows), ..page }
}

/// Rows by which a page family is told.
const ROWS: usize = 20_000;

/// From this score on an export is one.
const CERTAIN: u32 = 90;

/// The three dialects that fit best, for an error.
pub(crate) fn nearest(found: &[Detection]) -> String {
    let shown = |d: &Detection| format!("{} {} ({})", d.dialect, d.score, d.reasons.join("; "));
    found.iter().take(3).map(shown).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages of the tests, and every file whole.
    fn pages() -> Vec<Source> {
        let mut folders = vec![std::path::PathBuf::from("tests/pages"), "seeds".into()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path => found.extend(Source::read(&path)),
                }
            }
        }
        found
    }

    #[test]
    fn the_best_is_the_first_of_all_and_no_family_exceeds_its_highest_score() {
        let pages = pages();
        assert!(pages.len() > 100, "{}", pages.len());
        for source in &pages {
            let made = rows(source);
            let all = detect(source);
            assert_eq!(best(source, &|| Page { source, rows: &made }), all[0].dialect, "{}", source.name());
            for family in &REGISTRY {
                let score = all.iter().find(|d| d.dialect == family.dialect).map_or(0, |d| d.score);
                assert!(score <= family.most, "{} gives {score}", family.dialect);
            }
        }
    }
}
