//! Shared by the protocols that send an operation's name and one document, without HTTP bindings.

use super::error::{ErrorResponse, Said};
use super::format::is_event_stream;
use super::host::host_prefix;
use super::{Body, Request};
use crate::error::{DecodeError, EncodeError, QUERY_ERROR, ServiceError};
use crate::operation::{BodyFormat, Operation, ServiceTrait};
use crate::shape::Shape;
use ::http::header::CONTENT_TYPE;
use ::http::{HeaderMap, HeaderName, HeaderValue, Method};
#[cfg(feature = "test-util")]
use bytes::Bytes;

/// `aws.protocols#awsQueryCompatible`: requests the error codes of the query protocol.
const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// A request with the headers of the protocol and the operation.
pub(super) fn request(
    operation: &Operation,
    input: &dyn Shape,
    path: String,
    mut headers: HeaderMap,
    body: Vec<u8>,
) -> Result<Request, EncodeError> {
    if operation.service.has(ServiceTrait::AwsQueryCompatible) {
        headers.insert(QUERY_MODE, HeaderValue::from_static("true"));
    }
    Ok(Request {
        method: Method::POST,
        host_prefix: host_prefix(operation, input)?,
        path_and_query: path,
        headers,
        body: body.into(),
    })
}

/// Reads a document. An empty one has no members, and a body without members is ignored.
pub(super) fn read(
    format: &dyn BodyFormat,
    headers: &HeaderMap,
    body: &Body,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let mut members = into.schema().members().iter();
    let is_read = members.any(|member| !is_event_stream(member));
    match body {
        Body::Bytes(body) if body.is_empty() || !is_read => Ok(()),
        Body::Bytes(body) => format
            .read_members(body, into)
            .map_err(|error| with_content_type(error, format, headers)),
        Body::Stream(_) => Err(DecodeError::new(
            "this protocol doesn't support streaming blobs",
        )),
    }
}

/// Adds an unexpected content type to the error, because it usually explains why a body is invalid.
fn with_content_type(
    error: DecodeError,
    format: &dyn BodyFormat,
    headers: &HeaderMap,
) -> DecodeError {
    let found = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let found = String::from_utf8_lossy(found.unwrap_or_default());
    let found = found.split(';').next().unwrap_or_default().trim();
    let is_shown = |c: char| c.is_ascii_alphanumeric() || "/+-._".contains(c);
    let is_shown = (1..=100).contains(&found.len()) && found.chars().all(is_shown);
    if is_shown && found != format.media_type() {
        DecodeError::new(format!("{error} (the content type is {found})"))
    } else {
        error
    }
}

/// The error of a response, with its code in the query protocol if the service sends one.
pub(super) fn error(
    protocol: &'static str,
    operation: &Operation,
    response: ErrorResponse<'_>,
    mut said: Said,
) -> ServiceError {
    let query = response
        .header(QUERY_ERROR)
        .filter(|_| operation.service.has(ServiceTrait::AwsQueryCompatible));
    let parts = query.as_deref().and_then(|query| query.split_once(';'));
    let query_code = parts
        .filter(|(code, fault)| !code.is_empty() && !fault.contains(';'))
        .map(|(code, _)| code.to_owned());
    said.types.extend(query_code.clone());
    let mut error = response.into_error(protocol, operation, said);
    error.code = query_code.or(error.code);
    error
}

/// A response with a document.
#[cfg(feature = "test-util")]
pub(super) fn response(
    status: ::http::StatusCode,
    media_type: &'static str,
    body: Vec<u8>,
) -> ::http::Response<Bytes> {
    let mut response = ::http::Response::new(body.into());
    *response.status_mut() = status;
    let media_type = HeaderValue::from_static(media_type);
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}

/// The response with an error.
#[cfg(feature = "test-util")]
pub(super) fn failed(
    operation: &Operation,
    error: &crate::operation::Thrown<'_>,
    media_type: &'static str,
    body: Vec<u8>,
) -> Result<::http::Response<Bytes>, EncodeError> {
    let mut response = response(error.status(), media_type, body);
    if operation.service.has(ServiceTrait::AwsQueryCompatible) {
        let fault = if error.is_of_client() {
            "Sender"
        } else {
            "Receiver"
        };
        let value = format!("{};{fault}", error.code());
        super::error::put(&mut response, QUERY_ERROR, &value)?;
    }
    Ok(response)
}
