//! One crate: from models on the disk to a crate on the disk.

use crate::endpoint_tests;
use crate::folder::{Changes, Lock};
use crate::models::{self, shown};
use crate::overlays;
use crate::problem::{Error, MODEL, Problem};
use crate::settings::Settings;
use crate::update::Update;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use swage_codegen::diagnostic::Severity;
use swage_codegen::diff::Report;
use swage_codegen::{Generated, OutputFile, RenamedOption, Source};

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
pub fn run_all(crates: &[Settings], mode: Mode, mut tell: impl FnMut(&Settings, Outcome)) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(crates.len()) {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                while let Some((index, settings)) = take(next, crates) {
                    let _ = send.send((index, run(settings, mode)));
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        for (index, settings) in crates.iter().enumerate() {
            while !waiting.contains_key(&index) {
                let Ok((done, outcome)) = receive.recv() else {
                    return;
                };
                waiting.insert(done, outcome);
            }
            if let Some(outcome) = waiting.remove(&index) {
                tell(settings, outcome);
            }
        }
    });
}

/// The next crate that no thread has taken.
fn take<'c>(next: &AtomicUsize, crates: &'c [Settings]) -> Option<(usize, &'c Settings)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, crates.get(index)?))
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
    let (generated, sources, update) = generate(settings)?;
    let names = sources.iter().map(|source| source.name.clone()).collect();
    let tests = endpoint_tests::run(&generated.endpoint_tests, &generated.endpoint_rules)
        .map_err(|error| Problem::new(format!("{error}; nothing was written")))?;
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
    Ok(Done {
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
    })
}

/// The crate that the models give, and their texts, of the overlay that Swage carries, too.
fn generate(settings: &Settings) -> Result<(Generated, Vec<Source>, Update), Error> {
    let mut options = settings.options()?;
    let sources = models::read(&settings.sources(), &settings.root)?;
    let (sources, loaded) = overlays::load(sources, settings);
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let generated = Update::prepare(settings, &loaded, &mut options).and_then(|update| {
        let generated = swage_codegen::generate_from(&loaded, &names, &options)?;
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
    let sources = models::read(&settings.sources(), &settings.root)?;
    let (sources, loaded) = overlays::load(sources, settings);
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    let generated = match swage_codegen::generate_from(&loaded, &names, &options) {
        Ok(generated) => generated,
        Err(diagnostics) => return Err(Problem::errors(diagnostics, sources).into()),
    };
    let tests = endpoint_tests::run(&generated.endpoint_tests, &generated.endpoint_rules)
        .map_err(|error| Problem::new(format!("{error}; nothing was written")))?;
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

/// Writes the files, or fails when a check finds that others are there.
fn write(
    settings: &Settings,
    files: &[OutputFile],
    update: &Update,
    mode: Mode,
    outcome: &mut Outcome,
) -> Result<Changes, Problem> {
    let out = &settings.out();
    let _lock = if mode.check {
        Lock::to_read(out)?
    } else {
        Lock::to_write(out)?
    };
    let changes = Changes::find(out, files)?;
    if !mode.check {
        changes.apply(out)?;
        update.write_changelog(out)?;
    } else if !changes.is_empty() {
        outcome.diff = changes.diff();
        return Err(Problem::new(format!(
            "{} is not what the model gives; `{}` brings it up to date",
            shown(out, &settings.root),
            settings.command
        )));
    }
    Ok(changes)
}
