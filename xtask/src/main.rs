//! The project's tasks: `cargo xtask codegen`, `cargo xtask conformance`, `cargo xtask help-words`, `cargo xtask bench`.
//!
//! The only code that touches the disk for generating; what to write is decided by `swage-codegen`.

mod bench;
mod codegen;
mod conformance;
mod endpoint_tests;
mod folder;
mod help_words;
mod models;
mod own;
mod process;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Tasks of the Swage workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Codegen(codegen::Arguments),
    Conformance(conformance::Arguments),
    Bench(bench::Arguments),
    /// Compare the manual pages of a generated command with those of the AWS CLI
    HelpWords,
    #[command(hide = true)]
    Measure(bench::Measure),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Codegen(arguments) => codegen::run(&arguments, &workspace_root()),
        Task::Conformance(arguments) => conformance::run(&arguments, &workspace_root()),
        Task::Bench(arguments) => bench::run(&arguments, &workspace_root()),
        Task::HelpWords => help_words::run(&workspace_root()),
        Task::Measure(arguments) => arguments.run(),
    };
    done.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::FAILURE
    })
}

/// The workspace that this program was built in.
fn workspace_root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}
