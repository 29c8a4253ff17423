//! One crate: from models on the disk to a crate on the disk.

mod program;
mod record;

use crate::endpoint_tests::{self, Outcome as Tested};
use crate::folder::{Changes, Lock};
use crate::models::{self, shown};
use crate::overlays;
use crate::parallel::in_order;
use crate::problem::{Error, MODEL, Problem};
use crate::settings::Settings;
use crate::update::Update;
use record::Record;
use swage_codegen::diagnostic::Severity;
use swage_codegen::diff::Report;
use swage_codegen::{Generated, Options, OutputFile, RenamedOption, Source};

/// What a run may do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mode {
    /// Write nothing; fail when the folder isn't what the models give, or when there are warnings.
    pub check: bool,
    /// Take warnings for errors, and write nothing then.
    pub deny_warnings: bool,
}

impl Mode {
    /// How serious a warning is.
    fn severity(self) -> Severity {
        if self.check || self.deny_warnings {
            Severity::Error
        } else {
            Severity::Warning
        }
    }
}

/// What came of a crate.
#[derive(Default)]
pub struct Outcome {
    /// What to say before everything else: warnings, or the errors that they became.
    pub warnings: Option<Problem>,
    /// Why the crate was not written, or is not as it should be.
    pub error: Option<Error>,
    /// The difference that a check found.
    pub diff: String,
    /// What was done; none when nothing was.
    pub done: Option<Done>,
}

/// What was done for a crate.
pub struct Done {
    /// The models that were read.
    pub sources: Vec<String>,
    /// The package's name.
    pub package: String,
    /// What changed since the crate was generated last; none if it is new, or older than `interface.txt`.
    pub changes: Option<Report>,
    /// The version before and now, if it was raised.
    pub version: Option<(String, String)>,
    /// How many files were written.
    pub written: usize,
    /// How many files were removed.
    pub removed: usize,
    /// How many files were as they should be.
    pub unchanged: usize,
    /// The options of commands that aren't called after their members.
    pub renamed_options: Vec<RenamedOption>,
    /// How many endpoint tests the model has.
    pub tests: usize,
    /// How many of them fail.
    pub failed: usize,
    /// How many of them are older than AWS's partitions.
    pub outdated: usize,
}

/// Generates crates, several at a time. Each outcome is told when it and those before it are there.
pub fn run_all(crates: &[Settings], mode: Mode, tell: impl FnMut(&Settings, Outcome)) {
    in_order(crates, |settings| run(settings, mode), tell);
}

/// Generates a crate, or compares it with what is there.
pub fn run(settings: &Settings, mode: Mode) -> Outcome {
    let mut outcome = Outcome::default();
    match generate_and_write(settings, mode, &mut outcome) {
        Ok(done) => outcome.done = Some(done),
        Err(error) => outcome.error = Some(error),
    }
    outcome
}

fn generate_and_write(
    settings: &Settings,
    mode: Mode,
    outcome: &mut Outcome,
) -> Result<Done, Error> {
    let options = settings.options()?;
    if settings.program {
        return program::generate_and_write(settings, &options, mode, outcome);
    }
    let sources = models::read(&settings.sources(), &settings.root)?;
    let record = Record::new(settings, &options, &sources).filter(|_| !mode.check);
    if let Some(done) = record
        .as_ref()
        .map(Record::unchanged)
        .transpose()?
        .flatten()
    {
        return Ok(done);
    }
    let (generated, sources, update) = generate(settings, options, sources)?;
    let names = sources.iter().map(|source| source.name.clone()).collect();
    let tests = test(&generated)?;
    let failed = tests.failures.len();
    if failed > 0 {
        outcome.warnings = Some(Problem::Diagnostics {
            severity: mode.severity(),
            diagnostics: tests.failures,
            sources,
            place: MODEL,
        });
    }
    let denied = mode.severity() == Severity::Error && failed > 0;
    if denied && !mode.check {
        let message = "--deny-warnings makes warnings errors; nothing was written";
        return Err(Problem::new(message).into());
    }
    let changes = write(settings, &generated.files, &update, mode, outcome)?;
    if denied {
        return Err(Problem::new("--check makes warnings errors").into());
    }
    let done = Done {
        sources: names,
        package: generated.names.package,
        version: update.raised(),
        changes: update.report,
        written: changes.written.len(),
        removed: changes.removed.len(),
        unchanged: changes.unchanged,
        renamed_options: generated.renamed_options,
        tests: generated.endpoint_tests.len(),
        failed,
        outdated: tests.outdated,
    };
    // Warnings are shown again by the next run.
    if let Some(record) = record.filter(|_| failed == 0) {
        record.keep(&generated.files, &done);
    }
    Ok(done)
}

