//! What is received: a temporary file beside the target.

use super::{TransferError, TransferStage};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use tokio::fs::File;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

/// The temporary file of a download. It is removed if it isn't moved to its place.
pub(super) struct Target {
    path: PathBuf,
    temporary: NamedTempFile,
    file: File,
    pub(super) written: u64,
}

impl Target {
    /// Makes the temporary file.
    pub(super) fn create(path: &Path) -> Result<Self, TransferError> {
        let failed = |error| TransferError::file(TransferStage::Write, path, error);
        Self::try_create(path).map_err(failed)
    }

    fn try_create(path: &Path) -> io::Result<Self> {
        // The target of a link is replaced, not the link.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let invalid = |what| io::Error::new(io::ErrorKind::InvalidInput, what);
        let name = path
            .file_name()
            .ok_or_else(|| invalid("it has no file name"))?;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let mut prefix = OsString::from(".");
        prefix.push(name);
        prefix.push(".");
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".part");
        if let Ok(before) = std::fs::metadata(&path) {
            if !before.is_file() {
                return Err(invalid("not a regular file"));
            }
            builder.permissions(before.permissions());
        } else {
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        let temporary = builder.tempfile_in(folder.unwrap_or(Path::new(".")));
        let temporary = temporary.map_err(without_path)?;
        let file = File::from_std(temporary.as_file().try_clone()?);
        Ok(Self {
            path,
            temporary,
            file,
            written: 0,
        })
    }

    pub(super) async fn write(&mut self, piece: &[u8]) -> Result<(), TransferError> {
        let written = self.file.write_all(piece).await;
        written.map_err(|error| self.failed(error))?;
        self.written += piece.len() as u64;
        Ok(())
    }

    /// Starts again.
    pub(super) async fn clear(&mut self) -> Result<(), TransferError> {
        let cleared = self.try_clear().await;
        cleared.map_err(|error| self.failed(error))
    }

    async fn try_clear(&mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.set_len(0).await?;
        self.file.rewind().await?;
        self.written = 0;
        Ok(())
    }

    /// Moves the file to its place.
    pub(super) async fn finish(mut self) -> Result<(), TransferError> {
        if let Err(error) = self.file.flush().await {
            return Err(self.failed(error));
        }
        let persisted = self.temporary.persist(&self.path);
        let failed = |error| TransferError::file(TransferStage::Write, &self.path, error);
        persisted.map(drop).map_err(|error| failed(error.error))
    }

    fn failed(&self, error: io::Error) -> TransferError {
        TransferError::file(TransferStage::Write, &self.path, error)
    }
}

/// An error of the system without the path of the temporary file, which nobody knows.
fn without_path(error: io::Error) -> io::Error {
    let cause = error.get_ref().and_then(|error| error.source());
    let cause = cause.and_then(|cause| cause.downcast_ref::<io::Error>());
    match cause.and_then(io::Error::raw_os_error) {
        Some(code) => io::Error::from_raw_os_error(code),
        None => error,
    }
}
