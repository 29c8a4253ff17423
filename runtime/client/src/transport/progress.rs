//! Whom a request is waiting for: what limits on the peer's silence are measured by.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::task::Poll;

/// Whom a request is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum WaitsFor {
    /// The connection is being made, or the caller's next piece is due.
    Us,
    /// The peer takes what was handed over.
    Sending,
    /// Everything is handed over; the response is due.
    Response,
}

/// Where a request is on its way, for whoever watches it.
#[derive(Default)]
pub(crate) struct Progress {
    /// A [`WaitsFor`].
    waits: AtomicU8,
    moved: AtomicBool,
}

impl Progress {
    /// Whether anything has moved since this was last asked.
    pub(crate) fn has_moved(&self) -> bool {
        self.moved.swap(false, Ordering::Relaxed)
    }

    fn set(&self, waits: WaitsFor) {
        self.waits.store(waits as u8, Ordering::Relaxed);
        self.moved.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is(&self, waits: WaitsFor) -> bool {
        self.waits.load(Ordering::Relaxed) == waits as u8
    }
}

/// Reports what becomes of a request's body. When it is dropped, the body has been sent.
#[derive(Clone)]
pub(crate) struct Reporter(Arc<Progress>);

impl Reporter {
    pub(crate) fn new(progress: Arc<Progress>) -> Self {
        Self(progress)
    }

    /// The body is sent once more, on another connection.
    pub(crate) fn restarted(&self) {
        self.0.set(WaitsFor::Us);
    }

    /// The connection asked for a piece.
    pub(crate) fn polled<T, E>(&self, piece: &Poll<Option<Result<T, E>>>) {
        self.0.set(match piece {
            Poll::Pending => WaitsFor::Us,
            Poll::Ready(Some(Ok(_))) => WaitsFor::Sending,
            Poll::Ready(Some(Err(_)) | None) => WaitsFor::Response,
        });
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        self.0.set(WaitsFor::Response);
    }
}
