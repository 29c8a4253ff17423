//! Visitors for JSON objects and arrays, which pass each value on to its destination.

use super::Dialect;
use super::document::DocumentValue;
use super::read::JsonReader;
use super::{union, untyped};
use crate::error::DecodeError;
use crate::protocol::format::shown;
use crate::schema::{Kind, Member};
use crate::shape::{ElementsMut, EntriesMut, Shape, UnknownMember, Untyped, Value};
use serde_core::Deserialize;
use serde_core::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The destination of a value. It is only created for a value that isn't null, so that a list gets no blank element and a
/// union doesn't switch to another member.
pub(super) enum Destination<'a> {
    Value(&'a mut dyn Value),
    Member(&'a mut dyn Shape, usize),
    Element(&'a mut dyn ElementsMut),
    Entry(&'a mut dyn EntriesMut, &'a str),
}

/// Reads a value into its destination. The result is `false` for null.
pub(super) struct Slot<'a> {
    pub(super) dialect: Dialect,
    pub(super) member: &'static Member,
    pub(super) destination: Destination<'a>,
}

impl<'de> DeserializeSeed<'de> for Slot<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Slot<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_none<E>(self) -> Result<bool, E> {
        match self.destination {
            Destination::Member(shape, index) if self.member.is_nullable() => {
                if let Some(value) = shape.member_mut(index) {
                    value.set_null();
                }
            }
            Destination::Value(_) | Destination::Member(..) => {}
            Destination::Element(list) => list.push_null(),
            Destination::Entry(map, key) => map.entry_null(key),
        }
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        let into = match self.destination {
            Destination::Value(value) => Some(value),
            Destination::Member(shape, index) => shape.member_mut(index),
            Destination::Element(list) => Some(list.push()),
            Destination::Entry(map, key) => Some(map.entry(key)),
        };
        let Some(into) = into else {
            return IgnoredAny::deserialize(from).map(|_| false);
        };
        into.read(self.member, &mut JsonReader::new(from, self.dialect))
            .map_err(D::Error::custom)?;
        Ok(true)
    }
}

/// Puts the location before the error's message; line and column stay at the end.
fn within<E: Error>(error: &E, location: &str) -> E {
    E::custom(DecodeError::new(error.to_string()).within(location))
}

/// The error for values of other types. Serde's own message would show the value.
macro_rules! nothing_but {
    ($($what:ident($($type:ty)?) $found:literal)*) => {$(
        fn $what<E: Error>(self, $(_: $type)?) -> Result<Self::Value, E> {
            Err(E::custom(format_args!("expected {}, found {}", Expected(&self), $found)))
        }
    )*};
    (scalars) => {
        nothing_but! {
            visit_bool(bool) "a boolean"
            visit_i64(i64) "a number"
            visit_u64(u64) "a number"
            visit_f64(f64) "a number"
            visit_str(&str) "a string"
            visit_unit() "null"
        }
    };
    (seq) => {
        fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err(A::Error::custom(format_args!("expected {}, found an array", Expected(&self))))
        }
    };
    (map) => {
        fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err(A::Error::custom(format_args!("expected {}, found an object", Expected(&self))))
        }
    };
}

struct Expected<'a, V>(&'a V);

impl<'de, V: Visitor<'de>> fmt::Display for Expected<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

/// An object's key: borrowed from the message, or owned if it had escapes.
pub(super) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// A structure or a union.
pub(super) struct Object<'a> {
    pub(super) dialect: Dialect,
    pub(super) into: &'a mut dyn Shape,
    pub(super) choose: fn(Dialect, &Member) -> bool,
    /// A field that isn't a member.
    pub(super) ignored: Option<&'static str>,
    /// What is kept in the member with `alloy#jsonUnknown`.
    pub(super) unknown: Vec<(String, Untyped)>,
}

impl Object<'_> {
    fn find(&self, key: &str) -> Option<(usize, &'static Member)> {
        let members = self.into.schema().members();
        members.iter().enumerate().find(|(_, member)| {
            self.dialect.name(member) == key
                && !member.is_json_unknown()
                && (self.choose)(self.dialect, member)
        })
    }

    /// Reads the value of a key. Returns `false` if it is null or has no member.
    fn entry<'de, A: MapAccess<'de>>(&mut self, key: &str, from: &mut A) -> Result<bool, A::Error> {
        if let Some((index, member)) = self.find(key) {
            let read = from.next_value_seed(Slot {
                dialect: self.dialect,
                member,
                destination: Destination::Member(self.into, index),
            });
            return read.map_err(|error| within(&error, member.name()));
        }
        let members = self.into.schema().members();
        if self.ignored != Some(key) && members.iter().any(Member::is_json_unknown) {
            let raw = from.next_value::<&RawValue>()?.get();
            let value = untyped::scalar(Kind::Document, raw).map_err(A::Error::custom)?;
            self.unknown.push((key.to_owned(), value));
            return Ok(true);
        }
        if self.into.schema().kind() == Kind::Union && key != "__type" {
            let Some(DocumentValue(value)) = from.next_value::<Option<DocumentValue>>()? else {
                return Ok(false);
            };
            self.into.set_unknown(UnknownMember {
                name: key.to_owned(),
                value,
            });
            return Ok(true);
        }
        from.next_value::<IgnoredAny>().map(|_| false)
    }

    /// Hands over what no member is for. An open union is kept as a whole.
    fn finish(self) -> Result<(), DecodeError> {
        if self.unknown.is_empty() {
            return Ok(());
        }
        union::keep_unknown(Untyped::map(self.unknown), self.into).map(drop)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut from: A) -> Result<(), A::Error> {
        let is_union = self.into.schema().kind() == Kind::Union;
        let mut found = 0_usize;
        while let Some(key) = from.next_key_seed(Key)? {
            found += usize::from(self.entry(&key, &mut from)?);
        }
        if is_union && found != 1 {
            return Err(A::Error::custom(format_args!(
                "expected one member of the union, found {found}"
            )));
        }
        self.finish().map_err(A::Error::custom)
    }

    nothing_but!(scalars);
    nothing_but!(seq);
}

/// A list.
pub(super) struct Array<'a> {
    pub(super) dialect: Dialect,
    pub(super) element: &'static Member,
    pub(super) into: &'a mut dyn ElementsMut,
}

impl<'de> Visitor<'de> for Array<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        let mut index = 0_usize;
        loop {
            match from.next_element_seed(Slot {
                dialect: self.dialect,
                member: self.element,
                destination: Destination::Element(self.into),
            }) {
                Ok(Some(_)) => index += 1,
                Ok(None) => return Ok(()),
                Err(error) => return Err(within(&error, &format!("[{index}]"))),
            }
        }
    }

    nothing_but!(scalars);
    nothing_but!(map);
}

/// A map.
pub(super) struct Map<'a> {
    pub(super) dialect: Dialect,
    pub(super) key: &'static Member,
    pub(super) value: &'static Member,
    pub(super) into: &'a mut dyn EntriesMut,
}

impl<'de> Visitor<'de> for Map<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<(), A::Error> {
        while let Some(key) = from.next_key_seed(Key)? {
            let seed = Slot {
                dialect: self.dialect,
                member: self.value,
                destination: Destination::Entry(self.into, &key),
            };
            from.next_value_seed(seed)
                .map_err(|error| within(&error, &shown(&key, self.key)))?;
        }
        Ok(())
    }

    nothing_but!(scalars);
    nothing_but!(seq);
}
