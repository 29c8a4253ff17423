//! `cargo xtask codegen`: from models on the disk to a crate on the disk.

use crate::endpoint_tests;
use crate::folder::Changes;
use crate::models::{self, shown};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use swage_codegen::{Options, Source};

/// Generate crates from service models.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A model, an overlay, or a folder of them, gzip'ed or not; may be given several times, for one service
    /// [default: models]
    #[arg(long, value_name = "PATH")]
    model: Vec<PathBuf>,
    /// The folder to write the crate into [default: generated]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The crate's name [default: the service's name on the command line]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Only these operations and what they need
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    operations: Vec<String>,
    /// Speak this protocol of those that the service lists, such as restJson1 [default: the best that we speak]
    #[arg(long, value_name = "NAME")]
    protocol: Option<String>,
    /// Write nothing; exit with 1 and a diff when the folder isn't what the model gives
    #[arg(long)]
    check: bool,
}

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let start = Instant::now();
    let paths = if arguments.model.is_empty() {
        vec![root.join("models")]
    } else {
        arguments.model.clone()
    };
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| root.join("generated"));
    let sources = models::read(&paths, root)?;
    let options = options(arguments, &out, root)?;
    let colour = std::io::stderr().is_terminal();
    let generated = swage_codegen::generate(&sources, &options)
        .map_err(|problems| swage_codegen::render_diagnostics(&problems, &sources, colour))?;
    let failures = endpoint_tests::run(&generated.endpoint_tests, &generated.endpoint_rules);
    if !failures.is_empty() {
        return Err(format!(
            "error: the model's endpoint rules fail its own tests; nothing was written\n{}",
            failures.join("\n")
        ));
    }
    let changes = Changes::find(&out, &generated.files)?;
    if arguments.check && !changes.is_empty() {
        print!("{}", changes.diff());
        eprintln!(
            "{} is not what the model gives; `cargo xtask codegen` brings it up to date",
            shown(&out, root)
        );
        return Ok(ExitCode::FAILURE);
    }
    if !arguments.check {
        changes.apply(&out)?;
    }
    report(&changes, &sources, &shown(&out, root));
    if !generated.endpoint_tests.is_empty() {
        println!(
            "checked {} endpoint tests of the model: all pass",
            generated.endpoint_tests.len()
        );
    }
    println!("took    {} ms", start.elapsed().as_millis());
    Ok(ExitCode::SUCCESS)
}

fn options(arguments: &Arguments, out: &Path, root: &Path) -> Result<Options, String> {
    // The workspace's own crate reaches the runtime by a relative path, so that a checkout can stand anywhere.
    let ours = std::path::absolute(out).is_ok_and(|out| out == root.join("generated"));
    let runtime = if ours {
        PathBuf::from("../runtime")
    } else {
        root.join("runtime")
    };
    let runtime = runtime
        .to_str()
        .ok_or("error: the path of the workspace is not UTF-8")?
        .replace('\\', "/");
    Ok(Options {
        name: arguments.name.clone(),
        operations: arguments.operations.clone(),
        protocol: arguments.protocol.clone(),
        runtime,
        workspace: ours,
        ..Options::default()
    })
}

fn report(changes: &Changes, sources: &[Source], out: &str) {
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    println!("read    {}", names.join(", "));
    println!(
        "wrote   {out}: {} written, {} removed, {} unchanged",
        changes.written.len(),
        changes.removed.len(),
        changes.unchanged
    );
}
