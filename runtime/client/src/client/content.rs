//! The body of a request: in memory or streamed, and what is done to it while it is sent.

use super::call::{Inner, Prepared};
use super::of_length::OfLength;
use crate::error::{EncodeError, Failure, InputError};
#[cfg(feature = "event-stream")]
use crate::event_stream::{Fault, Sent};
use crate::operation::Operation;
use crate::protocol::Body;
use crate::schema::{Location, Member};
use crate::transport::RequestBody;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body::Body as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

/// The body of a request, from which each attempt makes its own.
pub(crate) struct Content {
    form: Form,
    /// What each attempt wraps around a stream, the innermost first.
    layers: Vec<Layer>,
    /// The digest of a stream that was read ahead, for its signature.
    sha256: Option<String>,
    /// What interceptors made of the body, for the next attempt.
    replaced: Option<SdkBody>,
}

enum Form {
    Bytes(Bytes),
    /// Can be sent only once, unless it can be cloned. None: it has been sent.
    Stream(Option<SdkBody>),
    #[cfg(feature = "event-stream")]
    Events(Sent),
}

/// What is done to a stream while it is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Layer {
    /// Fails unless the stream has that many bytes.
    OfLength(u64),
    /// Compression.
    #[cfg(feature = "compression")]
    Gzip,
    /// Chunked, with a checksum in the trailer. The lengths of the body and of its chunks.
    #[cfg(feature = "checksum")]
    Chunked {
        algorithm: super::checksum::Algorithm,
        length: u64,
        chunk: u64,
    },
}

