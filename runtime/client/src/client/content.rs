//! What a request carries: held in memory or streamed, and what is done to it on the way out.

use super::call::{Inner, Prepared};
use super::exchange::Outgoing;
use crate::error::{EncodeError, Failure, InputError};
#[cfg(feature = "event-stream")]
use crate::event_stream::{Fault, Sent};
use crate::operation::Operation;
use crate::protocol::Body;
use crate::schema::Location;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::Body as _;
use ring::digest::{Context, SHA256};
use std::fmt::Write;
use std::future::poll_fn;
use std::pin::Pin;

/// A request's body. It is made anew for each attempt.
pub(crate) struct Content {
    source: Source,
    /// What each attempt puts around a stream, the innermost first.
    layers: Vec<Layer>,
    /// The digest that a signature covers, of a stream that was read ahead.
    sha256: Option<String>,
}

enum Source {
    Bytes(Bytes),
    /// Can be sent once, unless it can be cloned. None: it was sent.
    Stream(Option<SdkBody>),
    #[cfg(feature = "event-stream")]
    Events(Sent),
}

/// What is done to a stream while it is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Layer {
    /// Compression.
    #[cfg(feature = "compression")]
    Gzip,
    /// Chunks with a checksum behind them, of a body of that length.
    #[cfg(feature = "checksum")]
    Chunked(super::checksum::Algorithm, u64),
}

/// What a signature says about the body.
#[derive(Clone, Debug)]
pub(crate) enum Payload<'a> {
    Bytes(&'a [u8]),
    /// Its digest, in hexadecimal digits.
    Sha256(&'a str),
    Unsigned,
    /// Nothing, and a checksum comes behind it.
    #[cfg(feature = "checksum")]
    UnsignedTrailer,
    /// Events, each by itself.
    #[cfg(feature = "event-stream")]
    Events,
}

impl Content {
    /// What is in memory already is no stream.
    pub(crate) fn new(body: Body) -> Self {
        let source = match body {
            Body::Bytes(bytes) => Source::Bytes(bytes),
            Body::Stream(stream) => {
                let body = stream.into_inner();
                match body.bytes().map(Bytes::copy_from_slice) {
                    Some(bytes) => Source::Bytes(bytes),
                    None => Source::Stream(Some(body)),
                }
            }
        };
        Self {
            source,
            layers: Vec::new(),
            sha256: None,
        }
    }

    /// Events; what the request has beside them goes in front where the protocol has it so.
    #[cfg(feature = "event-stream")]
    pub(crate) fn with_events(self, events: Sent) -> Self {
        let events = match self.source {
            Source::Bytes(document) => events.with_initial(document),
            Source::Stream(_) | Source::Events(_) => events,
        };
        Self {
            source: Source::Events(events),
            ..self
        }
    }

    /// All of it; none of a stream.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::Stream(_) => None,
            #[cfg(feature = "event-stream")]
            Source::Events(_) => None,
        }
    }

    /// Puts other bytes in the place of those that it holds.
    #[cfg(feature = "compression")]
    pub(crate) fn replace(&mut self, bytes: Vec<u8>) {
        self.source = Source::Bytes(bytes.into());
    }

    /// Does something more to a stream.
    #[cfg(any(feature = "checksum", feature = "compression"))]
    pub(crate) fn wrap(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    /// How many bytes it has, when that is known before it is sent.
    pub(crate) fn len(&self) -> Option<u64> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes.len() as u64),
            Source::Stream(stream) if self.layers.is_empty() => stream.as_ref()?.content_length(),
            Source::Stream(_) => None,
            #[cfg(feature = "event-stream")]
            Source::Events(_) => None,
        }
    }

    /// Whether there can be another attempt.
    pub(crate) fn is_replayable(&self) -> bool {
        match &self.source {
            Source::Bytes(_) => true,
            Source::Stream(stream) => stream.is_some(),
            #[cfg(feature = "event-stream")]
            Source::Events(events) => events.is_replayable(),
        }
    }

    /// What went wrong while it was sent, when it knows more than the connection.
    pub(crate) fn failure(&self) -> Option<Failure> {
        match &self.source {
            #[cfg(feature = "event-stream")]
            Source::Events(events) => events.fault().failure(),
            Source::Bytes(_) | Source::Stream(_) => None,
        }
    }

    /// Where [`Content::failure`] comes from.
    #[cfg(feature = "event-stream")]
    pub(crate) fn fault(&self) -> Option<Fault> {
        match &self.source {
            Source::Events(events) => Some(events.fault()),
            Source::Bytes(_) | Source::Stream(_) => None,
        }
    }

    /// Whether it can be read before it is sent.
    pub(crate) fn can_be_read_ahead(&self) -> bool {
        match &self.source {
            Source::Bytes(_) => true,
            Source::Stream(stream) => stream.as_ref().and_then(SdkBody::try_clone).is_some(),
            #[cfg(feature = "event-stream")]
            Source::Events(_) => false,
        }
    }

    /// Refuses a stream of unknown length where the model says `@requiresLength`.
    pub(crate) fn require_length(&self, operation: &Operation) -> Result<(), Failure> {
        let members = operation.input.members().iter();
        let payload = members
            .into_iter()
            .find(|member| member.location() == Location::Payload);
        match payload.filter(|member| member.target().is_requires_length()) {
            Some(member) if self.len().is_none() => Err(refused(member.name(), NEEDS_LENGTH)),
            _ => Ok(()),
        }
    }

    /// What a signature covers.
    pub(crate) fn payload(&self) -> Payload<'_> {
        #[cfg(feature = "checksum")]
        if matches!(self.layers.last(), Some(Layer::Chunked(..))) {
            return Payload::UnsignedTrailer;
        }
        match (&self.source, &self.sha256) {
            (Source::Bytes(bytes), _) => Payload::Bytes(bytes),
            (Source::Stream(_), Some(digest)) => Payload::Sha256(digest),
            (Source::Stream(_), None) => Payload::Unsigned,
            #[cfg(feature = "event-stream")]
            (Source::Events(_), _) => Payload::Events,
        }
    }

    /// Whether it is a stream that a signature doesn't cover.
    pub(crate) fn is_unsigned(&self) -> bool {
        matches!(self.payload(), Payload::Unsigned)
    }

    /// For the next attempt.
    #[cfg_attr(
        not(feature = "event-stream"),
        expect(clippy::needless_pass_by_value, unused_variables)
    )]
    pub(super) fn send(
        &mut self,
        inner: &Inner,
        prepared: &Prepared,
        signature: Option<String>,
    ) -> Outgoing {
        match &mut self.source {
            Source::Bytes(bytes) => bytes.clone().into(),
            Source::Stream(stream) => layered(stream, &self.layers).into(),
            #[cfg(feature = "event-stream")]
            Source::Events(events) => events.body(inner.event_signer(prepared, signature)).into(),
        }
    }

    /// Reads a stream through that can be read again.
    pub(crate) async fn read_ahead(&mut self, mut piece: impl FnMut(&[u8])) -> Result<(), Failure> {
        let Source::Stream(stream) = &mut self.source else {
            return Ok(());
        };
        let mut body = layered(stream, &self.layers);
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            let frame = frame
                .map_err(|error| refused("the body", &format!("it can't be read ({error})")))?;
            if let Some(data) = frame.data_ref() {
                piece(data);
            }
        }
        Ok(())
    }

    /// Finds out the digest of a stream, for its signature.
    pub(crate) async fn digest(&mut self) -> Result<(), Failure> {
        let mut digest = Context::new(&SHA256);
        self.read_ahead(|piece| digest.update(piece)).await?;
        let mut text = String::new();
        for byte in digest.finish().as_ref() {
            // Writing to a String can't fail.
            let _ = write!(text, "{byte:02x}");
        }
        self.sha256 = Some(text);
        Ok(())
    }
}

