//! The command `swage`.

pub mod diff;
pub mod generate;

use clap::{Parser, Subcommand};
use std::io::IsTerminal;
use std::process::ExitCode;

/// Generate Rust clients and command lines from service models.
#[derive(Parser)]
#[command(name = "swage", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Diff(diff::Arguments),
}

/// Runs the command with the arguments of this process.
pub fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Diff(arguments) => arguments.run(),
        Command::Generate(arguments) => arguments.run(generate::Defaults::default()),
    }
}

/// Whether a stream takes colours.
fn takes_colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
}
