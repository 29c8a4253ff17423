//! What stands in an event: its members in headers, in the payload, or in a document in the payload (Smithy 2.0, "Event
//! streams").

mod header;
mod read;
mod write;

pub(crate) use header::{optional, required};

use super::format::BodyFormat;
use crate::operation::Protocol;

/// How a protocol reads and writes events.
#[derive(Clone, Copy)]
pub struct EventFormat {
    pub(crate) protocol: Protocol,
    pub(crate) documents: &'static dyn BodyFormat,
    /// The content type of documents in events.
    pub(crate) media_type: &'static str,
    /// Whether the other members of an input or output are sent as the first event. Protocols with HTTP bindings send
    /// them in the head of the message instead.
    pub(crate) initial_messages: bool,
}
