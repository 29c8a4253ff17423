//! An event out of a message ("Amazon Event Stream Specification", "Amazon Event Semantics").

use super::header::{HeaderReader, find, optional, required};
use super::receiver::Source;
use crate::dynamic::{Any, Record};
use crate::error::{DecodeError, Failure, ResponseError, ServiceError};
use crate::protocol::EventFormat;
use crate::schema::{DOCUMENT, Kind, Location, Member, Schema, UNIT};
use crate::shape::{ElementsMut, EntriesMut, Reader, Shape, UnknownMember, Value, Writer};
use aws_smithy_types::event_stream::{HeaderValue, Message};
use aws_smithy_types::{DateTime, Document};

/// Stands for the member of the union where only the structure that it holds is known.
static EVENT: Member = Member::new("event", &UNIT);

/// What a message was.
pub(super) enum Decoded {
    /// An event: it stands in the shape.
    Event,
    /// An initial response, whose members nobody asked for.
    Initial,
}

/// The type of an event that carries the other members of an output.
pub(super) const INITIAL_RESPONSE: &str = "initial-response";

/// Reads a message into the union of a stream's events. What says that something failed is a failure.
pub(super) fn decode(
    source: &Source,
    message: &Message,
    into: &mut dyn Shape,
) -> Result<Decoded, Failure> {
    let unreadable = |error| source.unreadable(error);
    match required(message, ":message-type").map_err(unreadable)? {
        "event" => event(source, message, into).map_err(unreadable),
        "exception" => {
            let name = required(message, ":exception-type").map_err(unreadable)?;
            Err(exception(source, message, name))
        }
        "error" => Err(unmodelled(source, message)),
        _ => Err(unreadable(DecodeError::new(
            "an event's header :message-type is neither event nor exception nor error",
        ))),
    }
}

fn event(source: &Source, message: &Message, into: &mut dyn Shape) -> Result<Decoded, DecodeError> {
    let name = required(message, ":event-type")?;
    let Some((index, member)) = into.schema().member(name) else {
        if name == INITIAL_RESPONSE {
            return Ok(Decoded::Initial);
        }
        into.set_unknown(UnknownMember {
            name: name.to_owned(),
            value: self_described(&source.format, message),
        });
        return Ok(Decoded::Event);
    };
    let mut reader = EventReader {
        message,
        format: &source.format,
    };
    let place = into.member_mut(index);
    place
        .map_or(Ok(()), |place| place.read(member, &mut reader))
        .map_err(|error| error.within(name))?;
    Ok(Decoded::Event)
}

/// The payload of an event that the model doesn't know, as far as it can be told without the model.
fn self_described(format: &EventFormat, message: &Message) -> Document {
    static PAYLOAD: Member = Member::new("payload", &DOCUMENT);
    let payload = message.payload();
    if optional(message, ":content-type") == Some(format.media_type) {
        let mut document = Document::Null;
        let read = format
            .documents
            .read_payload(payload, &PAYLOAD, &mut document);
        return read.map_or(Document::Null, |()| document);
    }
    match std::str::from_utf8(payload) {
        Ok(text) if !text.is_empty() => Document::String(text.to_owned()),
        _ => Document::Null,
    }
}

/// An error that the union's member of that name models, or one that the model doesn't know.
fn exception(source: &Source, message: &Message, name: &str) -> Failure {
    let schema = source.union.member(name).map(|(_, member)| member.target());
    let said = schema.and_then(|schema| error_message(&source.format, message, schema));
    let said = said.or_else(|| source.format.documents.error_message(message.payload()));
    service_error(ServiceError {
        code: Some(schema.map_or(name, |schema| schema.name()).to_owned()),
        message: said,
        schema,
        ..source.blank_error(message)
    })
}

fn service_error(mut error: ServiceError) -> Failure {
    error.retryable = crate::client::is_retryable(&error);
    Failure::Service(Box::new(error))
}

/// An error that is not in the model.
fn unmodelled(source: &Source, message: &Message) -> Failure {
    service_error(ServiceError {
        code: optional(message, ":error-code").map(str::to_owned),
        message: optional(message, ":error-message").map(str::to_owned),
        ..source.blank_error(message)
    })
}

/// The member that says what happened, of an error whose type isn't known here.
fn error_message(
    format: &EventFormat,
    message: &Message,
    schema: &'static Schema,
) -> Option<String> {
    let mut record = Record::new(schema);
    let mut reader = EventReader { message, format };
    // An error that can't be read is still that error.
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

/// Reads the members of a modelled error that came as an event.
pub(crate) fn read_exception(
    format: &EventFormat,
    message: &Message,
    into: &mut dyn Shape,
) -> Result<(), DecodeError> {
    EventReader { message, format }.event(&EVENT, into)
}

impl Source {
    /// The failure of an event that isn't what the protocol says.
    pub(super) fn unreadable(&self, error: DecodeError) -> Failure {
        Failure::Response(ResponseError {
            error,
            status: self.status,
            request_id: self.request_id.clone(),
            body_start: String::new(),
        })
    }

    fn blank_error(&self, message: &Message) -> ServiceError {
        ServiceError {
            status: self.status,
            code: None,
            types: Vec::new(),
            message: None,
            request_id: self.request_id.clone(),
            retryable: false,
            attempts: self.attempts,
            schema: None,
            protocol: self.format.protocol,
            headers: Vec::new(),
            body: message.payload().clone(),
            event: Some(message.clone()),
        }
    }
}

/// Reads an event: the structure that a variant of the union holds. Members come from headers, from the payload as it
/// is, or from a document in it.
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

/// A structure as the value that a payload is read into, without a member that holds it.
struct Whole<'a>(Option<&'a mut dyn Shape>);

impl Value for Whole<'_> {
    fn write(
        &self,
        _: &'static Member,
        _: &mut dyn Writer,
    ) -> Result<(), crate::error::EncodeError> {
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

fn no_event<T>() -> Result<T, DecodeError> {
    Err(DecodeError::new("an event must be a structure"))
}

impl Reader for EventReader<'_> {
    fn structure(
        &mut self,
        member: &'static Member,
        into: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        self.event(member, into)
    }

    fn list(&mut self, _: &'static Member, _: &mut dyn ElementsMut) -> Result<(), DecodeError> {
        no_event()
    }

    fn map(&mut self, _: &'static Member, _: &mut dyn EntriesMut) -> Result<(), DecodeError> {
        no_event()
    }

    fn boolean(&mut self, _: &'static Member) -> Result<bool, DecodeError> {
        no_event()
    }

    fn integer(&mut self, _: &'static Member) -> Result<i64, DecodeError> {
        no_event()
    }

    fn double(&mut self, _: &'static Member) -> Result<f64, DecodeError> {
        no_event()
    }

    fn number(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        no_event()
    }

    fn string(&mut self, _: &'static Member) -> Result<String, DecodeError> {
        no_event()
    }

    fn blob(&mut self, _: &'static Member) -> Result<Vec<u8>, DecodeError> {
        no_event()
    }

    fn timestamp(&mut self, _: &'static Member) -> Result<DateTime, DecodeError> {
        no_event()
    }

    fn document(&mut self, _: &'static Member) -> Result<Document, DecodeError> {
        no_event()
    }

    /// An event without a type of its own.
    fn any(&mut self, member: &'static Member) -> Result<Any, DecodeError> {
        let mut record = Record::new(member.target());
        self.event(member, &mut record)?;
        Ok(Any::Structure(record))
    }
}
