//! Dynamic values: whatever came, with little regard to the schema.

use super::read::unescape;
use super::visit::Key;
use crate::dynamic::{Any, scalar};
use crate::error::DecodeError;
use crate::schema::Kind;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// How deep a value without a schema may nest; that with one is limited to the same by serde's JSON.
const DEPTH: usize = 128;

/// A scalar of that kind.
pub(super) fn scalar(kind: Kind, raw: &str) -> Result<Any, DecodeError> {
    scalar::of_kind(kind, untyped(raw, DEPTH)?)
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
