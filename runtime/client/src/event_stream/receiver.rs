//! Events of a response, one after the other.

use super::body::Fault;
use super::decode::{Decoded, INITIAL_RESPONSE, decode};
use super::frame::Frames;
use crate::error::{DecodeError, EncodeError, Failure, FromResponse, SdkError};
use crate::operation::Protocol;
use crate::protocol::EventFormat;
use crate::protocol::event::optional;
use crate::schema::{Member, Schema};
use crate::shape::{self, Reader, Shape, Value, Writer};
use aws_smithy_types::event_stream::{Message, RawMessage};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The response that events belong to, and how they are read.
pub(crate) struct Origin {
    /// The name of the operation.
    pub(crate) operation: &'static str,
    pub(crate) format: EventFormat,
    /// Of the events.
    pub(crate) union: &'static Schema,
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
    /// Why sending events failed, which explains a response that broke off.
    pub(crate) fault: Option<Fault>,
}

/// The events of a response, for callers that know shapes only by their schemas; those that know a type use
/// [`EventReceiver`]. A blank one has no events.
#[derive(Default)]
pub struct Events {
    running: Option<Box<Running>>,
}

/// The bytes that events are made of, in pieces of any size.
pub(crate) trait Pieces: Send + Sync {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>>;
}

struct Recorded(std::vec::IntoIter<Bytes>);

impl Pieces for Recorded {
    fn poll_next(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

struct Running {
    origin: Origin,
    pieces: Box<dyn Pieces>,
    frames: Frames,
    /// A message that was read ahead, in search of an initial response.
    ahead: Option<Message>,
}

impl Events {
    /// Events that were recorded: the bytes of a response, without a service. `None` if the protocol has no event streams.
    pub fn recorded(
        protocol: Protocol,
        union: &'static Schema,
        pieces: Vec<Bytes>,
    ) -> Option<Self> {
        let origin = Origin {
            operation: "",
            format: protocol.events()?,
            union,
            status: 200,
            request_id: None,
            attempts: 1,
            fault: None,
        };
        Some(Self::new(origin, Box::new(Recorded(pieces.into_iter()))))
    }

    pub(crate) fn new(origin: Origin, pieces: Box<dyn Pieces>) -> Self {
        let (frames, ahead) = (Frames::default(), None);
        Self {
            running: Some(Box::new(Running {
                origin,
                pieces,
                frames,
                ahead,
            })),
        }
    }

    /// Reads the next event into a union; false at the end of the stream.
    ///
    /// # Errors
    ///
    /// The event is an error of the service or can't be read, or the connection broke. The stream has ended then.
    pub async fn next(&mut self, into: &mut dyn Shape) -> Result<bool, Failure> {
        poll_fn(|cx| self.poll_next(cx, into)).await
    }

    /// [`Events::next`] as a poll function, for implementations of `Stream`.
    pub fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut dyn Shape,
    ) -> Poll<Result<bool, Failure>> {
        let Some(running) = &mut self.running else {
            return Poll::Ready(Ok(false));
        };
        let polled = ready!(running.poll_event(cx, into));
        if !matches!(polled, Ok(true)) {
            self.running = None;
        }
        Poll::Ready(polled)
    }

    /// The payload of the initial response, if the first message is one.
    pub(crate) async fn initial_response(&mut self) -> Result<Option<Bytes>, Failure> {
        let Some(running) = &mut self.running else {
            return Ok(None);
        };
        let first = poll_fn(|cx| running.poll_message(cx)).await?;
        let is_initial = |message: &Message| {
            optional(message, ":message-type") == Some("event")
                && optional(message, ":event-type") == Some(INITIAL_RESPONSE)
        };
        match first {
            Some(message) if is_initial(&message) => Ok(Some(message.payload().clone())),
            Some(message) => {
                running.ahead = Some(message);
                Ok(None)
            }
            None => {
                self.running = None;
                Ok(None)
            }
        }
    }
}

impl Running {
    fn poll_event(
        &mut self,
        cx: &mut Context<'_>,
        into: &mut dyn Shape,
    ) -> Poll<Result<bool, Failure>> {
        loop {
            let Some(message) = ready!(self.poll_message(cx))? else {
                return Poll::Ready(Ok(false));
            };
            match decode(&self.origin, &message, into)? {
                Decoded::Event => {
                    tracing::trace!(bytes = message.payload().len(), "event");
                    return Poll::Ready(Ok(true));
                }
                Decoded::Initial => {}
            }
        }
    }

