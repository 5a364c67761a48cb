//! Gold about agreement: each row is a comment with the words of the comment it answers.

use super::{mistake, text};
use crate::error::Result;
use crate::source::Source;
use crate::thread::{Body, Comment, CommentId, Origin, Text, Thread};
use serde_json::{Map, Value};

/// A thread of two comments for each row of a JSONL source: `parent_text`, and `text` in answer to it, which has the
/// row's `id` as key. The thread's id is `thread_id`, else `id`.
///
/// # Errors
/// [`crate::Error::Data`] with the line of a row that is no object or lacks `id`, `text` or `parent_text`.
pub fn pairs(source: &Source) -> Result<Vec<Thread>> {
    let lines = source.lines().filter(|l| !l.text.trim().is_empty());
    let pair = |line: crate::source::Line<'_>| {
        let row: Map<String, Value> = serde_json::from_str(line.text)
            .map_err(|e| mistake(source, line.span, &format!("no JSON object: {e}")))?;
        let get = |key| {
            text(&row, key).ok_or_else(|| mistake(source, line.span, &format!("a row without `{key}`")))
        };
        let (id, parent, reply) = (get("id")?, get("parent_text")?, get("text")?);
        let written = |words: String| Comment::new(Body::Written(Text::new(words, 0)));
        let reply = Comment { key: Some(id.clone()), parent: Some(CommentId(0)), ..written(reply) };
        let thread = text(&row, "thread_id").unwrap_or(id);
        Ok(Thread::new(thread, Origin::default(), vec![written(parent), reply]))
    };
    lines.map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Thread>> {
        pairs(&Source::from_text("g.jsonl", text.to_owned()).unwrap())
    }

    #[test]
    fn a_row_is_a_thread_of_two() {
        let threads = read("{\"id\": 7, \"text\": \"No.\", \"parent_text\": \"It is late.\"}\n").unwrap();
        assert_eq!(threads[0].outline().to_string().lines().count(), 2);
        assert_eq!(threads[0].get(CommentId(1)).unwrap().key.as_deref(), Some("7"));
    }

    #[test]
    fn a_row_without_its_parent_is_placed() {
        let error = read("\n{\"id\": 7, \"text\": \"No.\"}\n").unwrap_err().to_string();
        assert!(error.starts_with("g.jsonl:2:1: a row without `parent_text`"), "{error}");
    }
}
