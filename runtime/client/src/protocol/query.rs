//! `aws.protocols#awsQuery` and `aws.protocols#ec2Query`: requests are forms, responses are XML.

use super::error::{ErrorResponse, failed};
use super::form::{self, Dialect};
use super::format::start_of;
use super::host::host_prefix;
use super::{Body, HttpProtocol, Request, request_id, xml};
use crate::error::{DecodeError, EncodeError, ServiceError};
use crate::operation::Operation;
use crate::shape::Shape;
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
}
