//! Reads and compiles the shipped rules when the program is built, so that it need not do so whenever it starts.
//!
//! What is written stands for the rule files and is read by [`RulePack::builtin`] alone; `--rules` goes the long way.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "the modules serve the library")]

#[path = "src/error.rs"]
mod error;
#[path = "src/kind.rs"]
mod kind;
#[path = "src/profile.rs"]
mod profile;
#[path = "src/rule/mod.rs"]
mod rule;
#[path = "src/source.rs"]
mod source;
#[path = "src/text/mod.rs"]
mod text;

/// Nothing is made yet.
mod digest {
    pub const PACK: &[u8] = &[];
    pub const BASE: &[u8] = &[];
}

/// Rule files are not packed.
mod unpack {
    pub fn unpack(bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
        Ok(bytes)
    }
}

use rule::{Base, RulePack};
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    for path in WATCHED {
        println!("cargo::rerun-if-changed={path}");
    }
    // A mistake in a rule stops no build: the program then reads the files when it starts, and says where it is.
    let (pack, base) = made().unwrap_or_else(|error| {
        println!("cargo::warning={error}");
        Default::default()
    });
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&folder).join("pack.bin"), pack)?;
    std::fs::write(Path::new(&folder).join("base.bin"), base)?;
    Ok(())
}

/// What the result depends on.
const WATCHED: [&str; 8] = [
    "build.rs",
    "rules",
    "src/error.rs",
    "src/kind.rs",
    "src/profile.rs",
    "src/rule",
    "src/source.rs",
    "src/text",
];

/// The pack and its base.
fn made() -> Result<(Vec<u8>, Vec<u8>)> {
    let pack = RulePack::shipped()?;
    Ok((postcard::to_allocvec(&pack)?, postcard::to_allocvec(&Base::new(&pack, |_| true))?))
}
