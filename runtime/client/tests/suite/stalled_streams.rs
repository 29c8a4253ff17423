//! Transfers that stall, and others that only seem to.
use crate::tls;

use crate::server::{DOWNLOADS, UPLOADS, builder, call, put, read_request};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http_body::Frame;
use http_body_util::StreamBody;
use std::convert::Infallible;
use std::future::Future;
use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use swage_client::client::StalledStreamProtectionConfig;
use swage_client::error::{ConfigError, TimeoutKind};
use swage_client::{Any, Client, ClientBuilder, Failure, Record, RetryConfig};

const GRACE: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_millis(900);
const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";

/// A server that handles each connection with this function. Returns its URL and the number of connections.
fn server(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (serve, count) = (Arc::new(serve), Arc::new(AtomicUsize::new(0)));
    let seen = count.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            seen.fetch_add(1, Ordering::SeqCst);
            let serve = serve.clone();
            std::thread::spawn(move || serve(stream));
        }
    });
    (format!("http://{address}"), count)
}

/// Reads a request, then writes these parts with pauses between them; keeps the connection open.
fn answering(parts: &'static [&'static [u8]], pause: Duration) -> (String, Arc<AtomicUsize>) {
    server(move |mut stream| {
        let mut reader = BufReader::new(stream.try_clone().expect("a handle"));
        while read_request(&mut reader, 0).is_some() {
            for part in parts {
                let _ = stream.write_all(part);
                std::thread::sleep(pause);
            }
        }
    })
}

/// Reads and writes nothing.
fn silent() -> (String, Arc<AtomicUsize>) {
    server(|stream| {
        std::thread::sleep(Duration::from_secs(20));
        drop(stream);
    })
}

fn protected(url: &str, grace: Duration) -> ClientBuilder<Client> {
    builder().endpoint_url(url).stalled_stream_protection(
        StalledStreamProtectionConfig::enabled()
            .grace_period(grace)
            .build(),
    )
}

fn client(url: &str) -> Client {
    protected(url, GRACE).build().expect("a client")
}

async fn download(client: &Client) -> ByteStream {
    let input = Record::new(DOWNLOADS.input);
    let (_, mut output) = call(client, &DOWNLOADS, input).await.expect("a response");
    match output.take(0) {
        Some(Any::Stream(stream)) => stream,
        other => panic!("{other:?}"),
    }
}

async fn upload(client: &Client, body: SdkBody) -> Result<(), Failure> {
    let mut input = Record::new(UPLOADS.input);
    input.set(0, Any::Stream(ByteStream::new(body)));
    call(client, &UPLOADS, input).await.map(drop)
}

fn is_stalled(result: &Result<(), Failure>) -> bool {
    matches!(result, Err(Failure::Timeout(error)) if error.kind == TimeoutKind::Stalled)
}

#[tokio::test(start_paused = true)]
async fn a_download_that_stops_ends_after_20_seconds_by_default() {
    let (url, _) = answering(&[HEAD, b"start"], Duration::ZERO);
    let client = builder()
        .endpoint_url(url)
        .set_connect_timeout(None)
        .build()
        .expect("a client");
    let stream = download(&client).await;
    let begin = tokio::time::Instant::now();
    let error = stream.collect().await.expect_err("it stalled");
    let took = begin.elapsed().as_secs();
    assert!((18..=23).contains(&took), "{took}");
    let cause = std::error::Error::source(&error)
        .expect("a cause")
        .to_string();
    assert!(cause.contains("no byte came for 20s"), "{cause}");
}

