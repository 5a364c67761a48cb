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
use crate::parse::dialect::furniture;
use crate::parse::event::{Event, Events, Head, Role};
use crate::parse::line::{Row, rows};
use crate::source::{Source, Span};
use crate::thread::{Body, Comment};
use header::{Header, header};

/// Reads a page: the article above the first comment, then the comments.
pub(crate) fn read(source: &Source) -> Events {
    let rows = rows(source);
    let first = (0..rows.len()).find(|i| header_at(source, &rows, *i).is_some()).unwrap_or(rows.len());
    let mut events = Events::default();
    article::read(source, &rows[..first], &mut events);
    Reader { source, rows: &rows, at: first, events, columns: Vec::new(), open: None }.run()
}

/// Number of headers that are complete, and of all; no more than `enough` are looked for.
pub(crate) fn headers(source: &Source, enough: usize) -> (usize, usize) {
    let rows = rows(source);
    let found = (0..rows.len()).filter_map(|i| header_at(source, &rows, i)).take(enough);
    found.fold((0, 0), |(complete, all), (h, _)| (complete + usize::from(h.age.is_some()), all + 1))
}

/// The header that begins at row `at`, and its length in rows.
fn header_at<'s>(source: &'s Source, rows: &[Row<'s>], at: usize) -> Option<(Header<'s>, usize)> {
    let row = rows.get(at).filter(|r| r.text.starts_with('•'))?;
    let (_, header) = header(source.as_str().get(row.span.start as usize..)?).ok()?;
    let length = 1 + header.lines as usize;
    Some((header, length))
}

struct Reader<'s, 'r> {
    source: &'s Source,
    rows: &'r [Row<'s>],
    at: usize,
    events: Events,
    /// Place in the events and bullet column of each comment.
    columns: Vec<(usize, u32)>,
    /// Body column of the comment being read.
    open: Option<u32>,
}

impl<'s> Reader<'s, '_> {
    fn run(mut self) -> Events {
        while self.at < self.rows.len() {
            match header_at(self.source, self.rows, self.at).or_else(|| self.lone_author()) {
                Some((header, length)) => self.open(&header, length),
                None => self.words(),
            }
        }
        self.set_levels();
        self.events
    }

    /// The page's last line, if it looks like the author line of a comment whose header is cut off: a bullet where a
    /// reply can stand, below a blank line, in no list, with a single word or pronouns.
    fn lone_author(&self) -> Option<(Header<'s>, usize)> {
        let row = self.rows.get(self.at).filter(|r| self.at + 1 == self.rows.len() && r.after_blank)?;
        let (_, author) = header::author(row.text).ok()?;
        let fits = self.open.is_some_and(|column| row.indent <= column && row.indent % 2 == 0);
        let in_list = self.at.checked_sub(1).is_some_and(|i| self.rows[i].text.starts_with('•'));
        let header = Header { author, column: None, score: None, age: None, edited: false, lines: 0 };
        (fits && !in_list && looks_like_author(author)).then_some((header, 1))
    }

    fn open(&mut self, header: &Header<'s>, length: usize) {
        let rows = &self.rows[self.at..(self.at + length).min(self.rows.len())];
        let span = rows.iter().fold(rows[0].span, |all, row| all.cover(row.span));
        let column = self.repaired(header, &rows[0]);
        self.report_doubts(header, rows[0].span);
        self.columns.push((self.events.list.len(), column));
        let head = Head { level: 0, comment: comment(header, span) };
        self.events.list.push(Event::Open(Box::new(head)));
        rows.iter().for_each(|row| self.events.line(Role::Header, row.span));
        self.open = Some(header.column.unwrap_or(column + 2));
        self.at += rows.len();
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

    fn report_doubts(&mut self, header: &Header<'_>, span: Span) {
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
        let who = author::who(header.author);
        if let Some(author) = who.author.filter(|_| !who.certain) {
            let message = format!("the end of the name `{}` may be a badge", author.name);
            self.events.note(self.source, span, Code::Ambiguous, message, "the name is kept as printed");
        }
    }

    /// Rows of the open comment up to the next header. Rows left of the body's column at its end belong to the site.
    fn words(&mut self) {
        let column = self.open.unwrap_or_default();
        let end = (self.at + 1..self.rows.len())
            .find(|i| {
                header_at(self.source, self.rows, *i).is_some()
                    || self.rows.len() == i + 1 && self.is_lone(*i)
            })
            .unwrap_or(self.rows.len());
        let rows = &self.rows[self.at..end];
        let inside = rows.iter().rposition(|r| r.indent >= column).map_or(0, |i| i + 1);
        rows[..inside].iter().for_each(|row| self.events.line(Role::Body, row.span));
        self.outside(&rows[inside..]);
        self.at = end;
    }

    fn is_lone(&self, at: usize) -> bool {
        Reader { at, events: Events::default(), columns: Vec::new(), ..*self }.lone_author().is_some()
    }

    fn outside(&mut self, rows: &[Row<'s>]) {
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

fn looks_like_author(text: &str) -> bool {
    let word =
        !text.is_empty() && !text.contains([' ', '/']) && !text.ends_with(['.', '!', '?', ',', ':', '…']);
    word || author::who(text).author.is_some_and(|a| !a.pronouns.is_empty())
}

fn comment(header: &Header<'_>, span: Span) -> Comment {
    let mut comment = Comment::new(Body::Removed);
    comment.author = author::who(header.author).author;
    comment.score = header.score;
    comment.age = header.age.map(str::to_owned);
    comment.edited = header.edited;
    comment.header = Some(span);
    comment
}
