//! Rows as columns, the shape that Parquet and Arrow share: what fields a row has, and growing columns of their cells.

mod write;

pub use write::ParquetWriter;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// 64-bit whole numbers.
    Whole,
    /// 64-bit floating-point numbers.
    Real,
    /// True or false.
    Flag,
    /// Fields under one name, never null.
    Struct(&'static [Field]),
    /// Any number of cells, none of them null; no list stands in a list.
    List(&'static Kind),
}

/// A field of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// A cell may be null: texts and whole numbers only.
    pub nullable: bool,
}

impl Field {
    /// A field without nulls.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Field { name, kind, nullable: false }
    }

    /// A field that may be null.
    pub const fn nullable(name: &'static str, kind: Kind) -> Self {
        Field { name, kind, nullable: true }
    }
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'c> {
    /// Nothing.
    Null,
    /// A text.
    Text(&'c str),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// True or false.
    Flag(bool),
    /// The cells of a struct, or the items of a list.
    Many(Vec<Cell<'c>>),
}

impl<'c> From<Option<&'c str>> for Cell<'c> {
    fn from(text: Option<&'c str>) -> Self {
        text.map_or(Cell::Null, Cell::Text)
    }
}

impl From<Option<i64>> for Cell<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Cell::Null, Cell::Whole)
    }
}

/// The cells of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Texts.
    Text(Texts),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers.
    Real(Vec<f64>),
    /// Flags.
    Flag(Vec<bool>),
    /// A column for each field.
    Struct(Vec<Column>),
    /// The items of all rows, and where those of each row end.
    List {
        /// One past the last item of each row.
        ends: Vec<usize>,
        /// The items.
        items: Box<Column>,
    },
}

/// Texts behind one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// All of them.
    pub bytes: String,
    /// One past the last byte of each.
    pub ends: Vec<usize>,
    /// False for a null, which has no bytes.
    pub present: Vec<bool>,
}

impl Texts {
    /// Adds a text or a null.
    pub fn push(&mut self, text: Option<&str>) {
        self.bytes.push_str(text.unwrap_or_default());
        self.ends.push(self.bytes.len());
        self.present.push(text.is_some());
    }

    /// Each text, or `None` for a null.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let cells = starts.zip(&self.ends).zip(&self.present);
        cells.map(|((start, end), present)| present.then(|| self.bytes.get(start..*end).unwrap_or_default()))
    }
}

impl Column {
    /// An empty column.
    pub fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Column::Text(Texts::default()),
            Kind::Whole => Column::Whole(Vec::new()),
            Kind::Real => Column::Real(Vec::new()),
            Kind::Flag => Column::Flag(Vec::new()),
            Kind::Struct(fields) => Column::Struct(fields.iter().map(|f| Column::new(f.kind)).collect()),
            Kind::List(kind) => Column::List { ends: Vec::new(), items: Box::new(Column::new(*kind)) },
        }
    }

    /// Adds a cell; one of another kind counts as null, zero, false or empty.
    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Column::Text(texts), Cell::Text(text)) => texts.push(Some(text)),
            (Column::Text(texts), _) => texts.push(None),
            (Column::Whole(numbers), Cell::Whole(number)) => numbers.push(Some(*number)),
            (Column::Whole(numbers), _) => numbers.push(None),
            (Column::Real(numbers), Cell::Real(number)) => numbers.push(*number),
            (Column::Real(numbers), _) => numbers.push(0.0),
            (Column::Flag(flags), cell) => flags.push(*cell == Cell::Flag(true)),
            (Column::Struct(columns), cell) => {
                let cells = many(cell);
                let cell = |i| cells.get(i).unwrap_or(&Cell::Null);
                columns.iter_mut().enumerate().for_each(|(i, column)| column.push(cell(i)));
            }
            (Column::List { ends, items }, cell) => {
                let cells = many(cell);
                cells.iter().for_each(|c| items.push(c));
                ends.push(ends.last().copied().unwrap_or_default() + cells.len());
            }
        }
    }

    /// Bytes that it takes in memory, about.
    fn size(&self) -> usize {
        match self {
            Column::Text(texts) => texts.bytes.len() + texts.ends.len() * 9,
            Column::Whole(numbers) => numbers.len() * 16,
            Column::Real(numbers) => numbers.len() * 8,
            Column::Flag(flags) => flags.len(),
            Column::Struct(columns) => columns.iter().map(Column::size).sum(),
            Column::List { ends, items } => ends.len() * 8 + items.size(),
        }
    }
}

fn many<'a, 'c>(cell: &'a Cell<'c>) -> &'a [Cell<'c>] {
    match cell {
        Cell::Many(cells) => cells,
        _ => &[],
    }
}

/// Rows as columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    fields: &'static [Field],
    columns: Vec<Column>,
    rows: usize,
}

impl Table {
    /// A table without rows.
    pub fn new(fields: &'static [Field]) -> Self {
        Table { fields, columns: fields.iter().map(|f| Column::new(f.kind)).collect(), rows: 0 }
    }

    /// Adds a row, a cell for each field in order. A cell of another kind counts as null, zero, false or empty.
    pub fn push(&mut self, cells: &[Cell<'_>]) {
        for (i, column) in self.columns.iter_mut().enumerate() {
            column.push(cells.get(i).unwrap_or(&Cell::Null));
        }
        self.rows += 1;
    }

    /// The fields, in order.
    pub fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// The columns, in the order of the fields.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Bytes that it takes in memory, about.
    pub fn size(&self) -> usize {
        self.columns.iter().map(Column::size).sum()
    }
}
