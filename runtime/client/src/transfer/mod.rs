//! Files that are sent and received by presigned URLs.
//!
//! An operation of the service returns the URL, and the overlay of the service says what belongs to a transfer. An upload is
//! sent again from the start if the connection breaks, with a new URL if the old one has expired, and completed by another
//! operation. A download is written to a temporary file beside its target, resumed where it broke off, and renamed when it
//! is complete. Requests to the URL go through the client's transport, with its limits on silence and its retries, but they
//! aren't signed. The time limits for calls and attempts are for the operations, not for the file.
//!
//! URLs and headers of a transfer are secrets. Neither errors nor the log show more of them than the host.

mod address;
mod download;
mod error;
mod file;
mod media_type;
mod refused;
mod target;
mod upload;
mod value;

pub use download::{DownloadRequest, Downloaded};
pub use error::{TransferError, TransferStage};
pub use file::FileFacts;
pub use upload::{UploadRequest, Uploaded};

#[doc(hidden)]
pub use download::download;
#[doc(hidden)]
pub use upload::upload;

use crate::client::{Attempts, Client};
use crate::error::Failure;
use crate::shape::Shape;
use address::Address;
use error::CallError;
use std::fmt;
use std::sync::Arc;

/// How far a transfer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes that were handed to the connection, or written to the file. It decreases when a transfer starts again.
    pub bytes: u64,
    /// The size of the file, if it is known.
    pub total: Option<u64>,
}

/// A function that is told about the progress.
#[derive(Clone, Default)]
pub(crate) struct Listener(Option<Arc<dyn Fn(Progress) + Send + Sync>>);

impl Listener {
    fn new(listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    fn tell(&self, bytes: u64, total: Option<u64>) {
        if let Some(listener) = &self.0 {
            listener(Progress { bytes, total });
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Listener" } else { "None" })
    }
}

/// The start of a transfer, which is called again for a new URL.
struct Start<'a> {
    client: &'a Client,
    operation: &'static crate::operation::Operation,
    input: &'a mut dyn Shape,
    /// The idempotency tokens that the client fills in. A new URL needs new ones.
    tokens: Vec<&'static str>,
}

impl<'a> Start<'a> {
    fn new(
        client: &'a Client,
        operation: &'static crate::operation::Operation,
        input: &'a mut dyn Shape,
    ) -> Self {
        let tokens = value::unset_tokens(input);
        Self {
            client,
            operation,
            input,
            tokens,
        }
    }

    async fn call<S: Shape>(&mut self, mut output: S) -> Result<S, TransferError> {
        for name in &self.tokens {
            crate::token::fill(self.input, name, &self.client.inner.new_token());
        }
        let called = self.client.call(self.operation, self.input, &mut output);
        let failed = |failure| CallError::new(self.operation, failure);
        let called = called.await.map_err(failed);
        called.map_err(|error| TransferError::call(TransferStage::Start, error))?;
        Ok(output)
    }
}

/// Why the URL of a transfer isn't used any more.
enum Ended {
    /// It has expired, or the other side refused it.
    Expired(TransferError),
    /// The transfer failed.
    Failed(TransferError),
}

/// How often a URL that the service just gave may be refused.
const REFUSALS: u32 = 2;

/// The URLs of a transfer: a new one when the old one has expired.
struct Urls {
    refused: u32,
}

impl Urls {
    /// Whether to ask for another URL; the error that ends the transfer if not.
    fn again(&mut self, ended: Ended, moved: bool) -> Result<(), TransferError> {
        match ended {
            Ended::Failed(error) => Err(error),
            Ended::Expired(error) => {
                self.refused = if moved { 1 } else { self.refused + 1 };
                if self.refused >= REFUSALS {
                    return Err(error);
                }
                tracing::debug!("the URL has expired; asking for a new one");
                Ok(())
            }
        }
    }
}

/// Waits before the next attempt; the failure if there is none.
async fn pause(
    client: &Client,
    attempts: &mut Attempts<'_>,
    failure: Failure,
) -> Result<(), Failure> {
    match attempts.after(&failure, None, client.inner.now()) {
        Some(delay) => {
            tracing::debug!(?delay, attempt = attempts.number, "retry");
            client.inner.sleep(delay).await;
            Ok(())
        }
        None => Err(failure),
    }
}

/// Where the file is sent to or received from.
fn address(output: &dyn Shape, paths: address::Paths) -> Result<Address, TransferError> {
    let found = Address::find(output, paths);
    found.map_err(|what| TransferError::text(TransferStage::Start, what))
}
