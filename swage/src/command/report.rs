//! What `swage generate` prints: text for people, or JSON for programs.

use super::{json, takes_colour};
use crate::job::{Done, Outcome};
use crate::models::shown;
use crate::problem::Error;
use crate::settings::Settings;
use std::process::ExitCode;
use std::time::Duration;
use swage_codegen::diff::{Report, counts, summary};

/// The form of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Results on standard output, diagnostics on standard error.
    #[default]
    Human,
    /// A JSON object in each line of standard output.
    Json,
}

impl Format {
    /// Why nothing was generated.
    pub(super) fn error(self, error: &Error) {
        match self {
            Self::Human => eprint!("{}", error.render(takes_colour(&std::io::stderr()))),
            Self::Json => error.problems.iter().for_each(|of| json::problem(of, None)),
        }
    }

    /// What came of a crate.
    pub(super) fn outcome(self, outcome: &Outcome, settings: &Settings) {
        if self == Self::Json {
            return json::outcome(outcome, settings);
        }
        if let Some(warnings) = &outcome.warnings {
            eprint!("{}", warnings.render(takes_colour(&std::io::stderr())));
        }
        print!("{}", outcome.diff);
        if let Some(error) = &outcome.error {
            self.error(error);
        }
        if let Some(done) = &outcome.done {
            print_text(done, &shown(&settings.out, &settings.root));
        }
    }

    /// The last line.
    pub(super) fn finish(self, succeeded: bool, took: Duration) -> ExitCode {
        match self {
            Self::Json => json::finished(succeeded),
            Self::Human if succeeded => println!("took    {} ms", took.as_millis()),
            Self::Human => {}
        }
        if succeeded {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// What was done, as text.
fn print_text(done: &Done, out: &str) {
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
