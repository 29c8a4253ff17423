//! Values from JSON.
//!
//! Serde calls visitors, which call the shapes' functions, which call [`JsonReader`], which passes serde's deserializer on.
//! There is one deserializer type, so this code is compiled only once or twice. Scalars are read as raw text first: numbers
//! keep all their digits, and errors never show a value, which may be secret.

use super::document::DocumentValue;
use super::visit::{Array, Destination, Map, Object, Slot};
use super::{Dialect, is_data};
use super::{union, untyped};
use crate::error::DecodeError;
use crate::schema::Member;
use crate::shape::{ElementsMut, EntriesMut, Reader, Shape, Untyped, Value};
use crate::timestamp::{parse_any_timestamp, parse_timestamp};
use aws_smithy_types::{DateTime, Document, base64};
use serde_core::Deserialize;
use serde_core::de::{DeserializeSeed, Deserializer, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Reads the members of an operation's output or error that are in the body.
pub(super) fn document(
    body: &[u8],
    dialect: Dialect,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    whole(body, |from| {
        from.deserialize_any(Object {
            dialect,
            into,
            choose: Dialect::is_in_body,
            ignored: None,
            unknown: Vec::new(),
        })
    })
}

/// Reads one value.
pub(super) fn value(
    body: &[u8],
    dialect: Dialect,
    member: &'static Member,
    into: &mut dyn Value,
) -> Result<(), DecodeError> {
    whole(body, |from| {
        Slot {
            dialect,
            member,
            destination: Destination::Value(into),
        }
        .deserialize(from)
        .map(drop)
    })
}

/// Reads a structure or a union with all its members.
#[cfg(feature = "serde")]
pub(super) fn shape(
    body: &[u8],
    dialect: Dialect,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let mut source = SliceDeserializer::from_slice(body);
    JsonReader::new(&mut source, dialect).shape(into)
}

pub(super) type SliceDeserializer<'a> = serde_json::Deserializer<serde_json::de::SliceRead<'a>>;

fn whole<'a>(
    body: &'a [u8],
    read: impl FnOnce(&mut SliceDeserializer<'a>) -> Result<(), serde_json::Error>,
) -> Result<(), DecodeError> {
    let mut source = SliceDeserializer::from_slice(without_mark(body));
    read(&mut source)
        .and_then(|()| source.end())
        .map_err(|error| DecodeError::new(error.to_string()))
}

/// Removes the byte order mark that some servers put before a document.
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// The reader of one value.
pub(super) struct JsonReader<D> {
    /// `None` once the value has been read.
    from: Option<D>,
    dialect: Dialect,
    /// A field of the value that isn't a member: the discriminator of a union.
    ignored: Option<&'static str>,
}

impl<D> JsonReader<D> {
    pub(super) fn new(from: D, dialect: Dialect) -> Self {
        Self {
            from: Some(from),
            dialect,
            ignored: None,
        }
    }

    /// The same reader, for an object with one field that isn't a member.
    pub(super) fn ignoring(mut self, field: &'static str) -> Self {
        self.ignored = Some(field);
        self
    }
}

impl<'de, D: Deserializer<'de>> JsonReader<D> {
    fn from(&mut self) -> Result<D, DecodeError> {
        self.from
            .take()
            .ok_or_else(|| DecodeError::new("a value can't be read twice"))
    }

    fn container<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, DecodeError> {
        self.from()?
            .deserialize_any(visitor)
            .map_err(|error| DecodeError::new(error.to_string()))
    }

    fn shape(&mut self, into: &mut dyn Shape) -> Result<(), DecodeError> {
        if union::is_special(into.schema()) {
            return union::read(self.raw()?, self.dialect, into);
        }
        let ignored = self.ignored;
        self.container(Object {
            dialect: self.dialect,
            into,
            choose: is_data,
            ignored,
            unknown: Vec::new(),
        })
    }

    fn raw(&mut self) -> Result<&'de str, DecodeError> {
        let raw = <&RawValue>::deserialize(self.from()?);
        raw.map(RawValue::get)
            .map_err(|error| DecodeError::new(error.to_string()))
    }

    /// The text of a string or of a number.
    fn text(&mut self, expected: &str) -> Result<Cow<'de, str>, DecodeError> {
        let raw = self.raw()?;
        match raw.as_bytes().first() {
            Some(b'"') => unescape(raw),
            Some(b'-' | b'0'..=b'9') => Ok(Cow::Borrowed(raw)),
            _ => Err(mismatch(expected, raw)),
        }
    }
}

