//! `aws.protocols#awsJson1_0` and `aws.protocols#awsJson1_1`.

use super::error::{ErrorResponse, Said};
use super::json::{self, Dialect, Json, TimestampFormats};
use super::{Body, HttpProtocol, Request, rpc};
use crate::error::{DecodeError, EncodeError, ServiceError};
use crate::operation::{BodyFormat, Operation};
#[cfg(feature = "test-util")]
use crate::operation::{RequestHead, ServerProtocol, Thrown};
use crate::schema::TimestampFormat;
use crate::shape::Shape;
#[cfg(feature = "test-util")]
use ::http::Response;
use ::http::header::CONTENT_TYPE;
use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// Both versions, which differ only in the content type.
#[derive(Debug)]
struct AwsJson {
    id: &'static str,
    json: Json,
}

/// `aws.protocols#awsJson1_0`.
pub static AWS_JSON_1_0: &dyn HttpProtocol =
    &AwsJson::new("aws.protocols#awsJson1_0", "application/x-amz-json-1.0");
/// `aws.protocols#awsJson1_1`.
pub static AWS_JSON_1_1: &dyn HttpProtocol =
    &AwsJson::new("aws.protocols#awsJson1_1", "application/x-amz-json-1.1");

impl AwsJson {
    const fn new(id: &'static str, media_type: &'static str) -> Self {
        let dialect = Dialect {
            bindings: false,
            timestamp_formats: TimestampFormats::Trait,
            timestamps: TimestampFormat::EpochSeconds,
            big_numbers_as_strings: false,
        };
        Self {
            id,
            json: Json {
                media_type,
                plain_payloads: true,
                dialect,
            },
        }
    }
}

impl HttpProtocol for AwsJson {
    fn id(&self) -> &'static str {
        self.id
    }

    fn request(
        &self,
        operation: &Operation,
        input: &mut dyn Shape,
    ) -> Result<Request, EncodeError> {
        let target = format!("{}.{}", operation.service.name(), operation.name);
        let target = HeaderValue::try_from(target)
            .map_err(|_| EncodeError::new("the service's name is not a valid header value"))?;
        let mut headers = HeaderMap::with_capacity(16);
        headers.insert(TARGET, target);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.json.media_type));
        let body = self.json.write_members(input)?;
        rpc::request(operation, input, "/".to_owned(), headers, body)
    }

    fn response(
        &self,
        _: &Operation,
        _: StatusCode,
        headers: &HeaderMap,
        body: Body,
        output: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        rpc::read(&self.json, headers, &body, output)
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
        let types = [
            response.header("x-amzn-errortype"),
            fields.string("__type"),
            fields.string("code"),
        ];
        let said = Said {
            types: types.into_iter().flatten().collect(),
            message: fields.message(),
        };
        rpc::error(self.id, operation, response, said)
    }

    #[cfg(feature = "event-stream")]
    fn events(&'static self) -> Option<super::EventFormat> {
        Some(super::EventFormat {
            protocol: self.id,
            documents: &self.json,
            media_type: "application/json",
            initial_messages: true,
        })
    }

    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError> {
        let body = Body::Bytes(error.body.clone());
        rpc::read(&self.json, &HeaderMap::new(), &body, into)
    }

    #[cfg(feature = "test-util")]
    fn server(&self) -> Option<&dyn ServerProtocol> {
        Some(self)
    }
}

#[cfg(feature = "test-util")]
impl ServerProtocol for AwsJson {
    fn is_for(&self, operation: &Operation, head: &RequestHead, _: &[u8]) -> bool {
        let target = head.headers.get(TARGET);
        let target = target.and_then(|value| value.to_str().ok()?.split_once('.'));
        target == Some((operation.service.name(), operation.name))
    }

    fn read_request(
        &self,
        _: &Operation,
        head: &RequestHead,
        body: Bytes,
        input: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        rpc::read(&self.json, &head.headers, &Body::Bytes(body), input)
    }

    fn respond(
        &self,
        _: &Operation,
        output: &mut dyn Shape,
    ) -> Result<Response<Bytes>, EncodeError> {
        let body = self.json.write_members(output)?;
        Ok(rpc::response(StatusCode::OK, self.json.media_type, body))
    }

    fn fail(
        &self,
        operation: &Operation,
        error: &Thrown<'_>,
    ) -> Result<Response<Bytes>, EncodeError> {
        let body = json::error_document(&self.json, error, Some(error.name))?;
        rpc::failed(operation, error, self.json.media_type, body)
    }
}
