//! One direction: a module uses only what stands to its left.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use std::path::{Path, PathBuf};

/// Modules from left to right; those of one entry may use each other.
const ORDER: [&[&str]; 24] = [
    &["visible"],
    &["packing"],
    &["columns"],
    &["unpack"],
    &["error", "source"],
    &["diagnostic"],
    &["thread"],
    &["outlets"],
    &["parse"],
    &["convert"],
    &["text"],
    &["kind"],
    &["profile"],
    &["digest"],
    &["rule"],
    &["profile_check"],
    &["label"],
    &["gold", "stats"],
    &["voice"],
    &["fit"],
    &["report"],
    &["coding"],
    &["bulk"],
    &["cli"],
];

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|m| m.contains(&module))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out
}

/// Modules named after `crate::` in a file, tests included.
fn used(text: &str) -> Vec<String> {
    let names = text.split("crate::").skip(1);
    names.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

#[test]
fn modules_use_only_what_stands_to_their_left() {
    let mut wrong = Vec::new();
    for file in files(Path::new("src")) {
        let relative = file.strip_prefix("src").unwrap();
        let module = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if matches!(module, "lib" | "main") {
            continue;
        }
        let own = rank(module).unwrap_or_else(|| panic!("{module} is missing in ORDER"));
        let text = std::fs::read_to_string(&file).unwrap();
        for name in used(&text) {
            if rank(&name).is_some_and(|r| r > own) {
                wrong.push(format!("{} uses {name}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small() {
    let long = |p: &PathBuf| std::fs::read_to_string(p).unwrap().lines().count() > 500;
    let wrong: Vec<PathBuf> = files(Path::new("src")).into_iter().filter(long).collect();
    assert!(wrong.is_empty(), "above 500 lines: {wrong:?}");
}
