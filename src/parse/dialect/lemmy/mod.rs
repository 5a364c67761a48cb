//! Lemmy pages as browsers copy them (lemmy-ui 0.17 to 0.19 and hexbear's).
//!
//! ```text
//!   • Mira [she/her]@forum.example      bullet, name, pronouns, instance, badges fused to it
//!     link                              any of: link, fedilink, a language, arrow-up N, arrow-down N, ·, edit-2
//!     arrow-up
//!     8
//!     8 hours ago                       the age ends the header; without it a bullet is part of the words
//!
//!     Her words, at the header's column.
//!     • Otto                            a reply stands two columns further right
//! ```
//! Pages of mlmym, kbin and of users have other shapes; no comments are read from them.

mod author;
mod fused;
mod header;

use crate::diagnostic::Code;
use crate::parse::article;
use crate::parse::dialect::{Fit, Page, furniture};
use crate::parse::event::{Event, Events, Head, Role};
use crate::parse::line::Row;
use crate::source::{Source, Span};
use crate::thread::{Body, Comment};
use author::Who;
use header::{Header, header};

/// Reads a page: the article above the first comment, then the comments.
pub(crate) fn read(page: &Page<'_>) -> Events {
    let (source, rows) = (page.source, page.rows);
    let found = find(rows);
    let mut events = Events::default();
    article::read(source, &rows[..found.first().map_or(rows.len(), |f| f.at)], &mut events);
    events.list.reserve(rows.len() + found.len());
    let mut reader = Reader { source, events, columns: Vec::with_capacity(found.len()) };
    let ends = found.iter().skip(1).map(|f| f.at).chain([rows.len()]);
    for (comment, end) in found.iter().zip(ends) {
        let (header, body) = rows[comment.at..end].split_at(comment.length());
        let column = reader.open(&comment.header, header);
        reader.words(column, body);
    }
    reader.set_levels();
    reader.events
}

/// How well the page fits.
pub(crate) fn fit(page: &Page<'_>) -> Fit {
    match headers(page, 100) {
        (0, 0) => (0, "no `•` line has a comment header below it".to_owned()),
        (0, cut) => (40, format!("{cut} comment header, cut off by the end of the page")),
        (complete, _) => {
            (90, format!("{complete} comment headers (`• NAME` … `8 hours ago`), at most 100 counted"))
        }
    }
}

/// Number of headers that are complete, and of all; no more than `enough` are looked for.
fn headers(page: &Page<'_>, enough: usize) -> (usize, usize) {
    let found = (0..page.rows.len()).filter_map(|i| header_at(page.rows, i)).take(enough);
    found.fold((0, 0), |(complete, all), f| (complete + usize::from(f.header.age.is_some()), all + 1))
}

/// A header and the row of its bullet.
struct Found<'s> {
    at: usize,
    header: Header<'s>,
}

impl Found<'_> {
    /// Rows that the header takes.
    fn length(&self) -> usize {
        1 + self.header.lines as usize
    }
}

/// Every header of the page; each bullet is tried once.
fn find<'s>(rows: &[Row<'s>]) -> Vec<Found<'s>> {
    let mut found: Vec<Found> = (0..rows.len()).filter_map(|i| header_at(rows, i)).collect();
    let last = found.last().and_then(|last| lone_author(rows, last));
    found.extend(last);
    found
}

fn header_at<'s>(rows: &[Row<'s>], at: usize) -> Option<Found<'s>> {
    Some(Found { at, header: header(rows, at)? })
}

/// The page's last line, if it looks like the author line of a comment whose header is cut off: a bullet where a reply
/// can stand, below a blank line, in no list, with a single word or pronouns.
fn lone_author<'s>(rows: &[Row<'s>], above: &Found<'_>) -> Option<Found<'s>> {
    let at = rows.len().checked_sub(1).filter(|at| above.at + above.length() <= *at)?;
    let row = rows.get(at).filter(|r| r.after_blank)?;
    let author = header::author(row.text)?;
    let fits = above.header.column.is_some_and(|column| row.indent <= column) && row.indent % 2 == 0;
    let in_list = rows[at - 1].text.starts_with('•');
    let header = Header { author, column: None, score: None, age: None, edited: false, lines: 0 };
    (fits && !in_list && looks_like_author(author)).then_some(Found { at, header })
}