/// What a signature covers of the body.
#[derive(Clone, Debug)]
pub(crate) enum Payload<'a> {
    Bytes(&'a [u8]),
    /// Its digest, in hexadecimal digits.
    Sha256(&'a str),
    Unsigned,
    /// Nothing; a checksum follows in a trailer.
    #[cfg(feature = "checksum")]
    UnsignedTrailer,
    /// Events, which are signed one by one.
    #[cfg(feature = "event-stream")]
    Events,
}

impl Content {
    /// Streams that are in memory become bytes.
    pub(crate) fn new(body: Body) -> Self {
        let (form, length) = match body {
            Body::Bytes(bytes) => (Form::Bytes(bytes), None),
            Body::Stream(stream) => {
                let body = stream.into_inner();
                let length = body.content_length();
                match body.bytes().map(Bytes::copy_from_slice) {
                    Some(bytes) => (Form::Bytes(bytes), None),
                    None => (Form::Stream(Some(body)), length),
                }
            }
        };
        Self {
            form,
            layers: length.map(Layer::OfLength).into_iter().collect(),
            sha256: None,
            replaced: None,
        }
    }

    /// The body before encodings, for interceptors; [`Content::put_plain`] takes what they made of it.
    pub(super) fn take_plain(&mut self) -> SdkBody {
        if let Some(body) = self.replaced.take() {
            return body;
        }
        match &mut self.form {
            Form::Bytes(bytes) => SdkBody::from(bytes.clone()),
            Form::Stream(stream) => layered(stream, &[]),
            #[cfg(feature = "event-stream")]
            Form::Events(_) => SdkBody::empty(),
        }
    }

    /// Sends this body in the next attempt. Events can't be replaced.
    pub(super) fn put_plain(&mut self, body: SdkBody) {
        self.replaced = (!self.is_events()).then_some(body);
    }

    /// Sends the replaced body in all attempts.
    pub(super) fn keep_replaced(&mut self) {
        let Some(body) = self.replaced.take() else {
            return;
        };
        self.form = match body.bytes() {
            Some(bytes) if self.layers.is_empty() => Form::Bytes(Bytes::copy_from_slice(bytes)),
            _ => {
                let length = body.content_length().or(self.len());
                if let (true, Some(length)) = (self.layers.is_empty(), length) {
                    self.layers.push(Layer::OfLength(length));
                }
                Form::Stream(Some(body))
            }
        };
    }

    /// Takes the caller's Content-Length out of the headers. It gives a stream of unknown length its length; the length that
    /// is sent is that of the final body.
    pub(crate) fn take_length(
        &mut self,
        operation: &Operation,
        headers: &mut HeaderMap,
    ) -> Result<(), Failure> {
        let Some(value) = headers.remove(CONTENT_LENGTH) else {
            return Ok(());
        };
        let place = length_member(operation);
        let length = value.to_str().ok().and_then(|text| text.parse().ok());
        let length: u64 = length.ok_or_else(|| refused(place, "it can't be a length"))?;
        match (self.len(), &self.form) {
            (Some(own), _) if own == length => Ok(()),
            (Some(own), _) => {
                let what = format!("it is {length}, but the body has {own} bytes");
                Err(refused(place, &what))
            }
            (None, Form::Stream(_)) => {
                self.wrap(Layer::OfLength(length));
                Ok(())
            }
            #[cfg(feature = "event-stream")]
            (None, _) => Ok(()),
            #[cfg(not(feature = "event-stream"))]
            (None, Form::Bytes(_)) => Ok(()),
        }
    }

    /// Turns it into events. The document becomes the first event where the protocol sends it so.
    #[cfg(feature = "event-stream")]
    pub(crate) fn with_events(self, events: Sent) -> Self {
        let events = match self.form {
            Form::Bytes(document) => events.with_initial(document),
            Form::Stream(_) | Form::Events(_) => events,
        };
        Self {
            form: Form::Events(events),
            ..self
        }
    }

    /// All of it; none for a stream.
    pub(crate) fn bytes(&self) -> Option<&Bytes> {
        match &self.form {
            Form::Bytes(bytes) => Some(bytes),
            Form::Stream(_) => None,
            #[cfg(feature = "event-stream")]
            Form::Events(_) => None,
        }
    }

    /// Whether it is known to be empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Replaces the bytes.
    #[cfg(feature = "compression")]
    pub(crate) fn replace(&mut self, bytes: Vec<u8>) {
        self.form = Form::Bytes(bytes.into());
    }

    /// Wraps another layer around a stream.
    pub(crate) fn wrap(&mut self, layer: Layer) {
        self.layers.push(layer);
    }

    /// The length in bytes, if it is known before sending.
    pub(crate) fn len(&self) -> Option<u64> {
        match &self.form {
            Form::Bytes(bytes) => Some(bytes.len() as u64),
            Form::Stream(_) => match self.layers.last()? {
                Layer::OfLength(length) => Some(*length),
                #[cfg(any(feature = "checksum", feature = "compression"))]
                _ => None,
            },
            #[cfg(feature = "event-stream")]
            Form::Events(_) => None,
        }
    }

    /// The length of what a stream or the bytes hold before encodings, if it is known.
    pub(super) fn plain_len(&self) -> Option<u64> {
        let known = self.layers.iter().find_map(|layer| layer.plain_len());
        self.bytes().map(|bytes| bytes.len() as u64).or(known)
    }

    /// Whether there can be another attempt.
    pub(crate) fn is_replayable(&self) -> bool {
        match &self.form {
            Form::Bytes(_) => true,
            Form::Stream(stream) => stream.is_some(),
            #[cfg(feature = "event-stream")]
            Form::Events(events) => events.is_replayable(),
        }
    }

    /// Why sending failed, if the body knows more than the connection.
    pub(crate) fn failure(&self) -> Option<Failure> {
        match &self.form {
            #[cfg(feature = "event-stream")]
            Form::Events(events) => events.fault().failure(),
            Form::Bytes(_) | Form::Stream(_) => None,
        }
    }

    /// The form of [`Content::failure`].
    #[cfg(feature = "event-stream")]
    pub(crate) fn fault(&self) -> Option<Fault> {
        match &self.form {
            Form::Events(events) => Some(events.fault()),
            Form::Bytes(_) | Form::Stream(_) => None,
        }
    }

    /// Whether it can be read before it is sent.
    pub(crate) fn can_be_read_ahead(&self) -> bool {
        match &self.form {
            Form::Bytes(_) => true,
            Form::Stream(stream) => stream.as_ref().and_then(SdkBody::try_clone).is_some(),
            #[cfg(feature = "event-stream")]
            Form::Events(_) => false,
        }
    }

    /// Fails for a stream of unknown length with `@requiresLength`.
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
        if matches!(self.layers.last(), Some(Layer::Chunked { .. })) {
            return Payload::UnsignedTrailer;
        }
        match (&self.form, &self.sha256) {
            (Form::Bytes(bytes), _) => {
                let replaced = self.replaced.as_ref().and_then(SdkBody::bytes);
                Payload::Bytes(replaced.unwrap_or(bytes))
            }
            (Form::Stream(_), Some(digest)) => Payload::Sha256(digest),
            (Form::Stream(_), None) => Payload::Unsigned,
            #[cfg(feature = "event-stream")]
            (Form::Events(_), _) => Payload::Events,
        }
    }

    /// The body of the next attempt.
    #[cfg_attr(
        not(feature = "event-stream"),
        expect(clippy::needless_pass_by_value, unused_variables)
    )]
    pub(super) fn send(
        &mut self,
        inner: &Inner,
        prepared: &Prepared,
        signature: Option<String>,
    ) -> RequestBody {
        match (&mut self.form, self.replaced.take()) {
            (Form::Bytes(bytes), Some(body)) => replaced_bytes(bytes, body),
            (Form::Stream(_), Some(body)) => RequestBody::stream(around(body, &self.layers), None),
            (Form::Bytes(bytes), None) => bytes.clone().into(),
            (Form::Stream(stream), None) => request_body(stream, &self.layers),
            #[cfg(feature = "event-stream")]
            (Form::Events(events), _) => {
                let signer = inner.event_signer(prepared, signature);
                let again = (events.clone(), signer.clone());
                let remake = move || {
                    let (events, signer) = &again;
                    let body = || RequestBody::stream(events.body(signer.clone()), None);
                    events.is_replayable().then(body)
                };
                RequestBody::stream(events.body(signer), Some(Arc::new(remake)))
            }
        }
    }

    /// Whether it consists of events, which are sent when there are some.
    pub(crate) fn is_events(&self) -> bool {
        match &self.form {
            Form::Bytes(_) | Form::Stream(_) => false,
            #[cfg(feature = "event-stream")]
            Form::Events(_) => true,
        }
    }

    /// Reads through a stream that can be read again. Its length is known afterwards.
    pub(crate) async fn read_ahead(&mut self, mut piece: impl FnMut(&[u8])) -> Result<(), Failure> {
        let Form::Stream(stream) = &mut self.form else {
            return Ok(());
        };
        let mut body = layered(stream, &self.layers);
        let mut length = 0;
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            let frame = frame
                .map_err(|error| refused("the body", &format!("it can't be read ({error})")))?;
            if let Some(data) = frame.data_ref() {
                length += data.len() as u64;
                piece(data);
            }
        }
        if self.len().is_none() {
            self.wrap(Layer::OfLength(length));
        }
        Ok(())
    }

    /// The digest of a stream, for its signature.
    pub(crate) fn set_sha256(&mut self, digest: String) {
        self.sha256 = Some(digest);
    }
}

