//! The language of rules.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadstance::rule::Pattern;

fuzz_target!(|text: &str| {
    match Pattern::parse(text) {
        Ok(pattern) => assert!(!pattern.alternatives().is_empty(), "a pattern has something to match"),
        Err(error) => assert!(error.offset <= text.len(), "a mistake is placed inside the text"),
    }
});
