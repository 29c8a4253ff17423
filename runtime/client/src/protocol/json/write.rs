//! Values to JSON.

use super::union::is_special;
use super::{Dialect, is_data};
use crate::error::EncodeError;
use crate::protocol::format::shown;
use crate::schema::{Member, TimestampFormat};
use crate::shape::{Elements, Entries, Shape, Value, Writer};
use crate::timestamp::format_timestamp;
use aws_smithy_types::{DateTime, Document, Number, base64};

/// Appends JSON to a buffer.
pub(super) struct JsonWriter<'a> {
    out: &'a mut Vec<u8>,
    dialect: Dialect,
    /// The discriminator of a union, and its value, for the structure that comes next.
    tag: Option<(&'static str, &'static str)>,
}

/// Writes the members of an input that are in the body.
pub(super) fn document(
    out: &mut Vec<u8>,
    dialect: Dialect,
    input: &dyn Shape,
) -> Result<(), EncodeError> {
    members(out, dialect, input, Dialect::is_in_body, None)
}

/// Writes a value.
pub(super) fn one(
    dialect: Dialect,
    member: &'static Member,
    value: &dyn Value,
) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::with_capacity(256);
    value.write(member, &mut JsonWriter::new(&mut out, dialect))?;
    Ok(out)
}

/// Writes a structure or a union with all its members.
#[cfg(feature = "serde")]
pub(super) fn value(
    out: &mut Vec<u8>,
    dialect: Dialect,
    shape: &dyn Shape,
) -> Result<(), EncodeError> {
    JsonWriter::new(out, dialect).shape(shape)
}

/// Writes the chosen members of a shape as an object.
fn members(
    out: &mut Vec<u8>,
    dialect: Dialect,
    shape: &dyn Shape,
    choose: fn(Dialect, &Member) -> bool,
    tag: Option<(&'static str, &'static str)>,
) -> Result<(), EncodeError> {
    let mut writer = JsonWriter::new(out, dialect);
    writer.out.push(b'{');
    let mut first = true;
    if let Some((key, name)) = tag {
        writer.key(&mut first, key)?;
        writer.plain(name)?;
    }
    for (index, member) in shape.schema().members().iter().enumerate() {
        if let Some(value) = shape.member(index).filter(|_| choose(dialect, member)) {
            writer
                .member(&mut first, member, value)
                .map_err(|error| error.within(member.name()))?;
        }
    }
    if let Some(unknown) = shape.unknown() {
        writer.key(&mut first, &unknown.name)?;
        writer.any_document(&unknown.value)?;
    }
    writer.out.push(b'}');
    Ok(())
}

impl<'a> JsonWriter<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>, dialect: Dialect) -> Self {
        Self {
            out,
            dialect,
            tag: None,
        }
    }

    /// A member of an object, if it is set.
    fn member(
        &mut self,
        first: &mut bool,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<(), EncodeError> {
        if !value.is_set() {
            if member.is_nullable() && value.is_null() {
                self.key(first, self.dialect.name(member))?;
                self.null();
            }
            return Ok(());
        }
        if member.is_json_unknown() {
            return value.write(
                member,
                &mut Inline {
                    writer: self,
                    first,
                },
            );
        }
        self.key(first, self.dialect.name(member))?;
        value.write(member, self)
    }

    fn shape(&mut self, shape: &dyn Shape) -> Result<(), EncodeError> {
        if is_special(shape.schema()) {
            return self.union(shape);
        }
        let tag = self.tag.take();
        members(self.out, self.dialect, shape, is_data, tag)
    }

    /// A union in the encoding that its traits choose.
    fn union(&mut self, union: &dyn Shape) -> Result<(), EncodeError> {
        if let Some(unknown) = union.unknown() {
            return self.any_document(&unknown.value);
        }
        let members = union.schema().members().iter().enumerate();
        let set = |(index, member)| Some((member, union.member(index)?));
        let mut set = members.filter_map(set).filter(|(_, value)| value.is_set());
        let Some((member, value)) = set.next() else {
            return Err(EncodeError::new("no member of the union is set"));
        };
        self.tag = union
            .schema()
            .discriminator()
            .filter(|_| !member.is_json_unknown())
            .map(|key| (key, self.dialect.name(member)));
        let written = value.write(member, self);
        self.tag = None;
        written.map_err(|error| error.within(member.name()))
    }

    /// Writes a value with `serde_json`: strings with escapes, numbers in their shortest form.
    fn plain(&mut self, value: &(impl serde_core::Serialize + ?Sized)) -> Result<(), EncodeError> {
        serde_json::to_writer(&mut *self.out, value)
            .map_err(|error| EncodeError::new(error.to_string()))
    }

    fn separate(&mut self, first: &mut bool) {
        if !std::mem::take(first) {
            self.out.push(b',');
        }
    }

    fn key(&mut self, first: &mut bool, name: &str) -> Result<(), EncodeError> {
        self.separate(first);
        self.plain(name)?;
        self.out.push(b':');
        Ok(())
    }

    fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    fn any_document(&mut self, value: &Document) -> Result<(), EncodeError> {
        match value {
            Document::Null => self.null(),
            Document::Bool(value) => self.plain(value)?,
            Document::String(value) => self.plain(value.as_str())?,
            Document::Number(Number::PosInt(value)) => self.plain(value)?,
            Document::Number(Number::NegInt(value)) => self.plain(value)?,
            Document::Number(Number::Float(value)) => self.any_double(*value)?,
            Document::Array(values) => {
                self.out.push(b'[');
                let mut first = true;
                for value in values {
                    self.separate(&mut first);
                    self.any_document(value)?;
                }
                self.out.push(b']');
            }
            Document::Object(entries) => {
                self.out.push(b'{');
                let mut first = true;
                for (key, value) in entries {
                    self.key(&mut first, key)?;
                    self.any_document(value)?;
                }
                self.out.push(b'}');
            }
        }
        Ok(())
    }

    fn any_double(&mut self, value: f64) -> Result<(), EncodeError> {
        match non_finite(value) {
            Some(name) => self.plain(name),
            None => self.plain(&value),
        }
    }
}

