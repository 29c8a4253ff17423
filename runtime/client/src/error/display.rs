//! What errors say: the whole story in a line, without secrets.

use super::{
    ConfigError, Failure, InputError, ResponseError, ServiceError, TimeoutError, TimeoutKind,
    TransportError, TransportErrorKind,
};
use std::error::Error;
use std::fmt::{Display, Formatter, Result};

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Config(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Response(error) => error.fmt(f),
            Self::Service(error) => error.fmt(f),
        }
    }
}

impl Display for InputError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("the input won't do: ")?;
        f.write_str(&self.problems.join("; "))
    }
}

impl Display for ConfigError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::NoRegion => f.write_str("no region is set, and the request needs one"),
            Self::NoCredentials => {
                f.write_str("no credentials were found, and the request needs some")
            }
            Self::Credentials(what) => write!(f, "credentials: {what}"),
            Self::Endpoint(what) => write!(f, "endpoint: {what}"),
            Self::Setting(what) => write!(f, "settings: {what}"),
        }
    }
}

impl Display for TransportError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let what = match self.kind {
            TransportErrorKind::Connect => "can't connect to",
            TransportErrorKind::Proxy => "no way through the proxy to",
            TransportErrorKind::Tls => "no secure connection to",
            TransportErrorKind::Closed => "no complete response from",
        };
        write!(f, "{what} {}: {}", self.url, self.source)
    }
}

impl Display for TimeoutError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let what = match self.kind {
            TimeoutKind::Connect => "no connection to",
            TimeoutKind::Read => "no byte from",
            TimeoutKind::Attempt => "no complete response from",
            TimeoutKind::Operation => "no result from",
        };
        write!(f, "{what} {} within {:?}", self.url, self.after)
    }
}

impl Display for ResponseError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(
            f,
            "the response isn't what the protocol says: {} (status {}",
            self.error, self.status
        )?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")?;
        if !self.body_start.is_empty() {
            write!(f, "; it begins {:?}", self.body_start)?;
        }
        Ok(())
    }
}

impl Display for ServiceError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(self.code.as_deref().unwrap_or("error"))?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        write!(f, " (status {}", self.status)?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        if self.attempts > 1 {
            write!(f, ", after {} attempts", self.attempts)?;
        }
        f.write_str(")")
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Response(error) => error.source(),
            Self::Input(_) | Self::Config(_) | Self::Timeout(_) | Self::Service(_) => None,
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}

impl Error for ResponseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

impl Error for InputError {}
impl Error for ConfigError {}
impl Error for TimeoutError {}
impl Error for ServiceError {}