fn looks_like_author(text: &str) -> bool {
    let word =
        !text.is_empty() && !text.contains([' ', '/']) && !text.ends_with(['.', '!', '?', ',', ':', '…']);
    word || author::who(text).author.is_some_and(|a| !a.pronouns.is_empty())
}

struct Reader<'s> {
    source: &'s Source,
    events: Events,
    /// Place in the events and bullet column of each comment.
    columns: Vec<(usize, u32)>,
}

impl Reader<'_> {
    /// Opens a comment; gives the column of its words.
    fn open(&mut self, header: &Header<'_>, rows: &[Row<'_>]) -> u32 {
        let span = rows.iter().fold(rows[0].span, |all, row| all.cover(row.span));
        let column = self.repaired(header, &rows[0]);
        let who = author::who(header.author);
        self.report_doubts(header, &who, rows[0].span);
        self.columns.push((self.events.list.len(), column));
        let head = Head { level: 0, comment: comment(header, who, span) };
        self.events.list.push(Event::Open(Box::new(head)));
        rows.iter().for_each(|row| self.events.line(Role::Header, row.span));
        header.column.unwrap_or(column + 2)
    }

    /// The bullet's column; where it does not stand two left of its header, the header's lines are believed, since
    /// copying trims the first line of a page.
    fn repaired(&mut self, header: &Header<'_>, bullet: &Row<'_>) -> u32 {
        let Some(column) = header.column.filter(|c| *c >= 2 && *c != bullet.indent + 2) else {
            return bullet.indent;
        };
        let message = format!("the bullet is indented by {}, its header by {column}", bullet.indent);
        let help = format!("indented by {} instead; copying trims the first line of a page", column - 2);
        self.events.warn(self.source, bullet.span, Code::IndentRepaired, message, &help);
        column - 2
    }

    fn report_doubts(&mut self, header: &Header<'_>, who: &Who, span: Span) {
        if header.age.is_none() {
            let message = match header.lines {
                0 => "the page's last line looks like the author of a comment that is cut off",
                _ => "the page ends inside this comment's header",
            };
            let message = message.to_owned();
            self.events.warn(
                self.source,
                span,
                Code::HeaderCut,
                message,
                "the comment is kept without its words",
            );
        }
        if let Some(score) = header.score.filter(|s| !s.certain) {
            let message =
                format!("votes and age are fused and can be split in two ways; {} votes taken", score.value);
            self.events.warn(
                self.source,
                span,
                Code::Ambiguous,
                message,
                "the score is marked as not certain",
            );
        }
        if let Some(author) = who.author.as_ref().filter(|_| !who.certain) {
            let message = format!("the end of the name `{}` may be a badge", author.name);
            self.events.note(self.source, span, Code::Ambiguous, message, "the name is kept as printed");
        }
    }

    /// Rows up to the next header. Those left of the words' column at the end belong to the site.
    fn words(&mut self, column: u32, rows: &[Row<'_>]) {
        let inside = rows.iter().rposition(|r| r.indent >= column).map_or(0, |i| i + 1);
        rows[..inside].iter().for_each(|row| self.events.line(Role::Body, row.span));
        self.outside(&rows[inside..]);
    }

    fn outside(&mut self, rows: &[Row<'_>]) {
        rows.iter().for_each(|row| self.events.line(Role::Boilerplate, row.span));
        if let Some(row) = rows.iter().find(|row| !furniture::is_furniture(row.text)) {
            let message = format!("{} lines stand left of the comment above and were left out", rows.len());
            let help = "indent them like the comment's words if they belong to it";
            self.events.warn(self.source, row.span, Code::TextOutside, message, help);
        }
    }

    /// Turns columns into levels: two columns a level, from column 2 or, where a page was shifted, from its first.
    fn set_levels(&mut self) {
        let base = self.columns.iter().map(|(_, c)| *c).min().unwrap_or_default().min(2);
        for (place, column) in &self.columns {
            if let Some(Event::Open(head)) = self.events.list.get_mut(*place) {
                head.level = (column - base) / 2;
            }
        }
    }
}

fn comment(header: &Header<'_>, who: Who, span: Span) -> Comment {
    let mut comment = Comment::new(Body::Removed);
    comment.author = who.author;
    comment.score = header.score;
    comment.age = header.age.map(str::to_owned);
    comment.edited = header.edited;
    comment.header = Some(span);
    comment
}
