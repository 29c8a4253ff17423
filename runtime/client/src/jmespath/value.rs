//! Values as they are queried and printed: shared, ordered, and with two kinds of number.

use std::fmt::{self, Display, Formatter, Write};
use std::rc::Rc;

use aws_smithy_types::base64;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, Document};

use crate::json::is_number;
use crate::schema::{Kind, Location, Member};
use crate::{Any, Record};

/// What expressions work on, and what the command line prints. Cloning is cheap.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Value {
    Null,
    Boolean(bool),
    Number(Number),
    String(Rc<str>),
    List(Rc<[Value]>),
    /// In the order of the response; keys are unique.
    Map(Rc<[Entry]>),
}

/// A key and its value.
pub type Entry = (Rc<str>, Value);

/// A number as Python sees it: its spelling decides the kind, integers have any size.
#[derive(Clone, Debug)]
pub enum Number {
    /// Its decimal digits.
    Integer(Rc<str>),
    /// Any other, to the nearest double.
    Float(f64),
    /// A bigDecimal: as it came.
    Decimal(Rc<str>),
}

impl Number {
    /// From JSON's grammar, `NaN` or `Infinity`; none when it is not a number.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().ok().map(Self::Float);
        }
        let significant = digits.trim_start_matches('0');
        let sign = if text.len() > digits.len() { "-" } else { "" };
        Some(Self::Integer(if significant.is_empty() {
            "0".into()
        } else {
            format!("{sign}{significant}").into()
        }))
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        match self {
            Self::Integer(digits) | Self::Decimal(digits) => digits.parse().unwrap_or(f64::NAN),
            Self::Float(float) => *float,
        }
    }
}

impl Value {
    /// A string.
    pub fn string(text: &str) -> Self {
        Self::String(text.into())
    }

    /// A time in ISO 8601, or else in seconds since 1970.
    pub(super) fn time(time: &DateTime) -> Self {
        match iso8601(time) {
            Some(text) => Self::String(text.into()),
            None if time.subsec_nanos() == 0 => Self::integer(&time.secs()),
            None => Self::Number(Number::Float(time.as_secs_f64())),
        }
    }

    /// A whole number.
    pub fn integer(value: &impl ToString) -> Self {
        Self::Number(Number::Integer(value.to_string().into()))
    }

    /// The value of a key, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let Self::Map(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(k, _)| **k == *key)
            .map(|(_, value)| value)
    }

    /// Whether it is neither a list nor a map.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// Whether it is null, false, zero or empty.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Boolean(boolean) => !boolean,
            Self::Number(number) => number.to_f64() == 0.0,
            Self::String(string) => string.is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Map(entries) => entries.is_empty(),
        }
    }
}

