//! Errors as Python raises them.

use arrow_schema::ArrowError;
use pyo3::exceptions::{PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use threadstance::Error;

pyo3::create_exception!(
    threadstance,
    ThreadstanceError,
    PyValueError,
    "A step could not be done; the message names the place and the way out."
);

/// An error of the file system is an `OSError` with its number, so that Python makes `FileNotFoundError` of it; any other
/// is a `ThreadstanceError`.
pub fn python(error: Error) -> PyErr {
    match &error {
        Error::Io { path, source } => match source.raw_os_error() {
            Some(number) => {
                let said = source.to_string();
                let said = said.split(" (os error").next().unwrap_or_default().to_owned();
                PyOSError::new_err((number, said, path.display().to_string()))
            }
            None => PyOSError::new_err(error.to_string()),
        },
        _ => ThreadstanceError::new_err(error.to_string()),
    }
}

/// What Arrow refuses is of a type that does not fit.
pub fn arrow(error: ArrowError) -> PyErr {
    PyTypeError::new_err(error.to_string())
}
