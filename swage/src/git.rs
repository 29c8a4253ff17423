//! Models in a commit: `git:REV:PATH`.

use crate::models::{is_model, unpack, with_companions};
use crate::problem::Problem;
use std::path::Path;
use std::process::Command;
use swage_codegen::Source;

/// A file or folder in a commit of the repository that contains the current folder.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Revision {
    rev: String,
    path: String,
}

impl Revision {
    /// From `git:REV:PATH`; none if the text doesn't start with `git:`.
    ///
    /// # Errors
    ///
    /// There is no path, or the revision looks like an option.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, Problem> {
        let Some(rest) = text.strip_prefix("git:") else {
            return Ok(None);
        };
        let parts = rest
            .split_once(':')
            .filter(|(rev, path)| !rev.is_empty() && !rev.starts_with('-') && !path.is_empty());
        let Some((rev, path)) = parts else {
            let message = format!("`{text}` isn't a model in a commit");
            let help = "write `git:REV:PATH`, such as `git:HEAD:models/service.json`";
            return Err(Problem::with_help(message, help));
        };
        Ok(Some(Self {
            rev: rev.to_owned(),
            path: path
                .trim_start_matches("./")
                .trim_end_matches('/')
                .to_owned(),
        }))
    }

    /// The models, as [`models::read`](crate::models::read) reads them from the disk.
    ///
    /// # Errors
    ///
    /// git isn't installed, there is no such revision or path, or a file isn't a model.
    pub(crate) fn read(&self) -> Result<Vec<Source>, Problem> {
        if git(&["cat-file", "-t", &self.object(&self.path)])?.starts_with(b"tree") {
            let names: Vec<_> = self
                .names(&self.path)?
                .into_iter()
                .filter(|name| is_model(name))
                .collect();
            if names.is_empty() {
                return Err(Problem::new(format!(
                    "no model in git:{}:{}",
                    self.rev, self.path
                )));
            }
            let paths = names.iter().map(|name| format!("{}/{name}", self.path));
            return paths.map(|path| self.source(&path)).collect();
        }
        let (folder, name) = self.path.rsplit_once('/').unwrap_or((".", &self.path));
        let names = with_companions(name, || self.names(folder))?;
        let paths = names.iter().map(|name| format!("{folder}/{name}"));
        paths
            .map(|path| self.source(path.trim_start_matches("./")))
            .collect()
    }

    /// The names of the files in a folder.
    fn names(&self, folder: &str) -> Result<Vec<String>, Problem> {
        let names = git(&["ls-tree", "-z", "--name-only", &self.object(folder)])?;
        let names = names
            .split(|byte| *byte == 0)
            .filter(|name| !name.is_empty());
        Ok(names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect())
    }

    fn source(&self, path: &str) -> Result<Source, Problem> {
        let name = format!("git:{}:{path}", self.rev);
        let bytes = git(&["cat-file", "blob", &self.object(path)])?;
        let text = unpack(bytes).map_err(|error| Problem::io("read", Path::new(&name), &error))?;
        Ok(Source { name, text })
    }

    /// How git names a file or folder: relative to the current folder.
    fn object(&self, path: &str) -> String {
        match path {
            "." => format!("{}:./", self.rev),
            _ if path.starts_with("./") || path.starts_with("../") => {
                format!("{}:{path}", self.rev)
            }
            _ => format!("{}:./{path}", self.rev),
        }
    }
}

/// What git prints.
fn git(arguments: &[&str]) -> Result<Vec<u8>, Problem> {
    let output = Command::new("git")
        .args(arguments)
        .output()
        .map_err(|error| {
            Problem::with_help(
                format!("cannot run git: {error}"),
                "install git, or name a file",
            )
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    Err(Problem::new(format!("git can't read the model: {said}")))
}