impl From<Any> for Value {
    fn from(any: Any) -> Self {
        match any {
            // A stream goes to a file, not to what is printed.
            Any::Null | Any::Stream(_) => Self::Null,
            Any::Boolean(boolean) => Self::Boolean(boolean),
            Any::Number(text) => {
                Number::parse(&text).map_or_else(|| Self::String(text.into()), Self::Number)
            }
            Any::String(string) => Self::String(string.into()),
            Any::Blob(bytes) => Self::String(base64::encode(bytes).into()),
            Any::Timestamp(time) => Self::time(&time),
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
        // In the order in which the AWS CLI reads a response: status and headers go before the body.
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

/// A value of a shape that is known: the digits of big decimals stay.
fn of_member(member: &Member, any: Any) -> Value {
    let target = member.target();
    match (target.kind(), any) {
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

impl From<&Document> for Value {
    fn from(document: &Document) -> Self {
        match document {
            Document::Null => Self::Null,
            Document::Bool(boolean) => Self::Boolean(*boolean),
            Document::Number(aws_smithy_types::Number::PosInt(integer)) => Self::integer(integer),
            Document::Number(aws_smithy_types::Number::NegInt(integer)) => Self::integer(integer),
            Document::Number(aws_smithy_types::Number::Float(float)) => {
                Self::Number(Number::Float(*float))
            }
            Document::String(string) => Self::string(string),
            Document::Array(list) => Self::List(list.iter().map(Self::from).collect()),
            Document::Object(map) => Self::Map(
                map.iter()
                    .map(|(key, value)| (key.as_str().into(), value.into()))
                    .collect(),
            ),
        }
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

/// `2024-01-02T03:04:05+00:00`, with six digits of fraction when there is one; none where the year hasn't four digits.
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

/// Whether the year is one of 1 to 9999.
fn is_of_our_era(text: &str) -> bool {
    let year = text.split('-').next().unwrap_or_default();
    year.len() == 4 && year != "0000"
}

/// The number as JSON has it.
pub fn json_number(number: &Number) -> String {
    match number {
        Number::Float(float) if float.is_nan() => "NaN".to_owned(),
        Number::Float(float) if float.is_infinite() => if *float > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned(),
        number => number.to_string(),
    }
}

/// As Python's `repr`: the shortest digits that read back as the same number, with an exponent when
/// the value is below 1e-4 or from 1e16 on.
impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let float = match self {
            Self::Integer(digits) | Self::Decimal(digits) => return f.write_str(digits),
            Self::Float(float) if float.is_nan() => return f.write_str("nan"),
            Self::Float(float) => *float,
        };
        let scientific = format!("{float:e}");
        let Some((digits, exponent)) = scientific.split_once('e') else {
            return f.write_str(&scientific);
        };
        match exponent.parse::<i32>() {
            Ok(-4..16) => write!(f, "{float:?}"),
            Ok(exponent) => write!(
                f,
                "{digits}e{}{:02}",
                if exponent < 0 { '-' } else { '+' },
                exponent.abs()
            ),
            Err(_) => f.write_str(&scientific),
        }
    }
}

/// As Python's `str`: what text and table put into a cell.
impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("None"),
            Self::Boolean(boolean) => f.write_str(if *boolean { "True" } else { "False" }),
            Self::Number(number) => number.fmt(f),
            Self::String(string) => f.write_str(string),
            Self::List(list) => {
                f.write_char('[')?;
                for (index, value) in list.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    nested(f, value)?;
                }
                f.write_char(']')
            }
            Self::Map(entries) => {
                f.write_char('{')?;
                for (index, (key, value)) in entries.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    quoted(f, key)?;
                    f.write_str(": ")?;
                    nested(f, value)?;
                }
                f.write_char('}')
            }
        }
    }
}

/// A value inside a list or map: strings are quoted.
fn nested(f: &mut Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::String(string) => quoted(f, string),
        other => other.fmt(f),
    }
}

/// A string as Python's `repr` shows it.
pub fn repr(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 2);
    // Writing to a string can't fail.
    let _ = quoted(&mut shown, text);
    shown
}

/// A string in single quotes, or in double quotes when it has single ones only.
fn quoted(f: &mut impl Write, text: &str) -> fmt::Result {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    f.write_char(quote)?;
    for c in text.chars() {
        match c {
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\\' => f.write_str("\\\\")?,
            c if c == quote => write!(f, "\\{c}")?,
            c if is_printable(c) => f.write_char(c)?,
            c => match u32::from(c) {
                code @ ..=0xff => write!(f, "\\x{code:02x}")?,
                code @ ..=0xffff => write!(f, "\\u{code:04x}")?,
                code => write!(f, "\\U{code:08x}")?,
            },
        }
    }
    f.write_char(quote)
}

/// Whether a string in a debugger would show the character itself.
fn is_printable(c: char) -> bool {
    // After another character, because at the start combining ones are escaped too.
    c.is_ascii_graphic()
        || c == ' '
        || ['a', c].iter().collect::<String>().escape_debug().count() <= 3
}
