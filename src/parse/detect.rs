//! Which page family or export a source belongs to, and why.

use super::dialect::{Page, REGISTRY};
use super::export;
use crate::error::Error;
use crate::source::Source;
use serde::Serialize;
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
    let page = (!certain).then(|| {
        let mut page = Page::new(source);
        page.rows.truncate(ROWS);
        page
    });
    all.extend(REGISTRY.iter().map(|family| {
        let (score, reason) = page.as_ref().map_or((0, "not tried on an export".to_owned()), family.fit);
        Detection { dialect: family.dialect, score, reasons: vec![reason] }
    }));
    all.sort_by_key(|d| std::cmp::Reverse(d.score));
    all
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
