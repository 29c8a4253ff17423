//! The runtime of generated command lines: a drop-in replacement for the AWS CLI v1, over schema tables.
//!
//! A generated program is data ([`Cli`]) and a call of [`main`].

// Chooses the command, and runs it.
mod run;
#[cfg(feature = "pack")]
pub mod services;
mod wait;

// Completion in shells.
mod complete;

// From words to a checked input and a client.
mod args;
mod check;
mod client;
mod prepare;
mod skeleton;
mod values;

// Calls operations, once or page by page, and transfers files.
mod call;
mod errors;
mod paginate;
mod transfer;

// Output.
mod help;
mod outfile;
mod output;
mod print;
mod query;
mod request;

// The program, its commands and its settings.
mod command;
mod context;
mod settings;

// What all rooms use.
mod debug;
mod env;
mod number;
mod pager;
mod paramfile;
mod runtime;
mod stdout;
mod stop;

pub use command::{Cli, Command, CommandOption, Move, Outfile, Pages, Shortcut, Transfer};

/// What generated code and this workspace's tools use. Not a public interface: it changes with the code generator.
#[doc(hidden)]
pub mod __private {
    pub use crate::command::info::{CommandInfo, OptionInfo};
    #[cfg(feature = "pack")]
    pub use crate::command::packed::command;
    pub use crate::{Cli, Command, CommandOption, Move, Outfile, Pages, Shortcut, Transfer};

    /// The default name of the option for a member: `content-type` for `ContentType`. Codegen has the same rule.
    pub fn option_name(member: &str) -> String {
        crate::command::names::hyphenated(member)
    }

    /// The names of the global options, with hyphens in front: `--region`. Codegen knows which names they hide.
    pub fn global_options() -> impl Iterator<Item = &'static str> {
        let specs = crate::args::globals::SPECS.iter();
        specs.map(|(name, ..)| *name)
    }

    /// The names of those global options that can't be abbreviated. Codegen knows them as well.
    pub fn exact_global_options() -> impl Iterator<Item = &'static str> {
        crate::args::globals::OWN.iter().copied()
    }
}

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use stop::{Stop, Usage};

/// Runs the program with the process's arguments.
pub fn main(cli: &'static Cli) -> ExitCode {
    main_with(cli.name, Usage::Operations, |words| run::run(cli, words))
}

/// Runs a program with the process's arguments, and reports its error.
fn main_with(
    name: &str,
    usage: Usage,
    run: impl FnOnce(Vec<String>) -> Result<(), Stop>,
) -> ExitCode {
    let mut words = std::env::args_os();
    let program = words.next().map(PathBuf::from);
    let program = program.as_ref().and_then(|path| path.file_name()?.to_str());
    let words: Result<_, _> = words.map(std::ffi::OsString::into_string).collect();
    let ran = match words {
        Ok(words) => run(words),
        Err(word) => Err(Stop::Error(format!(
            "argument is not valid UTF-8: {}",
            word.display()
        ))),
    };
    let Err(stop) = ran else {
        return ExitCode::SUCCESS;
    };
    let text = stop.report(program.unwrap_or(name), usage);
    std::io::stderr().write_all(text.as_bytes()).ok();
    ExitCode::from(stop.code())
}
