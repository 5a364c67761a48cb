//! Labelling tables and pages.

use crate::error::{arrow, python};
use crate::input::{Names, load};
use crate::output::{Batches, schema};
use crate::page::{Loaded, Page};
use crate::report::{Options, summary, write};
use crate::table::Table;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::ArrowError;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use std::path::PathBuf;
use std::sync::Arc;
use threadstance::report::{LABELLED, Record, push_record};
use threadstance::rule::Weights;
use threadstance::{Diagnostic, Profile, RulePack, Severity, Source, Thread};

/// A text with its name, as a profile or weights.
type Named = (String, String);

/// Code, place, message and help of a finding.
pub type Finding = (&'static str, String, String, String);

/// The shipped rules compiled for a profile.
#[pyclass(frozen, module = "threadstance._threadstance")]
pub struct Labeller {
    pub inner: threadstance::Labeller<'static>,
    pub profile: Option<Profile>,
}

/// Comments to label: pages or a table.
#[derive(FromPyObject)]
pub enum Comments<'py> {
    Page(PyRef<'py, Page>),
    Pages(Vec<PyRef<'py, Page>>),
    Table(AnyRecordBatch),
}

/// The columns of a table and its name.
#[derive(FromPyObject)]
pub struct Reading(Names, String);

#[pymethods]
impl Labeller {
    #[new]
    fn new(
        py: Python<'_>,
        profile: Option<Named>,
        weights: Option<Named>,
        only: Vec<String>,
        skip: Vec<String>,
    ) -> PyResult<Self> {
        py.detach(|| compile(profile, weights, &only, &skip).map_err(python))
    }

    /// The labels as a table, made on `jobs` threads of the system, and what was found in the input.
    fn label(
        &self,
        py: Python<'_>,
        comments: Comments<'_>,
        reading: Reading,
        jobs: usize,
    ) -> PyResult<(Table, Vec<Finding>)> {
        let input = Input::new(comments)?;
        py.detach(|| {
            let loaded = input.load(&reading)?;
            let threads: Vec<&Thread> = loaded.iter().flat_map(|l| &l.parsed.threads).collect();
            let batches = self.batches(&threads, jobs).map_err(arrow)?;
            Ok((Table::new(batches, schema(LABELLED)), findings(&loaded)))
        })
    }

    /// The summary as JSON, and what was found in the input.
    fn summarize(
        &self,
        py: Python<'_>,
        comments: Comments<'_>,
        reading: Reading,
        confidence: f64,
    ) -> PyResult<(String, Vec<Finding>)> {
        let input = Input::new(comments)?;
        py.detach(|| {
            let loaded = input.load(&reading)?;
            Ok((summary(self, &loaded, confidence)?, findings(&loaded)))
        })
    }

    /// Writes a report; gives the paths, and what was found in the input.
    fn report(
        &self,
        py: Python<'_>,
        comments: Comments<'_>,
        reading: Reading,
        out: PathBuf,
        options: Options,
    ) -> PyResult<(Vec<PathBuf>, Vec<Finding>)> {
        let input = Input::new(comments)?;
        py.detach(|| {
            let loaded = input.load(&reading)?;
            Ok((write(self, &loaded, &out, &options)?, findings(&loaded)))
        })
    }
}

impl Labeller {
    /// The rows in the order of the threads, whatever the number of jobs.
    fn batches(&self, threads: &[&Thread], jobs: usize) -> Result<Vec<RecordBatch>, ArrowError> {
        let parts = parts(threads, jobs);
        if parts.len() < 2 {
            return self.part(threads);
        }
        let lost = |_| ArrowError::ComputeError("a labelling thread ended early".to_owned());
        let done: Vec<_> = std::thread::scope(|scope| {
            let running: Vec<_> = parts.into_iter().map(|part| scope.spawn(|| self.part(part))).collect();
            running.into_iter().map(|job| job.join().map_err(lost)?).collect()
        });
        Ok(done.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
    }

    fn part(&self, threads: &[&Thread]) -> Result<Vec<RecordBatch>, ArrowError> {
        let mut batches = Batches::new(LABELLED);
        for thread in threads {
            let labelled = self.inner.label(thread);
            for record in thread.walk().filter_map(|id| Record::new(&labelled, id)) {
                batches.add(|table| push_record(table, &record))?;
            }
        }
        batches.finish()
    }
}

/// Runs of threads with about equally many comments, at most `jobs`.
fn parts<'p, 't>(mut threads: &'p [&'t Thread], jobs: usize) -> Vec<&'p [&'t Thread]> {
    let share = threads.iter().map(|t| t.len()).sum::<usize>().div_ceil(jobs.max(1)).max(1);
    let mut parts = Vec::new();
    while !threads.is_empty() {
        let mut held = 0;
        let border = threads.iter().position(|t| {
            held += t.len();
            held >= share
        });
        let (part, rest) = threads.split_at(border.map_or(threads.len(), |i| i + 1));
        parts.push(part);
        threads = rest;
    }
    parts
}

fn compile(
    profile: Option<Named>,
    weights: Option<Named>,
    only: &[String],
    skip: &[String],
) -> threadstance::Result<Labeller> {
    let source = |(name, text): Named| Source::from_text(&name, text);
    let profile = profile.map(|p| Profile::read(&source(p)?)).transpose()?;
    let weights = weights.map(|w| Weights::read(&source(w)?)).transpose()?;
    let pack = RulePack::builtin()?;
    let begins = |id: &str, prefixes: &[String]| prefixes.iter().any(|p| id.starts_with(p.as_str()));
    for prefix in only.iter().chain(skip) {
        if !pack.rules.iter().any(|r| r.id.starts_with(prefix.as_str())) {
            let help = "docs/rules.md lists all".to_owned();
            return Err(threadstance::Error::Unknown { what: "rule", name: prefix.clone(), help });
        }
    }
    let none = Profile::default();
    let inner = threadstance::Labeller::with_rules(pack, profile.as_ref().unwrap_or(&none), |rule| {
        (only.is_empty() || begins(&rule.id, only)) && !begins(&rule.id, skip)
    })?;
    let inner = match &weights {
        Some(weights) => inner.weighed_by(weights),
        None => inner,
    };
    Ok(Labeller { inner, profile })
}

/// Comments that no longer need Python.
enum Input {
    Pages(Vec<Arc<Loaded>>),
    Table(Box<dyn RecordBatchReader + Send>),
}

impl Input {
    fn new(comments: Comments<'_>) -> PyResult<Self> {
        Ok(match comments {
            Comments::Page(page) => Input::Pages(vec![page.0.clone()]),
            Comments::Pages(pages) => Input::Pages(pages.iter().map(|p| p.0.clone()).collect()),
            Comments::Table(table) => Input::Table(table.into_reader()?),
        })
    }

    fn load(self, Reading(names, name): &Reading) -> PyResult<Vec<Arc<Loaded>>> {
        match self {
            Input::Pages(pages) => Ok(pages),
            Input::Table(reader) => Ok(vec![Arc::new(load(reader, names, name)?)]),
        }
    }
}

/// What was repaired or left out.
fn findings(loaded: &[Arc<Loaded>]) -> Vec<Finding> {
    let finding = |d: &Diagnostic| {
        let place = format!("{}:{}", d.file, d.line);
        (d.code.as_str(), place, d.message.clone(), d.help.clone())
    };
    let all = loaded.iter().flat_map(|l| &l.parsed.diagnostics);
    all.filter(|d| d.severity == Severity::Warning).map(finding).collect()
}

/// Ids of the shipped profiles.
#[pyfunction]
pub fn profiles() -> Vec<&'static str> {
    threadstance::profile::SHIPPED.iter().map(|p| p.0).collect()
}

/// Name and text of a shipped profile or of one in a file.
#[pyfunction]
pub fn profile_source(name: &str) -> PyResult<Named> {
    named(Profile::source(name))
}

/// Name and text of shipped weights or of those in a file.
#[pyfunction]
pub fn weights_source(name: &str) -> PyResult<Named> {
    named(Weights::source(name))
}

fn named(source: threadstance::Result<Source>) -> PyResult<Named> {
    let source = source.map_err(python)?;
    Ok((source.name().to_owned(), source.as_str().to_owned()))
}

/// A profile in JSON as the text of a profile.
#[pyfunction]
pub fn profile_of_json(json: &str) -> PyResult<String> {
    let refused = |e: String| PyValueError::new_err(format!("this is no profile: {e}"));
    let value: toml::Value = serde_json::from_str(json).map_err(|e| refused(e.to_string()))?;
    toml::to_string(&value).map_err(|e| refused(e.to_string()))
}
