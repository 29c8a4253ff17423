//! What an error of a service has beside its members.

use super::request_id::{EXTENDED, RequestIdExt};
use super::{QUERY_ERROR, ServiceError};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::EMPTY_ERROR_METADATA;
use std::fmt;

/// The names under which the official crates keep this in an [`ErrorMetadata`].
const REQUEST_ID: &str = "aws_request_id";
const EXTENDED_REQUEST_ID: &str = "s3_extended_request_id";
/// Whose fault an error is, if the service says so for programs that know it by the query protocol: `Sender` or `Receiver`.
const FAULT: &str = "type";

/// The response that an error came with; nothing if the error was made by hand.
#[derive(Clone, Default)]
pub struct ErrorMeta(Option<Box<Meta>>);

#[derive(Clone)]
struct Meta {
    metadata: ErrorMetadata,
    response: Option<ServiceError>,
}

impl ErrorMeta {
    /// Returns code, message and ids.
    pub fn metadata(&self) -> &ErrorMetadata {
        match &self.0 {
            Some(meta) => &meta.metadata,
            None => &EMPTY_ERROR_METADATA,
        }
    }

    /// Returns the response.
    pub fn response(&self) -> Option<&ServiceError> {
        self.0.as_ref()?.response.as_ref()
    }

    /// Returns the request id.
    pub fn request_id(&self) -> Option<&str> {
        self.metadata().extra(REQUEST_ID)
    }

    /// Returns the second request id of Amazon S3.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.metadata().extended_request_id()
    }
}

impl RequestIdExt for ErrorMetadata {
    fn extended_request_id(&self) -> Option<&str> {
        self.extra(EXTENDED_REQUEST_ID)
    }
}

impl From<ErrorMetadata> for ErrorMeta {
    fn from(metadata: ErrorMetadata) -> Self {
        Self(Some(Box::new(Meta {
            metadata,
            response: None,
        })))
    }
}

impl From<ServiceError> for ErrorMeta {
    fn from(response: ServiceError) -> Self {
        let mut metadata = ErrorMetadata::builder();
        if let Some(code) = &response.code {
            metadata = metadata.code(code);
        }
        if let Some(message) = &response.message {
            metadata = metadata.message(message);
        }
        if let Some(id) = &response.request_id {
            metadata = metadata.custom(REQUEST_ID, id);
        }
        if let Some((code, fault)) = response
            .header(QUERY_ERROR)
            .and_then(|of| of.split_once(';'))
            && response.code.as_deref() == Some(code)
        {
            metadata = metadata.custom(FAULT, fault);
        }
        if let Some(id) = response.header(EXTENDED) {
            metadata = metadata.custom(EXTENDED_REQUEST_ID, id);
        }
        Self(Some(Box::new(Meta {
            metadata: metadata.build(),
            response: Some(response),
        })))
    }
}

/// As the official crates show it: code, message and ids. Whether the message is secret is known of a response.
impl fmt::Debug for ErrorMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let metadata = self.metadata();
        let shown = self.response().and_then(ServiceError::shown_message);
        match shown {
            Some(shown) if metadata.message() != Some(shown) => {
                let shown = metadata.clone().into_builder().message(shown).build();
                shown.fmt(f)
            }
            _ => metadata.fmt(f),
        }
    }
}
