//! The parts of buckets: a thread may go on from one to the next.

use super::{Loaded, Page, Reading};
use crate::bulk::{Input, Plan, is_made_of_rows, sharing, together};
use crate::cli::console::Console;
use crate::cli::watch::Progress;
use crate::error::{Error, Result};
use crate::outlets::{Entry, Outlets};
use crate::report::Refused;
use crate::source::Source;
use std::path::Path;
use std::rc::Rc;

/// A file of a bucket.
pub(super) struct Part {
    pub input: Input,
    /// Its name in the folder it was found in, and what that knows; none for a file that was named by itself.
    pub listed: Option<(String, Rc<Outlets>)>,
}

impl Part {
    /// A part that was named by itself.
    pub fn alone(path: &Path) -> Self {
        Part { input: Input { path: path.to_owned(), name: path.display().to_string() }, listed: None }
    }
}

/// What could not be read, by the name of its input.
pub fn refused(error: &Error, inputs: &[Input]) -> Refused {
    let (file, reason) = error.file_and_reason();
    let input = inputs.iter().find(|input| input.path.display().to_string() == file);
    Refused { file: input.map_or(file, |input| input.name.clone()), reason }
}

impl Loaded {
    /// Reads parts; those of a bucket together.
    pub(super) fn parts(&mut self, parts: Vec<Part>, reading: &Reading, console: &mut Console) {
        for parts in sharing(parts, |part| &part.input.path) {
            match parts.as_slice() {
                [Part { input, listed: Some((name, outlets)) }]
                    if !is_made_of_rows(input, &plan(reading)) =>
                {
                    self.add(Source::read(&input.path), Some((name, outlets)), reading, console);
                }
                [Part { input, listed: None }] => self.file(&input.path, reading, console),
                parts => {
                    if let Err(error) = self.bucket(parts, reading, console) {
                        self.refuse(None, &error, console);
                    }
                }
            }
        }
    }

    fn bucket(&mut self, parts: &[Part], reading: &Reading, console: &mut Console) -> Result<()> {
        let inputs: Vec<Input> = parts.iter().map(|p| p.input.clone()).collect();
        let first = parts.first().map_or(Path::new(""), |p| &p.input.path);
        let shown = first.parent().unwrap_or(first).display().to_string();
        let entry = |p: &Part| p.listed.as_ref().and_then(|(name, outlets)| outlets.entry(name).cloned());
        let entries: Vec<Option<Entry>> = parts.iter().map(entry).collect();
        self.table(&shown, inputs, &entries, reading, console).map(drop)
    }

    /// Reads an input that is no text as a whole line by line, if it is made of lines: a broken one costs only itself. False
    /// if it holds no comment then.
    pub(super) fn by_lines(
        &mut self,
        listed: Option<(&str, &Outlets)>,
        error: &Error,
        reading: &Reading,
        console: &mut Console,
    ) -> bool {
        let Error::NotText { file, .. } = error else { return false };
        let name = listed.filter(|_| !self.several).map_or(file.as_str(), |l| l.0).to_owned();
        let input = Input { path: file.into(), name };
        let entry = listed.and_then(|(name, outlets)| outlets.entry(name)).cloned();
        is_made_of_rows(&input, &plan(reading))
            && self.table(file, vec![input], &[entry], reading, console).is_ok_and(|read| read)
    }

    /// Reads files as one page, shown so, with what is known of each; false if they hold no comment.
    fn table(
        &mut self,
        shown: &str,
        inputs: Vec<Input>,
        entries: &[Option<Entry>],
        reading: &Reading,
        console: &mut Console,
    ) -> Result<bool> {
        let mut progress = Progress::new(console);
        let parsed = together(shown, &inputs, &plan(reading), &mut progress);
        let failed = progress.finish(None);
        self.refused.extend(failed.iter().map(|error| refused(error, &inputs)));
        let Some((mut parsed, begins)) = parsed? else { return Ok(false) };
        for (thread, part) in parsed.threads.iter_mut().zip(begins) {
            if let Some(Some(entry)) = entries.get(part) {
                entry.complete(&mut thread.origin);
            }
            console.count(thread);
        }
        console.report(None, &parsed.diagnostics);
        let source = Source::from_text(shown, String::new())?;
        self.pages.push(Page { source, name: shown.to_owned(), parsed, parts: inputs });
        Ok(true)
    }
}

fn plan(reading: &Reading) -> Plan {
    let columns = reading.map.clone().unwrap_or_default();
    Plan { dialect: reading.dialect, columns, ..Plan::default() }
}
