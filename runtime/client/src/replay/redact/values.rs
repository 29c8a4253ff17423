//! Values without secrets.

use super::Redactor;
use super::names::REDACTED;
use crate::operation::Operation;
use crate::record::{Any, Record};
use crate::redact;
use crate::schema::{Kind, Member, Schema};
use crate::shape::Shape;
use aws_smithy_types::DateTime;

/// Stands for an idempotency token, which is another one each time.
const TOKEN: &str = "IDEMPOTENCY-TOKEN";

/// Takes the secrets out of a record. Returns whether there were any.
pub(super) fn redact_record(of: &Redactor<'_>, operation: &Operation, record: &mut Record) -> bool {
    let mut changed = false;
    for (index, member) in Record::schema(record).members().iter().enumerate() {
        let Some(mut value) = record.take(index) else {
            continue;
        };
        changed |= redact_member(of, operation, member, &mut value);
        record.set(index, value);
    }
    if let Some(unknown) = record.unknown() {
        // It may be anything, a secret, too.
        let mut unknown = unknown.clone();
        unknown.value = aws_smithy_types::Document::Null;
        record.set_unknown(unknown);
        changed = true;
    }
    changed
}

fn redact_member(
    of: &Redactor<'_>,
    operation: &Operation,
    member: &'static Member,
    value: &mut Any,
) -> bool {
    if matches!(value, Any::Null) {
        return false;
    }
    if of.is_secret(operation, member) {
        *value = blank(member.target());
        return true;
    }
    if member.is_idempotency_token() {
        *value = Any::String(TOKEN.to_owned());
        return true;
    }
    redact_value(of, operation, member.target(), value)
}

fn redact_value(
    of: &Redactor<'_>,
    operation: &Operation,
    schema: &'static Schema,
    value: &mut Any,
) -> bool {
    match (value, schema.members()) {
        (Any::Structure(record), _) => redact_record(of, operation, record),
        (Any::List(values), [element]) => {
            let mut changed = false;
            for value in values {
                changed |= redact_member(of, operation, element, value);
            }
            changed
        }
        (Any::Map(entries), [key, _]) if key.target().is_sensitive() => {
            let changed = !entries.is_empty();
            entries.clear();
            changed
        }
        (Any::Map(entries), [_, element]) => {
            let mut changed = false;
            for (name, value) in entries {
                let is_secret = of.is_secret_name(name) && matches!(value, Any::String(_));
                if is_secret {
                    *value = blank(element.target());
                }
                changed |= is_secret || redact_member(of, operation, element, value);
            }
            changed
        }
        (Any::String(text), _) => {
            let redacted = redact::body(text);
            let changed = redacted != *text;
            *text = redacted;
            changed
        }
        _ => false,
    }
}

/// A value in the place of a secret.
fn blank(schema: &'static Schema) -> Any {
    match schema.kind() {
        Kind::Boolean => Any::Boolean(false),
        Kind::Byte
        | Kind::Short
        | Kind::Integer
        | Kind::Long
        | Kind::IntEnum
        | Kind::Float
        | Kind::Double
        | Kind::BigInteger
        | Kind::BigDecimal => Any::Number("0".to_owned()),
        Kind::String | Kind::Enum | Kind::Document => Any::String(REDACTED.to_owned()),
        Kind::Blob if schema.is_streaming() => Any::Stream(REDACTED.as_bytes().to_vec().into()),
        Kind::Blob => Any::Blob(REDACTED.into()),
        Kind::Timestamp => Any::Timestamp(DateTime::from_secs(0)),
        Kind::List => Any::List(Vec::new()),
        Kind::Map => Any::Map(Vec::new()),
        Kind::Structure => Any::Structure(Record::new(schema)),
        Kind::Union => Any::Null,
    }
}
