//! `summary.md`.

use super::chart::Figure;
use super::summary::{Highlight, Summary, ThreadSummary};
use super::words::{
    confidence, extent, header, interval, percent, percent_with_interval, title, without_unsure,
};
use crate::error::{Error, Result};
use crate::label::{Sentiment, Stance};
use crate::stats::Distribution;
use crate::visible::visible;
use std::io::Write;

/// The summary as Markdown (CommonMark with tables), with the figures that lie beside it.
pub fn markdown(summary: &Summary, figures: &[Figure]) -> String {
    let mut out = head(summary, figures);
    summary.threads.iter().for_each(|t| thread(&mut out, t));
    out
}

/// As [`markdown()`], written thread by thread.
///
/// # Errors
/// [`Error::Io`] if `out` refuses.
pub(super) fn write_markdown(summary: &Summary, figures: &[Figure], out: &mut dyn Write) -> Result<()> {
    let mut put = |text: &str| out.write_all(text.as_bytes()).map_err(|e| Error::io("summary.md", e));
    put(&head(summary, figures))?;
    let mut block = String::new();
    summary.threads.iter().try_for_each(|t| {
        block.clear();
        thread(&mut block, t);
        put(&block)
    })
}

fn head(summary: &Summary, figures: &[Figure]) -> String {
    let mut out = String::from("# Stance toward the allegation\n\n");
    for line in header(summary) {
        out.push_str(&format!("- {}\n", escape(&line)));
    }
    for figure in figures {
        out.push_str(&format!("\n![{}]({figure}.svg)\n", figure.meaning()));
    }
    left_out(&mut out, summary);
    refused(&mut out, summary);
    outlets(&mut out, summary);
    super::markdown_voices::section(&mut out, summary);
    levels(&mut out, summary);
    super::markdown_statistics::section(&mut out, summary);
    out.push_str("\n## Threads\n");
    out
}

/// Takes away from foreign words whatever they could do as Markdown or HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

fn left_out(out: &mut String, summary: &Summary) {
    if !summary.left_out.is_empty() {
        let figures: Vec<String> =
            summary.left_out.iter().map(|f| format!("{} ({})", escape(f.figure.name()), f.reason)).collect();
        out.push_str(&format!("\nFigures left out: {}.\n", figures.join("; ")));
    }
}

fn refused(out: &mut String, summary: &Summary) {
    if !summary.refused.is_empty() {
        out.push_str("\n## Inputs that were not read\n\n");
    }
    for refused in &summary.refused {
        out.push_str(&format!("- Input {}: {}\n", escape(&refused.file), escape(&refused.reason)));
    }
}

fn outlets(out: &mut String, summary: &Summary) {
    out.push_str(&format!(
        "\n## Outlets\n\nIn brackets: {} intervals in percent. `n` counts labelled comments.\n\n",
        confidence(summary)
    ));
    out.push_str(
        "| Outlet | Threads | n | Support | Deny | Query | Comment | Negative | Neutral | Positive |\n",
    );
    out.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for o in &summary.outlets {
        let stances = Stance::ALL.map(|s| percent_with_interval(&o.stance.of(s)));
        let tones = Sentiment::ALL.map(|s| percent(o.sentiment.of(s).share));
        let (stances, tones) = (stances.join(" | "), tones.join(" | "));
        out.push_str(&format!("| {} | {} | {} | {stances} | {tones} |\n", escape(&o.outlet), o.threads, o.n));
        if o.sure.n() < o.n {
            let stances = Stance::ALL.map(|s| percent_with_interval(&o.sure.of(s))).join(" | ");
            out.push_str(&format!("| – without unsure | | {} | {stances} | | | |\n", o.sure.n()));
        }
    }
}

fn levels(out: &mut String, summary: &Summary) {
    out.push_str("\n## Levels of reply\n\nLevel 1 replies to no comment.\n\n");
    out.push_str("| Level | n | Support | Deny | Query | Comment |\n|---|--:|--:|--:|--:|--:|\n");
    for d in &summary.depths {
        let stances = Stance::ALL.map(|s| percent_with_interval(&d.stance.of(s)));
        out.push_str(&format!("| {} | {} | {} |\n", d.depth, d.n, stances.join(" | ")));
        without(out, &d.stance, &d.sure);
    }
}

