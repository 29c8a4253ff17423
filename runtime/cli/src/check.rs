//! From values to a [`Record`]: every value is checked against the model, all problems are told together,
//! and what has more than one form (timestamps, blobs, numbers) gets the one that protocols take.
//!
//! Only minimums are checked: services can raise a maximum and add an enum value.

use crate::number;
use std::fmt::{Display, Write as _};
use swage_client::schema::{Kind, Member, Schema};
use swage_client::validate::{self, Violation};
use swage_client::{Any, Record};
use swage_credentials::timestamp;

/// Makes an operation's input of its members by name, in the order in which they are checked. Gives the
/// problems beside it, in the order in which they are told.
pub(crate) fn input(schema: &'static Schema, members: Vec<(String, Any)>) -> (Record, Vec<String>) {
    let mut check = Check {
        problems: Vec::new(),
        depth: 0,
    };
    let record = check.structure(schema, members, "");
    (record, check.problems)
}

/// How deep a value may nest.
const DEEPEST: usize = 500;

struct Check {
    problems: Vec<String>,
    depth: usize,
}

impl Check {
    fn problem(&mut self, what: impl Display) {
        self.problems.push(what.to_string());
    }

    fn structure(
        &mut self,
        schema: &'static Schema,
        members: Vec<(String, Any)>,
        path: &str,
    ) -> Record {
        self.check_names(schema, &members, path);
        let mut record = Record::new(schema);
        for (name, value) in members {
            if let Some((index, member)) = schema.member(&name) {
                let path = if path.is_empty() {
                    name
                } else {
                    format!("{path}.{name}")
                };
                record.set(index, self.value(member, value, &path));
            }
        }
        record
    }

    /// Whether all required members are there, and no others than those of the model.
    fn check_names(&mut self, schema: &'static Schema, members: &[(String, Any)], path: &str) {
        let place = if path.is_empty() { "input" } else { path };
        if schema.kind() == Kind::Union {
            self.violation(validate::variants(schema, members.len()), place);
        }
        let is_given = |_, member: &Member| {
            let is_filled_in = member.is_idempotency_token() && path.is_empty();
            is_filled_in || members.iter().any(|(name, _)| name == member.name())
        };
        for violation in validate::missing(schema, is_given) {
            self.violation(Some(violation), place);
        }
        for (name, _) in members {
            if schema.member(name).is_none() {
                let known = validate::names(schema);
                self.problem(format_args!(
                    "Unknown parameter in {place}: \"{name}\", must be one of: {known}"
                ));
            }
        }
    }

    fn violation(&mut self, violation: Option<Violation>, path: &str) {
        self.problems
            .extend(violation.map(|violation| worded(&violation, path)));
    }

    fn value(&mut self, member: &'static Member, value: Any, path: &str) -> Any {
        if self.depth == DEEPEST {
            self.problem(format_args!("Parameter {path} is nested too deeply"));
            return Any::Null;
        }
        self.depth += 1;
        let value = self.of_kind(member, value, path);
        self.depth -= 1;
        value
    }

    fn of_kind(&mut self, member: &'static Member, value: Any, path: &str) -> Any {
        let schema = member.target();
        match (schema.kind(), value) {
            (_, Any::Null) if member.is_nullable() => Any::Null,
            (Kind::Structure | Kind::Union, Any::Map(entries)) => {
                Any::Structure(self.structure(schema, entries, path))
            }
            (Kind::List, Any::List(values)) => {
                self.length(member, values.len(), path);
                Any::List(self.list(schema, values, path))
            }
            (Kind::Map, Any::Map(entries)) => Any::Map(self.map(schema, entries, path)),
            (Kind::String | Kind::Enum, Any::String(text)) => {
                self.length(member, text.chars().count(), path);
                Any::String(text)
            }
            (Kind::Blob, Any::String(text)) => Any::Blob(text.into_bytes()),
            (Kind::Blob, value @ (Any::Blob(_) | Any::Stream(_)))
            | (Kind::Boolean, value @ Any::Boolean(_))
            | (Kind::Timestamp, value @ Any::Timestamp(_))
            | (Kind::Document, value) => value,
            (Kind::String, value @ Any::Blob(_)) if member.customer_key().is_some() => value,
            (Kind::Timestamp, Any::String(text) | Any::Number(text)) => {
                match timestamp::parse(&text) {
                    Some(time) => Any::Timestamp(time),
                    None => self.wrong_type(member, Any::String(text), path),
                }
            }
            (kind, value) => self.number(kind, member, value, path),
        }
    }

