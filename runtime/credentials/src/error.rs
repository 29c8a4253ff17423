//! Why there are no credentials.

use std::fmt;
use std::io;
use swage_client::Failure;
use swage_client::error::ConfigError;

/// Why there are no credentials. Never holds a secret.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The instance has none, or there is no instance.
    NotFound,
    /// What is wrong, in a sentence.
    Message(String),
    /// A file can't be read.
    File {
        /// Its path, as the settings have it.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// A call that gets credentials failed.
    Call {
        /// The operation that was called.
        operation: &'static str,
        /// Why it failed.
        failure: Failure,
    },
}

impl Error {
    /// The sentence for a way of getting credentials that failed.
    pub(crate) fn retrieval(from: &str, what: impl fmt::Display) -> Self {
        Self::Message(format!(
            "Error when retrieving credentials from {from}: {what}"
        ))
    }

    /// The error for a `credential_source` that has no credentials.
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

    /// A client whose settings are wrong.
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

/// Makes the error of a generated client, which is one of several types, an [`Error`]. The models of these clients
/// have no errors of their own, so that each is one that all clients share.
macro_rules! failed {
    ($client:ident, $operation:literal) => {
        |error: $client::Error| {
            use swage_client::Failure;
            let failure = match error {
                $client::Error::Service(error) => Failure::Service(error),
                $client::Error::Input(error) => Failure::Input(error),
                $client::Error::Config(error) => Failure::Config(error),
                $client::Error::Transport(error) => Failure::Transport(error),
                $client::Error::Timeout(error) => Failure::Timeout(error),
                $client::Error::Response(error) => Failure::Response(error),
                other => return $crate::Error::Message(other.to_string()),
            };
            $crate::Error::Call {
                operation: $operation,
                failure,
            }
        }
    };
}
pub(crate) use failed;
