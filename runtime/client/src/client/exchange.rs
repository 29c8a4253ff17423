//! One request and its response, within the limits of time and size.

use super::config::Config;
use super::connect::{ConnectError, ConnectErrorKind};
use super::pool::Pool;
use super::proxy::Proxies;
use super::silence::{Limit, Limits, Reporter, Silence, Watch};
use crate::error::{
    DecodeError, Failure, ResponseError, TimeoutError, TimeoutKind, TransportError,
    TransportErrorKind,
};
#[cfg(feature = "event-stream")]
use crate::event_stream::EventBody;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http::header::PROXY_AUTHORIZATION;
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::client::legacy::Error;
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

type BoxError = Box<dyn StdError + Send + Sync>;

/// As much of an error's body is read: far more than any service says.
const MAX_ERROR_SIZE: usize = 16 << 20;
/// What is handed on at once of a body, so that a slow network shows progress.
const PIECE: usize = 64 << 10;

/// Why there is no response.
pub(crate) struct Unanswered {
    pub(crate) failure: Failure,
    /// The request was lost on a connection that was kept; the next one goes out on a new connection.
    pub(crate) on_kept: bool,
}

/// Sends requests; keeps connections open between them.
pub(crate) struct Http {
    pool: Pool,
    proxies: Proxies,
    connect_timeout: Option<Duration>,
    upload: Limits,
    download: Limits,
    max_size: usize,
}

impl Http {
    pub(crate) fn new(config: &Config) -> Self {
        let proxies = Proxies::new(&config.proxy);
        Self {
            pool: Pool::new(config, proxies.clone()),
            proxies,
            connect_timeout: config.timeouts.connect,
            upload: Limits::upload(config.timeouts.read, &config.stalled_streams),
            download: Limits::download(config.timeouts.read, &config.stalled_streams),
            max_size: config.max_response_size,
        }
    }

