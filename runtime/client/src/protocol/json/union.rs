//! Unions that don't name their member by a key of their own: `alloy#discriminated` and `alloy#untagged`.
//!
//! Which member a value is of is known only after looking at all of it, so its text is read twice. An untagged value is
//! compared with each member's shape down to a fixed depth, and then read as the first that fits: trying each member in
//! full could take exponential time for nested unions.

use super::Dialect;
use super::read::{JsonReader, SliceDeserializer, position_removed, unescape};
use super::untyped;
use crate::error::DecodeError;
use crate::schema::{Kind, Member, Schema};
use crate::shape::pattern::parts;
use crate::shape::{EntriesMut, Reader, Shape, UnknownMember, Untyped};
use crate::timestamp::parse_timestamp;
use aws_smithy_types::{Document, base64};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How deep a union's value may nest. Each text that is read again lies within another, so this limits recursion.
const DEPTH: usize = 128;

/// How deep an untagged value is compared with a member's shape.
const LEVELS: usize = 3;

type Fields<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// Whether unions with this schema are read here.
pub(super) fn is_special(schema: &Schema) -> bool {
    schema.is_untagged() || schema.discriminator().is_some()
}

/// Reads a union from its text, which is valid JSON.
pub(super) fn read(raw: &str, dialect: Dialect, into: &mut dyn Shape) -> Result<(), DecodeError> {
    if nesting(raw) > DEPTH {
        return Err(DecodeError::new("recursion limit exceeded"));
    }
    match into.schema().discriminator() {
        Some(key) => discriminated(raw, dialect, key, into),
        None => untagged(raw, dialect, into),
    }
}

fn discriminated(
    raw: &str,
    dialect: Dialect,
    key: &'static str,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let fields = fields(raw).ok_or_else(|| DecodeError::new("expected an object"))?;
    let named = fields.get(key).map(|raw| raw.get());
    let Some(name) = named.filter(|raw| raw.starts_with('"')) else {
        let message = format!("expected a string in the field `{key}`, which names the member");
        return Err(DecodeError::new(message));
    };
    let name = unescape(name)?;
    let members = into.schema().members().iter().enumerate();
    let mut known = members.filter(|(_, member)| !member.is_json_unknown());
    match known.find(|(_, member)| dialect.name(member) == name) {
        Some((index, member)) => {
            let mut from = SliceDeserializer::from_slice(raw.as_bytes());
            let mut reader = JsonReader::new(&mut from, dialect).ignoring(key);
            read_member(&mut reader, index, member, into)
        }
        None => unknown(raw, &name, into),
    }
}

fn untagged(raw: &str, dialect: Dialect, into: &mut dyn Shape) -> Result<(), DecodeError> {
    let mut members = into.schema().members().iter().enumerate();
    match members.find(|(_, member)| fits(raw, dialect, member, LEVELS)) {
        Some((index, member)) => {
            let mut from = SliceDeserializer::from_slice(raw.as_bytes());
            read_member(
                &mut JsonReader::new(&mut from, dialect),
                index,
                member,
                into,
            )
        }
        None => unknown(raw, "", into),
    }
}

/// Reads a member. Positions in errors would count from the start of the union.
fn read_member(
    from: &mut dyn Reader,
    index: usize,
    member: &'static Member,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let Some(value) = into.member_mut(index) else {
        return Ok(());
    };
    value
        .read(member, from)
        .map_err(|error| position_removed(&error).within(member.name()))
}

/// Keeps a union that is none of the known members: in its member with `alloy#jsonUnknown`, if it has one.
pub(super) fn unknown(raw: &str, name: &str, into: &mut dyn Shape) -> Result<(), DecodeError> {
    let value = untyped::scalar(Kind::Document, raw)?;
    if keep_unknown(value.clone(), into)? {
        return Ok(());
    }
    let value = document(value)?;
    into.set_unknown(UnknownMember {
        name: name.to_owned(),
        value,
    });
    Ok(())
}

/// Sets the member with `alloy#jsonUnknown`. The result is `false` if there is none.
pub(super) fn keep_unknown(value: Untyped, into: &mut dyn Shape) -> Result<bool, DecodeError> {
    let members = into.schema().members().iter().enumerate();
    let Some((index, member)) = members.into_iter().find(|(_, of)| of.is_json_unknown()) else {
        return Ok(false);
    };
    if let Some(place) = into.member_mut(index) {
        place.read(member, &mut Known(Some(value)))?;
    }
    Ok(true)
}

fn document(value: Untyped) -> Result<Document, DecodeError> {
    let document = value.into_document();
    document.map_err(|error| DecodeError::new(error.to_string()))
}

/// A reader of a document that has been read already, or of a map of documents.
struct Known(Option<Untyped>);

impl Known {
    fn take(&mut self) -> Untyped {
        self.0.take().unwrap_or(Untyped::Null)
    }
}

