//! An event out of a message ("Amazon Event Stream Specification", "Amazon Event Semantics").

use super::receiver::Origin;
use crate::error::{DecodeError, Failure, ResponseError, ServiceError};
use crate::protocol::event::{optional, required};
use crate::shape::{Shape, UnknownMember};
use aws_smithy_types::event_stream::Message;

/// The kind of a message.
pub(super) enum Decoded {
    /// An event, which was read into the shape.
    Event,
    /// An initial response without members to read.
    Initial,
}

/// The type of an event that carries the other members of an output.
pub(super) const INITIAL_RESPONSE: &str = "initial-response";

/// Reads a message into the union of a stream's events. Errors and exceptions are failures.
pub(super) fn decode(
    origin: &Origin,
    message: &Message,
    into: &mut dyn Shape,
) -> Result<Decoded, Failure> {
    let unreadable = |error| origin.unreadable(error);
    match required(message, ":message-type").map_err(unreadable)? {
        "event" => event(origin, message, into).map_err(unreadable),
        "exception" => {
            let name = required(message, ":exception-type").map_err(unreadable)?;
            Err(exception(origin, message, name))
        }
        "error" => Err(unmodelled(origin, message)),
        _ => Err(unreadable(DecodeError::new(
            "expected event, exception or error in the event header :message-type",
        ))),
    }
}

fn event(origin: &Origin, message: &Message, into: &mut dyn Shape) -> Result<Decoded, DecodeError> {
    let name = required(message, ":event-type")?;
    let Some((index, member)) = into.schema().member(name) else {
        if name == INITIAL_RESPONSE {
            return Ok(Decoded::Initial);
        }
        into.set_unknown(UnknownMember {
            name: name.to_owned(),
            value: origin.format.read_unknown(message),
        });
        return Ok(Decoded::Event);
    };
    let value = into.member_mut(index);
    value
        .map_or(Ok(()), |value| origin.format.read(message, member, value))
        .map_err(|error| error.within(name))?;
    Ok(Decoded::Event)
}

/// The error that the union's member of that name models, or an unmodelled one.
fn exception(origin: &Origin, message: &Message, name: &str) -> Failure {
    let schema = origin.union.member(name).map(|(_, member)| member.target());
    let said = schema.and_then(|schema| origin.format.error_message(message, schema));
    let said = said.or_else(|| origin.format.documents.error_message(message.payload()));
    service_error(ServiceError {
        code: Some(schema.map_or(name, |schema| schema.name()).to_owned()),
        message: said,
        schema,
        ..origin.blank_error(message)
    })
}

fn service_error(mut error: ServiceError) -> Failure {
    error.retryable = error.is_transient();
    Failure::Service(Box::new(error))
}

/// An error that is not in the model.
fn unmodelled(origin: &Origin, message: &Message) -> Failure {
    service_error(ServiceError {
        code: optional(message, ":error-code").map(str::to_owned),
        message: optional(message, ":error-message").map(str::to_owned),
        ..origin.blank_error(message)
    })
}

impl Origin {
    /// The failure of a malformed event.
    pub(super) fn unreadable(&self, error: DecodeError) -> Failure {
        Failure::Response(ResponseError {
            request_id: self.request_id.clone(),
            ..ResponseError::new(error, self.status)
        })
    }

    fn blank_error(&self, message: &Message) -> ServiceError {
        ServiceError {
            operation: self.operation,
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
