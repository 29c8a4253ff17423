//! Kept connections, proxies, TLS and HTTP/2.

use crate::events;
use crate::server::{Answer, Server, builder, client, credentials, ok, put};
use crate::tls::{AUTHORITY, behind_tls};
use swage_client::error::TransportErrorKind;
use swage_client::{Any, Client, Failure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn connections_are_kept() {
    let server = Server::new(vec![ok()]);
    let client = client(&server);
    for _ in 0..5 {
        put(&client.clone()).await.expect("an answer");
    }
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.connection == 0)
    );
}

#[tokio::test]
async fn a_connection_that_went_stale_is_replaced() {
    let Answer::Bytes(bytes) = ok() else {
        unreachable!()
    };
    let server = Server::new(vec![Answer::Last(bytes)]);
    let client = client(&server);
    for _ in 0..3 {
        assert!(put(&client).await.expect("an answer").0.attempts <= 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_at_once() {
    let server = Server::new(vec![ok()]);
    let client = client(&server);
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { put(&client).await })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
    assert_eq!(server.requests().len(), 50);
}

#[tokio::test]
async fn plain_http_through_a_proxy() {
    let proxy = Server::new(vec![ok()]);
    let client: Client = builder()
        .endpoint_url("http://service.test:81")
        .proxy_url(format!("http://user:pass%40word@{}", proxy.address))
        .credentials_provider(credentials())
        .build()
        .expect("a client");
    put(&client).await.expect("an answer");
    let request = proxy.request();
    assert_eq!(
        request.line,
        "POST http://service.test:81/things/a%20b%2Fc HTTP/1.1"
    );
    assert_eq!(request.header("host"), Some("service.test:81"));
    assert_eq!(
        request.header("proxy-authorization"),
        Some("Basic dXNlcjpwYXNzQHdvcmQ=")
    );
    let signature = request.header("authorization").expect("a signature");
    assert!(!signature.contains("proxy-authorization"), "{signature}");
}

#[tokio::test]
async fn a_proxy_that_is_not_there() {
    let address = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a free port");
    for url in ["http://service.test", "https://service.test"] {
        let client: Client = builder()
            .endpoint_url(url)
            .proxy_url(format!("http://{address}"))
            .build()
            .expect("a client");
        let failure = put(&client).await.expect_err("no proxy");
        let Failure::Transport(error) = failure else {
            panic!("{failure:?}")
        };
        assert_eq!(error.kind, TransportErrorKind::Proxy);
    }
}

#[tokio::test]
async fn a_proxy_that_refuses() {
    let proxy = Server::new(vec![Answer::Last(
        b"HTTP/1.1 403 Forbidden\r\n\r\n".to_vec(),
    )]);
    let client: Client = builder()
        .endpoint_url("https://service.test")
        .proxy_url(proxy.address.to_string())
        .build()
        .expect("a client");
    let failure = put(&client).await.expect_err("refused");
    let Failure::Transport(error) = failure else {
        panic!("{failure:?}")
    };
    assert_eq!(error.kind, TransportErrorKind::Proxy);
    let request = &proxy.requests()[0];
    assert_eq!(request.line, "CONNECT service.test:443 HTTP/1.0");
    assert!(request.headers.is_empty(), "{:?}", request.headers);
}

#[tokio::test]
async fn proxies_that_answer_badly() {
    for (answer, said) in [
        (
            "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n",
            "authorization",
        ),
        ("HTTP/1.1 502 No\r\n\r\n", "502"),
        ("nonsense\r\n\r\n", "isn't HTTP"),
        ("HTTP/1.1 200 OK\r\n", "closed"),
        (&"HTTP/1.1 200 OK\r\n".repeat(1000), "isn't HTTP"),
    ] {
        let proxy = Server::new(vec![Answer::Last(answer.as_bytes().to_vec())]);
        let client: Client = builder()
            .endpoint_url("https://service.test:8443")
            .proxy_url(format!("http://user:pass%40word@{}", proxy.address))
            .build()
            .expect("a client");
        let failure = put(&client).await.expect_err("no tunnel");
        let Failure::Transport(error) = failure else {
            panic!("{failure:?}")
        };
        assert_eq!(error.kind, TransportErrorKind::Proxy);
        assert!(error.source.to_string().contains(said), "{}", error.source);
        let request = &proxy.requests()[0];
        assert_eq!(request.line, "CONNECT service.test:8443 HTTP/1.0");
        assert_eq!(
            request.header("proxy-authorization"),
            Some("Basic dXNlcjpwYXNzQHdvcmQ=")
        );
    }
}

/// A server of one version of HTTP, and its URL with TLS that offers these protocols.
async fn secure(protocols: &[&str]) -> (events::Server, String) {
    let server = events::Server::of(protocols.contains(&"h2"), r#"{"Result": "yes"}"#).await;
    let url = behind_tls(&server.url, protocols).await;
    (server, url)
}

async fn result(client: &Client) -> Result<String, Failure> {
    let (_, mut output) = put(client).await?;
    match output.take(0) {
        Some(Any::String(text)) => Ok(text),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn tls_and_both_versions_of_http() {
    for (protocols, version) in [
        (vec!["h2", "http/1.1"], http::Version::HTTP_2),
        (vec!["http/1.1"], http::Version::HTTP_11),
        (vec![], http::Version::HTTP_11),
    ] {
        let (server, url) = secure(&protocols).await;
        let settings = builder()
            .endpoint_url(url)
            .credentials_provider(credentials());
        let client: Client = settings
            .clone()
            .ca_bundle(AUTHORITY)
            .build()
            .expect("a client");
        result(&client).await.expect("an answer");
        assert_eq!(server.request().version, version);

        let client: Client = settings
            .clone()
            .dangerous_no_verify()
            .build()
            .expect("a client");
        result(&client).await.expect("an answer");

        let client: Client = settings.clone().build().expect("a client");
        let failure = result(&client).await.expect_err("an unknown authority");
        let Failure::Transport(error) = failure else {
            panic!("{failure:?}")
        };
        assert_eq!(error.kind, TransportErrorKind::Tls);
        assert!(
            error.source.to_string().contains("UnknownIssuer"),
            "{}",
            error.source
        );

        let missing = settings.clone().ca_bundle_file("no/such/file");
        for (settings, said) in [
            (
                settings.ca_bundle("no certificate"),
                "the CA bundle holds no certificate",
            ),
            (missing, "no/such/file: "),
        ] {
            let client: Client = settings.build().expect("a client");
            let failure = result(&client).await.expect_err("no authority");
            let Failure::Transport(error) = failure else {
                panic!("{failure:?}")
            };
            assert_eq!(error.kind, TransportErrorKind::Tls);
            assert!(error.source.to_string().starts_with(said), "{error:?}");
        }
    }
}

#[tokio::test]
async fn https_through_a_tunnel() {
    let (server, url) = secure(&["h2", "http/1.0"]).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let proxy = listener.local_addr().expect("an address");
    let authority = url.trim_start_matches("https://").to_owned();
    let to = authority.clone();
    let asked = tokio::spawn(async move {
        let (mut from, _) = listener.accept().await.expect("a connection");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(from.read_u8().await.expect("a byte"));
        }
        let mut to = TcpStream::connect(to).await.expect("the server");
        from.write_all(b"HTTP/1.1 200 OK\r\n\r\n")
            .await
            .expect("written");
        tokio::spawn(async move { tokio::io::copy_bidirectional(&mut from, &mut to).await });
        String::from_utf8(head).expect("text")
    });
    let client: Client = builder()
        .endpoint_url(url)
        .ca_bundle(AUTHORITY)
        .proxy_url(format!("http://me:secret@{proxy}"))
        .build()
        .expect("a client");
    result(&client).await.expect("an answer");
    assert_eq!(server.request().version, http::Version::HTTP_2);
    let asked = asked.await.expect("no panic").to_ascii_lowercase();
    assert!(
        asked.starts_with(&format!("connect {authority} http/1.0")),
        "{asked}"
    );
    assert!(asked.contains("proxy-authorization: basic "), "{asked}");
}
