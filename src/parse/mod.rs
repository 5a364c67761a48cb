//! From a [`Source`] to threads: detect the page family, read the page into events, assemble them.

mod article;
mod assemble;
mod atom;
mod date;
mod detect;
mod dialect;
mod event;
mod export;
mod line;

pub use article::{Article, Located};
pub use detect::{Detection, Dialect, detect};
pub use event::{Piece, Role};
pub use export::{Columns, FIELDS, Row, from_rows};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::source::Source;
use crate::thread::{Origin, Thread};
use assemble::{Assembled, assemble};
use dialect::refuse::refusal;
use dialect::{Page, REGISTRY};
use event::Events;
use line::rows;
use std::cell::OnceCell;
use std::path::Path;

/// What a source holds.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Parsed {
    /// The article or post, if there is one.
    pub article: Option<Article>,
    /// One thread for a page, possibly empty; for NDJSON one for each `thread_id` by first appearance.
    pub threads: Vec<Thread>,
    /// How the source was read.
    pub dialect: Dialect,
    /// What was repaired, is doubtful or could not be read, in page order.
    pub diagnostics: Vec<Diagnostic>,
    pieces: Vec<Piece>,
}

impl Parsed {
    /// The role of each line that is not blank, in page order. Nothing of a page is left out.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

/// Reads a source as `dialect`, or as the one that fits best.
///
/// ```
/// use threadstance::{Source, parse::parse};
/// let page = "Ferry late again\n1 Comment\nAda\nAs ever.\n".to_owned();
/// let parsed = parse(&Source::from_text("page.txt", page)?, None)?;
/// assert_eq!(parsed.threads[0].outline().to_string(), "1 Ada\n");
/// # Ok::<(), threadstance::Error>(())
/// ```
///
/// # Errors
/// [`Error::Shape`] for a page of no known shape or of one from which comments cannot be told; never with a `dialect`.
pub fn parse(source: &Source, dialect: Option<Dialect>) -> Result<Parsed> {
    parse_with(source, dialect, &Columns::default())
}

/// Reads a source like [`parse`]; CSV and NDJSON take the fields of a comment from the named columns.
///
/// # Errors
/// As [`parse`]; [`Error::Data`] for CSV without a column of words.
pub fn parse_with(source: &Source, dialect: Option<Dialect>, columns: &Columns) -> Result<Parsed> {
    if source.lines().all(|line| line.text.is_empty()) {
        return Ok(empty(source, dialect.unwrap_or(Dialect::Article)));
    }
    // Rows are made once, and only for what is not told to be an export before.
    let made = OnceCell::new();
    let rowed = || Page { source, rows: made.get_or_init(|| rows(source)) };
    let dialect = match dialect {
        Some(dialect) => dialect,
        None if !columns.is_empty() => mapped(source),
        None => best(source, &rowed)?,
    };
    Ok(match REGISTRY.iter().find(|family| family.dialect == dialect) {
        Some(family) => page(source, dialect, (family.read)(&rowed())),
        None => return export::read(source, dialect, columns),
    })
}

/// The format that takes columns.
fn mapped(source: &Source) -> Dialect {
    let object = source.as_str().trim_start_matches('\u{FEFF}').trim_start().starts_with(['{', '[']);
    if object { Dialect::Ndjson } else { Dialect::Csv }
}

/// The dialect that fits best, unless the page is to be refused.
fn best<'s>(source: &'s Source, page: &dyn Fn() -> Page<'s>) -> Result<Dialect> {
    let best = detect::best(source, page);
    match refusal(page, best) {
        None => Ok(best),
        Some(reason) => {
            let (file, reason) = (source.name().to_owned(), reason.to_owned());
            Err(Error::Shape { file, reason, nearest: detect::nearest(&detect(source)) })
        }
    }
}

fn empty(source: &Source, dialect: Dialect) -> Parsed {
    let help = "give a saved page or an export";
    let (code, severity) = (Code::Empty, Severity::Warning);
    let found = Diagnostic::whole(source.name(), code, severity, "the input is empty".to_owned(), help);
    let threads = vec![Thread::new(file_name(source), Origin::default(), Vec::new())];
    Parsed { article: None, threads, dialect, diagnostics: vec![found], pieces: Vec::new() }
}

fn page(source: &Source, dialect: Dialect, events: Events) -> Parsed {
    let Assembled { article, comments, mut diagnostics, pieces } = assemble(source, events);
    if comments.is_empty() && !pieces.iter().any(|p| p.role == Role::Heading) {
        diagnostics.push(no_comments(source));
    }
    let origin = origin(source, article.as_ref());
    let threads = vec![Thread::new(file_name(source), origin, comments)];
    Parsed { article, threads, dialect, diagnostics, pieces }
}

fn no_comments(source: &Source) -> Diagnostic {
    let help = "a page without comments is fine; `threadstance thread --why` says what was looked for";
    let message = "no comment section was recognised".to_owned();
    Diagnostic::whole(source.name(), Code::NoComments, Severity::Note, message, help)
}

fn origin(source: &Source, article: Option<&Article>) -> Origin {
    let text = |located: &Option<Located>| located.as_ref().map(|l| l.text.clone());
    Origin {
        file: source.name().to_owned(),
        title: article.and_then(|a| text(&a.title)),
        date: article.and_then(|a| text(&a.date)),
        url: article.and_then(|a| a.url(source)).map(str::to_owned),
        ..Origin::default()
    }
}

fn file_name(source: &Source) -> String {
    let name = Path::new(source.name()).file_name().map(|n| n.to_string_lossy().into_owned());
    name.unwrap_or_else(|| source.name().to_owned())
}
