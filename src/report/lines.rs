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
    text(out, b"{\"file\":\"", record.file);
    text(out, b"\",\"thread_id\":\"", record.thread_id);
    plain(out, b"\",\"path\":\"", &record.path);
    text(out, b"\",\"id\":\"", &record.id);
    maybe(out, b"\",\"parent_id\":", record.parent_id.as_deref());
    maybe(out, b",\"author\":", record.author.as_deref());
    if let Some(subject) = record.subject {
        maybe(out, b",\"subject\":", Some(subject));
    }
    text(out, b",\"text\":\"", &record.text);
    constant(out, b"\",\"score\":");
    match record.score {
        Some(score) => whole(out, score),
        None => constant(out, b"null"),
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
    constant(out, b",\"aspects\":[");
    for (i, aspect) in record.aspects.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        plain(out, b"\"", aspect.as_str());
        out.push(b'"');
    }
    constant(out, b"],\"evidence\":[");
    for (i, found) in record.evidence.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        evidence(out, found);
    }
    constant(out, b"]}\n");
}

fn evidence(out: &mut Vec<u8>, found: &EvidenceRecord<'_>) {
    text(out, b"{\"rule\":\"", found.rule);
    constant(out, b"\",\"start\":");
    whole(out, found.start.into());
    constant(out, b",\"end\":");
    whole(out, found.end.into());
    text(out, b",\"quote\":\"", found.quote);
    constant(out, b"\",\"effect\":{");
    let effect = &found.effect;
    let from = out.len();
    if effect.support != 0.0 {
        number(out, b"\"support\":", effect.support);
    }
    if effect.deny != 0.0 {
        comma(out, from);
        number(out, b"\"deny\":", effect.deny);
    }
    if effect.query != 0.0 {
        comma(out, from);
        number(out, b"\"query\":", effect.query);
    }
    constant(out, b"}}");
}

/// Divides what follows from what was written from that place on.
fn comma(out: &mut Vec<u8>, from: usize) {
    if out.len() > from {
        out.push(b',');
    }
}

/// Bytes whose number is known when the program is built are stored without a call.
#[inline]
fn constant<const N: usize>(out: &mut Vec<u8>, bytes: &[u8; N]) {
    out.extend_from_slice(bytes);
}

#[inline]
fn plain<const N: usize>(out: &mut Vec<u8>, lead: &[u8; N], value: &str) {
    constant(out, lead);
    out.extend_from_slice(value.as_bytes());
}

/// A string and its quotation marks, or null.
#[inline]
fn maybe<const N: usize>(out: &mut Vec<u8>, lead: &[u8; N], value: Option<&str>) {
    constant(out, lead);
    match value {
        Some(value) => {
            text(out, b"\"", value);
            out.push(b'"');
        }
        None => constant(out, b"null"),
    }
}

/// What stands before a string, and the string without the quotation mark behind it.
#[inline]
fn text<const N: usize>(out: &mut Vec<u8>, lead: &[u8; N], value: &str) {
    constant(out, lead);
    escaped(out, value.as_bytes());
}

fn escaped(out: &mut Vec<u8>, mut rest: &[u8]) {
    while let Some(at) = first_escaped(rest) {
        out.extend_from_slice(&rest[..at]);
        escape(out, rest[at]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

/// The first byte that JSON escapes. Most strings hold none, so that many bytes are asked at once: without a way out in
/// the middle a chunk is a few wide instructions. The last bytes are asked in a chunk of their own that other bytes fill.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    const CHUNK: usize = 32;
    let any = |chunk: &[u8; CHUNK]| chunk.iter().fold(false, |any, byte| any | is_escaped(*byte));
    let (chunks, rest) = bytes.as_chunks();
    let clean = chunks.iter().take_while(|chunk| !any(chunk)).count();
    if clean == chunks.len() {
        let mut last = [b' '; CHUNK];
        last[..rest.len()].copy_from_slice(rest);
        if !any(&last) {
            return None;
        }
    }
    let clean = clean * CHUNK;
    bytes[clean..].iter().position(|byte| is_escaped(*byte)).map(|at| clean + at)
}

/// A control character, a quotation mark or a backslash.
fn is_escaped(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
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
    match value {
        0..=9 => out.push(b'0' + value as u8),
        _ => out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes()),
    }
}

#[inline]
fn number<const N: usize>(out: &mut Vec<u8>, lead: &[u8; N], value: f64) {
    constant(out, lead);
    decimal(out, value);
}

/// A number of at most four decimals digit by digit, which is its shortest form; others by serde.
fn decimal(out: &mut Vec<u8>, value: f64) {
    const PLACES: f64 = 10_000.0;
    let scaled = value * PLACES;
    // Halves are rounded away from zero; what is not met by that goes to serde.
    let scaled = (scaled + 0.5_f64.copysign(scaled)) as i64;
    let known = scaled.unsigned_abs() < 1_000_000_000 && scaled as f64 / PLACES == value;
    if !known || scaled == 0 && value.is_sign_negative() {
        return drop(serde_json::to_writer(out, &value));
    }
    if scaled < 0 {
        out.push(b'-');
    }
    let size = scaled.unsigned_abs() as u32;
    let (whole_part, decimals) = (size / 10_000, size % 10_000);
    if whole_part > 9 {
        whole(out, i64::from(whole_part / 10));
    }
    let digit = |place: u32| b'0' + (decimals / place % 10) as u8;
    let last = b'0' + (whole_part % 10) as u8;
    let all = [last, b'.', digit(1000), digit(100), digit(10), digit(1)];
    let zeros = match decimals {
        d if d % 10 > 0 => 0,
        d if d % 100 > 0 => 1,
        d if d % 1000 > 0 => 2,
        _ => 3,
    };
    let end = out.len() + all.len() - zeros;
    constant(out, &all);
    out.truncate(end);
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
            decimal(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&value).unwrap());
        }
    }

    #[test]
    fn texts_are_escaped_as_serde_escapes_them() {
        let every: String = (0..0x3000).filter_map(char::from_u32).collect();
        for value in ["", "a", "1234567\"", "12345678\\", "\u{1}", &every, "é\u{7f}\u{80}ÿ\n\r\t\u{8}\u{c}"]
        {
            let mut out = Vec::new();
            maybe(&mut out, b"", Some(value));
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
