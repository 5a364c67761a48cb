//! `summary.json`.

use super::summary::Summary;
use crate::error::{Error, Result};
use serde::Serialize;
use std::io::{self, Write};

/// The summary as JSON: indented, keys in a fixed order, numbers with four decimals, a line end at the end.
///
/// # Errors
/// [`Error::Data`] if serialisation fails, which plain data do not.
pub fn json(summary: &Summary) -> Result<String> {
    pretty("summary.json", summary)
}

/// As [`json()`], written piece by piece.
///
/// # Errors
/// [`Error::Io`] if `out` refuses.
pub(super) fn write_json(summary: &Summary, out: &mut dyn Write) -> Result<()> {
    let done = serde_json::to_writer_pretty(&mut *out, summary).map_err(io::Error::from);
    done.and_then(|()| out.write_all(b"\n")).map_err(|e| Error::io("summary.json", e))
}

/// Any plain data as indented JSON.
pub(super) fn pretty(file: &str, data: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string_pretty(data).map_err(|e| failed(file, &e))?;
    Ok(text + "\n")
}

/// Any plain data as JSON on one line.
pub(super) fn compact(file: &str, data: &impl Serialize) -> Result<String> {
    serde_json::to_string(data).map_err(|e| failed(file, &e))
}

fn failed(file: &str, error: &serde_json::Error) -> Error {
    Error::Data {
        file: file.to_owned(),
        line: error.line().max(1),
        column: error.column().max(1),
        message: error.to_string(),
        help: "this is a mistake of the program; please report it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::report::sample::small;
    use crate::report::{About, summarize};
    use serde_json::{Value, json};

    #[test]
    fn the_shape() {
        let sample = small();
        let text = super::json(&summarize(&sample.labelled(), &About::default(), 0.95)).unwrap();
        let data: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(data["header"]["gaps"], json!(1));
        assert_eq!(data["header"]["profile"], Value::Null);
        assert_eq!(data["outlets"][0]["stance"]["deny"]["low"], json!(0.0615));
        assert_eq!(data["outlets"][2]["stance"]["deny"]["share"], Value::Null);
        assert_eq!(data["threads"][0]["top_deny"]["author"], json!("bo@isle.example"));
        assert_eq!(data["threads"][0]["weightiest"][0]["quotes"][0]["quote"], json!("did steal it"));
        assert!(text.ends_with("}\n"));
    }
}
