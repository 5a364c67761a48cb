//! Labelled comments as NDJSON. The bytes are those of serde's [`Record`]; written by hand, since a third of the time
//! of a run went into them.

use super::record::{EvidenceRecord, Record};
use crate::label::Labelled;

/// Appends one line for each labelled comment of a thread, in reading order.
pub fn write_lines(labelled: &Labelled<'_>, out: &mut Vec<u8>) {
    for id in labelled.thread.walk() {
        if let Some(record) = Record::new(labelled, id) {
            write_line(&record, out);
        }
    }
}

/// Appends a record and a line end.
pub fn write_line(record: &Record<'_>, out: &mut Vec<u8>) {
    text(out, b"{\"file\":", record.file);
    text(out, b",\"thread_id\":", record.thread_id);
    text(out, b",\"path\":", &record.path);
    text(out, b",\"id\":", &record.id);
    maybe(out, b",\"parent_id\":", record.parent_id.as_deref());
    maybe(out, b",\"author\":", record.author.as_deref());
    if let Some(subject) = record.subject {
        text(out, b",\"subject\":", subject);
    }
    text(out, b",\"text\":", &record.text);
    out.extend_from_slice(b",\"score\":");
    match record.score {
        Some(score) => whole(out, score),
        None => out.extend_from_slice(b"null"),
    }
    plain(out, b",\"stance\":\"", record.stance.as_str());
    let p = &record.probabilities;
    number(out, b"\",\"probabilities\":{\"support\":", p.support);
    number(out, b",\"deny\":", p.deny);
    number(out, b",\"query\":", p.query);
    number(out, b",\"comment\":", p.comment);
    number(out, b"},\"confidence\":", record.confidence);
    plain(out, b",\"unsure\":", if record.unsure { "true" } else { "false" });
    plain(out, b",\"sentiment\":\"", record.sentiment.as_str());
    number(out, b"\",\"sentiment_score\":", record.sentiment_score);
    out.extend_from_slice(b",\"aspects\":[");
    for (i, aspect) in record.aspects.iter().enumerate() {
        plain(out, if i == 0 { b"\"" } else { b",\"" }, aspect.as_str());
        out.push(b'"');
    }
    out.extend_from_slice(b"],\"evidence\":[");
    for (i, found) in record.evidence.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        evidence(out, found);
    }
    out.extend_from_slice(b"]}\n");
}

fn evidence(out: &mut Vec<u8>, found: &EvidenceRecord<'_>) {
    text(out, b"{\"rule\":", found.rule);
    out.extend_from_slice(b",\"start\":");
    whole(out, found.start.into());
    out.extend_from_slice(b",\"end\":");
    whole(out, found.end.into());
    text(out, b",\"quote\":", found.quote);
    let effect = &found.effect;
    let sides = [("support", effect.support), ("deny", effect.deny), ("query", effect.query)];
    out.extend_from_slice(b",\"effect\":");
    let mut lead: &[u8] = b"{\"";
    for (name, value) in sides.into_iter().filter(|s| s.1 != 0.0) {
        plain(out, lead, name);
        number(out, b"\":", value);
        lead = b",\"";
    }
    out.extend_from_slice(if lead[0] == b'{' { b"{}}" } else { b"}}" });
}

fn plain(out: &mut Vec<u8>, lead: &[u8], value: &str) {
    out.extend_from_slice(lead);
    out.extend_from_slice(value.as_bytes());
}

fn maybe(out: &mut Vec<u8>, lead: &[u8], value: Option<&str>) {
    match value {
        Some(value) => text(out, lead, value),
        None => plain(out, lead, "null"),
    }
}

fn text(out: &mut Vec<u8>, lead: &[u8], value: &str) {
    out.extend_from_slice(lead);
    out.push(b'"');
    let mut rest = value.as_bytes();
    while let Some(at) = first_escaped(rest) {
        out.extend_from_slice(&rest[..at]);
        escape(out, rest[at]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// The first byte that JSON escapes: eight at a time, with the carry tricks for "is any byte zero, below 32".
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let escaped = |b: &u8| *b < 0x20 || matches!(b, b'"' | b'\\');
    let (words, _) = bytes.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let zero = |x: u64| x.wrapping_sub(ONES) & !x;
        let quote = zero(word ^ (ONES * 0x22));
        let slash = zero(word ^ (ONES * 0x5C));
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        if (quote | slash | control) & HIGH != 0
            && let Some(at) = bytes[i * 8..i * 8 + 8].iter().position(escaped)
        {
            return Some(i * 8 + at);
        }
    }
    let from = words.len() * 8;
    bytes[from..].iter().position(escaped).map(|at| from + at)
}

fn escape(out: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x0C => out.extend_from_slice(b"\\f"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        _ => {
            out.extend_from_slice(b"\\u00");
            out.push(HEX[usize::from(byte >> 4)]);
            out.push(HEX[usize::from(byte & 15)]);
        }
    }
}

fn whole(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// A number of at most four decimals digit by digit, which is its shortest form; others by serde.
fn number(out: &mut Vec<u8>, lead: &[u8], value: f64) {
    const PLACES: f64 = 10_000.0;
    out.extend_from_slice(lead);
    let scaled = (value * PLACES).round();
    if !(scaled.abs() < 1e9 && scaled / PLACES == value) || value == 0.0 && value.is_sign_negative() {
        return drop(serde_json::to_writer(out, &value));
    }
    let size = scaled.abs() as u64;
    if scaled < 0.0 {
        out.push(b'-');
    }
    out.extend_from_slice(itoa::Buffer::new().format(size / 10_000).as_bytes());
    out.push(b'.');
    let mut decimals = size % 10_000;
    let mut place = 1000;
    loop {
        out.push(b'0' + (decimals / place) as u8);
        decimals %= place;
        if decimals == 0 {
            return;
        }
        place /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;
    use crate::thread::CommentId;

    #[test]
    fn numbers_are_written_as_serde_writes_them() {
        let rounded = (-120_000..=120_000).map(|i| f64::from(i) / 10_000.0);
        for value in rounded.chain([-0.0, 1e-5, 0.1 + 0.2, 1e12, 123_456.789_1, f64::NAN, f64::MAX]) {
            let mut out = Vec::new();
            number(&mut out, b"", value);
            assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&value).unwrap());
        }
    }

    #[test]
    fn texts_are_escaped_as_serde_escapes_them() {
        let every: String = (0..0x3000).filter_map(char::from_u32).collect();
        for value in ["", "a", "1234567\"", "12345678\\", "\u{1}", &every, "é\u{7f}\u{80}ÿ\n\r\t\u{8}\u{c}"]
        {
            let mut out = Vec::new();
            text(&mut out, b"", value);
            assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(value).unwrap());
        }
    }

    #[test]
    fn lines_are_those_of_serde() {
        let sample = small();
        for page in &sample.labelled() {
            let (mut out, mut expected) = (Vec::new(), Vec::new());
            write_lines(page, &mut out);
            for record in page.thread.walk().filter_map(|id: CommentId| Record::new(page, id)) {
                serde_json::to_writer(&mut expected, &record).unwrap();
                expected.push(b'\n');
            }
            assert_eq!(String::from_utf8(out), String::from_utf8(expected));
        }
    }
}
