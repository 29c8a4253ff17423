//! Waiters: an operation is called until its output or error is what is waited for.
//!
//! Source: <https://smithy.io/2.0/additional-specs/waiters.html>

use super::Client;
use crate::error::Failure;
use crate::operation::{Acceptor, Operation, Waiter, WaiterState};
use crate::shape::Shape;
use std::fmt;
use std::time::{Duration, SystemTime};

/// What a request waits for, instead of being sent once: the builders of `wait_until_…` have one.
#[derive(Clone, Copy)]
pub struct Until(&'static Waiter);

impl Until {
    /// What this waiter describes.
    pub const fn new(waiter: &'static Waiter) -> Self {
        Self(waiter)
    }
}

impl fmt::Debug for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Until").field(&self.0.name).finish()
    }
}

/// The output or the error that ended a wait: some waiters wait for an error.
#[derive(Clone, Debug, PartialEq)]
pub struct FinalPoll<O, E> {
    result: Result<O, E>,
}

impl<O, E> FinalPoll<O, E> {
    /// The output or the error.
    ///
    /// # Errors
    ///
    /// The wait ended with this error.
    pub fn into_result(self) -> Result<O, E> {
        self.result
    }

    /// The output or the error, by reference.
    ///
    /// # Errors
    ///
    /// The wait ended with this error.
    pub fn as_result(&self) -> Result<&O, &E> {
        self.result.as_ref()
    }
}

/// Why a wait ended without reaching its state.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaiterError<O, E> {
    /// The maximum time has passed.
    ExceededMaxWait(ExceededMaxWait),
    /// The model of the service says that the state can't be reached any more.
    FailureState(FailureState<O, E>),
    /// A call failed with an error that the waiter has no rule for.
    OperationFailed(E),
}

/// A wait that took too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceededMaxWait {
    waiter: &'static str,
    max_wait: Duration,
    elapsed: Duration,
    poll_count: u32,
}

impl ExceededMaxWait {
    /// How long the wait was allowed to take.
    pub fn max_wait(&self) -> Duration {
        self.max_wait
    }

    /// How long it took.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// How often the operation was called.
    pub fn poll_count(&self) -> u32 {
        self.poll_count
    }
}

/// A wait for what can't come any more.
#[derive(Debug)]
pub struct FailureState<O, E> {
    waiter: &'static str,
    final_poll: Box<FinalPoll<O, E>>,
    reason: Option<String>,
}

impl<O, E> FailureState<O, E> {
    /// What the output says about it, where the model says where to look.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The output or the error that says so.
    pub fn final_poll(&self) -> &FinalPoll<O, E> {
        &self.final_poll
    }

    /// The output or the error that says so.
    pub fn into_final_poll(self) -> FinalPoll<O, E> {
        *self.final_poll
    }
}

impl<O, E: fmt::Display> fmt::Display for WaiterError<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExceededMaxWait(over) => write!(
                f,
                "{} isn't reached after {} calls in {:.1?}; the limit is {:?}",
                over.waiter, over.poll_count, over.elapsed, over.max_wait
            ),
            Self::FailureState(state) => {
                write!(f, "{} can't be reached any more", state.waiter)?;
                match (state.final_poll.as_result(), &state.reason) {
                    (Err(error), _) => write!(f, ": {error}"),
                    (Ok(_), Some(reason)) => write!(f, ": {reason}"),
                    (Ok(_), None) => Ok(()),
                }
            }
            Self::OperationFailed(error) => error.fmt(f),
        }
    }
}

impl<O: fmt::Debug, E: std::error::Error + 'static> std::error::Error for WaiterError<O, E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::ExceededMaxWait(_) => None,
            // Their text is part of this error's own.
            Self::FailureState(state) => state.final_poll.as_result().err()?.source(),
            Self::OperationFailed(error) => error.source(),
        }
    }
}

/// Calls an operation until it is as the waiter wants it, for as long as `max_wait`. The last call begins when that time is
/// over, and gets the waiter's shortest delay to end.
#[doc(hidden)]
pub fn wait<I, O, E>(
    client: &Client,
    operation: &'static Operation,
    until: Until,
    mut input: I,
    max_wait: Duration,
) -> impl Future<Output = Result<FinalPoll<O, E>, WaiterError<O, E>>> + Send
where
    I: Shape,
    O: Shape,
    E: From<Failure>,
{
    // As in `send`: the future is small.
    Box::pin(async move {
        let mut wait = Wait::new(client, operation, until.0, max_wait);
        loop {
            let mut output = O::blank();
            let step = wait.poll(&mut input, &mut output).await;
            let poll = |called: Result<(), Failure>| FinalPoll {
                result: called.map(|()| output).map_err(E::from),
            };
            return match step {
                WaitStep::Again => continue,
                WaitStep::Reached(called) => Ok(poll(called)),
                WaitStep::Unreachable(called, reason) => {
                    Err(WaiterError::FailureState(FailureState {
                        waiter: until.0.name,
                        final_poll: Box::new(poll(called)),
                        reason,
                    }))
                }
                WaitStep::Failed(failure) => Err(WaiterError::OperationFailed(failure.into())),
                WaitStep::Over => Err(WaiterError::ExceededMaxWait(wait.over())),
            };
        }
    })
}

