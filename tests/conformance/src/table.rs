//! The table that the generated program consists of.

use crate::params;
use crate::serde;
use aws_smithy_types::event_stream::RawMessage;
use futures_core::Stream;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use std::collections::VecDeque;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use swage_client::error::{DecodeError, EncodeError, FromResponse, SdkError};
use swage_client::event_stream::{BoxError, EventReceiver, EventStreamSender};
use swage_client::{Client, Shape};
use swage_codegen::node::Node;

/// Everything to test.
#[derive(Debug)]
pub struct Suite {
    /// The files with the models.
    pub models: &'static [&'static str],
    /// The services that a client was generated for.
    pub services: &'static [Service],
}

/// A service.
#[derive(Debug)]
pub struct Service {
    /// Its tables, as the command line has them.
    pub cli: &'static swage_cli::Cli,
    /// Its operations.
    pub operations: &'static [Typed],
    /// The operations with event streams.
    pub events: &'static [TypedEvents],
}

/// An operation of a generated client.
#[derive(Debug)]
pub struct Typed {
    /// Its name in the model.
    pub name: &'static str,
    /// Calls it through its types, with an input of these params.
    pub call: fn(Client, &Node) -> Result<Call, DecodeError>,
}

/// An operation with event streams.
#[derive(Debug)]
pub struct TypedEvents {
    /// Its name in the model.
    pub name: &'static str,
    /// Calls the operation with an input and events with these params.
    pub call: fn(Client, &Node, &[&Node]) -> Result<Conversing, DecodeError>,
}

/// A running call with events.
pub type Conversing = Pin<Box<dyn Future<Output = Result<Conversation, Failed>>>>;

/// The result of a call with events.
pub struct Conversation {
    /// The output, without the events.
    pub output: Answer,
    /// The received events.
    pub events: Vec<Answer>,
    /// The error that ended them, if any.
    pub error: Option<Failed>,
}

impl Conversation {
    /// Receives all events.
    pub async fn new<O, T, E>(
        output: O,
        mut receiver: EventReceiver<T, E>,
        failed: fn(SdkError<E, RawMessage>) -> Failed,
    ) -> Self
    where
        O: Shape + 'static,
        T: Shape + 'static,
        E: FromResponse,
    {
        let mut conversation = Self::without_events(output);
        loop {
            match receiver.recv().await {
                Ok(Some(event)) => conversation.events.push(Answer::new(event)),
                Ok(None) => return conversation,
                Err(error) => {
                    conversation.error = Some(failed(error));
                    return conversation;
                }
            }
        }
    }

    /// The result of an operation that only sends events.
    pub fn without_events<O: Shape + 'static>(output: O) -> Self {
        Self {
            output: Answer::new(output),
            events: Vec::new(),
            error: None,
        }
    }
}

/// Sends an event for each of the params.
///
/// # Errors
///
/// The params of an event don't fit its shape.
pub fn sender<T, E>(events: &[&Node]) -> Result<EventStreamSender<T, E>, DecodeError>
where
    T: Shape + 'static,
    E: Into<BoxError> + 'static,
{
    let events = events.iter().map(|params| filled::<T>(params));
    let events = events.collect::<Result<_, _>>()?;
    Ok(Ready(events, PhantomData).into())
}

/// A complete stream of events.
struct Ready<T, E>(VecDeque<T>, PhantomData<fn() -> E>);

impl<T, E> Unpin for Ready<T, E> {}

impl<T, E> Stream for Ready<T, E> {
    type Item = Result<T, E>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

/// A running call.
pub type Call = Pin<Box<dyn Future<Output = Result<Answer, Failed>>>>;

/// An output or a modelled error.
pub struct Answer {
    /// The value.
    pub found: Box<dyn Shape>,
    /// An empty value of the same type, to build the expected one.
    pub blank: Box<dyn Shape>,
    /// Another one, to deserialize into.
    pub again: Box<dyn Shape>,
}

/// Why a call failed.
pub enum Failed {
    /// A modelled error.
    Modelled(Answer),
    /// Another error: its message.
    Other(String),
}

impl Answer {
    /// A modelled error.
    pub fn new<T: Shape + 'static>(found: T) -> Self {
        Self {
            found: Box::new(found),
            blank: Box::new(T::blank()),
            again: Box::new(T::blank()),
        }
    }
}

impl From<EncodeError> for Failed {
    fn from(error: EncodeError) -> Self {
        Self::Other(error.to_string())
    }
}

/// Calls an operation through its types. The input passes through serde first.
///
/// # Errors
///
/// The params don't fit the input.
pub fn typed<I, O, F>(params: &Node, send: impl FnOnce(I) -> F) -> Result<Call, DecodeError>
where
    I: Shape + Serialize + DeserializeOwned,
    O: Shape + 'static,
    F: Future<Output = Result<O, Failed>> + 'static,
{
    let input = serde::copied::<I>(&filled(params)?);
    let call = send(input.map_err(DecodeError::new)?);
    Ok(Box::pin(async move { call.await.map(Answer::new) }))
}

/// A value with these params.
///
/// # Errors
///
/// The params don't fit the shape.
pub fn filled<T: Shape>(params: &Node) -> Result<T, DecodeError> {
    let mut value = T::blank();
    params::fill(&mut value, params)?;
    Ok(value)
}
