//! Values from XML.

use super::cursor::{Cursor, local, local_name};
use super::names::name;
use crate::error::DecodeError;
use crate::protocol::format::shown;
use crate::protocol::untyped::of_kind;
use crate::schema::{Kind, Member, Schema, TimestampFormat};
use crate::shape::{ElementsMut, EntriesMut, Reader, Shape, UnknownMember, Untyped, Value};
use crate::timestamp::parse_timestamp;
use aws_smithy_types::{DateTime, Document, base64};
use quick_xml::events::BytesStart;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The reader of one value.
pub(super) struct XmlReader<'c, 'a> {
    cursor: &'c mut Cursor<'a>,
    from: From<'a>,
    /// Whether it is the whole document, in which case an empty one counts as no value.
    is_document: bool,
}

/// The source of a value.
enum From<'a> {
    /// An element that the cursor has just entered and leaves after the value.
    Element(BytesStart<'a>),
    /// An attribute's value.
    Attribute(String),
    /// An element of a flattened list that the cursor has just entered, and its index.
    Listed(BytesStart<'a>, usize),
    /// The offsets of a flattened map's entries, which the cursor has already passed.
    Passed(Vec<usize>),
}

/// How elements are matched with members.
pub(super) type Fits = fn(&Member, &str) -> bool;

/// By the member's XML name; namespace prefixes are ignored.
pub(super) fn is_called(member: &Member, element: &str) -> bool {
    local(name(member)) == element
}

/// Reads the value whose element is the document.
#[cfg(feature = "rest-xml")]
pub(super) fn document<'a>(
    cursor: &mut Cursor<'a>,
    element: BytesStart<'a>,
    member: &'static Member,
    into: &mut dyn Value,
) -> Result<(), DecodeError> {
    let from = From::Element(element);
    let mut reader = XmlReader {
        is_document: true,
        ..XmlReader::new(cursor, from)
    };
    let read = into.read(member, &mut reader);
    read.map_err(|error| cursor.located(error))
}

/// Reads the value of an element that the cursor has just entered.
pub(super) fn value<'a>(
    cursor: &mut Cursor<'a>,
    element: BytesStart<'a>,
    member: &'static Member,
    into: &mut dyn Value,
) -> Result<(), DecodeError> {
    let from = From::Element(element);
    let read = into.read(member, &mut XmlReader::new(cursor, from));
    read.map_err(|error| cursor.located(error))
}

/// Reads the members of a structure or union from an element that the cursor has just entered. Returns their number.
pub(super) fn members(
    cursor: &mut Cursor<'_>,
    element: &BytesStart<'_>,
    into: &mut dyn Shape,
    fits: Fits,
) -> Result<usize, DecodeError> {
    let schema = into.schema();
    let mut found = attributes(cursor, element, into, fits)?;
    // The elements of a flattened collection can be interleaved with others.
    let mut listed = BTreeMap::<usize, usize>::new();
    let mut passed = BTreeMap::<usize, Vec<usize>>::new();
    while let Some(child) = cursor.child()? {
        match find(schema, local_name(&child), fits) {
            Some((index, member)) if member.is_xml_flattened() => {
                if member.target().kind() == Kind::Map {
                    passed.entry(index).or_default().push(cursor.entered());
                    cursor.skip()?;
                } else {
                    let count = listed.entry(index).or_default();
                    put(cursor, From::Listed(child, *count), index, into)?;
                    *count += 1;
                }
            }
            Some((index, _)) => {
                put(cursor, From::Element(child), index, into)?;
                found += 1;
            }
            None if schema.kind() == Kind::Union => {
                // XML has no types, so an unknown value can't be read.
                into.set_unknown(UnknownMember {
                    name: local_name(&child).to_owned(),
                    value: Document::Null,
                });
                cursor.skip()?;
                found += 1;
            }
            None => cursor.skip()?,
        }
    }
    found += listed.len() + passed.len();
    for (index, offsets) in passed {
        put(cursor, From::Passed(offsets), index, into)?;
    }
    if schema.kind() == Kind::Union && found != 1 {
        let what = format!("expected one member of the union, found {found}");
        return Err(cursor.error(&what));
    }
    Ok(found)
}

/// The member for an element with this name.
fn find(schema: &'static Schema, element: &str, fits: Fits) -> Option<(usize, &'static Member)> {
    let mut members = schema.members().iter().enumerate();
    members.find(|(_, member)| fits(member, element) && !member.is_xml_attribute())
}