/// A copy of the stream, or itself where there can be none, with all that is done to it.
fn layered(stream: &mut Option<SdkBody>, layers: &[Layer]) -> SdkBody {
    let copy = stream.as_ref().and_then(SdkBody::try_clone);
    let body = copy.or_else(|| stream.take());
    layers
        .iter()
        .fold(body.unwrap_or_else(SdkBody::empty), |body, layer| {
            layer.around(body)
        })
}

impl Layer {
    #[cfg_attr(
        not(any(feature = "checksum", feature = "compression")),
        expect(
            unused_variables,
            clippy::needless_pass_by_value,
            reason = "there is no layer then"
        )
    )]
    fn around(self, body: SdkBody) -> SdkBody {
        match self {
            #[cfg(feature = "compression")]
            Self::Gzip => SdkBody::from_body_1_x(super::compress::Gzip::new(body)),
            #[cfg(feature = "checksum")]
            Self::Chunked(algorithm, length) => {
                SdkBody::from_body_1_x(super::checksum::Chunked::new(body, algorithm, length))
            }
        }
    }
}

const NEEDS_LENGTH: &str = "the length of the stream must be known before it is sent; give bytes, a file, or a body \
                            with a length";

/// A body that can't be sent.
pub(crate) fn refused(place: &str, what: &str) -> Failure {
    Failure::Input(InputError {
        problems: vec![EncodeError::new(what).within(place).to_string()],
    })
}

/// A stream whose length nobody knows, and that can't be sent without.
#[cfg(feature = "checksum")]
pub(crate) fn needs_length(content: &Content) -> Failure {
    let what = match &content.source {
        Source::Stream(Some(stream))
            if stream.content_length().is_some() && !content.layers.is_empty() =>
        {
            "it is compressed, so that a stream must be readable twice for its checksum; give bytes or a file, or set \
             disable_request_compression"
        }
        _ => NEEDS_LENGTH,
    };
    refused("the body", what)
}
