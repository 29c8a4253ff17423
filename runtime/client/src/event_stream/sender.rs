//! Events of a request: from a stream, or through a channel.

use crate::error::{DecodeError, EncodeError};
use crate::schema::Member;
use crate::shape::{self, Reader, Shape, Value, Writer};
use futures_core::Stream;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use tokio::sync::mpsc;

/// The error of a caller's stream of events.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The callback for the next event.
pub(super) type Each<'a> = dyn FnMut(&dyn Shape) + 'a;

/// Events by their schema. The trait isn't generic, so that the code that sends them is compiled once.
pub(super) trait EventSource: Send {
    /// Calls `each` with the next event; none at the end.
    fn poll_event(
        &mut self,
        cx: &mut Context<'_>,
        each: &mut Each<'_>,
    ) -> Poll<Option<Result<(), BoxError>>>;
}

/// The events of a request, of any type.
#[derive(Default)]
pub struct OutgoingEvents(pub(super) Option<Box<dyn EventSource>>);

impl fmt::Debug for OutgoingEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OutgoingEvents")
    }
}

struct FromStream<S>(Pin<Box<S>>);

impl<T, E, S> EventSource for FromStream<S>
where
    T: Shape,
    E: Into<BoxError>,
    S: Stream<Item = Result<T, E>> + Send,
{
    fn poll_event(
        &mut self,
        cx: &mut Context<'_>,
        each: &mut Each<'_>,
    ) -> Poll<Option<Result<(), BoxError>>> {
        let next = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(next.map(|event| event.map(|event| each(&event)).map_err(Into::into)))
    }
}

struct FromChannel<T>(mpsc::Receiver<T>);

impl<T: Shape> EventSource for FromChannel<T> {
    fn poll_event(
        &mut self,
        cx: &mut Context<'_>,
        each: &mut Each<'_>,
    ) -> Poll<Option<Result<(), BoxError>>> {
        let next = ready!(self.0.poll_recv(cx));
        Poll::Ready(next.map(|event| {
            each(&event);
            Ok(())
        }))
    }
}

struct Once<T, E>(Option<Result<T, E>>);

impl<T, E> EventSource for Once<T, E>
where
    T: Shape,
    E: Into<BoxError> + Send,
{
    fn poll_event(
        &mut self,
        _: &mut Context<'_>,
        each: &mut Each<'_>,
    ) -> Poll<Option<Result<(), BoxError>>> {
        let event = self.0.take();
        Poll::Ready(event.map(|event| event.map(|event| each(&event)).map_err(Into::into)))
    }
}

/// The events that a request sends. `T` is the union of the events, `E` the error of the caller's stream. In generated crates
/// that is the type in `types::error`, which `unhandled` makes of any error.
///
/// It is made from a stream of events, in which an `Err` aborts the request, by [`channel`](Self::channel), or by
/// [`once`](Self::once). Its Debug form shows no events.
///
/// ```
/// # use swage_client::event_stream::{BoxError, EventStreamSender};
/// # fn example<T: swage_client::Shape + 'static>(
/// #     events: impl futures_core::Stream<Item = Result<T, BoxError>> + Send + 'static,
/// # ) -> EventStreamSender<T> {
/// EventStreamSender::from(events)
/// # }
/// ```
pub struct EventStreamSender<T, E = BoxError> {
    /// The lock makes it `Sync`. It is never contended.
    events: Mutex<OutgoingEvents>,
    takes: PhantomData<fn(T, E)>,
}

impl<T, E> EventStreamSender<T, E> {
    fn new(source: Option<Box<dyn EventSource>>) -> Self {
        Self {
            events: Mutex::new(OutgoingEvents(source)),
            takes: PhantomData,
        }
    }

    fn get_mut(&mut self) -> &mut OutgoingEvents {
        self.events
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Shape + 'static, E> EventStreamSender<T, E> {
    /// A writer, and the sender to give to the request. Up to `capacity` events, at least one, are buffered; then
    /// [`EventWriter::send`] waits. The stream ends when the last writer is dropped.
    pub fn channel(capacity: usize) -> (EventWriter<T>, Self) {
        let (sender, receiver) = mpsc::channel(capacity.clamp(1, 1 << 16));
        let source = Box::new(FromChannel(receiver));
        (EventWriter { sender }, Self::new(Some(source)))
    }

    /// A stream of one event. An `Err` aborts the request.
    pub fn once(event: Result<T, E>) -> Self
    where
        E: Into<BoxError> + Send + 'static,
    {
        Self::new(Some(Box::new(Once(Some(event)))))
    }
}

impl<T, E, S> From<S> for EventStreamSender<T, E>
where
    T: Shape,
    E: Into<BoxError>,
    S: Stream<Item = Result<T, E>> + Send + 'static,
{
    fn from(stream: S) -> Self {
        Self::new(Some(Box::new(FromStream(Box::pin(stream)))))
    }
}

/// Sends events during a request; see [`EventStreamSender::channel`].
pub struct EventWriter<T> {
    sender: mpsc::Sender<T>,
}

impl<T> EventWriter<T> {
    /// Sends an event, as soon as there is room for it.
    ///
    /// # Errors
    ///
    /// The request has ended, and its response says why. The error is the event.
    pub async fn send(&self, event: T) -> Result<(), T> {
        self.sender.send(event).await.map_err(|error| error.0)
    }

    /// Waits until the request has ended.
    pub async fn closed(&self) {
        self.sender.closed().await;
    }
}

impl<T> Clone for EventWriter<T> {
    fn clone(&self) -> Self {
        let sender = self.sender.clone();
        Self { sender }
    }
}

impl<T> fmt::Debug for EventWriter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventWriter")
    }
}

impl<T, E> fmt::Debug for EventStreamSender<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStreamSender")
    }
}

impl<T: Send + Sync, E: Send + Sync> Value for EventStreamSender<T, E> {
    fn write(&self, _: &'static Member, _: &mut dyn Writer) -> Result<(), EncodeError> {
        Err(EncodeError::new("events can't be part of a document"))
    }

    fn read(&mut self, _: &'static Member, _: &mut dyn Reader) -> Result<(), DecodeError> {
        Err(DecodeError::new("events of a request can't be received"))
    }

    /// False once the events have been taken.
    fn is_set(&self) -> bool {
        let events = self.events.lock();
        let events = events.unwrap_or_else(PoisonError::into_inner);
        events.0.is_some()
    }

    fn take_events(&mut self) -> Option<shape::Events> {
        Some(Box::new(std::mem::take(self.get_mut())))
    }

    fn blank() -> Self {
        Self::new(None)
    }
}
