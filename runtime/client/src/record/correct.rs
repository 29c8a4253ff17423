//! Client error correction (Smithy 2.0): required members that a response lacks are set.

use super::{Any, Record};
use crate::schema::{Kind, Schema};
use aws_smithy_types::{DateTime, byte_stream::ByteStream};

/// How deep required structures are made below a missing one. A valid model ends before that.
const MAX_DEPTH: usize = 128;

/// Sets the required members that are missing, in the record and in all that it holds.
pub(super) fn correct(record: &mut Record) {
    members(record, MAX_DEPTH);
}

fn members(record: &mut Record, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    let members = record.schema.members().iter().zip(&mut record.members);
    for (member, place) in members {
        let is_missing = place
            .as_ref()
            .is_none_or(|value| matches!(value, Any::Null));
        if let Some(value) = place
            && !is_missing
        {
            within(value, depth);
        } else if member.is_required()
            && !member.is_client_optional()
            && !member.is_nullable()
            && record.schema.kind() == Kind::Structure
        {
            *place = Some(missing(member.target(), depth));
        }
    }
}

fn within(value: &mut Any, depth: usize) {
    match value {
        Any::Structure(record) => members(record, depth),
        Any::List(values) => values.iter_mut().for_each(|value| within(value, depth)),
        Any::Map(entries) => entries
            .iter_mut()
            .for_each(|(_, value)| within(value, depth)),
        Any::Null
        | Any::Boolean(_)
        | Any::Number(_)
        | Any::String(_)
        | Any::Blob(_)
        | Any::Timestamp(_)
        | Any::Stream(_) => {}
    }
}

/// The value of a member that wasn't sent. An enum is an empty string, a union has no member.
fn missing(target: &'static Schema, depth: usize) -> Any {
    match target.kind() {
        Kind::Boolean => Any::Boolean(false),
        Kind::Byte
        | Kind::Short
        | Kind::Integer
        | Kind::Long
        | Kind::IntEnum
        | Kind::BigInteger
        | Kind::BigDecimal => Any::Number("0".to_owned()),
        Kind::Float | Kind::Double => Any::Number("0.0".to_owned()),
        Kind::String | Kind::Enum => Any::String(String::new()),
        Kind::Blob if target.is_streaming() => Any::Stream(ByteStream::default()),
        Kind::Blob => Any::Blob(Vec::new()),
        Kind::Timestamp => Any::Timestamp(DateTime::from_secs(0)),
        Kind::Document => Any::Null,
        Kind::List => Any::List(Vec::new()),
        Kind::Map => Any::Map(Vec::new()),
        Kind::Structure | Kind::Union => {
            let mut record = Record::new(target);
            members(&mut record, depth);
            Any::Structure(record)
        }
    }
}
