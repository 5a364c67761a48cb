//! From labels to Arrow: the fields of a labelled comment, in batches of bounded size.

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray,
};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use std::sync::Arc;
use threadstance::columns::{self, Column, Kind, Table, Texts};

/// Rows after which a batch is full.
const ROWS: usize = 32_768;
/// Bytes after which a batch is full; offsets of Arrow's strings end at 2 GiB.
const BYTES: usize = 64 << 20;

/// The Arrow schema of fields.
pub fn schema(fields: &[columns::Field]) -> SchemaRef {
    Arc::new(Schema::new(fields.iter().map(field).collect::<Fields>()))
}

/// Batches being filled.
pub struct Batches {
    fields: &'static [columns::Field],
    open: Table,
    done: Vec<RecordBatch>,
}

impl Batches {
    pub fn new(fields: &'static [columns::Field]) -> Self {
        Batches { fields, open: Table::new(fields), done: Vec::new() }
    }

    /// Lets `push` add a row, and begins the next batch where this one is full.
    pub fn add(&mut self, push: impl FnOnce(&mut Table)) -> Result<(), ArrowError> {
        push(&mut self.open);
        // Sizes are summed over columns, so not for every row.
        let full = self.open.len() >= ROWS || self.open.len() % 256 == 0 && self.open.size() >= BYTES;
        if full { self.close() } else { Ok(()) }
    }

    pub fn finish(mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        if !self.open.is_empty() {
            self.close()?;
        }
        Ok(self.done)
    }

    fn close(&mut self) -> Result<(), ArrowError> {
        let table = std::mem::replace(&mut self.open, Table::new(self.fields));
        let arrays = self.fields.iter().zip(table.columns());
        let arrays = arrays.map(|(f, column)| array(column, f.kind, f.nullable)).collect::<Result<_, _>>()?;
        self.done.push(RecordBatch::try_new(schema(self.fields), arrays)?);
        Ok(())
    }
}

/// Every field may be null, as other libraries make them: Spark takes no other type for the same.
fn field(from: &columns::Field) -> Field {
    Field::new(from.name, data_type(from.kind), true)
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Whole => DataType::Int64,
        Kind::Real => DataType::Float64,
        Kind::Flag => DataType::Boolean,
        Kind::Struct(fields) => DataType::Struct(fields.iter().map(field).collect()),
        Kind::List(kind) => DataType::List(item(*kind)),
    }
}

fn item(kind: Kind) -> Arc<Field> {
    Arc::new(Field::new("item", data_type(kind), true))
}

fn array(column: &Column, kind: Kind, nullable: bool) -> Result<ArrayRef, ArrowError> {
    Ok(match (column, kind) {
        (Column::Text(texts), _) => Arc::new(strings(texts, nullable)?),
        (Column::Whole(numbers), _) if nullable => Arc::new(Int64Array::from(numbers.clone())),
        (Column::Whole(numbers), _) => {
            Arc::new(Int64Array::from_iter_values(numbers.iter().map(|n| n.unwrap_or_default())))
        }
        (Column::Real(numbers), _) => Arc::new(Float64Array::from(numbers.clone())),
        (Column::Flag(flags), _) => Arc::new(BooleanArray::from(flags.clone())),
        (Column::Struct(columns), Kind::Struct(fields)) => {
            let arrays = fields.iter().zip(columns).map(|(f, c)| array(c, f.kind, f.nullable));
            let fields = fields.iter().map(field).collect();
            Arc::new(StructArray::try_new(fields, arrays.collect::<Result<_, _>>()?, None)?)
        }
        (Column::List { ends, items }, Kind::List(kind)) => {
            let items = array(items, *kind, false)?;
            Arc::new(ListArray::try_new(item(*kind), offsets(ends)?, items, None)?)
        }
        (_, kind) => return Err(ArrowError::SchemaError(format!("the column is not of {kind:?}"))),
    })
}

fn strings(texts: &Texts, nullable: bool) -> Result<StringArray, ArrowError> {
    let nulls = nullable.then(|| NullBuffer::from(texts.present.clone()));
    StringArray::try_new(offsets(&texts.ends)?, Buffer::from(texts.bytes.as_bytes()), nulls)
}

fn offsets(ends: &[usize]) -> Result<OffsetBuffer<i32>, ArrowError> {
    let long = |_| ArrowError::InvalidArgumentError("a batch holds more than 2 GiB in one column".to_owned());
    let ends = ends.iter().map(|end| i32::try_from(*end).map_err(long));
    let all = std::iter::once(Ok(0)).chain(ends).collect::<Result<Vec<i32>, ArrowError>>()?;
    Ok(OffsetBuffer::new(ScalarBuffer::from(all)))
}
