//! JSON for restJson1, and for the protocols that differ from it only in where messages go.

mod document;
mod error;
mod read;
mod untyped;
mod visit;
mod write;

pub(crate) use error::error_fields;

use crate::error::{DecodeError, EncodeError};
use crate::protocol::format::BodyFormat;
use crate::schema::{Location, Member};
use crate::shape::{Shape, Value};
use std::borrow::Cow;

/// JSON documents as bodies.
#[derive(Debug)]
pub(crate) struct Json;

impl BodyFormat for Json {
    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn write_members(&self, input: &dyn Shape) -> Result<Vec<u8>, EncodeError> {
        let mut body = Vec::with_capacity(256);
        write::members(&mut body, input, |member| {
            member.location() == Location::Body
        })?;
        Ok(body)
    }

    fn write_payload(
        &self,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, EncodeError> {
        let mut body = Vec::with_capacity(256);
        value.write(member, &mut write::JsonWriter::new(&mut body))?;
        Ok(body)
    }

    fn read_members(&self, body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
        read::members(body, into)
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

/// The name of a member in JSON. Only the body's own members have another one than the model's: elsewhere
/// it names a header or a query parameter.
fn name(member: &Member) -> &'static str {
    if member.location() == Location::Body {
        member.wire()
    } else {
        member.name()
    }
}

/// A map's key as an error may show it: never one that is secret, and not the whole of a long one.
fn shown<'a>(key: &'a str, member: &Member) -> Cow<'a, str> {
    if member.target().is_sensitive() {
        return Cow::Borrowed("*");
    }
    match key.char_indices().nth(64) {
        Some((end, _)) => Cow::Owned(format!("{}…", key.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(key),
    }
}
