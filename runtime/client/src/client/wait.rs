//! Waiters: an operation is called until its output or error is what is waited for.
//!
//! Source: <https://smithy.io/2.0/additional-specs/waiters.html>

use super::drivers::checked;
#[cfg(feature = "dynamic")]
use super::intercept::Untyped;
use super::intercept::{InputSlot, OutputSlot, Typed};
use super::{Client, trace};
use crate::error::{CreateUnhandledError, Failure, FromResponse, SdkError};
use crate::operation::{Acceptor, Operation, Waiter, WaiterState};
#[cfg(feature = "dynamic")]
use crate::record::Record;
use crate::shape::Shape;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result as official;
use aws_smithy_runtime_api::client::waiters::FinalPoll;
use aws_smithy_runtime_api::client::waiters::error::{
    ExceededMaxWait, FailureState, OperationFailed, WaiterError,
};
use std::fmt;
use std::pin::pin;
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

/// Calls an operation until it is as the waiter wants it, for as long as `max_wait`. The last call begins when that time is
/// over, and gets the waiter's shortest delay to end.
#[doc(hidden)]
pub fn wait<I, O, E>(
    client: &Client,
    operation: &'static Operation,
    until: Until,
    mut input: I,
    copy: fn(&I) -> Option<I>,
    max_wait: Duration,
) -> impl Future<Output = Result<FinalPoll<O, SdkError<E>>, WaiterError<O, E>>> + Send
where
    I: Shape + fmt::Debug + 'static,
    O: Shape + fmt::Debug + 'static,
    E: FromResponse + CreateUnhandledError,
{
    // As in `send`: the future is small.
    Box::pin(async move {
        let mut wait = Wait::new(client, operation, until.0, max_wait);
        loop {
            let copied = copy(&input);
            let is_copy = copied.is_some();
            let sent = copied.unwrap_or_else(|| std::mem::replace(&mut input, I::blank()));
            let mut sent = Typed::<I, SdkError<E>>::new(sent);
            let mut output = Typed::<O, SdkError<E>>::new(O::blank());
            let step = wait.poll(&mut sent, &mut output).await;
            let output = output.value;
            if !is_copy {
                input = sent.value;
            }
            return match step {
                WaitStep::Again => continue,
                WaitStep::Reached(called) => Ok(FinalPoll::new(
                    called.map(|()| output).map_err(SdkError::from),
                )),
                WaitStep::Unreachable(called) => {
                    let service = |failure| <SdkError<_>>::from(failure).into_service_error();
                    let poll = called.map(|()| output).map_err(service);
                    let state = FailureState::new(FinalPoll::new(poll));
                    Err(WaiterError::FailureState(state))
                }
                WaitStep::Failed(failure) => Err(failed(failure)),
                WaitStep::Over => Err(WaiterError::ExceededMaxWait(wait.over())),
            };
        }
    })
}

/// The error for a failure that ends the wait.
pub(crate) fn failed<O, E: FromResponse + CreateUnhandledError>(
    failure: Failure,
) -> WaiterError<O, E> {
    let error = official::SdkError::<E, HttpResponse>::from(failure);
    WaiterError::OperationFailed(OperationFailed::new(error))
}

/// How a wait for a state ended.
#[cfg(feature = "dynamic")]
pub(crate) enum Waited {
    Reached(Result<Record, Failure>),
    Unreachable(Result<Record, Failure>),
    Failed(Failure),
    Over,
}

/// The same for records, of which `input` makes one for each call.
#[cfg(feature = "dynamic")]
pub(crate) async fn wait_untyped(
    client: &Client,
    operation: &'static Operation,
    waiter: &'static Waiter,
    max_wait: Duration,
    input: &(dyn Fn() -> Record + Send + Sync),
) -> Waited {
    let mut wait = Wait::new(client, operation, waiter, max_wait);
    loop {
        let (mut sent, mut output) = (input(), Record::new(operation.output));
        let step = {
            let (mut sent, mut output) = (Untyped(&mut sent), Untyped(&mut output));
            // The state of a call takes kilobytes.
            Box::pin(wait.poll(&mut sent, &mut output)).await
        };
        return match step {
            WaitStep::Again => continue,
            WaitStep::Reached(called) => Waited::Reached(called.map(|()| output)),
            WaitStep::Unreachable(called) => Waited::Unreachable(called.map(|()| output)),
            WaitStep::Failed(failure) => Waited::Failed(failure),
            WaitStep::Over => Waited::Over,
        };
    }
}

/// What a call leads to.
enum WaitStep {
    Again,
    Reached(Result<(), Failure>),
    Unreachable(Result<(), Failure>),
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
    /// The number of attempts of the last call.
    attempts: u32,
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
            attempts: 0,
            last: max_wait.is_zero(),
        }
    }

    /// One call, and the pause behind it when there is to be another.
    async fn poll(&mut self, input: &mut dyn InputSlot, output: &mut dyn OutputSlot) -> WaitStep {
        self.polls = self.polls.saturating_add(1);
        let Some(called) = self.call(input, output).await else {
            return WaitStep::Over;
        };
        let output = output.shape();
        let seen = called.as_ref().map(|()| &*output);
        let acceptor = self.waiter.accepts(input.shape(), seen);
        match (acceptor.map(|acceptor| acceptor.state), called) {
            (Some(WaiterState::Success), called) => return WaitStep::Reached(called),
            (Some(WaiterState::Failure), called) => {
                let says = |acceptor: &Acceptor| acceptor.reason(output);
                if let Some(reason) = called.is_ok().then(|| acceptor.and_then(says)).flatten() {
                    tracing::debug!(
                        waiter = self.waiter.name,
                        reason,
                        "the state can't be reached"
                    );
                }
                if let Err(failure) = &called {
                    trace::failed(self.operation, failure, self.attempts);
                }
                return WaitStep::Unreachable(called);
            }
            (None, Err(failure)) => {
                trace::failed(self.operation, &failure, self.attempts);
                return WaitStep::Failed(failure);
            }
            (Some(WaiterState::Retry), _) | (None, Ok(())) => {}
        }
        self.pause().await
    }

    /// Calls; none when the time is over before there is an answer.
    async fn call(
        &mut self,
        input: &mut dyn InputSlot,
        output: &mut dyn OutputSlot,
    ) -> Option<Result<(), Failure>> {
        let limit = self.left().max(seconds(self.waiter.min_delay));
        let inner = &self.client.inner;
        let call = Box::pin(inner.call_unlogged(self.operation, input, output));
        if tokio::runtime::Handle::try_current().is_err() {
            // Without a runtime there are no limits, and the call reports the error.
            return Some(call.await.0.map(drop));
        }
        let limited = pin!(async { Ok(tokio::time::timeout(limit, call).await.ok()) });
        match checked(limited).await.transpose()? {
            Ok((called, attempts)) => {
                self.attempts = attempts;
                Some(called.map(drop))
            }
            Err(failure) => Some(Err(failure)),
        }
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
        ExceededMaxWait::new(self.limit, self.elapsed(), self.polls)
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
