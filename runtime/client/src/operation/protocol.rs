//! The interface of a protocol: an operation's input becomes an HTTP request, a response the output or an error.

use super::Operation;
use crate::error::{DecodeError, EncodeError, ServiceError};
#[cfg(feature = "protocol")]
use crate::schema::Member;
use crate::shape::Shape;
#[cfg(feature = "protocol")]
use crate::shape::Value;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use std::borrow::Cow;
use std::fmt;

/// The body of a request or a response. Its Debug form shows its length alone: it may hold secrets.
pub enum Body {
    /// All of it, in memory: can be sent again.
    Bytes(Bytes),
    /// What the caller streams in, or the part of a response that is still to come.
    Stream(ByteStream),
}

/// A request, before an endpoint and a signature are added to it. Its Debug form shows no path, query or body:
/// they may hold secrets.
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// What goes in front of the endpoint's host, with labels filled in (`data.`); empty for most.
    pub host_prefix: String,
    /// Path and query, percent-encoded: goes behind the endpoint's own path. The path starts with `/`, or is empty.
    pub path_and_query: String,
    /// Headers of the protocol and of the operation: not yet host, length, user agent, signature.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
}

/// How a protocol writes events.
#[cfg(feature = "event-stream")]
#[derive(Clone, Copy)]
pub struct EventFormat {
    /// [`HttpProtocol::id`] of its protocol.
    pub(crate) protocol: &'static str,
    pub(crate) documents: &'static dyn BodyFormat,
    /// The content type of documents in events.
    pub(crate) media_type: &'static str,
    /// Whether the other members of an input or output are an event, too, the first one: they have no other place.
    pub(crate) initial_messages: bool,
}

/// A protocol, as a service's table names it: a static of a module of [`crate::protocol`].
pub type Protocol = &'static dyn HttpProtocol;

/// A protocol over HTTP.
pub trait HttpProtocol: fmt::Debug + Send + Sync {
    /// The shape id of the trait that gives a service this protocol: `aws.protocols#restJson1`.
    fn id(&self) -> &'static str;

    /// The request for an input. Takes a stream out of the input when it has one, nothing else.
    fn request(&self, operation: &Operation, input: &mut dyn Shape)
    -> Result<Request, EncodeError>;

    /// Reads a successful response into the output. The body is a [`Body::Stream`] if the output's payload is a streaming
    /// blob, and complete otherwise.
    fn response(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Body,
        output: &mut dyn Shape,
    ) -> Result<(), DecodeError>;

    /// Recognises an error: its code, its message, its request id, which of the operation's errors it is.
    /// Whether to retry is for the client to say.
    fn error(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> ServiceError;

    /// Whether a response is an error in spite of its status.
    fn is_error(&self, _operation: &Operation, _body: &[u8]) -> bool {
        false
    }

    /// The request id of a successful response.
    fn request_id(&self, headers: &HeaderMap, _body: &[u8]) -> Option<String> {
        request_id(headers)
    }

    /// How it writes events; none when it has none. A stream of events is then no part of [`HttpProtocol::request`]
    /// and [`HttpProtocol::response`]: these see a message without it.
    #[cfg(feature = "event-stream")]
    fn events(&'static self) -> Option<EventFormat> {
        None
    }

    /// Reads the members of a modelled error.
    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError>;
}

#[cfg(feature = "protocol")]
/// How a protocol writes bodies.
#[cfg_attr(
    not(feature = "http-binding"),
    allow(dead_code, reason = "without bindings no member is a body by itself")
)]
pub(crate) trait BodyFormat: Sync {
    /// The content type of documents.
    fn media_type(&self) -> &'static str;

    /// Whether there is no document when none of the members that are bound to the body is set.
    fn omits_empty_documents(&self) -> bool {
        false
    }

    /// What stands for a structure that is the whole body, and not set.
    fn empty_structure(&self) -> &'static [u8] {
        b""
    }

    /// Whether the text of a header stands for true; any other stands for false.
    fn is_true(&self, text: &str) -> bool {
        text.eq_ignore_ascii_case("true")
    }

    /// The document of all members that are bound to the body.
    fn write_members(&self, input: &dyn Shape) -> Result<Vec<u8>, EncodeError>;

    /// The document of one member that is the whole body.
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

/// The value of a header as text: UTF-8 or, when it isn't that, ISO 8859-1, whose bytes are characters.
pub(crate) fn header_text(value: &[u8]) -> Cow<'_, str> {
    let text = std::str::from_utf8(value).map(Cow::Borrowed);
    text.unwrap_or_else(|_| value.iter().copied().map(char::from).collect())
}

/// The request id of a response, from the headers that AWS services put it in.
pub fn request_id(headers: &HeaderMap) -> Option<String> {
    ["x-amzn-requestid", "x-amz-request-id", "x-amz-id-2"]
        .into_iter()
        .find_map(|name| headers.get(name))
        .map(|value| header_text(value.as_bytes()).into_owned())
}

impl Body {
    /// One with nothing in it.
    pub fn empty() -> Self {
        Self::Bytes(Bytes::new())
    }

    /// Its length, when known.
    pub fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Stream(stream) => stream
                .size_hint()
                .1
                .filter(|most| *most == stream.size_hint().0),
        }
    }

    /// Whether it is known to have nothing in it.
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