/// Reads the members that are attributes. Returns their number.
fn attributes(
    cursor: &mut Cursor<'_>,
    element: &BytesStart<'_>,
    into: &mut dyn Shape,
    fits: Fits,
) -> Result<usize, DecodeError> {
    let mut found = 0;
    for (index, member) in into.schema().members().iter().enumerate() {
        if !(member.is_xml_attribute() && fits(member, local(name(member)))) {
            continue;
        }
        if let Some(text) = cursor.attribute(element, name(member))? {
            put(cursor, From::Attribute(text), index, into)?;
            found += 1;
        }
    }
    Ok(found)
}

/// Reads a member.
fn put<'a>(
    cursor: &mut Cursor<'a>,
    from: From<'a>,
    index: usize,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let member = into.schema().members().get(index);
    let (Some(member), Some(value)) = (member, into.member_mut(index)) else {
        return Err(cursor.error("there is no place for this member"));
    };
    let read = value.read(member, &mut XmlReader::new(cursor, from));
    read.map_err(|error| cursor.located(error).within(member.name()))
}

impl<'c, 'a> XmlReader<'c, 'a> {
    fn new(cursor: &'c mut Cursor<'a>, from: From<'a>) -> Self {
        Self {
            cursor,
            from,
            is_document: false,
        }
    }

