//! Connections that are kept between requests.

use super::config::Config;
use super::connect::{ConnectError, Connector};
use super::exchange::Outgoing;
use super::proxy::Proxies;
use super::tls::Tls;
use super::wire::{self, Wire};
use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error as StdError;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Sends requests on connections that it keeps.
pub(crate) struct Pool {
    connector: Connector,
    idle_timeout: Option<Duration>,
    max_idle: usize,
    clients: Mutex<Arc<Clients>>,
}

struct Clients {
    any: Client<Connector, Outgoing>,
    /// For what needs HTTP/2.
    http2: Client<Connector, Outgoing>,
}

/// Why there is no response.
pub(crate) struct Lost {
    pub(crate) error: Error,
    /// The request was lost on a connection that was kept; the next one goes out on a new connection.
    pub(crate) on_kept: bool,
}

impl Pool {
    pub(crate) fn new(config: &Config, proxies: Proxies) -> Self {
        let tls = Tls::new(&config.trust);
        let connector = Connector::new(tls, proxies, config.timeouts.connect);
        let (idle_timeout, max_idle) = (config.pool_idle_timeout, config.pool_max_idle);
        Self {
            clients: Mutex::new(Arc::new(Clients::new(&connector, idle_timeout, max_idle))),
            connector,
            idle_timeout,
            max_idle,
        }
    }

    /// Sends the request and waits for the beginning of the response. One whose version is HTTP/2 is sent by that
    /// alone; the others by what the service prefers.
    pub(crate) async fn send(
        &self,
        mut request: Request<Outgoing>,
    ) -> Result<Response<Incoming>, Lost> {
        let clients = self.current().clone();
        let connection = capture_connection(&mut request);
        wire::limit_interim(&mut request, connection);
        match clients.of(request.version()).request(request).await {
            Ok(response) => {
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

    /// Keeps no connection of those that were kept together with one that went stale.
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
            // Lines that are no headers are passed over, as by other clients.
            .http1_ignore_invalid_headers_in_responses(true)
            .pool_idle_timeout(idle_timeout)
            .pool_max_idle_per_host(max_idle);
        Self {
            any: builder.build(connector.clone()),
            http2: builder
                .http2_only(true)
                .build(connector.clone().http2_only()),
        }
    }

    fn of(&self, version: Version) -> &Client<Connector, Outgoing> {
        if version == Version::HTTP_2 {
            &self.http2
        } else {
            &self.any
        }
    }
}

/// Whether the peer surely did not answer, and most likely did not see the request.
fn was_lost_on_kept(error: &Error) -> bool {
    let mut causes = std::iter::successors(Some(error as Cause), below);
    let of_http2 = causes
        .clone()
        .find_map(|cause| cause.downcast_ref::<h2::Error>());
    if let Some(error) = of_http2 {
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
fn is_unprocessed(error: &h2::Error) -> bool {
    let ends = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
    let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    error.is_remote() && (ends || refused)
}