/// An error without the position that serde adds, which counts from the start of what was read.
pub(super) fn position_removed(error: &DecodeError) -> DecodeError {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(text, _)| text);
    DecodeError::new(text)
}

/// An error with the expected and the actual kind of value, but without the value.
fn mismatch(expected: &str, raw: &str) -> DecodeError {
    let found = match raw.as_bytes().first() {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    };
    DecodeError::new(format!("expected {expected}, found {found}"))
}

pub(super) fn unescape(raw: &str) -> Result<Cow<'_, str>, DecodeError> {
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    // serde_json would count from the start of the string instead of the document.
    serde_json::from_str(raw)
        .map(Cow::Owned)
        .map_err(|_| DecodeError::new("invalid escape in a string"))
}

impl<'de, D: Deserializer<'de>> Reader for JsonReader<D> {
    fn structure(&mut self, _: &'static Member, into: &mut dyn Shape) -> Result<(), DecodeError> {
        self.shape(into)
    }

    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        let [element] = member.target().members() else {
            return Err(DecodeError::new("expected a list"));
        };
        self.container(Array {
            dialect: self.dialect,
            element,
            into,
        })
    }

    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let [key, value] = member.target().members() else {
            return Err(DecodeError::new("expected a map"));
        };
        self.container(Map {
            dialect: self.dialect,
            key,
            value,
            into,
        })
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        match self.raw()? {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(mismatch("a boolean", other)),
        }
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        let raw = self.raw()?;
        if !raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return Err(mismatch("an integer", raw));
        }
        raw.parse()
            .ok()
            .or_else(|| whole_double(raw))
            .ok_or_else(|| {
                DecodeError::new("expected an integer of at most 64 bits, found another number")
            })
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        let text = self.text("a number")?;
        match &*text {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            digits if digits.ends_with(|c: char| c.is_ascii_digit()) => {
                digits.parse().map_err(|_| mismatch("a number", "\""))
            }
            _ => Err(mismatch("a number", "\"")),
        }
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text("a number").map(Cow::into_owned)
    }

    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        let raw = self.raw()?;
        if !raw.starts_with('"') {
            return Err(mismatch("a string", raw));
        }
        unescape(raw).map(Cow::into_owned)
    }

    fn blob(&mut self, member: &'static Member) -> Result<Vec<u8>, DecodeError> {
        base64::decode(self.string(member)?)
            .map_err(|_| DecodeError::new("the string is not Base64"))
    }

    fn timestamp(&mut self, member: &'static Member) -> Result<DateTime, DecodeError> {
        let format = self.dialect.timestamp_format(member);
        let text = self.text("a timestamp")?;
        // Some servers don't keep to the format of the model.
        parse_timestamp(&text, format).or_else(|error| parse_any_timestamp(&text).ok_or(error))
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, DecodeError> {
        let value = DocumentValue::deserialize(self.from()?)
            .map_err(|error| DecodeError::new(error.to_string()));
        value.map(|DocumentValue(document)| document)
    }

    fn untyped(&mut self, member: &'static Member) -> Result<Untyped, DecodeError> {
        untyped::scalar(member.target().kind(), self.raw()?)
    }
}

/// Also accepts integers such as `12.0` and `1e3`.
fn whole_double(text: &str) -> Option<i64> {
    let double: f64 = text.parse().ok()?;
    // A double can't represent all integers beyond 2^53.
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (double.fract() == 0.0 && double.abs() <= 9_007_199_254_740_992.0).then_some(double as i64)
}
