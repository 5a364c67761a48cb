//! A row as bytes: the fields in order, each a length and its bytes.

use crate::parse::Row;

const NONE: u32 = u32::MAX;

/// Appends a row.
pub(super) fn encode(row: &Row, out: &mut Vec<u8>) {
    for text in [
        &row.thread_id,
        &row.id,
        &row.parent_id,
        &row.author,
        &row.created,
        &row.subject,
        &row.state,
        &row.file,
        &row.text,
    ] {
        let length = text.as_ref().map_or(NONE, |t| t.len() as u32);
        out.extend(length.to_le_bytes());
        out.extend(text.as_deref().unwrap_or_default().as_bytes());
    }
    out.push(u8::from(row.score.is_some()));
    out.extend(row.score.unwrap_or_default().to_le_bytes());
}

/// Takes the next row off the front; `None` at the end, and for bytes that are no row.
pub(super) fn decode(bytes: &mut &[u8]) -> Option<Row> {
    let (thread_id, id, parent_id) = (text(bytes)?, text(bytes)?, text(bytes)?);
    let (author, created, subject) = (text(bytes)?, text(bytes)?, text(bytes)?);
    let (state, file, words) = (text(bytes)?, text(bytes)?, text(bytes)?);
    let (scored, rest) = bytes.split_first()?;
    let (score, rest) = rest.split_first_chunk::<8>()?;
    *bytes = rest;
    let score = (*scored == 1).then(|| f64::from_le_bytes(*score));
    Some(Row { id, parent_id, thread_id, author, text: words, state, score, created, subject, file })
}

fn text(bytes: &mut &[u8]) -> Option<Option<String>> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length);
    if length == NONE {
        *bytes = rest;
        return Some(None);
    }
    let (words, rest) = rest.split_at_checked(length as usize)?;
    *bytes = rest;
    Some(Some(String::from_utf8(words.to_vec()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back() {
        let words = |s: &str| Some(s.to_owned());
        let full = Row { id: words("1"), text: words("Grüße\n"), score: Some(-3.0), ..Row::default() };
        let rows =
            [full, Row::default(), Row { state: words("removed"), subject: words(""), ..Row::default() }];
        let mut bytes = Vec::new();
        rows.iter().for_each(|row| encode(row, &mut bytes));
        let mut left = bytes.as_slice();
        let back: Vec<Row> = std::iter::from_fn(|| decode(&mut left)).collect();
        assert_eq!(back, rows);
        assert!(left.is_empty() && decode(&mut &bytes[..bytes.len() / 2]).is_some());
        assert!(decode(&mut &bytes[..5]).is_none());
    }
}
