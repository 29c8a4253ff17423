//! `aws.protocols#restXml`.

use super::error::{ErrorResponse, failed, modelled};
#[cfg(feature = "test-util")]
use super::xml::Wrapper;
use super::xml::{self, Root, Xml};
use super::{Body, HttpProtocol, Request, binding, request_id};
use crate::error::{DecodeError, EncodeError, ServiceError};
#[cfg(any(feature = "event-stream", feature = "test-util"))]
use crate::operation::BodyFormat;
use crate::operation::{Operation, OperationTrait};
#[cfg(feature = "test-util")]
use crate::operation::{RequestHead, ServerProtocol, Thrown};
use crate::schema::{Kind, Location};
use crate::shape::Shape;
#[cfg(feature = "test-util")]
use ::http::Response;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;

/// restXml: Smithy's HTTP bindings with XML bodies.
#[derive(Debug)]
struct RestXml;

/// `aws.protocols#restXml`. Errors are read with and without a wrapper, whatever `noErrorWrapping` says.
pub static REST_XML: &dyn HttpProtocol = &RestXml;
const ID: &str = "aws.protocols#restXml";

impl HttpProtocol for RestXml {
    fn id(&self) -> &'static str {
        ID
    }

    fn request(
        &self,
        operation: &Operation,
        input: &mut dyn Shape,
    ) -> Result<Request, EncodeError> {
        binding::request(&format(operation), operation, input)
    }

    fn response(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Body,
        output: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        binding::response(&format(operation), status, headers, body, output)
    }

    fn error(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> ServiceError {
        let status = failed(status);
        let response = ErrorResponse {
            status,
            headers,
            body,
        };
        let mut error = xml::service_error(ID, operation, response);
        // A document of another form, such as a proxy's page, isn't from the service: only its status counts.
        if error.message.is_none() && error.code.is_none() {
            error.message = status.canonical_reason().map(str::to_owned);
        }
        // A response to HEAD has no body.
        if error.code.is_none() && error.body.is_empty() {
            error.schema = error
                .status_name()
                .and_then(|name| modelled(operation, &name));
        }
        error
    }

    /// Whether a response with a success status is an error: services can fail after sending the status, as S3's copies do.
    fn is_error(&self, operation: &Operation, body: &[u8]) -> bool {
        let mut members = operation.output.members().iter();
        let is_document = !members.any(|member| {
            let kind = member.target().kind();
            member.location() == Location::Payload
                && matches!(kind, Kind::Blob | Kind::String | Kind::Enum)
        });
        is_document && xml::is_error(body, &["Error", "ErrorResponse"])
    }

    fn request_id(&self, headers: &HeaderMap, body: &[u8]) -> Option<String> {
        request_id(headers).or_else(|| xml::request_id(body))
    }

    /// Documents in events have no wrapper and only their own namespace.
    #[cfg(feature = "event-stream")]
    fn events(&'static self) -> Option<super::EventFormat> {
        static XML: Xml = Xml {
            namespace: None,
            root: Root::Output,
        };
        Some(super::EventFormat {
            protocol: ID,
            documents: &XML,
            media_type: XML.media_type(),
            initial_messages: false,
        })
    }

    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError> {
        let format = Xml {
            namespace: None,
            root: Root::Error,
        };
        binding::error(&format, error, into)
    }

    #[cfg(feature = "test-util")]
    fn server(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

#[cfg(feature = "test-util")]
impl ServerProtocol for RestXml {
    fn is_for(&self, operation: &Operation, head: &RequestHead, _: &[u8]) -> bool {
        binding::is_for(operation, head)
    }

    fn read_request(
        &self,
        operation: &Operation,
        head: &RequestHead,
        body: Bytes,
        input: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        let format = Xml {
            root: Root::Output,
            ..format(operation)
        };
        binding::read(&format, operation, head, body, input)
    }

    fn respond(
        &self,
        operation: &Operation,
        output: &mut dyn Shape,
    ) -> Result<Response<Bytes>, EncodeError> {
        binding::respond(&format(operation), operation, output)
    }

    fn fail(
        &self,
        operation: &Operation,
        error: &Thrown<'_>,
    ) -> Result<Response<Bytes>, EncodeError> {
        let body = xml::error_document(Wrapper::Error, error.name, error)?;
        let media_type = format(operation).media_type();
        binding::failed(error, media_type, body.into_bytes())
    }
}

fn format(operation: &Operation) -> Xml {
    let is_unwrapped = operation
        .traits
        .iter()
        .any(|t| matches!(t, OperationTrait::UnwrappedXmlOutput));
    Xml {
        namespace: operation.service.xml_namespace,
        root: if is_unwrapped {
            Root::Member
        } else {
            Root::Output
        },
    }
}
