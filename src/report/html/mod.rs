//! `report.html`: one file that needs nothing beside it. Every foreign word goes through [`escape`] or through the JSON
//! block, which the page's script shows as text only; the policy in its head lets nothing run but that script.

mod data;
mod parts;
#[cfg(test)]
mod tests;
mod words;

use super::chart::{ChartStyle, Figure};
use super::manifest::digest;
use super::summary::Summary;
use crate::digest::text;
use crate::error::Result;
use crate::label::Labelled;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;

/// What the page shows beside the labelled threads.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct PageOptions {
    /// Reasons of the rules by id.
    pub reasons: BTreeMap<String, String>,
    /// The allegation in one neutral sentence.
    pub claim: Option<String>,
    /// Characters that the words of a comment are cut to.
    pub quote_limit: Option<usize>,
}

/// The page: figures with their tables, statistics in words, every comment in its tree with the words that decided,
/// fields to correct labels by hand, the method and its limits. It opens without a network and without a server.
///
/// # Errors
/// [`crate::Error::Figure`] if a drawing fails, [`crate::Error::Data`] if the data cannot be written as JSON.
pub fn html(
    summary: &Summary,
    labelled: &[Labelled<'_>],
    figures: &[Figure],
    style: &ChartStyle,
    options: &PageOptions,
) -> Result<String> {
    let data = data::data(summary, labelled, options)?;
    let (style_sheet, script) = (text("assets/report.css"), text("assets/report.js"));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        STANDARD.encode(digest(script.as_bytes())),
        STANDARD.encode(digest(style_sheet.as_bytes())),
    );
    let title = escape(style.title.as_deref().unwrap_or("Stance toward the allegation"));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{style_sheet}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#comments\">Skip to the comments</a>\n<header><h1>{title}</h1>\n"
    );
    parts::head(&mut page, summary, options);
    page.push_str("</header>\n<main>\n");
    parts::refused(&mut page, summary);
    parts::figures(&mut page, summary, figures, style)?;
    parts::statistics(&mut page, summary);
    parts::comments(&mut page, summary);
    parts::articles(&mut page, summary, &options.reasons);
    parts::method(&mut page, summary);
    page.push_str(&format!(
        "</main>\n<div id=\"tip\" role=\"tooltip\" hidden></div>\n\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>{script}</script>\n</body>\n</html>\n"
    ));
    Ok(page)
}

/// Makes a text safe between tags and inside quoted attributes; controls become visible.
pub fn escape(text: &str) -> String {
    let text = crate::visible::visible(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
