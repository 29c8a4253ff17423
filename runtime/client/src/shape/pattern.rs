//! `alloy#structurePattern`: a structure that is a string in messages, such as `{year}-{week}`.

use super::{Reader, Shape, Writer};
use crate::error::{DecodeError, EncodeError};
use crate::schema::{Member, TimestampFormat};
use crate::timestamp::{format_timestamp, parse_timestamp};
use aws_smithy_types::{DateTime, base64};

/// Writes a structure: as a string if the member's target has a pattern.
///
/// # Errors
///
/// The writer's, or the string would be read as another value.
pub fn write_structure(
    member: &'static Member,
    value: &dyn Shape,
    to: &mut dyn Writer,
) -> Result<(), EncodeError> {
    match member.target().structure_pattern() {
        Some(pattern) => to.string(member, &format(pattern, value)?),
        None => to.structure(member, value),
    }
}

/// Reads a structure: from a string if the member's target has a pattern.
///
/// # Errors
///
/// The reader's, or the string doesn't match the pattern.
pub fn read_structure(
    member: &'static Member,
    into: &mut dyn Shape,
    from: &mut dyn Reader,
) -> Result<(), DecodeError> {
    match member.target().structure_pattern() {
        Some(pattern) => parse(pattern, &from.string(member)?, into),
        None => from.structure(member, into),
    }
}

/// The text before the first member, and each member's name with the text after it.
fn split(
    pattern: &'static str,
) -> (
    &'static str,
    impl Iterator<Item = (&'static str, &'static str)>,
) {
    let (start, rest) = pattern.split_once('{').unwrap_or((pattern, ""));
    (
        start,
        rest.split('{').filter_map(|part| part.split_once('}')),
    )
}

fn index(shape: &dyn Shape, name: &str) -> Option<(usize, &'static Member)> {
    let members = shape.schema().members();
    let index = members.iter().position(|member| member.name() == name)?;
    Some((index, members.get(index)?))
}

fn format(pattern: &'static str, shape: &dyn Shape) -> Result<String, EncodeError> {
    let (start, parts) = split(pattern);
    let mut text = start.to_owned();
    for (name, after) in parts {
        let mut part = Text(String::new());
        if let Some((index, member)) = index(shape, name)
            && let Some(value) = shape.member(index)
        {
            let written = value.write(member, &mut part);
            written.map_err(|error| error.within(name))?;
        }
        let length = part.0.len();
        part.0.push_str(after);
        if !after.is_empty() && part.0.find(after) != Some(length) {
            let message = format!("the value contains `{after}`, which ends it in `{pattern}`");
            return Err(EncodeError::new(message).within(name));
        }
        text.push_str(&part.0);
    }
    Ok(text)
}

fn parse(pattern: &'static str, text: &str, into: &mut dyn Shape) -> Result<(), DecodeError> {
    let Some(parts) = parts(pattern, text) else {
        let message = format!("expected a string of the form `{pattern}`");
        return Err(DecodeError::new(message));
    };
    for (name, part) in parts {
        if let Some((index, member)) = index(into, name)
            && let Some(value) = into.member_mut(index)
        {
            let read = value.read(member, &mut Part(part));
            read.map_err(|error| error.within(name))?;
        }
    }
    Ok(())
}

/// The members' names with their texts; `None` if the text doesn't have the form of the pattern.
pub(crate) fn parts<'t>(
    pattern: &'static str,
    text: &'t str,
) -> Option<Vec<(&'static str, &'t str)>> {
    let (start, parts) = split(pattern);
    let mut rest = text.strip_prefix(start)?;
    let mut found = Vec::new();
    for (name, after) in parts {
        let (part, others) = match after {
            "" => (rest, ""),
            after => rest.split_once(after)?,
        };
        rest = others;
        found.push((name, part));
    }
    rest.is_empty().then_some(found)
}

fn timestamp_format(member: &Member) -> TimestampFormat {
    member
        .timestamp_format()
        .unwrap_or(TimestampFormat::DateTime)
}

/// Writes a simple value as text.
struct Text(String);

impl Text {
    fn set(&mut self, text: impl Into<String>) {
        self.0 = text.into();
    }
}

impl Writer for Text {
    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), EncodeError> {
        self.set(value.to_string());
        Ok(())
    }

    fn integer(&mut self, _: &'static Member, value: i64) -> Result<(), EncodeError> {
        self.set(value.to_string());
        Ok(())
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), EncodeError> {
        self.set(value.to_string());
        Ok(())
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), EncodeError> {
        self.set(value.to_string());
        Ok(())
    }

    fn number(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.set(value);
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.set(value);
        Ok(())
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
        self.set(base64::encode(value));
        Ok(())
    }

    fn timestamp(&mut self, member: &'static Member, value: &DateTime) -> Result<(), EncodeError> {
        self.set(format_timestamp(value, timestamp_format(member))?);
        Ok(())
    }
}

/// Reads a simple value from text.
struct Part<'a>(&'a str);

impl Part<'_> {
    fn parsed<T: std::str::FromStr>(&self, kind: &str) -> Result<T, DecodeError> {
        let value = self.0.parse();
        value.map_err(|_| DecodeError::new(format!("expected {kind}")))
    }
}

impl Reader for Part<'_> {
    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        self.parsed("true or false")
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        self.parsed("an integer")
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        self.parsed("a number")
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        Ok(self.0.to_owned())
    }

    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        Ok(self.0.to_owned())
    }

    fn blob(&mut self, _: &'static Member) -> Result<Vec<u8>, DecodeError> {
        base64::decode(self.0).map_err(|_| DecodeError::new("expected base64"))
    }

    fn timestamp(&mut self, member: &'static Member) -> Result<DateTime, DecodeError> {
        parse_timestamp(self.0, timestamp_format(member))
    }
}
