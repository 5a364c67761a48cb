//! Texts: read as found, and forced into the dialect that the first byte selects.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadstance::{Dialect, Source, parse};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, text)) = bytes.split_first() else { return };
    let Ok(source) = Source::from_bytes("page.txt", text.to_vec()) else { return };
    let forced = Dialect::ALL[usize::from(*choice) % Dialect::ALL.len()];
    for dialect in [None, Some(forced)] {
        let Ok(parsed) = parse(&source, dialect) else { continue };
        let lines = source.lines().map(|l| l.text.trim()).filter(|l| !l.is_empty());
        assert!(parsed.pieces().iter().map(|p| source.text(p.span)).eq(lines), "each line has one role");
        for thread in &parsed.threads {
            assert_eq!(thread.walk().count(), thread.comments().len(), "each comment has one place");
        }
    }
});