impl Reader for Known {
    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let (Untyped::Map(entries), [_, value_member]) = (self.take(), member.target().members())
        else {
            return Err(self.other(member));
        };
        for (key, value) in entries {
            let value = &mut Self(Some(value));
            into.entry(&key).read(value_member, value)?;
        }
        Ok(())
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, DecodeError> {
        document(self.take())
    }

    fn untyped(&mut self, _: &'static Member) -> Result<Untyped, DecodeError> {
        Ok(self.take())
    }
}

fn fields(raw: &str) -> Option<Fields<'_>> {
    raw.starts_with('{')
        .then(|| serde_json::from_str(raw).ok())
        .flatten()
}

/// The deepest nesting of arrays and objects in a JSON text.
fn nesting(raw: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut is_escaped) = (false, false);
    for byte in raw.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Whether a value can be of a member's shape, as far as a look of this depth tells. An enum must have a known value, and
/// a structure its required members.
fn fits(raw: &str, dialect: Dialect, member: &'static Member, levels: usize) -> bool {
    let target = member.target();
    let is_number = raw.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    let text = || unescape(raw).ok().filter(|_| raw.starts_with('"'));
    match target.kind() {
        Kind::Boolean => matches!(raw, "true" | "false"),
        Kind::Byte
        | Kind::Short
        | Kind::Integer
        | Kind::Long
        | Kind::IntEnum
        | Kind::BigInteger => is_number && !raw.contains(['.', 'e', 'E']),
        Kind::Float | Kind::Double | Kind::BigDecimal => {
            is_number || matches!(raw, r#""NaN""# | r#""Infinity""# | r#""-Infinity""#)
        }
        Kind::String => text().is_some_and(|text| match target.structure_pattern() {
            Some(pattern) => parts(pattern, &text).is_some(),
            None => true,
        }),
        Kind::Enum => text().is_some_and(|text| target.enum_values().contains(&&*text)),
        Kind::Blob => text().is_some_and(|text| base64::decode(text).is_ok()),
        Kind::Timestamp => {
            let format = dialect.timestamp_format(member);
            let text = if is_number { Some(raw.into()) } else { text() };
            text.is_some_and(|text| parse_timestamp(&text, format).is_ok())
        }
        Kind::Document => true,
        Kind::List => raw.starts_with('[') && list_fits(raw, dialect, target, levels),
        Kind::Map => raw.starts_with('{') && map_fits(raw, dialect, target, levels),
        Kind::Structure => structure_fits(raw, dialect, target, levels),
        Kind::Union => union_fits(raw, dialect, target, levels),
    }
}

fn list_fits(raw: &str, dialect: Dialect, target: &'static Schema, levels: usize) -> bool {
    let (Some(levels), [element]) = (levels.checked_sub(1), target.members()) else {
        return true;
    };
    let elements = serde_json::from_str::<Vec<&RawValue>>(raw).unwrap_or_default();
    let is_right =
        |raw: &&RawValue| raw.get() == "null" || fits(raw.get(), dialect, element, levels);
    elements.iter().all(is_right)
}

fn map_fits(raw: &str, dialect: Dialect, target: &'static Schema, levels: usize) -> bool {
    let (Some(levels), [_, value]) = (levels.checked_sub(1), target.members()) else {
        return true;
    };
    let fields = fields(raw).unwrap_or_default();
    let is_right = |raw: &&RawValue| raw.get() == "null" || fits(raw.get(), dialect, value, levels);
    fields.values().all(is_right)
}

fn structure_fits(raw: &str, dialect: Dialect, target: &'static Schema, levels: usize) -> bool {
    let Some(fields) = fields(raw) else {
        return false;
    };
    let mut members = target.members().iter();
    members.all(|member| {
        let value = fields.get(dialect.name(member)).map(|raw| raw.get());
        match (value, levels.checked_sub(1)) {
            _ if member.is_json_unknown() => true,
            (None, _) => !member.is_required(),
            (Some("null"), _) => !member.is_required() || member.is_nullable(),
            (Some(_), None) => true,
            (Some(raw), Some(levels)) => fits(raw, dialect, member, levels),
        }
    })
}

fn union_fits(raw: &str, dialect: Dialect, target: &'static Schema, levels: usize) -> bool {
    if target.is_untagged() {
        let Some(levels) = levels.checked_sub(1) else {
            return true;
        };
        let mut members = target.members().iter();
        return members.any(|member| fits(raw, dialect, member, levels));
    }
    let Some(fields) = fields(raw) else {
        return false;
    };
    if let Some(key) = target.discriminator() {
        return fields.contains_key(key);
    }
    let is_set = |member: &&Member| fields.contains_key(dialect.name(member));
    target.members().iter().filter(is_set).count() == 1
}
