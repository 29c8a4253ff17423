//! `cargo xtask codegen`: from models on the disk to a crate on the disk.

use crate::endpoint_tests::{self, Outcome};
use crate::folder::{Changes, Lock};
use crate::models::{self, shown};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use swage_codegen::diagnostic::{Severity, render_as};
use swage_codegen::{Generated, Options, Source, load};

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
    /// Leave out the overlay of models/aws that is for the service
    #[arg(long)]
    no_overlays: bool,
    /// Write nothing; exit with 1 and a diff when the folder isn't what the model gives, or when there are warnings
    #[arg(long)]
    check: bool,
    /// Take warnings for errors: write nothing and exit with 1
    #[arg(long)]
    deny_warnings: bool,
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
    let mut sources = models::read(&paths, root)?;
    let options = options(arguments, &out, root)?;
    let colour = std::io::stderr().is_terminal();
    let overlays = (!arguments.no_overlays).then_some(root);
    let generated = generate(&mut sources, overlays, &options, colour)?;
    let tests = endpoint_tests::run(&generated.endpoint_tests, &generated.endpoint_rules)
        .map_err(|error| format!("error: {error}; nothing was written"))?;
    let denied = arguments.severity() == Severity::Error && !tests.failures.is_empty();
    if !tests.failures.is_empty() {
        let severity = arguments.severity();
        eprint!("{}", render_as(severity, &tests.failures, &sources, colour));
    }
    if denied && !arguments.check {
        return Err("error: --deny-warnings makes warnings errors; nothing was written".into());
    }
    let _lock = if arguments.check {
        Lock::to_read(&out)?
    } else {
        Lock::to_write(&out)?
    };
    let changes = Changes::find(&out, &generated.files)?;
    if !arguments.check {
        changes.apply(&out)?;
    } else if !changes.is_empty() {
        print!("{}", changes.diff());
        return Err(format!(
            "{} is not what the model gives; `cargo xtask codegen` brings it up to date",
            shown(&out, root)
        ));
    } else if denied {
        return Err("error: --check makes warnings errors".into());
    }
    report(&changes, &sources, &shown(&out, root));
    for option in &generated.renamed_options {
        println!(
            "renamed {}: {} sets {}, because {}",
            option.operation,
            option.option,
            option.member,
            option.reason.replace('`', "")
        );
    }
    if !generated.endpoint_tests.is_empty() {
        println!("{}", tested(generated.endpoint_tests.len(), &tests));
    }
    println!("took    {} ms", start.elapsed().as_millis());
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    /// How serious a warning is.
    fn severity(&self) -> Severity {
        if self.check || self.deny_warnings {
            Severity::Error
        } else {
            Severity::Warning
        }
    }
}

/// Generates from the sources and, below that folder, the overlay for their service; it is added to the sources.
fn generate(
    sources: &mut Vec<Source>,
    overlays: Option<&Path>,
    options: &Options,
    colour: bool,
) -> Result<Generated, String> {
    let mut loaded = load::load(sources);
    if let Some((root, sdk_id)) = overlays.zip(loaded.sdk_id()) {
        let first = sources.len();
        sources.extend(models::overlay(sdk_id, root)?);
        loaded.overlay(sources, first);
    }
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    swage_codegen::generate_from(&loaded, &names, options)
        .map_err(|problems| swage_codegen::render_diagnostics(&problems, sources, colour))
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

fn tested(count: usize, tests: &Outcome) -> String {
    let result = match tests.failures.len() {
        0 => "all pass".to_owned(),
        failed => format!("{} passed, {failed} failed", count - failed),
    };
    let outdated = match tests.outdated {
        0 => String::new(),
        outdated => {
            format!("; {outdated} are older than the dual-stack endpoints of isolated partitions")
        }
    };
    format!("checked {count} endpoint tests of the model: {result}{outdated}")
}
