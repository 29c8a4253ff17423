//! Streams of events: whatever comes, and in whatever pieces, there is an event or an error.
//!
//! An input is a byte that chooses, the size of the pieces, and frames whose lengths and checksums are mended, because
//! nothing would get past them.

#[allow(dead_code, reason = "the client's tests use all of it")]
#[path = "../../runtime/client/tests/suite/events/mod.rs"]
mod events;

use bytes::Bytes;
use events::{EVENT, Event};
use std::task::{Context, Poll, Waker};
use swage_client::event_stream::Events;
use swage_client::operation::Protocol;
use swage_client::protocol::{aws_json, rest_json, rest_xml, rpc_v2};
use swage_client::{Record, Shape};

const PROTOCOLS: [Protocol; 5] = [
    rest_json::REST_JSON_1,
    aws_json::AWS_JSON_1_1,
    rpc_v2::RPC_V2_JSON,
    rpc_v2::RPC_V2_CBOR,
    rest_xml::REST_XML,
];
/// Lengths, their checksum, and that of the whole.
const LEAST: usize = 16;

/// Reads a stream to its end.
///
/// # Panics
/// When the reader does.
pub fn read(data: &[u8]) {
    let Some((&[choice, size], frames)) = data.split_first_chunk() else {
        return;
    };
    let mut frames = frames.to_vec();
    if choice & 1 == 0 {
        mend(&mut frames);
    }
    let pieces: Vec<Bytes> = frames
        .chunks(usize::from(size).max(1) * 8)
        .map(Bytes::copy_from_slice)
        .collect();
    let protocol = PROTOCOLS[usize::from(choice >> 1) % PROTOCOLS.len()];
    all(protocol, pieces.clone(), &mut || Box::new(Event::blank()));
    all(protocol, pieces, &mut || Box::new(Record::new(&EVENT)));
}

fn all(protocol: Protocol, pieces: Vec<Bytes>, blank: &mut dyn FnMut() -> Box<dyn Shape>) {
    let Some(mut events) = Events::recorded(protocol, &EVENT, pieces) else {
        return;
    };
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match events.poll_next(&mut context, &mut *blank()) {
            Poll::Ready(Ok(true)) => {}
            Poll::Ready(Ok(false)) => break,
            Poll::Ready(Err(failure)) => return drop(failure.to_string()),
            Poll::Pending => panic!("there is nothing to wait for"),
        }
    }
}

/// Makes frames of what may be some.
fn mend(data: &mut [u8]) {
    let mut rest = data;
    while let Some(&[t0, t1, t2, t3, ..]) = rest.get(..LEAST) {
        let length = rest.len();
        let total = u32::from_be_bytes([t0, t1, t2, t3]) as usize;
        let total = if (LEAST..=length).contains(&total) {
            total
        } else {
            length
        };
        let (frame, after) = std::mem::take(&mut rest).split_at_mut(total);
        frame[..4].copy_from_slice(&(total as u32).to_be_bytes());
        let prelude = crc32fast::hash(&frame[..8]);
        frame[8..12].copy_from_slice(&prelude.to_be_bytes());
        let whole = crc32fast::hash(&frame[..total - 4]);
        frame[total - 4..].copy_from_slice(&whole.to_be_bytes());
        rest = after;
    }
}

/// What it starts from.
pub fn seeds() -> Vec<Vec<u8>> {
    let exception = [
        (":message-type", "exception"),
        (":exception-type", "overrun"),
        (":content-type", "application/json"),
    ];
    let error = [
        (":message-type", "error"),
        (":error-code", "E"),
        (":error-message", "m"),
    ];
    let stream = [
        events::event("initial-response", "{}"),
        events::event("headers", "").add_header(events::string("string", "s")),
        events::event("data", "\u{1}\u{2}"),
        events::event("line", "text"),
        events::event("wrapped", r#"{"text": "t", "at": 1.5}"#),
        events::word("w"),
        events::event("later", "{}"),
        events::message(&exception, r#"{"Message": "m"}"#),
        events::message(&error, ""),
    ];
    let frames: Vec<u8> = stream.iter().flat_map(events::frame).collect();
    (0..10_u8)
        .map(|choice| [&[choice, 255][..], &frames].concat())
        .collect()
}
