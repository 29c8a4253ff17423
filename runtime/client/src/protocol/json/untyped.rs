//! Dynamic values: whatever came, with little regard to the schema.

use super::read::unescape;
use super::visit::Key;
use crate::dynamic::Any;
use crate::error::DecodeError;
use crate::schema::Kind;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// How deep a value without a schema may nest; that with one is limited to the same by serde's JSON.
const DEPTH: usize = 128;

/// Numbers may come as strings and the other way round: numeric members are brought to numbers, all others
/// keep what came.
pub(super) fn scalar(kind: Kind, raw: &str) -> Result<Any, DecodeError> {
    let value = untyped(raw, DEPTH)?;
    let text = match &value {
        Any::Number(text) => text.as_str(),
        Any::String(text) => text.trim(),
        Any::Boolean(true) => "1",
        Any::Boolean(false) => "0",
        _ => return Ok(value),
    };
    let number = match kind {
        _ if is_integer(kind) => integer_text(text),
        Kind::Float | Kind::Double => double_text(text),
        Kind::BigDecimal => is_number(text).then(|| text.to_owned()),
        _ => return Ok(value),
    };
    number
        .map(Any::Number)
        .ok_or_else(|| DecodeError::new("expected a number, found other text"))
}

/// Whether a kind is of the integers, big ones among them.
fn is_integer(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum | Kind::BigInteger
    )
}

/// An integer of any size; decimals are dropped.
fn integer_text(text: &str) -> Option<String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.trim_start_matches('+').to_owned());
    }
    let double: f64 = text
        .parse()
        .ok()
        .filter(|double: &f64| double.is_finite())?;
    Some(format!("{:.0}", double.trunc() + 0.0))
}

/// Whether it is a number in JSON's grammar.
fn is_number(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    starts && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// A double's own text, with a decimal point so that it stays one.
fn double_text(text: &str) -> Option<String> {
    if text.parse::<f64>().is_err() {
        return None;
    }
    let is_integer = text
        .bytes()
        .all(|byte| byte == b'-' || byte.is_ascii_digit());
    Some(if is_integer {
        format!("{text}.0")
    } else {
        text.to_owned()
    })
}

/// A value as it came.
fn untyped(raw: &str, depth: usize) -> Result<Any, DecodeError> {
    let syntax = |error: serde_json::Error| DecodeError::new(error.to_string());
    if depth == 0 {
        return Err(DecodeError::new("recursion limit exceeded"));
    }
    Ok(match raw.as_bytes().first() {
        Some(b'n') => Any::Null,
        Some(b't') => Any::Boolean(true),
        Some(b'f') => Any::Boolean(false),
        Some(b'"') => Any::String(unescape(raw)?.into_owned()),
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(raw).map_err(syntax)?;
            Any::List(
                elements
                    .iter()
                    .map(|raw| untyped(raw.get(), depth - 1))
                    .collect::<Result<_, _>>()?,
            )
        }
        Some(b'{') => {
            let mut source = serde_json::Deserializer::from_str(raw);
            source
                .deserialize_map(Untyped { depth: depth - 1 })
                .map_err(syntax)?
        }
        _ => Any::Number(raw.to_owned()),
    })
}

/// An object without a schema.
struct Untyped {
    depth: usize,
}

impl<'de> Visitor<'de> for Untyped {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, raw)) =
            from.next_entry_seed(Key, std::marker::PhantomData::<&RawValue>)?
        {
            let value = untyped(raw.get(), self.depth).map_err(A::Error::custom)?;
            entries.push((key.into_owned(), value));
        }
        Ok(Any::map(entries))
    }
}
