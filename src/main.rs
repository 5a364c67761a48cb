//! The `threadstance` program: arguments in, exit code out.

use clap::Parser;
use std::process::ExitCode;
use threadstance::cli::{Cli, run};

/// Comments make many small things that live shortly; threads that label side by side should not wait for each other.
#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    run(Cli::parse())
}
