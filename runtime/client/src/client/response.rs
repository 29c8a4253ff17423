//! A response becomes the output or an error.

use super::body_traits::BodyTraits;
use super::{Metadata, trace};
use crate::error::{DecodeError, Failure, RequestIds, ResponseError, ResponseMessage};
use crate::operation::Operation;
use crate::protocol::{self, Body, HttpProtocol};
use crate::redact;
use crate::shape::Shape;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, LOCATION};
use http::{HeaderMap, StatusCode};

/// How much of an unreadable body an error shows, in bytes.
const BODY_START: usize = 200;

/// The operation of a call, with its protocol and the traits of its bodies.
#[derive(Clone, Copy)]
pub(super) struct Called {
    pub(super) operation: &'static Operation,
    pub(super) protocol: &'static dyn HttpProtocol,
    pub(super) traits: BodyTraits,
}

/// The head of a response, and the number of its attempt.
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) attempt: u32,
}

impl Called {
    /// With the protocol of rules, if the response is of one.
    #[cfg(feature = "test-util")]
    pub(super) fn answered_by<B>(mut self, response: &http::Response<B>) -> Self {
        if response.extensions().get::<super::FromRule>().is_some() {
            self.protocol = protocol::mock::MOCK;
        }
        self
    }

    /// Whether the body of a successful response is passed to the caller unread.
    pub(super) fn streams_output(self) -> bool {
        #[cfg(feature = "test-util")]
        if self.protocol.id() == protocol::mock::MOCK.id() {
            return false;
        }
        protocol::streams_output(self.operation)
    }

    /// Reads a response into the output. `whole` is its body, empty for a stream.
    pub(super) fn read(
        self,
        head: &Head,
        body: Body,
        whole: &[u8],
        output: &mut dyn Shape,
    ) -> Result<Metadata, Failure> {
        let (status, headers) = (head.status, &head.headers);
        let request_id = self.protocol.request_id(headers, whole);
        let (verified, kept) = match &body {
            Body::Bytes(bytes) => (self.traits.verify(headers, bytes), bytes.clone()),
            Body::Stream(_) => (Ok(()), Bytes::new()),
        };
        let read = verified.and_then(|()| {
            self.protocol
                .response(self.operation, status, headers, body, output)
        });
        match read {
            Ok(()) => {
                output.set_request_ids(RequestIds::new(request_id.as_deref(), headers));
                Ok(Metadata {
                    status: status.as_u16(),
                    request_id,
                    attempts: head.attempt,
                })
            }
            Err(error) => Err(Failure::Response(ResponseError {
                error: encoded(error, headers),
                status: status.as_u16(),
                request_id,
                body_start: trace::body_start(self.operation.output, start_of(whole)),
                response: Box::new(ResponseMessage {
                    headers: protocol::listed(headers),
                    body: kept,
                }),
            })),
        }
    }

    /// The failure that an error response means.
    pub(super) fn error(self, head: Head, body: Bytes) -> Failure {
        let Head {
            status,
            headers,
            attempt,
        } = head;
        let start = body.slice(..body.len().min(BODY_START));
        let mut error = self.protocol.error(self.operation, status, &headers, body);
        if error.code.is_none() {
            trace::error_body(self.operation.output, &start);
        }
        error.retryable |= error.is_transient();
        error.attempts = attempt;
        if status.is_redirection() && error.message.is_none() {
            error.message = Some(redirected(self.operation, &headers));
        }
        Failure::Service(Box::new(error))
    }
}

/// The start of a body, as far as an error shows it.
fn start_of(body: &[u8]) -> &[u8] {
    body.get(..BODY_START).unwrap_or(body)
}

/// Adds Content-Encoding to a decode error: some servers encode bodies although none was asked for.
fn encoded(error: DecodeError, headers: &HeaderMap) -> DecodeError {
    let encoding = headers
        .get(CONTENT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .filter(|encoding| !encoding.eq_ignore_ascii_case("identity"));
    match encoding {
        Some(encoding) => DecodeError::new(format!(
            "{error} (unexpected Content-Encoding: {encoding:?})"
        )),
        None => error,
    }
}

/// The message of a redirect, which isn't followed: a signature or a token is meant for one host.
fn redirected(operation: &Operation, headers: &HeaderMap) -> String {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.map(|to| {
        if to.contains('@') {
            redact::url(to)
        } else {
            to.to_owned()
        }
    });
    let to = match location
        .as_deref()
        .and_then(|to| to.split(['?', '#']).next())
    {
        None => "nowhere",
        // It can contain the request's path.
        Some(_) if trace::has_secret_path(operation) => "another place",
        Some(to) => to,
    };
    format!("a redirect to {to}, which isn't followed")
}
