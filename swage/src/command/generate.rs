//! `swage generate`: from models on the disk to crates on the disk.

use super::takes_colour;
use crate::config;
use crate::job::{self, Done, Mode, Outcome};
use crate::models::shown;
use crate::problem::{Error, Problem};
use crate::settings::{Runtime, Settings};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;
use swage_codegen::did_you_mean;
use swage_codegen::diff::{Report, counts, summary};

/// Generate the crates that swage.toml describes, or one from the models that are named.
///
/// Without --model, the crates of swage.toml in the current folder or above it are generated; options then override its
/// keys. With --model, one crate is generated from options alone.
#[derive(clap::Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub struct Arguments {
    /// A model, an overlay, a folder of them or of a smithy-build.json, or - for standard input; may be given several times,
    /// for one service
    #[arg(long, value_name = "PATH")]
    model: Vec<PathBuf>,
    /// The folder to write the crate into [default with --model: generated]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The crate's name [default: the service's name on the command line]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Only these operations and what they need: names, patterns such as 'Describe*' and '!Delete*', or @FILE with one a
    /// line
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    operations: Vec<String>,
    /// Speak this protocol, such as restJson1, also if the service names none [default: of those that the service lists,
    /// the one that the AWS CLI takes]
    #[arg(long, value_name = "NAME")]
    protocol: Option<String>,
    /// Generate the library alone, without a command line
    #[arg(long)]
    no_cli: bool,
    /// Leave out the overlay that Swage carries for the service
    #[arg(long)]
    no_overlays: bool,
    /// The folder of the runtime's crates, `client` and `cli` [default: the registry]
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
    /// Read this file in place of swage.toml
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    config: Option<PathBuf>,
    /// Of the crates in swage.toml, only this one; may be given several times
    #[arg(long, short, value_name = "CRATE", conflicts_with = "model")]
    package: Vec<String>,
    /// Write nothing; exit with 1 and a diff when a folder isn't what the models give, or when there are warnings
    #[arg(long)]
    check: bool,
    /// Take warnings for errors: write nothing and exit with 1
    #[arg(long)]
    deny_warnings: bool,
}

/// What holds where the options say nothing.
#[derive(Default)]
pub struct Defaults {
    /// The file that describes crates. None: it is looked for.
    pub config: Option<PathBuf>,
    /// The crate that the options describe.
    pub settings: Settings,
}

impl Arguments {
    /// Runs the command.
    pub fn run(&self, defaults: Defaults) -> ExitCode {
        let start = Instant::now();
        let mode = Mode {
            check: self.check,
            deny_warnings: self.deny_warnings,
        };
        let crates = match self.crates(defaults) {
            Ok(crates) => crates,
            Err(error) => {
                eprint!("{}", error.render(takes_colour(&std::io::stderr())));
                return ExitCode::FAILURE;
            }
        };
        let mut failed = false;
        job::run_all(&crates, mode, |settings, outcome| {
            failed |= outcome.error.is_some();
            say(&outcome, settings);
        });
        if failed {
            return ExitCode::FAILURE;
        }
        println!("took    {} ms", start.elapsed().as_millis());
        ExitCode::SUCCESS
    }

    /// What to generate.
    fn crates(&self, defaults: Defaults) -> Result<Vec<Settings>, Error> {
        if !self.model.is_empty() {
            let mut settings = defaults.settings;
            settings.models.clone_from(&self.model);
            self.override_settings(&mut settings);
            return Ok(vec![settings]);
        }
        let file = self.config.clone().or(defaults.config);
        let file = match file {
            Some(file) => file,
            None => {
                config::find(&std::env::current_dir().unwrap_or_default()).ok_or_else(|| {
                    Problem::with_help(
                        "no swage.toml in this folder or above it",
                        "name a model: `swage generate --model service.json --out client`",
                    )
                })?
            }
        };
        let mut crates = self.chosen(config::read(&file)?)?;
        if crates.len() > 1 && (self.out.is_some() || self.name.is_some()) {
            let message = "--out and --name are for one crate, and swage.toml describes several";
            return Err(Problem::with_help(message, "choose one with --package").into());
        }
        for settings in &mut crates {
            self.override_settings(settings);
        }
        Ok(crates)
    }

