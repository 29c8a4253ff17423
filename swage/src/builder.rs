//! Generating from a build script.

use crate::config;
use crate::folder::{Changes, Lock};
use crate::job;
use crate::models;
use crate::problem::{Error, Problem};
use crate::settings::Settings;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Generates a client in a build script, with the settings of `swage.toml`.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), swage::Error> {
///     swage::Builder::new()
///         .model("models/weather.smithy")
///         .name("weather")
///         .out_dir()
/// }
/// ```
///
/// The client is a module of the crate:
///
/// ```ignore
/// // src/main.rs or src/lib.rs
/// include!(concat!(env!("OUT_DIR"), "/weather.rs"));
///
/// let client = weather::Client::builder().endpoint_url("http://localhost:8080").build()?;
/// ```
///
/// It needs two dependencies, which the first lines of the included file name with their features.
#[derive(Clone, Debug, Default)]
#[must_use = "nothing is generated before `out_dir` or `write`"]
pub struct Builder {
    settings: Settings,
    within: String,
}

impl Builder {
    /// Without a model; at least one is needed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a model, or a folder of models; relative to the folder of the crate's Cargo.toml.
    pub fn model(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.models.push(path.into());
        self
    }

    /// Adds a model that only applies traits.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.overlays.push(path.into());
        self
    }

    /// Whether the overlay that Swage carries for the service is applied; it is by default.
    pub fn builtin_overlays(mut self, apply: bool) -> Self {
        self.settings.builtin_overlays = apply;
        self
    }

    /// The name of the module; by default after the service's `sdkId`.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.settings.name = Some(name.into());
        self
    }

    /// The name of the service, where the models have several.
    pub fn service(mut self, name: impl Into<String>) -> Self {
        self.settings.service = Some(name.into());
        self
    }

    /// Adds an operation: a name, a pattern such as `Describe*` or `!Delete*`, or `@FILE`. By default there are all.
    pub fn operation(mut self, pattern: impl Into<String>) -> Self {
        self.settings.operations.push(pattern.into());
        self
    }

    /// The protocol to speak, such as `restJson1`; by default the first of the service's that Swage prefers.
    pub fn protocol(mut self, name: impl Into<String>) -> Self {
        self.settings.protocol = Some(name.into());
        self
    }

    /// The module in which the file is included, such as `api::clients`; by default it is the crate's root.
    pub fn within(mut self, module: impl Into<String>) -> Self {
        self.within = module.into();
        self
    }

    /// Writes a module into the build script's `OUT_DIR`, and `NAME.rs` beside it, which is to be included. Prints
    /// `cargo::rerun-if-changed` for what was read.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with models and settings. Returned by the build script's `main`, it is shown by Cargo.
    pub fn out_dir(self) -> Result<(), Error> {
        let done = self.generate();
        if let Err(error) = &done {
            for line in error.problems.iter().flat_map(Problem::summaries) {
                println!("cargo::error={line}");
            }
        }
        done
    }

    fn generate(mut self) -> Result<(), Error> {
        let out = env::var_os("OUT_DIR").ok_or_else(|| {
            Problem::with_help(
                "OUT_DIR is not set",
                "call `out_dir` in a build script, which Cargo runs",
            )
        })?;
        let out = PathBuf::from(out);
        "build.rs".clone_into(&mut self.settings.command);
        self.rerun_if_changed();
        for part in self.within.split("::").filter(|part| !part.is_empty()) {
            check_name(part)?;
        }
        let module = job::module(&self.settings, &self.within)?;
        for warning in module.warnings.iter().flat_map(Problem::summaries) {
            println!("cargo::warning={warning}");
        }
        let folder = out.join(&module.name);
        let lock = Lock::to_write(&folder)?;
        Changes::find(&folder, &module.files)?.apply(&folder)?;
        drop(lock);
        let file = folder.with_extension("rs");
        let text = included(&module.name, &folder, &module.dependencies);
        fs::write(&file, text).map_err(|error| Problem::io("write", &file, &error).into())
    }

    fn rerun_if_changed(&self) {
        let files = self.settings.operations.iter();
        let root = &self.settings.root;
        let files = files.filter_map(|pattern| Some(root.join(pattern.strip_prefix('@')?)));
        let config = Some(root.join(config::FILE)).filter(|file| file.is_file());
        let sources = self.settings.sources();
        let models = models::files(&sources, &mut Vec::new());
        let paths: BTreeSet<_> = files.chain(config).chain(sources).chain(models).collect();
        for path in paths {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

impl From<Settings> for Builder {
    /// With the settings of a crate in `swage.toml`, except for its folder and what only a Cargo.toml says.
    fn from(settings: Settings) -> Self {
        Self {
            settings,
            within: String::new(),
        }
    }
}

fn check_name(part: &str) -> Result<(), Problem> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if part.chars().all(is_letter) && part.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Ok(());
    }
    Err(Problem::with_help(
        format!("`{part}` is not a name of a module"),
        "names have ASCII letters, digits and underscores",
    ))
}

/// The file to include: it names the module by its whole path, because `OUT_DIR` is known here only.
fn included(name: &str, folder: &Path, dependencies: &str) -> String {
    let path = folder.join("mod.rs").display().to_string();
    let dependencies = dependencies.trim_end().replace('\n', "\n//     ");
    format!(
        "// The module needs these dependencies:\n//\n//     {dependencies}\n\n#[allow(warnings, missing_docs, unreachable_pub, \
         clippy::all, clippy::pedantic)]\n#[path = {path:?}]\npub mod {name};\n"
    )
}
