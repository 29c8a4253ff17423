//! A stream that has to have the length that the request says.

use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

type BoxError = Box<dyn StdError + Send + Sync>;

/// Fails when the stream has another length. Its last piece is held back until the stream has ended, so that the beginning
/// of a longer one is never taken for all of it.
pub(crate) struct OfLength {
    body: SdkBody,
    left: u64,
    last: Option<Bytes>,
    done: bool,
}

impl OfLength {
    pub(crate) fn new(body: SdkBody, length: u64) -> Self {
        Self {
            body,
            left: length,
            last: None,
            done: false,
        }
    }

    /// What of the stream's next piece can be sent now.
    fn accept(&mut self, data: Option<Bytes>) -> Result<Option<Bytes>, BoxError> {
        let Some(data) = data else {
            self.done = true;
            return match self.left {
                0 => Ok(self.last.take()),
                _ => Err("the stream is shorter than the length it was given".into()),
            };
        };
        let left = self.left.checked_sub(data.len() as u64);
        self.left = left.ok_or("the stream is longer than the length it was given")?;
        if self.left == 0 && !data.is_empty() {
            self.last = Some(data);
            return Ok(None);
        }
        Ok(Some(data))
    }
}

impl Body for OfLength {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while !self.done {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(cx)).transpose()?;
            // Trailers of the stream's own have no place in a request.
            let data = frame.map(|frame| frame.into_data().unwrap_or_default());
            match self.accept(data)? {
                Some(data) if data.is_empty() => {}
                Some(data) => return Poll::Ready(Some(Ok(Frame::data(data)))),
                None => {}
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.done || (self.left == 0 && self.last.is_none())
    }

    fn size_hint(&self) -> SizeHint {
        let held = self.last.as_ref().map_or(0, |last| last.len() as u64);
        SizeHint::with_exact(self.left + held)
    }
}
