//! Why a transfer failed.

use crate::error::Failure;
use crate::operation::Operation;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a transfer failed, and at what stage. It contains no part of the URL but the host.
#[derive(Debug)]
pub struct TransferError {
    stage: TransferStage,
    cause: Cause,
}

/// The stage at which a transfer failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransferStage {
    /// Reading the file that is sent.
    Read,
    /// The call of the operation that returns the URL.
    Start,
    /// Sending the file.
    Send,
    /// The call of the operation that completes an upload. The file has been sent.
    Complete,
    /// Receiving the file.
    Receive,
    /// Writing the file that is received.
    Write,
}

#[derive(Debug)]
enum Cause {
    /// The call of an operation failed.
    Call(CallError),
    /// A request to the URL failed.
    Request(Failure),
    File(PathBuf, io::Error),
    Text(String),
}

/// A call that failed.
#[derive(Debug)]
pub(super) struct CallError {
    operation: &'static str,
    failure: Failure,
}

impl CallError {
    pub(super) fn new(operation: &Operation, failure: Failure) -> Self {
        Self {
            operation: operation.name,
            failure,
        }
    }
}

impl TransferError {
    pub(super) fn call(stage: TransferStage, error: CallError) -> Self {
        Self {
            stage,
            cause: Cause::Call(error),
        }
    }

    pub(super) fn request(stage: TransferStage, failure: Failure) -> Self {
        Self {
            stage,
            cause: Cause::Request(failure),
        }
    }

    pub(super) fn file(stage: TransferStage, path: &Path, error: io::Error) -> Self {
        Self {
            stage,
            cause: Cause::File(path.to_owned(), error),
        }
    }

    pub(super) fn text(stage: TransferStage, what: impl Into<String>) -> Self {
        Self {
            stage,
            cause: Cause::Text(what.into()),
        }
    }

    /// Returns the stage at which the transfer failed.
    pub fn stage(&self) -> TransferStage {
        self.stage
    }

    /// Returns the failure of a call or of a request to the URL, if that is the cause.
    pub fn failure(&self) -> Option<&Failure> {
        match &self.cause {
            Cause::Call(error) => Some(&error.failure),
            Cause::Request(failure) => Some(failure),
            Cause::File(..) | Cause::Text(_) => None,
        }
    }

    /// Returns the error of the file system, if that is the cause.
    pub fn io_error(&self) -> Option<&io::Error> {
        match &self.cause {
            Cause::File(_, error) => Some(error),
            _ => None,
        }
    }

    /// The failure of a call.
    ///
    /// # Errors
    ///
    /// The cause is another one.
    #[doc(hidden)]
    pub fn into_call_failure(self) -> Result<Failure, Self> {
        match self.cause {
            Cause::Call(error) => Ok(error.failure),
            cause => Err(Self { cause, ..self }),
        }
    }
}

/// A failure before the transfer began.
impl From<Failure> for TransferError {
    fn from(failure: Failure) -> Self {
        Self::request(TransferStage::Start, failure)
    }
}

impl fmt::Display for TransferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.stage, &self.cause) {
            (TransferStage::Complete, _) => f.write_str("the file was sent, but ")?,
            (TransferStage::Send, _) => f.write_str("the file wasn't sent: ")?,
            (TransferStage::Receive, _) => f.write_str("the file wasn't received: ")?,
            _ => {}
        }
        match &self.cause {
            Cause::Call(CallError { operation, failure }) => {
                write!(f, "{operation} failed: {failure}")
            }
            Cause::Request(failure) => failure.fmt(f),
            Cause::File(path, error) => {
                let what = match self.stage {
                    TransferStage::Write => "write",
                    _ => "read",
                };
                write!(f, "could not {what} {}: {error}", path.display())
            }
            Cause::Text(what) => f.write_str(what),
        }
    }
}

impl Error for TransferError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.cause {
            Cause::File(_, error) => Some(error),
            _ => None,
        }
    }
}
