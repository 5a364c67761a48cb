//! INPUT…: files, folders and standard input become parsed pages.

mod found;
mod parts;

use crate::bulk::{Input, bucket_name, has_buckets, several};
use crate::cli::console::Console;
use crate::error::{Error, Result};
use crate::outlets::{FILE_NAME, Outlets};
use crate::parse::{Columns, Dialect, Parsed, parse_with};
use crate::report::Refused;
use crate::source::Source;
pub use found::{ENDINGS, Found};
use parts::Part;
pub use parts::refused;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// How inputs are to be read.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Reading {
    /// Read every input as this dialect; docs/formats.md lists them
    #[arg(long, value_name = "NAME")]
    pub dialect: Option<Dialect>,
    /// Columns of CSV or keys of NDJSON that give the fields, as text=body,author=user
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    pub map: Option<Columns>,
    /// Cores to work on; all that there are without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

impl Reading {
    /// Sets the cores to work on; to be said before anything works on several.
    pub fn set_threads(&self) {
        if let Some(threads) = self.threads {
            // Fails only where the threads run already, which then go on.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
            let _ = pool.build_global();
        }
    }
}

/// One input, read and parsed.
#[derive(Debug)]
#[non_exhaustive]
pub struct Page {
    /// The text; its name is the path as given, for diagnostics.
    pub source: Source,
    /// Relative to the given folder, or as given; of several folders its path.
    pub name: String,
    /// Its threads; each `origin` is completed from `outlets.toml`, its `file` is relative to the given folder.
    pub parsed: Parsed,
    /// The files of a page that was read row by row, which leaves no text; else none.
    pub parts: Vec<Input>,
}

/// All inputs of a run that could be read, in order.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Loaded {
    /// The pages.
    pub pages: Vec<Page>,
    /// The profile that the first `outlets.toml` with one names.
    pub default_profile: Option<String>,
    /// An `outlets.toml` could not be read, so that its profile is not known.
    pub outlets_broken: bool,
    /// What could not be read.
    pub refused: Vec<Refused>,
    /// Several folders were given: a name relative to one may stand in another too.
    several: bool,
}

/// Reads files, folders (their files with one of the [`ENDINGS`] in sorted order, sub-folders too; hidden files are
/// skipped, and so is what a report wrote) and `-` (NDJSON on standard input). What cannot be read is reported on the console, and so are the
/// diagnostics of each page; the others go on. The parts of a bucket are one page, after all others.
pub fn load(inputs: &[String], reading: &Reading, console: &mut Console) -> Loaded {
    reading.set_threads();
    let mut loaded = Loaded { several: several(inputs.iter().map(Path::new)), ..Loaded::default() };
    let mut parts = Vec::new();
    for input in inputs {
        let path = Path::new(input);
        if input == "-" {
            let source = stdin();
            let lines = Reading { dialect: reading.dialect.or(Some(Dialect::Ndjson)), ..reading.clone() };
            loaded.add(source, None, &lines, console);
        } else if path.is_dir() {
            parts.extend(loaded.folder(path, reading, console));
        } else if bucket_name(path).is_some() {
            parts.push(Part::alone(path));
        } else {
            loaded.file(path, reading, console);
        }
    }
    loaded.parts(parts, reading, console);
    loaded
}

/// The files of inputs, and folders with buckets as they are, for commands that do not hold them in memory.
pub fn inputs(inputs: &[String], console: &mut Console) -> Vec<Input> {
    let (mut all, several) = (Vec::new(), several(inputs.iter().map(Path::new)));
    for input in inputs {
        let path = Path::new(input);
        if input == "-" {
            console.fail(&"-: standard input cannot be read twice; give a file");
        } else if path.is_dir() && !only_buckets(path) {
            let found = Found::of(path);
            found.tell(console);
            found.errors.iter().for_each(|error| console.fail(error));
            if found.files.is_empty() {
                console.fail(&format!("{input}: {}", no_pages()));
            }
            all.extend(found.files.into_iter().map(|file| Input::below(path, file, several)));
        } else {
            all.push(Input { path: path.to_owned(), name: input.clone() });
        }
    }
    all
}

/// True for a folder with buckets and no page beside them.
fn only_buckets(folder: &Path) -> bool {
    let below =
        |file: &PathBuf| bucket_name(file).is_some() && file.parent().and_then(Path::parent) == Some(folder);
    has_buckets(folder) && Found::of(folder).files.iter().all(below)
}

impl Loaded {
    /// Nothing of inputs that are not held but the profile that their `outlets.toml` name.
    pub fn profile_of(inputs: &[String], console: &mut Console) -> Self {
        let mut loaded = Loaded::default();
        let beside = |path: &Path| path.with_file_name(FILE_NAME);
        let of = |path: &Path| if path.is_dir() { path.join(FILE_NAME) } else { beside(path) };
        for file in inputs.iter().map(|input| of(Path::new(input))).filter(|file| file.is_file()) {
            match read_outlets(&file) {
                Ok((outlets, _)) => loaded.default_profile = loaded.default_profile.or(outlets.profile),
                Err(error) => {
                    loaded.outlets_broken = true;
                    console.fail(&error);
                }
            }
        }
        loaded
    }

