//! Comments that are data already, as those of a table, become threads by the rules of NDJSON.

use super::forest::{Entry, Forest};
use crate::diagnostic::Code;
use crate::error::Result;
use crate::parse::Parsed;
use crate::parse::detect::Dialect;
use crate::parse::event::Events;
use crate::source::{Source, Span};
use crate::thread::{Author, Body, Comment, Score, Text};
use std::borrow::Cow;

/// One comment of a table; its fields are the keys of NDJSON. `id` and `text` are needed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Id, unique in its thread.
    pub id: Option<String>,
    /// Id of the comment it replies to.
    pub parent_id: Option<String>,
    /// Rows without one form a thread together.
    pub thread_id: Option<String>,
    /// Name of the author.
    pub author: Option<String>,
    /// The words.
    pub text: Option<String>,
    /// `removed` or `missing` where there are no words.
    pub state: Option<String>,
    /// The platform's votes; rounded.
    pub score: Option<f64>,
    /// Time of writing as the input gives it.
    pub created: Option<String>,
    /// A subject line that belongs to the words.
    pub subject: Option<String>,
    /// The input that the row is from; `name` of the table where it is not known.
    pub file: Option<String>,
}

/// Builds the threads of a table called `name`: one for each `thread_id`, by first appearance; rows may stand in any
/// order. A row without `id` or words is left out; the line of a finding is the row's number, from 1.
///
/// ```
/// use threadstance::parse::{Row, from_rows};
/// let row = |id: &str, parent: Option<&str>| Row {
///     id: Some(id.to_owned()),
///     parent_id: parent.map(str::to_owned),
///     text: Some("As ever.".to_owned()),
///     ..Row::default()
/// };
/// let parsed = from_rows("table", vec![row("b", Some("a")), row("a", None)])?;
/// assert_eq!(parsed.threads[0].outline().to_string(), "1 (no name)\n  1.1 (no name)\n");
/// # Ok::<(), threadstance::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::NotText`] for more than 2³² rows.
pub fn from_rows(
    name: &str,
    rows: impl IntoIterator<Item = Row, IntoIter: ExactSizeIterator>,
) -> Result<Parsed> {
    let rows = rows.into_iter();
    // A blank line a row, so that a finding has a place.
    let lines = Source::from_text(name, "\n".repeat(rows.len()))?;
    let mut forest = Forest::new(&lines);
    let mut events = Events::default();
    for (number, row) in rows.enumerate() {
        let place = Span::new(number as u32, number as u32);
        match row.lack() {
            None => forest.add(row.into_entry(place), &mut events),
            Some(lack) => {
                let message = format!("this row is not a comment: {lack}");
                let help = "each row needs `id` and `text`; the row was left out";
                events.warn(&lines, place, Code::LineSkipped, message, help);
            }
        }
    }
    let threads = forest.into_threads(&mut events);
    let (dialect, diagnostics) = (Dialect::Ndjson, events.diagnostics);
    Ok(Parsed { article: None, threads, dialect, diagnostics, pieces: Vec::new() })
}

impl Row {
    /// What it lacks to be a comment.
    fn lack(&self) -> Option<&'static str> {
        let without = matches!(self.state.as_deref(), Some("removed" | "missing"));
        match (&self.id, &self.text) {
            (None, _) => Some("it has no `id`"),
            (_, None) if !without => Some("it has no `text`"),
            _ => None,
        }
    }

    fn into_entry(self, line: Span) -> Entry<'static> {
        let mut comment = Comment::new(match self.state.as_deref() {
            Some("removed") => Body::Removed,
            Some("missing") => Body::Missing,
            _ => Body::Written(Text::new(self.text.unwrap_or_default(), 0)),
        });
        comment.author = self.author.map(|name| Author { name, ..Author::default() });
        comment.score = self.score.map(|s| Score { value: s.round() as i64, down: None, certain: true });
        comment.created = self.created;
        comment.subject = self.subject;
        Entry {
            id: self.id.unwrap_or_default(),
            parent: self.parent_id.map(Cow::Owned),
            thread: self.thread_id.map(Cow::Owned),
            comment,
            file: self.file.map(Cow::Owned),
            line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn row(id: &str, parent: Option<&str>, thread: Option<&str>, text: Option<&str>) -> Row {
        let own = |s: &str| s.to_owned();
        let (id, parent_id, thread_id, text) =
            (Some(own(id)), parent.map(own), thread.map(own), text.map(own));
        Row { id, parent_id, thread_id, text, ..Row::default() }
    }

    #[test]
    fn rows_become_the_threads_of_the_same_lines() {
        let lines = "{\"id\":\"2\",\"parent_id\":\"1\",\"thread_id\":\"t\",\"text\":\"b\"}\n\
                     {\"id\":\"9\",\"text\":\"c\"}\n{\"id\":\"1\",\"thread_id\":\"t\",\"text\":\"a\"}\n\
                     {\"id\":\"3\",\"parent_id\":\"7\",\"thread_id\":\"t\",\"text\":\"d\"}\n";
        let rows = vec![
            row("2", Some("1"), Some("t"), Some("b")),
            row("9", None, None, Some("c")),
            row("1", None, Some("t"), Some("a")),
            row("3", Some("7"), Some("t"), Some("d")),
        ];
        let read = parse(&Source::from_text("x.ndjson", lines.to_owned()).unwrap(), None).unwrap();
        let built = from_rows("x.ndjson", rows).unwrap();
        assert_eq!(format!("{:?}", built.threads), format!("{:?}", read.threads));
        let found = |p: &Parsed| p.diagnostics.iter().map(|d| (d.code, d.line)).collect::<Vec<_>>();
        assert_eq!(found(&built), found(&read));
    }

    #[test]
    fn a_row_that_is_no_comment_is_named_by_its_number() {
        let rows = vec![row("1", None, None, Some("a")), row("2", None, None, None), Row::default()];
        let parsed = from_rows("table", rows).unwrap();
        assert_eq!(parsed.threads[0].len(), 1);
        let found: Vec<String> =
            parsed.diagnostics.iter().map(|d| format!("{}:{} {}", d.file, d.line, d.message)).collect();
        let said = "this row is not a comment: it has no";
        assert_eq!(found, [format!("table:2 {said} `text`"), format!("table:3 {said} `id`")]);
        let gone = Row { state: Some("removed".to_owned()), ..row("4", None, None, None) };
        assert_eq!(from_rows("table", vec![gone]).unwrap().threads[0].len(), 1);
    }
}
