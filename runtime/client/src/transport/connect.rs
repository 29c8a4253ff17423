//! Connections: TCP, through a proxy where one is set, with TLS where the URL asks for it.

use super::maybe_tls::MaybeTls;
use super::proxy::Proxies;
use super::tls::Tls;
use super::tunnel;
use super::wire::Watched;
use http::{Uri, uri::Scheme};
use hyper_util::client::legacy::connect::{Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tower_service::Service;

type BoxError = Box<dyn StdError + Send + Sync>;
/// To the service, or to a proxy, which may itself be reached by TLS.
type Hop = MaybeTls<TokioIo<TcpStream>>;
/// To the service, as hyper sees it.
type Stream = TokioIo<Watched<TokioIo<MaybeTls<Hop>>>>;

/// Why there is no connection.
#[derive(Debug)]
pub(crate) struct ConnectError {
    pub(crate) kind: ConnectErrorKind,
    source: BoxError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectErrorKind {
    Connect,
    Proxy,
    Tls,
    #[cfg_attr(not(feature = "tls"), expect(dead_code, reason = "by a handshake"))]
    Closed,
    Timeout,
}

impl ConnectError {
    pub(super) fn new(kind: ConnectErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Libraries put "tcp connect error" and the like around what the system said.
        let mut cause: &dyn StdError = self.source.as_ref();
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        write!(f, "{cause}")
    }
}

impl StdError for ConnectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

/// Makes connections for hyper's client.
#[derive(Clone)]
pub(crate) struct Connector {
    tcp: HttpConnector,
    tls: Arc<Tls>,
    proxies: Proxies,
    limit: Option<Duration>,
    http2_only: bool,
}

impl Connector {
    pub(crate) fn new(tls: Tls, proxies: Proxies, limit: Option<Duration>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self {
            tcp,
            tls: Arc::new(tls),
            proxies,
            limit,
            http2_only: false,
        }
    }

    /// For connections that speak HTTP/2 and nothing else.
    #[cfg(feature = "http2")]
    pub(crate) fn http2_only(mut self) -> Self {
        self.http2_only = true;
        self
    }

    async fn connect_in_time(self, to: Uri) -> Result<Stream, ConnectError> {
        let Some(limit) = self.limit else {
            return self.connect(to).await;
        };
        match tokio::time::timeout(limit, self.connect(to)).await {
            Ok(connected) => connected,
            Err(elapsed) => Err(ConnectError::new(ConnectErrorKind::Timeout, elapsed)),
        }
    }

    async fn connect(self, to: Uri) -> Result<Stream, ConnectError> {
        let secure = to.scheme() == Some(&Scheme::HTTPS);
        if !self.proxies.are_usable(&to) {
            let what = "the URL of the proxy is neither of http nor of https";
            return Err(ConnectError::new(ConnectErrorKind::Proxy, what));
        }
        let proxy = self.proxies.intercept(&to);
        let proxied = proxy.is_some() && !secure;
        let hop = match proxy {
            None => MaybeTls::Plain(self.tcp(to.clone(), ConnectErrorKind::Connect).await?),
            Some(proxy) if secure => self.tunnel(&proxy, to.clone()).await?,
            Some(proxy) => Hops(self.clone()).call(proxy.uri().clone()).await?,
        };
        let io = if secure {
            self.tls.to_service(&to, hop, self.http2_only).await?
        } else {
            MaybeTls::Plain(hop)
        };
        let http2 = self.http2_only || io.connected().is_negotiated_h2();
        Ok(TokioIo::new(Watched::new(TokioIo::new(io), http2, proxied)))
    }

    async fn tcp(
        &self,
        to: Uri,
        kind: ConnectErrorKind,
    ) -> Result<TokioIo<TcpStream>, ConnectError> {
        self.tcp
            .clone()
            .call(to)
            .await
            .map_err(|error| ConnectError::new(kind, error))
    }

    async fn tunnel(&self, proxy: &Intercept, to: Uri) -> Result<Hop, ConnectError> {
        let hop = Hops(self.clone()).call(proxy.uri().clone()).await?;
        tunnel::open(hop, &to, proxy.basic_auth())
            .await
            .map_err(|error| ConnectError::new(ConnectErrorKind::Proxy, error))
    }
}

type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, ConnectError>> + Send>>;

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = ConnectError;
    type Future = Connecting<Stream>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        Box::pin(self.clone().connect_in_time(to))
    }
}

/// Makes connections to proxies.
struct Hops(Connector);

impl Service<Uri> for Hops {
    type Response = Hop;
    type Error = ConnectError;
    type Future = Connecting<Hop>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, proxy: Uri) -> Self::Future {
        let connector = self.0.clone();
        Box::pin(async move {
            let secure = match proxy.scheme_str() {
                Some("http") => false,
                Some("https") => true,
                _ => {
                    return Err(ConnectError::new(
                        ConnectErrorKind::Proxy,
                        "only http and https proxies are supported",
                    ));
                }
            };
            let tcp = connector
                .tcp(proxy.clone(), ConnectErrorKind::Proxy)
                .await?;
            if !secure {
                return Ok(MaybeTls::Plain(tcp));
            }
            connector.tls.to_proxy(&proxy, tcp).await
        })
    }
}
