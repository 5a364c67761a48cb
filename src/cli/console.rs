//! What goes to standard error, and what the run's exit code will be.

use crate::cli::snippet::snippet;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::report::Paint;
use crate::source::Source;
use crate::thread::{Body, Thread};
use crate::visible::visible;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

/// Findings with the same code that are shown for one input; the others are counted only.
const SHOWN: usize = 20;

/// Writes diagnostics and keeps the books of a run: comments, gaps, duplicates, warnings, failures.
#[derive(Debug, Default)]
pub struct Console {
    comments: usize,
    gaps: usize,
    duplicates: usize,
    warnings: usize,
    failed: bool,
    noted: Vec<String>,
    width: usize,
}

impl Console {
    /// A console as wide as `COLUMNS` says, else as the terminal is, else 100 columns.
    pub fn new() -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let terminal = || Some(usize::from(terminal_size::terminal_size_of(io::stdout())?.0.0));
        let columns = columns.or_else(terminal);
        Console { width: columns.unwrap_or(100_usize).clamp(40, 400), ..Console::default() }
    }

    /// Colours for standard output: `--color`, else on a terminal unless `NO_COLOR` is set.
    pub fn paint(&self) -> Paint {
        Paint::new(anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never)
    }

    /// Columns that text may take.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Duplicates reported so far.
    pub fn duplicates(&self) -> u64 {
        self.duplicates as u64
    }

    /// Counts the comments and gaps of a thread.
    pub fn count(&mut self, thread: &Thread) {
        self.comments += thread.len();
        self.gaps += thread.comments().filter(|(_, c)| c.body == Body::Missing).count();
    }

    /// Sets the totals of a run that keeps its own books.
    pub fn total(&mut self, comments: u64, gaps: u64, duplicates: u64) {
        (self.comments, self.gaps) = (comments as usize, gaps as usize);
        self.duplicates = duplicates as usize;
    }

    /// Counts warnings that are not shown.
    pub fn unseen(&mut self, warnings: usize) {
        self.warnings += warnings;
    }

    /// Tells of findings that were not shown.
    pub fn more(&self, file: &str, code: Code, times: usize) {
        say(&format!("{}: … and {times} more [{}]\n", visible(file), code.as_str()));
    }

    /// Says something that is worth knowing and no finding.
    pub fn note(&self, text: &str) {
        say(&format!("note: {text}\n"));
    }

    /// As [`Console::note`], but once: a folder may be looked into twice.
    pub fn note_once(&mut self, text: String) {
        if !self.noted.contains(&text) {
            self.note(&text);
            self.noted.push(text);
        }
    }

    /// Reports a failure; the run goes on with the other inputs and ends with 2.
    pub fn fail(&mut self, error: &dyn Display) {
        self.failed = true;
        say(&format!("error: {}\n", visible(&error.to_string())));
    }

    /// Reports findings of one input, each with the line it stands in.
    pub fn report(&mut self, source: Option<&Source>, diagnostics: &[Diagnostic]) {
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        for found in diagnostics {
            let times = seen.entry(found.code).or_default();
            *times += 1;
            self.warnings += usize::from(found.severity == Severity::Warning);
            self.duplicates += usize::from(found.code == Code::Duplicate);
            if *times <= SHOWN {
                say(&self.render(source, found));
            }
        }
        for (code, times) in seen.iter().filter(|(_, times)| **times > SHOWN) {
            say(&format!("… and {} more [{}]\n", times - SHOWN, code.as_str()));
        }
    }

    /// Ends a run without inputs: 2 after a failure, 1 if the check did not hold.
    pub fn end(self, held: bool) -> ExitCode {
        match (self.failed, held) {
            (true, _) => ExitCode::from(2),
            (false, false) => ExitCode::from(1),
            (false, true) => ExitCode::SUCCESS,
        }
    }

    /// Writes the last line, and gives the exit code: 2 after a failure, 1 if `strict` and there were warnings.
    pub fn finish(self, strict: bool) -> ExitCode {
        let Console { comments, gaps, duplicates, warnings, .. } = self;
        let counts = [(comments, "comment"), (gaps, "gap"), (duplicates, "duplicate"), (warnings, "warning")];
        say(&(counts.map(|(n, what)| counted(n, what)).join(", ") + "\n"));
        match (self.failed, strict && warnings > 0) {
            (true, _) => ExitCode::from(2),
            (false, true) => ExitCode::from(1),
            (false, false) => ExitCode::SUCCESS,
        }
    }

    /// Gives the exit code without a last line, for commands that read nothing.
    pub fn quiet(self) -> ExitCode {
        if self.failed { ExitCode::from(2) } else { ExitCode::SUCCESS }
    }

    fn render(&self, source: Option<&Source>, found: &Diagnostic) -> String {
        let Diagnostic { file, line, column, .. } = found;
        let (code, message) = (found.code.as_str(), visible(&found.message));
        let (file, help) = (visible(file), visible(&found.help));
        if found.severity == Severity::Note {
            return format!("{file}:{line}:{column}: note[{code}]: {message} ({help})\n");
        }
        let snippet = source.and_then(|s| snippet(s, found.span?, self.width)).unwrap_or_default();
        format!("{file}:{line}:{column}: warning[{code}]: {message}\n{snippet}  help: {help}\n")
    }
}

/// `1 comment`, `2 comments`.
pub fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Runs `write` on standard output; a reader that has gone away is no failure.
pub fn to_stdout(
    console: &mut Console,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> ControlFlow<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            if error.kind() != io::ErrorKind::BrokenPipe {
                console.fail(&format!("standard output: {error}"));
            }
            ControlFlow::Break(())
        }
    }
}

/// Writes to standard error; there is nobody to tell if that fails.
fn say(text: &str) {
    drop(io::stderr().lock().write_all(text.as_bytes()));
}
