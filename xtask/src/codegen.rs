//! `cargo xtask codegen`: from models on the disk to crates on the disk.

use crate::endpoint_tests::{self, Outcome};
use crate::folder::{Changes, Lock};
use crate::models::{self, shown};
use crate::own::{self, GENERATED, Job};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use swage_codegen::diagnostic::{Severity, render_as};
use swage_codegen::{Generated, Options, OutputFile, Source, load};

/// Generate crates from service models.
#[derive(clap::Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub(crate) struct Arguments {
    /// A model, an overlay, or a folder of them, gzip'ed or not; may be given several times, for one service
    /// [default: those of the workspace's own crates]
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
    /// Speak this protocol of those that the service lists, such as restJson1 [default: the one that the AWS CLI takes]
    #[arg(long, value_name = "NAME")]
    protocol: Option<String>,
    /// Generate the library alone, without a command line
    #[arg(long)]
    no_cli: bool,
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
    let mut problems = Vec::new();
    for job in jobs(arguments, root)? {
        problems.extend(job.run(arguments, root).err());
    }
    if !problems.is_empty() {
        return Err(problems.join("\n"));
    }
    println!("took    {} ms", start.elapsed().as_millis());
    Ok(ExitCode::SUCCESS)
}

/// The one crate that the options describe; without any, all of the workspace.
fn jobs(arguments: &Arguments, root: &Path) -> Result<Vec<Job>, String> {
    if arguments.describes_nothing() {
        return Ok(own::jobs(root));
    }
    let models = if arguments.model.is_empty() {
        vec![root.join("models")]
    } else {
        arguments.model.clone()
    };
    let out = arguments.out.clone();
    let out = out.unwrap_or_else(|| root.join(GENERATED));
    let options = options(arguments, &out, root)?;
    Ok(vec![Job {
        models,
        out,
        options,
    }])
}

impl Job {
    /// Generates the crate, or compares it with what is there.
    fn run(&self, arguments: &Arguments, root: &Path) -> Result<(), String> {
        let mut sources = models::read(&self.models, root)?;
        let colour = std::io::stderr().is_terminal();
        let overlays = (!arguments.no_overlays).then_some(root);
        let generated = generate(&mut sources, overlays, &self.options, colour)?;
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
        let changes = self.write(&generated.files, arguments.check, root)?;
        if denied {
            return Err("error: --check makes warnings errors".into());
        }
        report(&changes, &sources, &shown(&self.out, root));
        if self.options.cli {
            report_renamed(&generated);
        }
        if !generated.endpoint_tests.is_empty() {
            println!("{}", tested(generated.endpoint_tests.len(), &tests));
        }
        Ok(())
    }

    /// Writes the files; or fails when a check finds that others are there.
    fn write(&self, files: &[OutputFile], check: bool, root: &Path) -> Result<Changes, String> {
        let _lock = if check {
            Lock::to_read(&self.out)?
        } else {
            Lock::to_write(&self.out)?
        };
        let changes = Changes::find(&self.out, files)?;
        if !check {
            changes.apply(&self.out)?;
        } else if !changes.is_empty() {
            print!("{}", changes.diff());
            return Err(format!(
                "{} is not what the model gives; `cargo xtask codegen` brings it up to date",
                shown(&self.out, root)
            ));
        }
        Ok(changes)
    }
}

impl Arguments {
    /// Whether they leave open which crate to generate, and how.
    fn describes_nothing(&self) -> bool {
        self.model.is_empty()
            && self.out.is_none()
            && self.name.is_none()
            && self.operations.is_empty()
            && self.protocol.is_none()
            && !self.no_cli
    }

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
    let ours = std::path::absolute(out).is_ok_and(|out| out == root.join(GENERATED));
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
        cli: !arguments.no_cli,
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

fn report_renamed(generated: &Generated) {
    for option in &generated.renamed_options {
        println!(
            "renamed {}: {} sets {}, because {}",
            option.operation,
            option.option,
            option.member,
            option.reason.replace('`', "")
        );
    }
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
