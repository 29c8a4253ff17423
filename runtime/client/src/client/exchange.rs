//! One request and its response, within the limits of time and size.

use super::components;
use super::config::Config;
use super::silence::{Limit, Limits, Silence, Watch};
use crate::error::{
    DecodeError, Failure, ResponseError, TimeoutError, TimeoutKind, TransportError,
    TransportErrorKind,
};
use crate::transport::{
    BoxError, HttpClientTransport, HyperTransport, RequestBody, ResponseBody, SendError,
    SendOptions, Transport,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{Method, Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The maximum size of an error response in bytes: far more than any service sends.
const MAX_ERROR_SIZE: usize = 16 << 20;

/// How a request is sent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct How {
    /// See [`SendOptions::may_resend`].
    pub(crate) may_resend: bool,
    /// The caller decides when there is something to send, as with events: a pause isn't a stall.
    pub(crate) is_paced: bool,
    /// See [`SendOptions::expect_continue`].
    pub(crate) expects_continue: bool,
}

/// Sends requests through the transport, within the limits of time and size.
pub(crate) struct Http {
    transport: Arc<dyn Transport>,
    options: SendOptions,
    upload: Limits,
    download: Limits,
    max_size: usize,
}

impl Http {
    pub(crate) fn new(config: &Config) -> Self {
        let timeouts = config.timeouts();
        let stalled = config.stalled_streams();
        let options = SendOptions {
            connect_timeout: timeouts.connect,
            read_timeout: timeouts.read,
            ..SendOptions::default()
        };
        Self {
            transport: transport(config, timeouts.connect),
            options,
            upload: Limits::upload(timeouts.read, &stalled),
            download: Limits::download(timeouts.read, &stalled),
            max_size: config.max_response_size,
        }
    }

    pub(crate) fn transport(&self) -> Arc<dyn Transport> {
        self.transport.clone()
    }

    /// Sends a request and waits for the head of the response.
    pub(crate) async fn send(
        &self,
        mut request: Request<RequestBody>,
        sending: How,
        url: &str,
    ) -> Result<Response<ResponseBody>, Failure> {
        let limits = if sending.is_paced {
            self.upload.without_stalled()
        } else {
            self.upload
        };
        let is_head = request.method() == Method::HEAD;
        let watch = Watch::new(limits, !request.body().is_end_stream());
        let watch = watch.map(|(watch, reporter)| {
            request.body_mut().reporter = Some(reporter);
            watch
        });
        let options = SendOptions {
            may_resend: sending.may_resend,
            expect_continue: sending.expects_continue,
            ..self.options.clone()
        };
        let response = self.transport.send(request, &options);
        let response = match watch {
            None => response.await,
            Some(watch) => {
                let watched = watch.during(response).await;
                watched.map_err(|limit| silent(limit, url))?
            }
        };
        let mut response = response.map_err(|error| self.failed(error, url))?;
        let length = response.headers().get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        // Of some responses it is the length of a body that isn't sent (RFC 9110, section 8.6).
        let has_body = !is_head && response.status() != StatusCode::NOT_MODIFIED;
        if let Some(length) = length.filter(|_| has_body) {
            response.body_mut().set_length(length);
        }
        Ok(response)
    }

    /// Reads the whole body. Errors have a limit of their own.
    pub(crate) async fn read(
        &self,
        status: StatusCode,
        body: ResponseBody,
        success: bool,
        url: &str,
    ) -> Result<Bytes, Failure> {
        let status = status.as_u16();
        let limit = if success {
            self.max_size
        } else {
            self.max_size.min(MAX_ERROR_SIZE)
        };
        if body.size_hint().lower() > limit as u64 {
            return Err(too_large(status, limit));
        }
        let mut body = Download {
            body: Incomplete::new(body, self.download),
            url: url.to_owned(),
        };
        let mut whole = Whole::default();
        while let Some(piece) = poll_fn(|cx| body.poll_data(cx)).await {
            match piece {
                Ok(piece) => whole.push(piece),
                Err(failure) if is_stalled(&failure) && !whole.has_begun() => {}
                Err(failure) => return Err(failure),
            }
            if whole.len() > limit {
                return Err(too_large(status, limit));
            }
        }
        Ok(whole.into())
    }

    /// The body as a stream, with the limits on silence.
    pub(crate) fn stream(&self, body: ResponseBody) -> ByteStream {
        let body = Incomplete::new(body, self.download);
        ByteStream::new(SdkBody::from_body_1_x(body))
    }

    /// The body piece by piece, with the limits on silence.
    #[cfg(feature = "transfer")]
    pub(crate) fn download(&self, body: ResponseBody, url: &str) -> Download {
        Download {
            body: Incomplete::new(body, self.download),
            url: url.to_owned(),
        }
    }

    /// The body for event streams, which read it piece by piece.
    #[cfg(feature = "event-stream")]
    pub(crate) fn body(&self, body: ResponseBody, url: &str) -> Download {
        Download {
            body: Incomplete::new(body, self.download.without_stalled()),
            url: url.to_owned(),
        }
    }

    fn failed(&self, error: SendError, url: &str) -> Failure {
        match error {
            SendError::Transport(kind, source) => transport_failure(kind, url, source),
            SendError::ConnectTimeout => Failure::Timeout(TimeoutError {
                kind: TimeoutKind::Connect,
                after: self.options.connect_timeout.unwrap_or_default(),
                url: url.to_owned(),
            }),
        }
    }
}

/// The transport that is set, or the default one.
fn transport(config: &Config, connect_timeout: Option<Duration>) -> Arc<dyn Transport> {
    if let Some(transport) = &config.transport {
        return transport.clone();
    }
    match &config.http_client {
        Some(client) => Arc::new(HttpClientTransport::new(
            client.clone(),
            components::of(config),
        )),
        None => Arc::new(HyperTransport::new(&config.connections, connect_timeout)),
    }
}

fn too_large(status: u16, limit: usize) -> Failure {
    let error = DecodeError::new(format!("the response has more than {limit} bytes"));
    Failure::Response(ResponseError::new(error, status))
}

fn silent(Limit { kind, after }: Limit, url: &str) -> Failure {
    Failure::Timeout(TimeoutError {
        kind,
        after,
        url: url.to_owned(),
    })
}

fn is_stalled(failure: &Failure) -> bool {
    matches!(failure, Failure::Timeout(error) if error.kind == TimeoutKind::Stalled)
}

fn transport_failure(kind: TransportErrorKind, url: &str, error: BoxError) -> Failure {
    Failure::Transport(TransportError {
        kind,
        url: url.to_owned(),
        source: Box::new(Cause(error)),
    })
}

/// The failure for a body that isn't what the service sent.
#[cfg(feature = "checksum")]
pub(super) fn damaged(url: &str, error: BoxError) -> Failure {
    transport_failure(TransportErrorKind::Closed, url, error)
}

/// An error with the text of its innermost cause: libraries wrap it in texts like "client error".
#[derive(Debug)]
struct Cause(BoxError);

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cause: &dyn StdError = self.0.as_ref();
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        write!(f, "{cause}")
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.0.as_ref())
    }
}

