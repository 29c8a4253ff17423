//! Event streams: events that service and caller send each other during a call.
//!
//! A member of an input or output that targets a union with `@streaming` is an event stream; each event is a variant of that
//! union (Smithy 2.0, "Event streams"). In generated code it is an [`EventReceiver`] in an output and an
//! [`EventStreamSender`] in an input. Events are sent as frames of `application/vnd.amazon.eventstream` ("Amazon Event Stream
//! Specification"). The protocol reads and writes their contents, as it does with bodies.
//!
//! | module | does |
//! | --- | --- |
//! | `receiver` | events of a response, one after the other |
//! | `sender` | events of a request: from a stream, or through a channel |
//! | `frame` | frames out of bytes, within limits |
//! | `decode` | an event or a failure out of a frame |
//! | `body` | the body of a request: events encoded, signed and framed |
//!
//! # Errors and limits
//!
//! - A stream ends with its first error: a modelled one, a malformed event, or a broken connection. An end within a frame is
//!   an error, too.
//! - The time limits of an attempt and of an operation end when the call gives its output. For operations that send events
//!   they don't apply. The read timeout applies while nothing arrives.
//! - A request isn't retried once an event has been sent.
//! - Operations that send events need HTTP/2. It is negotiated over https, and used without negotiation over http.

mod body;
mod decode;
mod frame;
mod receiver;
mod sender;

pub(crate) use body::{EventSigner, Fault, Sent};
#[cfg(feature = "test-util")]
pub(crate) use frame::messages;
pub use receiver::EventReceiver;
#[doc(hidden)]
pub use receiver::Events;
pub(crate) use receiver::{Origin, Pieces};
#[doc(hidden)]
pub use sender::OutgoingEvents;
pub use sender::{BoxError, EventStreamSender, EventWriter};

use crate::schema::{Kind, Member, Schema};

/// The content type of a message that is made of events.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";

/// The member of an input or output that is an event stream, and its index.
#[doc(hidden)]
pub fn event_member(shape: &'static Schema) -> Option<(usize, &'static Member)> {
    shape
        .members()
        .iter()
        .enumerate()
        .find(|(_, member)| member.target().is_streaming() && member.target().kind() == Kind::Union)
}
