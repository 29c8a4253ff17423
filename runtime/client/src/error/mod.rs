//! The ways in which a call can fail.
//!
//! | type | is |
//! | --- | --- |
//! | [`Failure`] | why [`crate::Client::call`] gave no output |
//! | [`SdkError`] | the same in five kinds, as the official crates have them: the error of `send()` |
//! | [`Unhandled`] | an error that the model of the service doesn't have |
//!
//! A generated crate has two enums of its own: `OperationError`, which is in a [`SdkError::ServiceError`], and the flat
//! `Error`, into which all of them convert.

mod display;
#[cfg(feature = "client")]
mod failure;
#[cfg(feature = "client")]
mod interceptor;
mod meta;
#[cfg(feature = "client")]
mod official;
mod request_id;
#[cfg(feature = "client")]
pub mod sdk;
mod transient;
mod unhandled;
mod variant;

#[cfg(feature = "client")]
pub use aws_smithy_runtime_api::client::result::{ConnectorError, CreateUnhandledError};
#[cfg(feature = "client")]
#[doc(hidden)]
pub use aws_smithy_runtime_api::client::waiters::error::WaiterError;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;
pub use display::DisplayErrorContext;
#[doc(hidden)]
#[cfg(feature = "client")]
pub use failure::{Cause, FromResponse};
#[cfg(feature = "client")]
pub use interceptor::InterceptorError;
#[cfg(feature = "client")]
pub(crate) use interceptor::Stage;
#[doc(hidden)]
pub use meta::ErrorMeta;
#[cfg(feature = "client")]
pub use request_id::RequestId;
pub use request_id::RequestIdExt;
#[doc(hidden)]
pub use request_id::RequestIds;
#[cfg(all(feature = "client", not(feature = "smithy-sdk-error")))]
#[doc(inline)]
pub use sdk::SdkError;
pub use unhandled::Unhandled;
pub use variant::UnknownVariantError;

/// Why a call gave no output.
#[cfg(feature = "smithy-sdk-error")]
pub type SdkError<E, R = aws_smithy_runtime_api::client::orchestrator::HttpResponse> =
    aws_smithy_runtime_api::client::result::SdkError<E, R>;

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

#[doc(hidden)]
pub use transient::THROTTLING;

use display::Start;
use std::fmt;
use std::time::Duration;

/// The header with an error's code in the query protocol, for services that came from it: `Code;Fault`.
pub(crate) const QUERY_ERROR: &str = "x-amzn-query-error";

/// A value that can't be put into a message: why, and the path to it.
#[derive(Clone, PartialEq, Eq)]
pub struct EncodeError(String);

/// A message that violates the protocol: what is wrong, and where.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError(String);

macro_rules! text_error {
    ($name:ident) => {
        impl $name {
            /// An error with this text, which must not hold a secret.
            pub fn new(what: impl Into<String>) -> Self {
                Self(what.into())
            }

            /// The same error, with where it happened in front: `UploadMetadata.Url: …`.
            #[must_use]
            pub fn within(self, place: &str) -> Self {
                let separator = if self.0.starts_with('[') {
                    ""
                } else if self.0.contains(": ") {
                    "."
                } else {
                    ": "
                };
                Self(format!("{place}{separator}{}", self.0))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Start(&self.0).fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut tuple = f.debug_tuple(stringify!($name));
                tuple.field(&Start(&self.0)).finish()
            }
        }

        impl std::error::Error for $name {}
    };
}
text_error!(EncodeError);
text_error!(DecodeError);

/// Why a call gave no output.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The input violates the model's constraints, or can't be put into a request. Nothing was sent.
    Input(InputError),
    /// The client's configuration isn't enough for this call: no region, endpoint or credentials. Nothing was sent.
    Config(ConfigError),
    /// No complete response arrived.
    Transport(TransportError),
    /// A time limit passed.
    Timeout(TimeoutError),
    /// The response violates the protocol.
    Response(ResponseError),
    /// The service answered with an error.
    Service(Box<ServiceError>),
    /// An interceptor failed, or made an error of the result.
    #[cfg(feature = "client")]
    Interceptor(Box<InterceptorError>),
}

/// Everything that is wrong with an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    /// One sentence for each problem, with the path of the member and without sensitive values.
    pub problems: Vec<String>,
}

/// What is missing or invalid in the configuration.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// No region is set, but the endpoint or the signature needs one.
    NoRegion,
    /// No credentials were found, but the operation needs them. The text is what the sources of the provider say, and which
    /// settings would do, too; it's empty if there is no provider.
    NoCredentials(String),
    /// The credentials provider failed.
    Credentials(String),
    /// The endpoint rules gave an error, or the endpoint URL is invalid.
    Endpoint(String),
    /// An invalid setting: which one, and how to fix it.
    Setting(String),
}