/// A body that is collected. A single piece isn't copied.
#[derive(Default)]
struct Whole {
    first: Bytes,
    all: Vec<u8>,
}

impl Whole {
    fn push(&mut self, piece: Bytes) {
        if self.first.is_empty() && self.all.is_empty() {
            self.first = piece;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.all.extend_from_slice(&piece);
    }

    fn len(&self) -> usize {
        self.first.len() + self.all.len()
    }

    /// Whether there is more than whitespace after the XML declaration, which some services send to keep a connection open
    /// while they work.
    fn has_begun(&self) -> bool {
        let whole = if self.all.is_empty() {
            &self.first[..]
        } else {
            &self.all
        };
        let rest = match whole.strip_prefix(b"<?xml") {
            Some(rest) => rest
                .iter()
                .position(|byte| *byte == b'>')
                .map_or(&[][..], |end| &rest[end + 1..]),
            None => whole,
        };
        !rest.trim_ascii().is_empty()
    }
}

impl From<Whole> for Bytes {
    fn from(whole: Whole) -> Self {
        if whole.all.is_empty() {
            whole.first
        } else {
            whole.all.into()
        }
    }
}

/// The body of a response, with the limits on silence.
struct Incomplete {
    body: ResponseBody,
    silence: Option<Silence>,
}

impl Incomplete {
    fn new(body: ResponseBody, limits: Limits) -> Self {
        Self {
            body,
            silence: Silence::new(limits),
        }
    }
}

impl Body for Incomplete {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        let Some(silence) = &mut self.silence else {
            return polled;
        };
        if polled.is_ready() {
            silence.moved();
            return polled;
        }
        let limit = ready!(silence.poll(cx));
        Poll::Ready(Some(Err(Silent(limit).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The peer was silent for too long while the caller read a body.
#[derive(Debug)]
struct Silent(Limit);

impl fmt::Display for Silent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let setting = match self.0.kind {
            TimeoutKind::Stalled => "stalled_stream_protection",
            _ => "read_timeout",
        };
        write!(f, "no byte came for {:?} ({setting})", self.0.after)
    }
}

impl StdError for Silent {}

/// A response's body that is read piece by piece.
pub(crate) struct Download {
    body: Incomplete,
    url: String,
}

#[cfg(feature = "event-stream")]
impl crate::event_stream::Pieces for Download {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        self.poll_data(cx)
    }
}

impl Download {
    /// The next bytes; none at the end.
    pub(crate) fn poll_data(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Failure>>> {
        loop {
            let frame = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Ok(frame)) => frame,
                Some(Err(error)) => {
                    let failure = match error.downcast_ref() {
                        Some(Silent(limit)) => silent(*limit, &self.url),
                        None => transport_failure(TransportErrorKind::Closed, &self.url, error),
                    };
                    return Poll::Ready(Some(Err(failure)));
                }
            };
            // Anything else is a trailer.
            if let Ok(data) = frame.into_data() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}

/// The failure of an attempt or a call that took too long.
pub(crate) fn too_long(kind: TimeoutKind, after: Duration, url: String) -> Failure {
    Failure::Timeout(TimeoutError { kind, after, url })
}
