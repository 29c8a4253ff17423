//! The default transport: hyper's client, on connections that it keeps.

use super::connect::{ConnectError, ConnectErrorKind, Connector};
use super::expect;
use super::proxy::Proxies;
use super::settings::{CONNECT_TIMEOUT, ConnectionSettings};
use super::tls::Tls;
use super::wire::{self, Wire};
use super::{BoxError, RequestBody, ResponseBody, SendError, SendOptions, Sending, Transport};
use crate::error::TransportErrorKind;
use http::header::PROXY_AUTHORIZATION;
use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The default [`Transport`]: hyper and rustls, HTTP/1.1 and HTTP/2. It keeps connections between requests, and goes
/// through a proxy where one is set.
///
/// By `HyperTransport::default()` it has a client's default settings for connections: a connect timeout of 3.1 s,
/// Mozilla's root certificates, the proxy that the environment sets, and 50 idle connections per host, each kept for
/// 1 min. It connects to nothing before the first request.
pub struct HyperTransport {
    connector: Connector,
    proxies: Proxies,
    idle_timeout: Option<Duration>,
    max_idle: usize,
    clients: Mutex<Arc<Clients>>,
}

struct Clients {
    any: Client<Connector, RequestBody>,
    /// For what needs HTTP/2.
    #[cfg(feature = "http2")]
    http2: Client<Connector, RequestBody>,
}

/// Why there is no response.
struct Lost {
    error: Error,
    /// The request was lost on a connection that was kept open; the next one goes out on a new connection.
    on_kept: bool,
}

impl Default for HyperTransport {
    fn default() -> Self {
        Self::new(&ConnectionSettings::default(), Some(CONNECT_TIMEOUT))
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HyperTransport")
    }
}

impl Transport for HyperTransport {
    fn send<'a>(&'a self, request: Request<RequestBody>, options: &'a SendOptions) -> Sending<'a> {
        Box::pin(async move {
            let response = self.send_or_resend(request, options).await;
            response.map_err(|lost| send_error(lost.error))
        })
    }
}

impl HyperTransport {
    pub(crate) fn new(settings: &ConnectionSettings, connect_timeout: Option<Duration>) -> Self {
        let proxies = Proxies::new(&settings.proxy);
        let tls = Tls::new(&settings.trust);
        let connector = Connector::new(tls, proxies.clone(), connect_timeout);
        let (idle_timeout, max_idle) = (settings.idle_timeout, settings.max_idle);
        Self {
            clients: Mutex::new(Arc::new(Clients::new(&connector, idle_timeout, max_idle))),
            connector,
            proxies,
            idle_timeout,
            max_idle,
        }
    }

    /// Sends a request, and once more when a connection that was kept open is lost under it.
    async fn send_or_resend(
        &self,
        mut request: Request<RequestBody>,
        options: &SendOptions,
    ) -> Result<Response<ResponseBody>, Lost> {
        if let Some(value) = self.proxies.authorization(request.uri()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, value);
        }
        let replay = options
            .may_resend
            .then(|| request.body().replay())
            .flatten();
        let again = replay.map(|replay| (head_of(&request), replay));
        let lost = match self.send_once(request, options.expect_continue).await {
            Ok(response) => return Ok(response.map(ResponseBody::from)),
            Err(lost) => lost,
        };
        let again = again.filter(|_| lost.on_kept);
        let Some((head, body)) = again.and_then(|(head, replay)| Some((head, replay.body()?)))
        else {
            return Err(lost);
        };
        tracing::debug!("a connection that was kept open is gone; sending again on a new one");
        let again = head.map(|()| body);
        let response = self.send_once(again, options.expect_continue).await?;
        Ok(response.map(ResponseBody::from))
    }

    async fn send_once(
        &self,
        mut request: Request<RequestBody>,
        expect_continue: bool,
    ) -> Result<Response<Incoming>, Lost> {
        let clients = self.current().clone();
        let connection = capture_connection(&mut request);
        let signal = expect_continue.then(|| expect::expect_continue(&mut request));
        wire::limit_interim(&mut request, connection, signal.clone());
        match clients.of(request.version()).request(request).await {
            Ok(response) => {
                if let Some(signal) = signal {
                    signal.answered();
                }
                if let Some(wire) = response.extensions().get::<Wire>() {
                    wire.answered();
                }
                Ok(response)
            }
            Err(error) => {
                let on_kept = was_lost_on_kept(&error);
                if on_kept {
                    self.renew(&clients);
                }
                Err(Lost { error, on_kept })
            }
        }
    }

    fn current(&self) -> std::sync::MutexGuard<'_, Arc<Clients>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops the connections that were kept together with one that went stale.
    fn renew(&self, stale: &Arc<Clients>) {
        let mut current = self.current();
        if Arc::ptr_eq(&current, stale) {
            let clients = Clients::new(&self.connector, self.idle_timeout, self.max_idle);
            *current = Arc::new(clients);
        }
    }
}

