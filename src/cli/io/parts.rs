//! The parts of buckets: a thread may go on from one to the next.

use super::{Loaded, Page, Reading};
use crate::bulk::{Input, Plan, bucket_name, is_made_of_lines, sharing, together};
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
    /// Those of the folder it was found in; none for a file that was named by itself.
    pub outlets: Option<Rc<Outlets>>,
}

impl Part {
    /// A part that was named by itself.
    pub fn alone(path: &Path) -> Self {
        Part { input: Input { path: path.to_owned(), name: path.display().to_string() }, outlets: None }
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
                [Part { input, outlets: Some(outlets) }] => {
                    let source = Source::read(&input.path);
                    self.add(source, Some((&input.name, outlets)), reading, console);
                }
                [Part { input, outlets: None }] => self.file(&input.path, reading, console),
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
        let entry = parts.iter().find_map(|p| p.outlets.as_ref()?.entry(&p.input.name));
        let name = bucket_name(first).unwrap_or_default();
        self.table((&shown, &name), inputs, entry, reading, console).map(drop)
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
        let name = listed.map_or(file.as_str(), |l| l.0).to_owned();
        let input = Input { path: file.into(), name: name.clone() };
        let entry = listed.and_then(|(name, outlets)| outlets.entry(name));
        is_made_of_lines(&input, &plan(reading))
            && self.table((file, &name), vec![input], entry, reading, console).is_ok_and(|read| read)
    }

    /// Reads files as one page, shown and named so; false if they hold no comment.
    fn table(
        &mut self,
        (shown, name): (&str, &str),
        inputs: Vec<Input>,
        entry: Option<&Entry>,
        reading: &Reading,
        console: &mut Console,
    ) -> Result<bool> {
        let mut progress = Progress::new(console);
        let parsed = together(shown, &inputs, &plan(reading), &mut progress);
        let failed = progress.finish(None);
        self.refused.extend(failed.iter().map(|error| refused(error, &inputs)));
        let Some(mut parsed) = parsed? else { return Ok(false) };
        for thread in &mut parsed.threads {
            entry.iter().for_each(|entry| entry.complete(&mut thread.origin));
            console.count(thread);
        }
        console.report(None, &parsed.diagnostics);
        let source = Source::from_text(shown, String::new())?;
        self.pages.push(Page { source, name: name.to_owned(), parsed, parts: inputs });
        Ok(true)
    }
}

fn plan(reading: &Reading) -> Plan {
    let columns = reading.map.clone().unwrap_or_default();
    Plan { dialect: reading.dialect, columns, ..Plan::default() }
}
