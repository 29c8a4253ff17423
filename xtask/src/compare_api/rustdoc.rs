//! Makes the rustdoc JSON of the official crate, of ours, and of those that they re-export from.

use crate::conformance;
use crate::process::{output, target};
use serde_json::Value as Json;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use swage::job::{self, Mode};
use swage::{Runtime, Settings};

/// The folders of a run, below the target folder.
pub(crate) struct Workshop {
    root: PathBuf,
    work: PathBuf,
    models: Vec<PathBuf>,
    /// The models that were found, by the names of official crates.
    known: OnceCell<BTreeMap<String, PathBuf>>,
}

/// A scratch project that depends on crates.
pub(crate) struct Project {
    folder: PathBuf,
    target: PathBuf,
    json: PathBuf,
}

impl Workshop {
    /// Without folders of models, those beside this workspace are used.
    pub(crate) fn new(root: &Path, models: &[PathBuf]) -> Self {
        let mut models = models.to_vec();
        if models.is_empty() {
            models.push(root.join("models"));
            models.extend(conformance::shared(root).map(|of| of.join("models")));
        }
        Self {
            root: root.to_path_buf(),
            work: target(root).join("compare-api"),
            models,
            known: OnceCell::new(),
        }
    }

    /// A project that depends on that release of the official crate, or on the newest one.
    pub(crate) fn official(&self, name: &str, release: &str) -> Result<Project, String> {
        let folder = self.work.join("official").join(name);
        let version = if release.is_empty() {
            "1".to_owned()
        } else {
            format!("={release}")
        };
        let manifest = format!(
            "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\n\
             [dependencies]\n{name} = \"{version}\"\n\n[workspace]\n"
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        write(&folder.join("lib.rs"), "")?;
        output(cargo(&folder).args(["update", "--quiet"]))?;
        Ok(self.project(folder))
    }

    /// Our crate of the same name.
    pub(crate) fn ours(&self, name: &str) -> Result<Project, String> {
        let folder = self.work.join("ours").join(name);
        self.generate(name, "0.0.0", &folder)?;
        let lock = self.root.join("Cargo.lock");
        // Keeps the versions of dependencies that this workspace has.
        fs::copy(&lock, folder.join("Cargo.lock"))
            .map_err(|error| format!("error: {}: {error}", lock.display()))?;
        Ok(self.project(folder))
    }

    /// Generates the library of a service under the name of its official crate.
    pub(crate) fn generate(&self, name: &str, version: &str, out: &Path) -> Result<(), String> {
        let model = self.model(name)?;
        let mut settings = Settings::default();
        settings.models = vec![model];
        settings.name = Some(name.to_owned());
        settings.out = out.to_path_buf();
        settings.cli = false;
        settings.runtime = Runtime::Path(self.root.join("runtime"));
        settings.package.version = Some(version.to_owned());
        "cargo xtask compare-api".clone_into(&mut settings.command);
        match job::run(&settings, Mode::default()).error {
            Some(error) => Err(error.render(false)),
            None => Ok(()),
        }
    }

    /// The model of a service.
    fn model(&self, name: &str) -> Result<PathBuf, String> {
        let wanted = name.trim_start_matches("aws-sdk-");
        if self.known.get().is_none() {
            self.known.set(models(&self.models)?).ok();
        }
        let known = self.known.get();
        known
            .and_then(|known| known.get(wanted))
            .cloned()
            .ok_or_else(|| {
                let folders = self.models.iter().map(|of| of.display().to_string());
                let folders: Vec<_> = folders.collect();
                format!("error: no model of {wanted} in {}", folders.join(", "))
            })
    }

    fn project(&self, folder: PathBuf) -> Project {
        Project {
            folder,
            // Both sides use the same dependencies.
            target: self.work.join("target"),
            json: self.work.join("json"),
        }
    }
}

/// The models in folders, by the names that official crates have after `aws-sdk-`. The first one counts, and Smithy models before
/// those in the AWS JSON format, which say less about defaults.
fn models(folders: &[PathBuf]) -> Result<BTreeMap<String, PathBuf>, String> {
    let mut files = Vec::new();
    for folder in folders {
        let mut found = Vec::new();
        conformance::collect(folder, &mut found)?;
        found.sort();
        files.append(&mut found);
    }
    let (mut models, mut others) = (BTreeMap::new(), BTreeMap::new());
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if let Some(id) = after(&text, "\"sdkId\":") {
            models.entry(package(id)).or_insert(file);
        } else if let Some(id) = after(&text, "\"serviceId\":") {
            others.entry(package(id)).or_insert(file);
        }
    }
    others.append(&mut models);
    Ok(others)
}

