//! Errors of services: the part that all protocols share.

#[cfg(any(feature = "json", feature = "rpc"))]
use super::header_text;
use super::request_id;
use crate::error::ServiceError;
use crate::operation::Operation;
use crate::schema::Schema;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;

/// A response that is an error.
pub(super) struct ErrorResponse<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: Bytes,
}

/// The contents of such a response.
#[derive(Default)]
pub(super) struct Said {
    /// The candidates for the error's type, best first.
    pub(super) types: Vec<String>,
    pub(super) message: Option<String>,
}

impl ErrorResponse<'_> {
    /// The text of a header.
    #[cfg(any(feature = "json", feature = "rpc"))]
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(header_text(value.as_bytes()).into_owned())
    }

    /// The error: of the first type that the model has, or else of the first type.
    pub(super) fn into_error(
        self,
        protocol: &'static str,
        operation: &Operation,
        said: Said,
    ) -> ServiceError {
        let names = || said.types.iter().map(|of| shape_name(of));
        let first = names().find(|name| !name.is_empty());
        let known = said
            .types
            .iter()
            .find_map(|of| Some((of, modelled(operation, of)?)));
        let code = known.map(|(of, _)| shape_name(of)).or(first);
        ServiceError {
            operation: operation.name,
            status: self.status.as_u16(),
            code: code.map(str::to_owned),
            types: names().map(str::to_owned).collect(),
            message: said.message,
            request_id: request_id(self.headers),
            retryable: false,
            attempts: 1,
            schema: known.map(|(_, schema)| schema),
            protocol,
            headers: super::listed(self.headers),
            body: self.body,
            event: None,
        }
    }
}

/// Adds a header with a name of an error.
#[cfg(feature = "test-util")]
#[allow(dead_code, reason = "not every protocol has such a header")]
pub(super) fn put(
    response: &mut ::http::Response<Bytes>,
    header: &'static str,
    value: &str,
) -> Result<(), crate::error::EncodeError> {
    let value = ::http::HeaderValue::try_from(value);
    let value =
        value.map_err(|_| crate::error::EncodeError::new("the error's name is no header value"))?;
    response.headers_mut().insert(header, value);
    Ok(())
}

/// The modelled error with this code in the query protocol, or with this name.
pub(super) fn modelled(operation: &Operation, of: &str) -> Option<&'static Schema> {
    let errors = || operation.errors.iter().copied();
    let is_named = |(code, _)| [of, shape_name(of)].contains(&code);
    errors()
        .find(|schema| schema.query_error().is_some_and(is_named))
        .or_else(|| errors().find(|schema| schema.name() == shape_name(of)))
}

/// `FooError` of `aws.protocoltests.restjson#FooError:http://internal.amazon.com/`.
pub(super) fn shape_name(of: &str) -> &str {
    let of = of.split(':').next().unwrap_or(of);
    of.rsplit('#').next().unwrap_or(of).trim()
}

/// The status of an error. An error with a success status is a server error: the service failed after sending the status.
#[cfg(feature = "xml")]
pub(super) fn failed(status: StatusCode) -> StatusCode {
    if status.is_success() {
        StatusCode::INTERNAL_SERVER_ERROR
    } else {
        status
    }
}
