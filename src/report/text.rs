//! The report for the terminal.

use super::paint::Paint;
use super::shorten::shorten;
use super::summary::{Highlight, OutletSummary, Summary, ThreadSummary};
use super::words::{extent, header, interval, percent, percent_with_interval, title, without_unsure};
use crate::label::{Sentiment, Stance};
use crate::visible::visible;
use std::convert::Infallible;
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Narrower than this the table does not fit.
const LEAST_COLUMNS: usize = 72;

/// The blocks per thread, then the table per outlet, for a terminal of `columns` (at least 72 are used).
pub fn text(summary: &Summary, columns: usize) -> String {
    painted_text(summary, columns, Paint::default())
}

/// As [`text()`], with stances in colour.
pub fn painted_text(summary: &Summary, columns: usize, paint: Paint) -> String {
    let mut out = String::new();
    let done = each_piece(summary, columns, paint, &mut |piece| {
        out.push_str(piece);
        Ok::<(), Infallible>(())
    });
    match done {
        Ok(()) => out,
    }
}

/// As [`painted_text()`], written thread by thread.
///
/// # Errors
/// Those of `out`.
pub fn write_text(summary: &Summary, columns: usize, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    each_piece(summary, columns, paint, &mut |piece| out.write_all(piece.as_bytes()))
}

fn each_piece<E>(
    summary: &Summary,
    columns: usize,
    paint: Paint,
    put: &mut dyn FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let columns = columns.max(LEAST_COLUMNS);
    let mut piece = String::new();
    header(summary).iter().for_each(|line| wrapped(&mut piece, "", line, columns));
    for thread in &summary.threads {
        block(&mut piece, thread, columns, paint);
        put(&piece)?;
        piece.clear();
    }
    if !summary.outlets.is_empty() {
        table(&mut piece, summary, columns, paint);
    }
    put(&piece)
}

fn block(out: &mut String, thread: &ThreadSummary, columns: usize, paint: Paint) {
    out.push('\n');
    wrapped(out, "", &visible(&title(thread)), columns);
    wrapped(out, "  ", &visible(&format!("{}: {}", thread.file, extent(thread))), columns);
    if thread.counts.labelled > 0 {
        shares(out, thread, paint);
    }
    if let Some(line) = without_unsure(&thread.stance, &thread.sure) {
        wrapped(out, "  ", &line, columns);
    }
    for (side, top) in [("support", &thread.top_support), ("deny", &thread.top_deny)] {
        if let Some(top) = top {
            let votes = top.score.map_or_else(String::new, |s| format!(" ({s:+})"));
            let line = format!("most upvoted {side}: {}{votes}: “{}”", who(top), top.text);
            wrapped(out, "  ", &line, columns);
        }
    }
    for highlight in &thread.weightiest {
        wrapped(out, "  ", &evidence(highlight), columns);
    }
}

fn shares(out: &mut String, thread: &ThreadSummary, paint: Paint) {
    let tones = Sentiment::ALL.iter().map(|s| {
        let share = thread.sentiment.of(*s);
        format!("     {s:<8} {:>5} {:>5}", share.count, percent(share.share))
    });
    for (stance, tone) in Stance::ALL.iter().zip(tones.chain([String::new()])) {
        let share = thread.stance.of(*stance);
        let (count, part) = (share.count, percent(share.share));
        let name = paint.stance(*stance, &format!("{stance:<8}"));
        out.push_str(
            format!("  {name} {count:>5} {part:>5}  {:>7}{tone}", format!("({})", interval(&share)))
                .trim_end(),
        );
        out.push('\n');
    }
}

/// Place and author of a comment: `3.1 amy`.
fn who(highlight: &Highlight) -> String {
    let author = highlight.author.as_deref().unwrap_or("(no name)");
    format!("{} {}", highlight.path, shorten(author, 40))
}

fn evidence(highlight: &Highlight) -> String {
    let quotes: Vec<String> =
        highlight.quotes.iter().map(|q| format!("“{}” [{}]", q.quote, visible(&q.rule))).collect();
    format!(
        "weight {:.1}: {}: {} {}: {}",
        highlight.weight,
        who(highlight),
        highlight.stance,
        percent(Some(highlight.confidence)),
        quotes.join(", ")
    )
}

