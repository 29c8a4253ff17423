//! Members of inputs and outputs that are known by their names.

use crate::error::{DecodeError, EncodeError};
use crate::schema::Member;
use crate::shape::{ElementsMut, Entries, Reader, Shape, Value, Writer};
use aws_smithy_types::DateTime;

/// A value that was found at a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    Boolean(bool),
    Integer(i64),
    Text(String),
    Time(DateTime),
    Texts(Vec<(String, String)>),
}

/// The value at a path: names of members joined by dots.
pub(super) fn find(shape: &dyn Shape, path: &str) -> Option<Found> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let (index, member) = shape.schema().member(name)?;
    let value = shape.member(index).filter(|value| value.is_set())?;
    let mut finder = Finder { rest, found: None };
    value.write(member, &mut finder).ok()?;
    finder.found
}

/// Finds the value at the rest of a path.
struct Finder<'a> {
    rest: &'a str,
    found: Option<Found>,
}

impl Finder<'_> {
    fn put(&mut self, found: Found) {
        if self.rest.is_empty() {
            self.found = Some(found);
        }
    }
}

impl Writer for Finder<'_> {
    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        if !self.rest.is_empty() {
            self.found = find(value, self.rest);
        }
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let mut texts = Vec::new();
        let of_value = member.target().members().get(1);
        value.each(&mut |key, value| {
            let mut finder = Finder {
                rest: "",
                found: None,
            };
            if let (Some(of_value), Some(value)) = (of_value, value) {
                value.write(of_value, &mut finder)?;
            }
            if let Some(Found::Text(text)) = finder.found {
                texts.push((key.to_owned(), text));
            }
            Ok(())
        })?;
        self.put(Found::Texts(texts));
        Ok(())
    }

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), EncodeError> {
        self.put(Found::Boolean(value));
        Ok(())
    }

    fn integer(&mut self, _: &'static Member, value: i64) -> Result<(), EncodeError> {
        self.put(Found::Integer(value));
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.put(Found::Text(value.to_owned()));
        Ok(())
    }

    fn timestamp(&mut self, _: &'static Member, value: &DateTime) -> Result<(), EncodeError> {
        self.put(Found::Time(*value));
        Ok(())
    }
}

/// Whether a member is set.
pub(super) fn is_set(shape: &dyn Shape, name: &str) -> bool {
    let member = shape.schema().member(name);
    let value = member.and_then(|(index, _)| shape.member(index));
    value.is_some_and(Value::is_set)
}

/// Sets a member; that of a list gets one element. A name that the shape doesn't have is ignored.
pub(super) fn set(shape: &mut dyn Shape, name: &str, value: Found) -> Result<(), DecodeError> {
    let Some((index, member)) = shape.schema().member(name) else {
        return Ok(());
    };
    match shape.member_mut(index) {
        Some(place) => place.read(member, &mut Given(value)),
        None => Ok(()),
    }
}

/// Reads a value that is known.
struct Given(Found);

impl Reader for Given {
    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        match member.target().members().first() {
            Some(element) => into.push().read(element, self),
            None => Ok(()),
        }
    }

    fn boolean(&mut self, member: &'static Member) -> Result<bool, DecodeError> {
        match self.0 {
            Found::Boolean(value) => Ok(value),
            _ => Err(self.other(member)),
        }
    }

    fn integer(&mut self, member: &'static Member) -> Result<i64, DecodeError> {
        match self.0 {
            Found::Integer(value) => Ok(value),
            _ => Err(self.other(member)),
        }
    }

    fn string(&mut self, member: &'static Member) -> Result<String, DecodeError> {
        match &self.0 {
            Found::Text(text) => Ok(text.clone()),
            _ => Err(self.other(member)),
        }
    }
}

/// The names of the idempotency tokens that aren't set.
pub(super) fn unset_tokens(shape: &dyn Shape) -> Vec<&'static str> {
    let members = shape.schema().members().iter();
    let tokens = members.filter(|member| member.is_idempotency_token());
    let names = tokens.map(Member::name);
    names.filter(|name| !is_set(shape, name)).collect()
}