/// What a call leads to.
enum WaitStep {
    Again,
    Reached(Result<(), Failure>),
    /// And what the output says about it.
    Unreachable(Result<(), Failure>, Option<String>),
    Failed(Failure),
    Over,
}

/// A wait that is under way.
struct Wait<'a> {
    client: &'a Client,
    operation: &'static Operation,
    waiter: &'static Waiter,
    limit: Duration,
    started: SystemTime,
    polls: u32,
    /// Whether the call that comes next, or that was just made, is the last.
    last: bool,
}

impl<'a> Wait<'a> {
    fn new(
        client: &'a Client,
        operation: &'static Operation,
        waiter: &'static Waiter,
        max_wait: Duration,
    ) -> Self {
        Self {
            client,
            operation,
            waiter,
            limit: max_wait,
            started: client.inner.config().now(),
            polls: 0,
            last: max_wait.is_zero(),
        }
    }

    /// One call, and the pause behind it when there is to be another.
    async fn poll(&mut self, input: &mut dyn Shape, output: &mut dyn Shape) -> WaitStep {
        self.polls = self.polls.saturating_add(1);
        let Some(called) = self.call(input, output).await else {
            return WaitStep::Over;
        };
        let seen = called.as_ref().map(|()| &*output);
        let acceptor = self.waiter.accepts(input, seen);
        match (acceptor.map(|acceptor| acceptor.state), called) {
            (Some(WaiterState::Success), called) => return WaitStep::Reached(called),
            (Some(WaiterState::Failure), called) => {
                let says = |acceptor: &Acceptor| acceptor.reason(output);
                let reason = called.is_ok().then(|| acceptor.and_then(says)).flatten();
                return WaitStep::Unreachable(called, reason);
            }
            (None, Err(failure)) => return WaitStep::Failed(failure),
            (Some(WaiterState::Retry), _) | (None, Ok(())) => {}
        }
        self.pause().await
    }

    /// Calls; none when the time is over before there is an answer.
    async fn call(
        &self,
        input: &mut dyn Shape,
        output: &mut dyn Shape,
    ) -> Option<Result<(), Failure>> {
        let limit = self.left().max(seconds(self.waiter.min_delay));
        let call = self.client.call(self.operation, input, output);
        let called = if tokio::runtime::Handle::try_current().is_ok() {
            tokio::time::timeout(limit, call).await.ok()?
        } else {
            // Without a runtime there are no limits, and the call reports the error.
            call.await
        };
        Some(called.map(drop))
    }

    async fn pause(&mut self) -> WaitStep {
        let left = self.left();
        if self.last || left.is_zero() {
            return WaitStep::Over;
        }
        let delay = delay(self.waiter, self.polls, left);
        self.last = delay == left;
        self.client.inner.sleep(delay).await;
        WaitStep::Again
    }

    fn elapsed(&self) -> Duration {
        let now = self.client.inner.config().now();
        now.duration_since(self.started).unwrap_or_default()
    }

    fn left(&self) -> Duration {
        self.limit.saturating_sub(self.elapsed())
    }

    fn over(&self) -> ExceededMaxWait {
        ExceededMaxWait {
            waiter: self.waiter.name,
            max_wait: self.limit,
            elapsed: self.elapsed(),
            poll_count: self.polls,
        }
    }
}

/// Exponential backoff with jitter, as the specification has it; all that is left where that leaves too little for another
/// delay.
fn delay(waiter: &Waiter, attempt: u32, left: Duration) -> Duration {
    let shortest = seconds(waiter.min_delay);
    let doublings = 2_u32.saturating_pow(attempt.saturating_sub(1));
    let longest = shortest
        .saturating_mul(doublings)
        .min(seconds(waiter.max_delay))
        .max(shortest);
    let millis = |delay: Duration| u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
    let delay = Duration::from_millis(fastrand::u64(millis(shortest)..=millis(longest)));
    if left.saturating_sub(delay) <= shortest {
        left
    } else {
        delay
    }
}

fn seconds(delay: u32) -> Duration {
    Duration::from_secs(u64::from(delay))
}
