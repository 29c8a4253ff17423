//! Errors of services, in what all protocols have in common.

use super::request_id;
use crate::error::ServiceError;
use crate::operation::{Operation, Protocol};
use crate::schema::Schema;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;

/// A response that is an error.
pub(super) struct ErrorResponse<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: Bytes,
}

/// What such a response says.
#[derive(Default)]
pub(super) struct Said {
    /// All that may name the error, best first.
    pub(super) types: Vec<String>,
    pub(super) message: Option<String>,
}

impl ErrorResponse<'_> {
    /// The text of a header.
    #[cfg(any(feature = "json", feature = "rpc"))]
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    /// The error: the first type that the model knows says which one, else the first.
    pub(super) fn into_error(
        self,
        protocol: Protocol,
        operation: &Operation,
        said: Said,
    ) -> ServiceError {
        let known = said.types.iter().find_map(|of| modelled(operation, of));
        let mut names = said.types.iter().map(|of| shape_name(of));
        let first = names.find(|name| !name.is_empty());
        let code = known.map(Schema::name).or(first);
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        ServiceError {
            status: self.status.as_u16(),
            code: code.map(str::to_owned),
            message: said.message,
            request_id: request_id(self.headers),
            retryable: false,
            attempts: 1,
            schema: known,
            protocol,
            headers: headers.collect(),
            body: self.body,
            event: None,
        }
    }
}

pub(super) fn modelled(operation: &Operation, of: &str) -> Option<&'static Schema> {
    let mut errors = operation.errors.iter().copied();
    errors.find(|schema| schema.name() == shape_name(of))
}

/// `FooError` of `aws.protocoltests.restjson#FooError:http://internal.amazon.com/`.
pub(super) fn shape_name(of: &str) -> &str {
    let of = of.split(':').next().unwrap_or(of);
    of.rsplit('#').next().unwrap_or(of).trim()
}
