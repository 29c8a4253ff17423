//! `--cli-read-timeout` and `--cli-connect-timeout`.

use crate::args::globals::Globals;
use crate::number;
use crate::stop::{Stop, quoted};
use std::time::Duration;
use swage_client::client::ClientBuilder;

/// The read and connect timeouts in seconds, checked in that order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    read: i64,
    connect: i64,
}

impl Timeouts {
    pub(crate) fn new(globals: &Globals) -> Result<Self, Stop> {
        let seconds = |name: &str, value: Option<&String>| {
            let Some(value) = value else { return Ok(60) };
            let number = number::integer(value).and_then(|number| number.parse().ok());
            number.ok_or_else(|| {
                Stop::Error(format!(
                    "Bad value for {name}: expected a whole number of seconds, not {}",
                    quoted(value)
                ))
            })
        };
        let read = seconds("--cli-read-timeout", globals.read_timeout.as_ref())?;
        let connect = seconds("--cli-connect-timeout", globals.connect_timeout.as_ref())?;
        Ok(Self { read, connect })
    }

    pub(crate) fn apply(self, builder: ClientBuilder) -> Result<ClientBuilder, Stop> {
        Ok(builder
            .set_connect_timeout(Self::limit("connect", self.connect)?)
            .set_read_timeout(Self::limit("read", self.read)?))
    }

    /// The time limit; none (no limit) for 0.
    fn limit(kind: &str, seconds: i64) -> Result<Option<Duration>, Stop> {
        match u64::try_from(seconds) {
            Ok(0) => Ok(None),
            Ok(seconds) => Ok(Some(Duration::from_secs(seconds))),
            Err(_) => Err(Stop::Error(format!(
                "Attempted to set {kind} timeout to {seconds}, but the timeout cannot be set to a value less than or \
                 equal to 0."
            ))),
        }
    }
}
