//! The text picture of a thread: one line a comment, replies indented.

use super::{Author, Badge, Body, Comment, Score, Text, Thread};
use crate::visible::visible;
use std::fmt::{self, Write};

/// Levels that are shown by indentation; below them lines are not indented further.
const MAX_INDENT: usize = 40;

/// A thread's text picture; see [`Thread::outline`].
#[derive(Debug, Clone, Copy)]
pub struct Outline<'t> {
    thread: &'t Thread,
    words: bool,
}

impl Thread {
    /// The text picture of the tree, as `3.1 Ada [she/her] @forum.example (OP) · 8 · 2 hours ago`, a line a comment.
    /// Control characters in names and words are made visible.
    pub fn outline(&self) -> Outline<'_> {
        Outline { thread: self, words: false }
    }
}

impl Outline<'_> {
    /// With the words of each comment below its line.
    pub fn with_words(self) -> Self {
        Outline { words: true, ..self }
    }
}

impl fmt::Display for Outline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for id in self.thread.walk() {
            let Some(comment) = self.thread.get(id) else { continue };
            let indent = (self.thread.depth(id) as usize).min(MAX_INDENT) * 2;
            write!(f, "{:indent$}{}", "", self.thread.path(id))?;
            facts(f, comment)?;
            f.write_char('\n')?;
            if let Some(text) = comment.body.text().filter(|_| self.words) {
                words(f, text, indent + 4)?;
            }
        }
        Ok(())
    }
}

fn facts(f: &mut fmt::Formatter<'_>, comment: &Comment) -> fmt::Result {
    match &comment.author {
        Some(name) => author(f, name)?,
        None if comment.body == Body::Missing => f.write_str(" missing")?,
        None => f.write_str(" (no name)")?,
    }
    if let Some(score) = comment.score {
        write!(f, " · {}", Votes(score))?;
    }
    for time in [&comment.age, &comment.created].into_iter().flatten() {
        write!(f, " · {}", visible(time))?;
    }
    let removed = (comment.body == Body::Removed).then_some("removed");
    for mark in [comment.edited.then_some("edited"), removed].into_iter().flatten() {
        write!(f, " · {mark}")?;
    }
    Ok(())
}

fn author(f: &mut fmt::Formatter<'_>, author: &Author) -> fmt::Result {
    write!(f, " {}", visible(&author.name))?;
    if !author.pronouns.is_empty() {
        write!(f, " [{}]", visible(&author.pronouns.join(", ")))?;
    }
    if let Some(instance) = &author.instance {
        write!(f, " @{}", visible(instance))?;
    }
    author.badges.iter().try_for_each(|badge| write!(f, " ({})", badge.as_str()))
}

fn words(f: &mut fmt::Formatter<'_>, text: &Text, indent: usize) -> fmt::Result {
    for line in text.raw().lines().map(str::trim).filter(|l| !l.is_empty()) {
        writeln!(f, "{:indent$}{}", "", visible(line))?;
    }
    Ok(())
}

struct Votes(Score);

impl fmt::Display for Votes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.value)?;
        if let Some(down) = self.0.down {
            write!(f, " −{down}")?;
        }
        f.write_str(if self.0.certain { "" } else { "?" })
    }
}

impl Badge {
    /// The badge as it is printed in the outline.
    pub fn as_str(self) -> &'static str {
        match self {
            Badge::Op => "OP",
            Badge::Moderator => "moderator",
            Badge::Bot => "bot",
            Badge::Admin => "admin",
        }
    }
}
