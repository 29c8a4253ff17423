//! `swage sweep`: whether everything below some folders can be generated, and what it costs.

mod compile;
mod measure;
mod report;

use super::progress::Progress;
use super::report::Format;
use super::takes_colour;
use crate::find;
use crate::parallel::in_order;
use crate::problem::Error;
use crate::settings::{Runtime, Settings};
use measure::Measured;
use std::path::PathBuf;
use std::process::ExitCode;

/// Generate the crate of every model below some folders, in memory, and say what it takes.
///
/// Models are recognized by their content: Smithy JSON, Smithy IDL or the AWS JSON format. A service in two formats counts as
/// two models. Of folders that are named by dates and stand side by side, as versions do, the newest is taken. A failure
/// doesn't stop the others.
///
/// Exits with 0 if every model was generated, and compiles without warnings if --compile asks for it; otherwise with 1.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folders, or single models
    #[arg(required = true, value_name = "DIR")]
    paths: Vec<PathBuf>,
    /// Write N of the crates, spread over protocols and sizes, into one workspace, and run `cargo check` there with and
    /// without the command line; a warning is a failure
    #[arg(long, value_name = "N")]
    compile: Option<usize>,
    /// Also run `cargo doc` for these crates; a warning is a failure
    #[arg(long, requires = "compile")]
    doc: bool,
    /// Don't compile the crate of this name; may be given several times
    #[arg(long, value_name = "CRATE", requires = "compile")]
    exclude: Vec<String>,
    /// The folder of that workspace, which is kept [default: a temporary one]
    #[arg(long, value_name = "DIR", requires = "compile")]
    out: Option<PathBuf>,
    /// The folder of the runtime's crates, `client` and `cli` [default: the registry]
    #[arg(long, value_name = "DIR")]
    runtime: Option<PathBuf>,
    /// Speak this protocol where a service names none
    #[arg(long, value_name = "NAME")]
    protocol: Option<String>,
    /// Print one JSON document: the totals, and every model
    #[arg(long)]
    json: bool,
    /// Generate the one model that the paths are, and print what it took
    #[arg(long, hide = true)]
    one: bool,
}

/// A model, and what came of it.
struct Swept {
    model: find::Found,
    result: Result<Measured, String>,
}

impl Arguments {
    /// Runs the command.
    pub fn run(&self) -> ExitCode {
        if self.one {
            return measure::print(&self.settings(&self.paths));
        }
        self.sweep().unwrap_or_else(|error| {
            eprint!("{}", error.render(takes_colour(&std::io::stderr())));
            ExitCode::FAILURE
        })
    }

    fn sweep(&self) -> Result<ExitCode, Error> {
        let models = find::models(&self.paths)?;
        let swept = self.generate(&models);
        let compiled = match self.compile {
            Some(count) => Some(self.check(compile::choose(&swept, count, &self.exclude))?),
            None => None,
        };
        if self.json {
            println!("{}", report::json(&swept, compiled));
        } else {
            print!("{}", report::table(&swept, compiled));
        }
        let succeeded = swept.iter().all(|of| of.result.is_ok())
            && compiled.is_none_or(|compiled| compiled.succeeded);
        Ok(if succeeded {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// Each in a process of its own, which tells its processor time and memory, and whose end ends no other.
    fn generate(&self, models: &[find::Found]) -> Vec<Swept> {
        let mut swept = Vec::new();
        let format = if self.json {
            Format::Json
        } else {
            Format::Human
        };
        let progress = Progress::new(models.len(), format);
        let one = |model: &find::Found| measure::in_process(model, self.protocol.as_deref());
        progress.watch(|| {
            in_order(models, one, |model, result| {
                progress.done(|| {
                    if let (Err(error), false) = (&result, self.json) {
                        eprintln!("{}\n{}", model.shown(), error.trim_end());
                    }
                });
                let model = model.clone();
                swept.push(Swept { model, result });
            });
        });
        swept
    }

    fn check(&self, chosen: Vec<(&find::Found, String)>) -> Result<compile::Compiled, Error> {
        let folder = compile::Folder::new(self.out.as_deref());
        let crates = chosen.into_iter().map(|(model, name)| Settings {
            out: folder.path().join(&name),
            name: Some(name),
            workspace: true,
            ..self.settings(&model.paths)
        });
        compile::check(&folder, &crates.collect::<Vec<_>>(), self.doc)
    }

    fn settings(&self, paths: &[PathBuf]) -> Settings {
        let runtime = self.runtime.clone().map(Runtime::Path);
        Settings {
            models: paths.to_vec(),
            protocol: self.protocol.clone(),
            runtime: runtime.unwrap_or_default(),
            ..Settings::default()
        }
    }
}
