//! Survivable findings, with stable codes.

use crate::source::{Source, Span};
use serde::Serialize;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Something was repaired or lost; fails a run under `--strict`.
    Warning,
}

/// The registry of findings. A code is never reused; `P` stands for parsing, `L` for labelling, `R` for reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// P01: the input holds nothing.
    Empty,
    /// P02: no comment section was recognised.
    NoComments,
    /// P03: a comment's parent is not on the page.
    ParentMissing,
    /// P04: indentation was repaired.
    IndentRepaired,
    /// P05: the page ends inside a comment header.
    HeaderCut,
    /// P06: two readings are possible; the doubtful value is marked.
    Ambiguous,
    /// P07: the same comment twice; merged.
    Duplicate,
    /// P08: an input line could not be read and was left out.
    LineSkipped,
    /// P09: replies form a circle; cut open.
    ParentCycle,
    /// P10: the announced number of comments is not the number found.
    CountDiffers,
    /// P11: text below the comments belongs to none of them; left out.
    TextOutside,
    /// P12: the page does not say which comment replies to which.
    TreeUnknown,
    /// P13: the page names no authors.
    AuthorsUnknown,
    /// P14: the export ends before it is complete.
    ExportCut,
    /// P15: the export announces comments that it does not hold.
    NotLoaded,
    /// L01: no profile; only the generic rules run.
    NoProfile,
    /// L02: a profile alias never occurs in the input.
    AliasUnused,
    /// R01: a name holds characters the embedded font lacks.
    GlyphMissing,
    /// R02: an entry of outlets.toml names no input.
    OutletUnused,
    /// L03: a list that a profile needs is empty.
    ListEmpty,
    /// L04: no word of a list that a profile needs occurs in the input.
    RoleAbsent,
    /// L05: a word stands for two roles.
    AliasAmbiguous,
    /// L06: a frequent name of the input stands in no role.
    NameUnplaced,
    /// L07: a coder's label is none of the labels asked for.
    LabelUnknown,
    /// L08: a coded comment is not in the input.
    CodedUnknown,
}

impl Code {
    /// Every code, in order.
    pub const ALL: [Code; 25] = [
        Code::Empty,
        Code::NoComments,
        Code::ParentMissing,
        Code::IndentRepaired,
        Code::HeaderCut,
        Code::Ambiguous,
        Code::Duplicate,
        Code::LineSkipped,
        Code::ParentCycle,
        Code::CountDiffers,
        Code::TextOutside,
        Code::TreeUnknown,
        Code::AuthorsUnknown,
        Code::ExportCut,
        Code::NotLoaded,
        Code::NoProfile,
        Code::AliasUnused,
        Code::GlyphMissing,
        Code::OutletUnused,
        Code::ListEmpty,
        Code::RoleAbsent,
        Code::AliasAmbiguous,
        Code::NameUnplaced,
        Code::LabelUnknown,
        Code::CodedUnknown,
    ];

    /// The stable name, as `P03`.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Empty => "P01",
            Code::NoComments => "P02",
            Code::ParentMissing => "P03",
            Code::IndentRepaired => "P04",
            Code::HeaderCut => "P05",
            Code::Ambiguous => "P06",
            Code::Duplicate => "P07",
            Code::LineSkipped => "P08",
            Code::ParentCycle => "P09",
            Code::CountDiffers => "P10",
            Code::TextOutside => "P11",
            Code::TreeUnknown => "P12",
            Code::AuthorsUnknown => "P13",
            Code::ExportCut => "P14",
            Code::NotLoaded => "P15",
            Code::NoProfile => "L01",
            Code::AliasUnused => "L02",
            Code::GlyphMissing => "R01",
            Code::OutletUnused => "R02",
            Code::ListEmpty => "L03",
            Code::RoleAbsent => "L04",
            Code::AliasAmbiguous => "L05",
            Code::NameUnplaced => "L06",
            Code::LabelUnknown => "L07",
            Code::CodedUnknown => "L08",
        }
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let codes: Vec<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
        schemars::json_schema!({"description": "Code of a finding.", "type": "string", "enum": codes})
    }
}

/// One survivable finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// Name of the input.
    pub file: String,
    /// Where it stands in the input, if it stands anywhere.
    pub span: Option<Span>,
    /// Line and column from 1 of the span's start; 1, 1 without a span.
    pub line: usize,
    /// See `line`.
    pub column: usize,
    /// What was found.
    pub message: String,
    /// What was done or can be done.
    pub help: String,
}

impl Diagnostic {
    /// A finding at a place of a source.
    pub fn at(
        source: &Source,
        span: Span,
        code: Code,
        severity: Severity,
        message: String,
        help: &str,
    ) -> Self {
        let (line, column) = source.line_column(span.start);
        let (file, help) = (source.name().to_owned(), help.to_owned());
        Diagnostic { code, severity, file, span: Some(span), line, column, message, help }
    }

    /// A finding about an input as a whole.
    pub fn whole(file: &str, code: Code, severity: Severity, message: String, help: &str) -> Self {
        let (file, help) = (file.to_owned(), help.to_owned());
        Diagnostic { code, severity, file, span: None, line: 1, column: 1, message, help }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique() {
        let names: BTreeSet<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
