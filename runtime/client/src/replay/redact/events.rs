//! Events of responses.

use super::super::exchange::{Content, Event};
use super::{Redactor, redact_record};
use crate::event_stream::{event_member, messages};
use crate::operation::Operation;
use crate::protocol::EventFormat;
use crate::protocol::event::optional;
use crate::record::Record;
use crate::schema::Schema;
use crate::shape::Shape;
use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::Message;
use bytes::{Bytes, BytesMut};

impl Redactor<'_> {
    /// The events of a response; `None` if the operation doesn't receive any.
    pub(super) fn events(&self, operation: &'static Operation, body: &Bytes) -> Option<Content> {
        let (_, member) = event_member(operation.output)?;
        let format = operation.service.protocol.events()?;
        let events = messages(body).into_iter().filter_map(|message| {
            let union = member.target();
            self.event(operation, format, union, &message)
        });
        Some(Content::Events(events.collect()))
    }

    /// An event without secrets; `None` if it can't be read, and could contain one.
    fn event(
        &self,
        operation: &'static Operation,
        format: EventFormat,
        union: &'static Schema,
        message: &Message,
    ) -> Option<Event> {
        let headers = [":event-type", ":exception-type", ":error-code"];
        let name = headers
            .iter()
            .find_map(|header| optional(message, header))?;
        let message = match union.member(name) {
            Some(_) => self.known_event(operation, format, union, name, message)?,
            None if name == "initial-response" && !self.could_be_secret(operation.output) => {
                message.clone()
            }
            None if self.could_be_secret(union) || name == "initial-response" => return None,
            None => message.clone(),
        };
        let mut frame = BytesMut::new();
        write_message_to(&message, &mut frame).ok()?;
        Some(Event {
            name: name.to_owned(),
            payload: Box::new(Content::of(message.payload())),
            frame: frame.freeze(),
        })
    }

    fn known_event(
        &self,
        operation: &'static Operation,
        format: EventFormat,
        union: &'static Schema,
        name: &str,
        message: &Message,
    ) -> Option<Message> {
        let (index, member) = union.member(name)?;
        let mut event = Record::new(union);
        let place = event.member_mut(index)?;
        if format.read(message, member, place).is_err() {
            return (!self.could_be_secret(union)).then(|| message.clone());
        }
        if !redact_record(self, operation, &mut event) {
            return Some(message.clone());
        }
        format.write(&event).ok()
    }
}
