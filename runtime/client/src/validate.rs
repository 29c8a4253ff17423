//! What a client checks before it sends: the same as the AWS CLI, in its order and its words. Missing required
//! members, and smallest lengths and values; the service checks the rest.

use crate::error::{EncodeError, InputError};
use crate::schema::{DefaultValue, Kind, Location, Member};
use crate::shape::{Elements, Entries, Shape, Value, Writer};
use std::fmt::{Display, Write};

/// Checks an operation's input; the error has all problems.
pub fn validate(input: &dyn Shape) -> Result<(), InputError> {
    let mut checker = Checker {
        problems: Vec::new(),
        path: String::new(),
    };
    checker.members(input);
    if checker.problems.is_empty() {
        Ok(())
    } else {
        Err(InputError {
            problems: checker.problems,
        })
    }
}

/// The smallest length that a member needs whatever the model says: what is part of a path or a host can't be empty, unless
/// there is a default for it.
pub fn shortest(member: &Member) -> u64 {
    let default = member.default_value().and_then(DefaultValue::text);
    let is_label = member.location() == Location::Label && default.is_none_or(str::is_empty);
    u64::from(is_label || member.is_host_label())
}

/// A writer that writes nothing and looks at everything.
struct Checker {
    problems: Vec<String>,
    /// Of what is being looked at: `.StartPosition.Id`, `.AttachmentIds[1]`; empty for the input itself.
    path: String,
}

impl Checker {
    fn problem(&mut self, text: impl FnOnce(&str) -> String) {
        let path = if self.path.is_empty() {
            "input"
        } else {
            self.path.trim_start_matches('.')
        };
        self.problems.push(text(path));
    }

    /// Looks at a value one step further down.
    fn descend(&mut self, step: impl Display, member: &'static Member, value: &dyn Value) {
        let length = self.path.len();
        // Writing to a string can't fail.
        let _ = write!(self.path, "{step}");
        if let Err(error) = value.write(member, self) {
            self.problem(|path| format!("Invalid value for parameter {path}: {error}"));
        }
        self.path.truncate(length);
    }

    fn members(&mut self, shape: &dyn Shape) {
        let schema = shape.schema();
        let set = |index: usize| shape.member(index).filter(|value| value.is_set());
        for (index, member) in schema.members().iter().enumerate() {
            let is_given = member.is_idempotency_token() || member.default_value().is_some();
            if member.is_required() && !is_given && set(index).is_none() {
                self.problem(|path| {
                    format!(
                        "Missing required parameter in {path}: \"{}\"",
                        member.name()
                    )
                });
            }
        }
        for (index, member) in schema.members().iter().enumerate() {
            if let Some(value) = set(index).filter(|_| !member.target().is_streaming()) {
                self.descend(format_args!(".{}", member.name()), member, value);
            }
        }
    }

    /// A union has exactly one member; only a dynamic one can have another number.
    fn variant(&mut self, shape: &dyn Shape) {
        let members = shape.schema().members();
        let set = (0..members.len())
            .filter(|index| shape.member(*index).is_some_and(Value::is_set))
            .count();
        let names = || {
            members
                .iter()
                .map(Member::name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        match set + usize::from(shape.unknown().is_some()) {
            1 => {}
            0 => self.problem(|path| {
                format!(
                    "Must set one of the following keys for tagged unionstructure {path}: {}.",
                    names()
                )
            }),
            _ => self.problem(|path| {
                format!(
                    "Invalid number of parameters set for tagged union structure {path}. \
                     Can only set one of the following keys: {}.",
                    names()
                )
            }),
        }
    }

    fn length(&mut self, member: &'static Member, length: impl FnOnce() -> usize) {
        let least = member.min_length().unwrap_or(0).max(shortest(member));
        if least == 0 {
            return;
        }
        let length = length();
        if (length as u64) < least {
            self.problem(|path| {
                format!("Invalid length for parameter {path}, value: {length}, valid min length: {least}")
            });
        }
    }

    fn range(&mut self, member: &'static Member, value: f64, shown: impl Display) {
        let Some(least) = member.min_value().filter(|least| value < *least) else {
            return;
        };
        let is_sensitive = member.target().is_sensitive();
        self.problem(|path| {
            let value = if is_sensitive {
                String::new()
            } else {
                format!("value: {shown}, ")
            };
            format!("Invalid value for parameter {path}, {value}valid min value: {least}")
        });
    }
}

impl Writer for Checker {
    /// Kinds without constraints.
    fn other(&mut self, _: &'static Member) -> Result<(), EncodeError> {
        Ok(())
    }

    fn structure(&mut self, member: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        if member.target().kind() == Kind::Union {
            self.variant(value);
        }
        self.members(value);
        Ok(())
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        self.length(member, || value.len());
        let [element_member] = member.target().members() else {
            return Ok(());
        };
        for index in 0..value.len() {
            if let Some(element) = value.get(index) {
                self.descend(format_args!("[{index}]"), element_member, element);
            }
        }
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let [key_member, value_member] = member.target().members() else {
            return Ok(());
        };
        value.each(&mut |key, value| {
            let shown = if key_member.target().is_sensitive() {
                crate::redact::REDACTED
            } else {
                key
            };
            self.descend(format_args!(" (key: {shown})"), key_member, &Text(key));
            if let Some(value) = value {
                self.descend(format_args!(".{shown}"), value_member, value);
            }
            Ok(())
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "limits are small")]
    fn integer(&mut self, member: &'static Member, value: i64) -> Result<(), EncodeError> {
        self.range(member, value as f64, value);
        Ok(())
    }

    fn float(&mut self, member: &'static Member, value: f32) -> Result<(), EncodeError> {
        self.range(member, f64::from(value), value);
        Ok(())
    }

    fn double(&mut self, member: &'static Member, value: f64) -> Result<(), EncodeError> {
        self.range(member, value, value);
        Ok(())
    }

    fn number(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError> {
        if let Ok(number) = value.parse() {
            self.range(member, number, value);
        }
        Ok(())
    }

    fn string(&mut self, member: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.length(member, || value.chars().count());
        Ok(())
    }
}

/// A map's key as a value.
struct Text<'a>(&'a str);

impl Value for Text<'_> {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.string(member, self.0)
    }

    fn read(
        &mut self,
        _: &'static Member,
        _: &mut dyn crate::shape::Reader,
    ) -> Result<(), crate::error::DecodeError> {
        Ok(())
    }

    fn blank() -> Self {
        Self("")
    }
}
