//! `alloy#simpleRestJson`.

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
use crate::schema::{Location, Schema, TimestampFormat};
use crate::shape::Shape;
#[cfg(feature = "test-util")]
use ::http::Response;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;

/// simpleRestJson: Smithy's HTTP bindings with JSON bodies, without AWS's conventions.
#[derive(Debug)]
struct SimpleRestJson;

/// `alloy#simpleRestJson`.
pub static SIMPLE_REST_JSON: &dyn HttpProtocol = &SimpleRestJson;
const ID: &str = "alloy#simpleRestJson";

static JSON: Json = Json {
    media_type: "application/json",
    plain_payloads: false,
    dialect: Dialect {
        bindings: true,
        timestamp_formats: TimestampFormats::Trait,
        timestamps: TimestampFormat::EpochSeconds,
        big_numbers_as_strings: false,
    },
};

impl HttpProtocol for SimpleRestJson {
    fn id(&self) -> &'static str {
        ID
    }

    fn request(
        &self,
        operation: &Operation,
        input: &mut dyn Shape,
    ) -> Result<Request, EncodeError> {
        let mut request = binding::request(&JSON, operation, input)?;
        if operation.uri.ends_with('/') {
            trim_path(&mut request.path_and_query);
        }
        Ok(request)
    }

    /// An operation whose output has the status takes any that isn't an error's.
    fn is_success(&self, operation: &Operation, status: StatusCode) -> bool {
        let mut members = operation.output.members().iter();
        let has_status = members.any(|member| member.location() == Location::ResponseCode);
        let is_usual = status.is_success() || status.as_u16() == operation.code;
        is_usual || has_status && status.is_redirection()
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
        let header = response.header("x-error-type");
        let of = header.or_else(|| of_status(operation, status).map(str::to_owned));
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
impl ServerProtocol for SimpleRestJson {
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
        put(&mut response, "x-error-type", error.name)?;
        Ok(response)
    }
}

/// Removes the slash at the end of a path: patterns don't distinguish `/a/` from `/a`.
fn trim_path(path_and_query: &mut String) {
    let end = path_and_query.find('?').unwrap_or(path_and_query.len());
    if end > 1 && path_and_query[..end].ends_with('/') {
        path_and_query.remove(end - 1);
    }
}

/// The error of a response that doesn't name it: the operation's only error with that status, or else its only error that
/// has no status of its own and is the client's or the server's fault, as the status says.
fn of_status(operation: &Operation, status: StatusCode) -> Option<&'static str> {
    let only = |fits: &dyn Fn(&Schema) -> bool| {
        let mut fitting = operation.errors.iter().filter(|schema| fits(schema));
        let found = fitting.next()?;
        fitting.next().is_none().then(|| found.name())
    };
    let own = |schema: &Schema| schema.http_error();
    let usual = |schema: &Schema| if schema.is_client_error() { 400 } else { 500 };
    only(&|schema| own(schema).unwrap_or_else(|| usual(schema)) == status.as_u16()).or_else(|| {
        only(&|schema| {
            own(schema).is_none() && schema.is_client_error() == status.is_client_error()
        })
    })
}
