//! Reads an event from a message ("Amazon Event Stream Specification", "Amazon Event Semantics").

use super::EventFormat;
use super::header::{HeaderReader, find, optional};
use crate::error::{DecodeError, EncodeError};
use crate::record::{Any, Record};
use crate::schema::{DOCUMENT, Kind, Location, Member, Schema, UNIT};
use crate::shape::{Reader, Shape, Value, Writer};
use aws_smithy_types::Document;
use aws_smithy_types::event_stream::{HeaderValue, Message};

/// Stands for the union's member where only its structure is known.
static EVENT: Member = Member::new("event", &UNIT);

impl EventFormat {
    /// Reads an event into the value of its member of the union.
    pub(crate) fn read(
        &self,
        message: &Message,
        member: &'static Member,
        into: &mut dyn Value,
    ) -> Result<(), DecodeError> {
        into.read(
            member,
            &mut EventReader {
                message,
                format: self,
            },
        )
    }

    /// The payload of an event that isn't in the model, as far as it can be read without a schema.
    pub(crate) fn read_unknown(&self, message: &Message) -> Document {
        static PAYLOAD: Member = Member::new("payload", &DOCUMENT);
        let payload = message.payload();
        if optional(message, ":content-type") == Some(self.media_type) {
            let mut document = Document::Null;
            let read = self
                .documents
                .read_payload(payload, &PAYLOAD, &mut document);
            return read.map_or(Document::Null, |()| document);
        }
        match std::str::from_utf8(payload) {
            Ok(text) if !text.is_empty() => Document::String(text.to_owned()),
            _ => Document::Null,
        }
    }

    /// The message member of an error whose type isn't known here.
    pub(crate) fn error_message(
        &self,
        message: &Message,
        schema: &'static Schema,
    ) -> Option<String> {
        let mut record = Record::new(schema);
        let mut reader = EventReader {
            message,
            format: self,
        };
        // An error with an unreadable payload is still that error.
        let _unread = reader.event(&EVENT, &mut record);
        let members = schema.members().iter();
        let index = members
            .into_iter()
            .position(|member| member.name().eq_ignore_ascii_case("message"))?;
        match record.take(index)? {
            Any::String(text) => Some(text),
            _ => None,
        }
    }

    /// Reads the members of a modelled error in an event.
    pub(crate) fn read_exception(
        &self,
        message: &Message,
        into: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        EventReader {
            message,
            format: self,
        }
        .event(&EVENT, into)
    }
}

/// Reads an event: the structure in a variant of the union. Its members are in headers, in the raw payload, or in a document
/// in the payload.
struct EventReader<'a> {
    message: &'a Message,
    format: &'a EventFormat,
}

impl EventReader<'_> {
    fn event(&mut self, event: &'static Member, into: &mut dyn Shape) -> Result<(), DecodeError> {
        self.payload(event, into)?;
        for (index, member) in into.schema().members().iter().enumerate() {
            if member.location() != Location::EventHeader {
                continue;
            }
            if let (Some(value), Some(place)) =
                (find(self.message, member.name()), into.member_mut(index))
            {
                place
                    .read(member, &mut HeaderReader(value))
                    .map_err(|error| error.within(member.name()))?;
            }
        }
        Ok(())
    }

    fn payload(&mut self, event: &'static Member, into: &mut dyn Shape) -> Result<(), DecodeError> {
        let members = into.schema().members();
        let payload = self.message.payload();
        let bound = members
            .iter()
            .position(|member| member.location() == Location::EventPayload);
        if let Some((index, member)) = bound.and_then(|index| Some((index, members.get(index)?))) {
            let Some(place) = into.member_mut(index) else {
                return Ok(());
            };
            return self
                .payload_member(member, place)
                .map_err(|error| error.within(member.name()));
        }
        let in_document = |member: &Member| member.location() != Location::EventHeader;
        if payload.is_empty() || !members.iter().any(in_document) {
            return Ok(());
        }
        let mut whole = Whole(Some(into));
        self.format
            .documents
            .read_payload(payload, event, &mut whole)
    }

    fn payload_member(
        &mut self,
        member: &'static Member,
        place: &mut dyn Value,
    ) -> Result<(), DecodeError> {
        let payload = self.message.payload();
        match member.target().kind() {
            Kind::Blob => place.read(
                member,
                &mut HeaderReader(&HeaderValue::ByteArray(payload.clone())),
            ),
            Kind::String | Kind::Enum => {
                let text = payload.clone().try_into();
                let text =
                    text.map_err(|_| DecodeError::new("the text of an event is not UTF-8"))?;
                place.read(member, &mut HeaderReader(&HeaderValue::String(text)))
            }
            _ if payload.is_empty() => Ok(()),
            _ => self.format.documents.read_payload(payload, member, place),
        }
    }
}

/// A structure as the destination of a payload, without a member that targets it.
struct Whole<'a>(Option<&'a mut dyn Shape>);

impl Value for Whole<'_> {
    fn write(&self, _: &'static Member, _: &mut dyn Writer) -> Result<(), EncodeError> {
        Ok(())
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        match &mut self.0 {
            Some(shape) => from.structure(member, *shape),
            None => Ok(()),
        }
    }

    fn blank() -> Self {
        Self(None)
    }
}

impl Reader for EventReader<'_> {
    fn other(&self, _: &'static Member) -> DecodeError {
        DecodeError::new("an event must be a structure")
    }

    fn structure(
        &mut self,
        member: &'static Member,
        into: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        self.event(member, into)
    }
}
