//! How a crate is generated: the same settings for `swage.toml`, for the command's options and for build scripts.

use crate::problem::Problem;
use std::path::{Component, Path, PathBuf};
use swage_codegen::Options;

/// How a crate is generated.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Settings {
    /// Models, overlays, or folders of them, all for one service.
    pub models: Vec<PathBuf>,
    /// The folder to write the crate into.
    pub out: PathBuf,
    /// The crate's name. None: after the service's `sdkId`.
    pub name: Option<String>,
    /// The operations to generate; empty: all.
    pub operations: Vec<String>,
    /// The protocol to speak, by its name: `restJson1`. None: the first that Swage prefers.
    pub protocol: Option<String>,
    /// Whether the crate has a command line.
    pub cli: bool,
    /// Whether the overlay that Swage carries for the service is applied.
    pub builtin_overlays: bool,
    /// The folder of `client` and `cli`.
    pub runtime: PathBuf,
    /// Whether the crate is a member of a workspace; otherwise it is a workspace of its own.
    pub workspace: bool,
    /// The command that generates the crate again, for the header of each file.
    pub command: String,
}

impl Settings {
    /// The settings of a crate of which nothing but this is said.
    pub fn new(models: Vec<PathBuf>, out: PathBuf, runtime: PathBuf) -> Self {
        Self {
            models,
            out,
            name: None,
            operations: Vec::new(),
            protocol: None,
            cli: true,
            builtin_overlays: true,
            runtime,
            workspace: false,
            command: "swage generate".to_owned(),
        }
    }

    /// What codegen needs to know of them.
    pub(crate) fn options(&self, root: &Path) -> Result<Options, Problem> {
        Ok(Options {
            name: self.name.clone(),
            operations: self.operations.clone(),
            protocol: self.protocol.clone(),
            cli: self.cli,
            runtime: from_folder(&self.runtime, &self.out, root)?,
            workspace: self.workspace,
            command: self.command.clone(),
        })
    }
}

/// A path below the root as a file in the folder says it, with slashes: a relative path leads from the folder to the place, so that both
/// can be moved together.
fn from_folder(path: &Path, folder: &Path, root: &Path) -> Result<String, Problem> {
    let path = if path.is_absolute() {
        path.to_path_buf()
    } else {
        relative(&absolute(&root.join(path))?, &absolute(folder)?)
    };
    let text = path
        .to_str()
        .ok_or_else(|| Problem::new(format!("the path {} is not UTF-8", path.display())))?;
    Ok(text.replace('\\', "/"))
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
