//! The `threadstance` program: arguments in, exit code out.

use clap::Parser;
use std::process::ExitCode;
use threadstance::cli::{Cli, run};

fn main() -> ExitCode {
    run(Cli::parse())
}
