//! Ids of calls, which requests have in `amz-sdk-invocation-id`: all attempts of a call have the same.

use super::super::uuid;
use super::Config;
use crate::error::BoxError;
use http::HeaderValue;
use std::fmt;
use std::sync::Arc;

/// The id of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvocationId(HeaderValue);

impl InvocationId {
    /// An id with this text.
    ///
    /// # Panics
    ///
    /// The text has characters that are invalid in a header.
    pub fn new(id: String) -> Self {
        Self(HeaderValue::try_from(id).expect("an invocation id has characters valid in a header"))
    }
}

/// A source of ids.
pub trait InvocationIdGenerator: fmt::Debug + Send + Sync {
    /// The id of the next call; `None` if it has none.
    ///
    /// # Errors
    ///
    /// There is no id to be had. The call fails.
    fn generate(&self) -> Result<Option<InvocationId>, BoxError>;
}

/// A shared source of ids.
#[derive(Clone, Debug)]
pub struct SharedInvocationIdGenerator(Arc<dyn InvocationIdGenerator>);

impl SharedInvocationIdGenerator {
    /// Shares this source.
    pub fn new(source: impl InvocationIdGenerator + 'static) -> Self {
        Self(Arc::new(source))
    }
}

impl InvocationIdGenerator for SharedInvocationIdGenerator {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        self.0.generate()
    }
}

/// The header for the next call: from the source that is set, or a random UUID.
pub(in crate::client) fn header(config: &Config) -> Result<Option<HeaderValue>, BoxError> {
    match &config.invocation_ids {
        Some(source) => Ok(source.generate()?.map(|id| id.0)),
        None => Ok(HeaderValue::try_from(uuid::random()).ok()),
    }
}
