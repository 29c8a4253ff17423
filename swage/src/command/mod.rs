//! The command `swage`.

pub mod diff;
pub mod generate;
mod json;
pub mod pack;
pub mod pages;
mod progress;
mod report;
pub mod sweep;

use crate::problem::Error;
use clap::{CommandFactory, Parser, Subcommand};
use std::io::IsTerminal;
use std::process::ExitCode;

/// Generate Rust clients and command lines from service models.
///
/// Models are Smithy JSON, Smithy IDL or the AWS JSON format. The crates to generate are described by options, or by a file
/// swage.toml in the current folder or above it.
#[derive(Parser)]
#[command(name = "swage", version, after_long_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  swage generate --model service.json --out client
      Generates a crate from one model.

  swage generate
      Generates the crates of swage.toml:

          [crate.my-client]
          models = [\"service.json\"]
          out = \"client\"

  swage generate --check
      Exits with 1 if a crate is not what its models give.

  swage diff git:HEAD:service.json service.json
      Says what the changes in a model mean for users of its crate.

  swage pack models --out services.pack
      Writes the tables of every service in a folder into one file, for programs that read them at run time.

  swage sweep models --compile 20
      Generates a crate of every model in a folder, and compiles 20 of them.

Exit codes:
  0  everything was done
  1  something is wrong; nothing was written for the crates concerned
  2  the command line is wrong";

#[derive(Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Pack(pack::Arguments),
    Diff(diff::Arguments),
    Sweep(sweep::Arguments),
    Completions(pages::Completions),
    Man(pages::Man),
}

/// Runs the command with the arguments of this process.
pub fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Diff(arguments) => arguments.run(),
        Command::Pack(arguments) => arguments.run(),
        Command::Sweep(arguments) => arguments.run(),
        Command::Generate(arguments) => arguments.run(generate::Defaults::default()),
        Command::Completions(arguments) => end(&arguments.run(Arguments::command())),
        Command::Man(arguments) => end(&arguments.run(Arguments::command())),
    }
}

fn end(result: &Result<(), Error>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprint!("{}", error.render(takes_colour(&std::io::stderr())));
            ExitCode::FAILURE
        }
    }
}

/// Whether a stream takes colours.
fn takes_colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
}
