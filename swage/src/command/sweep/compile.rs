//! Compiles some of the crates in one workspace.

use super::Swept;
use crate::find::Found;
use crate::job::{self, Mode};
use crate::problem::{Error, Problem};
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What came of compiling.
#[derive(Clone, Copy)]
pub(super) struct Compiled {
    pub(super) crates: usize,
    pub(super) succeeded: bool,
    pub(super) took: Duration,
}

/// The folder of the workspace; a temporary one is removed in the end.
pub(super) struct Folder {
    path: PathBuf,
    is_temporary: bool,
}

impl Folder {
    pub(super) fn new(given: Option<&Path>) -> Self {
        let temporary = || std::env::temp_dir().join(format!("swage-sweep-{}", std::process::id()));
        Self {
            path: given.map_or_else(temporary, Path::to_path_buf),
            is_temporary: given.is_none(),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.is_temporary {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// As many of the models, each with a name of its own for its crate: of each protocol in turn, and of a protocol's models
/// from the smallest to the largest at equal distances.
pub(super) fn choose<'s>(
    swept: &'s [Swept],
    count: usize,
    exclude: &[String],
) -> Vec<(&'s Found, String)> {
    let mut protocols: BTreeMap<&str, Vec<(u64, &Found, &str)>> = BTreeMap::new();
    for of in swept {
        if let Ok(measured) = &of.result
            && !exclude.contains(&measured.package)
        {
            let models = protocols.entry(&measured.protocol).or_default();
            models.push((measured.bytes, &of.model, &measured.package));
        }
    }
    let sizes: Vec<usize> = protocols.values().map(Vec::len).collect();
    let mut names = BTreeSet::new();
    let mut chosen = Vec::new();
    for (models, share) in protocols.values_mut().zip(shares(&sizes, count)) {
        models.sort_by_key(|(bytes, ..)| *bytes);
        for index in spread(models.len(), share) {
            if let Some((_, model, package)) = models.get(index) {
                chosen.push((*model, unused_name(package, &mut names)));
            }
        }
    }
    chosen
}

/// How many to take of each group, one of each in turn until there are enough.
fn shares(sizes: &[usize], count: usize) -> Vec<usize> {
    let mut shares = vec![0; sizes.len()];
    let mut left = count.min(sizes.iter().sum());
    while left > 0 {
        for (share, size) in shares.iter_mut().zip(sizes) {
            if left > 0 && *share < *size {
                *share += 1;
                left -= 1;
            }
        }
    }
    shares
}

/// As many indices below a length at equal distances, with the last one.
fn spread(length: usize, count: usize) -> impl Iterator<Item = usize> {
    (1..=count).map(move |nth| nth * length / count - 1)
}

/// Both formats of a service have the same name.
fn unused_name(package: &str, names: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{package}-{number}"));
    let mut candidates = std::iter::once(package.to_owned()).chain(numbered);
    let name = candidates.find(|name| !names.contains(name));
    let name = name.unwrap_or_default();
    names.insert(name.clone());
    name
}

/// Writes the crates and runs `cargo check`, for the libraries and then with their commands, and `cargo doc` if asked to.
pub(super) fn check(folder: &Folder, crates: &[Settings], doc: bool) -> Result<Compiled, Error> {
    let start = Instant::now();
    let mut errors = Vec::new();
    job::run_all(crates, Mode::default(), |_, outcome| {
        errors.extend(outcome.error.map(|error| error.problems));
    });
    if !errors.is_empty() {
        return Err(errors.concat().into());
    }
    write_workspace(folder.path(), crates)?;
    let mut runs = vec![&["check"][..], &["check", "--features=cli"]];
    runs.extend(doc.then_some(&["doc", "--no-deps"][..]));
    let mut succeeded = true;
    for arguments in runs {
        succeeded &= cargo(folder.path(), arguments)?;
    }
    Ok(Compiled {
        crates: crates.len(),
        succeeded,
        took: start.elapsed(),
    })
}

fn write_workspace(folder: &Path, crates: &[Settings]) -> Result<(), Problem> {
    let names = crates.iter().filter_map(|of| of.name.as_deref());
    let members: Vec<String> = names.map(|name| format!("{name:?}")).collect();
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    let file = folder.join("Cargo.toml");
    fs::create_dir_all(folder).map_err(|error| Problem::io("create", folder, &error))?;
    fs::write(&file, text).map_err(|error| Problem::io("write", &file, &error))
}

/// Whether it ends without a warning. What it says goes to standard error.
fn cargo(folder: &Path, arguments: &[&str]) -> Result<bool, Problem> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for name in ["RUSTFLAGS", "RUSTDOCFLAGS"] {
        let mut flags = std::env::var(name).unwrap_or_default();
        flags.push_str(" -D warnings");
        command.env(name, flags.trim());
    }
    let status = command
        .args(arguments)
        .args(["--workspace", "--quiet", "--keep-going"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .status();
    let status = status.map_err(|error| Problem::new(format!("cannot run cargo: {error}")))?;
    Ok(status.success())
}
