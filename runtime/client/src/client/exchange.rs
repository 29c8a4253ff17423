//! One request and its response, within the limits of time and size.

use super::config::Config;
use super::connect::{ConnectError, ConnectErrorKind, Connector};
use super::proxy::Proxies;
use super::settings::Timeouts;
use super::tls::Tls;
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
use http::{Request, Response, Version};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client, Error, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, timeout, timeout_at};

type BoxError = Box<dyn StdError + Send + Sync>;

/// Connections that are idle for longer are closed: most servers have closed them by then.
const IDLE: Duration = Duration::from_mins(1);
/// A limit that nobody lives to see the end of.
const FOREVER: Duration = Duration::from_hours(24 * 365 * 100);
/// What is handed on at once of a body in memory, so that a slow network shows progress.
const PIECE: usize = 256 << 10;

/// Sends requests; keeps connections open between them.
pub(crate) struct Http {
    client: Client<Connector, Outgoing>,
    /// For what needs HTTP/2.
    http2: Client<Connector, Outgoing>,
    proxies: Proxies,
    timeouts: Timeouts,
    max_size: usize,
}

impl Http {
    pub(crate) fn new(config: &Config) -> Self {
        let proxies = Proxies::new(&config.proxy);
        let connector = Connector::new(
            Tls::new(&config.trust),
            proxies.clone(),
            config.timeouts.connect,
        );
        let mut builder = Client::builder(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            // Lines that are no headers are passed over, as by other clients.
            .http1_ignore_invalid_headers_in_responses(true)
            .pool_idle_timeout(IDLE);
        Self {
            client: builder.build(connector.clone()),
            http2: builder.http2_only(true).build(connector.http2_only()),
            proxies,
            // So that it can be added to any time.
            timeouts: Timeouts {
                read: config.timeouts.read.map(|limit| limit.min(FOREVER)),
                ..config.timeouts
            },
            max_size: config.max_response_size,
        }
    }

    fn client(&self, version: Version) -> &Client<Connector, Outgoing> {
        if version == Version::HTTP_2 {
            &self.http2
        } else {
            &self.client
        }
    }

    /// Sends the request and waits for the beginning of the response. One whose version is HTTP/2 is sent by that
    /// alone; the others by what the service prefers.
    pub(crate) async fn send(
        &self,
        mut request: Request<Outgoing>,
        url: &str,
    ) -> Result<Response<Incoming>, Failure> {
        if let Some(value) = self.proxies.authorization(request.uri()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, value);
        }
        let response = match self.timeouts.read {
            None => self.client(request.version()).request(request).await,
            Some(limit) => self
                .send_within(request, limit)
                .await
                .ok_or_else(|| silent(limit, url))?,
        };
        response.map_err(|error| self.failed(error, url))
    }

    /// None when, once connected, nothing moves for that long.
    async fn send_within(
        &self,
        mut request: Request<Outgoing>,
        limit: Duration,
    ) -> Option<Result<Response<Incoming>, Error>> {
        let mut connection = capture_connection(&mut request);
        let progress = Progress::default();
        request.body_mut().progress = Some(progress.clone());
        let mut response = pin!(self.client(request.version()).request(request));
        let mut connected = pin!(async { drop(connection.wait_for_connection_metadata().await) });
        let early = poll_fn(|cx| match response.as_mut().poll(cx) {
            Poll::Ready(response) => Poll::Ready(Some(response)),
            Poll::Pending => connected.as_mut().poll(cx).map(|()| None),
        });
        match early.await {
            Some(response) => Some(response),
            None => progress.watch(response, limit).await,
        }
    }

    /// The whole body.
    pub(crate) async fn read(
        &self,
        response: Response<Incoming>,
        url: &str,
    ) -> Result<Bytes, Failure> {
        let status = response.status().as_u16();
        let mut body = response.into_body();
        let mut whole = Whole::default();
        while let Some(piece) = self.next(&mut body, url).await? {
            whole.push(piece);
            if whole.len() > self.max_size {
                return Err(self.too_large(status));
            }
        }
        Ok(whole.into())
    }

    async fn next(&self, body: &mut Incoming, url: &str) -> Result<Option<Bytes>, Failure> {
        loop {
            let frame = poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx));
            let frame = match self.timeouts.read {
                None => frame.await,
                Some(limit) => timeout(limit, frame)
                    .await
                    .map_err(|_| silent(limit, url))?,
            };
            match frame {
                None => return Ok(None),
                Some(Err(error)) => {
                    return Err(transport(TransportErrorKind::Closed, url, error.into()));
                }
                // Anything else is a trailer.
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }

    /// The body as it comes, with the limit on silence.
    pub(crate) fn stream(&self, response: Response<Incoming>) -> ByteStream {
        ByteStream::new(SdkBody::from_body_1_x(self.incomplete(response)))
    }

