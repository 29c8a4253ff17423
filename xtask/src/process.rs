//! Runs cargo, and the AWS CLI if it is installed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs cargo in a folder.
pub(crate) fn cargo(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    output(Command::new("cargo").args(arguments).current_dir(folder)).map(drop)
}

/// The target folder of a workspace.
pub(crate) fn target(workspace: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from)
}

/// Runs a program and returns its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|error| format!("error: cannot run {command:?}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "error: {command:?} failed\n{}",
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

/// The path of the AWS CLI, not of a version manager's wrapper.
pub(crate) fn aws() -> Option<PathBuf> {
    let managed = output(Command::new("pyenv").args(["which", "aws"])).ok();
    let managed = managed.map(|path| PathBuf::from(path.trim()));
    let folders = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&folders).map(|folder| folder.join("aws"));
    managed.into_iter().chain(found).find(|path| path.is_file())
}
