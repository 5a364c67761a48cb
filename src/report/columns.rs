//! The labelled comment as a row of columns: the schema that Parquet output and Arrow tables share.

use super::record::{EvidenceRecord, Record};
use crate::columns::{Cell, Field, Kind, Table};
use crate::kind::Effect;

const PROBABILITIES: &[Field] = &[
    Field::new("support", Kind::Real),
    Field::new("deny", Kind::Real),
    Field::new("query", Kind::Real),
    Field::new("comment", Kind::Real),
];

const EFFECT: &[Field] =
    &[Field::new("support", Kind::Real), Field::new("deny", Kind::Real), Field::new("query", Kind::Real)];

const EVIDENCE: &[Field] = &[
    Field::new("rule", Kind::Text),
    Field::new("start", Kind::Whole),
    Field::new("end", Kind::Whole),
    Field::new("quote", Kind::Text),
    Field::new("effect", Kind::Struct(EFFECT)),
];

/// The fields of a labelled comment, as in a [`Record`] and in its order.
pub const LABELLED: &[Field] = &[
    Field::new("file", Kind::Text),
    Field::new("thread_id", Kind::Text),
    Field::new("path", Kind::Text),
    Field::new("id", Kind::Text),
    Field::nullable("parent_id", Kind::Text),
    Field::nullable("author", Kind::Text),
    Field::nullable("subject", Kind::Text),
    Field::new("text", Kind::Text),
    Field::nullable("score", Kind::Whole),
    Field::new("stance", Kind::Text),
    Field::new("probabilities", Kind::Struct(PROBABILITIES)),
    Field::new("confidence", Kind::Real),
    Field::new("unsure", Kind::Flag),
    Field::new("sentiment", Kind::Text),
    Field::new("sentiment_score", Kind::Real),
    Field::new("aspects", Kind::List(&Kind::Text)),
    Field::new("evidence", Kind::List(&Kind::Struct(EVIDENCE))),
];

/// Adds a labelled comment to a table of [`LABELLED`] fields.
pub fn push_record(table: &mut Table, record: &Record<'_>) {
    let p = &record.probabilities;
    table.push(&[
        Cell::Text(record.file),
        Cell::Text(record.thread_id),
        Cell::Text(&record.path),
        Cell::Text(&record.id),
        record.parent_id.as_deref().into(),
        record.author.as_deref().into(),
        record.subject.into(),
        Cell::Text(&record.text),
        record.score.into(),
        Cell::Text(record.stance.as_str()),
        Cell::Many([p.support, p.deny, p.query, p.comment].map(Cell::Real).to_vec()),
        Cell::Real(record.confidence),
        Cell::Flag(record.unsure),
        Cell::Text(record.sentiment.as_str()),
        Cell::Real(record.sentiment_score),
        Cell::Many(record.aspects.iter().map(|a| Cell::Text(a.as_str())).collect()),
        Cell::Many(record.evidence.iter().map(evidence).collect()),
    ]);
}

fn evidence<'c>(found: &'c EvidenceRecord<'_>) -> Cell<'c> {
    let EvidenceRecord { rule, start, end, quote, effect } = found;
    let Effect { support, deny, query } = *effect;
    Cell::Many(vec![
        Cell::Text(rule),
        Cell::Whole(i64::from(*start)),
        Cell::Whole(i64::from(*end)),
        Cell::Text(quote),
        Cell::Many([support, deny, query].map(Cell::Real).to_vec()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::small;
    use crate::thread::CommentId;
    use serde_json::Value;

    #[test]
    fn the_fields_are_those_of_the_record() {
        let sample = small();
        let pages = sample.labelled();
        let record = Record::new(&pages[0], CommentId(1)).unwrap();
        let Value::Object(keys) = serde_json::to_value(&record).unwrap() else { panic!("an object") };
        let mut names: Vec<&str> = LABELLED.iter().map(|f| f.name).filter(|n| *n != "subject").collect();
        names.sort_unstable();
        let mut expected: Vec<&str> = keys.keys().map(String::as_str).collect();
        expected.sort_unstable();
        assert_eq!(names, expected);
        let mut table = Table::new(LABELLED);
        push_record(&mut table, &record);
        assert_eq!((table.len(), table.columns().len()), (1, LABELLED.len()));
    }
}
