//! Protocols: how an operation's input becomes an HTTP request, and a response its output or error.
//!
//! Each protocol is a module behind a cargo feature of its name, and one `static` that implements
//! [`HttpProtocol`]. Nothing outside this folder depends on which one a service speaks.

#[cfg(feature = "aws-json")]
mod aws_json;
#[cfg(feature = "http-binding")]
mod binding;
#[cfg(feature = "rpc-v2-cbor")]
mod cbor;
#[cfg(feature = "protocol")]
mod error;
#[cfg(feature = "event-stream")]
pub(crate) mod event;
#[cfg(feature = "query")]
mod form;
#[cfg(feature = "protocol")]
mod format;
#[cfg(feature = "protocol")]
mod host;
#[cfg(feature = "json")]
mod json;
#[cfg(any(feature = "http-binding", feature = "query"))]
mod percent;
#[cfg(feature = "query")]
mod query;
#[cfg(feature = "rest-json")]
mod rest_json;
#[cfg(feature = "rest-xml")]
mod rest_xml;
#[cfg(feature = "rpc")]
mod rpc;
#[cfg(feature = "rpc-v2")]
mod rpc_v2;
#[cfg(any(feature = "http-binding", feature = "xml"))]
mod scalars;
#[cfg(any(feature = "json", feature = "rpc-v2-cbor", feature = "xml"))]
mod untyped;
#[cfg(feature = "xml")]
mod xml;

#[cfg(feature = "event-stream")]
pub use event::EventFormat;

use crate::error::{DecodeError, EncodeError, ServiceError};
use crate::operation::{Operation, Protocol};
use crate::schema::{Kind, Location, Schema};
use crate::shape::Shape;
use ::http::{HeaderMap, Method, StatusCode};
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
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

/// A protocol of services that are called through HTTP.
pub trait HttpProtocol: fmt::Debug + Send + Sync {
    /// The request for an input. Takes a stream out of the input when it has one, nothing else.
    fn request(&self, operation: &Operation, input: &mut dyn Shape)
    -> Result<Request, EncodeError>;

    /// Reads a successful response into the output. [`Body::Stream`] is for operations that
    /// [`streams_output`]; all others have the whole body.
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

/// The implementation of a protocol; none when its cargo feature is off.
pub fn find(protocol: Protocol) -> Option<&'static dyn HttpProtocol> {
    match protocol {
        #[cfg(feature = "rest-json")]
        Protocol::RestJson1 => Some(&rest_json::REST_JSON),
        #[cfg(feature = "aws-json")]
        Protocol::AwsJson1_0 => Some(&aws_json::AWS_JSON_1_0),
        #[cfg(feature = "aws-json")]
        Protocol::AwsJson1_1 => Some(&aws_json::AWS_JSON_1_1),
        #[cfg(feature = "rpc-v2-cbor")]
        Protocol::RpcV2Cbor => Some(&rpc_v2::RPC_V2_CBOR),
        #[cfg(feature = "rpc-v2-json")]
        Protocol::RpcV2Json => Some(&rpc_v2::RPC_V2_JSON),
        #[cfg(feature = "rest-xml")]
        Protocol::RestXml { no_error_wrapping } => Some(rest_xml::rest_xml(no_error_wrapping)),
        #[cfg(feature = "aws-query")]
        Protocol::AwsQuery => Some(&query::AWS_QUERY),
        #[cfg(feature = "ec2-query")]
        Protocol::Ec2Query => Some(&query::EC2_QUERY),
        #[allow(unreachable_patterns, reason = "none is left when all features are on")]
        _ => None,
    }
}

/// Reads the members of the modelled error that a service answered with. The member for the message gets it however
/// the service spells the name.
///
/// # Errors
///
/// The response isn't what the protocol says, or this crate was built without the protocol.
pub fn read_error(error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError> {
    if let Some(message) = &error.message {
        crate::token::put_message(into, message);
    }
    let Some(protocol) = find(error.protocol) else {
        return Err(DecodeError::new(
            "this crate was built without the protocol of the response",
        ));
    };
    #[cfg(feature = "event-stream")]
    if let (Some(event), Some(format)) = (&error.event, protocol.events()) {
        return format.read_exception(event, into);
    }
    protocol.read_error(error, into)
}

/// Whether a successful response's body goes to the caller unread: the output has a streaming blob as payload.
pub fn streams_output(operation: &Operation) -> bool {
    is_streaming_blob(operation.output)
}

fn is_streaming_blob(shape: &Schema) -> bool {
    shape.members().iter().any(|member| {
        member.location() == Location::Payload
            && member.target().is_streaming()
            && member.target().kind() == Kind::Blob
    })
}

/// The value of a header as text: UTF-8 or, when it isn't that, ISO 8859-1, whose bytes are characters.
fn header_text(value: &[u8]) -> Cow<'_, str> {
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