fn table(out: &mut String, summary: &Summary, columns: usize, paint: Paint) {
    const HEAD: [&str; 7] = ["n", "support", "deny", "query", "comment", "neg", "pos"];
    let rows: Vec<(String, Vec<String>)> = summary
        .outlets
        .iter()
        .flat_map(|o| {
            let sure = (o.sure.n() < o.n).then(|| ("  without unsure".to_owned(), sure_cells(o)));
            std::iter::once((visible(&o.outlet).into_owned(), cells(o))).chain(sure)
        })
        .collect();
    let widths: Vec<usize> = HEAD
        .iter()
        .enumerate()
        .map(|(i, head)| {
            let cells = rows.iter().filter_map(|(_, cells)| cells.get(i));
            cells.map(|c| c.width()).chain([head.width()]).max().unwrap_or(0)
        })
        .collect();
    let room = columns.saturating_sub(widths.iter().map(|w| w + 2).sum()).max(8);
    let names = rows.iter().map(|(name, _)| name.width()).chain(["outlet".len()]).max().unwrap_or(0);
    let names = names.min(room);
    out.push('\n');
    let mut head = String::new();
    line(&mut head, "outlet", &HEAD.map(str::to_owned), names, &widths);
    for stance in Stance::ALL {
        head = head.replacen(stance.as_str(), &paint.stance(stance, stance.as_str()), 1);
    }
    out.push_str(&head);
    for (name, cells) in &rows {
        line(out, &cut(name, names), cells, names, &widths);
    }
}

fn cells(outlet: &OutletSummary) -> Vec<String> {
    vec![
        outlet.n.to_string(),
        percent_with_interval(&outlet.stance.of(Stance::Support)),
        percent_with_interval(&outlet.stance.of(Stance::Deny)),
        percent(outlet.stance.of(Stance::Query).share),
        percent(outlet.stance.of(Stance::Comment).share),
        percent(outlet.sentiment.of(Sentiment::Negative).share),
        percent(outlet.sentiment.of(Sentiment::Positive).share),
    ]
}

/// The same without the unsure labels; the tone does not depend on them.
fn sure_cells(outlet: &OutletSummary) -> Vec<String> {
    let sure = &outlet.sure;
    vec![
        sure.n().to_string(),
        percent_with_interval(&sure.of(Stance::Support)),
        percent_with_interval(&sure.of(Stance::Deny)),
        percent(sure.of(Stance::Query).share),
        percent(sure.of(Stance::Comment).share),
        String::new(),
        String::new(),
    ]
}

