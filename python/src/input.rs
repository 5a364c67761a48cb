//! From Arrow to rows: columns by name, of any type that can be read as text or numbers.

use crate::error::{ThreadstanceError, arrow, python};
use crate::page::Loaded;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, Float64Array, LargeStringArray, RecordBatch, RecordBatchReader,
};
use arrow_cast::{can_cast_types, cast};
use arrow_schema::{DataType, SchemaRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use std::collections::BTreeMap;
use threadstance::Source;
use threadstance::parse::{Row, from_rows};

/// Fields of a comment that are read from a table.
const FIELDS: [&str; 10] =
    ["id", "text", "parent_id", "thread_id", "author", "score", "created", "subject", "file", "state"];

/// Which column gives a field, where that is not the one of its name.
pub type Names = BTreeMap<String, String>;

/// Reads a stream of batches to its end and builds its threads. Rows that belong to no `file` are of `name`.
pub fn load(reader: Box<dyn RecordBatchReader + Send>, names: &Names, name: &str) -> PyResult<Loaded> {
    let places = Places::find(&reader.schema(), names)?;
    let mut rows = Vec::new();
    for batch in reader {
        places.rows(&batch.map_err(arrow)?, &mut rows)?;
    }
    let parsed = from_rows(name, rows).map_err(python)?;
    let source = Source::from_text(name, String::new()).map_err(python)?;
    Ok(Loaded { source, parsed })
}

/// The index of the column of each field.
struct Places([Option<usize>; FIELDS.len()]);

impl Places {
    fn find(schema: &SchemaRef, names: &Names) -> PyResult<Self> {
        let known = || schema.fields().iter().map(|f| f.name().as_str()).collect::<Vec<_>>().join(", ");
        if let Some(field) = names.keys().find(|f| !FIELDS.contains(&f.as_str())) {
            let fields = FIELDS.join(", ");
            return Err(refused(format!("field `{field}` is unknown; columns= maps the fields {fields}")));
        }
        let mut places = [None; FIELDS.len()];
        for (place, field) in places.iter_mut().zip(FIELDS) {
            let column = names.get(field).map_or(field, String::as_str);
            *place = schema.fields().iter().position(|f| f.name() == column);
            if place.is_none() && (names.contains_key(field) || matches!(field, "id" | "text")) {
                return Err(refused(format!(
                    "the table has no column `{column}`; it has: {}; name another with columns={{\"{field}\": …}}",
                    known()
                )));
            }
        }
        Ok(Places(places))
    }

    fn rows(&self, batch: &RecordBatch, rows: &mut Vec<Row>) -> PyResult<()> {
        let column = |i: usize| self.0[i].map(|at| (FIELDS[i], batch.column(at)));
        let texts = |i: usize| column(i).map(|(field, array)| texts(field, array)).transpose();
        let mut cells: [Option<LargeStringArray>; FIELDS.len()] = Default::default();
        for (i, field) in FIELDS.iter().enumerate() {
            if *field != "score" {
                cells[i] = texts(i)?;
            }
        }
        let scores = column(5).map(|(field, array)| numbers(field, array)).transpose()?;
        let cell = |i: usize, row: usize| {
            let array = cells[i].as_ref()?;
            array.is_valid(row).then(|| array.value(row).to_owned())
        };
        rows.extend((0..batch.num_rows()).map(|row| Row {
            id: cell(0, row),
            text: cell(1, row),
            parent_id: cell(2, row),
            thread_id: cell(3, row),
            author: cell(4, row),
            score:
                scores.as_ref().and_then(|s| s.is_valid(row).then(|| s.value(row))).filter(|s| !s.is_nan()),
            created: cell(6, row),
            subject: cell(7, row),
            file: cell(8, row),
            state: cell(9, row),
        }));
        Ok(())
    }
}

fn refused(message: String) -> PyErr {
    ThreadstanceError::new_err(message)
}

fn texts(field: &str, array: &ArrayRef) -> PyResult<LargeStringArray> {
    match array.data_type() {
        // pandas makes 12.0 of an id 12 where a column holds nulls.
        DataType::Float64 => Ok(written::<Float64Type>(array)),
        DataType::Float32 => Ok(written::<Float32Type>(array)),
        _ => Ok(turned(field, array, &DataType::LargeUtf8)?.as_string::<i64>().clone()),
    }
}

/// Numbers as JSON's are read: a whole one without a fraction, NaN as null.
fn written<T: ArrowPrimitiveType<Native: Into<f64>>>(array: &ArrayRef) -> LargeStringArray {
    let number =
        |n: Option<T::Native>| n.map(Into::<f64>::into).filter(|n| !n.is_nan()).map(|n| n.to_string());
    array.as_primitive::<T>().iter().map(number).collect()
}

fn numbers(field: &str, array: &ArrayRef) -> PyResult<Float64Array> {
    Ok(turned(field, array, &DataType::Float64)?.as_primitive::<Float64Type>().clone())
}

fn turned(field: &str, array: &ArrayRef, to: &DataType) -> PyResult<ArrayRef> {
    let from = array.data_type();
    if from.is_nested() || !can_cast_types(from, to) {
        return Err(PyTypeError::new_err(format!(
            "the column of `{field}` holds {from}; texts and numbers can be read"
        )));
    }
    cast(array, to).map_err(arrow)
}
