//! Dynamic values as documents and timestamps.

use super::Any;
use crate::error::EncodeError;
use crate::protocol::timestamp::{format_timestamp, parse_timestamp};
use crate::schema::TimestampFormat::{DateTime as Rfc3339, EpochSeconds, HttpDate};
use aws_smithy_types::{DateTime, Document, Number, base64};

/// A timestamp in any of the forms that Smithy knows.
pub(super) fn timestamp(text: &str) -> Option<DateTime> {
    [Rfc3339, HttpDate, EpochSeconds]
        .into_iter()
        .find_map(|format| parse_timestamp(text, format).ok())
}

/// As a document; numbers beyond 64 bits lose digits.
pub(crate) fn document(value: &Any) -> Result<Document, EncodeError> {
    Ok(match value {
        Any::Null => Document::Null,
        Any::Boolean(value) => Document::Bool(*value),
        Any::Number(text) => number(text)?,
        Any::String(text) => Document::String(text.clone()),
        Any::Blob(bytes) => Document::String(base64::encode(bytes)),
        Any::Timestamp(time) => Document::String(format_timestamp(time, Rfc3339)?),
        Any::List(values) => {
            Document::Array(values.iter().map(document).collect::<Result<_, _>>()?)
        }
        Any::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| Ok((key.clone(), document(value)?)));
            Document::Object(entries.collect::<Result<_, EncodeError>>()?)
        }
        Any::Structure(record) => {
            let members = record.schema.members().iter().zip(&record.members);
            let set = members.filter_map(|(member, value)| Some((member.name(), value.as_ref()?)));
            let entries = set.map(|(name, value)| Ok((name.to_owned(), document(value)?)));
            Document::Object(entries.collect::<Result<_, EncodeError>>()?)
        }
        Any::Stream(_) => return Err(EncodeError::new("a stream can't be part of a document")),
    })
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
