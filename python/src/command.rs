//! The command line, so that the wheel brings the program too.

use clap::Parser;
use pyo3::prelude::*;
use std::process::ExitCode;
use threadstance::cli::{Cli, run as run_command};

/// Runs the program with its arguments, the first of which is its name; gives the exit code.
#[pyfunction]
pub fn run(py: Python<'_>, arguments: Vec<String>) -> u8 {
    py.detach(|| match Cli::try_parse_from(arguments) {
        Ok(cli) => {
            let code = run_command(cli);
            (0..=2).find(|n| ExitCode::from(*n) == code).unwrap_or(2)
        }
        Err(error) => {
            // Help goes to standard output, mistakes to standard error; if neither can be written, the code tells.
            let _ = error.print();
            u8::try_from(error.exit_code()).unwrap_or(2)
        }
    })
}
