//! The words of a comment as a page shows them, with the places of its evidence.

use crate::label::Evidence;
use crate::thread::Text;
use crate::visible::visible;

/// Words without indentation and the spans of evidence in them.
pub(super) struct Shown {
    pub text: String,
    /// Start and end in UTF-16 units, as scripts count, and the index of the evidence.
    pub marks: Vec<(usize, usize, usize)>,
}

/// Trims each line and keeps the evidence in place; controls become visible.
pub(super) fn shown(text: &Text, evidence: &[Evidence], limit: Option<usize>) -> Shown {
    let raw = text.raw();
    let mut out = String::with_capacity(raw.len());
    // For each byte of `raw`, and its end, where it stands in `out` in UTF-16 units.
    let mut places = vec![0; raw.len() + 1];
    let (mut units, mut at) = (0, 0);
    let start = raw.len() - raw.trim_start().len();
    let end = raw.trim_end().len();
    for line in raw.split_inclusive('\n') {
        let words = line.trim();
        let indent = line.len() - line.trim_start().len();
        for (offset, c) in line.char_indices() {
            let inside = (indent..indent + words.len()).contains(&offset);
            let byte = at + offset;
            let kept = (inside || c == '\n') && (start..end).contains(&byte);
            let length = c.len_utf8();
            places.get_mut(byte..byte + length).unwrap_or_default().fill(units);
            if kept {
                let piece = c.to_string();
                let piece = if c == '\n' { piece.into() } else { visible(&piece) };
                out.push_str(&piece);
                units += piece.encode_utf16().count();
            }
        }
        at += line.len();
    }
    if let Some(last) = places.last_mut() {
        *last = units;
    }
    let base = text.span().start;
    let mark = |(i, e): (usize, &Evidence)| {
        let place = |byte: u32| places.get(byte.checked_sub(base)? as usize).copied();
        let (start, end) = (place(e.span.start)?, place(e.span.end)?);
        (start < end).then_some((start, end, i))
    };
    let marks = evidence.iter().enumerate().filter_map(mark).collect();
    cut(Shown { text: out, marks }, limit)
}

/// Cuts the words and what of the evidence lies behind.
fn cut(mut shown: Shown, limit: Option<usize>) -> Shown {
    let end = limit.and_then(|limit| shown.text.char_indices().nth(limit)).map(|(byte, _)| byte);
    if let Some(end) = end {
        shown.text.truncate(end);
        let units = shown.text.encode_utf16().count();
        shown.text.push('…');
        shown.marks.iter_mut().for_each(|m| m.1 = m.1.min(units));
        shown.marks.retain(|m| m.0 < m.1);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Effect;
    use crate::source::Span;

    #[test]
    fn evidence_stays_on_its_words() {
        let raw = "  Ätsch 🙂 no\n    smear at all  \n\n  end ";
        let at = raw.find("smear").unwrap() as u32 + 100;
        let evidence = [Evidence::new("r", Span::new(at, at + 5), "smear", Effect::default(), Vec::new())];
        let found = shown(&Text::new(raw, 100), &evidence, None);
        assert_eq!(found.text, "Ätsch 🙂 no\nsmear at all\n\nend");
        let units: Vec<u16> = found.text.encode_utf16().collect();
        let (start, end, index) = found.marks[0];
        assert_eq!((String::from_utf16(&units[start..end]).unwrap().as_str(), index), ("smear", 0));
        let found = shown(&Text::new(raw, 100), &evidence, Some(14));
        assert_eq!((found.text.as_str(), found.marks[0]), ("Ätsch 🙂 no\nsme…", (12, 15, 0)));
    }
}
