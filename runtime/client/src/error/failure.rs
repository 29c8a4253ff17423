//! Between [`Failure`] and [`SdkError`].

use super::sdk::{IdInBody, Known, SdkError, ServiceError, connector};
use super::{
    BoxError, Failure, ResponseMessage, TimeoutError, TimeoutKind, TransportError,
    TransportErrorKind,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{self as official, ConnectorError};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::event_stream::{Message, RawMessage};
use aws_smithy_types::retry::ErrorKind;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use std::fmt;

/// An error that is read from a response: the enums of a generated crate.
pub trait FromResponse: std::error::Error + Send + Sync + Sized + 'static {
    /// Reads the response.
    fn from_response(response: Box<super::ServiceError>) -> Self;
    /// The response; `None` if there was none.
    fn response(&self) -> Option<&super::ServiceError>;
}

/// A response as a [`SdkError`] has it.
pub trait RawResponse: Sized {
    /// The response of a call, or the message that ended a stream of events.
    fn of(response: HttpResponse, event: Option<&Message>, payload: &Bytes) -> Self;
}

impl RawResponse for HttpResponse {
    fn of(response: HttpResponse, _event: Option<&Message>, _payload: &Bytes) -> Self {
        response
    }
}

impl RawResponse for RawMessage {
    fn of(_response: HttpResponse, event: Option<&Message>, payload: &Bytes) -> Self {
        event.map_or_else(
            || Self::Invalid(Some(payload.clone())),
            |event| Self::Decoded(event.clone()),
        )
    }
}

impl<E: FromResponse, R: RawResponse> From<Failure> for SdkError<E, R> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Interceptor(error) => error.sort(),
            other => sort(other).map_service_error(E::from_response),
        }
    }
}

/// The kind of a failure.
fn sort<R: RawResponse>(failure: Failure) -> SdkError<Box<super::ServiceError>, R> {
    match failure {
        Failure::Input(error) => SdkError::construction_failure(error),
        // Credentials and endpoints are looked for after the request is made.
        Failure::Config(error) => {
            SdkError::dispatch_failure(ConnectorError::other(error.into(), None))
        }
        Failure::Transport(error) => {
            let connector = error.connector();
            SdkError::dispatch_failure(connector(error.into()))
        }
        Failure::Timeout(error) if error.is_of_connection() => {
            SdkError::dispatch_failure(ConnectorError::timeout(error.into()))
        }
        Failure::Timeout(error) => SdkError::timeout_error(error),
        Failure::Interceptor(error) => SdkError::construction_failure(error),
        Failure::Response(error) => {
            let ResponseMessage { headers, body } = &*error.response;
            let raw = raw(error.status, headers, body, error.request_id.as_deref());
            let raw = R::of(raw, None, body);
            SdkError::response_error(error, raw)
        }
        Failure::Service(error) => SdkError::ServiceError(ServiceError {
            known: Known {
                text: Some(error.to_string().into()),
                is_retryable: error.retryable,
            },
            raw: R::of(
                raw(
                    error.status,
                    &error.headers,
                    &error.body,
                    error.request_id.as_deref(),
                ),
                error.event.as_ref(),
                &error.body,
            ),
            source: error,
        }),
    }
}

impl TransportError {
    /// What makes an error of a connector of the same kind, with a cause.
    pub(crate) fn connector(&self) -> impl FnOnce(BoxError) -> ConnectorError + use<> {
        let (kind, of_client) = (self.kind, self.connector_error());
        let other = match of_client {
            Some(error) => error.is_other().then(|| error.as_other()),
            None => (kind == TransportErrorKind::Closed).then_some(Some(ErrorKind::TransientError)),
        };
        move |cause| match (other, kind) {
            (Some(other), _) => ConnectorError::other(cause, other),
            (None, TransportErrorKind::TimedOut) => ConnectorError::timeout(cause),
            (None, TransportErrorKind::Request) => ConnectorError::user(cause),
            (None, _) => ConnectorError::io(cause),
        }
    }
}

impl TimeoutError {
    /// Whether it is a limit of the connection, and not of an attempt or the call.
    pub(crate) fn is_of_connection(&self) -> bool {
        match self.kind {
            TimeoutKind::Connect | TimeoutKind::Read | TimeoutKind::Stalled => true,
            TimeoutKind::Attempt | TimeoutKind::Operation => false,
        }
    }
}

/// The response in the terms of the official crates.
pub(super) fn raw(
    status: u16,
    headers: &[(String, Vec<u8>)],
    body: &Bytes,
    request_id: Option<&str>,
) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or_default();
    let mut response = http::Response::new(SdkBody::from(body.clone()));
    *response.status_mut() = status;
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value))
        {
            response.headers_mut().append(name, value);
        }
    }
    let response = HttpResponse::try_from(response);
    let mut response =
        response.unwrap_or_else(|_| HttpResponse::new(status.into(), SdkBody::empty()));
    if let Some(id) = request_id {
        response.add_extension(IdInBody(id.to_owned()));
    }
    response
}

/// What a call failed with: an error of the service, a failure, or an error that was made by hand.
pub enum Cause<E> {
    /// An error of the service.
    Service(E),
    /// What [`Client::call`](crate::Client::call) gave.
    Failure(Failure),
    /// Another error.
    Other(BoxError),
}

impl<E: FromResponse> Cause<E> {
    /// The failure.
    ///
    /// # Errors
    ///
    /// It was made by hand: its cause.
    pub fn into_failure(self) -> Result<Failure, BoxError> {
        match self {
            Self::Service(error) => match error.response() {
                Some(response) => Ok(Failure::Service(Box::new(response.clone()))),
                None => Err(error.into()),
            },
            Self::Failure(failure) => Ok(failure),
            Self::Other(error) => Err(error),
        }
    }
}

impl<E, R> From<SdkError<E, R>> for Cause<E> {
    fn from(error: SdkError<E, R>) -> Self {
        let source = match error {
            SdkError::ServiceError(of) => return Self::Service(of.source),
            SdkError::ConstructionFailure(of) => of.source,
            SdkError::TimeoutError(of) => of.source,
            SdkError::ResponseError(of) => of.source,
            SdkError::DispatchFailure(of) => connector(of),
        };
        cause(source)
    }
}

impl<E, R> From<official::SdkError<E, R>> for Cause<E> {
    fn from(error: official::SdkError<E, R>) -> Self {
        match error {
            official::SdkError::ServiceError(of) => Self::Service(of.into_err()),
            other => {
                let other = other.map_service_error(|_| fmt::Error);
                let source = other.into_source();
                cause(source.unwrap_or_else(|error| error.to_string().into()))
            }
        }
    }
}

/// The cause that an error has whose source this is.
fn cause<E>(source: BoxError) -> Cause<E> {
    let source = match source.downcast::<ConnectorError>() {
        Ok(error) => error.into_source(),
        Err(source) => source,
    };
    match failure(source) {
        Ok(failure) => Cause::Failure(failure),
        Err(source) => Cause::Other(source),
    }
}

/// The failure that an error was made from.
fn failure(error: BoxError) -> Result<Failure, BoxError> {
    downcast(error, Failure::Input)
        .or_else(|error| downcast(error, Failure::Config))
        .or_else(|error| downcast(error, Failure::Transport))
        .or_else(|error| downcast(error, Failure::Timeout))
        .or_else(|error| downcast(error, Failure::Response))
}

fn downcast<T: std::error::Error + 'static>(
    error: BoxError,
    wrap: fn(T) -> Failure,
) -> Result<Failure, BoxError> {
    Ok(wrap(*error.downcast::<T>()?))
}
