//! Splits bytes, in pieces of any size, into frames.

use crate::error::DecodeError;
use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_types::event_stream::Message;
use bytes::{Bytes, BytesMut};

/// Total length, length of the headers, checksum of the two.
const PRELUDE: usize = 12;
/// The specification limits what services send to 24 MiB of payload and 128 KiB of headers. These limits are larger, and
/// small enough for a client's memory.
const MAX_FRAME: u32 = 32 << 20;
const MAX_HEADERS: u32 = 256 << 10;

/// The bytes of a stream that aren't a complete message yet.
#[derive(Default)]
pub(super) struct Frames {
    buffer: BytesMut,
}

impl Frames {
    pub(super) fn push(&mut self, data: &Bytes) {
        self.buffer.extend_from_slice(data);
    }

    /// Whether the stream ends within a frame if it ends here.
    pub(super) fn is_partial(&self) -> bool {
        !self.buffer.is_empty()
    }

    /// The next message, if it is complete.
    pub(super) fn next(&mut self) -> Result<Option<Message>, DecodeError> {
        let Some(length) = frame_length(&self.buffer)? else {
            return Ok(None);
        };
        if self.buffer.len() < length {
            return Ok(None);
        }
        let mut frame = self.buffer.split_to(length).freeze();
        read_message_from(&mut frame)
            .map(Some)
            .map_err(|error| DecodeError::new(format!("malformed event frame: {error}")))
    }
}

/// The messages in the bytes of a stream, up to the first one that isn't complete.
#[cfg(feature = "test-util")]
pub(crate) fn messages(bytes: &Bytes) -> Vec<Message> {
    let mut frames = Frames::default();
    frames.push(bytes);
    std::iter::from_fn(|| frames.next().ok().flatten()).collect()
}

/// The length of the first frame, if it has arrived. A length with a wrong checksum is an error.
fn frame_length(buffer: &[u8]) -> Result<Option<usize>, DecodeError> {
    let Some(&[t0, t1, t2, t3, h0, h1, h2, h3, c0, c1, c2, c3]) = buffer.first_chunk::<PRELUDE>()
    else {
        return Ok(None);
    };
    let broken = |what: &str| Err(DecodeError::new(format!("malformed event frame: {what}")));
    let checksum = crc32fast::hash(&[t0, t1, t2, t3, h0, h1, h2, h3]);
    if checksum != u32::from_be_bytes([c0, c1, c2, c3]) {
        return broken("the checksum of its lengths is wrong");
    }
    let total = u32::from_be_bytes([t0, t1, t2, t3]);
    if total > MAX_FRAME || u32::from_be_bytes([h0, h1, h2, h3]) > MAX_HEADERS {
        return broken("it is too large");
    }
    match usize::try_from(total) {
        Ok(total) if total >= PRELUDE => Ok(Some(total)),
        _ => broken("it is too short"),
    }
}
