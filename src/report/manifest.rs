//! `manifest.json`: from what, by what and how a report was made; no dates, so that equal input gives equal bytes.

use super::chart::{Figure, Theme};
use super::json::pretty;
use super::summary::{Pack, Refused, Summary};
use super::write::WriteOptions;
use crate::error::{Error, Result};
use crate::source::Source;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// An input of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Input {
    /// Its name, relative to the given folder or as given; of several folders with the folder.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Input {
    /// Names and fingerprints the bytes of an input.
    pub fn new(file: &str, bytes: &[u8]) -> Self {
        Input { file: file.to_owned(), bytes: bytes.len() as u64, sha256: fingerprint(bytes) }
    }

    /// Names and fingerprints a file as it lies on the disk, without holding it.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be read.
    pub fn of_file(file: &str, path: &Path) -> Result<Self> {
        let failed = |e| Error::io(path, e);
        let (mut reader, mut hash) = (File::open(path).map_err(failed)?, Sha256::new());
        let (mut buffer, mut bytes) = (vec![0; 1 << 16], 0);
        loop {
            match reader.read(&mut buffer).map_err(failed)? {
                0 => break,
                n => {
                    hash.update(buffer.get(..n).unwrap_or_default());
                    bytes += n as u64;
                }
            }
        }
        Ok(Input { file: file.to_owned(), bytes, sha256: hexadecimal(&hash.finalize()) })
    }
}

impl From<&Source> for Input {
    fn from(source: &Source) -> Self {
        Input::new(source.name(), source.as_str().as_bytes())
    }
}

/// A file beside the inputs that decides what is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Material {
    /// What it is: `profile`, `weights`, `rules`, `outlets`, `font` or `gold`.
    pub role: &'static str,
    /// The file; for a shipped one its place in the sources.
    #[serde(flatten)]
    pub input: Input,
}

/// From what, by what and how a report was made.
#[derive(Serialize, schemars::JsonSchema)]
pub struct Manifest<'m> {
    /// Name of the program.
    program: &'m str,
    /// Its version, which stands for the shipped rules too.
    version: &'m str,
    /// The rule pack.
    pack: &'m Pack,
    /// Id of the profile; null where only the generic rules ran.
    profile: Option<&'m str>,
    /// Two-sided confidence of the intervals.
    confidence: f64,
    /// The command that gives the same bytes again, run from the same folder with `--out`, and with `--redact` and the salt
    /// (which stands nowhere) if `options.redacted`.
    arguments: &'m [String],
    /// The options, defaults included.
    options: Options<'m>,
    /// The inputs that were read to their end, in order.
    inputs: Vec<&'m Input>,
    /// Inputs that were not read, or not to their end; left out where there are none.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    refused: &'m [Refused],
    /// Profile, weights and the like.
    materials: &'m [Material],
    /// What was written beside this file.
    files: &'m [String],
}

/// Options of a report.
#[derive(Serialize, schemars::JsonSchema)]
struct Options<'m> {
    /// `report.html` was asked for.
    html: bool,
    /// Authors stand under other names.
    redacted: bool,
    /// Characters that quotations are cut to.
    quote_limit: Option<usize>,
    /// The figures asked for.
    figures: &'m [Figure],
    /// Ground and ink.
    theme: Theme,
    /// Width of the figures in pixels.
    width: u32,
    /// Dots an inch of the PNG files.
    dpi: u32,
    /// The user's title.
    title: Option<&'m str>,
    /// SHA-256 of each font file that was added.
    fonts: Vec<String>,
}

/// The manifest as JSON.
///
/// # Errors
/// As [`super::json()`].
pub fn manifest(summary: &Summary, options: &WriteOptions, files: &[String]) -> Result<String> {
    let WriteOptions { figures, style, inputs, arguments, materials, .. } = options;
    let header = &summary.header;
    let options = Options {
        html: options.page.is_some(),
        redacted: options.redacted,
        quote_limit: options.quote_limit,
        figures,
        theme: style.theme,
        width: style.width,
        dpi: style.dpi,
        title: style.title.as_deref(),
        fonts: style.fonts.iter().map(|f| fingerprint(f)).collect(),
    };
    let manifest = Manifest {
        program: header.program,
        version: header.version,
        pack: &header.pack,
        profile: header.profile.as_deref(),
        confidence: header.confidence,
        arguments,
        options,
        inputs: inputs.iter().filter(|i| !summary.refused.iter().any(|r| r.file == i.file)).collect(),
        refused: &summary.refused,
        materials,
        files,
    };
    pretty("manifest.json", &manifest)
}

/// SHA-256 in hexadecimal.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    hexadecimal(&digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// SHA-256.
pub(super) fn digest(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_fingerprinted() {
        // FIPS 180-4, the example of one block.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Input::new("a", b"abc").sha256, expected);
    }
}
