//! Writes an event to a message.

use super::EventFormat;
use super::header::HeaderWriter;
use crate::error::{DecodeError, EncodeError};
use crate::schema::{Kind, Location, Member, Schema, UNIT};
use crate::shape::{Reader, Shape, Value, Writer};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::Bytes;

impl EventFormat {
    /// The message of one event: a variant of a stream's union.
    pub(crate) fn write(&self, event: &dyn Shape) -> Result<Message, EncodeError> {
        let index = event.variant();
        let member = index.and_then(|index| Some((index, event.schema().members().get(index)?)));
        let Some((index, member)) = member else {
            return Err(EncodeError::new(
                "an event that the model does not know can't be sent",
            ));
        };
        let (kind, type_header) = if member.target().is_error() {
            ("exception", ":exception-type")
        } else {
            ("event", ":event-type")
        };
        let mut writer = EventWriter {
            format: self,
            message: message(kind, type_header, member.name()),
        };
        event
            .member(index)
            .map_or(Ok(()), |value| value.write(member, &mut writer))
            .map_err(|error| error.within(member.name()))?;
        Ok(writer.message.finish())
    }

    /// The message that carries the other members of an input.
    pub(crate) fn initial_request(&self, document: Bytes) -> Message {
        let mut out = message("event", ":event-type", "initial-request");
        out.payload(self.media_type, document);
        out.finish()
    }
}

/// A message under construction: headers are in the order of the specification's examples.
#[derive(Default)]
struct Parts {
    headers: Vec<Header>,
    payload: Bytes,
}

fn message(kind: &'static str, type_header: &'static str, of: &'static str) -> Parts {
    let mut out = Parts::default();
    out.header(":message-type", kind);
    out.header(type_header, of);
    out
}

impl Parts {
    fn header(&mut self, name: &'static str, value: &'static str) {
        let value = HeaderValue::String(value.into());
        self.headers.push(Header::new(name, value));
    }

    fn payload(&mut self, content_type: &'static str, payload: Bytes) {
        self.header(":content-type", content_type);
        self.payload = payload;
    }

    fn finish(self) -> Message {
        Message::new_from_parts(self.headers, self.payload)
    }
}

/// Writes the structure in a variant.
struct EventWriter<'a> {
    format: &'a EventFormat,
    message: Parts,
}

impl EventWriter<'_> {
    fn event(&mut self, variant: &'static Member, event: &dyn Shape) -> Result<(), EncodeError> {
        self.payload(variant, event)?;
        let set = |index: usize| event.member(index).filter(|value| value.is_set());
        for (index, member) in event.schema().members().iter().enumerate() {
            if member.location() != Location::EventHeader {
                continue;
            }
            let Some(value) = set(index) else { continue };
            let mut writer = HeaderWriter::default();
            value
                .write(member, &mut writer)
                .map_err(|error| error.within(member.name()))?;
            let value = writer.value.into_iter();
            let headers = value.map(|value| Header::new(member.name(), value));
            self.message.headers.extend(headers);
        }
        Ok(())
    }

    fn payload(&mut self, variant: &'static Member, event: &dyn Shape) -> Result<(), EncodeError> {
        let members = event.schema().members();
        let bound = |member: &&Member| member.location() == Location::EventPayload;
        let Some(member) = members.iter().find(bound) else {
            return self.document(variant, event);
        };
        let value = event.schema().member(member.name());
        let value = value.and_then(|(index, _)| event.member(index));
        let Some(value) = value.filter(|value| value.is_set()) else {
            return Ok(());
        };
        let written = self.payload_member(member, value);
        written.map_err(|error| error.within(member.name()))
    }

    /// The document with the members that aren't bound elsewhere, if there are any.
    fn document(&mut self, variant: &'static Member, event: &dyn Shape) -> Result<(), EncodeError> {
        let mut members = event.schema().members().iter();
        if members.all(|member| member.location() == Location::EventHeader) {
            return Ok(());
        }
        let value = Unbound(Some(event));
        let document = self.format.documents.write_payload(variant, &value)?;
        self.message
            .payload(self.format.media_type, document.into());
        Ok(())
    }

    fn payload_member(
        &mut self,
        member: &'static Member,
        value: &dyn Value,
    ) -> Result<(), EncodeError> {
        let default = match member.target().kind() {
            Kind::Blob => "application/octet-stream",
            Kind::String | Kind::Enum => "text/plain",
            _ => {
                let document = self.format.documents.write_payload(member, value)?;
                self.message
                    .payload(self.format.media_type, document.into());
                return Ok(());
            }
        };
        let mut writer = HeaderWriter::default();
        value.write(member, &mut writer)?;
        let bytes = match writer.value {
            Some(HeaderValue::ByteArray(bytes)) => bytes,
            Some(HeaderValue::String(text)) => text.as_bytes().clone(),
            _ => {
                return Err(EncodeError::new(
                    "this type can't be the payload of an event",
                ));
            }
        };
        self.message
            .payload(member.media_type().unwrap_or(default), bytes);
        Ok(())
    }
}

/// An event without the members that are bound to headers.
struct Unbound<'a>(Option<&'a dyn Shape>);

impl Shape for Unbound<'_> {
    fn schema(&self) -> &'static Schema {
        self.0.map_or(&UNIT, Shape::schema)
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        let event = self.0?;
        let member = event.schema().members().get(index)?;
        event
            .member(index)
            .filter(|_| member.location() != Location::EventHeader)
    }

    fn member_mut(&mut self, _: usize) -> Option<&mut dyn Value> {
        None
    }

    fn blank() -> Self {
        Self(None)
    }
}

impl Value for Unbound<'_> {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        to.structure(member, self)
    }

    fn read(&mut self, _: &'static Member, _: &mut dyn Reader) -> Result<(), DecodeError> {
        Ok(())
    }

    fn blank() -> Self {
        Self(None)
    }
}

impl Writer for EventWriter<'_> {
    fn other(&mut self, _: &'static Member) -> Result<(), EncodeError> {
        Err(EncodeError::new("an event must be a structure"))
    }

    fn structure(&mut self, member: &'static Member, value: &dyn Shape) -> Result<(), EncodeError> {
        self.event(member, value)
    }
}
