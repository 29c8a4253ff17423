//! Protocols: convert an operation's input to an HTTP request, and a response to an output or error.
//!
//! Each protocol is a module behind a cargo feature of its name, and a `static` of it implements [`HttpProtocol`]. A
//! service's table names that static; nothing but `ALL` lists protocols.

#[cfg(feature = "aws-json")]
pub mod aws_json;
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
#[cfg(feature = "json-values")]
#[cfg_attr(
    not(feature = "json"),
    allow(dead_code, reason = "serde's traits need no bodies")
)]
pub(crate) mod json;
#[cfg(feature = "test-util")]
pub(crate) mod mock;
#[cfg(any(feature = "client", feature = "http-binding", feature = "query"))]
pub(crate) mod percent;
#[cfg(feature = "query")]
pub mod query;
#[cfg(feature = "rest-json")]
pub mod rest_json;
#[cfg(feature = "rest-xml")]
pub mod rest_xml;
#[cfg(feature = "rpc")]
mod rpc;
#[cfg(feature = "rpc-v2")]
pub mod rpc_v2;
#[cfg(any(feature = "http-binding", feature = "xml"))]
mod scalars;
#[cfg(feature = "simple-rest-json")]
pub mod simple_rest_json;
#[cfg(any(feature = "json-values", feature = "rpc-v2-cbor", feature = "xml"))]
mod untyped;
#[cfg(feature = "xml")]
mod xml;

use crate::error::{DecodeError, ServiceError};
#[cfg(feature = "event-stream")]
pub use crate::operation::EventFormat;
#[cfg(any(feature = "http-binding", feature = "rpc"))]
use crate::operation::header_text;
pub use crate::operation::{Body, HttpProtocol, Request, request_id};
use crate::operation::{Operation, Protocol};
use crate::schema::{Kind, Location, Schema};
use crate::shape::Shape;
#[cfg(all(feature = "client", feature = "http-binding"))]
pub(crate) use binding::append_document;

/// The protocols that this program was built with, for tables that are read at run time.
#[cfg(feature = "pack")]
pub(crate) static ALL: &[Protocol] = &[
    #[cfg(feature = "aws-json")]
    aws_json::AWS_JSON_1_0,
    #[cfg(feature = "aws-json")]
    aws_json::AWS_JSON_1_1,
    #[cfg(feature = "rest-json")]
    rest_json::REST_JSON_1,
    #[cfg(feature = "rest-xml")]
    rest_xml::REST_XML,
    #[cfg(feature = "rpc-v2-cbor")]
    rpc_v2::RPC_V2_CBOR,
    #[cfg(feature = "rpc-v2-json")]
    rpc_v2::RPC_V2_JSON,
    #[cfg(feature = "aws-query")]
    query::AWS_QUERY,
    #[cfg(feature = "ec2-query")]
    query::EC2_QUERY,
    #[cfg(feature = "simple-rest-json")]
    simple_rest_json::SIMPLE_REST_JSON,
];

/// Reads the members of a modelled error, whose schema is [`ServiceError::schema`]. The message member is set even if the
/// service spells its name differently.
///
/// # Errors
///
/// The error's document is malformed. Members that were already read stay set.
pub fn read_error(
    protocol: Protocol,
    error: &ServiceError,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    if let Some(message) = &error.message {
        crate::token::put_message(into, message);
    }
    #[cfg(feature = "event-stream")]
    if let (Some(event), Some(format)) = (&error.event, protocol.events()) {
        return format.read_exception(event, into);
    }
    #[cfg(feature = "test-util")]
    if error.protocol == mock::ID {
        return mock::MOCK.read_error(error, into);
    }
    protocol.read_error(error, into)
}

/// Headers as errors keep them: in order of arrival, names lower-case.
#[cfg(any(feature = "client", feature = "protocol"))]
pub(crate) fn listed(headers: &::http::HeaderMap) -> Vec<(String, Vec<u8>)> {
    let headers = headers.iter();
    headers
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect()
}

/// Whether the body of a successful response is passed to the caller unread: the output's payload is a streaming blob.
pub fn streams_output(operation: &Operation) -> bool {
    is_streaming_blob(operation.output)
}

pub(crate) fn is_streaming_blob(shape: &Schema) -> bool {
    shape.members().iter().any(|member| {
        member.location() == Location::Payload
            && member.target().is_streaming()
            && member.target().kind() == Kind::Blob
    })
}
