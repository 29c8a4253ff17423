//! How requests reach a service: the trait, and its default over hyper.
//!
//! A [`Transport`] takes one HTTP request and gives its response. Endpoints, signatures, checksums, retries, time limits
//! and the log are above it; connections, TLS and proxies are below it. Another transport is the place for mocks,
//! recordings and other HTTP libraries:
//!
//! ```
//! # use swage_client::operation::Service;
//! use swage_client::Client;
//! use swage_client::transport::{self, RequestBody, ResponseBody};
//!
//! # fn example(service: &'static Service) -> Result<Client, swage_client::error::ConfigError> {
//! let always_empty = transport::from_fn(|request: http::Request<RequestBody>, _options| async move {
//!     assert_eq!(request.method(), "POST");
//!     Ok(http::Response::new(ResponseBody::from("{}")))
//! });
//! let client = Client::builder(service).transport(always_empty).build()?;
//! # Ok(client)
//! # }
//! ```
//!
//! | module | does |
//! | --- | --- |
//! | `adapter` | HTTP clients of the official crates as transports |
//! | `body` | bodies of requests and responses |
//! | `pool` | the default: sends requests on connections that it keeps |
//! | `connect`, `proxy`, `tunnel`, `tls` (or `no_tls`), `maybe_tls` | connections |
//! | `expect` | bodies that wait for the service's consent |
//! | `wire` | what a connection has seen |
//! | `progress` | whom a request is waiting for |

mod adapter;
mod body;
mod connect;
mod expect;
mod maybe_tls;
mod pool;
mod progress;
mod proxy;
mod settings;
#[cfg_attr(not(feature = "tls"), path = "no_tls.rs")]
mod tls;
mod tunnel;
mod wire;

pub(crate) use adapter::{HttpClientTransport, WithExtensions, set_head};
pub use body::{RequestBody, ResponseBody};
pub use pool::HyperTransport;
pub(crate) use progress::{Progress, Reporter, WaitsFor};
pub(crate) use proxy::matcher;
pub(crate) use settings::{CONNECT_TIMEOUT, ConnectionSettings, Proxy, Trust};

use crate::error::TransportErrorKind;
use http::{Request, Response};
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

/// Any error that can be sent to another thread.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// A response on its way.
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<Response<ResponseBody>, SendError>> + Send + 'a>>;

/// Sends HTTP requests.
///
/// The client sets it by [`ClientBuilder::transport`](crate::client::ClientBuilder::transport).
pub trait Transport: Send + Sync {
    /// Sends a request, and gives its response as soon as the head has arrived. Either body may still be on its way
    /// then.
    ///
    /// A request whose version is HTTP/2 needs that version. All others can be sent by any version that the service
    /// takes. The URL is absolute. `Host` and `Content-Length` are for the transport to set where they are missing.
    /// Redirects are responses like all others.
    ///
    /// # Errors
    ///
    /// There is no response. The client retries unless the other side can't be trusted
    /// ([`TransportErrorKind::Tls`]).
    fn send<'a>(&'a self, request: Request<RequestBody>, options: &'a SendOptions) -> Sending<'a>;
}

/// Options of a request for the transport.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendOptions {
    /// The client's limit for connecting. `None` means no limit. The transport applies it.
    pub connect_timeout: Option<Duration>,
    /// The client's limit for a silent peer. `None` means no limit. The client applies it.
    pub read_timeout: Option<Duration>,
    /// Whether the request may be sent once more when a connection that was kept open is lost before anything of the
    /// response arrives. The service has most likely not seen the request then, but that isn't certain.
    pub may_resend: bool,
    /// Whether the body should wait until the service has seen the head, by `Expect: 100-continue` (RFC 9110, section 10.1.1).
    pub expect_continue: bool,
}

/// Why there is no response.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError {
    /// No connection, or one that broke: at what point, and why.
    Transport(TransportErrorKind, BoxError),
    /// No connection within [`SendOptions::connect_timeout`].
    ConnectTimeout,
}

impl SendError {
    /// An error of that kind.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self::Transport(kind, source.into())
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(_, source) => source.fmt(f),
            Self::ConnectTimeout => f.write_str("no connection within the connect timeout"),
        }
    }
}

impl StdError for SendError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(_, source) => Some(source.as_ref()),
            Self::ConnectTimeout => None,
        }
    }
}

/// A transport that is a function of the request and its options.
pub fn from_fn<F, R>(send: F) -> impl Transport
where
    F: Fn(Request<RequestBody>, SendOptions) -> R + Send + Sync,
    R: Future<Output = Result<Response<ResponseBody>, SendError>> + Send,
{
    FromFn(send)
}

struct FromFn<F>(F);

impl<F, R> Transport for FromFn<F>
where
    F: Fn(Request<RequestBody>, SendOptions) -> R + Send + Sync,
    R: Future<Output = Result<Response<ResponseBody>, SendError>> + Send,
{
    fn send<'a>(&'a self, request: Request<RequestBody>, options: &'a SendOptions) -> Sending<'a> {
        Box::pin(async move { (self.0)(request, options.clone()).await })
    }
}