    /// Sends the request and waits for the beginning of the response.
    pub(crate) async fn send(
        &self,
        mut request: Request<Outgoing>,
        url: &str,
    ) -> Result<Response<Incoming>, Unanswered> {
        if let Some(value) = self.proxies.authorization(request.uri()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, value);
        }
        let watch = Watch::new(
            self.upload_limits(&request),
            !request.body().is_end_stream(),
        );
        let watch = watch.map(|(watch, reporter)| {
            request.body_mut().reporter = Some(reporter);
            watch
        });
        let response = self.pool.send(request);
        let response = match watch {
            None => response.await,
            Some(watch) => watch.during(response).await.map_err(|limit| Unanswered {
                failure: silent(limit, url),
                on_kept: false,
            })?,
        };
        response.map_err(|lost| Unanswered {
            failure: self.failed(lost.error, url),
            on_kept: lost.on_kept,
        })
    }

    /// Events are sent when there are some.
    fn upload_limits(&self, request: &Request<Outgoing>) -> Limits {
        match &request.body().source {
            #[cfg(feature = "event-stream")]
            Some(Source::Events(_)) => self.upload.without_stalled(),
            _ => self.upload,
        }
    }

    /// The whole body; that of an error has a limit of its own.
    pub(crate) async fn read(
        &self,
        response: Response<Incoming>,
        success: bool,
        url: &str,
    ) -> Result<Bytes, Failure> {
        let status = response.status().as_u16();
        let limit = if success {
            self.max_size
        } else {
            self.max_size.min(MAX_ERROR_SIZE)
        };
        if response.body().size_hint().lower() > limit as u64 {
            return Err(too_large(status, limit));
        }
        let mut body = ResponseBody {
            body: Incomplete::new(response, self.download),
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

    /// The body as it comes, with the limits on silence.
    pub(crate) fn stream(&self, response: Response<Incoming>) -> ByteStream {
        ByteStream::new(SdkBody::from_body_1_x(Incomplete::new(
            response,
            self.download,
        )))
    }

    /// The body for what reads it piece by piece.
    #[cfg(feature = "event-stream")]
    pub(crate) fn body(&self, response: Response<Incoming>, url: &str) -> ResponseBody {
        ResponseBody {
            body: Incomplete::new(response, self.download.without_stalled()),
            url: url.to_owned(),
        }
    }

    fn failed(&self, error: Error, url: &str) -> Failure {
        let kind = connect_error(&error).map(|error| error.kind);
        let kind = match kind {
            Some(ConnectErrorKind::Timeout) => {
                let after = self.connect_timeout.unwrap_or_default();
                return Failure::Timeout(TimeoutError {
                    kind: TimeoutKind::Connect,
                    after,
                    url: url.to_owned(),
                });
            }
            Some(ConnectErrorKind::Connect) => TransportErrorKind::Connect,
            Some(ConnectErrorKind::Proxy) => TransportErrorKind::Proxy,
            Some(ConnectErrorKind::Tls) => TransportErrorKind::Tls,
            Some(ConnectErrorKind::Closed) | None => TransportErrorKind::Closed,
        };
        transport(kind, url, error.into())
    }
}

fn too_large(status: u16, limit: usize) -> Failure {
    Failure::Response(ResponseError {
        error: DecodeError::new(format!("the response has more than {limit} bytes")),
        status,
        request_id: None,
        body_start: String::new(),
    })
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

fn transport(kind: TransportErrorKind, url: &str, error: BoxError) -> Failure {
    Failure::Transport(TransportError {
        kind,
        url: url.to_owned(),
        source: Box::new(Cause(error)),
    })
}

/// The innermost of our own errors: a proxy by TLS has two.
fn connect_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a ConnectError> {
    let mut cause = Some(error);
    let mut found = None;
    while let Some(error) = cause {
        found = error.downcast_ref().or(found);
        cause = error.source();
    }
    found
}

/// An error that reads as its deepest cause: libraries wrap what happened in words like "client error".
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

/// The body of a request on its way.
pub(crate) struct Outgoing {
    /// What comes next.
    next: Bytes,
    /// What comes behind that.
    source: Option<Source>,
    reporter: Option<Reporter>,
}

enum Source {
    Stream(SdkBody),
    #[cfg(feature = "event-stream")]
    Events(Box<EventBody>),
}

impl From<Bytes> for Outgoing {
    fn from(bytes: Bytes) -> Self {
        Self {
            next: bytes,
            source: None,
            reporter: None,
        }
    }
}

impl From<Source> for Outgoing {
    fn from(source: Source) -> Self {
        Self {
            next: Bytes::new(),
            source: Some(source),
            reporter: None,
        }
    }
}

impl From<SdkBody> for Outgoing {
    fn from(body: SdkBody) -> Self {
        Source::Stream(body).into()
    }
}

#[cfg(feature = "event-stream")]
impl From<EventBody> for Outgoing {
    fn from(body: EventBody) -> Self {
        Source::Events(Box::new(body)).into()
    }
}

impl Outgoing {
    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while self.next.is_empty() {
            let frame = match &mut self.source {
                None => return Poll::Ready(None),
                Some(Source::Stream(body)) => ready!(Pin::new(body).poll_frame(cx)),
                #[cfg(feature = "event-stream")]
                Some(Source::Events(body)) => ready!(Pin::new(body).poll_frame(cx)),
            };
            match frame.map(|frame| frame.map(Frame::into_data)) {
                None => return Poll::Ready(None),
                Some(Ok(Ok(data))) => self.next = data,
                Some(Ok(Err(trailers))) => return Poll::Ready(Some(Ok(trailers))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
        let piece = self.next.split_to(self.next.len().min(PIECE));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = self.poll_piece(cx);
        if let Some(reporter) = &self.reporter {
            reporter.polled(&piece);
        }
        piece
    }

    fn is_end_stream(&self) -> bool {
        self.next.is_empty()
            && match &self.source {
                None => true,
                Some(Source::Stream(body)) => body.is_end_stream(),
                #[cfg(feature = "event-stream")]
                Some(Source::Events(_)) => false,
            }
    }

    fn size_hint(&self) -> SizeHint {
        let next = self.next.len() as u64;
        let behind = match &self.source {
            None => SizeHint::with_exact(0),
            Some(Source::Stream(body)) => body.size_hint(),
            #[cfg(feature = "event-stream")]
            Some(Source::Events(_)) => SizeHint::default(),
        };
        let mut hint = SizeHint::new();
        hint.set_lower(behind.lower().saturating_add(next));
        if let Some(upper) = behind.upper() {
            hint.set_upper(upper.saturating_add(next));
        }
        hint
    }
}

/// A body that is put together; one that came in one piece is that piece.
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

    /// Whether there is more than what keeps a connection open while a service works: blanks, behind the first line of an
    /// XML document.
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

/// A response's body that is still to be read.
struct Incomplete {
    body: Incoming,
    silence: Option<Silence>,
}

impl Incomplete {
    fn new(response: Response<Incoming>, limits: Limits) -> Self {
        Self {
            body: response.into_body(),
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
            return polled.map_err(Into::into);
        };
        if polled.is_ready() {
            silence.moved();
            return polled.map_err(Into::into);
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

/// Too long a silence in a body that the caller reads.
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
pub(crate) struct ResponseBody {
    body: Incomplete,
    url: String,
}

#[cfg(feature = "event-stream")]
impl crate::event_stream::Pieces for ResponseBody {
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        self.poll_data(cx)
    }
}

impl ResponseBody {
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
                        None => transport(TransportErrorKind::Closed, &self.url, error),
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

/// The failure of a whole attempt or call that took too long.
pub(crate) fn too_long(kind: TimeoutKind, after: Duration, url: String) -> Failure {
    Failure::Timeout(TimeoutError { kind, after, url })
}
