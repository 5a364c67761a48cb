//! Pages: a text becomes its article and its tree of comments.

use crate::error::python;
use crate::output::{Batches, schema};
use crate::table::stream;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::error::PyArrowResult;
use std::path::PathBuf;
use std::sync::Arc;
use threadstance::columns::{Cell, Field, Kind, Table};
use threadstance::report::{Document, author_name, comment_id};
use threadstance::thread::Origin;
use threadstance::{Body, CommentId, Dialect, Parsed, Source, Thread};

/// An input that was read: a page or a table.
pub struct Loaded {
    /// Its text; empty for a table.
    pub source: Source,
    pub parsed: Parsed,
}

/// A page that was read.
#[pyclass(frozen, module = "threadstance")]
pub struct Page(pub Arc<Loaded>);

/// What the caller knows of the page.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Known {
    outlet: Option<String>,
    title: Option<String>,
    date: Option<String>,
    url: Option<String>,
}

/// Reads a text as a page.
#[pyfunction]
pub fn parse(
    py: Python<'_>,
    text: String,
    name: &str,
    dialect: Option<&str>,
    known: Known,
) -> PyResult<Page> {
    let dialect = named(dialect)?;
    py.detach(|| page(Source::from_text(name, text), dialect, known))
}

/// Reads a file as a page.
#[pyfunction]
pub fn read(py: Python<'_>, path: PathBuf, dialect: Option<&str>, known: Known) -> PyResult<Page> {
    let dialect = named(dialect)?;
    py.detach(|| page(Source::read(&path), dialect, known))
}

fn named(dialect: Option<&str>) -> PyResult<Option<Dialect>> {
    dialect.map(|name| name.parse().map_err(python)).transpose()
}

fn page(source: threadstance::Result<Source>, dialect: Option<Dialect>, known: Known) -> PyResult<Page> {
    let source = source.map_err(python)?;
    let mut parsed = threadstance::parse(&source, dialect).map_err(python)?;
    parsed.threads.iter_mut().for_each(|thread| known.complete(&mut thread.origin));
    Ok(Page(Arc::new(Loaded { source, parsed })))
}

impl Known {
    fn complete(&self, origin: &mut Origin) {
        let places = [&mut origin.outlet, &mut origin.title, &mut origin.date, &mut origin.url];
        for (place, known) in places.into_iter().zip([&self.outlet, &self.title, &self.date, &self.url]) {
            if known.is_some() {
                place.clone_from(known);
            }
        }
    }
}

#[pymethods]
impl Page {
    /// How it was read, as `lemmy`.
    #[getter]
    fn dialect(&self) -> String {
        self.0.parsed.dialect.to_string()
    }

    /// The tree of comments in words, an outline number a line.
    #[getter]
    fn outline(&self) -> String {
        self.0.parsed.threads.iter().map(|t| t.outline().with_words().to_string()).collect()
    }

    /// Everything as a dict, as `threadstance thread --format json` writes it.
    #[getter]
    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let Loaded { source, parsed } = self.0.as_ref();
        let text = serde_json::to_string(&Document::new(source, parsed));
        let text = text.map_err(|e| pyo3::exceptions::PyValueError::new_err(e.to_string()))?;
        py.import("json")?.getattr("loads")?.call1((text,))
    }

    /// The comments as a capsule of an Arrow C stream.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let mut batches = Batches::new(COMMENT);
        for thread in &self.0.parsed.threads {
            for id in thread.walk() {
                batches.add(|table| push(table, thread, id))?;
            }
        }
        stream(py, batches.finish()?, &schema(COMMENT), requested_schema)
    }

    /// Number of comments, without gaps.
    fn __len__(&self) -> usize {
        self.0.parsed.threads.iter().map(Thread::len).sum()
    }

    fn __repr__(&self) -> String {
        let Loaded { source, parsed } = self.0.as_ref();
        let (name, n) = (source.name(), self.__len__());
        format!(
            "<threadstance.Page: {name} ({}), {n} comment{}>",
            parsed.dialect,
            if n == 1 { "" } else { "s" }
        )
    }
}

/// The fields of a comment of a page.
const COMMENT: &[Field] = &[
    Field::new("file", Kind::Text),
    Field::new("thread_id", Kind::Text),
    Field::new("path", Kind::Text),
    Field::new("id", Kind::Text),
    Field::nullable("parent_id", Kind::Text),
    Field::nullable("author", Kind::Text),
    Field::nullable("subject", Kind::Text),
    Field::nullable("text", Kind::Text),
    Field::nullable("score", Kind::Whole),
    Field::nullable("created", Kind::Text),
    Field::new("state", Kind::Text),
];

fn push(table: &mut Table, thread: &Thread, id: CommentId) {
    let Some(comment) = thread.get(id) else { return };
    let (path, own) = (thread.path(id), comment_id(thread, id));
    let parent = comment.parent.map(|p| comment_id(thread, p));
    let author = comment.author.as_ref().map(author_name);
    let words = comment.body.text().map(threadstance::Text::clean);
    let state = match comment.body {
        Body::Written(_) => "written",
        Body::Removed => "removed",
        Body::Missing => "missing",
    };
    table.push(&[
        Cell::Text(&thread.origin.file),
        Cell::Text(&thread.id),
        Cell::Text(&path),
        Cell::Text(&own),
        parent.as_deref().into(),
        author.as_deref().into(),
        comment.subject.as_deref().into(),
        words.as_deref().into(),
        comment.score.map(|s| s.value).into(),
        comment.created.as_deref().into(),
        Cell::Text(state),
    ]);
}
