//! The error of a call in the five kinds of the official crates.

use super::display::Story;
use super::request_id::{RequestId, RequestIdExt};
use super::{BoxError, BuildError, TransportError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{
    self as official, ConnectorError, CreateUnhandledError, DispatchFailure,
};
use aws_smithy_types::error::metadata::{
    EMPTY_ERROR_METADATA, ErrorMetadata, ProvideErrorMetadata,
};
use aws_smithy_types::retry::ErrorKind;
use std::error::Error;
use std::fmt;

/// Why a call gave no output. Its Display form tells everything that is known, without secrets; its Debug form leaves out
/// the response.
///
/// `E` is the error of the service, `R` the response.
#[non_exhaustive]
pub enum SdkError<E, R = HttpResponse> {
    /// There was no request: the input or the client's settings are invalid. Nothing was sent.
    ConstructionFailure(ConstructionFailure),
    /// The time limit of an attempt or of the operation passed.
    TimeoutError(TimeoutError),
    /// The connection failed: it wasn't made in time, broke, or the other side was silent for too long.
    DispatchFailure(DispatchFailure),
    /// The response can't be read.
    ResponseError(ResponseError<R>),
    /// The service answered with an error.
    ServiceError(ServiceError<E, R>),
}

/// What is in a [`SdkError::ConstructionFailure`].
#[derive(Debug)]
pub struct ConstructionFailure {
    pub(super) source: BoxError,
}

/// What is in a [`SdkError::TimeoutError`].
#[derive(Debug)]
pub struct TimeoutError {
    pub(super) source: BoxError,
}

/// What is in a [`SdkError::ResponseError`]. Its Debug form leaves out the response.
pub struct ResponseError<R> {
    pub(super) source: BoxError,
    pub(super) raw: R,
}

impl<R> ResponseError<R> {
    /// Returns the response. Its body is empty if it was read as a stream.
    pub fn raw(&self) -> &R {
        &self.raw
    }

    /// Returns the response.
    pub fn into_raw(self) -> R {
        self.raw
    }
}

/// What is in a [`SdkError::ServiceError`]. Its Debug form leaves out the response.
pub struct ServiceError<E, R> {
    pub(super) source: E,
    pub(super) raw: R,
    pub(super) known: Known,
}

/// What is known of a service's error whatever its type is.
#[derive(Default)]
pub(super) struct Known {
    pub(super) text: Option<Box<str>>,
    pub(super) is_retryable: bool,
}

impl<E, R> ServiceError<E, R> {
    /// Returns the error.
    pub fn err(&self) -> &E {
        &self.source
    }

    /// Returns the error.
    pub fn into_err(self) -> E {
        self.source
    }

    /// Returns the response.
    pub fn raw(&self) -> &R {
        &self.raw
    }

    /// Returns the response.
    pub fn into_raw(self) -> R {
        self.raw
    }
}

impl<E, R> SdkError<E, R> {
    /// Creates a [`SdkError::ConstructionFailure`].
    pub fn construction_failure(source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self::ConstructionFailure(ConstructionFailure { source })
    }

    /// Creates a [`SdkError::TimeoutError`].
    pub fn timeout_error(source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self::TimeoutError(TimeoutError { source })
    }

    /// Creates a [`SdkError::DispatchFailure`].
    pub fn dispatch_failure(source: ConnectorError) -> Self {
        Self::DispatchFailure(DispatchFailure::builder().source(source).build())
    }

    /// Creates a [`SdkError::ResponseError`].
    pub fn response_error(source: impl Into<BoxError>, raw: R) -> Self {
        let source = source.into();
        Self::ResponseError(ResponseError { source, raw })
    }

    /// Creates a [`SdkError::ServiceError`].
    pub fn service_error(source: E, raw: R) -> Self {
        Self::ServiceError(ServiceError {
            source,
            raw,
            known: Known::default(),
        })
    }

    /// Returns the error of the service. One of another kind becomes an error that is `Unhandled`.
    pub fn into_service_error(self) -> E
    where
        E: Error + Send + Sync + CreateUnhandledError + 'static,
        R: fmt::Debug + Send + Sync + 'static,
    {
        match self {
            Self::ServiceError(of) => of.source,
            other => E::create_unhandled_error(Box::new(Told(Box::new(other))), None),
        }
    }

    /// Returns the error of the service; `None` if it is of another kind.
    pub fn as_service_error(&self) -> Option<&E> {
        match self {
            Self::ServiceError(of) => Some(&of.source),
            _ => None,
        }
    }

    /// Returns the cause.
    ///
    /// # Errors
    ///
    /// Every kind has a cause. The error is for kinds that are added later.
    pub fn into_source(self) -> Result<BoxError, Self>
    where
        E: Error + Send + Sync + 'static,
    {
        Ok(match self {
            Self::ConstructionFailure(of) => of.source,
            Self::TimeoutError(of) => of.source,
            Self::DispatchFailure(of) => connector(of),
            Self::ResponseError(of) => of.source,
            Self::ServiceError(of) => of.source.into(),
        })
    }

    /// Returns the response, if there is one.
    pub fn raw_response(&self) -> Option<&R> {
        match self {
            Self::ResponseError(of) => Some(&of.raw),
            Self::ServiceError(of) => Some(&of.raw),
            _ => None,
        }
    }

    /// Converts the error of the service.
    pub fn map_service_error<E2>(self, map: impl FnOnce(E) -> E2) -> SdkError<E2, R> {
        match self {
            Self::ConstructionFailure(of) => SdkError::ConstructionFailure(of),
            Self::TimeoutError(of) => SdkError::TimeoutError(of),
            Self::DispatchFailure(of) => SdkError::DispatchFailure(of),
            Self::ResponseError(of) => SdkError::ResponseError(of),
            Self::ServiceError(of) => SdkError::ServiceError(ServiceError {
                source: map(of.source),
                raw: of.raw,
                known: of.known,
            }),
        }
    }

    /// Returns whether the call may succeed if it is made again.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::ConstructionFailure(_) | Self::ResponseError(_) => false,
            Self::TimeoutError(_) => true,
            Self::DispatchFailure(of) => match cause(of).and_then(<dyn Error>::downcast_ref) {
                Some(error) => TransportError::is_retryable(error),
                None => of.is_io() || of.is_timeout() || of.as_other().is_some_and(is_transient),
            },
            Self::ServiceError(of) => of.known.is_retryable,
        }
    }
}

