//! Exports: the first byte selects the format; what is read is written in every form and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadstance::convert::{Target, convert};
use threadstance::{Dialect, Source, parse};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, text)) = bytes.split_first() else { return };
    let exports: Vec<Dialect> = Dialect::ALL.iter().copied().filter(|d| d.is_export()).collect();
    let Ok(source) = Source::from_bytes("export", text.to_vec()) else { return };
    let Ok(parsed) = parse(&source, Some(exports[usize::from(*choice) % exports.len()])) else { return };
    let comments =
        |threads: &[threadstance::Thread]| threads.iter().map(|t| t.comments().len()).sum::<usize>();
    let mut out = Vec::new();
    convert(&parsed.threads, Target::Ndjson, &mut out, "out").unwrap();
    let again = Source::from_bytes("again.ndjson", out).and_then(|s| parse(&s, Some(Dialect::Ndjson)));
    if let Ok(again) = again {
        assert_eq!(comments(&again.threads), comments(&parsed.threads), "what is written is read again");
    }
});
