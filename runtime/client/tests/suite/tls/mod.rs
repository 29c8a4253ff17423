//! TLS in front of a plain server.

use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};

/// Puts TLS that offers these protocols in front of a plain HTTP server. Returns its URL and its certificate authority.
pub(crate) async fn behind_tls(server: &str, protocols: &[&str]) -> (String, String) {
    let key = rcgen::KeyPair::generate().expect("a key");
    let names = vec!["localhost".to_owned()];
    let own = rcgen::CertificateParams::new(names).expect("a name");
    let own = own.self_signed(&key).expect("a certificate");
    let key = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], key)
        .expect("a configuration");
    config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let to = server.trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, to) = (acceptor.clone(), to.clone());
            tokio::spawn(async move {
                let Ok(mut near) = acceptor.accept(stream).await else {
                    return;
                };
                let mut far = TcpStream::connect(to).await.expect("the server");
                let _closed = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    (format!("https://localhost:{port}"), own.pem())
}
