//! `smithy.protocols#rpcv2Json` and `smithy.protocols#rpcv2Cbor`, which differ only in the format of documents.

use super::error::{ErrorResponse, Said};
use super::{Body, HttpProtocol, Request, rpc};
use crate::error::{DecodeError, EncodeError, ServiceError};
use crate::operation::{BodyFormat, Operation};
#[cfg(feature = "test-util")]
use crate::operation::{RequestHead, ServerProtocol, Thrown};
use crate::schema::UNIT;
use crate::shape::Shape;
#[cfg(feature = "test-util")]
use ::http::Response;
use ::http::header::{ACCEPT, CONTENT_TYPE};
use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;
use std::fmt;

const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");

/// Documents that can hold an error.
pub(super) trait ErrorFormat: BodyFormat + fmt::Debug + Send {
    /// Reads `__type` and the message.
    fn error(&self, body: &[u8]) -> Said;

    /// The document of an error.
    #[cfg(feature = "test-util")]
    fn error_document(&self, error: &Thrown<'_>) -> Result<Vec<u8>, EncodeError>;
}

/// Both protocols.
#[derive(Debug)]
struct RpcV2<F> {
    id: &'static str,
    /// Its name in a header.
    name: &'static str,
    format: F,
}

/// `smithy.protocols#rpcv2Cbor`.
#[cfg(feature = "rpc-v2-cbor")]
pub static RPC_V2_CBOR: &dyn HttpProtocol = &RpcV2 {
    id: "smithy.protocols#rpcv2Cbor",
    name: "rpc-v2-cbor",
    format: super::cbor::Cbor,
};

/// `smithy.protocols#rpcv2Json`.
#[cfg(feature = "rpc-v2-json")]
pub static RPC_V2_JSON: &dyn HttpProtocol = &RpcV2 {
    id: "smithy.protocols#rpcv2Json",
    name: "rpc-v2-json",
    format: super::json::Json {
        media_type: "application/json",
        plain_payloads: true,
        dialect: super::json::Dialect {
            bindings: false,
            timestamp_formats: super::json::TimestampFormats::Protocol,
            timestamps: crate::schema::TimestampFormat::EpochSeconds,
            big_numbers_as_strings: true,
        },
    },
};

impl<F: ErrorFormat> HttpProtocol for RpcV2<F> {
    fn id(&self) -> &'static str {
        self.id
    }

    fn request(
        &self,
        operation: &Operation,
        input: &mut dyn Shape,
    ) -> Result<Request, EncodeError> {
        let service = operation.service.name();
        let path = format!("/service/{service}/operation/{}", operation.name);
        let media_type = HeaderValue::from_static(self.format.media_type());
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(PROTOCOL, HeaderValue::from_static(self.name));
        headers.insert(ACCEPT, media_type.clone());
        let has_input = operation.input.id() != UNIT.id();
        let body = if has_input {
            headers.insert(CONTENT_TYPE, media_type);
            self.format.write_members(input)?
        } else {
            Vec::new()
        };
        rpc::request(operation, input, path, headers, body)
    }

    fn response(
        &self,
        _: &Operation,
        _: StatusCode,
        headers: &HeaderMap,
        body: Body,
        output: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        if !self.speaks(headers) {
            let what = "the response's header smithy-protocol isn't";
            return Err(DecodeError::new(format!("{what} {}", self.name)));
        }
        rpc::read(&self.format, headers, &body, output)
    }

    /// For a response of another protocol, only the status is used.
    fn error(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> ServiceError {
        let said = if self.speaks(headers) {
            self.format.error(&body)
        } else {
            Said::default()
        };
        let response = ErrorResponse {
            status,
            headers,
            body,
        };
        rpc::error(self.id, operation, response, said)
    }

    #[cfg(feature = "event-stream")]
    fn events(&'static self) -> Option<super::EventFormat> {
        Some(super::EventFormat {
            protocol: self.id,
            documents: &self.format,
            media_type: self.format.media_type(),
            initial_messages: true,
        })
    }

    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError> {
        let body = Body::Bytes(error.body.clone());
        rpc::read(&self.format, &HeaderMap::new(), &body, into)
    }

    #[cfg(feature = "test-util")]
    fn server(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

#[cfg(feature = "test-util")]
impl<F: ErrorFormat> ServerProtocol for RpcV2<F> {
    fn is_for(&self, operation: &Operation, head: &RequestHead, _: &[u8]) -> bool {
        let (service, name) = (operation.service.name(), operation.name);
        let path = format!("/service/{service}/operation/{name}");
        head.uri.path().ends_with(&path)
    }

    fn read_request(
        &self,
        _: &Operation,
        head: &RequestHead,
        body: Bytes,
        input: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        rpc::read(&self.format, &head.headers, &Body::Bytes(body), input)
    }

    fn respond(
        &self,
        operation: &Operation,
        output: &mut dyn Shape,
    ) -> Result<Response<Bytes>, EncodeError> {
        let has_output = operation.output.id() != UNIT.id();
        let body = has_output.then(|| self.format.write_members(output));
        let body = body.transpose()?.unwrap_or_default();
        let response = rpc::response(StatusCode::OK, self.format.media_type(), body);
        Ok(self.marked(response))
    }

    fn fail(
        &self,
        operation: &Operation,
        error: &Thrown<'_>,
    ) -> Result<Response<Bytes>, EncodeError> {
        let body = self.format.error_document(error)?;
        let response = rpc::failed(operation, error, self.format.media_type(), body)?;
        Ok(self.marked(response))
    }
}

#[cfg(feature = "test-util")]
impl<F> RpcV2<F> {
    /// With the protocol's header.
    fn marked(&self, mut response: Response<Bytes>) -> Response<Bytes> {
        let name = HeaderValue::from_static(self.name);
        response.headers_mut().insert(PROTOCOL, name);
        response
    }
}

impl<F> RpcV2<F> {
    /// Whether a response can be of this protocol. Services must send its header; a response without it is accepted, because
    /// the specification doesn't require clients to refuse it, and a body of another protocol is detected anyway.
    fn speaks(&self, headers: &HeaderMap) -> bool {
        headers
            .get(PROTOCOL)
            .is_none_or(|name| name.as_bytes() == self.name.as_bytes())
    }
}
