//! `aws.protocols#awsQuery` and `aws.protocols#ec2Query`: requests are forms, responses are XML.

use super::error::{ErrorResponse, failed};
use super::form::{self, Dialect};
use super::format::start_of;
use super::host::host_prefix;
use super::{Body, HttpProtocol, Request, request_id, xml};
use crate::error::{DecodeError, EncodeError, ServiceError};
use crate::operation::Operation;
#[cfg(feature = "test-util")]
use crate::operation::{RequestHead, ServerProtocol, Thrown};
#[cfg(feature = "test-util")]
use crate::protocol::percent::pairs;
use crate::shape::Shape;
#[cfg(feature = "test-util")]
use ::http::Response;
use ::http::header::CONTENT_TYPE;
use ::http::{HeaderMap, HeaderValue, Method, StatusCode};
use bytes::Bytes;

/// awsQuery or ec2Query.
#[derive(Debug)]
struct Query {
    id: &'static str,
    dialect: Dialect,
    /// Whether the output's members are in a separate element.
    is_wrapped: bool,
}

/// `aws.protocols#awsQuery`.
#[cfg(feature = "aws-query")]
pub static AWS_QUERY: &dyn HttpProtocol = &Query {
    id: "aws.protocols#awsQuery",
    dialect: Dialect::Aws,
    is_wrapped: true,
};
/// `aws.protocols#ec2Query`.
#[cfg(feature = "ec2-query")]
pub static EC2_QUERY: &dyn HttpProtocol = &Query {
    id: "aws.protocols#ec2Query",
    dialect: Dialect::Ec2,
    is_wrapped: false,
};

impl HttpProtocol for Query {
    fn id(&self) -> &'static str {
        self.id
    }

    fn request(
        &self,
        operation: &Operation,
        input: &mut dyn Shape,
    ) -> Result<Request, EncodeError> {
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        Ok(Request {
            method: Method::POST,
            host_prefix: host_prefix(operation, input)?,
            path_and_query: "/".to_owned(),
            headers: [(CONTENT_TYPE, form)].into_iter().collect(),
            body: form::write(self.dialect, operation, input)?
                .into_bytes()
                .into(),
        })
    }

    fn response(
        &self,
        _: &Operation,
        _: StatusCode,
        _: &HeaderMap,
        body: Body,
        output: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        match body {
            // A body without members is ignored, whatever it contains.
            Body::Bytes(_) if output.schema().members().is_empty() => Ok(()),
            Body::Bytes(body) if self.is_wrapped => xml::read_result(&body, output),
            Body::Bytes(body) => xml::read_members(&body, output),
            Body::Stream(_) => Err(DecodeError::new("the body was not read completely")),
        }
    }

    fn error(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> ServiceError {
        let start = start_of(&body);
        let response = ErrorResponse {
            status: failed(status),
            headers,
            body,
        };
        let mut error = xml::service_error(self.id, operation, response);
        // If the body isn't an error document, such as a proxy's page, its start is the message.
        if error.code.is_none() && error.message.is_none() {
            error.message = start;
        }
        error
    }

    fn is_error(&self, _: &Operation, body: &[u8]) -> bool {
        xml::is_error(body, &["Error", "ErrorResponse", "Response"])
    }

    fn request_id(&self, headers: &HeaderMap, body: &[u8]) -> Option<String> {
        request_id(headers).or_else(|| xml::request_id(body))
    }

    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError> {
        xml::read_error(&error.body, into)
    }

    #[cfg(feature = "test-util")]
    fn server(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

#[cfg(feature = "test-util")]
impl ServerProtocol for Query {
    fn is_for(&self, operation: &Operation, _: &RequestHead, body: &[u8]) -> bool {
        let pairs = pairs(&String::from_utf8_lossy(body));
        let mut actions = pairs.iter().filter(|(key, _)| key == "Action");
        actions.any(|(_, action)| action == operation.name)
    }

    fn read_request(
        &self,
        _: &Operation,
        _: &RequestHead,
        body: Bytes,
        input: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        form::read(self.dialect, &body, input)
    }

    fn respond(
        &self,
        operation: &Operation,
        output: &mut dyn Shape,
    ) -> Result<Response<Bytes>, EncodeError> {
        let (root, result) = (
            format!("{}Response", operation.name),
            format!("{}Result", operation.name),
        );
        let result = self.is_wrapped.then_some(&*result);
        let namespace = operation.service.xml_namespace;
        let body = xml::document(&root, result, namespace, output)?;
        Ok(document(StatusCode::OK, body))
    }

    fn fail(&self, _: &Operation, error: &Thrown<'_>) -> Result<Response<Bytes>, EncodeError> {
        let wrapper = if self.is_wrapped {
            xml::Wrapper::Error
        } else {
            xml::Wrapper::Errors
        };
        let body = xml::error_document(wrapper, error.code(), error)?;
        let schema = error.modeled.map(Shape::schema);
        let status = schema.and_then(|schema| StatusCode::from_u16(schema.query_error()?.1).ok());
        Ok(document(status.unwrap_or_else(|| error.status()), body))
    }
}

/// A response with an XML document.
#[cfg(feature = "test-util")]
fn document(status: StatusCode, body: String) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let media_type = HeaderValue::from_static("text/xml");
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
