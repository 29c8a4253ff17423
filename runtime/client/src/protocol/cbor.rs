//! CBOR (RFC 8949) for rpcv2Cbor (Smithy 2.0, "Smithy RPC v2 CBOR protocol", "Shape serialization").

mod document;
mod number;
mod read;
mod write;

use super::error::Said;
use super::rpc_v2::ErrorFormat;
use crate::error::{DecodeError, EncodeError};
use crate::operation::BodyFormat;
use crate::record::{Any, Record};
#[cfg(feature = "test-util")]
use crate::schema::UNIT;
use crate::schema::{Member, STRING, Schema};
use crate::shape::{Shape, Value};

/// CBOR documents as bodies.
#[derive(Debug)]
pub(crate) struct Cbor;

impl BodyFormat for Cbor {
    fn media_type(&self) -> &'static str {
        "application/cbor"
    }

    fn write_members(&self, input: &dyn Shape) -> Result<Vec<u8>, EncodeError> {
        write::document(input, &[])
    }

    fn write_payload(
        &self,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, EncodeError> {
        write::value(member, value)
    }

    fn read_members(&self, body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
        read::document(body, into)
    }

    #[cfg(feature = "event-stream")]
    fn error_message(&self, body: &[u8]) -> Option<String> {
        self.error(body).message
    }

    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        into: &mut dyn Value,
    ) -> Result<(), DecodeError> {
        read::value(body, member, into)
    }
}

/// The fields that all errors have.
static ERROR: Schema = Schema::structure(
    "smithy.protocols#Error",
    &[
        Member::new("__type", &STRING),
        Member::new("message", &STRING),
        Member::new("Message", &STRING),
    ],
);

impl ErrorFormat for Cbor {
    fn error(&self, body: &[u8]) -> Said {
        let mut error = Record::new(&ERROR);
        if read::document(body, &mut error).is_err() {
            return Said::default();
        }
        let mut text = |index| match error.take(index) {
            Some(Any::String(text)) => Some(text),
            _ => None,
        };
        Said {
            types: text(0).into_iter().collect(),
            message: text(1).or_else(|| text(2)),
        }
    }

    #[cfg(feature = "test-util")]
    fn error_document(&self, error: &crate::operation::Thrown<'_>) -> Result<Vec<u8>, EncodeError> {
        let fields = [
            ("__type", Some(error.name)),
            ("message", error.other_message()),
        ];
        let fields = fields
            .into_iter()
            .filter_map(|(key, text)| Some((key, text?)));
        let fields: Vec<_> = fields.collect();
        let empty = Record::new(&UNIT);
        write::document(error.modeled.unwrap_or(&empty), &fields)
    }
}
