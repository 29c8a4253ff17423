//! Files that the AWS CLI and this program share: one JSON document each, named by a digest.

use crate::{Settings, python_json};
use serde_json::Value;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A folder of such files.
#[derive(Clone, Debug)]
pub(crate) struct Cache {
    /// None without a home folder: then nothing is kept.
    folder: Option<PathBuf>,
}

impl Cache {
    /// The one with credentials of roles.
    pub(crate) fn of_roles(settings: &Settings<'_>) -> Self {
        Self::below_home(settings, ".aws/cli/cache")
    }

    /// The one with tokens of IAM Identity Center.
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

    /// What is kept under the key. What isn't JSON isn't there.
    pub(crate) fn get(&self, key: &str) -> Option<Value> {
        let text = std::fs::read(self.file(key)?).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps the value, for the owner's eyes only. A folder that can't be written is no reason to fail: the next
    /// command gets its credentials as this one did.
    pub(crate) fn put(&self, key: &str, value: &Value) {
        let Some(file) = self.file(key) else { return };
        if let Err(error) = write(&file, &python_json::text(value)) {
            tracing::warn!(file = %file.display(), %error, "the cache can't be written");
        }
    }
}

/// Writes the file at once: whoever reads it meanwhile sees the old text or the new one. Temporary files are readable
/// by their owner alone, and keep that when they take the place of another.
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

/// The name for a text: its SHA-1 in hexadecimal digits, which the AWS CLI takes. Nothing depends on its security.
pub(crate) fn key(text: &str) -> String {
    let algorithm = &ring::digest::SHA1_FOR_LEGACY_USE_ONLY;
    let digest = ring::digest::digest(algorithm, text.as_bytes());
    let digits = |byte: &u8| format!("{byte:02x}");
    digest.as_ref().iter().map(digits).collect()
}
