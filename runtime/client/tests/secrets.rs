//! A log that prints everything, of every library, at the level of traces: no secret is in it.

mod server;

use server::{Answer, Server, builder, credentials, ok, put, reply};
use std::io::Write;
use std::sync::{Arc, Mutex};
use swage_client::{Client, ClientBuilder};
use tracing_subscriber::filter::LevelFilter;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("not poisoned").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Of this thread, which is all that a test's runtime has.
    fn start() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("not poisoned")).into_owned()
    }
}

/// What may show up nowhere: credentials, tokens, signatures, a proxy's password, cookies.
const SECRETS: &[&str] = &[
    "AKIDEXAMPLE",
    "a-secret-key",
    "a-session-token",
    "hush-hush",
    ", Signature=",
    "a-password",
    // user:a-password
    "dXNlcjphLXBhc3N3b3Jk",
    "a-cookie",
    "0123abcd",
];

fn check(log: &Log, client: &Client) {
    let text = log.text();
    for library in ["swage_client", "hyper_util"] {
        assert!(text.contains(library), "{library} says nothing: {text}");
    }
    let shown = format!("{client:?}");
    for secret in SECRETS {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

fn signing(server: &Server) -> ClientBuilder<Client> {
    builder()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
}

#[tokio::test]
async fn of_calls_that_succeed_and_fail() {
    let (log, _guard) = Log::start();
    let cookie = ("Set-Cookie", "a-cookie");
    let url = r#"{"Result": "https://host/?X-Amz-Signature=0123abcd"}"#;
    let server = Server::new(vec![
        reply(200, &[cookie], url),
        reply(500, &[cookie], "{}"),
        reply(403, &[cookie, ("x-amzn-errortype", "Odd")], "{}"),
        Answer::Close,
        ok(),
    ]);
    let client = signing(&server).build().expect("a client");
    put(&client).await.expect("an answer");
    let error = put(&client).await.expect_err("an error");
    put(&client).await.expect("an answer, at last");
    let shown = format!("{error} {error:?}");
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    check(&log, &client);
}

#[tokio::test]
async fn of_calls_through_a_proxy() {
    let (log, _guard) = Log::start();
    let proxy = Server::new(vec![ok(), reply(407, &[], "")]);
    let url = format!("http://user:a-password@{}", proxy.address);
    let plain = builder()
        .endpoint_url("http://service.test")
        .credentials_provider(credentials())
        .proxy_url(&url)
        .build()
        .expect("a client");
    put(&plain).await.expect("an answer");
    let tunnelled: Client = builder()
        .endpoint_url("https://service.test")
        .proxy_url(&url)
        .build()
        .expect("a client");
    put(&tunnelled).await.expect_err("refused");
    for request in proxy.requests() {
        assert_eq!(
            request.header("proxy-authorization"),
            Some("Basic dXNlcjphLXBhc3N3b3Jk")
        );
    }
    check(&log, &plain);
    check(&log, &tunnelled);
}
