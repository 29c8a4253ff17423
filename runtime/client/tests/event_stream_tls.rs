//! Events over https, where HTTP/2 is negotiated.

mod events;

use events::{Event, Line, REST, Script, Server, event, frame, next, parse, respond, spoken, talk};
use std::sync::Arc;
use swage_client::Client;
use swage_client::error::TransportErrorKind;
use swage_client::event_stream::EventStreamSender;
use tokio::net::{TcpListener, TcpStream};

/// What stands in front of a server in plain HTTP: TLS that offers these protocols. Gives its URL.
async fn behind_tls(server: &Server, protocols: &[&str]) -> String {
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
    let to = server.url.trim_start_matches("http://").to_owned();
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
    format!("https://localhost:{port}")
}

fn client(server: &Server, url: &str) -> Client {
    let settings = server.builder(&REST).endpoint_url(url);
    settings
        .dangerous_no_verify()
        .build()
        .expect("good settings")
}

#[tokio::test]
async fn http_2_is_negotiated_for_events() {
    let server = Server::new(true, |mut body| async move {
        let (writer, script) = Script::new();
        tokio::spawn(async move {
            while let Some(received) = next(&mut body).await {
                let echo = event("line", parse(&received).payload().clone());
                writer.send(Ok(frame(&echo))).expect("it is read");
            }
        });
        respond(script)
    })
    .await;
    let url = behind_tls(&server, &["http/1.1", "h2"]).await;
    let (writer, events) = EventStreamSender::channel(1);
    let output = talk(&client(&server, &url), events).await;
    let mut output = output.expect("a response");
    writer.send(spoken("one")).await.expect("it is sent");
    let text = Some(r#"{"text":"one"}"#.to_owned());
    let echo = output.events.recv().await.expect("an event");
    assert_eq!(echo, Some(Event::Line(Line { text })));
    drop(writer);
    assert_eq!(output.events.recv().await.expect("the end"), None);
    assert_eq!(server.request().version, http::Version::HTTP_2);
}

/// A server without HTTP/2 either ends the handshake or chooses nothing; it gets no event in both cases.
#[tokio::test]
async fn a_server_that_has_no_http_2_gets_no_events() {
    let server = Server::of(false, "").await;
    for protocols in [&["http/1.1"][..], &[]] {
        let url = behind_tls(&server, protocols).await;
        let (_writer, events) = EventStreamSender::channel(1);
        let failure = talk(&client(&server, &url), events).await;
        let Err(events::Error::Transport(error)) = failure else {
            panic!("{failure:?}")
        };
        assert_eq!(error.kind, TransportErrorKind::Tls);
    }
    assert_eq!(server.requests(), 0);
}