    fn number(&mut self, kind: Kind, member: &'static Member, value: Any, path: &str) -> Any {
        let integers = [
            Kind::Byte,
            Kind::Short,
            Kind::Integer,
            Kind::Long,
            Kind::IntEnum,
            Kind::BigInteger,
        ];
        let floats = [Kind::Float, Kind::Double, Kind::BigDecimal];
        match &value {
            Any::Number(text)
                if floats.contains(&kind)
                    || (integers.contains(&kind) && number::is_integer(text)) =>
            {
                self.range(member, text, path);
                value
            }
            // A boolean counts as a number, and is sent as it is.
            Any::Boolean(on) if floats.contains(&kind) || integers.contains(&kind) => {
                self.range(member, if *on { "1" } else { "0" }, path);
                value
            }
            _ => self.wrong_type(member, value, path),
        }
    }

    fn list(&mut self, schema: &'static Schema, values: Vec<Any>, path: &str) -> Vec<Any> {
        let Some(member) = schema.members().first() else {
            return values;
        };
        let element = |(index, value)| match value {
            Any::Null if schema.is_sparse() => Any::Null,
            value => self.value(member, value, &format!("{path}[{index}]")),
        };
        values.into_iter().enumerate().map(element).collect()
    }

    fn map(
        &mut self,
        schema: &'static Schema,
        entries: Vec<(String, Any)>,
        path: &str,
    ) -> Vec<(String, Any)> {
        let [key_member, value_member] = schema.members() else {
            return entries;
        };
        let entry = |(key, value): (String, Any)| {
            self.length(
                key_member,
                key.chars().count(),
                &format!("{path} (key: {key})"),
            );
            let value = match value {
                Any::Null if schema.is_sparse() => Any::Null,
                value => self.value(value_member, value, &format!("{path}.{key}")),
            };
            (key, value)
        };
        entries.into_iter().map(entry).collect()
    }

    fn length(&mut self, member: &Member, length: usize, path: &str) {
        self.violation(validate::length(member, || length), path);
    }

    fn range(&mut self, member: &Member, number: &str, path: &str) {
        if let Ok(value) = number.parse() {
            self.violation(validate::range(member, value, number), path);
        }
    }

    /// Tells that a value has the wrong type, and gives it back.
    fn wrong_type(&mut self, member: &Member, value: Any, path: &str) -> Any {
        let mut shown = String::new();
        if is_sensitive(member) {
            shown.push_str("***");
        } else {
            describe(&mut shown, &value, true);
        }
        let valid = match member.target().kind() {
            Kind::Structure | Kind::Union | Kind::Map => "object",
            Kind::List => "array",
            Kind::Boolean => "boolean",
            Kind::String | Kind::Enum => "string",
            Kind::Blob => "string, binary",
            Kind::Timestamp => "timestamp string, number",
            Kind::Float | Kind::Double | Kind::BigDecimal => "number",
            _ => "integer",
        };
        let name = type_name(&value);
        self.problem(format_args!(
            "Invalid type for parameter {path}, value: {shown}, type: {name}, valid types: {valid}"
        ));
        value
    }
}

fn is_sensitive(member: &Member) -> bool {
    member.target().is_sensitive()
}

/// A violation in the words of the AWS CLI.
fn worded(violation: &Violation, path: &str) -> String {
    match violation {
        Violation::NoVariant(union) => {
            let names = validate::names(union);
            // botocore lacks this space, too.
            format!("Must set one of the following keys for tagged unionstructure {path}: {names}.")
        }
        Violation::Range { value: None, min } => {
            format!("Invalid value for parameter {path}, value: ***, valid min value: {min}")
        }
        other => other.message(path),
    }
}

/// What JSON calls the type of a value.
fn type_name(value: &Any) -> &'static str {
    match value {
        Any::Null => "null",
        Any::Boolean(_) => "boolean",
        Any::Number(text) if number::is_integer(text) => "integer",
        Any::Number(_) => "number",
        Any::String(_) | Any::Timestamp(_) => "string",
        Any::Blob(_) | Any::Stream(_) => "binary",
        Any::List(_) => "array",
        Any::Map(_) | Any::Structure(_) => "object",
    }
}

/// Shows a value in a message: as JSON, but a string alone without quotes.
fn describe(to: &mut String, value: &Any, alone: bool) {
    match value {
        Any::Boolean(on) => {
            let _ = write!(to, "{on}");
        }
        Any::Number(text) => to.push_str(text),
        Any::String(text) if alone => to.push_str(text),
        Any::String(text) => {
            let _ = write!(to, "{text:?}");
        }
        Any::List(values) => {
            to.push('[');
            for (i, value) in values.iter().enumerate() {
                to.push_str(if i == 0 { "" } else { ", " });
                describe(to, value, false);
            }
            to.push(']');
        }
        Any::Map(entries) => {
            to.push('{');
            for (i, (key, value)) in entries.iter().enumerate() {
                let _ = write!(to, "{}{key:?}: ", if i == 0 { "" } else { ", " });
                describe(to, value, false);
            }
            to.push('}');
        }
        Any::Blob(bytes) => to.push_str(&String::from_utf8_lossy(bytes)),
        Any::Null | Any::Timestamp(_) | Any::Structure(_) | Any::Stream(_) => to.push_str("null"),
    }
}