    /// Those of the crates that `--package` names.
    fn chosen(&self, mut crates: Vec<Settings>) -> Result<Vec<Settings>, Problem> {
        let names: Vec<&str> = crates.iter().filter_map(|of| of.name.as_deref()).collect();
        for package in &self.package {
            if !names.contains(&package.as_str()) {
                let help = did_you_mean(package, names.iter().copied())
                    .unwrap_or_else(|| format!("it has {}", names.join(", ")));
                let message = format!("swage.toml has no crate `{package}`");
                return Err(Problem::with_help(message, help));
            }
        }
        if !self.package.is_empty() {
            let is_chosen = |name: &String| self.package.contains(name);
            crates.retain(|of| of.name.as_ref().is_some_and(is_chosen));
        }
        Ok(crates)
    }

    /// Paths in options are those of the current folder.
    fn override_settings(&self, settings: &mut Settings) {
        let here = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let is_here = settings.root.as_os_str().is_empty();
        if let Some(out) = &self.out {
            settings.out = if is_here { out.clone() } else { here(out) };
        }
        if let Some(name) = &self.name {
            settings.name = Some(name.clone());
        }
        if !self.operations.is_empty() {
            settings.operations.clone_from(&self.operations);
        }
        if let Some(protocol) = &self.protocol {
            settings.protocol = Some(protocol.clone());
        }
        if let Some(runtime) = &self.runtime {
            let runtime = if is_here {
                runtime.clone()
            } else {
                here(runtime)
            };
            settings.runtime = Runtime::Path(runtime);
        }
        settings.cli &= !self.no_cli;
        settings.builtin_overlays &= !self.no_overlays;
    }
}

/// Tells what came of a crate: results on standard output, problems on standard error.
fn say(outcome: &Outcome, settings: &Settings) {
    let colour = takes_colour(&std::io::stderr());
    if let Some(warnings) = &outcome.warnings {
        eprint!("{}", warnings.render(colour));
    }
    print!("{}", outcome.diff);
    if let Some(error) = &outcome.error {
        eprint!("{}", error.render(colour));
    }
    if let Some(done) = &outcome.done {
        report(done, &shown(&settings.out, &settings.root));
    }
}

fn report(done: &Done, out: &str) {
    println!("read    {}", done.sources.join(", "));
    println!(
        "wrote   {out}: {} written, {} removed, {} unchanged",
        done.written, done.removed, done.unchanged
    );
    if let Some(changes) = &done.changes {
        report_changes(changes);
    }
    if let Some((old, new)) = &done.version {
        println!("version {old} → {new}");
    }
    for option in &done.renamed_options {
        println!(
            "renamed {}: {} sets {}, because {}",
            option.operation,
            option.option,
            option.member,
            option.reason.replace('`', "")
        );
    }
    if done.tests > 0 {
        println!("{}", tested(done));
    }
}

/// What the new model means for those who use the crate.
fn report_changes(changes: &Report) {
    if !changes.changes.is_empty() {
        println!("changed {}", counts(changes));
    }
    for line in summary(changes) {
        println!("        {line}");
    }
}

fn tested(done: &Done) -> String {
    let count = done.tests;
    let result = match done.failed {
        0 => "all pass".to_owned(),
        failed => format!("{} passed, {failed} failed", count - failed),
    };
    let outdated = match done.outdated {
        0 => String::new(),
        outdated => {
            format!("; {outdated} are older than the dual-stack endpoints of isolated partitions")
        }
    };
    format!("checked {count} endpoint tests of the model: {result}{outdated}")
}
