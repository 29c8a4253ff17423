//! Writes dynamic values as the schema's type, whatever form they were given in.

use super::Any;
use crate::error::EncodeError;
use crate::schema::{Kind, Member, Schema, UNIT};
use crate::shape::{Shape, Untyped, Value, Writer};
use crate::timestamp::parse_any_timestamp;
use aws_smithy_types::base64;

pub(super) fn write(
    value: &Any,
    member: &'static Member,
    to: &mut dyn Writer,
) -> Result<(), EncodeError> {
    let kind = member.target().kind();
    match (value, kind) {
        (Any::Null, _) => Ok(()),
        (Any::Stream(stream), Kind::Blob) => stream.write(member, to),
        (_, Kind::Document) => to.document(member, &Untyped::try_from(value)?.into_document()?),
        // The AWS CLI sends a boolean in a number's place as it is.
        (
            Any::Boolean(value),
            Kind::Boolean
            | Kind::Byte
            | Kind::Short
            | Kind::Integer
            | Kind::Long
            | Kind::IntEnum
            | Kind::BigInteger
            | Kind::Float
            | Kind::Double
            | Kind::BigDecimal,
        ) => to.boolean(member, *value),
        (Any::Blob(bytes), Kind::Blob) => to.blob(member, bytes),
        (Any::Timestamp(time), Kind::Timestamp) => to.timestamp(member, time),
        (Any::List(values), Kind::List) => to.list(member, values),
        (Any::Map(entries), Kind::Map) => to.map(member, entries),
        (Any::Structure(record), Kind::Structure | Kind::Union) => to.structure(member, record),
        (Any::Map(entries), Kind::Structure | Kind::Union) => to.structure(
            member,
            &Members {
                schema: member.target(),
                entries,
            },
        ),
        (Any::Boolean(value), Kind::String | Kind::Enum) => {
            to.string(member, if *value { "true" } else { "false" })
        }
        (Any::Number(text) | Any::String(text), _) => write_text(text, member, to),
        (Any::Blob(bytes), Kind::String | Kind::Enum) => match std::str::from_utf8(bytes) {
            Ok(text) => to.string(member, text),
            Err(_) if member.customer_key().is_some() => to.blob(member, bytes),
            Err(_) => mismatch(value, kind),
        },
        _ => mismatch(value, kind),
    }
}

fn write_text(text: &str, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
    let kind = member.target().kind();
    match kind {
        Kind::String | Kind::Enum => to.string(member, text),
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum => match text.parse()
        {
            Ok(value) => to.integer(member, value),
            Err(_) => write_number(text, member, to),
        },
        Kind::Float | Kind::Double => match text.parse() {
            Ok(value) => to.double(member, value),
            Err(_) => not(kind),
        },
        Kind::BigInteger | Kind::BigDecimal => write_number(text, member, to),
        Kind::Timestamp => match parse_any_timestamp(text) {
            Some(time) => to.timestamp(member, &time),
            None => not(kind),
        },
        Kind::Blob => match base64::decode(text) {
            Ok(bytes) => to.blob(member, &bytes),
            Err(_) => Err(EncodeError::new(
                "expected a blob, found text that is not Base64",
            )),
        },
        _ => not(kind),
    }
}

/// A number that no type of Rust's may be able to hold.
fn write_number(
    text: &str,
    member: &'static Member,
    to: &mut dyn Writer,
) -> Result<(), EncodeError> {
    match text.parse::<f64>() {
        Ok(_) => to.number(member, text),
        Err(_) => not(member.target().kind()),
    }
}

fn not(kind: Kind) -> Result<(), EncodeError> {
    Err(EncodeError::new(format!(
        "expected {}, found other text",
        kind.described()
    )))
}

fn mismatch(value: &Any, kind: Kind) -> Result<(), EncodeError> {
    let found = match value {
        Any::Null => "null",
        Any::Boolean(_) => "a boolean",
        Any::Number(_) => "a number",
        Any::String(_) => "a string",
        Any::Blob(_) => "a blob",
        Any::Timestamp(_) => "a timestamp",
        Any::List(_) => "a list",
        Any::Map(_) => "a map",
        Any::Structure(_) => "a structure",
        Any::Stream(_) => "a stream",
    };
    Err(EncodeError::new(format!(
        "expected {}, found {found}",
        kind.described()
    )))
}

/// A map in place of a structure.
struct Members<'a> {
    schema: &'static Schema,
    entries: &'a [(String, Any)],
}

impl Shape for Members<'_> {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        let name = self.schema.members().get(index)?.name();
        self.entries
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value as &dyn Value)
    }

    fn member_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        None
    }

    fn variant(&self) -> Option<usize> {
        (0..self.schema.members().len())
            .find(|index| self.member(*index).is_some_and(Value::is_set))
    }

    fn blank() -> Self {
        Self {
            schema: &UNIT,
            entries: &[],
        }
    }
}
