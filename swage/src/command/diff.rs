//! `swage diff`: what an update of a model means.

use super::takes_colour;
use crate::interface;
use crate::settings::Settings;
use clap::ValueEnum;
use std::process::ExitCode;
use swage_codegen::diff::{Level, Report, Sources, json, markdown, terminal};

/// Compare two models in terms of the crates that are generated from them.
///
/// Each change has a level for Rust programs, for scripts that run the command, and for the wire. OLD and NEW are models,
/// folders of models, `interface.txt` of a generated crate, or models in a commit: `git:REV:PATH`.
///
/// Exits with 0 if the models were compared, with 1 if `--fail-on` found a change, and with 2 if a model can't be read or has
/// errors.
#[derive(clap::Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own"
)]
pub struct Arguments {
    /// The model before
    old: String,
    /// The model now
    new: String,
    /// How to print the changes
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Exit with 1 if there is a change of this level or a higher one
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Print all changes, also where many of one kind break nothing
    #[arg(long)]
    all: bool,
    /// Compare this service, where the models have several
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Only these operations and what they need
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    operations: Vec<String>,
    /// Speak this protocol of those that the service lists
    #[arg(long, value_name = "NAME")]
    protocol: Option<String>,
    /// Leave out the command line
    #[arg(long)]
    no_cli: bool,
    /// Leave out the overlay that Swage carries for the service
    #[arg(long)]
    no_overlays: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For a program
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Breaking,
    Minor,
    Patch,
}

impl FailOn {
    fn level(self) -> Level {
        match self {
            Self::Breaking => Level::Breaking,
            Self::Minor => Level::Minor,
            Self::Patch => Level::Patch,
        }
    }
}

impl Arguments {
    /// Runs the command.
    pub fn run(&self) -> ExitCode {
        let sides = [&self.old, &self.new].map(|side| interface::read(side, &self.settings()));
        let [Ok((old_sources, old)), Ok((new_sources, new))] = &sides else {
            for error in sides.iter().filter_map(|side| side.as_ref().err()) {
                eprint!("{}", error.render(takes_colour(&std::io::stderr())));
            }
            return ExitCode::from(2);
        };
        let report = Report::new(old, new);
        let sources = Sources::new(old_sources, new_sources);
        let text = match self.format {
            Format::Text => terminal(
                &report,
                &sources,
                takes_colour(&std::io::stdout()),
                self.all,
            ),
            Format::Markdown => markdown(&report, &sources),
            Format::Json => json(&report, &sources),
        };
        print!("{text}");
        match self.fail_on {
            Some(limit) if report.level() >= limit.level() => ExitCode::FAILURE,
            _ => ExitCode::SUCCESS,
        }
    }

    fn settings(&self) -> Settings {
        Settings {
            service: self.service.clone(),
            operations: self.operations.clone(),
            protocol: self.protocol.clone(),
            cli: !self.no_cli,
            builtin_overlays: !self.no_overlays,
            ..Settings::default()
        }
    }
}
