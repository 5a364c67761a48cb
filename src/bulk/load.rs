//! Any input as rows: lines block by block, Parquet row by row, other formats as a whole.

use super::lines::{Block, Blocks};
use super::{Input, Plan, Watch};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::parse::{Columns, Dialect, Row, detect, parse_with};
use crate::source::Source;
use crate::thread::{Author, Body, Comment, CommentId, Thread};
use crate::unpack::stream;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::rc::Rc;

mod parquet;

/// Takes what is read.
pub(super) trait Take {
    /// A comment, and the line or row where it stands. An error ends the run.
    fn row(&mut self, row: Row, line: u64) -> Result<()>;
    /// True if that line must be right; reading is slower then.
    fn wants_lines(&self) -> bool {
        false
    }
    /// All of the input before byte `position`, which are `line` lines, was given. An error ends the run.
    fn pause(&mut self, position: u64, line: u64) -> Result<()>;
    /// Where findings go.
    fn watch(&mut self) -> &mut dyn Watch;
}

/// Reads an input from a place on. What cannot be read is told to the watch; only an error of `take` is an error.
pub(super) fn read(input: &Input, plan: &Plan, from: (u64, u64), take: &mut dyn Take) -> Result<()> {
    match shape(input, plan) {
        Ok(Shape::Parquet) => parquet::read(input, plan, from.0, take),
        Ok(Shape::Lines(dialect)) => lines(input, plan, dialect, from, take),
        Ok(Shape::Whole) => whole(input, plan, take),
        Err(error) => {
            take.watch().failed(error);
            Ok(())
        }
    }
}

/// How an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Lines(Dialect),
    Parquet,
    /// At once.
    Whole,
}

/// Bytes by which the shape of an input is told.
const HEAD: u64 = 128 * 1024;

/// Looks at the beginning of an input.
pub(super) fn shape(input: &Input, plan: &Plan) -> Result<Shape> {
    let failed = |error| Error::io(&input.path, error);
    let mut head = Vec::new();
    let file = File::open(&input.path).map_err(failed)?;
    let read = stream(file).and_then(|s| s.take(HEAD).read_to_end(&mut head));
    // One that is cut off so early is read up to there.
    if head.is_empty() {
        read.map_err(failed)?;
    }
    if head.starts_with(b"PAR1") {
        return Ok(Shape::Parquet);
    }
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        Source::from_bytes(&input.path.display().to_string(), head.clone())?;
    }
    let dialect = match plan.dialect {
        Some(dialect) => dialect,
        None if !plan.columns.is_empty() => Dialect::Ndjson,
        None => {
            let source = Source::from_text(&input.name, String::from_utf8_lossy(&head).into_owned())?;
            detect(&source).first().map_or(Dialect::Article, |d| d.dialect)
        }
    };
    let object =
        head.iter().find(|b| !b.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(b)) == Some(&b'{');
    let by_lines = matches!(dialect, Dialect::Ndjson | Dialect::Pushshift | Dialect::Convokit);
    Ok(if by_lines && (object || dialect == Dialect::Ndjson) { Shape::Lines(dialect) } else { Shape::Whole })
}

/// True for an input that is read row by row.
pub fn is_made_of_rows(input: &Input, plan: &Plan) -> bool {
    matches!(shape(input, plan), Ok(Shape::Lines(_) | Shape::Parquet))
}

/// A file that counts the bytes read from it.
struct Counted {
    file: File,
    bytes: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.file.read(buffer)?;
        self.bytes.set(self.bytes.get() + got as u64);
        Ok(got)
    }
}

fn lines(input: &Input, plan: &Plan, dialect: Dialect, from: (u64, u64), take: &mut dyn Take) -> Result<()> {
    let bytes = Rc::new(Cell::new(0));
    let opened = File::open(&input.path).map(|file| Counted { file, bytes: Rc::clone(&bytes) });
    let mut blocks = match opened.and_then(stream).and_then(|s| Blocks::new(s, from.0, from.1)) {
        Ok(blocks) => blocks,
        Err(error) => {
            take.watch().failed(Error::io(&input.path, error));
            return Ok(());
        }
    };
    let read = Read1 { input, name: input.path.display().to_string(), dialect, columns: &plan.columns };
    loop {
        let mut comments = 0;
        match blocks.next() {
            Ok(None) => return Ok(()),
            Ok(Some(Block::Lines(first, bytes))) => comments = read.block(first, bytes, take)?,
            Ok(Some(Block::TooLong(line))) => take.watch().found(&[read.too_long(line)]),
            Err(error) => {
                let message = format!("{error}; what stands before was read");
                take.watch().failed(Error::io(&input.path, io::Error::other(message)));
                return Ok(());
            }
        }
        take.watch().advance(bytes.replace(0), comments);
        if blocks.between_lines() {
            take.pause(blocks.position, blocks.line)?;
        }
    }
}

/// How the blocks of an input are read.
struct Read1<'i> {
    input: &'i Input,
    name: String,
    dialect: Dialect,
    columns: &'i Columns,
}

