//! Bodies of requests and responses.

use super::BoxError;
use super::expect::Gate;
use super::progress::Reporter;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The most that is handed to a connection at once, so that a slow network shows progress.
const PIECE: usize = 64 << 10;

/// The body of a request on its way: bytes in memory, or a stream. Its Debug form doesn't show them.
pub struct RequestBody {
    /// What comes next.
    next: Bytes,
    /// What comes behind that.
    stream: Option<Stream>,
    replay: Option<Arc<Remake>>,
    /// What sending waits for.
    gate: Option<Gate>,
    pub(crate) reporter: Option<Reporter>,
}

type Stream = Pin<Box<dyn Body<Data = Bytes, Error = BoxError> + Send + Sync>>;
type Remake = dyn Fn() -> Option<RequestBody> + Send + Sync;

impl RequestBody {
    /// A stream, of which `remake` gives another one that starts at the beginning, as long as there can be one.
    pub(crate) fn stream(
        stream: impl Body<Data = Bytes, Error = BoxError> + Send + Sync + 'static,
        remake: Option<Arc<Remake>>,
    ) -> Self {
        Self {
            next: Bytes::new(),
            stream: Some(Box::pin(stream)),
            replay: remake,
            gate: None,
            reporter: None,
        }
    }

    /// All of it, when it is in memory.
    pub fn bytes(&self) -> Option<&Bytes> {
        self.stream.is_none().then_some(&self.next)
    }

    /// What makes the body again after it was sent; none when it can be sent only once.
    pub(crate) fn replay(&self) -> Option<Replay> {
        let body = match (&self.stream, &self.replay) {
            (None, _) => Replayed::Bytes(self.next.clone()),
            (Some(_), Some(remake)) => Replayed::Stream(remake.clone()),
            (Some(_), None) => return None,
        };
        let reporter = self.reporter.clone();
        Some(Replay { body, reporter })
    }

    pub(super) fn wait_for(&mut self, gate: Gate) {
        self.gate = Some(gate);
    }

    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Some(gate) = &mut self.gate {
            let opened = ready!(gate.as_mut().poll(cx));
            self.gate = None;
            if let Err(error) = opened {
                return Poll::Ready(Some(Err(error)));
            }
        }
        while self.next.is_empty() {
            let Some(stream) = &mut self.stream else {
                return Poll::Ready(None);
            };
            match ready!(stream.as_mut().poll_frame(cx)).map(|frame| frame.map(Frame::into_data)) {
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

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self {
            next: bytes,
            stream: None,
            replay: None,
            gate: None,
            reporter: None,
        }
    }
}

impl From<SdkBody> for RequestBody {
    fn from(body: SdkBody) -> Self {
        let template = body.try_clone();
        let remake = template.map(|template| -> Arc<Remake> {
            Arc::new(move || template.try_clone().map(|body| Self::stream(body, None)))
        });
        Self::stream(body, remake)
    }
}

/// For HTTP libraries that take the official crates' bodies.
impl From<RequestBody> for SdkBody {
    fn from(body: RequestBody) -> Self {
        match body.bytes().filter(|_| body.reporter.is_none()) {
            Some(bytes) => Self::from(bytes.clone()),
            None => Self::from_body_1_x(body),
        }
    }
}

impl Body for RequestBody {
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
        self.next.is_empty() && self.stream.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let next = self.next.len() as u64;
        let stream = self.stream.as_ref();
        let behind = stream.map_or_else(|| SizeHint::with_exact(0), Body::size_hint);
        let mut hint = SizeHint::new();
        hint.set_lower(behind.lower().saturating_add(next));
        if let Some(upper) = behind.upper() {
            hint.set_upper(upper.saturating_add(next));
        }
        hint
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bytes() {
            Some(bytes) => write!(f, "RequestBody({} bytes)", bytes.len()),
            None => f.write_str("RequestBody(a stream)"),
        }
    }
}

/// Makes a request's body again.
pub(crate) struct Replay {
    body: Replayed,
    reporter: Option<Reporter>,
}

enum Replayed {
    Bytes(Bytes),
    Stream(Arc<Remake>),
}

impl Replay {
    /// The body from its beginning; none when it can't be sent again any more.
    pub(crate) fn body(self) -> Option<RequestBody> {
        let body = match self.body {
            Replayed::Bytes(bytes) => bytes.into(),
            Replayed::Stream(remake) => remake()?,
        };
        let reporter = self.reporter.inspect(Reporter::restarted);
        Some(RequestBody { reporter, ..body })
    }
}

/// The body of a response, which may still be on its way. Its Debug form doesn't show it.
pub struct ResponseBody(Inner);

enum Inner {
    /// A body whose length hyper checks.
    Hyper(Incoming),
    /// Another body, and how many bytes of it are still to come, if that is known.
    Other(SdkBody, Option<u64>),
}

impl ResponseBody {
    /// Sets the length that the head of the response gave. A body of another length is an error.
    pub(crate) fn set_length(&mut self, length: u64) {
        if let Inner::Other(_, left) = &mut self.0 {
            *left = Some(length);
        }
    }
}

impl From<Incoming> for ResponseBody {
    fn from(body: Incoming) -> Self {
        Self(Inner::Hyper(body))
    }
}

impl From<SdkBody> for ResponseBody {
    fn from(body: SdkBody) -> Self {
        Self(Inner::Other(body, None))
    }
}

/// A frame of a body of which `left` bytes are still to come.
fn counted(
    frame: Option<Result<Frame<Bytes>, BoxError>>,
    left: &mut Option<u64>,
) -> Option<Result<Frame<Bytes>, BoxError>> {
    let length = match &frame {
        Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len) as u64,
        Some(Err(_)) => return frame,
        None => 0,
    };
    let Some(expected) = left.as_mut() else {
        return frame;
    };
    let Some(rest) = expected.checked_sub(length) else {
        *left = None;
        return Some(Err("the body is longer than its Content-Length".into()));
    };
    *expected = rest;
    if frame.is_none() && rest > 0 {
        *left = None;
        let what = format!("the body ends {rest} bytes before its Content-Length");
        return Some(Err(what.into()));
    }
    frame
}

/// Bodies that are in memory.
macro_rules! in_memory {
    ($($type:ty)*) => {$(
        impl From<$type> for ResponseBody {
            fn from(body: $type) -> Self {
                SdkBody::from(body).into()
            }
        }
    )*};
}
in_memory! { &'static [u8] &'static str Bytes String Vec<u8> }

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Inner::Hyper(body) => Pin::new(body).poll_frame(cx).map_err(Into::into),
            Inner::Other(body, left) => {
                let frame = ready!(Pin::new(body).poll_frame(cx));
                Poll::Ready(counted(frame, left))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Hyper(body) => body.is_end_stream(),
            Inner::Other(body, left) => left.unwrap_or(0) == 0 && body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Hyper(body) => body.size_hint(),
            Inner::Other(body, _) => body.size_hint(),
        }
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody")
    }
}
