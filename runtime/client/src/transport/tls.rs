//! TLS and its trusted certificates. Nothing is loaded before the first https connection.

use super::connect::{ConnectError, ConnectErrorKind};
use super::maybe_tls::MaybeTls;
use super::settings::Trust;
use http::Uri;
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::error::Error as StdError;
use std::sync::{Arc, OnceLock};
use std::{fmt, io};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// TLS configurations, made when first asked for.
#[derive(Default)]
pub(crate) struct Tls {
    trust: Trust,
    service: OnceLock<Result<Arc<ClientConfig>, TrustError>>,
    http2: OnceLock<Result<Arc<ClientConfig>, TrustError>>,
    proxy: OnceLock<Result<Arc<ClientConfig>, TrustError>>,
}

/// A certificate bundle that can't be used.
#[derive(Clone, Debug)]
struct TrustError(String);

impl fmt::Display for TrustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TrustError {}

impl Tls {
    pub(crate) fn new(trust: &Trust) -> Self {
        Self {
            trust: trust.clone(),
            ..Self::default()
        }
    }

    /// Speaks TLS with a service, which chooses HTTP/2 or HTTP/1.1 unless only HTTP/2 is offered.
    pub(super) async fn to_service<T>(
        &self,
        to: &Uri,
        io: T,
        http2_only: bool,
    ) -> Result<MaybeTls<T>, ConnectError>
    where
        T: Read + Write + Unpin,
    {
        if !http2_only {
            let stream = handshake(self.for_service()?, to, io).await?;
            return Ok(MaybeTls::tls(stream));
        }
        let stream = handshake(self.for_http2()?, to, io).await?;
        if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
            Ok(MaybeTls::tls(stream))
        } else {
            let what = "events are sent by HTTP/2, which the service does not speak";
            Err(ConnectError::new(ConnectErrorKind::Tls, what))
        }
    }

    /// Speaks TLS with a proxy.
    pub(super) async fn to_proxy<T>(&self, to: &Uri, io: T) -> Result<MaybeTls<T>, ConnectError>
    where
        T: Read + Write + Unpin,
    {
        let stream = handshake(self.for_proxy()?, to, io).await?;
        Ok(MaybeTls::tls(stream))
    }

    /// Offers HTTP/2 and HTTP/1.1.
    fn for_service(&self) -> Result<Arc<ClientConfig>, TrustError> {
        self.service
            .get_or_init(|| configure(&self.trust, &[b"h2", b"http/1.1"]))
            .clone()
    }

    /// Offers HTTP/2 only.
    fn for_http2(&self) -> Result<Arc<ClientConfig>, TrustError> {
        self.http2
            .get_or_init(|| configure(&self.trust, &[b"h2"]))
            .clone()
    }

    /// Offers HTTP/1.1, for CONNECT.
    fn for_proxy(&self) -> Result<Arc<ClientConfig>, TrustError> {
        self.proxy
            .get_or_init(|| configure(&self.trust, &[b"http/1.1"]))
            .clone()
    }
}

async fn handshake<T>(
    config: Arc<ClientConfig>,
    to: &Uri,
    io: T,
) -> Result<TlsStream<TokioIo<T>>, ConnectError>
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
        .map_err(handshake_error)
}

/// A handshake that failed: the certificate, unless the other side just went away.
fn handshake_error(error: io::Error) -> ConnectError {
    let speaks_tls = error
        .get_ref()
        .is_some_and(<dyn StdError + Send + Sync>::is::<rustls::Error>);
    let kind = if speaks_tls {
        ConnectErrorKind::Tls
    } else {
        ConnectErrorKind::Closed
    };
    ConnectError::new(kind, error)
}

impl From<TrustError> for ConnectError {
    fn from(error: TrustError) -> Self {
        Self::new(ConnectErrorKind::Tls, error)
    }
}

fn configure(trust: &Trust, protocols: &[&[u8]]) -> Result<Arc<ClientConfig>, TrustError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| TrustError(error.to_string()))?;
    let builder = match trust {
        Trust::WebPki => {
            let roots = RootCertStore {
                roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
            };
            builder.with_root_certificates(roots)
        }
        Trust::Pem(pem) => builder.with_root_certificates(roots(pem)?),
        Trust::File(path) => {
            let pem = std::fs::read(path);
            let unread = |error| TrustError(format!("{}: {error}", path.display()));
            builder.with_root_certificates(roots(&pem.map_err(unread)?)?)
        }
        Trust::Anyone => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anyone(provider))),
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Ok(Arc::new(config))
}

fn roots(pem: &[u8]) -> Result<RootCertStore, TrustError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate
            .map_err(|error| TrustError(format!("the CA bundle can't be read: {error}")))?;
        // Bundles of operating systems contain some certificates that rustls can't use.
        let _ = roots.add(certificate);
    }
    if roots.is_empty() {
        return Err(TrustError("the CA bundle holds no certificate".to_owned()));
    }
    Ok(roots)
}

/// Verifies nothing.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
