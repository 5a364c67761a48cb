//! Holds the tests of `docs/schema`; see `tests/fits.rs`.