fn is_transient(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TransientError | ErrorKind::ThrottlingError | ErrorKind::ServerError
    )
}

/// The error in a [`DispatchFailure`].
pub(super) fn connector(of: DispatchFailure) -> BoxError {
    match official::SdkError::<std::convert::Infallible, ()>::DispatchFailure(of).into_source() {
        Ok(source) => source,
        Err(error) => error.into(),
    }
}

fn cause(of: &DispatchFailure) -> Option<&(dyn Error + 'static)> {
    of.as_connector_error()?.source()
}

impl<E, R> fmt::Display for SdkError<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match self {
            Self::ConstructionFailure(of) => of.source.as_ref(),
            Self::TimeoutError(of) => of.source.as_ref(),
            Self::ResponseError(of) => of.source.as_ref(),
            Self::DispatchFailure(of) => {
                return match cause(of) {
                    Some(cause) => Story(cause).fmt(f),
                    None => f.write_str("dispatch failure"),
                };
            }
            Self::ServiceError(of) => {
                return f.write_str(of.known.text.as_deref().unwrap_or("service error"));
            }
        };
        Story(source).fmt(f)
    }
}

impl<E: fmt::Debug, R> fmt::Debug for SdkError<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, content): (_, &dyn fmt::Debug) = match self {
            Self::ConstructionFailure(of) => ("ConstructionFailure", of),
            Self::TimeoutError(of) => ("TimeoutError", of),
            Self::DispatchFailure(of) => ("DispatchFailure", of),
            Self::ResponseError(of) => ("ResponseError", of),
            Self::ServiceError(of) => ("ServiceError", of),
        };
        f.debug_tuple(name).field(content).finish()
    }
}

impl<R> fmt::Debug for ResponseError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseError")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug, R> fmt::Debug for ServiceError<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceError")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl<E, R> Error for SdkError<E, R>
where
    E: Error + 'static,
    R: fmt::Debug,
{
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::ConstructionFailure(of) => Some(of.source.as_ref()),
            Self::TimeoutError(of) => Some(of.source.as_ref()),
            Self::DispatchFailure(of) => of.as_connector_error().map(|error| error as _),
            Self::ResponseError(of) => Some(of.source.as_ref()),
            Self::ServiceError(of) => Some(&of.source),
        }
    }
}

impl<E, R> From<BuildError> for SdkError<E, R> {
    fn from(error: BuildError) -> Self {
        Self::construction_failure(error)
    }
}

impl<E: ProvideErrorMetadata, R> ProvideErrorMetadata for SdkError<E, R> {
    fn meta(&self) -> &ErrorMetadata {
        match self {
            Self::ServiceError(of) => of.source.meta(),
            _ => &EMPTY_ERROR_METADATA,
        }
    }
}

/// The request id of a response whose headers don't have it.
#[derive(Clone)]
pub(super) struct IdInBody(pub(super) String);

impl<E> RequestId for SdkError<E, HttpResponse> {
    fn request_id(&self) -> Option<&str> {
        let response = self.raw_response()?;
        let in_body = || Some(response.extension::<IdInBody>()?.0.as_str());
        let names = ["x-amzn-requestid", "x-amz-request-id"];
        let in_headers = names.iter().find_map(|name| response.headers().get(name));
        in_headers.or_else(in_body)
    }
}

impl<E> RequestIdExt for SdkError<E, HttpResponse> {
    fn extended_request_id(&self) -> Option<&str> {
        self.raw_response()?.extended_request_id()
    }
}

/// An error whose text names its causes.
pub(super) struct Told(BoxError);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Told {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
