//! The command line: one file per sub-command.

pub mod console;
pub mod convert;
pub mod eval;
pub mod fit;
pub mod ingest;
pub mod io;
pub mod label;
pub mod labelling;
pub mod large;
pub mod profile;
pub mod report;
pub mod rules;
pub mod sample;
pub mod schema;
pub mod shell;
mod snippet;
pub mod thread;
pub mod watch;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Rebuilds comment threads from pasted pages and labels where each author stands on an allegation.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Colour stances: on a terminal unless NO_COLOR is set, always, or never
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,
}

/// When stances are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Thread(thread::Args),
    Label(label::Args),
    Report(report::Args),
    Completions(shell::Args),
    /// Prints the manual page
    Man,
    Convert(convert::Args),
    Ingest(ingest::Args),
    Rules(rules::Args),
    Eval(eval::Args),
    Profile(profile::Args),
    Sample(sample::Args),
    Fit(fit::Args),
}

/// Runs a command and gives its exit code: 0 fine, 1 a check failed, 2 something could not be done.
pub fn run(cli: Cli) -> ExitCode {
    match cli.color {
        Color::Auto => anstream::ColorChoice::Auto.write_global(),
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    match cli.command {
        Command::Thread(args) => thread::run(&args),
        Command::Label(args) => label::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man => shell::man(),
        Command::Convert(args) => convert::run(&args),
        Command::Ingest(args) => ingest::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Profile(args) => profile::run(&args),
        Command::Sample(args) => sample::run(&args),
        Command::Fit(args) => fit::run(&args),
    }
}