impl Clients {
    fn new(connector: &Connector, idle_timeout: Option<Duration>, max_idle: usize) -> Self {
        let mut builder = Client::builder(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            // Other clients skip lines that aren't headers, too.
            .http1_ignore_invalid_headers_in_responses(true)
            .pool_idle_timeout(idle_timeout)
            .pool_max_idle_per_host(max_idle);
        Self {
            any: builder.build(connector.clone()),
            #[cfg(feature = "http2")]
            http2: builder
                .http2_only(true)
                .build(connector.clone().http2_only()),
        }
    }

    fn of(&self, version: Version) -> &Client<Connector, RequestBody> {
        match version {
            #[cfg(feature = "http2")]
            Version::HTTP_2 => &self.http2,
            _ => &self.any,
        }
    }
}

/// The request without its body.
fn head_of(request: &Request<RequestBody>) -> Request<()> {
    let mut head = Request::new(());
    *head.method_mut() = request.method().clone();
    *head.uri_mut() = request.uri().clone();
    *head.version_mut() = request.version();
    *head.headers_mut() = request.headers().clone();
    head
}

fn send_error(error: Error) -> SendError {
    let kind = match connect_error(&error).map(|error| error.kind) {
        Some(ConnectErrorKind::Timeout) => return SendError::ConnectTimeout,
        Some(ConnectErrorKind::Connect) => TransportErrorKind::Connect,
        Some(ConnectErrorKind::Proxy) => TransportErrorKind::Proxy,
        Some(ConnectErrorKind::Tls) => TransportErrorKind::Tls,
        Some(ConnectErrorKind::Closed) | None => TransportErrorKind::Closed,
    };
    SendError::new(kind, BoxError::from(error))
}

/// The innermost of our own errors: a proxy that is reached by TLS has two.
fn connect_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a ConnectError> {
    let mut cause = Some(error);
    let mut found = None;
    while let Some(error) = cause {
        found = error.downcast_ref().or(found);
        cause = error.source();
    }
    found
}

/// Whether the peer surely did not answer, and most likely did not see the request.
fn was_lost_on_kept(error: &Error) -> bool {
    let mut causes = std::iter::successors(Some(error as Cause), below);
    #[cfg(feature = "http2")]
    if let Some(error) = causes.clone().find_map(|cause| cause.downcast_ref()) {
        return is_unprocessed(error);
    }
    let is_ours = causes.any(|cause| {
        cause.is::<ConnectError>() || cause.downcast_ref().is_some_and(hyper::Error::is_user)
    });
    let wire = error.connect_info().and_then(Wire::of);
    !is_ours && wire.is_some_and(|wire| wire.was_kept_and_is_silent())
}

type Cause<'a> = &'a (dyn StdError + 'static);

fn below<'a>(error: &Cause<'a>) -> Option<Cause<'a>> {
    (*error).source()
}

/// Whether the peer says that it did nothing with the request (RFC 9113, section 8.7).
#[cfg(feature = "http2")]
fn is_unprocessed(error: &h2::Error) -> bool {
    let ends = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
    let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    error.is_remote() && (ends || refused)
}
