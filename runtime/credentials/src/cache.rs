//! Cache files shared with the AWS CLI: a JSON document each, named by a digest.

use crate::{Settings, python_json};
use serde_json::Value;
use sha1::{Digest, Sha1};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A folder with cache files.
#[derive(Clone, Debug)]
pub(crate) struct Cache {
    /// `None` without a home folder: nothing is cached.
    folder: Option<PathBuf>,
}

impl Cache {
    /// The cache for credentials of roles.
    pub(crate) fn of_roles(settings: &Settings<'_>) -> Self {
        Self::below_home(settings, ".aws/cli/cache")
    }

    /// The cache for tokens of IAM Identity Center.
    pub(crate) fn of_tokens(settings: &Settings<'_>) -> Self {
        Self::below_home(settings, ".aws/sso/cache")
    }

    fn below_home(settings: &Settings<'_>, folder: &str) -> Self {
        let home = settings.non_empty(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
        Self {
            folder: home.map(|home| Path::new(&home).join(folder)),
        }
    }

    fn file(&self, key: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{key}.json")))
    }

    /// The cached value. Invalid JSON is ignored.
    pub(crate) fn get(&self, key: &str) -> Option<Value> {
        let text = std::fs::read(self.file(key)?).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Caches the value in a file that only its owner can read. Failing to write is not an error: the next
    /// command just fetches its credentials again.
    pub(crate) fn put(&self, key: &str, value: &Value) {
        let Some(file) = self.file(key) else { return };
        if let Err(error) = write(&file, &python_json::to_string(value)) {
            tracing::warn!(file = %file.display(), %error, "could not write the cache");
        }
    }
}

/// Writes the file atomically: readers see the old or the new text. Temporary files are readable
/// by their owner only, and stay so when they replace another file.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(folder)?;
    let mut staged = tempfile::Builder::new()
        .suffix(".tmp")
        .tempfile_in(folder)?;
    staged.write_all(text.as_bytes())?;
    staged.as_file().sync_all()?;
    staged.persist(file)?;
    Ok(())
}

/// The file name for a text: its SHA-1 in hexadecimal digits, as in the AWS CLI. Not used for security.
pub(crate) fn key(text: &str) -> String {
    let mut name = String::new();
    for byte in Sha1::digest(text.as_bytes()) {
        // Writing to a String can't fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}
