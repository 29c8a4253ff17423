//! Whether JSON fits an input.

use super::nearest;
use crate::error::EncodeError;
use crate::protocol::json;
use crate::record::Record;
use crate::schema::{Kind, Location, Member, Schema};
use serde_json::Value;

/// A sentence for each member that the schema doesn't have, with its path.
pub(super) fn unknown_members(input: &Value, schema: &'static Schema) -> Vec<String> {
    let mut problems = Vec::new();
    walk(input, schema, "", &mut problems);
    problems
}

fn walk(value: &Value, schema: &'static Schema, path: &str, problems: &mut Vec<String>) {
    match (value, schema.kind(), schema.members()) {
        (Value::Object(fields), Kind::Structure | Kind::Union, members) => {
            for (name, value) in fields {
                let separator = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{separator}{name}");
                match members.iter().find(|member| key(member) == name) {
                    Some(member) => walk(value, member.target(), &path, problems),
                    None => problems.push(unknown(&path, name, members)),
                }
            }
        }
        (Value::Array(values), Kind::List, [element]) => {
            for (index, value) in values.iter().enumerate() {
                walk(
                    value,
                    element.target(),
                    &format!("{path}[{index}]"),
                    problems,
                );
            }
        }
        (Value::Object(entries), Kind::Map, [_, of]) => {
            for (name, value) in entries {
                walk(value, of.target(), &format!("{path}.{name}"), problems);
            }
        }
        _ => {}
    }
}

fn unknown(path: &str, name: &str, members: &'static [Member]) -> String {
    let names: Vec<_> = members.iter().map(key).collect();
    match nearest::of(name, &names)[..] {
        [] => format!("{path}: there is no such member"),
        [nearest, ..] => format!("{path}: there is no such member; did you mean `{nearest}`?"),
    }
}

/// The name of a member in JSON.
fn key(member: &Member) -> &'static str {
    match member.location() {
        Location::Body => member.wire(),
        _ => member.name(),
    }
}

/// Whether every value is of its member's kind: records keep scalars as they are in JSON.
pub(super) fn check(record: &Record) -> Result<(), EncodeError> {
    json::serialize(record, serde_json::value::Serializer)
        .map(drop)
        .map_err(|error| EncodeError::new(error.to_string()))
}
