//! Verification of a response's checksum.

use super::algorithm::{Algorithm, Hasher};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

type BoxError = Box<dyn StdError + Send + Sync>;

/// A wrong checksum.
pub(super) fn compare(algorithm: Algorithm, expected: &str, found: &str) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    Err(format!(
        "the response was changed on its way: its {} checksum is {found}, not {expected} as {} says",
        algorithm.name(),
        algorithm.header()
    ))
}

/// A stream that is verified while it is read.
pub(super) struct Verified {
    body: SdkBody,
    algorithm: Algorithm,
    expected: String,
    hasher: Option<Hasher>,
}

impl Verified {
    pub(super) fn new(body: SdkBody, algorithm: Algorithm, expected: String) -> Self {
        Self {
            body,
            algorithm,
            expected,
            hasher: Some(Hasher::new(algorithm)),
        }
    }
}

impl Body for Verified {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        let Some(frame) = frame else {
            let Some(hasher) = self.hasher.take() else {
                return Poll::Ready(None);
            };
            let compared = compare(self.algorithm, &self.expected, &hasher.finish());
            return Poll::Ready(compared.err().map(|problem| Err(problem.into())));
        };
        if let (Ok(frame), Some(hasher)) = (&frame, &mut self.hasher)
            && let Some(data) = frame.data_ref()
        {
            hasher.update(data);
        }
        Poll::Ready(Some(frame))
    }

    /// The end is where the checksum is compared: a reader has to come so far.
    fn is_end_stream(&self) -> bool {
        self.hasher.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
