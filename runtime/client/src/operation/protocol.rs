//! The interface of a protocol: an operation's input becomes an HTTP request, a response the output or an error.

use super::Operation;
use crate::error::{DecodeError, EncodeError, ServiceError};
#[cfg(any(feature = "event-stream", feature = "protocol"))]
use crate::schema::Member;
#[cfg(feature = "test-util")]
use crate::schema::Schema;
use crate::shape::Shape;
#[cfg(any(feature = "event-stream", feature = "protocol"))]
use crate::shape::Value;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
#[cfg(feature = "test-util")]
use http::Response;
use http::{HeaderMap, Method, StatusCode};
use std::borrow::Cow;
use std::fmt;

/// The body of a request or response. `Debug` shows only its length, since it may contain secrets.
pub enum Body {
    /// A body in memory, which can be sent again.
    Bytes(Bytes),
    /// A stream from the caller, or the rest of a response.
    Stream(ByteStream),
}

/// A request without endpoint and signature. `Debug` shows neither path, query nor body, since they may contain
/// secrets.
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The prefix for the endpoint's host, such as `data.`; usually empty.
    pub host_prefix: String,
    /// Percent-encoded path and query, appended to the endpoint's path. The path starts with `/`, or is empty.
    pub path_and_query: String,
    /// Headers of the protocol and the operation, but not host, length, user agent and signature.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
}

/// How a protocol encodes events.
#[cfg(feature = "event-stream")]
#[derive(Clone, Copy)]
pub struct EventFormat {
    /// [`HttpProtocol::id`] of its protocol.
    pub(crate) protocol: &'static str,
    pub(crate) documents: &'static dyn BodyFormat,
    /// The content type of documents in events.
    pub(crate) media_type: &'static str,
    /// Whether the other members of an input or output are sent as the first event, because there is nothing else to carry them.
    pub(crate) initial_messages: bool,
}

/// A protocol, as a service's table names it: a static of a module of [`crate::protocol`].
pub type Protocol = &'static dyn HttpProtocol;

/// A protocol over HTTP.
pub trait HttpProtocol: fmt::Debug + Send + Sync {
    /// The shape id of the trait that gives a service this protocol: `aws.protocols#restJson1`.
    fn id(&self) -> &'static str;

    /// Encodes an input. A stream is moved out of the input; everything else stays.
    ///
    /// # Errors
    ///
    /// If the input has a value that the protocol can't express, such as an empty label.
    fn request(&self, operation: &Operation, input: &mut dyn Shape)
    -> Result<Request, EncodeError>;

    /// Decodes a successful response into the output. The body is a [`Body::Stream`] if the output's payload is a streaming
    /// blob, and complete otherwise.
    ///
    /// # Errors
    ///
    /// If the response is malformed. Members that were read before stay set.
    fn response(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Body,
        output: &mut dyn Shape,
    ) -> Result<(), DecodeError>;

    /// Decodes an error response: code, message, request id, and which of the operation's errors it is. The client
    /// decides whether to retry.
    fn error(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> ServiceError;

    /// Whether a status is one of a successful response.
    fn is_success(&self, operation: &Operation, status: StatusCode) -> bool {
        status.is_success() || status.as_u16() == operation.code
    }

    /// Whether a response is an error despite its status.
    fn is_error(&self, _operation: &Operation, _body: &[u8]) -> bool {
        false
    }

    /// The request id of a successful response.
    fn request_id(&self, headers: &HeaderMap, _body: &[u8]) -> Option<String> {
        request_id(headers)
    }

    /// How the protocol encodes events; `None` if it has no event streams. [`HttpProtocol::request`] and
    /// [`HttpProtocol::response`] ignore members that are event streams.
    #[cfg(feature = "event-stream")]
    fn events(&'static self) -> Option<EventFormat> {
        None
    }

    /// Reads the members of a modelled error.
    ///
    /// # Errors
    ///
    /// If the error's document is malformed.
    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError>;

    /// The service's side of the protocol; `None` if there is none.
    #[cfg(feature = "test-util")]
    fn server(&self) -> Option<&dyn ServerProtocol> {
        None
    }
}

/// A request that arrived, without its body.
#[cfg(feature = "test-util")]
pub(crate) type RequestHead = http::request::Parts;

/// The service's side of a protocol.
#[cfg(feature = "test-util")]
pub trait ServerProtocol: fmt::Debug + Send + Sync {
    /// Whether a request calls this operation.
    fn is_for(&self, operation: &Operation, head: &http::request::Parts, body: &[u8]) -> bool;

    /// Decodes a request into the input. Events aren't read.
    ///
    /// # Errors
    ///
    /// If the request is malformed. Members that were read before stay set.
    fn read_request(
        &self,
        operation: &Operation,
        head: &http::request::Parts,
        body: Bytes,
        input: &mut dyn Shape,
    ) -> Result<(), DecodeError>;

