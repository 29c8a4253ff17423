//! `aws.protocols#restJson1`.

use super::binding;
use super::json::{self, Json};
use super::{Body, HttpProtocol, Request, request_id};
use crate::error::{DecodeError, EncodeError, ServiceError};
use crate::operation::{Operation, Protocol};
use crate::shape::Shape;
use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;

/// restJson1: Smithy's HTTP bindings with JSON bodies.
#[derive(Debug)]
pub(crate) struct RestJson;

pub(crate) static REST_JSON: RestJson = RestJson;

impl HttpProtocol for RestJson {
    fn request(
        &self,
        operation: &Operation,
        input: &mut dyn Shape,
    ) -> Result<Request, EncodeError> {
        binding::request(&Json, operation, input)
    }

    fn response(
        &self,
        _: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Body,
        output: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        binding::response(&Json, status, headers, body, output)
    }

    fn error(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> ServiceError {
        let fields = json::error_fields(&body);
        let header = headers
            .get("x-amzn-errortype")
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let code = header.or_else(|| fields.get(&["code", "Code", "__type"]));
        let code = code.map(|code| shape_name(&code).to_owned());
        let schema = operation
            .errors
            .iter()
            .copied()
            .find(|schema| Some(schema.name()) == code.as_deref());
        ServiceError {
            status: status.as_u16(),
            message: fields
                .get(&["message", "Message", "errorMessage"])
                .or_else(|| fields.not_json.clone()),
            request_id: request_id(headers),
            retryable: false,
            code,
            attempts: 1,
            schema,
            protocol: Protocol::RestJson1,
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
                .collect(),
            body,
        }
    }

    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError> {
        let headers = error.headers.iter().filter_map(|(name, value)| {
            Some((
                HeaderName::from_bytes(name.as_bytes()).ok()?,
                HeaderValue::from_bytes(value).ok()?,
            ))
        });
        let status = StatusCode::from_u16(error.status).unwrap_or_default();
        binding::response(
            &Json,
            status,
            &headers.collect(),
            Body::Bytes(error.body.clone()),
            into,
        )
    }
}

/// `FooError` of `aws.protocoltests.restjson#FooError:http://internal.amazon.com/`.
fn shape_name(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or(code);
    code.rsplit('#').next().unwrap_or(code).trim()
}