/// The row below one with unsure labels, of tables with a name, n and the stances.
pub(super) fn without(out: &mut String, stance: &Distribution<Stance>, sure: &Distribution<Stance>) {
    if sure.n() < stance.n() {
        let stances = Stance::ALL.map(|s| percent_with_interval(&sure.of(s)));
        out.push_str(&format!("| – without unsure | {} | {} |\n", sure.n(), stances.join(" | ")));
    }
}

fn thread(out: &mut String, thread: &ThreadSummary) {
    out.push_str(&format!("\n### {}\n\n", escape(&title(thread))));
    out.push_str(&format!("{}: {}\n", escape(&thread.file), extent(thread)));
    if thread.counts.labelled > 0 {
        shares(out, thread);
    }
    for (side, top) in [("support", &thread.top_support), ("deny", &thread.top_deny)] {
        if let Some(top) = top {
            let votes = top.score.map_or_else(String::new, |s| format!(" ({s:+})"));
            out.push_str(&format!(
                "\nMost upvoted {side}: {}{votes}\n\n> “{}”\n",
                who(top),
                escape(&top.text)
            ));
        }
    }
    if !thread.weightiest.is_empty() {
        out.push_str("\nGreatest weight of evidence:\n\n");
    }
    thread.weightiest.iter().for_each(|h| evidence(out, h));
}

fn shares(out: &mut String, thread: &ThreadSummary) {
    out.push_str("\n| Stance | n | Share | Interval |\n|---|--:|--:|--:|\n");
    for stance in Stance::ALL {
        let share = thread.stance.of(stance);
        let (count, part, interval) = (share.count, percent(share.share), interval(&share));
        out.push_str(&format!("| {stance} | {count} | {part} | {interval} |\n"));
    }
    if let Some(line) = without_unsure(&thread.stance, &thread.sure) {
        out.push_str(&format!("\n{line}\n"));
    }
    let tones = Sentiment::ALL.map(|s| {
        let share = thread.sentiment.of(s);
        format!("{s} {} ({})", share.count, percent(share.share))
    });
    out.push_str(&format!("\nSentiment: {}\n", tones.join(", ")));
}

fn evidence(out: &mut String, highlight: &Highlight) {
    let quotes: Vec<String> =
        highlight.quotes.iter().map(|q| format!("“{}” ({})", escape(&q.quote), escape(&q.rule))).collect();
    let (stance, sure) = (highlight.stance, percent(Some(highlight.confidence)));
    let (weight, who) = (highlight.weight, who(highlight));
    out.push_str(&format!("- {who}: {stance} {sure}, weight {weight:.1}: {}\n", quotes.join(", ")));
}

fn who(highlight: &Highlight) -> String {
    format!("{} {}", highlight.path, escape(highlight.author.as_deref().unwrap_or("(no name)")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;
    use crate::report::{About, summarize};

    #[test]
    fn foreign_words_stay_words() {
        assert_eq!(escape("a|b `c` <script>"), "a\\|b \\`c\\` &lt;script&gt;");
        assert_eq!(escape("[x](y) *z* & \u{1b}"), "\\[x\\](y) \\*z\\* &amp; ␛");
    }

    #[test]
    fn every_table_row_has_as_many_cells_as_its_head() {
        let sample = small();
        let found = markdown(&summarize(&sample.labelled(), &About::default(), 0.95), &Figure::ALL);
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let lines: Vec<&str> = found.lines().collect();
        for pair in lines.windows(2) {
            if pair.iter().all(|l| l.starts_with('|')) {
                assert_eq!(cells(pair[0]), cells(pair[1]), "{pair:?}");
            }
        }
        assert!(found.contains("> “=Nonsense \\| &lt;b&gt;a smear&lt;/b&gt;”"), "{found}");
        assert!(found.contains("| Quiet Corner | 1 | 0 | – | – | – | – | – | – | – |"), "{found}");
        assert!(found.contains("![Stances per outlet](stance_by_outlet.svg)"), "{found}");
    }
}