    /// Encodes an output. A stream is moved out of it, and must be in memory.
    ///
    /// # Errors
    ///
    /// If the output has a value that the protocol can't express.
    fn respond(
        &self,
        operation: &Operation,
        output: &mut dyn Shape,
    ) -> Result<Response<Bytes>, EncodeError>;

    /// Encodes an error.
    ///
    /// # Errors
    ///
    /// If the error has a value that the protocol can't express.
    fn fail(
        &self,
        operation: &Operation,
        error: &Thrown<'_>,
    ) -> Result<Response<Bytes>, EncodeError>;
}

/// An error for a response.
#[cfg(feature = "test-util")]
#[derive(Clone, Copy)]
pub struct Thrown<'a> {
    /// Its name in the model, or any other code.
    pub name: &'a str,
    /// The message.
    pub message: Option<&'a str>,
    /// Its members, if the model has it.
    pub modeled: Option<&'a dyn Shape>,
}

#[cfg(feature = "test-util")]
impl Thrown<'_> {
    /// The status of its response. `@awsQueryError` has another one for the query protocols.
    pub fn status(&self) -> StatusCode {
        let own = self
            .modeled
            .and_then(|modeled| modeled.schema().http_error());
        let usual = if self.is_of_client() { 400 } else { 500 };
        StatusCode::from_u16(own.unwrap_or(usual)).unwrap_or(StatusCode::BAD_REQUEST)
    }

    /// Whether the caller is to blame.
    pub fn is_of_client(&self) -> bool {
        let schema = self.modeled.map(Shape::schema);
        schema.is_none_or(Schema::is_client_error)
    }

    /// The code: that of the query protocols, if the error has one.
    pub fn code(&self) -> &str {
        let schema = self.modeled.map(Shape::schema);
        let of_query = schema.and_then(Schema::query_error);
        of_query.map_or(self.name, |(code, _)| code)
    }

    /// The message, unless it is one of the members.
    pub(crate) fn other_message(&self) -> Option<&str> {
        let schema = self.modeled.map(Shape::schema);
        let mut members = schema.map_or(&[][..], Schema::members).iter();
        let is_member = members.any(|member| member.name().eq_ignore_ascii_case("message"));
        self.message.filter(|_| !is_member)
    }
}

/// The format of a protocol's bodies.
#[cfg(any(feature = "event-stream", feature = "protocol"))]
#[cfg_attr(
    not(feature = "http-binding"),
    allow(dead_code, reason = "without bindings no member is a body by itself")
)]
pub(crate) trait BodyFormat: Sync {
    /// The content type of documents.
    fn media_type(&self) -> &'static str;

    /// Whether the body stays empty if no member of the body is set.
    fn omits_empty_documents(&self) -> bool {
        false
    }

    /// The body for a payload structure that is not set.
    fn empty_structure(&self) -> &'static [u8] {
        b""
    }

    /// Whether a string or blob that is the payload is sent as it is, and not as a document.
    fn has_plain_payloads(&self) -> bool {
        true
    }

    /// Whether the text of a header means true; anything else means false.
    fn is_true(&self, text: &str) -> bool {
        text.eq_ignore_ascii_case("true")
    }

    /// Encodes all members of the body as a document.
    fn write_members(&self, input: &dyn Shape) -> Result<Vec<u8>, EncodeError>;

    /// Encodes the member that is the whole body.
    fn write_payload(
        &self,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, EncodeError>;

    /// Reads what [`BodyFormat::write_members`] writes.
    fn read_members(&self, body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError>;

    /// The message in an error's document, without its schema.
    #[cfg(feature = "event-stream")]
    fn error_message(&self, body: &[u8]) -> Option<String>;

    /// Reads what [`BodyFormat::write_payload`] writes.
    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        into: &mut dyn Value,
    ) -> Result<(), DecodeError>;
}

/// The value of a header as text: UTF-8, or else ISO 8859-1.
pub(crate) fn header_text(value: &[u8]) -> Cow<'_, str> {
    let text = std::str::from_utf8(value).map(Cow::Borrowed);
    text.unwrap_or_else(|_| value.iter().copied().map(char::from).collect())
}

/// The request id of a response, from the headers that AWS services use.
pub fn request_id(headers: &HeaderMap) -> Option<String> {
    ["x-amzn-requestid", "x-amz-request-id", "x-amz-id-2"]
        .into_iter()
        .find_map(|name| headers.get(name))
        .map(|value| header_text(value.as_bytes()).into_owned())
}

impl Body {
    /// An empty body.
    pub fn empty() -> Self {
        Self::Bytes(Bytes::new())
    }

    /// Its length, if known.
    pub fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream(stream) => stream
                .size_hint()
                .1
                .filter(|most| *most == stream.size_hint().0),
        }
    }

    /// Whether it is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(a stream)"),
        }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Request");
        out.field("method", &self.method)
            .field("headers", &self.headers)
            .field("body", &self.body);
        out.finish_non_exhaustive()
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}
