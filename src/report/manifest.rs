//! `manifest.json`: from what, by what and how a report was made; no dates, so that equal input gives equal bytes.

use super::chart::{Figure, Theme};
use super::json::pretty;
use super::summary::{Pack, Summary};
use super::write::WriteOptions;
use crate::error::Result;
use crate::source::Source;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// An input of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Its name, relative to the given folder or as given.
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
}

impl From<&Source> for Input {
    fn from(source: &Source) -> Self {
        Input::new(source.name(), source.as_str().as_bytes())
    }
}

#[derive(Serialize)]
struct Manifest<'m> {
    program: &'m str,
    version: &'m str,
    pack: &'m Pack,
    profile: Option<&'m str>,
    confidence: f64,
    options: Options<'m>,
    inputs: &'m [Input],
    files: &'m [String],
}

#[derive(Serialize)]
struct Options<'m> {
    html: bool,
    redacted: bool,
    quote_limit: Option<usize>,
    figures: &'m [Figure],
    theme: Theme,
    width: u32,
    dpi: u32,
    title: Option<&'m str>,
    /// SHA-256 of each font file that was added.
    fonts: Vec<String>,
}

/// The manifest as JSON.
///
/// # Errors
/// As [`super::json()`].
pub fn manifest(summary: &Summary, options: &WriteOptions, files: &[String]) -> Result<String> {
    let WriteOptions { figures, style, inputs, .. } = options;
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
        options,
        inputs,
        files,
    };
    pretty("manifest.json", &manifest)
}

/// SHA-256 in hexadecimal.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
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
