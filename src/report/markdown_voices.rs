//! The voices of the articles in `summary.md`.

use super::markdown::escape;
use super::shorten::shorten;
use super::summary::Summary;
use super::voices::ArticleVoice;
use super::words::{confidence, percent_with_interval};
use crate::voice::Side;

/// Quotes of evidence shown for a side of an article.
const QUOTES: usize = 2;

/// Writes the table of articles, and some words that let each side speak.
pub(super) fn section(out: &mut String, summary: &Summary) {
    let articles: Vec<&ArticleVoice> = summary.articles.iter().filter(|a| a.voice.n() > 0).collect();
    if articles.is_empty() {
        return;
    }
    out.push_str(&format!(
        "\n## Voices of the articles\n\nWhose side the sentences let speak, by attribution and quotation; what an outlet \
         states in its own voice carries neither side. In brackets: {} intervals in percent.\n\n\
         | Outlet | Sentences | Accuser | Both | Neither | Defender |\n|---|--:|--:|--:|--:|--:|\n",
        confidence(summary)
    ));
    for article in &articles {
        let shares = Side::ALL.map(|s| percent_with_interval(&article.voice.of(s)));
        out.push_str(&format!(
            "| {} | {} | {} |\n",
            escape(&article.outlet),
            article.voice.n(),
            shares.join(" | ")
        ));
    }
    out.push('\n');
    articles.iter().for_each(|a| quotes(out, a));
}

fn quotes(out: &mut String, article: &ArticleVoice) {
    let of = |side: Side| {
        let found =
            article.sentences.iter().flat_map(|s| &s.evidence).filter(|e| e.side == side).take(QUOTES);
        let quotes: Vec<String> =
            found.map(|e| format!("“{}” ({})", escape(&shorten(&e.quote, 80)), escape(&e.rule))).collect();
        if quotes.is_empty() { "–".to_owned() } else { quotes.join(", ") }
    };
    let (accuser, defender) = (of(Side::Accuser), of(Side::Defender));
    out.push_str(&format!("- {}: accuser {accuser}; defender {defender}\n", escape(&article.outlet)));
}
