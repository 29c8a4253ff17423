//! Conversions between the values of expressions and of calls.

use aws_smithy_types::base64;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, Document};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use swage_jmespath::{Number, Value, json, json_number};

use crate::json::is_number;
use crate::schema::{Kind, Location, Member};
use crate::{Any, Record};

/// A time in ISO 8601, or in seconds since 1970 if ISO 8601 can't express it.
pub(super) fn of_time(time: &DateTime) -> Value {
    match iso8601(time) {
        Some(text) => Value::String(text.into()),
        None if time.subsec_nanos() == 0 => Value::integer(&time.secs()),
        None => Value::Number(Number::Float(time.as_secs_f64())),
    }
}

impl From<Any> for Value {
    fn from(any: Any) -> Self {
        match any {
            // A stream is written to a file, not printed.
            Any::Null | Any::Stream(_) => Self::Null,
            Any::Boolean(boolean) => Self::Boolean(boolean),
            Any::Number(text) => {
                Number::parse(&text).map_or_else(|| Self::String(text.into()), Self::Number)
            }
            Any::String(string) => Self::String(string.into()),
            Any::Blob(bytes) => Self::String(base64::encode(bytes).into()),
            Any::Timestamp(time) => of_time(&time),
            Any::List(list) => Self::List(list.into_iter().map(Self::from).collect()),
            Any::Map(map) => Self::Map(
                map.into_iter()
                    .map(|(key, value)| (key.into(), value.into()))
                    .collect(),
            ),
            Any::Structure(record) => record.into(),
        }
    }
}

impl From<Record> for Value {
    fn from(mut record: Record) -> Self {
        let mut members: Vec<_> = record.schema().members().iter().enumerate().collect();
        // The AWS CLI reads status and headers before the body.
        members.sort_by_key(|(_, member)| match member.location() {
            Location::Header | Location::PrefixHeaders | Location::ResponseCode => 0,
            Location::Body
            | Location::Payload
            | Location::Label
            | Location::Query
            | Location::QueryParams
            | Location::EventHeader
            | Location::EventPayload => 1,
        });
        let members = members.into_iter();
        let set = members.filter_map(|(index, member)| Some((member, record.take(index)?)));
        Self::Map(
            set.filter(|(_, value)| !matches!(value, Any::Stream(_)))
                .map(|(member, value)| (member.name().into(), of_member(member, value)))
                .collect(),
        )
    }
}

/// Converts the value of a member. Big decimals keep all of their digits.
fn of_member(member: &Member, any: Any) -> Value {
    let target = member.target();
    match (target.kind(), any) {
        (Kind::String, Any::String(text)) if member.is_json_text() => of_json(text),
        (Kind::BigDecimal, Any::Number(digits)) if is_number(&digits) => {
            Value::Number(Number::Decimal(digits.into()))
        }
        (Kind::List, Any::List(list)) => match target.members() {
            [element] => {
                let elements = list.into_iter();
                Value::List(elements.map(|value| of_member(element, value)).collect())
            }
            _ => Any::List(list).into(),
        },
        (Kind::Map, Any::Map(map)) => match target.members() {
            [_, of] => {
                let entries = map.into_iter();
                let entries = entries.map(|(key, value)| (key.into(), of_member(of, value)));
                Value::Map(entries.collect())
            }
            _ => Any::Map(map).into(),
        },
        (_, any) => any.into(),
    }
}

/// The JSON in a string, which may be percent-encoded; other text stays a string.
fn of_json(text: String) -> Value {
    let decoded = if text.starts_with('%') {
        percent_decode_str(&text).decode_utf8().ok()
    } else {
        Some(Cow::Borrowed(text.as_str()))
    };
    let value = decoded.and_then(|text| json::parse(&text).ok());
    value.unwrap_or_else(|| Value::String(text.into()))
}

/// A document as a value.
pub(super) fn of_document(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(boolean) => Value::Boolean(*boolean),
        Document::Number(aws_smithy_types::Number::PosInt(integer)) => Value::integer(integer),
        Document::Number(aws_smithy_types::Number::NegInt(integer)) => Value::integer(integer),
        Document::Number(aws_smithy_types::Number::Float(float)) => {
            Value::Number(Number::Float(*float))
        }
        Document::String(string) => Value::string(string),
        Document::Array(list) => Value::List(list.iter().map(of_document).collect()),
        Document::Object(map) => Value::Map(
            map.iter()
                .map(|(key, value)| (key.as_str().into(), of_document(value)))
                .collect(),
        ),
    }
}

impl From<Value> for Any {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Boolean(boolean) => Self::Boolean(boolean),
            Value::Number(number) => Self::Number(json_number(&number)),
            Value::String(string) => Self::String((*string).to_owned()),
            Value::List(list) => Self::List(list.iter().cloned().map(Self::from).collect()),
            Value::Map(map) => Self::Map(
                map.iter()
                    .map(|(key, value)| ((**key).to_owned(), value.clone().into()))
                    .collect(),
            ),
        }
    }
}

/// `2024-01-02T03:04:05+00:00`, with six digits of fraction if the fraction isn't zero. `None` if the year doesn't have four
/// digits.
pub fn iso8601(time: &DateTime) -> Option<String> {
    let whole = DateTime::from_secs(time.secs());
    let whole = whole.fmt(Format::DateTime).ok()?;
    let whole = whole.strip_suffix('Z').filter(|text| is_of_our_era(text))?;
    let micros = time.subsec_nanos() / 1000;
    let fraction = if micros == 0 {
        String::new()
    } else {
        format!(".{micros:06}")
    };
    Some(format!("{whole}{fraction}+00:00"))
}

/// Whether the year is from 1 to 9999.
fn is_of_our_era(text: &str) -> bool {
    let year = text.split('-').next().unwrap_or_default();
    year.len() == 4 && year != "0000"
}
