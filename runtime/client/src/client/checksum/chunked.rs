//! `aws-chunked` encoding, unsigned, with the checksum in a trailer behind the last chunk.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>

use super::algorithm::{Algorithm, Hasher};
use aws_smithy_types::body::SdkBody;
use bytes::{Buf, Bytes};
use http_body::{Body, Frame, SizeHint};
use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

type BoxError = Box<dyn StdError + Send + Sync>;

/// A body of known length in chunks.
pub(crate) struct Chunked {
    body: SdkBody,
    algorithm: Algorithm,
    hasher: Option<Hasher>,
    length: u64,
    /// The size of all chunks but the last.
    size: u64,
    /// How many bytes of the body haven't been sent.
    left: u64,
    /// How many bytes of the current chunk haven't been sent.
    chunk: u64,
    /// Bytes of the body for the next chunk.
    waiting: Bytes,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    /// Before a chunk's size.
    Size,
    /// In a chunk.
    Data,
    /// At its end.
    LineEnd,
    Done,
}

impl Chunked {
    pub(crate) fn new(body: SdkBody, algorithm: Algorithm, length: u64, size: u64) -> Self {
        Self {
            body,
            algorithm,
            hasher: Some(Hasher::new(algorithm)),
            length,
            size: size.max(1),
            left: length,
            chunk: 0,
            waiting: Bytes::new(),
            state: State::Size,
        }
    }

    /// The length of the encoded body.
    fn encoded_length(&self) -> u64 {
        let chunk = |size: u64| {
            let digits = u64::from(size.max(1).ilog2() / 4 + 1);
            size.saturating_add(digits + 2 + 2)
        };
        let rest = self.length % self.size;
        let last = if rest == 0 { 0 } else { chunk(rest) };
        let checksum = self.algorithm.size().div_ceil(3) * 4;
        let trailer = self.algorithm.header().as_str().len() + 1 + checksum + 2;
        (self.length / self.size)
            .saturating_mul(chunk(self.size))
            .saturating_add(last)
            .saturating_add(3 + trailer as u64 + 2)
    }

    /// The size of the next chunk, or all that comes behind the last.
    fn begin(&mut self) -> Bytes {
        self.chunk = self.left.min(self.size);
        if self.chunk > 0 {
            self.state = State::Data;
            return format!("{:x}\r\n", self.chunk).into();
        }
        self.state = State::Done;
        let checksum = self.hasher.take().map(Hasher::finish).unwrap_or_default();
        format!("0\r\n{}:{checksum}\r\n\r\n", self.algorithm.header()).into()
    }

    /// The next piece of the current chunk.
    fn poll_data(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, BoxError>> {
        while self.waiting.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(Err("the stream is shorter than it said".into())),
                Some(frame) => {
                    if let Ok(data) = frame?.into_data() {
                        self.waiting = data;
                    }
                }
            }
        }
        let size = self
            .waiting
            .len()
            .min(usize::try_from(self.chunk).unwrap_or(usize::MAX));
        let piece = self.waiting.split_to(size);
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&piece);
        }
        self.chunk -= piece.len() as u64;
        self.left -= piece.len() as u64;
        if self.chunk == 0 {
            self.state = State::LineEnd;
        }
        Poll::Ready(Ok(piece))
    }

    /// Fails when more comes than there should be.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        while self.left == 0 && !self.waiting.has_remaining() {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(Ok(())),
                Some(frame) => {
                    if let Ok(data) = frame?.into_data() {
                        self.waiting = data;
                    }
                }
            }
        }
        Poll::Ready(if self.left == 0 {
            Err("the stream is longer than it said".into())
        } else {
            Ok(())
        })
    }
}

impl Body for Chunked {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        let piece = match this.state {
            State::Done => return Poll::Ready(None),
            State::Size => {
                ready!(this.poll_end(cx))?;
                this.begin()
            }
            State::Data => ready!(this.poll_data(cx))?,
            State::LineEnd => {
                this.state = State::Size;
                Bytes::from_static(b"\r\n")
            }
        };
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.state, State::Done)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.encoded_length())
    }
}
