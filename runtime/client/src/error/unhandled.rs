//! Errors without a variant of their own.

use super::display::Story;
use super::{BoxError, ErrorMeta, ErrorMetadata, ServiceError};
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

/// An error that the model of the service doesn't have, or the cause of another failure. Its Display form tells
/// everything.
///
/// `Op` is the operation that it belongs to.
pub struct Unhandled<Op = ()> {
    source: Option<BoxError>,
    meta: ErrorMeta,
    of: PhantomData<fn() -> Op>,
}

impl<Op> Unhandled<Op> {
    /// An error with this cause, and what is known of a response.
    pub fn new(source: BoxError, metadata: Option<ErrorMetadata>) -> Self {
        Self {
            source: Some(source),
            meta: metadata.map(ErrorMeta::from).unwrap_or_default(),
            of: PhantomData,
        }
    }

    /// The same error, of another operation.
    pub fn cast<Other>(self) -> Unhandled<Other> {
        Unhandled {
            source: self.source,
            meta: self.meta,
            of: PhantomData,
        }
    }

    /// Code, message and ids.
    pub fn meta(&self) -> &ErrorMetadata {
        self.meta.metadata()
    }

    /// The response, if it is an error of the service.
    pub fn response(&self) -> Option<&ServiceError> {
        self.meta.response()
    }

    #[doc(hidden)]
    pub fn error_meta(&self) -> &ErrorMeta {
        &self.meta
    }
}

impl<Op> From<ServiceError> for Unhandled<Op> {
    fn from(response: ServiceError) -> Self {
        Self {
            source: None,
            meta: response.into(),
            of: PhantomData,
        }
    }
}

impl<Op> From<ErrorMetadata> for Unhandled<Op> {
    fn from(metadata: ErrorMetadata) -> Self {
        Self::new(Box::new(metadata.clone()), Some(metadata))
    }
}

impl<Op> fmt::Display for Unhandled<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(response) = self.response() {
            return response.fmt(f);
        }
        match (self.meta().code(), self.meta().message(), &self.source) {
            (Some(code), Some(message), _) => write!(f, "{code}: {message}"),
            (Some(code), None, _) => f.write_str(code),
            (None, _, Some(source)) => Story(source.as_ref()).fmt(f),
            (None, _, None) => f.write_str("unhandled error"),
        }
    }
}

impl<Op> fmt::Debug for Unhandled<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An error of the service is its own source.
        let source: &dyn fmt::Debug = match &self.source {
            Some(source) => source,
            None => &self.meta,
        };
        f.debug_struct("Unhandled")
            .field("source", source)
            .field("meta", &self.meta)
            .finish()
    }
}

impl<Op> Error for Unhandled<Op> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref()?.as_ref())
    }
}
