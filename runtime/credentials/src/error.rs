//! Why there are no credentials.

use std::fmt;
use std::io;
use swage_client::Failure;
use swage_client::error::{Cause, ConfigError, FromResponse, SdkError};

/// Why there are no credentials. Never contains a secret.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// No credentials were found, not even from instance metadata.
    NotFound,
    /// A message.
    Message(String),
    /// A file could not be read.
    File {
        /// The path as written in the settings.
        path: String,
        /// The error.
        error: io::Error,
    },
    /// A call to fetch credentials failed.
    Call {
        /// The name of the operation.
        operation: &'static str,
        /// The reason.
        failure: Failure,
    },
}

impl Error {
    /// The error for a source of credentials that failed.
    pub(crate) fn retrieval(from: &str, what: impl fmt::Display) -> Self {
        Self::Message(format!(
            "Error when retrieving credentials from {from}: {what}"
        ))
    }

    /// The error for a `credential_source` without credentials.
    pub(crate) fn none_at_source(source: &str, profile: &str) -> Self {
        let what =
            format!("No credentials found in credential_source referenced in profile {profile}");
        Self::retrieval(source, what)
    }

    pub(crate) fn partial(from: &str, missing: &str) -> Self {
        Self::Message(format!(
            "Partial credentials found in {from}, missing: {missing}"
        ))
    }

    /// The error for a call that failed.
    pub(crate) fn call<E: FromResponse>(
        operation: &'static str,
    ) -> impl FnOnce(SdkError<E>) -> Self {
        move |error| match Cause::from(error).into_failure() {
            Ok(failure) => Self::Call { operation, failure },
            Err(error) => Self::Message(error.to_string()),
        }
    }

    /// The error for invalid settings of a client.
    pub(crate) fn config(operation: &'static str) -> impl FnOnce(ConfigError) -> Self {
        move |error| Self::Call {
            operation,
            failure: Failure::Config(error),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("Unable to locate credentials"),
            Self::Message(what) => f.write_str(what),
            Self::File { path, error } => write!(f, "{path}: {error}"),
            Self::Call { operation, failure } => write!(f, "{operation}: {failure}"),
        }
    }
}

impl std::error::Error for Error {}