/// The input's member for Content-Length.
fn length_member(operation: &Operation) -> &str {
    let is_length = |member: &&Member| {
        member.location() == Location::Header
            && member.wire().eq_ignore_ascii_case(CONTENT_LENGTH.as_str())
    };
    let mut members = operation.input.members().iter();
    members
        .find(is_length)
        .map_or("Content-Length", Member::name)
}

/// A copy of the stream, or itself where it can't be copied, with its layers.
fn layered(stream: &mut Option<SdkBody>, layers: &[Layer]) -> SdkBody {
    let copy = stream.as_ref().and_then(SdkBody::try_clone);
    let body = copy.or_else(|| stream.take());
    around(body.unwrap_or_else(SdkBody::empty), layers)
}

fn around(body: SdkBody, layers: &[Layer]) -> SdkBody {
    layers.iter().fold(body, |body, layer| layer.around(body))
}

/// What interceptors made of bytes. A stream without a length has that of the bytes.
fn replaced_bytes(bytes: &Bytes, body: SdkBody) -> RequestBody {
    match body.bytes() {
        Some(replaced) => Bytes::copy_from_slice(replaced).into(),
        None if body.content_length().is_some() => RequestBody::stream(body, None),
        None => {
            let length = Layer::OfLength(bytes.len() as u64);
            RequestBody::stream(length.around(body), None)
        }
    }
}

/// The same as the body of a request, which can be made again where the stream can be copied.
fn request_body(stream: &mut Option<SdkBody>, layers: &[Layer]) -> RequestBody {
    let Some(template) = stream.as_ref().and_then(SdkBody::try_clone) else {
        return RequestBody::stream(layered(stream, layers), None);
    };
    let to_repeat = layers.to_vec();
    let remake = move || {
        let body = template.try_clone()?;
        Some(RequestBody::stream(around(body, &to_repeat), None))
    };
    RequestBody::stream(layered(stream, layers), Some(Arc::new(remake)))
}

impl Layer {
    /// The length before encodings, if the layer knows it.
    #[cfg_attr(
        not(feature = "compression"),
        expect(clippy::unnecessary_wraps, reason = "compression doesn't know it")
    )]
    fn plain_len(self) -> Option<u64> {
        match self {
            Self::OfLength(length) => Some(length),
            #[cfg(feature = "checksum")]
            Self::Chunked { length, .. } => Some(length),
            #[cfg(feature = "compression")]
            Self::Gzip => None,
        }
    }

    fn around(self, body: SdkBody) -> SdkBody {
        match self {
            Self::OfLength(length) => SdkBody::from_body_1_x(OfLength::new(body, length)),
            #[cfg(feature = "compression")]
            Self::Gzip => SdkBody::from_body_1_x(super::compress::Gzip::new(body)),
            #[cfg(feature = "checksum")]
            Self::Chunked {
                algorithm,
                length,
                chunk,
            } => {
                let body = super::checksum::Chunked::new(body, algorithm, length, chunk);
                SdkBody::from_body_1_x(body)
            }
        }
    }
}

const NEEDS_LENGTH: &str = "the length of the stream must be known before it is sent; give bytes, a file, a body with a \
                            length, or its Content-Length";

/// A body that can't be sent.
pub(crate) fn refused(place: &str, what: &str) -> Failure {
    Failure::Input(InputError {
        problems: vec![EncodeError::new(what).within(place).to_string()],
    })
}

/// The error for a stream of unknown length that can't be sent without it.
#[cfg(feature = "checksum")]
pub(crate) fn needs_length(content: &Content) -> Failure {
    let is_compressed = content
        .layers
        .iter()
        .any(|layer| !matches!(layer, Layer::OfLength(_)));
    refused(
        "the body",
        if is_compressed {
            "it is compressed, so that a stream must be readable twice for its checksum; give bytes or a file, or set \
             disable_request_compression"
        } else {
            NEEDS_LENGTH
        },
    )
}