impl Read1<'_> {
    /// Reads lines; gives the number of comments.
    fn block(&self, first: u64, bytes: Vec<u8>, take: &mut dyn Take) -> Result<u64> {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return self.each(first, error.as_bytes(), take),
        };
        let own = self.dialect == Dialect::Ndjson && self.columns.is_empty();
        if take.wants_lines() && (own || self.columns.is_empty() && is_object_a_line(&text)) {
            return self.each(first, text.as_bytes(), take);
        }
        let source = Source::from_text(&self.name, text)?;
        let parsed = parse_with(&source, Some(self.dialect), self.columns)?;
        let broken = |d: &Diagnostic| matches!(d.code, Code::LineSkipped | Code::ExportCut);
        // Other readers may lose a neighbour of a broken line.
        if !own && parsed.diagnostics.iter().any(broken) {
            return self.each(first, source.as_str().as_bytes(), take);
        }
        self.tell(first, parsed.diagnostics, take);
        self.give(first, &parsed.threads, take)
    }

    /// Reads each line by itself.
    fn each(&self, first: u64, bytes: &[u8], take: &mut dyn Take) -> Result<u64> {
        let mut comments = 0;
        for (number, line) in (first..).zip(bytes.split(|b| *b == b'\n')) {
            match std::str::from_utf8(line) {
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => {
                    let source = Source::from_text(&self.name, text.to_owned())?;
                    let parsed = parse_with(&source, Some(self.dialect), self.columns)?;
                    self.tell(number, parsed.diagnostics, take);
                    comments += self.give(number, &parsed.threads, take)?;
                }
                Err(error) => {
                    let before = &line[..error.valid_up_to()];
                    let column = String::from_utf8_lossy(before).chars().count() + 1;
                    take.watch().found(&[self.skipped(number, column, "this line is no UTF-8")]);
                }
            }
        }
        Ok(comments)
    }

    /// Passes findings on with their line in the input. What a block does not hold may stand in another.
    fn tell(&self, first: u64, mut found: Vec<Diagnostic>, take: &mut dyn Take) {
        found.retain(|d| !matches!(d.code, Code::ParentMissing | Code::Empty));
        for diagnostic in &mut found {
            diagnostic.line += first as usize - 1;
            diagnostic.span = None;
        }
        if !found.is_empty() {
            take.watch().found(&found);
        }
    }

    /// Gives the comments of lines, of which `first` is the first.
    fn give(&self, first: u64, threads: &[Thread], take: &mut dyn Take) -> Result<u64> {
        let mut comments = 0;
        for thread in threads {
            for (id, comment) in thread.comments() {
                // Placeholders come anew where the whole thread is known.
                let placeholder = comment.body == Body::Missing && comment.parent.is_none();
                if !(placeholder && comment.key.is_some()) {
                    take.row(row(self.input, &self.name, thread, id, comment), first + comments)?;
                    comments += 1;
                }
            }
        }
        Ok(comments)
    }

    fn too_long(&self, line: u64) -> Diagnostic {
        self.skipped(line, 1, "this line is longer than 16 MiB")
    }

    fn skipped(&self, line: u64, column: usize, message: &str) -> Diagnostic {
        skipped(&self.name, line, column, message.to_owned())
    }
}

/// True unless an object may go on over several lines.
fn is_object_a_line(text: &str) -> bool {
    text.lines().all(|line| line.is_empty() || line.starts_with('{'))
}

/// A line or row that was left out.
fn skipped(file: &str, line: u64, column: usize, message: String) -> Diagnostic {
    let help = "it was left out, the others were read";
    let found = Diagnostic::whole(file, Code::LineSkipped, Severity::Warning, message, help);
    Diagnostic { line: line as usize, column, ..found }
}

/// Reads an input at once.
fn whole(input: &Input, plan: &Plan, take: &mut dyn Take) -> Result<()> {
    let parsed =
        Source::read(&input.path).and_then(|s| Ok((parse_with(&s, plan.dialect, &plan.columns)?, s)));
    let (parsed, source) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            take.watch().failed(error);
            return Ok(());
        }
    };
    take.watch().found(&parsed.diagnostics);
    for thread in &parsed.threads {
        for (id, comment) in thread.comments() {
            take.row(row(input, source.name(), thread, id, comment), 1)?;
        }
    }
    Ok(())
}

/// A comment as a row. A thread and a file that the input does not name are called as the input is.
fn row(input: &Input, source: &str, thread: &Thread, id: CommentId, comment: &Comment) -> Row {
    let file_name = input.path.file_name().is_some_and(|n| n.to_string_lossy() == thread.id.as_str());
    let file = if thread.origin.file == source { &input.name } else { &thread.origin.file };
    Row {
        thread_id: Some(if file_name { input.name.clone() } else { thread.id.clone() }),
        id: Some(key(thread, id)),
        parent_id: thread.parent(id).map(|p| key(thread, p)),
        author: comment.author.as_ref().map(address),
        score: comment.score.map(|s| s.value as f64),
        created: comment.created.clone(),
        subject: comment.subject.clone(),
        state: match comment.body {
            Body::Written(_) => None,
            Body::Removed => Some("removed".to_owned()),
            Body::Missing => Some("missing".to_owned()),
        },
        file: Some(file.clone()),
        text: comment.body.text().map(|t| if t.span().start == 0 { t.raw().to_owned() } else { t.clean() }),
    }
}

fn key(thread: &Thread, id: CommentId) -> String {
    let own = thread.get(id).and_then(|c| c.key.clone());
    own.unwrap_or_else(|| format!("{}#{}", thread.id, id.0 + 1))
}

fn address(author: &Author) -> String {
    let Author { name, instance, .. } = author;
    instance.as_ref().map_or_else(|| name.clone(), |host| format!("{name}@{host}"))
}
