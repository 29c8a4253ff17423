//! What is observed on a connection: whether it is reused, whether any byte of a response has arrived, and whether the peer
//! floods it with interim responses.

use super::expect::Signal;
use http::Request;
use hyper_util::client::legacy::connect::{CaptureConnection, Connected, Connection};
use hyper_util::rt::TokioIo;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The maximum number of interim responses (RFC 9110, section 15.2) before a response. Servers send one or two.
const MAX_INTERIM: u32 = 32;

/// What requests know of their connection.
#[derive(Clone, Debug)]
pub(crate) struct Wire(Arc<State>);

#[derive(Debug, Default)]
struct State {
    http2: bool,
    /// The number of bytes received.
    received: AtomicU64,
    /// How many of them were received before the current request.
    received_before: AtomicU64,
    /// A response has begun, and no request since.
    answered: AtomicBool,
    /// The connection has served an earlier request.
    kept: AtomicBool,
    flooded: AtomicBool,
}

impl Wire {
    pub(crate) fn new(http2: bool) -> Self {
        Self(Arc::new(State {
            http2,
            ..State::default()
        }))
    }

    /// The connection that hyper names.
    pub(crate) fn of(connected: &Connected) -> Option<Self> {
        let mut found = http::Extensions::new();
        connected.get_extras(&mut found);
        found.remove()
    }

    /// A response has begun.
    pub(crate) fn answered(&self) {
        self.0.answered.store(true, Ordering::Relaxed);
    }

    /// Whether a failed request was sent on a reused connection and no byte of its response arrived. With HTTP/2, responses
    /// to other requests may have arrived meanwhile, so it is enough that no response began.
    pub(crate) fn was_kept_and_is_silent(&self) -> bool {
        let State {
            http2,
            received,
            received_before,
            answered,
            kept,
            flooded,
        } = &*self.0;
        let is = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let silent = || {
            let before = received_before.load(Ordering::Relaxed);
            *http2 || is(answered) || received.load(Ordering::Relaxed) == before
        };
        (is(kept) || is(answered)) && !is(flooded) && silent()
    }

    fn wrote(&self) {
        if self.0.answered.swap(false, Ordering::Relaxed) {
            let received = self.0.received.load(Ordering::Relaxed);
            self.0.received_before.store(received, Ordering::Relaxed);
            self.0.kept.store(true, Ordering::Relaxed);
        }
    }

    fn flood(&self) {
        self.0.flooded.store(true, Ordering::Relaxed);
    }

    fn check(&self) -> io::Result<()> {
        if self.0.flooded.load(Ordering::Relaxed) {
            return Err(io::Error::other(Flood));
        }
        Ok(())
    }
}

/// Limits the interim responses to a request over HTTP/1.1 on that connection, and passes them on.
pub(crate) fn limit_interim<B>(
    request: &mut Request<B>,
    connection: CaptureConnection,
    signal: Option<Signal>,
) {
    let count = AtomicU32::new(0);
    hyper::ext::on_informational(request, move |response| {
        if let Some(signal) = &signal {
            signal.interim(response.status());
        }
        if count.fetch_add(1, Ordering::Relaxed) < MAX_INTERIM {
            return;
        }
        if let Some(wire) = connection.connection_metadata().as_ref().and_then(Wire::of) {
            wire.flood();
        }
    });
}

/// Too many interim responses. hyper itself skips any number of them.
#[derive(Debug)]
struct Flood;

impl fmt::Display for Flood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {MAX_INTERIM} interim responses (1xx) came")
    }
}

impl std::error::Error for Flood {}

/// A connection that keeps a [`Wire`] up to date.
pub(crate) struct Watched<T> {
    io: T,
    wire: Wire,
    proxied: bool,
    frames: Option<Frames>,
}

impl<T> Watched<T> {
    /// `proxied`: requests contain the whole URL, as in plain HTTP through a proxy.
    pub(crate) fn new(io: T, http2: bool, proxied: bool) -> Self {
        Self {
            io,
            wire: Wire::new(http2),
            proxied,
            frames: http2.then(Frames::default),
        }
    }
}

