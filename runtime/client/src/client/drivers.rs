//! Tokio's drivers, for I/O and time.

use crate::error::{ConfigError, Failure};
use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::Poll;

/// How Tokio's panics begin if a driver is missing.
const MISSING: &str = "A Tokio 1.x context was found, but ";

/// Runs a call. Only a panic of Tokio tells that the runtime lacks a driver: it becomes an error.
pub(super) fn checked<T>(
    mut call: Pin<&mut impl Future<Output = Result<T, Failure>>>,
) -> impl Future<Output = Result<T, Failure>> {
    poll_fn(move |cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(cx)));
        polled.unwrap_or_else(|panic| match missing(&*panic) {
            Some(what) => Poll::Ready(Err(Failure::Config(ConfigError::Setting(format!(
                "calls need Tokio's drivers for I/O and time, but {what}; build the runtime with `enable_all()`"
            ))))),
            None => resume_unwind(panic),
        })
    })
}

/// What a panic of Tokio says is missing.
fn missing(panic: &(dyn Any + Send)) -> Option<&str> {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied())?;
    let what = text.strip_prefix(MISSING)?;
    Some(what.split('.').next().unwrap_or(what))
}
