//! Values to XML.

use super::names::name;
use super::tag::{Tag, flattened, tag};
use crate::error::EncodeError;
use crate::protocol::format::shown;
use crate::protocol::scalars::scalars_as_text;
use crate::schema::{Member, TimestampFormat};
use crate::shape::{Elements, Entries, Shape, Value, Writer};
use crate::timestamp::format_timestamp;
use aws_smithy_types::primitive::Encoder;
use aws_smithy_types::{DateTime, Document, base64};
use quick_xml::escape::{escape, partial_escape};

/// Appends an element, or an attribute's value, to a buffer.
pub(super) struct XmlWriter<'a> {
    out: &'a mut Vec<u8>,
    to: To,
}

/// The output.
#[derive(Clone, Copy)]
enum To {
    Element(Tag),
    Attribute(&'static str),
}

/// Writes the chosen members of a shape as an element: attributes first.
pub(super) fn members(
    out: &mut Vec<u8>,
    tag: Tag,
    shape: &dyn Shape,
    choose: fn(&Member) -> bool,
) -> Result<(), EncodeError> {
    if shape.unknown().is_some() {
        let what = "a member of a union that the model doesn't know can't be sent in XML";
        return Err(EncodeError::new(what));
    }
    open(out, tag);
    each(out, shape, choose, true)?;
    out.push(b'>');
    each(out, shape, choose, false)?;
    close(out, tag);
    Ok(())
}

/// Writes the chosen members of a shape that are attributes, or those that are elements.
pub(super) fn each(
    out: &mut Vec<u8>,
    shape: &dyn Shape,
    choose: fn(&Member) -> bool,
    attributes: bool,
) -> Result<(), EncodeError> {
    let members = shape.schema().members().iter().enumerate();
    for (index, member) in members.filter(|(_, member)| choose(member)) {
        let value = shape.member(index).filter(|value| value.is_set());
        let Some(value) = value.filter(|_| member.is_xml_attribute() == attributes) else {
            continue;
        };
        let to = if attributes {
            To::Attribute(name(member))
        } else {
            To::Element(tag(member))
        };
        value
            .write(member, &mut XmlWriter { out, to })
            .map_err(|error| error.within(member.name()))?;
    }
    Ok(())
}

/// A start tag up to where attributes go.
fn open(out: &mut Vec<u8>, tag: Tag) {
    out.push(b'<');
    out.extend_from_slice(tag.name.as_bytes());
    if let Some((uri, prefix)) = tag.namespace {
        out.extend_from_slice(b" xmlns");
        if !prefix.is_empty() {
            out.push(b':');
            out.extend_from_slice(prefix.as_bytes());
        }
        out.extend_from_slice(b"=\"");
        out.extend_from_slice(escape(uri).as_bytes());
        out.push(b'"');
    }
}

fn close(out: &mut Vec<u8>, tag: Tag) {
    out.extend_from_slice(b"</");
    out.extend_from_slice(tag.name.as_bytes());
    out.push(b'>');
}

impl<'a> XmlWriter<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>, tag: Tag) -> Self {
        Self {
            out,
            to: To::Element(tag),
        }
    }

    fn element(&mut self) -> Result<Tag, EncodeError> {
        match self.to {
            To::Element(tag) => Ok(tag),
            To::Attribute(_) => Err(EncodeError::new("an XML attribute can hold only a scalar")),
        }
    }

    /// Writes one element inside.
    fn inner(
        &mut self,
        tag: Tag,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<(), EncodeError> {
        let to = To::Element(tag);
        value.write(member, &mut XmlWriter { out: self.out, to })
    }

    #[expect(clippy::unnecessary_wraps, reason = "`scalars_as_text!` asks for it")]
    fn text(&mut self, _: &Member, text: &str) -> Result<(), EncodeError> {
        match self.to {
            To::Element(tag) => {
                open(self.out, tag);
                self.out.push(b'>');
                self.out.extend_from_slice(partial_escape(text).as_bytes());
                close(self.out, tag);
            }
            To::Attribute(name) => {
                self.out.push(b' ');
                self.out.extend_from_slice(name.as_bytes());
                self.out.extend_from_slice(b"=\"");
                // Readers replace these characters with spaces in attributes.
                let escaped = escape(text).replace('\n', "&#10;").replace('\t', "&#9;");
                self.out.extend_from_slice(escaped.as_bytes());
                self.out.push(b'"');
            }
        }
        Ok(())
    }
}

impl Writer for XmlWriter<'_> {
    fn structure(&mut self, _: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        let tag = self.element()?;
        members(self.out, tag, value, |_| true)
    }

    fn list(&mut self, member: &'static Member, value: &dyn Elements) -> Result<(), EncodeError> {
        let [of] = member.target().members() else {
            return Err(EncodeError::new("expected a list"));
        };
        let outer = self.element()?;
        let is_flat = member.is_xml_flattened();
        let inner = if is_flat {
            flattened(member, of)
        } else {
            tag(of)
        };
        if !is_flat {
            open(self.out, outer);
            self.out.push(b'>');
        }
        for index in 0..value.len() {
            match value.get(index) {
                Some(value) => self
                    .inner(inner, of, value)
                    .map_err(|error| error.within(&format!("[{index}]")))?,
                None => XmlWriter::new(self.out, inner).text(of, "")?,
            }
        }
        if !is_flat {
            close(self.out, outer);
        }
        Ok(())
    }

    fn map(&mut self, member: &'static Member, value: &dyn Entries) -> Result<(), EncodeError> {
        let [key_member, value_member] = member.target().members() else {
            return Err(EncodeError::new("expected a map"));
        };
        let outer = self.element()?;
        let is_flat = member.is_xml_flattened();
        let entry = if is_flat {
            flattened(member, member)
        } else {
            Tag {
                name: "entry",
                namespace: None,
            }
        };
        if !is_flat {
            open(self.out, outer);
            self.out.push(b'>');
        }
        value.each(&mut |key, value: Option<&dyn Value>| {
            open(self.out, entry);
            self.out.push(b'>');
            XmlWriter::new(self.out, tag(key_member)).text(key_member, key)?;
            match value {
                Some(value) => self
                    .inner(tag(value_member), value_member, value)
                    .map_err(|error| error.within(&shown(key, key_member)))?,
                None => XmlWriter::new(self.out, tag(value_member)).text(value_member, "")?,
            }
            close(self.out, entry);
            Ok(())
        })?;
        if !is_flat {
            close(self.out, outer);
        }
        Ok(())
    }

    scalars_as_text!();

    fn document(&mut self, _: &'static Member, _: &Document) -> Result<(), EncodeError> {
        Err(EncodeError::new("XML can't hold a document"))
    }
}
