//! Members in the headers of events: `@eventHeader`. Unlike those of HTTP, they have types.

use crate::error::{DecodeError, EncodeError};
use crate::schema::{Kind, Member};
use crate::shape::{Reader, Untyped, Writer};
use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::Bytes;

/// The value of a header; the first one if there are several.
pub(super) fn find<'a>(message: &'a Message, name: &str) -> Option<&'a HeaderValue> {
    let header = message
        .headers()
        .iter()
        .find(|header| header.name().as_str() == name);
    header.map(Header::value)
}

/// A required header with a string.
pub(crate) fn required<'a>(message: &'a Message, name: &str) -> Result<&'a str, DecodeError> {
    let value = find(message, name)
        .ok_or_else(|| DecodeError::new(format!("the event header {name} is missing")))?;
    let text = value
        .as_string()
        .map_err(|_| DecodeError::new(format!("the event header {name} is not a string")))?;
    Ok(text.as_str())
}

/// An optional header with a string.
pub(crate) fn optional<'a>(message: &'a Message, name: &str) -> Option<&'a str> {
    let value = find(message, name)?.as_string().ok()?;
    Some(value.as_str())
}

/// Takes the value of one member.
#[derive(Default)]
pub(super) struct HeaderWriter {
    pub(super) value: Option<HeaderValue>,
}

impl HeaderWriter {
    #[expect(clippy::unnecessary_wraps, reason = "what a writer's methods give")]
    fn put(&mut self, value: HeaderValue) -> Result<(), EncodeError> {
        self.value = Some(value);
        Ok(())
    }
}

impl Writer for HeaderWriter {
    fn other(&mut self, member: &'static Member) -> Result<(), EncodeError> {
        let kind = member.target().kind().described();
        Err(EncodeError::new(format!(
            "{kind} can't be sent in an event header"
        )))
    }

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), EncodeError> {
        self.put(HeaderValue::Bool(value))
    }

    fn integer(&mut self, member: &'static Member, value: i64) -> Result<(), EncodeError> {
        let narrow = match member.target().kind() {
            Kind::Byte => i8::try_from(value).map(HeaderValue::Byte),
            Kind::Short => i16::try_from(value).map(HeaderValue::Int16),
            Kind::Integer | Kind::IntEnum => i32::try_from(value).map(HeaderValue::Int32),
            _ => Ok(HeaderValue::Int64(value)),
        };
        self.put(narrow.map_err(|_| EncodeError::new("the number is too large"))?)
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.put(HeaderValue::String(value.to_owned().into()))
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
        self.put(HeaderValue::ByteArray(Bytes::copy_from_slice(value)))
    }

    fn timestamp(&mut self, _: &'static Member, value: &DateTime) -> Result<(), EncodeError> {
        self.put(HeaderValue::Timestamp(*value))
    }
}

/// Gives the value of one header.
pub(super) struct HeaderReader<'a>(pub(super) &'a HeaderValue);

impl HeaderReader<'_> {
    fn expected(&self, expected: &str) -> DecodeError {
        let found = match self.0 {
            HeaderValue::Bool(_) => "a boolean",
            HeaderValue::Byte(_) => "a byte",
            HeaderValue::Int16(_) => "a short",
            HeaderValue::Int32(_) => "an integer",
            HeaderValue::Int64(_) => "a long",
            HeaderValue::ByteArray(_) => "bytes",
            HeaderValue::String(_) => "a string",
            HeaderValue::Timestamp(_) => "a timestamp",
            HeaderValue::Uuid(_) => "a UUID",
            _ => "something else",
        };
        DecodeError::new(format!(
            "expected {expected} in an event header, found {found}"
        ))
    }
}

impl Reader for HeaderReader<'_> {
    fn other(&self, member: &'static Member) -> DecodeError {
        self.expected(member.target().kind().described())
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        match self.0 {
            HeaderValue::Bool(value) => Ok(*value),
            _ => Err(self.expected("a boolean")),
        }
    }

    /// An integer of any width: the caller checks that it fits.
    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        match self.0 {
            HeaderValue::Byte(value) => Ok((*value).into()),
            HeaderValue::Int16(value) => Ok((*value).into()),
            HeaderValue::Int32(value) => Ok((*value).into()),
            HeaderValue::Int64(value) => Ok(*value),
            _ => Err(self.expected("an integer")),
        }
    }

    /// A UUID is read as text, because Smithy has no type for it.
    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        match self.0 {
            HeaderValue::String(value) => Ok(value.as_str().to_owned()),
            HeaderValue::Uuid(value) => Ok(uuid(*value)),
            _ => Err(self.expected("a string")),
        }
    }

    fn blob(&mut self, _: &'static Member) -> Result<Vec<u8>, DecodeError> {
        match self.0 {
            HeaderValue::ByteArray(value) => Ok(value.to_vec()),
            HeaderValue::Uuid(value) => Ok(value.to_be_bytes().to_vec()),
            _ => Err(self.expected("bytes")),
        }
    }

    fn timestamp(&mut self, _: &'static Member) -> Result<DateTime, DecodeError> {
        match self.0 {
            HeaderValue::Timestamp(value) => Ok(*value),
            _ => Err(self.expected("a timestamp")),
        }
    }

    fn untyped(&mut self, member: &'static Member) -> Result<Untyped, DecodeError> {
        Ok(match self.0 {
            HeaderValue::Bool(value) => Untyped::Boolean(*value),
            HeaderValue::ByteArray(value) => Untyped::Blob(value.to_vec()),
            HeaderValue::Timestamp(value) => Untyped::Timestamp(*value),
            HeaderValue::String(_) | HeaderValue::Uuid(_) => Untyped::String(self.string(member)?),
            _ => Untyped::Number(self.integer(member)?.to_string()),
        })
    }
}

/// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` (RFC 9562).
fn uuid(value: u128) -> String {
    let digits = format!("{value:032x}");
    let mut out = String::with_capacity(36);
    for (index, digit) in digits.chars().enumerate() {
        if matches!(index, 8 | 12 | 16 | 20) {
            out.push('-');
        }
        out.push(digit);
    }
    out
}
