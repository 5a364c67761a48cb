//! The core of the Python package `threadstance`: Arrow tables of comments in, Arrow tables of labels out. What users
//! call is written down in `threadstance/__init__.py` and `_threadstance.pyi`.

mod command;
mod error;
mod input;
mod labeller;
mod output;
mod page;
mod report;
mod table;

use pyo3::prelude::*;

#[pymodule]
mod _threadstance {
    #[pymodule_export]
    use crate::command::run;
    #[pymodule_export]
    use crate::error::ThreadstanceError;
    #[pymodule_export]
    use crate::labeller::{Labeller, profile_of_json, profile_source, profiles, weights_source};
    #[pymodule_export]
    use crate::page::{Page, parse, read};
    #[pymodule_export]
    use crate::table::Table;
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
