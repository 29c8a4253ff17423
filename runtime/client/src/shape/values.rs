//! [`Value`] for the types that members have.

#![expect(
    clippy::implicit_hasher,
    reason = "generated types have maps with the default hasher"
)]

use super::{EachEntry, Elements, ElementsMut, Entries, EntriesMut, Events, Reader, Value, Writer};
use crate::error::{DecodeError, EncodeError};
use crate::schema::Member;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, byte_stream::ByteStream};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

impl Value for String {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.string(member, self)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = from.string(member)?;
        Ok(())
    }

    fn blank() -> Self {
        Self::new()
    }
}

impl Value for bool {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.boolean(member, *self)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = from.boolean(member)?;
        Ok(())
    }

    fn blank() -> Self {
        false
    }
}

macro_rules! integers {
    ($($integer:ident $name:literal)*) => {$(
        impl Value for $integer {
            fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
                to.integer(member, i64::from(*self))
            }

            fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
                let wide = from.integer(member)?;
                *self = wide.try_into().map_err(|_| {
                    DecodeError::new(concat!("the number is too large for ", $name))
                })?;
                Ok(())
            }

            fn blank() -> Self {
                0
            }
        }
    )*};
}
integers! { i8 "a byte" i16 "a short" i32 "an integer" i64 "a long" }

impl Value for f32 {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.float(member, *self)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float is what the model says"
    )]
    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = from.double(member)? as Self;
        Ok(())
    }

    fn blank() -> Self {
        0.0
    }
}

impl Value for f64 {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.double(member, *self)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = from.double(member)?;
        Ok(())
    }

    fn blank() -> Self {
        0.0
    }
}

macro_rules! big_numbers {
    ($($number:ident $name:literal)*) => {$(
        impl Value for $number {
            fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
                to.number(member, self.as_ref())
            }

            fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
                let digits = from.number(member)?;
                *self = digits.parse().map_err(|_| DecodeError::new(concat!("the number is not ", $name)))?;
                Ok(())
            }

            fn blank() -> Self {
                Self::default()
            }
        }
    )*};
}
big_numbers! { BigInteger "a bigInteger" BigDecimal "a bigDecimal" }

impl Value for Blob {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.blob(member, self.as_ref())
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = Self::new(from.blob(member)?);
        Ok(())
    }

    fn blank() -> Self {
        Self::new(Vec::new())
    }
}

impl Value for DateTime {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.timestamp(member, self)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = from.timestamp(member)?;
        Ok(())
    }

    fn blank() -> Self {
        Self::from_secs(0)
    }
}

impl Value for Document {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.document(member, self)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = from.document(member)?;
        Ok(())
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }

    fn blank() -> Self {
        Self::Null
    }
}

impl Value for ByteStream {
    /// Protocols take streams out before they write; one without HTTP bindings sends what is in memory.
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        match self.bytes() {
            Some(bytes) => to.blob(member, bytes),
            None => Err(EncodeError::new("the stream isn't in memory")),
        }
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        *self = Self::from(from.blob(member)?);
        Ok(())
    }

    fn take_stream(&mut self) -> Option<ByteStream> {
        Some(std::mem::take(self))
    }

    fn put_stream(&mut self, stream: ByteStream) -> Result<(), ByteStream> {
        *self = stream;
        Ok(())
    }

    fn blank() -> Self {
        Self::default()
    }
}

impl<T: Value> Value for Option<T> {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        match self {
            Some(value) => value.write(member, to),
            None => Ok(()),
        }
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        if !from.continues() {
            *self = None;
        }
        let read = self.get_or_insert_with(T::blank).read(member, from);
        if read.is_err() {
            *self = None;
        }
        read
    }

    fn is_set(&self) -> bool {
        self.as_ref().is_some_and(Value::is_set)
    }

    /// True for `Some(None)`.
    fn is_null(&self) -> bool {
        self.as_ref().is_some_and(|value| !value.is_set())
    }

    fn set_null(&mut self) {
        *self = T::null();
    }

    fn take_stream(&mut self) -> Option<ByteStream> {
        self.as_mut().and_then(Value::take_stream)
    }

    fn put_stream(&mut self, stream: ByteStream) -> Result<(), ByteStream> {
        self.insert(T::blank()).put_stream(stream)
    }

    fn take_events(&mut self) -> Option<Events> {
        self.as_mut().and_then(Value::take_events)
    }

    fn put_events(&mut self, events: Events) -> Result<(), Events> {
        self.insert(T::blank()).put_events(events)
    }

    fn null() -> Option<Self> {
        Some(None)
    }

    fn blank() -> Self {
        None
    }
}

impl<T: Value> Value for Box<T> {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        T::write(self, member, to)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        T::read(self, member, from)
    }

    fn is_set(&self) -> bool {
        T::is_set(self)
    }

    fn take_stream(&mut self) -> Option<ByteStream> {
        T::take_stream(self)
    }

    fn put_stream(&mut self, stream: ByteStream) -> Result<(), ByteStream> {
        T::put_stream(self, stream)
    }

    fn null() -> Option<Self> {
        T::null().map(Self::new)
    }

    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl<T: Value> Value for Vec<T> {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.list(member, self)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        if !from.continues() {
            self.clear();
        }
        let read = from.list(member, self);
        if read.is_err() {
            self.clear();
        }
        read
    }

    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Value> Elements for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        let element = self.as_slice().get(index)?;
        element.is_set().then_some(element)
    }
}

impl<T: Value> ElementsMut for Vec<T> {
    fn push(&mut self) -> &mut dyn Value {
        self.push_mut(T::blank())
    }

    fn push_null(&mut self) {
        self.extend(T::null());
    }
}

/// What a map's key is: a string or an enum of strings.
pub trait Key: AsRef<str> + From<String> + Eq + Hash + Send + Sync {}
impl<K: AsRef<str> + From<String> + Eq + Hash + Send + Sync> Key for K {}

impl<K: Key, T: Value> Value for HashMap<K, T> {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.map(member, self)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        self.clear();
        from.map(member, self)
    }

    fn blank() -> Self {
        Self::new()
    }
}

impl<K: Key, T: Value> Entries for HashMap<K, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each(&self, each: &mut EachEntry<'_>) -> Result<(), EncodeError> {
        self.iter().try_for_each(|(key, value)| {
            each(key.as_ref(), value.is_set().then_some(value as &dyn Value))
        })
    }
}

impl<K: Key, T: Value> EntriesMut for HashMap<K, T> {
    fn entry(&mut self, key: &str) -> &mut dyn Value {
        match HashMap::entry(self, K::from(key.to_owned())) {
            Entry::Occupied(mut place) => {
                place.insert(T::blank());
                place.into_mut()
            }
            Entry::Vacant(place) => place.insert(T::blank()),
        }
    }

    fn entry_null(&mut self, key: &str) {
        if let Some(null) = T::null() {
            self.insert(K::from(key.to_owned()), null);
        }
    }
}
