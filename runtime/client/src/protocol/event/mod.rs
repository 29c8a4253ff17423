//! The contents of an event: members in headers, in the raw payload, or in a document in the payload (Smithy 2.0, "Event
//! streams").

mod header;
mod read;
mod write;

pub(crate) use header::{optional, required};

use crate::operation::EventFormat;