/// A connection that failed, or a response that broke off.
#[derive(Debug)]
pub struct TransportError {
    /// At what point.
    pub kind: TransportErrorKind,
    /// The URL of the request, without its query.
    pub url: String,
    /// The error of the HTTP or TLS library.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl TransportError {
    /// Whether another attempt may succeed: not if the other side can't be trusted or the request can't be sent.
    pub fn is_retryable(&self) -> bool {
        #[cfg(feature = "client")]
        if let Some(error) = self.connector_error() {
            return error.is_io() || error.is_timeout() || error.as_other().is_some();
        }
        !matches!(
            self.kind,
            TransportErrorKind::Tls | TransportErrorKind::Request
        )
    }

    /// The error of an HTTP client of the official crates.
    #[cfg(feature = "client")]
    pub(crate) fn connector_error(&self) -> Option<&ConnectorError> {
        self.source.source()?.downcast_ref()
    }
}

/// At what point a connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: refused, unreachable, unknown host.
    Connect,
    /// The proxy couldn't be reached, or refused the connection.
    Proxy,
    /// The TLS handshake failed: the certificate, most often.
    Tls,
    /// The connection was closed before the response was complete, or what arrived isn't HTTP.
    Closed,
    /// The transport gave up waiting.
    TimedOut,
    /// The transport can't send this request.
    Request,
}

/// A time limit that passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeoutError {
    /// Which limit.
    pub kind: TimeoutKind,
    /// Its length.
    pub after: Duration,
    /// The URL of the request, without its query.
    pub url: String,
}

/// Which limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
#[non_exhaustive]
pub enum TimeoutKind {
    Connect,
    Read,
    /// Stalled stream protection.
    Stalled,
    Attempt,
    Operation,
}

/// A response that violates the protocol. Its Debug form shows neither headers nor body, which may hold secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseError {
    /// What is wrong, and where.
    pub error: DecodeError,
    /// The HTTP status.
    pub status: u16,
    /// The request id, when the response names one.
    pub request_id: Option<String>,
    /// The start of the body, when that isn't secret.
    pub body_start: String,
    /// The response; empty if it isn't known.
    pub response: Box<ResponseMessage>,
}

/// A response as it was received. Its Debug form shows nothing, because a response may hold secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ResponseMessage {
    /// The headers in order of arrival, names lower-case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body; empty if it was read as a stream.
    pub body: bytes::Bytes,
}

#[cfg(feature = "client")]
impl ResponseError {
    /// An error whose response is known by its status alone.
    pub(crate) fn new(error: DecodeError, status: u16) -> Self {
        Self {
            error,
            status,
            request_id: None,
            body_start: String::new(),
            response: Box::default(),
        }
    }
}

/// An error response of the service. Its Debug form shows neither headers nor body, which may hold secrets.
#[derive(Clone)]
pub struct ServiceError {
    /// The operation that failed: the one that was called, or one that the client calls first, such as for a session.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The error's code: its shape name for most protocols.
    pub code: Option<String>,
    /// Every name that the response has for the error, without namespaces. Services with `awsQueryCompatible` send one
    /// beside the code.
    pub types: Vec<String>,
    /// The message that came with it.
    pub message: Option<String>,
    /// The request id, when the response names one.
    pub request_id: Option<String>,
    /// Whether the model, the code or the status says that another attempt may succeed.
    pub retryable: bool,
    /// How many attempts were made.
    pub attempts: u32,
    /// The schema of the modelled error that this is, if the model has it; [`read_error`](crate::protocol::read_error)
    /// reads its members.
    pub schema: Option<&'static crate::schema::Schema>,
    /// The shape id of the protocol's trait: `aws.protocols#restJson1`.
    pub protocol: &'static str,
    /// The response: headers in order of arrival, names lower-case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The response's body; of an error that came as an event, its payload.
    pub body: bytes::Bytes,
    /// The event that it came as, when it came in an event stream.
    pub event: Option<aws_smithy_types::event_stream::Message>,
}

impl ServiceError {
    /// The text of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(of, _)| of == name)?;
        std::str::from_utf8(value).ok()
    }

    /// The name of the status as an error's name: `NotFound` for 404. Responses to HEAD requests say no more.
    pub fn status_name(&self) -> Option<String> {
        let status = http::StatusCode::from_u16(self.status).ok()?;
        Some(status.canonical_reason()?.replace(' ', ""))
    }
}
