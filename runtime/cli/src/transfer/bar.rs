//! The progress bar of a transfer.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use swage_client::transfer::Progress;

/// A progress bar on standard error, if that is a terminal. It is removed at the end.
pub(super) struct Bar(ProgressBar);

const TEMPLATE: &str = "{bytes}/{total_bytes} [{bar:30}] {bytes_per_sec}, {eta} left";
const UNKNOWN: &str = "{spinner} {bytes}, {bytes_per_sec}";

impl Bar {
    pub(super) fn new() -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        Self(ProgressBar::with_draw_target(None, target))
    }

    /// What shows the progress.
    pub(super) fn listener(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let bar = self.0.clone();
        move |progress| {
            if bar.length() != progress.total || bar.position() == 0 {
                style(&bar, progress.total);
            }
            bar.set_position(progress.bytes);
        }
    }

    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.finish();
    }
}

fn style(bar: &ProgressBar, total: Option<u64>) {
    let template = if total.is_some() { TEMPLATE } else { UNKNOWN };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    if let Some(total) = total {
        bar.set_length(total);
    }
}
