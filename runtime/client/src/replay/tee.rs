//! Bodies that are copied while they pass.

use crate::transport::{BoxError, RequestBody, ResponseBody};
use aws_smithy_types::body::SdkBody;
use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// What has passed so far.
#[derive(Clone, Default)]
pub(super) struct Copied(Arc<Mutex<BytesMut>>);

impl Copied {
    pub(super) fn bytes(&self) -> Bytes {
        let copied = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        copied.clone().freeze()
    }

    fn push(&self, data: &[u8]) {
        let mut copied = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        copied.extend_from_slice(data);
    }
}

/// A body, and what will have passed of it.
pub(super) fn request(body: RequestBody) -> (RequestBody, Copied) {
    let copied = Copied::default();
    if let Some(bytes) = body.bytes() {
        copied.push(bytes);
        return (body, copied);
    }
    let tee = Tee {
        body,
        copied: copied.clone(),
    };
    (RequestBody::stream(tee, None), copied)
}

/// A body, and what will have passed of it.
pub(super) fn response(body: ResponseBody) -> (ResponseBody, Copied) {
    let copied = Copied::default();
    let tee = Tee {
        body,
        copied: copied.clone(),
    };
    (SdkBody::from_body_1_x(tee).into(), copied)
}

/// Reads all of a body.
pub(super) async fn collect(mut body: RequestBody) -> Result<Bytes, BoxError> {
    let mut whole = BytesMut::new();
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        if let Ok(data) = frame?.into_data() {
            whole.extend_from_slice(&data);
        }
    }
    Ok(whole.freeze())
}

struct Tee<B> {
    body: B,
    copied: Copied,
}

impl<B: Body<Data = Bytes, Error = BoxError> + Unpin> Body for Tee<B> {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if let Some(Ok(frame)) = &frame
            && let Some(data) = frame.data_ref()
        {
            self.copied.push(data);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
