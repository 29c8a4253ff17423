//! The last of decoding: scalars of a response as the AWS CLI takes them.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use swage_client::schema::{Kind, Schema};
use swage_client::{Any, Record};

use super::timestamp;
use crate::value::Number;

/// What to do with the scalars of a response.
#[derive(Clone, Copy, Debug)]
pub struct Settle {
    /// Convert numbers and booleans that came as something else. AWS JSON's are taken as they come.
    pub convert: bool,
    /// Write timestamps in ISO 8601 (`cli_timestamp_format = iso8601`), else as they came.
    pub iso8601: bool,
}

impl Settle {
    /// Settles what a record holds; the error is what to tell the user.
    pub fn record(self, mut record: Record) -> Result<Record, String> {
        for (index, member) in record.schema().members().iter().enumerate() {
            if let Some(value) = record.take(index) {
                record.set(index, self.value(value, member.target())?);
            }
        }
        Ok(record)
    }

    fn value(self, value: Any, schema: &'static Schema) -> Result<Any, String> {
        Ok(match (schema.kind(), value) {
            (_, Any::Null) => Any::Null,
            (_, Any::Structure(record)) => Any::Structure(self.record(record)?),
            (Kind::List, Any::List(list)) => {
                let Some(member) = schema.members().first() else {
                    return Ok(Any::List(list));
                };
                Any::List(
                    list.into_iter()
                        .map(|value| self.value(value, member.target()))
                        .collect::<Result<_, _>>()?,
                )
            }
            (Kind::Map, Any::Map(map)) => {
                let Some(member) = schema.members().last() else {
                    return Ok(Any::Map(map));
                };
                let entry = |(key, value)| Ok((key, self.value(value, member.target())?));
                Any::Map(map.into_iter().map(entry).collect::<Result<_, String>>()?)
            }
            (Kind::Timestamp, value) if self.iso8601 => iso8601(&value)?,
            (kind, value) if self.convert => convert(kind, value)?,
            (_, value) => value,
        })
    }
}

fn convert(kind: Kind, value: Any) -> Result<Any, String> {
    match kind {
        Kind::Boolean => Ok(Any::Boolean(match value {
            Any::Boolean(boolean) => boolean,
            Any::String(text) => text.eq_ignore_ascii_case("true"),
            _ => false,
        })),
        Kind::Byte
        | Kind::Short
        | Kind::Integer
        | Kind::Long
        | Kind::IntEnum
        | Kind::BigInteger => integer(&value),
        Kind::Float | Kind::Double => float(value),
        _ => Ok(value),
    }
}

fn integer(value: &Any) -> Result<Any, String> {
    let (text, number) = match value {
        Any::Boolean(boolean) => return Ok(Any::Number(u8::from(*boolean).to_string())),
        Any::Number(text) => (text, Number::parse(text)),
        // A string has to be whole; a number is cut.
        Any::String(text) => (
            text,
            Number::parse(text.trim()).filter(|number| matches!(number, Number::Integer(_))),
        ),
        _ => return Err("Invalid integer in the response.".to_owned()),
    };
    match number {
        Some(Number::Integer(digits)) => Ok(Any::Number((*digits).to_owned())),
        Some(Number::Float(float)) if float.is_finite() => {
            Ok(Any::Number(format!("{:.0}", float.trunc() + 0.0)))
        }
        _ => Err(format!("Invalid integer in the response: {text}")),
    }
}

fn float(value: Any) -> Result<Any, String> {
    let text = match value {
        Any::Boolean(boolean) => u8::from(boolean).to_string(),
        Any::Number(text) | Any::String(text) => text,
        _ => return Err("Invalid number in the response.".to_owned()),
    };
    let number = text
        .trim()
        .parse()
        .map_err(|_| format!("Invalid number in the response: {text}"))?;
    Ok(Any::Number(crate::value::json_number(&Number::Float(
        number,
    ))))
}

fn iso8601(value: &Any) -> Result<Any, String> {
    let (text, time) = match value {
        Any::Timestamp(time) => return Ok(Any::String(timestamp::iso8601(time))),
        Any::Number(text) => (text, seconds(text)),
        Any::String(text) => (text, seconds(text).or_else(|| written(text))),
        _ => return Err("Invalid timestamp in the response.".to_owned()),
    };
    let time = time.ok_or_else(|| format!("Invalid timestamp in the response: {text}"))?;
    Ok(Any::String(timestamp::iso8601(&time)))
}

fn seconds(text: &str) -> Option<DateTime> {
    text.trim()
        .parse::<f64>()
        .ok()
        .filter(|seconds| seconds.abs() < 1e12)
        .map(DateTime::from_secs_f64)
}

fn written(text: &str) -> Option<DateTime> {
    let formats = [Format::DateTimeWithOffset, Format::HttpDate];
    formats
        .into_iter()
        .find_map(|format| DateTime::from_str(text.trim(), format).ok())
}
