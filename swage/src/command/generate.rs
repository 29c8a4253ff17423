//! `swage generate`: from models on the disk to crates on the disk.

use crate::job::{self, Done, Mode, Outcome};
use crate::models::shown;
use crate::problem::colour;
use crate::settings::Settings;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Generate crates from service models.
#[derive(clap::Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub struct Arguments {
    /// A model, an overlay, or a folder of them, gzip'ed or not; may be given several times, for one service
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
    /// Leave out the overlay that Swage carries for the service
    #[arg(long)]
    no_overlays: bool,
    /// The folder of the runtime's crates, `client` and `cli`
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
    /// Write nothing; exit with 1 and a diff when the folder isn't what the model gives, or when there are warnings
    #[arg(long)]
    check: bool,
    /// Take warnings for errors: write nothing and exit with 1
    #[arg(long)]
    deny_warnings: bool,
}

/// What holds where the options say nothing.
pub struct Defaults {
    /// The crates to generate where no option describes one.
    pub crates: Vec<Settings>,
    /// The folder of the runtime.
    pub runtime: PathBuf,
    /// The command that the header of each file names.
    pub command: String,
    /// The folder without which messages show the paths below it.
    pub root: PathBuf,
}

impl Arguments {
    /// Runs the command.
    pub fn run(&self) -> ExitCode {
        self.run_with(Defaults {
            crates: Vec::new(),
            runtime: PathBuf::from("runtime"),
            command: "swage generate".to_owned(),
            root: PathBuf::new(),
        })
    }

    /// Runs the command with other defaults.
    pub fn run_with(&self, defaults: Defaults) -> ExitCode {
        let start = Instant::now();
        let mode = Mode {
            check: self.check,
            deny_warnings: self.deny_warnings,
        };
        let root = defaults.root.clone();
        let mut failed = false;
        for settings in self.crates(defaults) {
            let outcome = job::run(&settings, mode, &root);
            failed |= outcome.error.is_some();
            say(&outcome, &settings, &root);
        }
        if failed {
            return ExitCode::FAILURE;
        }
        println!("took    {} ms", start.elapsed().as_millis());
        ExitCode::SUCCESS
    }

    /// The crate that the options describe, or those that are generated without them.
    fn crates(&self, defaults: Defaults) -> Vec<Settings> {
        if self.describes_nothing() {
            return defaults.crates;
        }
        let out = self.out.clone().unwrap_or_else(|| "generated".into());
        let runtime = self.runtime.clone().unwrap_or(defaults.runtime);
        let mut settings = Settings::new(self.model.clone(), out, runtime);
        settings.name.clone_from(&self.name);
        settings.operations.clone_from(&self.operations);
        settings.protocol.clone_from(&self.protocol);
        settings.cli = !self.no_cli;
        settings.builtin_overlays = !self.no_overlays;
        settings.command = defaults.command;
        vec![settings]
    }

    /// Whether they leave open which crate to generate, and how.
    fn describes_nothing(&self) -> bool {
        self.model.is_empty()
            && self.out.is_none()
            && self.name.is_none()
            && self.operations.is_empty()
            && self.protocol.is_none()
            && !self.no_cli
    }
}

/// Tells what came of a crate: results on standard output, problems on standard error.
fn say(outcome: &Outcome, settings: &Settings, root: &Path) {
    let colour = colour();
    if let Some(warnings) = &outcome.warnings {
        eprint!("{}", warnings.render(colour));
    }
    print!("{}", outcome.diff);
    if let Some(error) = &outcome.error {
        eprint!("{}", error.render(colour));
    }
    if let Some(done) = &outcome.done {
        report(done, &shown(&settings.out, root));
    }
}

fn report(done: &Done, out: &str) {
    println!("read    {}", done.sources.join(", "));
    println!(
        "wrote   {out}: {} written, {} removed, {} unchanged",
        done.written, done.removed, done.unchanged
    );
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
