//! `aws.protocols#restJson1`.

use super::binding;
use super::error::{ErrorResponse, Said};
use super::json::{self, Dialect, Json, TimestampFormats};
use super::{Body, HttpProtocol, Request};
use crate::error::{DecodeError, EncodeError, ServiceError};
use crate::operation::Operation;
#[cfg(feature = "test-util")]
use crate::operation::{RequestHead, ServerProtocol, Thrown};
#[cfg(feature = "test-util")]
use crate::protocol::error::put;
use crate::schema::TimestampFormat;
use crate::shape::Shape;
#[cfg(feature = "test-util")]
use ::http::Response;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;

/// restJson1: Smithy's HTTP bindings with JSON bodies.
#[derive(Debug)]
struct RestJson1;

/// `aws.protocols#restJson1`.
pub static REST_JSON_1: &dyn HttpProtocol = &RestJson1;
const ID: &str = "aws.protocols#restJson1";

static JSON: Json = Json {
    media_type: "application/json",
    plain_payloads: true,
    dialect: Dialect {
        bindings: true,
        timestamp_formats: TimestampFormats::Trait,
        timestamps: TimestampFormat::EpochSeconds,
        big_numbers_as_strings: false,
    },
};

impl HttpProtocol for RestJson1 {
    fn id(&self) -> &'static str {
        ID
    }

    fn request(
        &self,
        operation: &Operation,
        input: &mut dyn Shape,
    ) -> Result<Request, EncodeError> {
        binding::request(&JSON, operation, input)
    }

    fn response(
        &self,
        _: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Body,
        output: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        binding::response(&JSON, status, headers, body, output)
    }

    fn error(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> ServiceError {
        let response = ErrorResponse {
            status,
            headers,
            body: body.clone(),
        };
        let fields = json::error_fields(&body);
        let of = response
            .header("x-amzn-errortype")
            .or_else(|| fields.get(&["code", "Code", "__type"]));
        let said = Said {
            types: of.into_iter().collect(),
            message: fields.message(),
        };
        response.into_error(ID, operation, said)
    }

    #[cfg(feature = "event-stream")]
    fn events(&'static self) -> Option<super::EventFormat> {
        Some(super::EventFormat {
            protocol: ID,
            documents: &JSON,
            media_type: JSON.media_type,
            initial_messages: false,
        })
    }

    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError> {
        binding::error(&JSON, error, into)
    }

    #[cfg(feature = "test-util")]
    fn server(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

#[cfg(feature = "test-util")]
impl ServerProtocol for RestJson1 {
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
        binding::read(&JSON, operation, head, body, input)
    }

    fn respond(
        &self,
        operation: &Operation,
        output: &mut dyn Shape,
    ) -> Result<Response<Bytes>, EncodeError> {
        binding::respond(&JSON, operation, output)
    }

    fn fail(&self, _: &Operation, error: &Thrown<'_>) -> Result<Response<Bytes>, EncodeError> {
        let body = json::error_document(&JSON, error, None)?;
        let mut response = binding::failed(error, JSON.media_type, body)?;
        put(&mut response, "x-amzn-errortype", error.name)?;
        Ok(response)
    }
}