    /// True, and said so, if no input could be read: a mistyped name must not put an empty file in the place of a good one.
    pub fn nothing_read(&self, console: &Console) -> bool {
        if self.pages.is_empty() {
            console.note("no input could be read: nothing is written");
        }
        self.pages.is_empty()
    }

    /// Tells of an input that could not be read, and keeps that; `name` is the one it goes by.
    fn refuse(&mut self, name: Option<&str>, error: &Error, console: &mut Console) {
        console.fail(error);
        let (file, reason) = error.file_and_reason();
        let name = name.filter(|_| !self.several);
        self.refused.push(Refused { file: name.map_or(file, str::to_owned), reason });
    }

    /// A file by itself: the `outlets.toml` beside it counts, its path stays as given.
    fn file(&mut self, path: &Path, reading: &Reading, console: &mut Console) {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let beside = folder.join(FILE_NAME);
        let outlets =
            if beside.is_file() { read_outlets(&beside).map(|o| o.0) } else { Ok(Outlets::default()) };
        let outlets = outlets.unwrap_or_else(|error| {
            self.outlets_broken = true;
            console.fail(&error);
            Outlets::default()
        });
        if self.default_profile.is_none() {
            self.default_profile.clone_from(&outlets.profile);
        }
        let from = self.pages.len();
        self.add(Source::read(path), None, reading, console);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some(entry) = outlets.entry(&name) {
            let pages = self.pages.iter_mut().skip(from);
            pages.flat_map(|p| &mut p.parsed.threads).for_each(|thread| entry.complete(&mut thread.origin));
        }
    }

    /// Reads the files of a folder, but for the parts of buckets, which it gives.
    fn folder(&mut self, folder: &Path, reading: &Reading, console: &mut Console) -> Vec<Part> {
        let found = Found::of(folder);
        found.tell(console);
        let Found { files, errors, .. } = found;
        errors.iter().for_each(|error| self.refuse(None, error, console));
        if files.is_empty() {
            let (file, reason) = (folder.display().to_string(), no_pages());
            console.fail(&format!("{file}: {reason}"));
            self.refused.push(Refused { file, reason });
            return Vec::new();
        }
        let names: Vec<String> = files.iter().map(|f| Input::below(folder, f.clone(), false).name).collect();
        let outlets = outlets(folder, &names, console).unwrap_or_else(|| {
            self.outlets_broken = true;
            Outlets::default()
        });
        if self.default_profile.is_none() {
            self.default_profile.clone_from(&outlets.profile);
        }
        let (outlets, mut parts) = (Rc::new(outlets), Vec::new());
        for (file, name) in files.into_iter().zip(names) {
            if bucket_name(&file).is_some() {
                let input = Input::below(folder, file, self.several);
                parts.push(Part { input, listed: Some((name, Rc::clone(&outlets))) });
            } else {
                self.add(Source::read(&file), Some((&name, &outlets)), reading, console);
            }
        }
        parts
    }

    fn add(
        &mut self,
        source: Result<Source>,
        listed: Option<(&str, &Outlets)>,
        reading: &Reading,
        console: &mut Console,
    ) {
        let columns = reading.map.clone().unwrap_or_default();
        let parsed = |source| Ok((parse_with(&source, reading.dialect, &columns)?, source));
        match source.and_then(parsed) {
            Err(error) => {
                if !self.by_lines(listed, &error, reading, console) {
                    self.refuse(listed.map(|l| l.0), &error, console);
                }
            }
            Ok((mut parsed, source)) => {
                if let Some((name, outlets)) = listed {
                    complete(&mut parsed, &source, name, outlets);
                }
                console.report(Some(&source), &parsed.diagnostics);
                parsed.threads.iter().for_each(|thread| console.count(thread));
                let name = listed.filter(|_| !self.several).map_or(source.name(), |l| l.0).to_owned();
                self.pages.push(Page { source, name, parsed, parts: Vec::new() });
            }
        }
    }
}

fn complete(parsed: &mut Parsed, source: &Source, name: &str, outlets: &Outlets) {
    for thread in &mut parsed.threads {
        // An input that names its own file, as the program's own output does, is believed.
        if thread.origin.file == source.name() {
            name.clone_into(&mut thread.origin.file);
        }
        // Pages of the same name in two sub-folders are two threads.
        if name.rsplit('/').next() == Some(&thread.id) {
            name.clone_into(&mut thread.id);
        }
        if let Some(entry) = outlets.entry(name) {
            entry.complete(&mut thread.origin);
        }
    }
}

fn stdin() -> Result<Source> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Error::io("-", e))?;
    Source::from_bytes("-", bytes)
}

/// The folder's `outlets.toml`, empty if there is none; `None` for one that cannot be read, which is reported.
fn outlets(folder: &Path, names: &[String], console: &mut Console) -> Option<Outlets> {
    let path = folder.join(FILE_NAME);
    if !path.is_file() {
        return Some(Outlets::default());
    }
    match read_outlets(&path) {
        Ok((outlets, source)) => {
            console.report(Some(&source), &outlets.unused(&source, names));
            Some(outlets)
        }
        Err(error) => {
            console.fail(&error);
            None
        }
    }
}

fn read_outlets(path: &Path) -> Result<(Outlets, Source)> {
    let source = Source::read(path)?;
    Ok((Outlets::parse(&source)?, source))
}

fn no_pages() -> String {
    format!("the folder holds no page; looked for files ending in .{}", ENDINGS.join(", ."))
}
