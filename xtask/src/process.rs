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

/// The folder with the AWS CLI's models: one for each service, with one for each version below.
pub(crate) fn botocore(aws: &Path) -> Result<PathBuf, String> {
    let find = "import botocore.loaders as l; print(l.Loader().BUILTIN_DATA_PATH)";
    let said = output(Command::new(python(aws)).args(["-c", find]))?;
    Ok(PathBuf::from(said.trim()))
}

/// The Python that the AWS CLI runs in.
pub(crate) fn python(aws: &Path) -> PathBuf {
    aws.with_file_name("python3")
}

/// The folder of the newest version of a service's model.
pub(crate) fn newest_model(service: &Path) -> Option<PathBuf> {
    let versions = std::fs::read_dir(service).into_iter().flatten().flatten();
    let with_model = versions.map(|of| of.path()).filter(|of| {
        let has = |name| of.join(name).is_file();
        has("service-2.json") || has("service-2.json.gz")
    });
    with_model.max()
}
