//! `swage generate`: from models on the disk to crates on the disk.

use super::progress::Progress;
use super::report::Format;
use crate::config;
use crate::job::{self, Mode};
use crate::problem::{Error, Problem};
use crate::settings::{Runtime, Settings};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;
use swage_codegen::did_you_mean;

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
    /// A model, an overlay, a folder of them (folders in it are not searched) or of a smithy-build.json, or - for standard
    /// input; may be given several times, for one service
    #[arg(long, value_name = "PATH")]
    model: Vec<PathBuf>,
    /// The folder to write the crate into [default with --model: generated]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The crate's name [default: the service's name on the command line]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Generate this service, where the models have several
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
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
    /// How to print results and diagnostics: text, or JSON in Cargo's form, a line for each, on standard output
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: Format,
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
        let format = self.message_format;
        let crates = match self.crates(defaults) {
            Ok(crates) => crates,
            Err(error) => {
                format.error(&error);
                return format.finish(false, start.elapsed());
            }
        };
        let mut succeeded = true;
        let progress = Progress::new(crates.len(), format);
        progress.watch(|| {
            job::run_all(&crates, mode, |settings, outcome| {
                succeeded &= outcome.error.is_none();
                progress.done(|| format.outcome(&outcome, settings));
            });
        });
        format.finish(succeeded, start.elapsed())
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
        if let Some(service) = &self.service {
            settings.service = Some(service.clone());
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
