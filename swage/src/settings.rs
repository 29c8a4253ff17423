//! How a crate is generated: the same settings for `swage.toml`, for the command's options and for build scripts.

use crate::problem::Problem;
use std::fs;
use std::path::{Component, Path, PathBuf};
use swage_codegen::{Options, Package, Runtime as Dependency, is_generated};

/// The file that the registry shows of a crate.
const README: &str = "README.md";

/// How a crate is generated. Relative paths are those of the folder that the settings were read from.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct Settings {
    /// Models, overlays, or folders of them, all for one service.
    pub models: Vec<PathBuf>,
    /// Models that only apply traits, read after the others.
    pub overlays: Vec<PathBuf>,
    /// Whether the overlay that Swage carries for the service is applied.
    pub builtin_overlays: bool,
    /// The folder to write the crate into.
    pub out: PathBuf,
    /// The crate's name. None: after the service's `sdkId`.
    pub name: Option<String>,
    /// Whether the crate is a program for all services of the models, whose tables it reads at run time.
    pub program: bool,
    /// The service to generate, by its name or shape id. None: the only one.
    pub service: Option<String>,
    /// The operations to generate: names, patterns with `*` and `?`, `@FILE` with one of them a line, and after `!` those
    /// to leave out. Empty: all.
    pub operations: Vec<String>,
    /// The protocol to speak, by its name: `restJson1`. None: the first that Swage prefers.
    pub protocol: Option<String>,
    /// Whether the crate has a command line, behind its feature `cli`.
    pub cli: bool,
    /// Whether the crate has the feature `default-chain`, which finds region and credentials, if its service takes AWS
    /// credentials.
    pub default_chain: bool,
    /// How the crate finds the runtime.
    pub runtime: Runtime,
    /// Whether the crate is a member of a workspace; otherwise it is a workspace of its own.
    pub workspace: bool,
    /// Whether the version follows from the one of the crate in `out` and from what changed since, and the crate's
    /// CHANGELOG.md says what that is.
    pub auto_version: bool,
    /// The file that the registry shows of the crate. None: a README.md is generated, unless somebody wrote one there.
    pub readme: Option<PathBuf>,
    /// What the crate's Cargo.toml says besides.
    pub package: Package,
    /// The command that generates the crate again, for the header of each file.
    pub command: String,
    /// The folder of relative paths; messages show paths below it without it.
    pub root: PathBuf,
}

/// How a crate finds the runtime: `swage-client`, `swage-credentials` and `swage-cli`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// In the folder of `client`, `credentials` and `cli`. The crate names a relative path by one that is relative to it.
    Path(PathBuf),
    /// In the registry, by a version requirement.
    Version(String),
}

impl Default for Runtime {
    /// The release of this version of Swage.
    fn default() -> Self {
        Self::Version(Dependency::VERSION.to_owned())
    }
}

impl Default for Settings {
    /// A crate with a command line in `generated`, with the runtime of this version of Swage; no models.
    fn default() -> Self {
        Self {
            models: Vec::new(),
            overlays: Vec::new(),
            builtin_overlays: true,
            out: "generated".into(),
            name: None,
            program: false,
            service: None,
            operations: Vec::new(),
            protocol: None,
            cli: true,
            default_chain: true,
            runtime: Runtime::default(),
            workspace: false,
            auto_version: false,
            readme: None,
            package: Package::default(),
            command: "swage generate".to_owned(),
            root: PathBuf::new(),
        }
    }
}

impl Settings {
    /// The paths of models and overlays.
    pub(crate) fn sources(&self) -> Vec<PathBuf> {
        let paths = self.models.iter().chain(&self.overlays);
        paths.map(|path| self.root.join(path)).collect()
    }

    /// The folder to write into.
    pub(crate) fn out(&self) -> PathBuf {
        self.root.join(&self.out)
    }

    /// What codegen needs to know of them.
    pub(crate) fn options(&self) -> Result<Options, Problem> {
        let mut package = self.package.clone();
        if let Some(readme) = &self.readme {
            package.readme = Some(self.path_from_out(readme)?);
        } else if self.has_readme() {
            package.readme = Some(README.to_owned());
        }
        Ok(Options {
            name: self.name.clone(),
            operations: self.operations()?,
            protocol: self.protocol.clone(),
            module: None,
            cli: self.cli,
            default_chain: self.default_chain,
            interface: true,
            readme: true,
            runtime: match &self.runtime {
                Runtime::Path(path) => Dependency::Path(self.path_from_out(path)?),
                Runtime::Version(version) => Dependency::Version(version.clone()),
            },
            workspace: self.workspace,
            package,
            command: self.command.clone(),
        })
    }

    /// Whether somebody wrote a README.md into the folder, which is kept.
    fn has_readme(&self) -> bool {
        let text = fs::read_to_string(self.out().join(README));
        text.is_ok_and(|text| !is_generated(&text))
    }

    /// The patterns, with those of the files in place of `@FILE`. In files, `#` begins a comment.
    fn operations(&self) -> Result<Vec<String>, Problem> {
        let mut patterns = Vec::new();
        for pattern in &self.operations {
            let Some(file) = pattern.strip_prefix('@') else {
                patterns.push(pattern.clone());
                continue;
            };
            let file = self.root.join(file);
            let text = fs::read_to_string(&file).map_err(|e| Problem::io("read", &file, &e))?;
            let before = patterns.len();
            let lines = text
                .lines()
                .map(|line| line.split('#').next().unwrap_or(line).trim());
            patterns.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
            if patterns.len() == before {
                return Err(Problem::new(format!(
                    "{} names no operation",
                    file.display()
                )));
            }
        }
        Ok(patterns)
    }

    /// A path as a file in the crate's folder says it, with slashes: a relative one leads from that folder to the place,
    /// so that both can be moved together.
    fn path_from_out(&self, path: &Path) -> Result<String, Problem> {
        let path = if path.is_absolute() {
            path.to_path_buf()
        } else {
            relative(&absolute(&self.root.join(path))?, &absolute(&self.out())?)
        };
        let text = path
            .to_str()
            .ok_or_else(|| Problem::new(format!("the path {} is not UTF-8", path.display())))?;
        Ok(text.replace('\\', "/"))
    }
}

/// From one absolute path to another.
fn relative(to: &Path, from: &Path) -> PathBuf {
    let common = to.iter().zip(from).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(common).map(|_| Component::ParentDir);
    let down = to.components().skip(common);
    up.chain(down).collect()
}

/// An absolute path without `.` and `..`.
fn absolute(path: &Path) -> Result<PathBuf, Problem> {
    let absolute =
        std::path::absolute(path).map_err(|error| Problem::io("resolve", path, &error))?;
    let mut clean = PathBuf::new();
    for part in absolute.components() {
        if part == Component::ParentDir {
            clean.pop();
        } else {
            clean.push(part);
        }
    }
    Ok(clean)
}
