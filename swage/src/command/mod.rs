//! The command `swage`.

pub mod generate;

use clap::{Parser, Subcommand};
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
}

/// Runs the command with the arguments of this process.
pub fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Generate(arguments) => arguments.run(generate::Defaults::default()),
    }
}
