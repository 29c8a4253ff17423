//! A scalar or a document without a schema.

use crate::error::EncodeError;
use crate::schema::TimestampFormat;
use crate::timestamp::format_timestamp;
use aws_smithy_types::{DateTime, Document, Number, base64};
use std::collections::HashMap;

/// A value as a message has it, from [`Reader::untyped`](super::Reader::untyped).
#[derive(Clone, Debug, PartialEq)]
pub enum Untyped {
    /// JSON's null.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number of any size and precision: its text, in JSON's grammar plus `NaN`, `Infinity`, `-Infinity`.
    Number(String),
    /// A string; also a blob or a timestamp in a message that has neither, still encoded.
    String(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A point in time.
    Timestamp(DateTime),
    /// A list.
    List(Vec<Untyped>),
    /// A map, in the order of the message. Keys are unique.
    Map(Vec<(String, Untyped)>),
}

impl Untyped {
    /// A map. Of equal keys, the last value takes the position of the first.
    pub fn map(entries: Vec<(String, Self)>) -> Self {
        Self::Map(unique(entries))
    }

    /// The same value as a document. Numbers that need more than 64 bits lose digits.
    ///
    /// # Errors
    ///
    /// A timestamp is outside the years 1 to 9999, or the text of a number isn't a number.
    pub fn into_document(self) -> Result<Document, EncodeError> {
        Ok(match self {
            Self::Null => Document::Null,
            Self::Boolean(value) => Document::Bool(value),
            Self::Number(text) => number(&text)?,
            Self::String(text) => Document::String(text),
            Self::Blob(bytes) => Document::String(base64::encode(bytes)),
            Self::Timestamp(time) => {
                Document::String(format_timestamp(&time, TimestampFormat::DateTime)?)
            }
            Self::List(values) => {
                let values = values.into_iter().map(Self::into_document);
                Document::Array(values.collect::<Result<_, _>>()?)
            }
            Self::Map(entries) => {
                let entries = entries
                    .into_iter()
                    .map(|(key, value)| Ok((key, value.into_document()?)));
                Document::Object(entries.collect::<Result<_, EncodeError>>()?)
            }
        })
    }
}

impl From<Document> for Untyped {
    fn from(document: Document) -> Self {
        match document {
            Document::Null => Self::Null,
            Document::Bool(value) => Self::Boolean(value),
            Document::Number(Number::PosInt(value)) => Self::Number(value.to_string()),
            Document::Number(Number::NegInt(value)) => Self::Number(value.to_string()),
            Document::Number(Number::Float(value)) => Self::Number(value.to_string()),
            Document::String(text) => Self::String(text),
            Document::Array(values) => Self::List(values.into_iter().map(Self::from).collect()),
            Document::Object(entries) => {
                let entries = entries.into_iter();
                Self::Map(entries.map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

fn number(text: &str) -> Result<Document, EncodeError> {
    let whole = text
        .parse()
        .map(Number::PosInt)
        .or_else(|_| text.parse().map(Number::NegInt));
    let number = whole.or_else(|_| text.parse().map(Number::Float));
    number
        .map(Document::Number)
        .map_err(|_| EncodeError::new("expected a number, found other text"))
}

/// The entries with unique keys: of equal keys, the last value takes the position of the first.
pub(crate) fn unique<T>(entries: Vec<(String, T)>) -> Vec<(String, T)> {
    let mut positions = HashMap::with_capacity(entries.len());
    let mut kept: Vec<(String, T)> = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let position = *positions.entry(key.clone()).or_insert(kept.len());
        match kept.get_mut(position) {
            Some(earlier) => earlier.1 = value,
            None => kept.push((key, value)),
        }
    }
    kept
}
