//! The constraints: how a value can violate them, and the message for each violation.
//!
//! Only minimums are checked, as in the AWS CLI: a service can raise a maximum or add a value to an enum.

use crate::schema::{DefaultValue, Location, Member, Schema};
use std::fmt::Display;

/// A constraint of the model that a value doesn't meet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Violation {
    /// A structure lacks this required member.
    Missing(&'static Member),
    /// A union has no member set.
    NoVariant(&'static Schema),
    /// A union has several members set.
    SeveralVariants(&'static Schema),
    /// A string, list or map key is too short.
    Length {
        /// Its length: of strings in characters.
        length: usize,
        /// The smallest length that is allowed.
        min: u64,
    },
    /// A number is too small.
    Range {
        /// The number; none when it is sensitive.
        value: Option<String>,
        /// The smallest number that is allowed.
        min: f64,
    },
}

impl Violation {
    /// A sentence about the value at that path, in the words of the AWS CLI.
    pub fn message(&self, path: &str) -> String {
        match self {
            Self::Missing(member) => {
                format!(
                    "Missing required parameter in {path}: \"{}\"",
                    member.name()
                )
            }
            Self::NoVariant(union) => format!(
                "Must set one of the following keys for tagged union structure {path}: {}.",
                names(union)
            ),
            Self::SeveralVariants(union) => format!(
                "Invalid number of parameters set for tagged union structure {path}. \
                 Can only set one of the following keys: {}.",
                names(union)
            ),
            Self::Length { length, min } => {
                format!(
                    "Invalid length for parameter {path}, value: {length}, valid min length: {min}"
                )
            }
            Self::Range { value: None, min } => {
                format!("Invalid value for parameter {path}, valid min value: {min}")
            }
            Self::Range {
                value: Some(value),
                min,
            } => {
                format!(
                    "Invalid value for parameter {path}, value: {value}, valid min value: {min}"
                )
            }
        }
    }
}

/// The names of a shape's members, separated by commas.
pub fn names(shape: &Schema) -> String {
    let names = shape.members().iter().map(Member::name);
    names.collect::<Vec<_>>().join(", ")
}

/// The required members of a structure that aren't given.
pub fn missing(
    structure: &Schema,
    is_given: impl Fn(usize, &'static Member) -> bool,
) -> impl Iterator<Item = Violation> {
    let members = structure.members().iter().enumerate();
    members
        .filter(move |(index, member)| member.is_required() && !is_given(*index, member))
        .map(|(_, member)| Violation::Missing(member))
}

/// Whether a union has exactly one of its members.
pub fn variants(union: &'static Schema, set: usize) -> Option<Violation> {
    match set {
        0 => Some(Violation::NoVariant(union)),
        1 => None,
        _ => Some(Violation::SeveralVariants(union)),
    }
}

/// Whether a string, list or map key is long enough. `length` is only called where there is a smallest length.
pub fn length(member: &Member, length: impl FnOnce() -> usize) -> Option<Violation> {
    let min = member.min_length().unwrap_or(0).max(implied_min(member));
    if min == 0 {
        return None;
    }
    let length = length();
    ((length as u64) < min).then_some(Violation::Length { length, min })
}

/// Whether a number is large enough. `shown` is the number in a message.
pub fn range(member: &Member, value: f64, shown: impl Display) -> Option<Violation> {
    let min = member.min_value().filter(|min| value < *min)?;
    let is_shown = !member.target().is_sensitive();
    let value = is_shown.then(|| shown.to_string());
    Some(Violation::Range { value, min })
}

/// The smallest length without `@length`: a part of the path or of the host can't be empty, unless it has a default.
fn implied_min(member: &Member) -> u64 {
    let default = member.default_value().and_then(DefaultValue::text);
    let is_label = member.location() == Location::Label && default.is_none_or(str::is_empty);
    u64::from(is_label || member.is_host_label())
}
