//! `outlets.toml`: what a folder's owner knows of its pages.
//!
//! ```toml
//! profile = "dprk-it-workers"
//!
//! ["page.txt"]
//! outlet = "Harbour News"
//! date = "2025-07-04"
//! ```

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::source::{Source, Span};
use crate::thread::Origin;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use toml::Spanned;

/// The name of the file in its folder.
pub const FILE_NAME: &str = "outlets.toml";

/// A read `outlets.toml`. What a page says of itself is detected; an entry overrides or completes it.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Outlets {
    /// Id or path of the profile that the folder's pages are read with.
    pub profile: Option<String>,
    entries: BTreeMap<String, Spanned<Entry>>,
}

/// What is known of one page.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Entry {
    /// The outlet.
    pub outlet: Option<String>,
    /// Title of the article or post.
    pub title: Option<String>,
    /// Date of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Language of the page, ISO 639-1.
    pub language: Option<String>,
}

impl Outlets {
    /// Reads the text of an `outlets.toml`.
    ///
    /// # Errors
    /// [`Error::Data`] with line and column for anything that is not TOML, for an unknown key and for a date that is
    /// not `YYYY-MM-DD`.
    pub fn parse(source: &Source) -> Result<Self> {
        let outlets: Outlets = toml::from_str(source.as_str()).map_err(|e| mistake(source, &e))?;
        match outlets.entries.values().find(|e| !has_good_date(e.as_ref())) {
            Some(entry) => {
                let span = span(entry);
                Err(data(source, span, "the date is not of the form 2025-07-04"))
            }
            None => Ok(outlets),
        }
    }

    /// What is known of the file with that name.
    pub fn entry(&self, file: &str) -> Option<&Entry> {
        self.entries.get(file).map(Spanned::as_ref)
    }

    /// A warning for each entry that names none of `files`.
    pub fn unused(&self, source: &Source, files: &[String]) -> Vec<Diagnostic> {
        let unused = self.entries.iter().filter(|(name, _)| !files.contains(name));
        let help = "correct the name or remove the entry; names are relative to this folder";
        let warn = |(name, entry): (&String, &Spanned<Entry>)| {
            let message = format!("`{name}` is no page of this folder");
            Diagnostic::at(source, span(entry), Code::OutletUnused, Severity::Warning, message, help)
        };
        unused.map(warn).collect()
    }
}

impl Entry {
    /// Overrides what the page says with what is given here.
    pub fn complete(&self, origin: &mut Origin) {
        let pairs = [
            (&self.outlet, &mut origin.outlet),
            (&self.title, &mut origin.title),
            (&self.date, &mut origin.date),
            (&self.url, &mut origin.url),
            (&self.language, &mut origin.language),
        ];
        for (given, place) in pairs {
            if given.is_some() {
                place.clone_from(given);
            }
        }
    }
}

fn has_good_date(entry: &Entry) -> bool {
    entry.date.as_ref().is_none_or(|d| d.len() == 10 && d.parse::<jiff::civil::Date>().is_ok())
}

fn span(entry: &Spanned<Entry>) -> Span {
    let range = entry.span();
    Span::new(range.start as u32, range.end as u32)
}

fn mistake(source: &Source, error: &toml::de::Error) -> Error {
    let at = error.span().map_or(0, |s| s.start as u32);
    data(source, Span::new(at, at), &error.message().replace('\n', ", "))
}

fn data(source: &Source, span: Span, message: &str) -> Error {
    let (line, column) = source.line_column(span.start);
    let help = "give `profile` and, for each page, a table named after its file with any of outlet, title, date, url, \
                language"
        .to_owned();
    Error::Data { file: source.name().to_owned(), line, column, message: message.to_owned(), help }
}

/// Written by hand, since a flattened map would lose the places of its values.
impl<'de> Deserialize<'de> for Outlets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(Tables)
    }
}

struct Tables;

impl<'de> Visitor<'de> for Tables {
    type Value = Outlets;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`profile` and one table for each page")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Outlets, M::Error> {
        let mut outlets = Outlets::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == "profile" {
                outlets.profile = Some(map.next_value()?);
            } else {
                outlets.entries.insert(key, map.next_value()?);
            }
        }
        Ok(outlets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Outlets> {
        Outlets::parse(&Source::from_text("outlets.toml", text.to_owned()).unwrap())
    }

    #[test]
    fn entries_override_and_complete() {
        let outlets =
            read("profile = \"x\"\n[\"a.txt\"]\noutlet = \"Harbour News\"\ndate = \"2025-07-04\"\n").unwrap();
        let mut origin =
            Origin { date: Some("2024-01-01".into()), title: Some("T".into()), ..Origin::default() };
        outlets.entry("a.txt").unwrap().complete(&mut origin);
        assert_eq!(outlets.profile.as_deref(), Some("x"));
        assert_eq!(
            (origin.outlet.as_deref(), origin.date.as_deref()),
            (Some("Harbour News"), Some("2025-07-04"))
        );
        assert_eq!(origin.title.as_deref(), Some("T"));
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let error = read("[\"a.txt\"]\noutlet = \"H\"\ndat = \"2025-07-04\"\n").unwrap_err().to_string();
        assert!(error.starts_with("outlets.toml:3:1: unknown field `dat`"), "{error}");
        let error = read("profil = \"x\"\n").unwrap_err().to_string();
        assert!(error.starts_with("outlets.toml:1:10: "), "{error}");
        let error = read("[\"a.txt\"]\ndate = \"4 July\"\n").unwrap_err().to_string();
        assert!(error.contains("not of the form"), "{error}");
    }

    #[test]
    fn entries_without_a_page_are_reported() {
        let source = Source::from_text("outlets.toml", "[\"a.txt\"]\n[\"b.txt\"]\n".to_owned()).unwrap();
        let outlets = Outlets::parse(&source).unwrap();
        let found = outlets.unused(&source, &["a.txt".to_owned()]);
        assert_eq!(found.iter().map(|d| (d.code, d.line)).collect::<Vec<_>>(), [(Code::OutletUnused, 2)]);
    }
}
