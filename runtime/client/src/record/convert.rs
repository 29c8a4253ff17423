//! Conversions between dynamic and untyped values.

use super::{Any, Record};
use crate::error::EncodeError;
use crate::shape::Untyped;

impl From<Untyped> for Any {
    fn from(value: Untyped) -> Self {
        match value {
            Untyped::Null => Self::Null,
            Untyped::Boolean(value) => Self::Boolean(value),
            Untyped::Number(text) => Self::Number(text),
            Untyped::String(text) => Self::String(text),
            Untyped::Blob(bytes) => Self::Blob(bytes),
            Untyped::Timestamp(time) => Self::Timestamp(time),
            Untyped::List(values) => Self::List(values.into_iter().map(Self::from).collect()),
            Untyped::Map(entries) => {
                let entries = entries.into_iter();
                Self::Map(entries.map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

/// Fails for streams only.
impl TryFrom<&Any> for Untyped {
    type Error = EncodeError;

    fn try_from(value: &Any) -> Result<Self, EncodeError> {
        Ok(match value {
            Any::Null => Self::Null,
            Any::Boolean(value) => Self::Boolean(*value),
            Any::Number(text) => Self::Number(text.clone()),
            Any::String(text) => Self::String(text.clone()),
            Any::Blob(bytes) => Self::Blob(bytes.clone()),
            Any::Timestamp(time) => Self::Timestamp(*time),
            Any::List(values) => Self::List(
                values
                    .iter()
                    .map(Self::try_from)
                    .collect::<Result<_, _>>()?,
            ),
            Any::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| entry(key, value));
                Self::Map(entries.collect::<Result<_, _>>()?)
            }
            Any::Structure(record) => Self::Map(members(record)?),
            Any::Stream(_) => return Err(EncodeError::new("a stream can't be part of a document")),
        })
    }
}

fn members(record: &Record) -> Result<Vec<(String, Untyped)>, EncodeError> {
    let members = record.schema.members().iter().zip(&record.members);
    let set = members.filter_map(|(member, value)| Some((member.name(), value.as_ref()?)));
    set.map(|(name, value)| entry(name, value)).collect()
}

fn entry(key: &str, value: &Any) -> Result<(String, Untyped), EncodeError> {
    Ok((key.to_owned(), value.try_into()?))
}
