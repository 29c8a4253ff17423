//! The project's tasks: `cargo xtask codegen`, `cargo xtask bless`, `cargo xtask conformance`, `cargo xtask help-words`, `cargo xtask operations`, `cargo xtask semver`, `cargo xtask compare-api`, `cargo xtask programs`, `cargo xtask bench`.
//!
//! Generating is part of the command `swage`; these tasks are only for maintainers.

mod bench;
mod compare_api;
mod conformance;
mod help_words;
mod operations;
mod overlays;
mod packs;
mod process;
mod programs;
mod semver;
mod tables;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use swage::command::generate;
use swage::{Runtime, Settings, config};
use swage_tests::golden;

/// Tasks of the Swage workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generate the crates of this workspace, or others with its runtime
    Codegen(generate::Arguments),
    /// Rewrite the golden crates, even if they no longer compile
    Bless,
    Conformance(conformance::Arguments),
    Bench(bench::Arguments),
    Semver(semver::Arguments),
    /// Compare the manual pages of a generated command with those of the AWS CLI
    HelpWords,
    Tables(tables::Arguments),
    Operations(operations::Arguments),
    CompareApi(compare_api::Arguments),
    Programs(programs::Arguments),
    /// List the overlays that Swage carries, with what each of them does
    Overlays,
    #[command(hide = true)]
    Measure(bench::Measure),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Codegen(arguments) => Ok(arguments.run(codegen_defaults(&workspace_root()))),
        Task::Bless => Ok(bless()),
        Task::Conformance(arguments) => conformance::run(&arguments, &workspace_root()),
        Task::Bench(arguments) => bench::run(&arguments, &workspace_root()),
        Task::Semver(arguments) => semver::run(&arguments, &workspace_root()),
        Task::HelpWords => help_words::run(&workspace_root()),
        Task::Operations(arguments) => operations::run(&arguments, &workspace_root()),
        Task::Tables(arguments) => tables::run(&arguments, &workspace_root()),
        Task::CompareApi(arguments) => compare_api::run(&arguments, &workspace_root()),
        Task::Programs(arguments) => programs::run(&arguments, &workspace_root()),
        Task::Overlays => overlays::run(),
        Task::Measure(arguments) => arguments.run(),
    };
    done.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::FAILURE
    })
}

/// `cargo xtask codegen` is `swage generate` for this workspace, and other crates get its runtime.
fn codegen_defaults(root: &Path) -> generate::Defaults {
    let mut settings = Settings::default();
    "cargo xtask codegen".clone_into(&mut settings.command);
    settings.runtime = Runtime::Path(root.join("runtime"));
    generate::Defaults {
        config: Some(root.join(config::FILE)),
        settings,
    }
}

/// Rewrites the goldens. The tests would do it as well, but they link some of them, and after an incompatible change of the
/// runtime those don't compile before they are rewritten.
fn bless() -> ExitCode {
    // Everything is generated before anything is written, so that an error changes nothing.
    for (expected, files) in &golden::crates() {
        golden::bless(expected, files);
    }
    ExitCode::SUCCESS
}

/// The workspace that this program was built in.
fn workspace_root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}
