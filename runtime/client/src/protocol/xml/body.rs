//! XML documents as bodies of HTTP messages with bindings.

use super::cursor::Cursor;
use super::error::read_error;
use super::{read, read_members, refuse_others, tag, write};
use crate::error::{DecodeError, EncodeError};
use crate::operation::BodyFormat;
use crate::schema::{Location, Member};
use crate::shape::{Shape, Value};

/// XML documents as bodies.
#[derive(Debug)]
pub(crate) struct Xml {
    /// `@xmlNamespace` of the service: URI and prefix.
    pub(crate) namespace: Option<(&'static str, &'static str)>,
    /// The root element of a response.
    pub(crate) root: Root,
}

/// The root element of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// The element that contains the output's members.
    Output,
    /// The element of the output's only member (`aws.customizations#s3UnwrappedXmlOutput`).
    Member,
    /// An error, with or without a wrapper.
    Error,
}

impl BodyFormat for Xml {
    fn media_type(&self) -> &'static str {
        "application/xml"
    }

    /// The same as the AWS CLI's; the specification doesn't define it.
    fn omits_empty_documents(&self) -> bool {
        true
    }

    fn empty_structure(&self) -> &'static [u8] {
        b""
    }

    fn is_true(&self, text: &str) -> bool {
        read::is_true(text)
    }

    fn write_members(&self, input: &dyn Shape) -> Result<Vec<u8>, EncodeError> {
        let mut body = Vec::with_capacity(256);
        #[cfg(feature = "test-util")]
        if self.root == Root::Member {
            write::each(
                &mut body,
                input,
                |of| of.location() == Location::Body,
                false,
            )?;
            return Ok(body);
        }
        let tag = tag::document(input.schema(), self.namespace);
        write::members(&mut body, tag, input, |member| {
            member.location() == Location::Body
        })?;
        Ok(body)
    }

    fn write_payload(
        &self,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<Vec<u8>, EncodeError> {
        let mut body = Vec::with_capacity(256);
        let tag = tag::payload(member, self.namespace);
        value.write(member, &mut write::XmlWriter::new(&mut body, tag))?;
        Ok(body)
    }

    fn read_members(&self, body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
        match self.root {
            Root::Output => read_members(body, into),
            Root::Member => read_member(body, into),
            Root::Error => read_error(body, into),
        }
    }

    #[cfg(feature = "event-stream")]
    fn error_message(&self, body: &[u8]) -> Option<String> {
        super::error::bare_message(body)
    }

    fn read_payload(
        &self,
        body: &[u8],
        member: &'static Member,
        into: &mut dyn Value,
    ) -> Result<(), DecodeError> {
        let mut cursor = Cursor::new(body)?;
        let root = cursor.root()?;
        let own = [
            Some(member.target().name()),
            member.xml_name().or(member.target().xml_name()),
        ];
        refuse_others(&cursor, &root, &own)?;
        read::value(&mut cursor, root, member, into)?;
        cursor.finish()
    }
}

/// Reads the member whose element is the document, whatever the element's name.
fn read_member(body: &[u8], into: &mut dyn Shape) -> Result<(), DecodeError> {
    let mut cursor = Cursor::new(body)?;
    let root = cursor.root()?;
    refuse_others(&cursor, &root, &[])?;
    let mut members = into.schema().members().iter().enumerate();
    let Some((index, member)) = members.find(|(_, member)| member.location() == Location::Body)
    else {
        return Ok(());
    };
    if let Some(value) = into.member_mut(index) {
        let read = read::document(&mut cursor, root, member, value);
        read.map_err(|error| error.within(member.name()))?;
    }
    cursor.finish()
}
