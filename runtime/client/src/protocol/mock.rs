//! The protocol of answers that rules of [`crate::mock`] give: members as serde has them, whatever the service's protocol is.

use super::error::{ErrorResponse, Said};
use super::json::{deserialize_into, serialize};
use super::{Body, HttpProtocol, Request};
use crate::error::{DecodeError, EncodeError, ServiceError};
use crate::operation::{Operation, Thrown};
use crate::shape::Shape;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;
use serde_json::Value;

#[derive(Debug)]
struct Mock;

/// The protocol of answers of rules.
pub(crate) static MOCK: &dyn HttpProtocol = &Mock;
pub(super) const ID: &str = "swage#mock";

/// The body for an output.
pub(crate) fn output(output: &dyn Shape) -> Result<Bytes, EncodeError> {
    let body = members(output)?.to_string();
    Ok(body.into())
}

/// The body for an error.
pub(crate) fn error(error: &Thrown<'_>) -> Result<Bytes, EncodeError> {
    let members = error.modeled.map(members).transpose()?;
    let mut fields = members.iter().filter_map(Value::as_object).flatten();
    let member = fields.find(|(name, _)| name.eq_ignore_ascii_case("message"));
    let message = error.message.or_else(|| member?.1.as_str());
    let body = serde_json::json!({"code": error.code(), "message": message, "members": members});
    Ok(body.to_string().into())
}

fn members(shape: &dyn Shape) -> Result<Value, EncodeError> {
    serialize(shape, serde_json::value::Serializer)
        .map_err(|error| EncodeError::new(error.to_string()))
}

fn read(value: &Value, into: &mut dyn Shape) -> Result<(), DecodeError> {
    deserialize_into(value, into).map_err(|error| DecodeError::new(error.to_string()))
}

fn parsed(body: &[u8]) -> Result<Value, DecodeError> {
    serde_json::from_slice(body).map_err(|error| DecodeError::new(error.to_string()))
}

impl HttpProtocol for Mock {
    fn id(&self) -> &'static str {
        ID
    }

    fn request(&self, _: &Operation, _: &mut dyn Shape) -> Result<Request, EncodeError> {
        Err(EncodeError::new("rules only answer"))
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
            Body::Bytes(body) => read(&parsed(&body)?, output),
            Body::Stream(_) => Err(DecodeError::new("rules answer with whole bodies")),
        }
    }

    fn error(
        &self,
        operation: &Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: Bytes,
    ) -> ServiceError {
        let fields = parsed(&body).unwrap_or_default();
        let text = |name: &str| fields.get(name)?.as_str().map(str::to_owned);
        let said = Said {
            types: text("code").into_iter().collect(),
            message: text("message"),
        };
        let response = ErrorResponse {
            status,
            headers,
            body,
        };
        response.into_error(ID, operation, said)
    }

    fn read_error(&self, error: &ServiceError, into: &mut dyn Shape) -> Result<(), DecodeError> {
        read(&parsed(&error.body)?["members"], into)
    }
}