    /// The body for what reads it piece by piece.
    #[cfg(feature = "event-stream")]
    pub(crate) fn body(&self, response: Response<Incoming>, url: &str) -> ResponseBody {
        ResponseBody {
            body: self.incomplete(response),
            url: url.to_owned(),
        }
    }

    fn incomplete(&self, response: Response<Incoming>) -> Incomplete {
        let silence = self
            .timeouts
            .read
            .map(|limit| (limit, Box::pin(tokio::time::sleep(limit))));
        Incomplete {
            body: response.into_body(),
            silence,
        }
    }

    fn too_large(&self, status: u16) -> Failure {
        Failure::Response(ResponseError {
            error: DecodeError::new(format!(
                "the response has more than {} bytes",
                self.max_size
            )),
            status,
            request_id: None,
            body_start: String::new(),
        })
    }

    fn failed(&self, error: Error, url: &str) -> Failure {
        let kind = connect_error(&error).map(|error| error.kind);
        let kind = match kind {
            Some(ConnectErrorKind::Timeout) => {
                let after = self.timeouts.connect.unwrap_or_default();
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

fn silent(after: Duration, url: &str) -> Failure {
    Failure::Timeout(TimeoutError {
        kind: TimeoutKind::Read,
        after,
        url: url.to_owned(),
    })
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

/// When something of a request was last handed to the network.
#[derive(Clone)]
struct Progress(Arc<Mutex<Instant>>);

impl Default for Progress {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }
}

impl Progress {
    fn touch(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The response; none when there was no progress for that long.
    async fn watch(
        &self,
        mut response: Pin<&mut ResponseFuture>,
        limit: Duration,
    ) -> Option<Result<Response<Incoming>, Error>> {
        self.touch();
        loop {
            let last = self.last();
            match timeout_at(last + limit, response.as_mut()).await {
                Ok(response) => return Some(response),
                Err(_) if self.last() > last => {}
                Err(_) => return None,
            }
        }
    }
}

/// The body of a request on its way.
pub(crate) struct Outgoing {
    body: Source,
    progress: Option<Progress>,
}

enum Source {
    Bytes(Bytes),
    Stream(SdkBody),
    #[cfg(feature = "event-stream")]
    Events(Box<EventBody>),
}

impl From<Bytes> for Outgoing {
    fn from(bytes: Bytes) -> Self {
        Self {
            body: Source::Bytes(bytes),
            progress: None,
        }
    }
}

impl From<SdkBody> for Outgoing {
    fn from(body: SdkBody) -> Self {
        Self {
            body: Source::Stream(body),
            progress: None,
        }
    }
}

#[cfg(feature = "event-stream")]
impl From<EventBody> for Outgoing {
    fn from(body: EventBody) -> Self {
        Self {
            body: Source::Events(Box::new(body)),
            progress: None,
        }
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Some(progress) = &self.progress {
            progress.touch();
        }
        match &mut self.body {
            Source::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Source::Bytes(bytes) => {
                let piece = bytes.split_to(bytes.len().min(PIECE));
                Poll::Ready(Some(Ok(Frame::data(piece))))
            }
            Source::Stream(body) => Pin::new(body).poll_frame(cx),
            #[cfg(feature = "event-stream")]
            Source::Events(body) => Pin::new(body).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.body {
            Source::Bytes(bytes) => bytes.is_empty(),
            Source::Stream(body) => body.is_end_stream(),
            #[cfg(feature = "event-stream")]
            Source::Events(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.body {
            Source::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Stream(body) => body.size_hint(),
            #[cfg(feature = "event-stream")]
            Source::Events(_) => SizeHint::default(),
        }
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

/// A response's body that the caller reads.
struct Incomplete {
    body: Incoming,
    silence: Option<(Duration, Pin<Box<Sleep>>)>,
}

impl Body for Incomplete {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        let Some((limit, sleep)) = &mut self.silence else {
            return polled.map_err(Into::into);
        };
        if polled.is_ready() {
            sleep.as_mut().reset(Instant::now() + *limit);
            return polled.map_err(Into::into);
        }
        ready!(sleep.as_mut().poll(cx));
        Poll::Ready(Some(Err(Silence(*limit).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The read timeout of a body that the caller reads.
#[derive(Debug)]
struct Silence(Duration);

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no byte came for {:?}", self.0)
    }
}

impl StdError for Silence {}

/// A response's body that is read while the caller waits for what is in it.
#[cfg(feature = "event-stream")]
pub(crate) struct ResponseBody {
    body: Incomplete,
    url: String,
}

#[cfg(feature = "event-stream")]
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
                        Some(Silence(limit)) => silent(*limit, &self.url),
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