/// The crate that the models give, and their texts, of the overlay that Swage carries, too.
fn generate(
    settings: &Settings,
    mut options: Options,
    sources: Vec<Source>,
) -> Result<(Generated, Vec<Source>, Update), Error> {
    let (sources, loaded) = overlays::load(sources, settings);
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let generated = Update::prepare(settings, &loaded, &mut options).and_then(|update| {
        let generated = swage_codegen::generate_from(loaded, &names, &options)?;
        let update = update.finish(&generated.interface);
        Ok((generated, update))
    });
    match generated {
        Ok((generated, update)) => Ok((generated, sources, update)),
        Err(diagnostics) => Err(Problem::errors(diagnostics, sources).into()),
    }
}

/// A module of another crate.
pub(crate) struct Module {
    pub(crate) name: String,
    pub(crate) files: Vec<OutputFile>,
    pub(crate) dependencies: String,
    pub(crate) warnings: Option<Problem>,
}

/// Generates a module in that module of another crate.
pub(crate) fn module(settings: &Settings, parent: &str) -> Result<Module, Error> {
    let mut options = settings.options()?;
    options.module = Some(parent.to_owned());
    let (generated, sources) = generate_with(settings, &options)?;
    let tests = test(&generated)?;
    let warnings = (!tests.failures.is_empty()).then_some(Problem::Diagnostics {
        severity: Severity::Warning,
        diagnostics: tests.failures,
        sources,
        place: MODEL,
    });
    Ok(Module {
        name: generated.names.library,
        files: generated.files,
        dependencies: generated.dependencies,
        warnings,
    })
}

/// Generates a crate that isn't written, and runs its endpoint tests.
#[cfg(feature = "command")]
pub(crate) fn in_memory(settings: &Settings) -> Result<(Generated, Tested), Error> {
    let (generated, _) = generate_with(settings, &settings.options()?)?;
    let tests = test(&generated)?;
    Ok((generated, tests))
}

/// Generates without regard to what was generated before.
fn generate_with(
    settings: &Settings,
    options: &Options,
) -> Result<(Generated, Vec<Source>), Error> {
    let sources = models::read(&settings.sources(), &settings.root)?;
    let (sources, loaded) = overlays::load(sources, settings);
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    match swage_codegen::generate_from(loaded, &names, options) {
        Ok(generated) => Ok((generated, sources)),
        Err(diagnostics) => Err(Problem::errors(diagnostics, sources).into()),
    }
}

/// Runs the model's endpoint tests.
fn test(generated: &Generated) -> Result<Tested, Problem> {
    endpoint_tests::run(&generated.endpoint_tests, &generated.endpoint_rules)
        .map_err(|error| Problem::new(format!("{error}; nothing was written")))
}

/// Writes the files, or fails when a check finds that others are there.
fn write<'f>(
    settings: &Settings,
    files: &'f [OutputFile],
    update: &Update,
    mode: Mode,
    outcome: &mut Outcome,
) -> Result<Changes<'f>, Problem> {
    let out = &settings.out();
    let _lock = if mode.check {
        Lock::to_read(out)?
    } else {
        Lock::to_write(out)?
    };
    let mut changes = Changes::find(out, files)?;
    update.add_changelog(out, &mut changes)?;
    if !mode.check {
        changes.apply(out)?;
    } else if !changes.is_empty() {
        outcome.diff = changes.diff();
        return Err(out_of_date(settings));
    }
    Ok(changes)
}

/// The error of a check.
fn out_of_date(settings: &Settings) -> Problem {
    Problem::new(format!(
        "{} is out of date; `{}` updates it",
        shown(&settings.out(), &settings.root),
        settings.command
    ))
}