/// The strings for floating-point numbers that JSON can't express.
fn non_finite(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

impl Writer for JsonWriter<'_> {
    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        self.shape(value)
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        let [element] = member.target().members() else {
            return Err(EncodeError::new("expected a list"));
        };
        self.out.push(b'[');
        let mut first = true;
        for index in 0..value.len() {
            self.separate(&mut first);
            match value.get(index) {
                Some(value) => {
                    value
                        .write(element, self)
                        .map_err(|error| error.within(&format!("[{index}]")))?;
                }
                None => self.null(),
            }
        }
        self.out.push(b']');
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let [key_member, value_member] = member.target().members() else {
            return Err(EncodeError::new("expected a map"));
        };
        self.out.push(b'{');
        let mut first = true;
        value.each(&mut |key, value: Option<&dyn Value>| {
            self.key(&mut first, key)?;
            match value {
                Some(value) => value
                    .write(value_member, self)
                    .map_err(|error| error.within(&shown(key, key_member)))?,
                None => self.null(),
            }
            Ok(())
        })?;
        self.out.push(b'}');
        Ok(())
    }

    fn boolean(&mut self, _: &'static Member, value: bool) -> Result<(), EncodeError> {
        self.plain(&value)
    }

    fn integer(&mut self, _: &'static Member, value: i64) -> Result<(), EncodeError> {
        self.plain(&value)
    }

    fn float(&mut self, _: &'static Member, value: f32) -> Result<(), EncodeError> {
        match non_finite(f64::from(value)) {
            Some(name) => self.plain(name),
            None => self.plain(&value),
        }
    }

    fn double(&mut self, _: &'static Member, value: f64) -> Result<(), EncodeError> {
        self.any_double(value)
    }

    /// A number of any size. Numbers outside JSON's grammar (`+5`, `.5`, `007`, `NaN`) are written as strings.
    fn number(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        let starts = value.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        let is_string = !starts || self.dialect.big_numbers_as_strings;
        if is_string || serde_json::from_str::<serde_core::de::IgnoredAny>(value).is_err() {
            return self.plain(value);
        }
        self.out.extend_from_slice(value.as_bytes());
        Ok(())
    }

    fn string(&mut self, _: &'static Member, value: &str) -> Result<(), EncodeError> {
        self.plain(value)
    }

    fn blob(&mut self, _: &'static Member, value: &[u8]) -> Result<(), EncodeError> {
        self.out.push(b'"');
        self.out.extend_from_slice(base64::encode(value).as_bytes());
        self.out.push(b'"');
        Ok(())
    }

    fn timestamp(&mut self, member: &'static Member, value: &DateTime) -> Result<(), EncodeError> {
        let format = self.dialect.timestamp_format(member);
        let text = format_timestamp(value, format)?;
        match format {
            TimestampFormat::EpochSeconds => self.out.extend_from_slice(text.as_bytes()),
            TimestampFormat::DateTime | TimestampFormat::HttpDate => self.plain(text.as_str())?,
        }
        Ok(())
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Result<(), EncodeError> {
        self.any_document(value)
    }
}

/// Writes the entries of a map or document into the object around it: what a member with `alloy#jsonUnknown` holds.
struct Inline<'w, 'a> {
    writer: &'w mut JsonWriter<'a>,
    first: &'w mut bool,
}

impl Writer for Inline<'_, '_> {
    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let [_, value_member] = member.target().members() else {
            return self.other(member);
        };
        value.each(&mut |key, value| {
            self.writer.key(self.first, key)?;
            if let Some(value) = value {
                return value.write(value_member, self.writer);
            }
            self.writer.null();
            Ok(())
        })
    }

    fn document(&mut self, _: &'static Member, value: &Document) -> Result<(), EncodeError> {
        let Document::Object(entries) = value else {
            return Err(EncodeError::new("expected an object"));
        };
        for (key, value) in entries {
            self.writer.key(self.first, key)?;
            self.writer.any_document(value)?;
        }
        Ok(())
    }
}
