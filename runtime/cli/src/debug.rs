//! `--debug`: a log on standard error. Whoever writes to the log leaves secrets out.

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging, for this project's crates only: libraries log the secrets in requests that they sign.
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
