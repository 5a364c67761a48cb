//! `completions` and `man`: what packagers install beside the program.

use crate::cli::Cli;
use crate::cli::console::{Console, to_stdout};
use clap::CommandFactory;
use clap_complete::Shell;
use std::process::ExitCode;

/// Prints the completions of a shell.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs `completions`.
pub fn completions(args: &Args) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), env!("CARGO_PKG_NAME"), &mut text);
    printed(&text)
}

/// Runs `man`: the page of the program, then one a sub-command.
pub fn man() -> ExitCode {
    let mut command = Cli::command();
    // Names the pages of sub-commands, as `threadstance-report`.
    command.build();
    let mut text = Vec::new();
    let pages: Vec<clap::Command> =
        std::iter::once(&command).chain(command.get_subcommands()).cloned().collect();
    for page in pages {
        // Writing into memory cannot fail.
        let _ = clap_mangen::Man::new(page).render(&mut text);
    }
    printed(&text)
}

fn printed(text: &[u8]) -> ExitCode {
    let mut console = Console::new();
    let _ = to_stdout(&mut console, |out| out.write_all(text));
    console.quiet()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completions_and_man_name_every_command() {
        let mut text = Vec::new();
        clap_complete::generate(Shell::Bash, &mut Cli::command(), "threadstance", &mut text);
        let text = String::from_utf8(text).unwrap();
        for command in Cli::command().get_subcommands() {
            assert!(text.contains(command.get_name()), "{}", command.get_name());
        }
        Cli::command().debug_assert();
    }
}