    fn element(&mut self) -> Result<BytesStart<'a>, DecodeError> {
        match std::mem::replace(&mut self.from, From::Passed(Vec::new())) {
            From::Element(element) => Ok(element),
            From::Attribute(_) | From::Listed(..) | From::Passed(_) => {
                Err(self.cursor.error("expected an element of its own"))
            }
        }
    }

    fn text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        match &mut self.from {
            From::Element(_) => self.cursor.text(),
            From::Attribute(text) => Ok(Cow::Owned(std::mem::take(text))),
            From::Listed(..) | From::Passed(_) => {
                Err(self.cursor.error("expected text, found elements"))
            }
        }
    }

    /// Applies `parse` to the text without surrounding blanks.
    fn parse<T>(
        &mut self,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, DecodeError> {
        let text = self.text()?;
        parse(text.trim()).ok_or_else(|| {
            let what = format!("expected {expected}, found other text");
            self.cursor.error(&what)
        })
    }

    /// Calls `each` with every element of a collection that has this name, wherever it is.
    fn each(
        &mut self,
        called: &str,
        each: &mut dyn FnMut(&mut Cursor<'a>, BytesStart<'a>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        match &self.from {
            From::Element(_) => {
                while let Some(child) = self.cursor.child()? {
                    if local_name(&child) == local(called) {
                        each(self.cursor, child)?;
                    } else {
                        self.cursor.skip()?;
                    }
                }
                Ok(())
            }
            From::Attribute(_) | From::Listed(..) => {
                Err(self.cursor.error("expected elements of their own"))
            }
            From::Passed(offsets) => offsets.iter().try_for_each(|offset| {
                let mut cursor = self.cursor.back(*offset);
                let element = cursor.root()?;
                each(&mut cursor, element)
            }),
        }
    }
}

/// Reads one entry of a map from an element that the cursor has just entered. The value may come first.
fn entry(
    cursor: &mut Cursor<'_>,
    members: [&'static Member; 2],
    into: &mut dyn EntriesMut,
) -> Result<(), DecodeError> {
    let [key_member, value_member] = members;
    let (mut key, mut early, mut has_value) = (None, None, false);
    while let Some(child) = cursor.child()? {
        let called = local_name(&child);
        if called == local(name(key_member)) {
            key = Some(cursor.text().map_err(|error| error.within("key"))?);
        } else if called != local(name(value_member)) {
            cursor.skip()?;
        } else if let Some(key) = &key {
            keyed(cursor, child, key, members, into)?;
            has_value = true;
        } else {
            early = Some(cursor.entered());
            cursor.skip()?;
        }
    }
    let Some(key) = key else {
        return Err(cursor.error("an entry of the map has no key"));
    };
    match early {
        Some(offset) => {
            let mut cursor = cursor.back(offset);
            let element = cursor.root()?;
            keyed(&mut cursor, element, &key, members, into)?;
        }
        None if has_value => {}
        None => into.entry_null(&key),
    }
    Ok(())
}

/// Reads the value of a map's key.
fn keyed<'a>(
    cursor: &mut Cursor<'a>,
    element: BytesStart<'a>,
    key: &str,
    [key_member, value_member]: [&'static Member; 2],
    into: &mut dyn EntriesMut,
) -> Result<(), DecodeError> {
    let read = value(cursor, element, value_member, into.entry(key));
    read.map_err(|error| error.within(&shown(key, key_member)))
}

impl<'a> Reader for XmlReader<'_, 'a> {
    fn structure(&mut self, _: &'static Member, into: &mut dyn Shape) -> Result<(), DecodeError> {
        let element = self.element()?;
        members(self.cursor, &element, into, is_called).map(drop)
    }

    fn list(
        &mut self,
        member: &'static Member,
        into: &mut dyn ElementsMut,
    ) -> Result<(), DecodeError> {
        let [of] = member.target().members() else {
            return Err(DecodeError::new("expected a list"));
        };
        let mut read = |cursor: &mut Cursor<'a>, element, index: usize| {
            value(cursor, element, of, into.push())
                .map_err(|error| error.within(&format!("[{index}]")))
        };
        if let From::Listed(element, index) = &self.from {
            return read(self.cursor, element.clone(), *index);
        }
        let mut index = 0_usize;
        self.each(name(of), &mut |cursor, element| {
            index += 1;
            read(cursor, element, index - 1)
        })
    }

    fn continues(&self) -> bool {
        matches!(self.from, From::Listed(_, 1..))
    }

    fn map(
        &mut self,
        member: &'static Member,
        into: &mut dyn EntriesMut,
    ) -> Result<(), DecodeError> {
        let [key, value] = member.target().members() else {
            return Err(DecodeError::new("expected a map"));
        };
        self.each("entry", &mut |cursor, _| entry(cursor, [key, value], into))
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        self.text().map(|text| is_true(&text))
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        self.parse("an integer of at most 64 bits", |text| text.parse().ok())
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        self.parse("a number", double)
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.parse("a number", |text| Some(text.to_owned()))
    }

    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        self.text().map(Cow::into_owned)
    }

    fn blob(&mut self, _: &'static Member) -> Result<Vec<u8>, DecodeError> {
        self.parse("Base64", |text| {
            let compact: String = text.split_ascii_whitespace().collect();
            base64::decode(compact).ok()
        })
    }

    fn timestamp(&mut self, member: &'static Member) -> Result<DateTime, DecodeError> {
        let format = member
            .timestamp_format()
            .unwrap_or(TimestampFormat::DateTime);
        let text = self.text()?;
        let read = parse_timestamp(text.trim(), format);
        read.map_err(|error| self.cursor.error(&error.to_string()))
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, DecodeError> {
        Err(self.cursor.error("XML can't hold a document"))
    }

    fn untyped(&mut self, member: &'static Member) -> Result<Untyped, DecodeError> {
        let kind = member.target().kind();
        match kind {
            Kind::Structure | Kind::Union | Kind::List | Kind::Map => Err(self.other(member)),
            Kind::Boolean => self.boolean(member).map(Untyped::Boolean),
            Kind::String | Kind::Enum => Ok(match self.string(member)? {
                text if text.is_empty() && self.is_document => Untyped::Null,
                text => Untyped::String(text),
            }),
            Kind::Float | Kind::Double => {
                // Rust accepts more forms than XML Schema.
                let text = |text: &str| double(text).map(|_| text.to_owned());
                of_kind(kind, Untyped::String(self.parse("a number", text)?))
            }
            Kind::Byte
            | Kind::Short
            | Kind::Integer
            | Kind::Long
            | Kind::IntEnum
            | Kind::BigInteger
            | Kind::BigDecimal
            // These keep the received text.
            | Kind::Blob
            | Kind::Timestamp => {
                let text = self.text()?.trim().to_owned();
                of_kind(kind, Untyped::String(text))
            }
            Kind::Document => self.document(member).map(|_| Untyped::Null),
        }
    }
}

/// Whether a boolean is true. Any other text is false, as in the AWS CLI.
pub(super) fn is_true(text: &str) -> bool {
    text == "true"
}

/// A floating-point number as XML Schema writes it; Rust would also accept `inf`.
fn double(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        digits if digits.ends_with(|c: char| c.is_ascii_digit() || c == '.') => digits.parse().ok(),
        _ => None,
    }
}
