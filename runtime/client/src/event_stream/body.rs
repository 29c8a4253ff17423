//! The body of a request that sends events: each is encoded, signed if the request is, and framed.

use super::sender::{BoxError, EventSource, OutgoingEvents};
use crate::error::{EncodeError, Failure, InputError};
use crate::protocol::EventFormat;
use crate::redact::quietly;
use crate::shape::Shape;
use aws_sigv4::event_stream::{sign_empty_message, sign_message};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::event_stream::Message;
use bytes::Bytes;
use http_body::{Body, Frame};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

/// The caller's events, which all attempts of a call share.
#[derive(Default)]
struct Queue {
    source: Option<Box<dyn EventSource>>,
    /// Whether an event has been handed to the network. Then they can't be sent again.
    sent: bool,
    /// How many bodies have been made. Only the last one gets events.
    bodies: u32,
    fault: Option<String>,
}

type Shared = Arc<Mutex<Queue>>;

fn lock(queue: &Shared) -> MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why events couldn't be sent. The connection only knows that it was broken off.
#[derive(Clone)]
pub(crate) struct Fault(Shared);

impl Fault {
    /// The failure, when there was one.
    pub(crate) fn failure(&self) -> Option<Failure> {
        let problems = vec![lock(&self.0).fault.clone()?];
        Some(Failure::Input(InputError { problems }))
    }
}

/// The events that a call sends, through all its attempts.
#[derive(Clone)]
pub(crate) struct Sent {
    format: EventFormat,
    /// The stream's member of the input.
    member: &'static str,
    /// The document of the other members of the input, where it is sent as an event.
    initial: Option<Bytes>,
    validates: bool,
    queue: Shared,
}

impl Sent {
    pub(crate) fn new(
        format: EventFormat,
        member: &'static str,
        events: OutgoingEvents,
        validates: bool,
    ) -> Self {
        let queue = Queue {
            source: events.0,
            ..Queue::default()
        };
        Self {
            format,
            member,
            initial: None,
            validates,
            queue: Arc::new(Mutex::new(queue)),
        }
    }

    /// With the document of the input's other members, where the protocol sends them as an event.
    pub(crate) fn with_initial(mut self, document: Bytes) -> Self {
        self.initial = self.format.initial_messages.then_some(document);
        self
    }

    /// Whether another body can send them.
    pub(crate) fn is_replayable(&self) -> bool {
        !lock(&self.queue).sent
    }

    pub(crate) fn fault(&self) -> Fault {
        Fault(self.queue.clone())
    }

    /// The body of the next request. An earlier one, which may still be about, gets no more events.
    pub(crate) fn body(&self, signer: Option<EventSigner>) -> EventBody {
        let number = {
            let mut queue = lock(&self.queue);
            queue.bodies += 1;
            queue.fault = None;
            queue.bodies
        };
        EventBody {
            sent: self.clone(),
            number,
            initial: self.initial.clone(),
            signer,
            ended: false,
        }
    }
}

/// Signs events: each signature covers the one before, the first that of the request.
#[derive(Clone)]
pub(crate) struct EventSigner {
    identity: Identity,
    name: String,
    region: String,
    time: SharedTimeSource,
    last: String,
}

impl EventSigner {
    /// `last` is the signature of the request.
    pub(crate) fn new(
        identity: Identity,
        name: String,
        region: String,
        time: SharedTimeSource,
        last: String,
    ) -> Self {
        Self {
            identity,
            name,
            region,
            time,
            last,
        }
    }

    /// The event in a signed envelope; without an event, the envelope that ends a stream.
    fn sign(&mut self, event: Option<&Message>) -> Result<Message, EncodeError> {
        let params = SigningParams::builder()
            .identity(&self.identity)
            .region(&self.region)
            .name(&self.name)
            .time(self.time.now())
            .settings(())
            .build()
            .map_err(|error| unsigned(&error))?;
        let signed = quietly(|| match event {
            Some(event) => sign_message(event, &self.last, &params),
            None => sign_empty_message(&self.last, &params),
        });
        let (message, signature) = signed.map_err(|error| unsigned(&error))?.into_parts();
        self.last = signature;
        Ok(message)
    }
}

fn unsigned(error: &dyn std::error::Error) -> EncodeError {
    EncodeError::new(format!("an event can't be signed: {error}"))
}

/// The body of one request.
pub(crate) struct EventBody {
    sent: Sent,
    /// See [`Queue::bodies`].
    number: u32,
    initial: Option<Bytes>,
    signer: Option<EventSigner>,
    ended: bool,
}

impl EventBody {
    /// The next event as a message; none at the end.
    fn poll_message(&self, cx: &mut Context<'_>) -> Poll<Option<Result<Message, BoxError>>> {
        let mut queue = lock(&self.sent.queue);
        if queue.bodies != self.number {
            return Poll::Ready(Some(Err("another attempt sends the events".into())));
        }
        let Some(source) = &mut queue.source else {
            return Poll::Ready(None);
        };
        let mut message = None;
        let next = ready!(source.poll_event(cx, &mut |event| {
            message = Some(self.encode(event));
        }));
        Poll::Ready(match (next, message) {
            (Some(Err(error)), _) => Some(Err(error)),
            (Some(Ok(())), Some(Ok(message))) => {
                queue.sent = true;
                Some(Ok(message))
            }
            (Some(Ok(())), Some(Err(error))) => Some(Err(error.into())),
            (Some(Ok(())) | None, _) => {
                queue.source = None;
                queue.sent = true;
                None
            }
        })
    }

    fn encode(&self, event: &dyn Shape) -> Result<Message, EncodeError> {
        if self.sent.validates {
            crate::validate::validate(event)
                .map_err(|error| EncodeError::new(error.problems.join("; ")))?;
        }
        self.sent.format.write(event)
    }

    /// The frame of a message, or the last one.
    fn frame(&mut self, message: Option<Message>) -> Result<Option<Bytes>, EncodeError> {
        let message = match (&mut self.signer, message) {
            (Some(signer), message) => signer.sign(message.as_ref())?,
            (None, Some(message)) => message,
            (None, None) => return Ok(None),
        };
        let mut frame = Vec::new();
        write_message_to(&message, &mut frame)
            .map_err(|error| EncodeError::new(format!("an event can't be sent: {error}")))?;
        Ok(Some(frame.into()))
    }

    fn poll_bytes(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Bytes>, BoxError>> {
        if self.ended {
            return Poll::Ready(Ok(None));
        }
        let message = match self.initial.take() {
            Some(document) => Some(self.sent.format.initial_request(document)),
            None => ready!(self.poll_message(cx)).transpose()?,
        };
        self.ended = message.is_none();
        Poll::Ready(self.frame(message).map_err(Into::into))
    }

    /// Keeps the reason, which the connection doesn't report.
    fn fail(&mut self, error: BoxError) -> BoxError {
        self.ended = true;
        let mut queue = lock(&self.sent.queue);
        if queue.bodies == self.number {
            queue.source = None;
            queue.sent = true;
            queue.fault = Some(format!("{}: {error}", self.sent.member));
        }
        error
    }
}

impl Body for EventBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = ready!(self.poll_bytes(cx));
        Poll::Ready(match polled {
            Ok(bytes) => bytes.map(|bytes| Ok(Frame::data(bytes))),
            Err(error) => Some(Err(self.fail(error))),
        })
    }
}
