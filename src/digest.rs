//! The shipped pack, read and compiled by `build.rs`. Empty where that is what is being done.

/// `RulePack::shipped` as postcard.
pub const PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pack.bin"));

/// `Base` of it as postcard.
pub const BASE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/base.bin"));
