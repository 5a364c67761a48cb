//! `reports/` is what the main command writes for `seeds/`: data and SVG byte for byte, PNG by size and pixels.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail loudly"
)]

use resvg::tiny_skia::Pixmap;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Mean difference of a colour channel, of 255, that another machine's arithmetic may make.
const TOLERANCE: f64 = 1.0;

fn names(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

fn difference(a: &[u8], b: &[u8]) -> f64 {
    let (a, b) = (Pixmap::decode_png(a).unwrap(), Pixmap::decode_png(b).unwrap());
    assert_eq!((a.width(), a.height()), (b.width(), b.height()));
    let sum: u64 = a.data().iter().zip(b.data()).map(|(x, y)| u64::from(x.abs_diff(*y))).sum();
    sum as f64 / a.data().len() as f64
}

#[test]
fn reports_are_what_the_main_command_writes() {
    let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports");
    let _ = std::fs::remove_dir_all(&fresh);
    let status = Command::new(env!("CARGO_BIN_EXE_threadstance"))
        .args(["report", "seeds", "--out"])
        .arg(&fresh)
        .env_remove("COLUMNS")
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    let kept = Path::new("reports");
    let help = "write it anew: cargo run --release -- report seeds --out reports";
    assert_eq!(names(kept), names(&fresh), "{help}");
    for name in names(&fresh) {
        let (old, new) =
            (std::fs::read(kept.join(&name)).unwrap(), std::fs::read(fresh.join(&name)).unwrap());
        if name.ends_with(".png") {
            assert!(difference(&old, &new) <= TOLERANCE, "{name} is stale; {help}");
        } else {
            assert!(old == new, "{name} is stale; {help}");
        }
    }
}
