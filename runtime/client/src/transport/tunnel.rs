//! A tunnel through a proxy, by `CONNECT` (RFC 9110, section 9.3.6).
//!
//! The request has the form of HTTP/1.0, which every proxy accepts: the request line and `Proxy-Authorization`.

use http::{HeaderValue, Uri};
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use std::fmt;
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The maximum size of a proxy's response, in bytes.
const MAX_ANSWER: usize = 8192;
/// The port of https.
const DEFAULT_PORT: u16 = 443;

/// Why there is no tunnel.
#[derive(Debug)]
pub(crate) enum TunnelError {
    Io(io::Error),
    /// The proxy closed the connection without a complete response.
    Closed,
    /// The response isn't HTTP, or is too long.
    Answer,
    /// The proxy refused, with this status.
    Refused(u16),
    /// The URL has no host.
    NoHost,
}

impl fmt::Display for TunnelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Closed => f.write_str("the proxy closed the connection"),
            Self::Answer => f.write_str("the proxy's answer isn't HTTP"),
            Self::Refused(407) => f.write_str("proxy authorization required"),
            Self::Refused(status) => write!(f, "the proxy answered with HTTP status {status}"),
            Self::NoHost => f.write_str("the URL has no host"),
        }
    }
}

impl std::error::Error for TunnelError {}

impl From<io::Error> for TunnelError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Asks the proxy for a connection to the URL's host. The result is that connection.
pub(crate) async fn open<T: Read + Write + Unpin>(
    hop: T,
    to: &Uri,
    authorization: Option<&HeaderValue>,
) -> Result<T, TunnelError> {
    let mut io = TokioIo::new(hop);
    io.write_all(&request(to, authorization)?).await?;
    io.flush().await?;
    match status(&mut io).await? {
        200..300 => Ok(io.into_inner()),
        status => Err(TunnelError::Refused(status)),
    }
}

fn request(to: &Uri, authorization: Option<&HeaderValue>) -> Result<Vec<u8>, TunnelError> {
    let host = to.host().ok_or(TunnelError::NoHost)?;
    let port = to.port_u16().unwrap_or(DEFAULT_PORT);
    let mut text = format!("CONNECT {host}:{port} HTTP/1.0\r\n").into_bytes();
    if let Some(value) = authorization {
        text.extend_from_slice(b"Proxy-Authorization: ");
        text.extend_from_slice(value.as_bytes());
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(b"\r\n");
    Ok(text)
}

/// Reads the response to its end, and gives its status. Everything after it belongs to the tunnel.
async fn status<T: Read + Write + Unpin>(io: &mut TokioIo<T>) -> Result<u16, TunnelError> {
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") && !answer.ends_with(b"\n\n") {
        if answer.len() == MAX_ANSWER {
            return Err(TunnelError::Answer);
        }
        // Byte by byte, so that nothing of what follows is read.
        let mut byte = [0];
        if io.read(&mut byte).await? == 0 {
            return Err(TunnelError::Closed);
        }
        answer.extend_from_slice(&byte);
    }
    let line = String::from_utf8_lossy(&answer);
    let mut words = line.lines().next().unwrap_or_default().split(' ');
    let version = words.next().unwrap_or_default();
    let status = words.next().and_then(|status| status.parse().ok());
    status
        .filter(|_| version.starts_with("HTTP/1."))
        .ok_or(TunnelError::Answer)
}
