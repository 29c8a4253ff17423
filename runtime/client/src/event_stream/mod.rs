//! Event streams: what a service and its caller send each other while a call goes on.
//!
//! A member of an input or output that targets a union with `@streaming` is a stream of events, each a variant of
//! that union (Smithy 2.0, "Event streams"). Generated code has an [`EventReceiver`] for one in an output and an
//! [`EventStreamSender`] for one in an input. On the way events are frames of
//! `application/vnd.amazon.eventstream` ("Amazon Event Stream Specification"); what stands in a frame is the
//! protocol's matter, through the same tables, readers and writers as everywhere.
//!
//! | module | does |
//! | --- | --- |
//! | `receiver` | events of a response, one after the other |
//! | `sender` | events of a request: from a stream, or through a channel |
//! | `frame` | frames out of bytes, within limits |
//! | `decode` | an event or a failure out of a frame |
//! | `body` | the body of a request: events encoded, signed and framed |
//!
//! # What holds for a stream
//!
//! - A stream ends with its first error, whether that is a modelled one, an event that can't be read, or a
//!   connection that broke. An end within a frame is an error, too.
//! - The limits on the time of an attempt and of an operation end when the output is there; for operations that send
//!   events they don't count at all. The read timeout counts as long as nothing comes.
//! - Once an event was sent a request isn't tried again.
//! - Operations that send events need HTTP/2: over https it is negotiated, over http it is spoken without asking.

mod body;
mod decode;
mod frame;
mod receiver;
mod sender;

pub(crate) use body::{EventSigner, Fault, Sent};
pub use receiver::{EventReceiver, Events};
pub(crate) use receiver::{Pieces, Source};
pub use sender::{BoxError, EventStreamSender, EventWriter, OutgoingEvents};

use crate::schema::{Kind, Member, Schema};

/// The content type of a message that is made of events.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";

/// The member of an input or output that is a stream of events, and its index.
pub fn event_member(shape: &'static Schema) -> Option<(usize, &'static Member)> {
    shape
        .members()
        .iter()
        .enumerate()
        .find(|(_, member)| member.target().is_streaming() && member.target().kind() == Kind::Union)
}
