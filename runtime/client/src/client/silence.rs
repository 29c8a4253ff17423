//! Limits on the peer's silence: the read timeout and stalled stream protection.
//!
//! Only the peer's silence counts. It is measured in short steps, each with a timer of its own, so that a pause of the
//! caller or a blocked runtime adds one step at most.

use super::StalledStreamProtectionConfig;
use crate::error::TimeoutKind;
use crate::transport::{Progress, Reporter, WaitsFor};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// The number of steps in a limit.
const STEPS: u32 = 20;
const SHORTEST_STEP: Duration = Duration::from_millis(1);
/// 100 years: keeps `Instant + limit` from overflowing.
const FOREVER: Duration = Duration::from_hours(24 * 365 * 100);

/// A limit and its kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) kind: TimeoutKind,
    pub(crate) after: Duration,
}

/// The limits of one direction.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Limits {
    read: Option<Duration>,
    stalled: Option<Duration>,
}

impl Limits {
    /// For requests.
    pub(crate) fn upload(read: Option<Duration>, stalled: &StalledStreamProtectionConfig) -> Self {
        Self {
            read,
            stalled: stalled.upload_enabled().then(|| stalled.grace_period()),
        }
    }

    /// For responses.
    pub(crate) fn download(
        read: Option<Duration>,
        stalled: &StalledStreamProtectionConfig,
    ) -> Self {
        Self {
            read,
            stalled: stalled.download_enabled().then(|| stalled.grace_period()),
        }
    }

    /// The read timeout alone.
    pub(crate) fn without_stalled(self) -> Self {
        Self {
            stalled: None,
            ..self
        }
    }

    /// The shorter limit.
    fn first(self) -> Option<Limit> {
        let limit = |kind, after: Option<Duration>| {
            after.map(|after| Limit {
                kind,
                after: after.min(FOREVER),
            })
        };
        let both = [
            limit(TimeoutKind::Read, self.read),
            limit(TimeoutKind::Stalled, self.stalled),
        ];
        both.into_iter().flatten().min_by_key(|limit| limit.after)
    }
}

/// Measures how long nothing has moved.
struct Clock {
    step: Duration,
    silent: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Clock {
    fn new(shortest: Duration) -> Self {
        let step = (shortest / STEPS).max(SHORTEST_STEP);
        Self {
            step,
            silent: Duration::ZERO,
            sleep: Box::pin(tokio::time::sleep(step)),
        }
    }

    /// Ready after each step, with the silence so far.
    fn poll_step(&mut self, cx: &mut Context<'_>, moved: impl FnOnce() -> bool) -> Poll<Duration> {
        ready!(self.sleep.as_mut().poll(cx));
        self.sleep.as_mut().reset(Instant::now() + self.step);
        self.silent = if moved() {
            Duration::ZERO
        } else {
            self.silent + self.step
        };
        Poll::Ready(self.silent)
    }
}

/// Watches a response.
pub(crate) struct Silence {
    limit: Limit,
    clock: Clock,
    moved: bool,
}

impl Silence {
    /// None without a limit.
    pub(crate) fn new(limits: Limits) -> Option<Self> {
        let limit = limits.first()?;
        Some(Self {
            limit,
            clock: Clock::new(limit.after),
            moved: true,
        })
    }

    /// Something arrived.
    pub(crate) fn moved(&mut self) {
        self.moved = true;
    }

    /// Ready when nothing arrived for too long; then it starts again.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Limit> {
        let Self {
            limit,
            clock,
            moved,
        } = self;
        while ready!(clock.poll_step(cx, || std::mem::take(moved))) < limit.after {}
        *moved = true;
        Poll::Ready(*limit)
    }
}

/// Watches a request until its response begins.
pub(crate) struct Watch {
    limits: Limits,
    clock: Clock,
    progress: Arc<Progress>,
}

impl Watch {
    /// None without a limit. `sends`: the request has a body.
    pub(crate) fn new(limits: Limits, sends: bool) -> Option<(Self, Reporter)> {
        let limits = if sends {
            limits
        } else {
            limits.without_stalled()
        };
        let progress = Arc::new(Progress::default());
        let watch = Self {
            limits,
            clock: Clock::new(limits.first()?.after),
            progress: progress.clone(),
        };
        Some((watch, Reporter::new(progress)))
    }

    /// The response, unless the peer is silent for too long.
    pub(crate) async fn during<T>(mut self, response: impl Future<Output = T>) -> Result<T, Limit> {
        let mut response = pin!(response);
        poll_fn(|cx| match response.as_mut().poll(cx) {
            Poll::Ready(response) => Poll::Ready(Ok(response)),
            Poll::Pending => self.poll(cx).map(Err),
        })
        .await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Limit> {
        let progress = &self.progress;
        loop {
            let moved = || progress.has_moved() || progress.is(WaitsFor::Us);
            let silent = ready!(self.clock.poll_step(cx, moved));
            let limits = if progress.is(WaitsFor::Response) {
                self.limits.without_stalled()
            } else {
                self.limits
            };
            if let Some(limit) = limits.first().filter(|limit| silent >= limit.after) {
                return Poll::Ready(limit);
            }
        }
    }
}