/// The string after a key in a JSON text.
fn after<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(key)?;
    rest.split('"').nth(1)
}

/// What the official crate of a service is called after `aws-sdk-`.
fn package(sdk_id: &str) -> String {
    let name = sdk_id.to_lowercase().replace([' ', '-'], "");
    let without = |end| {
        name.strip_suffix(end)
            .filter(|rest: &&str| !rest.is_empty())
    };
    without("service")
        .or_else(|| without("api"))
        .unwrap_or(&name)
        .to_owned()
}

impl Project {
    /// The packages that have the libraries; the standard library's have none.
    pub(crate) fn packages(&self, libraries: &BTreeSet<String>) -> Result<Vec<String>, String> {
        let packages = self.metadata()?;
        let names = packages.iter().map(|(name, _)| name);
        let wanted = names.filter(|name| libraries.contains(&name.replace('-', "_")));
        Ok(wanted.cloned().collect())
    }

    /// The version of a package that the project uses.
    pub(crate) fn version(&self, package: &str) -> Result<String, String> {
        let packages = self.metadata()?;
        let found = packages.into_iter().find(|(name, _)| name == package);
        found
            .map(|(_, version)| version)
            .ok_or_else(|| format!("error: {} does not use {package}", self.folder.display()))
    }

    /// The packages that the project uses, with their versions.
    fn metadata(&self) -> Result<Vec<(String, String)>, String> {
        let text = output(cargo(&self.folder).args(["metadata", "--format-version=1", "--quiet"]))?;
        let metadata: Json = serde_json::from_str(&text).map_err(|e| format!("error: {e}"))?;
        let packages = metadata.get("packages").and_then(Json::as_array);
        let text = |of: &Json, key| Some(of.get(key)?.as_str()?.to_owned());
        let packages = packages.into_iter().flatten();
        let packages = packages.filter_map(|of| Some((text(of, "name")?, text(of, "version")?)));
        Ok(packages.collect())
    }

    /// The JSON of a released package, kept by its version.
    pub(crate) fn released(&self, package: &str) -> Result<PathBuf, String> {
        let version = self.version(package)?;
        let kept = self.json.join(format!("{package}-{version}.json"));
        if !kept.is_file() {
            let made = self.document(&format!("{package}@{version}"), package)?;
            write(&kept, &read(&made)?)?;
        }
        Ok(kept)
    }

    /// The JSON of a package that may have changed.
    pub(crate) fn current(&self, package: &str) -> Result<PathBuf, String> {
        self.document(package, package)
    }

    fn document(&self, id: &str, package: &str) -> Result<PathBuf, String> {
        let mut cargo = cargo(&self.folder);
        cargo
            .args(["rustdoc", "--quiet", "--lib", "--package", id])
            .args(["--", "-Z", "unstable-options", "--output-format", "json"])
            .args(["--document-hidden-items", "--cap-lints", "allow"])
            .env("CARGO_TARGET_DIR", &self.target)
            // JSON is an unstable format, which the stable toolchain writes with this switch.
            .env("RUSTC_BOOTSTRAP", "1");
        output(&mut cargo)?;
        let library = package.replace('-', "_");
        Ok(self.target.join("doc").join(format!("{library}.json")))
    }
}

fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(folder);
    command
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("error: {}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("error: {}: {error}", path.display()))
}
