//! Calls without async in the caller's code.
//!
//! With the feature `blocking`, everything that is awaited otherwise has a method that blocks the thread:
//!
//! | async | blocking |
//! | --- | --- |
//! | `request.send().await` | `request.send_blocking()` |
//! | `request.wait(max).await` | `request.wait_blocking(max)` |
//! | `paginator.pages()`, `paginator.items()` | `paginator.pages().iter_blocking()`, `paginator.items().iter_blocking()` |
//! | `request.customize().….send().await` | `request.customize().….send_blocking()` |
//! | anything else: `output.body.collect().await` | `blocking::run(output.body.collect())` |
//!
//! All of them share one Tokio runtime with one thread, which is started by the first call and keeps connections open between
//! calls. Within an async runtime they fail, because they would stop its other tasks: `await` the call instead, or, within
//! `spawn_blocking`, use `Handle::block_on`.

#![allow(clippy::result_large_err, reason = "async calls have the same error")]

use crate::client::config::Config;
use crate::client::{Customizable, CustomizableOperation, Items, PageItems, Pages};
use crate::error::{ConfigError, Failure, SdkError};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::OnceLock;
use tokio::runtime::{Builder, Handle, Runtime};

/// Waits for a future, and blocks the thread meanwhile.
///
/// # Errors
///
/// The thread belongs to an async runtime, or the thread for blocking calls can't be started.
pub fn run<F: Future>(future: F) -> Result<F::Output, ConfigError> {
    Ok(runtime()?.block_on(future))
}

/// Waits for a call.
#[doc(hidden)]
pub fn call<T, E: From<Failure>>(call: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    match runtime() {
        Ok(runtime) => runtime.block_on(call),
        Err(error) => Err(Failure::Config(error).into()),
    }
}

/// The runtime of all blocking calls.
fn runtime() -> Result<&'static Runtime, ConfigError> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if Handle::try_current().is_ok() {
        let what = "a blocking call was made within an async runtime; await the call instead";
        return Err(ConfigError::Setting(what.to_owned()));
    }
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("blocking-calls");
    let runtime = builder.enable_all().build().map_err(|error| {
        ConfigError::Setting(format!(
            "blocking calls need a thread of their own: {error}"
        ))
    })?;
    Ok(RUNTIME.get_or_init(|| runtime))
}

/// Pages or items as an iterator.
pub struct Iter<S> {
    stream: Option<S>,
}

impl<S, T, E> Iterator for Iter<S>
where
    S: Stream<Item = Result<T, E>> + Unpin,
    E: From<Failure>,
{
    type Item = Result<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.stream.as_mut()?;
        let next = run(poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)));
        let next = next.unwrap_or_else(|error| Some(Err(Failure::Config(error).into())));
        if !matches!(next, Some(Ok(_))) {
            self.stream = None;
        }
        next
    }
}

impl<S> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter")
    }
}

impl<I, O, E> Pages<I, O, E> {
    /// Returns the pages as an iterator, which blocks the thread. Nothing comes after an error.
    pub fn iter_blocking(self) -> Iter<Self> {
        let stream = Some(self);
        Iter { stream }
    }
}

impl<I, O: PageItems, E> Items<I, O, E> {
    /// Returns the items as an iterator, which blocks the thread. Nothing comes after an error.
    pub fn iter_blocking(self) -> Iter<Self> {
        let stream = Some(self);
        Iter { stream }
    }
}

impl<T, E: crate::error::FromResponse, B: Customizable<T, E>, C: Into<Config>>
    CustomizableOperation<T, E, B, C>
{
    /// Sends the request, and blocks the thread until the output is there.
    ///
    /// # Errors
    ///
    /// Those of the operation, or the thread belongs to an async runtime.
    pub fn send_blocking(self) -> Result<T, SdkError<E>> {
        call(self.send())
    }
}

/// Waits for a waiter.
#[cfg(feature = "waiters")]
#[doc(hidden)]
pub fn wait<O, E>(
    wait: impl Future<Output = Result<crate::FinalPoll<O, SdkError<E>>, crate::WaiterError<O, E>>>,
) -> Result<crate::FinalPoll<O, SdkError<E>>, crate::WaiterError<O, E>>
where
    E: crate::error::FromResponse + crate::error::CreateUnhandledError,
{
    match runtime() {
        Ok(runtime) => runtime.block_on(wait),
        Err(error) => Err(crate::client::failed_wait(Failure::Config(error))),
    }
}
