//! `aws.protocols#restXml`.

use super::error::{ErrorResponse, failed, modelled};
use super::xml::{self, Root, Xml};
use super::{Body, HttpProtocol, Request, binding, request_id};
use crate::error::{DecodeError, EncodeError, ServiceError};
#[cfg(feature = "event-stream")]
use crate::operation::BodyFormat;
use crate::operation::{Operation, OperationTrait};
use crate::schema::{Kind, Location};
use crate::shape::Shape;
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
