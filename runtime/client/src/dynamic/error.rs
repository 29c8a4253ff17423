//! Why a call by name failed.

use crate::error::{Failure, ServiceError};
use crate::pack::PackError;
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// Why a call by name gave no output.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The tables can't be read.
    Pack(PackError),
    /// The service has no operation of that name.
    NoOperation {
        /// The name.
        name: String,
        /// The most similar names.
        nearest: Vec<&'static str>,
    },
    /// The service has no waiter of that name.
    NoWaiter {
        /// The name.
        name: String,
        /// The most similar names.
        nearest: Vec<&'static str>,
    },
    /// The operation doesn't return its results in pages.
    NoPages(&'static str),
    /// The input doesn't fit, or the call failed.
    Call(Failure),
    /// The body of a response broke off, or it has no JSON form.
    Stream(String),
    /// The state that was waited for can't be reached any more: the output that says so, unless it was an error.
    Unreachable(Option<Value>),
    /// The state that was waited for wasn't reached in that time.
    TooLate(Duration),
}

impl Error {
    /// Returns the error of the service, if it is one.
    pub fn service_error(&self) -> Option<&ServiceError> {
        match self {
            Self::Call(Failure::Service(error)) => Some(error),
            _ => None,
        }
    }

    /// Returns the code of the service's error.
    pub fn code(&self) -> Option<&str> {
        self.service_error()?.code.as_deref()
    }

    /// Returns the message of the service's error.
    pub fn message(&self) -> Option<&str> {
        self.service_error()?.message.as_deref()
    }

    /// Returns the request id of the service's error.
    pub fn request_id(&self) -> Option<&str> {
        self.service_error()?.request_id.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pack(error) => error.fmt(f),
            Self::NoOperation { name, nearest } => unknown(f, "operation", name, nearest),
            Self::NoWaiter { name, nearest } => unknown(f, "waiter", name, nearest),
            Self::NoPages(operation) => write!(f, "{operation} has no pages"),
            Self::Call(failure) => failure.fmt(f),
            Self::Stream(what) => write!(f, "the output can't be read: {what}"),
            Self::Unreachable(_) => {
                f.write_str("the state that was waited for can't be reached any more")
            }
            Self::TooLate(limit) => {
                write!(
                    f,
                    "the state that was waited for wasn't reached within {limit:?}"
                )
            }
        }
    }
}

fn unknown(f: &mut fmt::Formatter<'_>, what: &str, name: &str, nearest: &[&str]) -> fmt::Result {
    write!(f, "the service has no {what} `{name}`")?;
    match nearest {
        [] => Ok(()),
        nearest => write!(f, "; did you mean `{}`?", nearest.join("`, `")),
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Pack(error) => Some(error),
            Self::Call(failure) => std::error::Error::source(failure),
            _ => None,
        }
    }
}

impl From<PackError> for Error {
    fn from(error: PackError) -> Self {
        Self::Pack(error)
    }
}
