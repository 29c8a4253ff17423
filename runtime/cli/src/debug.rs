//! `--debug`: the log on standard error. What is secret is left out where the log is written.

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging. Only what this project's crates say: libraries log requests as they are signed.
pub(crate) fn start() {
    let ours = Targets::new().with_target("swage", tracing::Level::TRACE);
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false);
    tracing_subscriber::registry()
        .with(layer)
        .with(ours)
        .try_init()
        .ok();
}