fn line(out: &mut String, name: &str, cells: &[String], names: usize, widths: &[usize]) {
    out.push_str(name);
    out.push_str(&" ".repeat(names.saturating_sub(name.width())));
    for (cell, width) in cells.iter().zip(widths) {
        out.push_str(&" ".repeat(2 + width.saturating_sub(cell.width())));
        out.push_str(cell);
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}

/// Cuts a name to `columns` of a terminal.
fn cut(name: &str, columns: usize) -> String {
    if name.width() <= columns {
        return name.to_owned();
    }
    let mut left = columns.saturating_sub(1);
    let kept = name.chars().take_while(|c| {
        let wide = c.width().unwrap_or(0);
        let fits = wide <= left;
        left = left.saturating_sub(wide);
        fits
    });
    format!("{}…", kept.collect::<String>().trim_end())
}

/// Writes a paragraph; lines after the first hang two blanks further in. Words wider than a line are broken.
pub(crate) fn wrapped(out: &mut String, indent: &str, text: &str, columns: usize) {
    let mut used = indent.width();
    out.push_str(indent);
    let widest = columns.saturating_sub(used + 2).max(2);
    let mut first = true;
    for word in text.split_whitespace() {
        for (i, piece) in pieces(word, widest).into_iter().enumerate() {
            let blank = usize::from(i == 0 && !first);
            if !first && used + blank + piece.width() > columns {
                out.push('\n');
                out.push_str(indent);
                out.push_str("  ");
                used = indent.width() + 2;
            } else if blank == 1 {
                out.push(' ');
                used += 1;
            }
            out.push_str(piece);
            used += piece.width();
            first = false;
        }
    }
    out.push('\n');
}

/// A word in pieces of at most `columns`.
fn pieces(word: &str, columns: usize) -> Vec<&str> {
    let (mut found, mut start, mut used) = (Vec::new(), 0, 0);
    for (at, c) in word.char_indices() {
        let wide = c.width().unwrap_or(0);
        if used + wide > columns && at > start {
            found.extend(word.get(start..at));
            (start, used) = (at, 0);
        }
        used += wide;
    }
    found.extend(word.get(start..));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{Sample, small};
    use crate::report::{About, Pack, summarize};

    #[test]
    fn the_picture() {
        let sample = small();
        let pack = Pack { id: "en".to_owned(), version: "0.1".to_owned() };
        let about = About { pack, duplicates: 1, ..About::default() };
        let found = text(&summarize(&sample.labelled(), &about, 0.95), 90);
        assert_eq!(found, EXPECTED.replace("VERSION", env!("CARGO_PKG_VERSION")), "\n{found}");
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let sample = small();
        let summary = summarize(&sample.labelled(), &About::default(), 0.95);
        let painted = painted_text(&summary, 90, Paint::new(true));
        assert!(painted.contains("\u{1b}[38;5;39msupport \u{1b}[0m     1   33%"), "{painted}");
        assert_eq!(anstream::adapter::strip_str(&painted).to_string(), text(&summary, 90));
    }

    #[test]
    fn lines_keep_to_the_terminal() {
        let sample =
            Sample::outlets(&[("The outlet with a name that never ends, 朝日新聞", [1000, 3, 4, 5])]);
        let found = text(&summarize(&sample.labelled(), &About::default(), 0.95), 72);
        assert!(found.lines().all(|l| l.width() <= 72), "{found}");
        let mut broken = String::new();
        wrapped(&mut broken, "  | ", &format!("so {} it", "朝日新聞".repeat(9)), 30);
        assert!(broken.lines().count() > 2 && broken.lines().all(|l| l.width() <= 30), "{broken}");
    }

    const EXPECTED: &str = "\
threadstance VERSION. Rules: en 0.1. Profile: none (generic rules only, which costs
  accuracy).
3 pages, 3 threads (2 with labelled comments), 7 comments: 6 labelled, 1 removed; 1 gap, 1
  duplicate merged.
Unsure labels: 1 of 6 (17%). In brackets: 95% Wilson score interval (Wilson 1927).

The Heron: What heron.txt tells (2031-05-17)
  heron.txt: 4 comments, 3 authors, 4 levels, 33% unsure, 1 removed
  support      1   33%   (6–79)     negative     2   67%
  deny         1   33%   (6–79)     neutral      1   33%
  query        1   33%   (6–79)     positive     0    0%
  comment      0    0%   (0–56)
  Without 1 unsure label: support 50%, deny 50%, query 0%, comment 0% (n = 2)
  most upvoted support: 1 amy (+12): “They did steal it, the ledger shows that.”
  most upvoted deny: 1.1 bo@isle.example (+7): “=Nonsense | <b>a smear</b>”
  weight 3.5: 1 amy: support 91%: “did steal it” [deed.asserted], “ledger shows”
    [evidence.cited]
  weight 2.8: 1.1 bo@isle.example: deny 88%: “a smear” [smear]

b/wren.txt: What b/wren.txt tells (2031-05-17)
  b/wren.txt: 3 comments, 3 authors, 2 levels, 0% unsure, 1 gap
  support      2   67%  (21–94)     negative     0    0%
  deny         0    0%   (0–56)     neutral      2   67%
  query        0    0%   (0–56)     positive     1   33%
  comment      1   33%   (6–79)
  most upvoted support: 2 amy (+12): “They would, would they not”

Quiet Corner: What empty.txt tells (2031-05-17)
  empty.txt: no comments

outlet            n      support        deny  query  comment  neg  pos
The Heron         3   33% (6–79)  33% (6–79)    33%       0%  67%   0%
  without unsure  2   50% (9–91)  50% (9–91)     0%       0%
b/wren.txt        3  67% (21–94)   0% (0–56)     0%      33%   0%  33%
Quiet Corner      0            –           –      –        –    –    –
";
}