    fn poll_message(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Message>, Failure>> {
        if let Some(message) = self.ahead.take() {
            return Poll::Ready(Ok(Some(message)));
        }
        loop {
            let next = self.frames.next();
            if let Some(message) = next.map_err(|error| self.origin.unreadable(error))? {
                return Poll::Ready(Ok(Some(message)));
            }
            match ready!(self.pieces.poll_next(cx)) {
                Some(Ok(data)) => self.frames.push(&data),
                Some(Err(failure)) => {
                    let fault = self.origin.fault.as_ref().and_then(Fault::failure);
                    return Poll::Ready(Err(fault.unwrap_or(failure)));
                }
                None if self.frames.is_partial() => {
                    let cut = DecodeError::new("the stream ended within an event");
                    return Poll::Ready(Err(self.origin.unreadable(cut)));
                }
                None => return Poll::Ready(Ok(None)),
            }
        }
    }
}

/// Receives the events of an operation's output: by [`recv`](Self::recv), or as a [`Stream`].
///
/// `T` is the union of the events, `E` the error of the stream: `types::error::TError` in a generated crate. An event that this
/// version of the crate doesn't know arrives as the union's `Unknown`. Modeled errors in the stream arrive as `Err`, and end it.
///
/// Dropping it ends the response. Its Debug form shows no events.
///
/// ```no_run
/// # use aws_smithy_types::event_stream::RawMessage;
/// # use swage_client::error::{FromResponse, SdkError};
/// # async fn example<T: swage_client::Shape, E: FromResponse>(
/// #     mut events: swage_client::event_stream::EventReceiver<T, E>,
/// # ) -> Result<(), SdkError<E, RawMessage>> {
/// while let Some(event) = events.recv().await? {
///     // match event { … }
/// }
/// # Ok(())
/// # }
/// ```
pub struct EventReceiver<T, E> {
    events: Events,
    /// It gives both, and holds neither.
    gives: PhantomData<fn() -> (T, E)>,
}

impl<T: Shape, E: FromResponse> EventReceiver<T, E> {
    /// The next event; none at the end of the stream.
    ///
    /// # Errors
    ///
    /// The event is an error of the service or can't be read, or the connection broke. The stream has ended then.
    pub async fn recv(&mut self) -> Result<Option<T>, SdkError<E, RawMessage>> {
        poll_fn(|cx| self.poll_recv(cx)).await
    }

    fn poll_recv(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<T>, SdkError<E, RawMessage>>> {
        let mut event = T::blank();
        let more = ready!(self.events.poll_next(cx, &mut event))?;
        Poll::Ready(Ok(more.then_some(event)))
    }
}

impl<T: Shape, E: FromResponse> Stream for EventReceiver<T, E> {
    type Item = Result<T, SdkError<E, RawMessage>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_recv(cx).map(Result::transpose)
    }
}

impl<T, E> Default for EventReceiver<T, E> {
    fn default() -> Self {
        Self {
            events: Events::default(),
            gives: PhantomData,
        }
    }
}

impl<T, E> fmt::Debug for EventReceiver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventReceiver")
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

impl Value for Events {
    fn write(&self, _: &'static Member, _: &mut dyn Writer) -> Result<(), EncodeError> {
        Err(EncodeError::new("received events can't be sent"))
    }

    fn read(&mut self, _: &'static Member, _: &mut dyn Reader) -> Result<(), DecodeError> {
        Err(DecodeError::new("events can't be part of a document"))
    }

    fn is_set(&self) -> bool {
        false
    }

    fn put_events(&mut self, events: shape::Events) -> Result<(), shape::Events> {
        *self = *events.downcast()?;
        Ok(())
    }

    fn blank() -> Self {
        Self::default()
    }
}

impl<T: Send + Sync, E: Send + Sync> Value for EventReceiver<T, E> {
    fn write(&self, member: &'static Member, to: &mut dyn Writer) -> Result<(), EncodeError> {
        self.events.write(member, to)
    }

    fn read(&mut self, member: &'static Member, from: &mut dyn Reader) -> Result<(), DecodeError> {
        self.events.read(member, from)
    }

    fn is_set(&self) -> bool {
        false
    }

    fn put_events(&mut self, events: shape::Events) -> Result<(), shape::Events> {
        self.events.put_events(events)
    }

    fn blank() -> Self {
        Self::default()
    }
}
