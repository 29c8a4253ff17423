//! The asynchronous runtime that calls run on: one thread, the caller's.

use crate::stdout;
use crate::stop::Stop;
use std::cell::OnceCell;

/// A runtime that is built when it is first needed.
#[derive(Debug, Default)]
pub(crate) struct Runtime(OnceCell<tokio::runtime::Runtime>);

impl Runtime {
    /// Runs a future until it completes, or until the user interrupts.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = T>) -> Result<T, Stop> {
        let runtime = if let Some(runtime) = self.0.get() {
            runtime
        } else {
            let built = build().map_err(Stop::Error)?;
            self.0.get_or_init(|| built)
        };
        let done = runtime.block_on(async {
            tokio::select! {
                // Polled in this order, so that the signal handler is installed before the work begins.
                biased;
                _ = tokio::signal::ctrl_c() => None,
                done = work => Some(done),
            }
        });
        if done.is_none() {
            stdout::print_line("")?;
        }
        done.ok_or(Stop::Interrupted)
    }
}

/// Builds a runtime. The error is the message for the user.
pub(crate) fn build() -> Result<tokio::runtime::Runtime, String> {
    let built = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    built.map_err(|error| error.to_string())
}
