//! Page tokens of any kind, which are copied from an output to the next input.

use crate::error::{DecodeError, EncodeError};
use crate::record::{Any, Record};
use crate::schema::{Kind, Member};
use crate::shape::{
    Elements, ElementsMut, Entries, EntriesMut, Reader, Shape, Untyped, Value, Writer,
};
use aws_smithy_types::{DateTime, Document};

/// The value at a path of member names with dots; none if it isn't set, or is false, zero or empty.
pub(crate) fn find(output: &dyn Shape, path: &str) -> Option<Any> {
    at(output, path).filter(|found| !found.is_blank())
}

fn at(output: &dyn Shape, path: &str) -> Option<Any> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let (index, member) = output.schema().member(name)?;
    copy(output.member(index)?, member, rest)
}

/// Puts the value into the member of that name.
pub(crate) fn put(input: &mut dyn Shape, name: &str, value: Any) -> Result<(), DecodeError> {
    let Some((index, member)) = input.schema().member(name) else {
        return Err(unlike());
    };
    let place = input.member_mut(index).ok_or_else(unlike)?;
    place.read(member, &mut Paste(Some(value)))
}

/// The value at a path below a value; an empty path is the value itself.
fn copy(value: &dyn Value, member: &'static Member, path: &str) -> Option<Any> {
    if !value.is_set() {
        return None;
    }
    let mut copy = Copy { path, found: None };
    value.write(member, &mut copy).ok()?;
    copy.found
}

fn unlike() -> DecodeError {
    DecodeError::new("the page token of the output doesn't fit the input")
}

/// Keeps the value that is written, or the one at a path below it.
struct Copy<'a> {
    path: &'a str,
    found: Option<Any>,
}

impl Copy<'_> {
    #[allow(clippy::unnecessary_wraps)] // what every method of a writer gives
    fn keep(&mut self, value: Any) -> Result<(), EncodeError> {
        if self.path.is_empty() {
            self.found = Some(value);
        }
        Ok(())
    }
}

impl Writer for Copy<'_> {
    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        if !self.path.is_empty() {
            self.found = at(value, self.path);
            return Ok(());
        }
        let mut record = Record::new(value.schema());
        for (index, member) in value.schema().members().iter().enumerate() {
            if let Some(copied) = value
                .member(index)
                .and_then(|value| copy(value, member, ""))
            {
                record.set(index, copied);
            }
        }
        self.keep(Any::Structure(record))
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        let element = member.target().members().first();
        let one = |index| copy(value.get(index)?, element?, "");
        self.keep(Any::List(
            (0..value.len())
                .map(|index| one(index).unwrap_or(Any::Null))
                .collect(),
        ))
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let mut entries = Vec::with_capacity(value.len());
        value.each(&mut |key, value| {
            let copied = value
                .zip(member.target().members().last())
                .and_then(|(value, member)| copy(value, member, ""));
            entries.push((key.to_owned(), copied.unwrap_or(Any::Null)));
            Ok(())
        })?;
        self.keep(Any::Map(entries))
    }

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), EncodeError> {
        self.keep(Any::Boolean(value))
    }

    fn integer(&mut self, _: &'static Member, value: i64) -> Result<(), EncodeError> {
        self.keep(Any::Number(value.to_string()))
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), EncodeError> {
        self.keep(Any::Number(value.to_string()))
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), EncodeError> {
        self.keep(Any::Number(value.to_string()))
    }

    fn number(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.keep(Any::Number(value.to_owned()))
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.keep(Any::String(value.to_owned()))
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
        self.keep(Any::Blob(value.to_owned()))
    }

    fn timestamp(&mut self, _: &'static Member, value: &DateTime) -> Result<(), EncodeError> {
        self.keep(Any::Timestamp(*value))
    }

    fn document(&mut self, _: &'static Member, _: &Document) -> Result<(), EncodeError> {
        Err(EncodeError::new("a document can't be a page token"))
    }
}

/// Reads a value that [`Copy`] kept.
struct Paste(Option<Any>);

impl Paste {
    fn next(&mut self) -> Result<Any, DecodeError> {
        self.0.take().ok_or_else(unlike)
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        match self.next()? {
            Any::String(text) | Any::Number(text) => Ok(text),
            _ => Err(unlike()),
        }
    }
}

impl Reader for Paste {
    fn other(&self, _: &'static Member) -> DecodeError {
        unlike()
    }

    fn structure(&mut self, _: &'static Member, into: &mut dyn Shape) -> Result<(), DecodeError> {
        let Any::Structure(mut record) = self.next()? else {
            return Err(unlike());
        };
        for index in 0..record.schema().members().len() {
            let Some(value) = record.take(index) else {
                continue;
            };
            let member = into.schema().members().get(index).ok_or_else(unlike)?;
            into.member_mut(index)
                .ok_or_else(unlike)?
                .read(member, &mut Self(Some(value)))?;
        }
        Ok(())
    }

    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        let Any::List(values) = self.next()? else {
            return Err(unlike());
        };
        let member = member.target().members().first().ok_or_else(unlike)?;
        for value in values {
            match value {
                Any::Null => into.push_null(),
                value => into.push().read(member, &mut Self(Some(value)))?,
            }
        }
        Ok(())
    }

    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let Any::Map(entries) = self.next()? else {
            return Err(unlike());
        };
        let member = member.target().members().last().ok_or_else(unlike)?;
        for (key, value) in entries {
            match value {
                Any::Null => into.entry_null(&key),
                value => into.entry(&key).read(member, &mut Self(Some(value)))?,
            }
        }
        Ok(())
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        match self.next()? {
            Any::Boolean(value) => Ok(value),
            _ => Err(unlike()),
        }
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        self.text()?.parse().map_err(|_| unlike())
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        self.text()?.parse().map_err(|_| unlike())
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text()
    }

    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text()
    }

    fn blob(&mut self, member: &'static Member) -> Result<Vec<u8>, DecodeError> {
        match self.next()? {
            Any::Blob(bytes) => Ok(bytes),
            Any::String(text) if member.target().kind() == Kind::Blob => {
                aws_smithy_types::base64::decode(text).map_err(|_| unlike())
            }
            _ => Err(unlike()),
        }
    }

    fn timestamp(&mut self, _: &'static Member) -> Result<DateTime, DecodeError> {
        match self.next()? {
            Any::Timestamp(time) => Ok(time),
            _ => Err(unlike()),
        }
    }

    fn untyped(&mut self, _: &'static Member) -> Result<Untyped, DecodeError> {
        let value = self.next()?;
        Untyped::try_from(&value).map_err(|_| unlike())
    }
}
