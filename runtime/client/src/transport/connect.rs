//! Connections: TCP, through a proxy where one is set, with TLS where the URL asks for it.

use super::maybe_tls::MaybeTls;
use super::proxy::Proxies;
use super::tls::Tls;
use super::tunnel;
use super::wire::Watched;
use http::{Uri, uri::Scheme};
use hyper::rt::{Read, Write};

use hyper_util::client::legacy::connect::{Connection, HttpConnector};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use std::{fmt, io};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
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
    Closed,
    Timeout,
}

impl ConnectError {
    fn new(kind: ConnectErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: source.into(),
        }
    }

    /// A handshake that failed: the certificate, unless the other side just went away.
    fn handshake(error: io::Error) -> Self {
        let speaks_tls = error
            .get_ref()
            .is_some_and(<dyn StdError + Send + Sync>::is::<rustls::Error>);
        Self::new(
            if speaks_tls {
                ConnectErrorKind::Tls
            } else {
                ConnectErrorKind::Closed
            },
            error,
        )
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
            let stream = self.secure(&to, hop).await?;
            MaybeTls::tls(stream)
        } else {
            MaybeTls::Plain(hop)
        };
        let http2 = self.http2_only || io.connected().is_negotiated_h2();
        Ok(TokioIo::new(Watched::new(TokioIo::new(io), http2, proxied)))
    }

    async fn secure(
        &self,
        to: &Uri,
        hop: Hop,
    ) -> Result<tokio_rustls::client::TlsStream<TokioIo<Hop>>, ConnectError> {
        if !self.http2_only {
            return handshake(self.tls.for_service()?, to, hop).await;
        }
        let stream = handshake(self.tls.for_http2()?, to, hop).await?;
        if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
            Ok(stream)
        } else {
            let what = "events are sent by HTTP/2, which the service does not speak";
            Err(ConnectError::new(ConnectErrorKind::Tls, what))
        }
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

async fn handshake<T>(
    config: Arc<ClientConfig>,
    to: &Uri,
    io: T,
) -> Result<tokio_rustls::client::TlsStream<TokioIo<T>>, ConnectError>
where
    T: Read + Write + Unpin,
{
    let host = to.host().unwrap_or_default();
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let name = ServerName::try_from(host.to_owned())
        .map_err(|error| ConnectError::new(ConnectErrorKind::Tls, error))?;
    TlsConnector::from(config)
        .connect(name, TokioIo::new(io))
        .await
        .map_err(ConnectError::handshake)
}

impl From<super::tls::TrustError> for ConnectError {
    fn from(error: super::tls::TrustError) -> Self {
        Self::new(ConnectErrorKind::Tls, error)
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
            let tls = handshake(connector.tls.for_proxy()?, &proxy, tcp).await?;
            Ok(MaybeTls::tls(tls))
        })
    }
}