impl<T: Connection> Connection for Watched<TokioIo<T>> {
    fn connected(&self) -> Connected {
        let connected = self.io.inner().connected();
        connected.proxy(self.proxied).extra(self.wire.clone())
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.wire.check()?;
        let before = into.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(cx, into))?;
        let came = into.filled().get(before..).unwrap_or_default();
        let length = came.len() as u64;
        self.wire.0.received.fetch_add(length, Ordering::Relaxed);
        let frames = self.frames.as_mut();
        if frames.is_some_and(|frames| !frames.are_sane(came)) {
            self.wire.flood();
        }
        Poll::Ready(self.wire.check())
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.wire.wrote();
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.wire.wrote();
        Pin::new(&mut self.io).poll_write_vectored(cx, slices)
    }
}

/// Counts the HEADERS frames of HTTP/2 streams (RFC 9113, section 6.2). Those before a stream's data are its interim
/// responses and its response.
#[derive(Default)]
struct Frames {
    /// The part of a frame's header that has arrived.
    head: Vec<u8>,
    /// How many bytes of the frame are still to come.
    left: usize,
    headers: BTreeMap<u32, u32>,
}

const HEAD: usize = 9;
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const END_STREAM: u8 = 1;
/// The maximum number of streams that are counted at the same time. Servers allow fewer.
const MAX_STREAMS: usize = 1024;

impl Frames {
    /// Counts these bytes. False: a stream has too many interim responses.
    fn are_sane(&mut self, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            let part = if self.left > 0 {
                let part = self.left.min(bytes.len());
                self.left -= part;
                part
            } else {
                let part = bytes.len().min(HEAD - self.head.len());
                self.head
                    .extend_from_slice(bytes.get(..part).unwrap_or_default());
                part
            };
            bytes = bytes.get(part..).unwrap_or_default();
            if let [l0, l1, l2, kind, flags, s0, s1, s2, s3] = *self.head {
                self.head.clear();
                self.left = u32::from_be_bytes([0, l0, l1, l2]) as usize;
                let stream = u32::from_be_bytes([s0 & 0x7f, s1, s2, s3]);
                if !self.is_sane(kind, flags & END_STREAM != 0, stream) {
                    return false;
                }
            }
        }
        true
    }

    fn is_sane(&mut self, kind: u8, ends: bool, stream: u32) -> bool {
        match kind {
            HEADERS if !ends => {
                let count = self.headers.entry(stream).or_default();
                *count += 1;
                let sane = *count <= MAX_INTERIM + 1;
                if self.headers.len() > MAX_STREAMS {
                    self.headers.pop_first();
                }
                sane
            }
            HEADERS | DATA | RST_STREAM => {
                self.headers.remove(&stream);
                true
            }
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Frames, MAX_INTERIM};

    fn frame(kind: u8, flags: u8, stream: u8) -> Vec<u8> {
        let mut frame = vec![0, 0, 3, kind, flags, 0, 0, 0, stream];
        frame.extend([1, 2, 3]);
        frame
    }

    #[test]
    fn header_frames_are_counted_for_each_stream() {
        let interim = |stream| frame(1, 4, stream).repeat(MAX_INTERIM as usize);
        let response = |stream| frame(1, 4, stream);
        let good: Vec<u8> = [
            frame(4, 0, 0),
            interim(1),
            interim(3),
            response(1),
            response(3),
            frame(0, 0, 1),
            // Trailers.
            frame(1, 5, 1),
            frame(0, 1, 3),
        ]
        .concat();
        let bad = [good.clone(), interim(5), response(5), response(5)].concat();
        for piece in [1, 7, 9, 12, 1000] {
            let mut frames = Frames::default();
            assert!(good.chunks(piece).all(|bytes| frames.are_sane(bytes)));
            assert!(frames.headers.is_empty());
            let mut frames = Frames::default();
            assert!(!bad.chunks(piece).all(|bytes| frames.are_sane(bytes)));
        }
    }
}
