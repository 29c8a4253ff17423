//! A lock of an output folder. The system releases it when its process dies, so none is ever left behind.

use super::swap;
use crate::problem::Problem;
use std::fs::{self, File, TryLockError};
use std::path::Path;

/// Keeps other runs away from a folder for as long as it lives.
pub struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Locks the folder for a run that writes: waits until no other run uses it, creates it if it is missing, and removes
    /// what killed runs left.
    ///
    /// # Errors
    ///
    /// The folder can't be created or opened, or a file that was left can't be removed.
    pub fn to_write(folder: &Path) -> Result<Self, Problem> {
        create(folder)?;
        let file = open(folder).map_err(|error| Problem::io("open", folder, &error))?;
        wait(folder, || file.try_lock(), || file.lock());
        swap::clear(folder)?;
        Ok(Self { _file: Some(file) })
    }

    /// Locks the folder for a run that only reads: waits until no other run writes to it. The folder may be missing.
    ///
    /// # Errors
    ///
    /// The path is no folder, or the folder can't be opened.
    pub fn to_read(folder: &Path) -> Result<Self, Problem> {
        if !folder.exists() {
            return Ok(Self { _file: None });
        }
        create(folder)?;
        let file = open(folder).map_err(|error| Problem::io("open", folder, &error))?;
        wait(folder, || file.try_lock_shared(), || file.lock_shared());
        Ok(Self { _file: Some(file) })
    }
}

fn create(folder: &Path) -> Result<(), Problem> {
    if folder.is_dir() {
        return Ok(());
    }
    if folder.symlink_metadata().is_ok() {
        return Err(Problem::with_help(
            format!("{} is not a folder", folder.display()),
            "move it away, or choose another folder with --out; nothing was written",
        ));
    }
    fs::create_dir_all(folder).map_err(|error| Problem::io("create", folder, &error))
}

/// Some network file systems have no locks; runs on them are not kept apart.
fn wait(
    folder: &Path,
    try_lock: impl Fn() -> Result<(), TryLockError>,
    lock: impl Fn() -> std::io::Result<()>,
) {
    if let Err(TryLockError::WouldBlock) = try_lock() {
        eprintln!("waiting for another run that uses {}", folder.display());
        let _ = lock();
    }
}

#[cfg(unix)]
fn open(folder: &Path) -> std::io::Result<File> {
    File::open(folder)
}

/// Only Unix locks folders: elsewhere, a file among the user's temporary ones stands for the folder.
#[cfg(not(unix))]
fn open(folder: &Path) -> std::io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("swage-codegen-{:016x}.lock", hasher.finish());
    File::create(std::env::temp_dir().join(name))
}
