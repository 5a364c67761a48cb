//! What makes a step impossible. Everything survivable is a [`crate::Diagnostic`].

use crate::source::Source;
use std::path::PathBuf;

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A step could not be done. Each message names the file, the place and the way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file system refused.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The input is not text that can be read.
    #[error("{file}:{line}:{column}: {message}; {help}")]
    NotText {
        /// Name of the input.
        file: String,
        /// Line of the first bad byte, from 1.
        line: usize,
        /// Column of the first bad byte in characters, from 1.
        column: usize,
        /// What is wrong.
        message: String,
        /// The way out.
        help: String,
    },
    /// A page of no known shape, or of one from which comments cannot be told; see `docs/formats.md`.
    #[error(
        "{file}: {reason}; nearest dialects: {nearest}; docs/formats.md says what can be read and how to add a dialect"
    )]
    Shape {
        /// Name of the input.
        file: String,
        /// Why it was refused.
        reason: String,
        /// The dialects that fit best, each with its score.
        nearest: String,
    },
    /// A data file (rules, profile, outlets, gold) holds a mistake.
    #[error("{file}:{line}:{column}: {message}; {help}")]
    Data {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong.
        message: String,
        /// The way out.
        help: String,
    },
    /// Something named by the user does not exist.
    #[error("{what} `{name}` is unknown; {help}")]
    Unknown {
        /// The kind of thing: profile, rule, weights, dialect, figure.
        what: &'static str,
        /// The name given.
        name: String,
        /// The way out, with the names that exist.
        help: String,
    },
    /// A figure could not be drawn.
    #[error("figure {figure}: {message}")]
    Figure {
        /// File name of the figure without its ending.
        figure: String,
        /// What the drawing library said.
        message: String,
    },
}

impl Error {
    /// The file that it is about, and what is wrong with it; no file for what is about none.
    pub fn file_and_reason(&self) -> (String, String) {
        match self {
            Error::Io { path, source } => (path.display().to_string(), source.to_string()),
            Error::NotText { file, line, column, message, help }
            | Error::Data { file, line, column, message, help } => {
                (file.clone(), format!("line {line}, column {column}: {message}; {help}"))
            }
            Error::Shape { file, reason, nearest } => {
                (file.clone(), format!("{reason}; nearest dialects: {nearest}"))
            }
            Error::Unknown { .. } | Error::Figure { .. } => (String::new(), self.to_string()),
        }
    }

    /// Wraps what the system said about `path`.
    pub fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Error::Io { path: path.into(), source }
    }

    /// Places a TOML mistake.
    pub fn toml(file: &Source, error: &toml::de::Error, help: &str) -> Self {
        let start = error.span().map_or(0, |s| s.start as u32);
        Error::data(file, start, error.message(), help)
    }

    /// A mistake at a byte offset of a data file.
    pub fn data(file: &Source, offset: u32, message: &str, help: &str) -> Self {
        let (line, column) = file.line_column(offset);
        let (name, message, help) = (file.name().to_owned(), message.replace('\n', " "), help.to_owned());
        Error::Data { file: name, line, column, message, help }
    }
}
