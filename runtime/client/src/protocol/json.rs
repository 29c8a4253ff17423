//! JSON, for all protocols that use it. Apart from their transport, they differ in little ([`Dialect`]).

mod document;
#[cfg(feature = "json")]
mod error;
mod read;
#[cfg(feature = "serde")]
mod serde;
mod union;
mod untyped;
mod visit;
mod write;

#[cfg(feature = "json")]
pub(crate) use error::error_fields;
#[cfg(feature = "test-util")]
pub(crate) use serde::copy;
#[cfg(feature = "serde")]
pub use serde::{
    deserialize, deserialize_integer, deserialize_into, deserialize_string, serialize,
};

#[cfg(feature = "json")]
use crate::error::{DecodeError, EncodeError};
#[cfg(feature = "json")]
use crate::operation::BodyFormat;
use crate::protocol::format::is_event_stream;
use crate::schema::{Location, Member, TimestampFormat};
#[cfg(feature = "json")]
use crate::shape::{Shape, Value};

/// JSON documents as bodies.
#[derive(Debug)]
pub(crate) struct Json {
    pub(crate) media_type: &'static str,
    /// Whether a string or blob that is the payload is plain text or bytes, not a JSON string.
    pub(crate) plain_payloads: bool,
    pub(crate) dialect: Dialect,
}

/// The differences between the JSON protocols.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// Whether HTTP bindings and `@jsonName` apply.
    pub(crate) bindings: bool,
    /// What decides the format of a timestamp that is written. Every format is read.
    pub(crate) timestamp_formats: TimestampFormats,
    /// The format of timestamps without `@timestampFormat`.
    pub(crate) timestamps: TimestampFormat,
    /// Whether bigInteger and bigDecimal are written as strings; both forms are read.
    pub(crate) big_numbers_as_strings: bool,
}

/// What decides the format of a timestamp.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "each JSON protocol uses one")]
pub(crate) enum TimestampFormats {
    /// The protocol alone.
    Protocol,
    /// `@timestampFormat`, where there is one.
    Trait,
}

impl Dialect {
    /// The name of a member. Only members in the body can be renamed: elsewhere the name is that of a header or a query
    /// parameter.
    fn name(self, member: &Member) -> &'static str {
        if self.bindings && member.location() == Location::Body {
            member.wire()
        } else {
            member.name()
        }
    }

    /// Whether a member of an input, an output or an error is part of the document. Event streams aren't.
    fn is_in_body(self, member: &Member) -> bool {
        if self.bindings {
            member.location() == Location::Body
        } else {
            is_data(self, member)
        }
    }

    fn timestamp_format(self, member: &Member) -> TimestampFormat {
        let format = match self.timestamp_formats {
            TimestampFormats::Protocol => None,
            TimestampFormats::Trait => member.timestamp_format(),
        };
        format.unwrap_or(self.timestamps)
    }
}

/// The document of an error: its members, and other fields.
#[cfg(all(feature = "json", feature = "test-util"))]
pub(crate) fn error_document(
    json: &Json,
    error: &crate::operation::Thrown<'_>,
    name: Option<&str>,
) -> Result<Vec<u8>, EncodeError> {
    let members = error.modeled.map(|modeled| json.write_members(modeled));
    let members = members.transpose()?.unwrap_or_default();
    let fields = [("__type", name), ("message", error.other_message())];
    let fields = fields.into_iter().filter_map(|(key, text)| {
        let text = serde_json::Value::from(text?);
        Some(format!("{key:?}:{text}"))
    });
    let members = members
        .strip_prefix(b"{")
        .and_then(|of| of.strip_suffix(b"}"));
    let members = String::from_utf8_lossy(members.unwrap_or_default()).into_owned();
    let members = Some(members).filter(|members| !members.is_empty());
    let all: Vec<_> = fields.chain(members).collect();
    Ok(format!("{{{}}}", all.join(",")).into_bytes())
}

/// Whether a member is part of a structure's value, whatever it is bound to. Event streams aren't.
fn is_data(_: Dialect, member: &Member) -> bool {
    !is_event_stream(member)
}

#[cfg(feature = "rpc-v2-json")]
impl super::rpc_v2::ErrorFormat for Json {
    fn error(&self, body: &[u8]) -> super::error::Said {
        let fields = error_fields(body);
        super::error::Said {
            types: fields.string("__type").into_iter().collect(),
            message: fields.message(),
        }
    }

    #[cfg(feature = "test-util")]
    fn error_document(&self, error: &crate::operation::Thrown<'_>) -> Result<Vec<u8>, EncodeError> {
        error_document(self, error, Some(error.name))
    }
}

#[cfg(feature = "json")]
impl BodyFormat for Json {
    fn media_type(&self) -> &'static str {
        self.media_type
    }

    fn empty_structure(&self) -> &'static [u8] {
        b"{}"
    }

    fn has_plain_payloads(&self) -> bool {
        self.plain_payloads
    }

    fn write_members(&self, input: &dyn Shape) -> Result<Vec<u8>, EncodeError> {
        let mut body = Vec::with_capacity(256);
        write::document(&mut body, self.dialect, input)?;
        Ok(body)
    }

    fn write_payload(
        &self,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, EncodeError> {
        write::one(self.dialect, member, value)
    }

    fn read_members(&self, body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
        read::document(body, self.dialect, into)
    }

    #[cfg(feature = "event-stream")]
    fn error_message(&self, body: &[u8]) -> Option<String> {
        error_fields(body).message()
    }

    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        into: &mut dyn Value,
    ) -> Result<(), DecodeError> {
        read::value(body, self.dialect, member, into)
    }
}
