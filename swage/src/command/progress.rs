//! A progress bar, for what takes longer than a second, on a terminal.

use super::report::Format;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// What is done in less isn't worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// How many crates are done.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// No bar is drawn for programs.
    pub(super) fn new(crates: usize, format: Format) -> Self {
        let count = u64::try_from(crates).unwrap_or(u64::MAX);
        let hidden = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(Some(count), hidden);
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} generating [{bar:20}] {pos}/{len} {elapsed}")
        {
            bar.set_style(style.progress_chars("=> "));
        }
        if format == Format::Json {
            bar.finish();
        }
        Self(bar)
    }

    /// Does the work, and shows the bar when it takes long. Where standard error is no terminal, there is no bar.
    pub(super) fn watch(&self, work: impl FnOnce()) {
        if self.0.is_finished() || !std::io::stderr().is_terminal() {
            return work();
        }
        let (done, wait) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                if wait.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout)
                    && !self.0.is_finished()
                {
                    self.0.set_draw_target(ProgressDrawTarget::stderr());
                    self.0.enable_steady_tick(TICK);
                }
            });
            work();
            drop(done);
        });
        self.0.finish_and_clear();
    }

    /// A crate is done: says so above the bar.
    pub(super) fn done(&self, say: impl FnOnce()) {
        self.0.suspend(say);
        self.0.inc(1);
    }
}
