//! JSON, for all protocols that use it. Apart from their transport, they differ in little ([`Dialect`]).

mod document;
mod error;
mod read;
mod union;
mod untyped;
mod visit;
mod write;

pub(crate) use error::error_fields;

use crate::error::{DecodeError, EncodeError};
use crate::operation::BodyFormat;
use crate::protocol::format::is_event_stream;
use crate::schema::{Location, Member, TimestampFormat};
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
    /// Whether `@timestampFormat` applies.
    pub(crate) timestamp_formats: bool,
    /// The format of timestamps without `@timestampFormat`.
    pub(crate) timestamps: TimestampFormat,
    /// Whether bigInteger and bigDecimal are written as strings; both forms are read.
    pub(crate) big_numbers_as_strings: bool,
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
            !is_event_stream(member)
        }
    }

    fn timestamp_format(self, member: &Member) -> TimestampFormat {
        let format = member.timestamp_format().filter(|_| self.timestamp_formats);
        format.unwrap_or(self.timestamps)
    }
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
}

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
        let mut body = Vec::with_capacity(256);
        value.write(member, &mut write::JsonWriter::new(&mut body, self.dialect))?;
        Ok(body)
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
