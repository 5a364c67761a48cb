//! The documents keep up with the program.

use threadstance::{Code, Dialect};

#[test]
fn every_code_is_explained_once_and_no_other() {
    let text = include_str!("../docs/diagnostics.md");
    let listed: Vec<&str> =
        text.lines().filter_map(|l| l.strip_prefix("| ")?.split(' ').next()).skip(1).collect();
    assert_eq!(listed, Code::ALL.map(Code::as_str));
}

#[test]
fn every_dialect_has_its_section() {
    let text = include_str!("../docs/formats.md");
    for dialect in Dialect::ALL {
        assert!(text.contains(&format!("\n## `{dialect}`: ")), "{dialect}");
    }
}