#[tokio::test]
async fn a_response_in_memory_that_stops_is_asked_for_again() {
    let (url, connections) = answering(&[HEAD, b"{"], Duration::ZERO);
    let begin = Instant::now();
    let result = put(&client(&url)).await.map(drop);
    assert!(is_stalled(&result), "{result:?}");
    assert!(begin.elapsed() < 9 * GRACE, "{:?}", begin.elapsed());
    assert_eq!(connections.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn blanks_keep_a_response_in_memory_open() {
    const PARTS: &[&[u8]] = &[
        b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n ",
        b" ",
        b"{\"Result\": \"done\"}",
    ];
    let (url, connections) = answering(PARTS, LONG);
    put(&client(&url)).await.expect("a response");
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_caller_that_pauses_is_no_stall() {
    let (url, _) = answering(&[HEAD, b"start", b"s-end"], GRACE / 3);
    for blocking in [true, false] {
        let mut stream = download(&client(&url)).await;
        let mut read = Vec::new();
        while read.len() < 10 {
            // Polls once, and then not for a while.
            let next = tokio::time::timeout(Duration::from_millis(1), stream.next()).await;
            if let Ok(next) = next {
                read.extend_from_slice(&next.expect("more").expect("no stall"));
            } else if blocking {
                std::thread::sleep(LONG);
            } else {
                tokio::time::sleep(LONG).await;
            }
        }
        assert_eq!(read, b"starts-end");
    }
}

#[tokio::test]
async fn neither_is_a_response_that_is_late() {
    let (url, _) = answering(&[b"", OK], LONG);
    upload(&client(&url), SdkBody::from("some bytes"))
        .await
        .expect("sent");
}

#[tokio::test]
async fn it_can_be_turned_off() {
    let (url, _) = answering(&[HEAD, b"start"], Duration::ZERO);
    let off = StalledStreamProtectionConfig::disabled();
    let uploads = StalledStreamProtectionConfig::enabled()
        .download_enabled(false)
        .grace_period(GRACE)
        .build();
    for config in [off, uploads] {
        waits(protected(&url, GRACE).stalled_stream_protection(config)).await;
    }
}

#[tokio::test]
async fn it_can_be_turned_off_by_an_sdk_config() {
    let (url, _) = answering(&[HEAD, b"start"], Duration::ZERO);
    let shared = aws_types::SdkConfig::builder()
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build();
    waits(protected(&url, GRACE).sdk_config(&shared)).await;
}

async fn waits(settings: ClientBuilder<Client>) {
    let client = settings.build().expect("a client");
    let stream = download(&client).await.collect();
    let waited = tokio::time::timeout(LONG, stream).await;
    assert!(waited.is_err(), "{waited:?}");
}

#[test]
fn a_grace_period_of_nothing_is_refused() {
    let error = protected("http://localhost", Duration::ZERO).build();
    let said = error.map(drop);
    assert!(
        matches!(&said, Err(ConfigError::Setting(text)) if text.contains("grace period")),
        "{said:?}"
    );
}

#[tokio::test]
async fn an_upload_that_nobody_takes() {
    let (url, connections) = silent();
    let client = protected(&url, GRACE)
        .retry_config(RetryConfig::standard().with_max_attempts(2))
        .build()
        .expect("a client");
    // A body in memory, one of a single large chunk, and one of many chunks.
    let large = || Bytes::from(vec![b'x'; 64 << 20]);
    let one = || SdkBody::from_body_1_x(http_body_util::Full::new(Bytes::from(vec![0; 64 << 20])));
    for (body, attempts) in [
        (SdkBody::from(large()), 2),
        (one(), 1),
        (SdkBody::retryable(one), 2),
    ] {
        connections.store(0, Ordering::SeqCst);
        let result = upload(&client, body).await;
        assert!(is_stalled(&result), "{result:?}");
        assert_eq!(connections.load(Ordering::SeqCst), attempts);
    }
}

/// Chunks that arrive late.
struct Late(u32, std::pin::Pin<Box<tokio::time::Sleep>>);

impl futures_core::Stream for Late {
    type Item = Result<Frame<Bytes>, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        if self.0 == 0 {
            return std::task::Poll::Ready(None);
        }
        std::task::ready!(self.1.as_mut().poll(cx));
        self.0 -= 1;
        let next = tokio::time::Instant::now() + LONG;
        self.1.as_mut().reset(next);
        std::task::Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"piece")))))
    }
}

#[tokio::test]
async fn an_upload_whose_source_pauses() {
    let (url, _) = answering(&[OK], Duration::ZERO);
    let late = Late(2, Box::pin(tokio::time::sleep(LONG)));
    let client = protected(&url, GRACE)
        .read_timeout(GRACE)
        .build()
        .expect("a client");
    upload(&client, SdkBody::from_body_1_x(StreamBody::new(late)))
        .await
        .expect("sent");
}

#[tokio::test]
async fn no_response_to_a_request_without_a_body_and_over_http_2() {
    let (url, _) = silent();
    let secure = tls::behind_tls(&url, &["h2"]).await;
    let settings = builder()
        .retry_config(RetryConfig::disabled())
        .read_timeout(GRACE);
    for settings in [
        settings.clone().endpoint_url(url),
        settings.endpoint_url(secure).ca_bundle(tls::AUTHORITY),
    ] {
        let client = settings.build().expect("a client");
        for operation in [&DOWNLOADS, &UPLOADS] {
            let mut input = Record::new(operation.input);
            input.set(0, Any::Stream(ByteStream::from_static(b"some bytes")));
            let failure = call(&client, operation, input).await.map(drop);
            let Err(Failure::Timeout(error)) = failure else {
                panic!("{failure:?}")
            };
            assert_eq!(error.kind, TimeoutKind::Read);
        }
    }
}
