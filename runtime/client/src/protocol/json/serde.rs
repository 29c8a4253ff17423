//! Serde's traits for generated types: shapes in any self-describing format, in the form that they have as JSON.
//!
//! A value passes through JSON text, so that everything about it is decided by the same writer and reader as in messages.
//! Only the last step is generic: [`Untyped`] has serde's traits.

use super::read::{self, position_removed};
use super::{Dialect, TimestampFormats, untyped, write};
use crate::error::{DecodeError, EncodeError};
use crate::schema::{Kind, TimestampFormat};
use crate::shape::{Shape, Untyped};
use aws_smithy_types::base64;
use serde_core::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Error as _, Serializer};
use serde_core::{Deserialize, Serialize};
use std::fmt;

/// JSON that is no message: members of HTTP headers and the like are part of it, and no digit is lost.
const DIALECT: Dialect = Dialect {
    bindings: true,
    timestamp_formats: TimestampFormats::Trait,
    timestamps: TimestampFormat::DateTime,
    big_numbers_as_strings: true,
};

/// Serializes a structure or a union.
///
/// # Errors
///
/// The serializer's, or the value has no JSON form: a stream that isn't in memory, a timestamp after the year 9999.
pub fn serialize<S: Serializer>(shape: &dyn Shape, to: S) -> Result<S::Ok, S::Error> {
    let value = to_untyped(shape).map_err(S::Error::custom)?;
    value.serialize(to)
}

/// Deserializes a structure or a union.
///
/// # Errors
///
/// The deserializer's, or the value isn't what the schema says. The message doesn't contain the value.
pub fn deserialize<'de, T: Shape, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut shape = T::blank();
    deserialize_into(from, &mut shape)?;
    Ok(shape)
}

/// Deserializes the members of a structure or a union into a blank value.
///
/// # Errors
///
/// See [`deserialize`].
pub fn deserialize_into<'de, D: Deserializer<'de>>(
    from: D,
    shape: &mut dyn Shape,
) -> Result<(), D::Error> {
    let value = Untyped::deserialize(from)?;
    of_untyped(&value, shape).map_err(D::Error::custom)
}

/// Deserializes the string of an enum.
///
/// # Errors
///
/// The deserializer's, or the value is something else.
pub fn deserialize_string<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    match Untyped::deserialize(from)? {
        Untyped::String(text) => Ok(text),
        _ => Err(D::Error::custom("expected a string")),
    }
}

/// Deserializes the integer of an enum.
///
/// # Errors
///
/// The deserializer's, or the value is something else.
pub fn deserialize_integer<'de, D: Deserializer<'de>>(from: D) -> Result<i32, D::Error> {
    let value = match Untyped::deserialize(from)? {
        Untyped::Number(text) => text.parse().ok(),
        _ => None,
    };
    value.ok_or_else(|| D::Error::custom("expected an integer of 32 bits"))
}

/// Copies the members of a structure that aren't streams into a blank one.
///
/// # Errors
///
/// A value has no JSON form.
#[cfg(feature = "test-util")]
pub(crate) fn copy(from: &dyn Shape, into: &mut dyn Shape) -> Result<(), EncodeError> {
    for (index, member) in from.schema().members().iter().enumerate() {
        let value = from.member(index).filter(|value| value.is_set());
        let (Some(value), Some(place)) = (value, into.member_mut(index)) else {
            continue;
        };
        if member.target().is_streaming() {
            continue;
        }
        let text = write::one(DIALECT, member, value)?;
        read::value(&text, DIALECT, member, place)
            .map_err(|error| EncodeError::new(error.to_string()))?;
    }
    Ok(())
}

fn to_untyped(shape: &dyn Shape) -> Result<Untyped, EncodeError> {
    let mut text = Vec::new();
    write::value(&mut text, DIALECT, shape)?;
    let text = std::str::from_utf8(&text).unwrap_or_default();
    untyped::scalar(Kind::Document, text).map_err(|error| EncodeError::new(error.to_string()))
}

fn of_untyped(value: &Untyped, into: &mut dyn Shape) -> Result<(), DecodeError> {
    let text = serde_json::to_vec(value).map_err(|error| DecodeError::new(error.to_string()))?;
    read::shape(&text, DIALECT, into).map_err(|error| position_removed(&error))
}

impl Serialize for Untyped {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Boolean(value) => to.serialize_bool(*value),
            Self::Number(text) => number(text, to),
            Self::String(text) => to.serialize_str(text),
            Self::Blob(bytes) => to.serialize_str(&base64::encode(bytes)),
            Self::Timestamp(time) => to.collect_str(time),
            Self::List(values) => to.collect_seq(values),
            Self::Map(entries) => to.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

fn number<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse() {
        return to.serialize_u64(value);
    }
    if let Ok(value) = text.parse() {
        return to.serialize_i64(value);
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => to.serialize_f64(value),
        _ => to.serialize_str(text),
    }
}

impl<'de> Deserialize<'de> for Untyped {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(UntypedVisitor)
    }
}

/// Accepts everything, because serde's message for an unexpected value would show it.
struct UntypedVisitor;

impl<'de> Visitor<'de> for UntypedVisitor {
    type Value = Untyped;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Untyped, E> {
        Ok(Untyped::Null)
    }

    fn visit_none<E>(self) -> Result<Untyped, E> {
        Ok(Untyped::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Untyped, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Untyped, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Untyped, E> {
        Ok(Untyped::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Untyped, E> {
        Ok(Untyped::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Untyped, E> {
        Ok(Untyped::Number(value.to_string()))
    }

    /// JSON's numbers are finite; the others are strings.
    fn visit_f64<E>(self, value: f64) -> Result<Untyped, E> {
        Ok(match value {
            _ if value.is_nan() => Untyped::String("NaN".to_owned()),
            f64::INFINITY => Untyped::String("Infinity".to_owned()),
            f64::NEG_INFINITY => Untyped::String("-Infinity".to_owned()),
            _ => Untyped::Number(format!("{value:?}")),
        })
    }

    fn visit_str<E>(self, value: &str) -> Result<Untyped, E> {
        Ok(Untyped::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Untyped, E> {
        Ok(Untyped::String(value))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Untyped, E> {
        Ok(Untyped::Blob(value.to_vec()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Untyped, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = from.next_element()? {
            values.push(value);
        }
        Ok(Untyped::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Untyped, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = from.next_entry()? {
            entries.push(entry);
        }
        Ok(Untyped::map(entries))
    }
}
