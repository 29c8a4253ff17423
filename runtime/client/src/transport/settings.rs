//! The settings of connections.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The limit for making a connection, as in the official SDKs.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_millis(3100);
/// Most servers close a connection that is idle for longer.
const IDLE_TIMEOUT: Duration = Duration::from_mins(1);
/// Enough that bursts of calls find their connections again, few enough for any process.
const MAX_IDLE: usize = 50;

/// All settings of connections.
#[derive(Clone, Debug)]
pub(crate) struct ConnectionSettings {
    pub(crate) trust: Trust,
    pub(crate) proxy: Proxy,
    /// How long an idle connection is kept. `None`: until the server closes it.
    pub(crate) idle_timeout: Option<Duration>,
    /// How many connections without a request are kept to each host.
    pub(crate) max_idle: usize,
}

impl Default for ConnectionSettings {
    fn default() -> Self {
        Self {
            trust: Trust::default(),
            proxy: Proxy::default(),
            idle_timeout: Some(IDLE_TIMEOUT),
            max_idle: MAX_IDLE,
        }
    }
}

/// Whom a TLS connection trusts.
#[derive(Clone, Default)]
#[cfg_attr(not(feature = "tls"), expect(dead_code, reason = "only TLS reads it"))]
pub(crate) enum Trust {
    /// Mozilla's roots, compiled in.
    #[default]
    WebPki,
    /// The certificates of this PEM text, and no others.
    Pem(Arc<[u8]>),
    /// The certificates of this file, and no others.
    File(Arc<Path>),
    /// Anyone.
    Anyone,
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WebPki => "WebPki",
            Self::Pem(_) => "Pem",
            Self::File(_) => "File",
            Self::Anyone => "Anyone",
        })
    }
}

/// Through which proxy requests go.
#[derive(Clone, Default)]
pub(crate) enum Proxy {
    /// What `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say, in either case.
    #[default]
    Environment,
    /// None.
    Off,
    /// This one, for every request. May hold a password.
    Url(String),
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::Off => "Off",
            Self::Url(_) => "Url",
        })
    }
}
