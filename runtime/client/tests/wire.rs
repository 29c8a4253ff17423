//! Requests and responses over a real connection: what is sent, signed, tried again and given up.

mod server;

use aws_smithy_types::byte_stream::ByteStream;
use server::{
    Answer, DOWNLOADS, SIGNED, Server, UPLOADS, builder, call, client, credentials, ok, put, reply,
    thing,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use swage_client::error::{ConfigError, TimeoutKind, TransportErrorKind};
use swage_client::{Any, Failure, Record, RetryConfig};

fn text(record: &Record, index: usize) -> Option<&str> {
    match record.get(index) {
        Some(Any::String(text)) => Some(text),
        _ => None,
    }
}

#[tokio::test]
async fn an_unsigned_request() {
    let server = Server::new(vec![ok()]);
    let (metadata, output) = put(&client(&server)).await.expect("an answer");
    assert_eq!((metadata.status, metadata.attempts), (200, 1));
    assert_eq!(metadata.request_id.as_deref(), Some("id-1"));
    assert_eq!(text(&output, 0), Some("done"));

    let request = server.request();
    assert_eq!(request.line, "POST /things/a%20b%2Fc HTTP/1.1");
    assert_eq!(
        request.header("host"),
        Some(server.address.to_string().as_str())
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.header("content-length"),
        Some(request.body.len().to_string().as_str())
    );
    assert_eq!(request.header("x-amz-bearer"), Some("hush-hush"));
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    assert_eq!(request.header("amz-sdk-request"), Some("attempt=1; max=3"));
    assert_eq!(
        request.header("amz-sdk-invocation-id").map(str::len),
        Some(36)
    );
    let agent = request.header("user-agent").expect("a user agent");
    assert!(
        agent.starts_with("swage/") && agent.contains("api/Test_Things#2026-01-01"),
        "{agent}"
    );
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("x-amz-date"), None);
    assert!(request.body.contains(r#""cat.png""#), "{}", request.body);
}

#[tokio::test]
async fn a_signed_request() {
    let server = Server::new(vec![ok()]);
    let client = builder()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
        .build()
        .expect("a client");
    put(&client).await.expect("an answer");
    let request = server.request();
    let authorization = request.header("authorization").expect("a signature");
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"),
        "{authorization}"
    );
    assert!(
        authorization.contains("/us-east-1/things/aws4_request"),
        "{authorization}"
    );
    assert!(
        authorization.contains(
            "SignedHeaders=content-type;host;x-amz-bearer;x-amz-date;x-amz-security-token,"
        ),
        "{authorization}"
    );
    assert_eq!(
        request.header("x-amz-security-token"),
        Some("a-session-token")
    );
    assert_eq!(request.header("x-amz-content-sha256"), None);
    assert!(request.header("x-amz-date").is_some());
}

#[tokio::test]
async fn no_credentials_where_they_are_needed() {
    let server = Server::new(vec![ok()]);
    let failure = call(&client(&server), &SIGNED, thing())
        .await
        .expect_err("no credentials");
    assert!(
        matches!(failure, Failure::Config(ConfigError::NoCredentials)),
        "{failure:?}"
    );
    let anonymous = builder()
        .endpoint_url(server.url())
        .anonymous()
        .build()
        .expect("a client");
    call(&anonymous, &SIGNED, thing())
        .await
        .expect("sent unsigned");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn no_region_and_no_endpoint() {
    let client: swage_client::Client = builder().set_region(None).build().expect("a client");
    let failure = put(&client).await.expect_err("nowhere to send it");
    assert!(
        matches!(failure, Failure::Config(ConfigError::NoRegion)),
        "{failure:?}"
    );
}

#[test]
fn all_bad_settings_at_once() {
    let error = builder()
        .region("evil.example/")
        .endpoint_url("ftp://host")
        .proxy_url("nonsense://x")
        .app_name("new\nline")
        .read_timeout(Duration::ZERO)
        .retry_config(RetryConfig::standard().with_max_attempts(0))
        .build()
        .expect_err("nothing of this will do");
    let ConfigError::Setting(text) = error else {
        panic!("{error:?}")
    };
    for name in [
        "region",
        "endpoint_url",
        "proxy_url",
        "app_name",
        "read_timeout",
        "retry_config",
    ] {
        assert!(text.contains(name), "{name}: {text}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let builder = builder()
        .credentials_provider(credentials())
        .api_key("an-api-key")
        .basic_auth("user", "a-password")
        .proxy_url("http://user:a-password@proxy");
    let text = format!(
        "{builder:?} {:?}",
        builder.clone().build().expect("a client")
    );
    for secret in [
        "AKIDEXAMPLE",
        "a-secret-key",
        "a-session-token",
        "an-api-key",
        "a-password",
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[tokio::test]
async fn a_path_and_a_query_of_the_endpoint_stay() {
    let server = Server::new(vec![ok()]);
    let client = builder()
        .endpoint_url(format!("{}/base/?a=b", server.url()))
        .build()
        .expect("a client");
    put(&client).await.expect("an answer");
    assert_eq!(
        server.request().line,
        "POST /base/things/a%20b%2Fc?a=b HTTP/1.1"
    );
}

#[tokio::test]
async fn tried_again_until_it_succeeds() {
    for first in [
        reply(500, &[], "{}"),
        reply(503, &[], "<html>"),
        reply(429, &[], "{}"),
        Answer::Close,
    ] {
        let server = Server::new(vec![first.clone(), first, ok()]);
        let (metadata, _) = put(&client(&server)).await.expect("an answer");
        assert_eq!(metadata.attempts, 3);
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert_eq!(
            requests[2].header("amz-sdk-request"),
            Some("attempt=3; max=3")
        );
        // Whatever else changes, it is the same call with the same token.
        assert_eq!(requests[0].body, requests[2].body);
        assert_eq!(
            requests[0].header("amz-sdk-invocation-id"),
            requests[2].header("amz-sdk-invocation-id")
        );
    }
}

#[tokio::test]
async fn throttling_is_tried_again_by_its_code() {
    let server = Server::new(vec![
        reply(400, &[("x-amzn-errortype", "ThrottlingException")], "{}"),
        ok(),
    ]);
    assert_eq!(
        put(&client(&server)).await.expect("an answer").0.attempts,
        2
    );
}

#[tokio::test]
async fn an_error_of_the_callers_is_not_tried_again() {
    let headers = [
        ("x-amzn-errortype", "AccessDeniedException"),
        ("x-amzn-requestid", "r-2"),
    ];
    let server = Server::new(vec![reply(403, &headers, r#"{"message": "no"}"#)]);
    let failure = put(&client(&server)).await.expect_err("denied");
    let Failure::Service(error) = failure else {
        panic!("{failure:?}")
    };
    assert_eq!(
        (error.status, error.attempts, error.retryable),
        (403, 1, false)
    );
    assert_eq!(error.code.as_deref(), Some("AccessDeniedException"));
    assert_eq!(error.message.as_deref(), Some("no"));
    assert_eq!(error.request_id.as_deref(), Some("r-2"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let server = Server::new(vec![reply(301, &[("location", "/elsewhere")], "")]);
    let failure = put(&client(&server)).await.expect_err("a redirect");
    assert!(
        matches!(&failure, Failure::Service(error) if error.status == 301),
        "{failure:?}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn attempts_end() {
    let server = Server::new(vec![reply(500, &[], "{}")]);
    let failure = put(&client(&server)).await.expect_err("it never works");
    assert!(
        matches!(&failure, Failure::Service(error) if error.attempts == 3 && error.retryable),
        "{failure:?}"
    );
    let once = builder()
        .endpoint_url(server.url())
        .retry_config(RetryConfig::disabled())
        .build()
        .expect("a client");
    put(&once).await.expect_err("it never works");
    assert_eq!(server.requests().len(), 4);
}

/// Notes how long it is asked to wait, and doesn't.
#[derive(Clone, Debug, Default)]
struct Waits(Arc<std::sync::Mutex<Vec<Duration>>>);

impl aws_smithy_async::rt::sleep::AsyncSleep for Waits {
    fn sleep(&self, duration: Duration) -> aws_smithy_async::rt::sleep::Sleep {
        self.0.lock().expect("not poisoned").push(duration);
        aws_smithy_async::rt::sleep::Sleep::new(std::future::ready(()))
    }
}

#[tokio::test]
async fn the_service_says_when() {
    let server = Server::new(vec![
        reply(503, &[("retry-after", "7")], ""),
        reply(503, &[("retry-after", "3600")], ""),
        reply(
            503,
            &[("x-amz-retry-after", "1500"), ("retry-after", "7")],
            "",
        ),
        ok(),
    ]);
    let waits = Waits::default();
    let retry = RetryConfig::standard().with_max_attempts(4);
    let client = builder()
        .endpoint_url(server.url())
        .retry_config(retry)
        .sleep_impl(waits.clone())
        .build()
        .expect("a client");
    put(&client).await.expect("an answer");
    let expected = [
        Duration::from_secs(7),
        Duration::from_secs(20),
        Duration::from_millis(1500),
    ];
    assert_eq!(*waits.0.lock().expect("not poisoned"), expected);
}

#[tokio::test]
async fn delays_double_up_to_a_limit() {
    let server = Server::new(vec![reply(500, &[], "")]);
    let waits = Waits::default();
    let retry = RetryConfig::standard()
        .with_max_attempts(8)
        .with_max_backoff(Duration::from_secs(5));
    let client = builder()
        .endpoint_url(server.url())
        .retry_config(retry)
        .sleep_impl(waits.clone())
        .build()
        .expect("a client");
    put(&client).await.expect_err("it never works");
    let waits = waits.0.lock().expect("not poisoned").clone();
    assert_eq!(waits.len(), 7);
    for (wait, longest) in waits.iter().zip([1, 2, 4, 5, 5, 5, 5]) {
        assert!(*wait <= Duration::from_secs(longest), "{waits:?}");
    }
}

#[tokio::test]
async fn retries_dry_up_when_nothing_works() {
    let server = Server::new(vec![reply(500, &[], "{}")]);
    let client = client(&server);
    for _ in 0..60 {
        put(&client).await.expect_err("it never works");
    }
    // 500 tokens, 5 a retry: 100 retries in all.
    assert_eq!(server.requests().len(), 160);
}

#[tokio::test]
async fn a_stream_that_cannot_be_sent_again_is_sent_once() {
    let server = Server::new(vec![reply(500, &[], "{}")]);
    let once = |bytes: &'static [u8]| {
        let mut input = Record::new(UPLOADS.input);
        let body = http_body_util::StreamBody::new(Once(Some(bytes)));
        let body = aws_smithy_types::body::SdkBody::from_body_1_x(body);
        input.set(0, Any::Stream(ByteStream::new(body)));
        input
    };
    call(&client(&server), &UPLOADS, once(b"abc"))
        .await
        .expect_err("an error");
    assert_eq!(server.requests().len(), 1);

    let mut input = Record::new(UPLOADS.input);
    input.set(0, Any::Stream(ByteStream::from_static(b"abc")));
    call(&client(&server), &UPLOADS, input)
        .await
        .expect_err("an error");
    assert_eq!(server.requests().len(), 4);
    assert!(
        server.requests()[1..]
            .iter()
            .all(|request| request.body == "abc")
    );
}

/// A stream of one frame.
struct Once(Option<&'static [u8]>);

impl futures_core::Stream for Once {
    type Item = Result<http_body::Frame<bytes::Bytes>, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(
            self.0
                .take()
                .map(|bytes| Ok(http_body::Frame::data(bytes.into()))),
        )
    }
}

#[tokio::test]
async fn the_clock_is_corrected_once_and_remembered() {
    let date = ("date", "Mon, 16 Dec 2019 23:48:18 GMT");
    let skewed = reply(
        403,
        &[("x-amzn-errortype", "RequestTimeTooSkewed"), date],
        "{}",
    );
    let server = Server::new(vec![skewed, ok()]);
    let client = builder()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
        .build()
        .expect("a client");
    put(&client).await.expect("an answer");
    put(&client).await.expect("an answer");
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests[1..] {
        let signed = request.header("x-amz-date").expect("a date");
        assert!(signed.starts_with("20191216T2348"), "{signed}");
    }
}

#[tokio::test]
async fn tokens_come_from_the_source() {
    let server = Server::new(vec![ok()]);
    let count = AtomicU32::new(0);
    let source = move || format!("token-{}", count.fetch_add(1, Ordering::SeqCst));
    let client = builder()
        .endpoint_url(server.url())
        .idempotency_token_source(source)
        .build()
        .expect("a client");
    put(&client).await.expect("an answer");
    put(&client).await.expect("an answer");
    let bodies: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.body)
        .collect();
    assert!(
        bodies[0].contains(r#""token-0""#) && bodies[1].contains(r#""token-1""#),
        "{bodies:?}"
    );
}

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

fn transport(failure: &Failure) -> TransportErrorKind {
    match failure {
        Failure::Transport(error) => error.kind,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn responses_that_break_off() {
    for start in [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nContent-",
        "SMTP ready\r\n\r\n",
    ] {
        let server = Server::new(vec![Answer::Last(start.into())]);
        let failure = put(&client(&server)).await.expect_err("half a response");
        assert_eq!(transport(&failure), TransportErrorKind::Closed);
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn a_chunk_that_breaks_off() {
    let start = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{";
    let server = Server::new(vec![Answer::Last(start.into())]);
    let failure = put(&client(&server)).await.expect_err("half a response");
    assert_eq!(transport(&failure), TransportErrorKind::Closed);
}

#[tokio::test]
async fn a_body_without_end() {
    let start = "HTTP/1.1 200 OK\r\n\r\n".into();
    let server = Server::new(vec![Answer::Endless(start, vec![b'x'; 64 << 10])]);
    let client = builder()
        .endpoint_url(server.url())
        .max_response_size(1 << 20)
        .build()
        .expect("a client");
    let failure = put(&client).await.expect_err("too much");
    let Failure::Response(error) = failure else {
        panic!("{failure:?}")
    };
    assert!(error.error.to_string().contains("1048576"), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn more_than_the_content_length() {
    let bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}and more";
    let server = Server::new(vec![Answer::Bytes(bytes.into())]);
    let client = client(&server);
    put(&client).await.expect("the length counts");
    put(&client)
        .await
        .expect("nor does the rest disturb the next call");
}

#[tokio::test]
async fn a_body_that_is_no_json() {
    let server = Server::new(vec![reply(200, &[], "<html>Hello</html>")]);
    let failure = put(&client(&server)).await.expect_err("not JSON");
    let Failure::Response(error) = failure else {
        panic!("{failure:?}")
    };
    assert_eq!(
        (error.status, error.body_start.as_str()),
        (200, "<html>Hello</html>")
    );
}

#[tokio::test]
async fn nobody_listens() {
    let address = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a free port");
    let client = builder()
        .endpoint_url(format!("http://{address}"))
        .build()
        .expect("a client");
    let failure = put(&client).await.expect_err("refused");
    let Failure::Transport(error) = &failure else {
        panic!("{failure:?}")
    };
    assert_eq!(error.kind, TransportErrorKind::Connect);
    assert_eq!(error.url, format!("http://{address}/things/a%20b%2Fc"));
    assert!(
        error.source.to_string().contains("refused"),
        "{}",
        error.source
    );
}

fn timeout(failure: &Failure) -> TimeoutKind {
    match failure {
        Failure::Timeout(error) => error.kind,
        other => panic!("{other:?}"),
    }
}

const SHORT: Duration = Duration::from_millis(150);

#[tokio::test]
async fn limits_of_time() {
    let once = RetryConfig::disabled();
    for stall in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"] {
        let server = Server::new(vec![Answer::Stall(stall.into())]);
        let settings = builder()
            .endpoint_url(server.url())
            .retry_config(once.clone());
        let read = settings
            .clone()
            .read_timeout(SHORT)
            .build()
            .expect("a client");
        assert_eq!(
            timeout(&put(&read).await.expect_err("silence")),
            TimeoutKind::Read
        );
        let attempt = settings
            .clone()
            .attempt_timeout(SHORT)
            .build()
            .expect("a client");
        assert_eq!(
            timeout(&put(&attempt).await.expect_err("silence")),
            TimeoutKind::Attempt
        );
        let operation = settings.operation_timeout(SHORT).build().expect("a client");
        assert_eq!(
            timeout(&put(&operation).await.expect_err("silence")),
            TimeoutKind::Operation
        );
    }
}

#[tokio::test]
async fn a_limit_for_an_attempt_leads_to_the_next() {
    let server = Server::new(vec![Answer::Stall(Vec::new()), ok()]);
    let client = builder()
        .endpoint_url(server.url())
        .attempt_timeout(SHORT)
        .build()
        .expect("a client");
    assert_eq!(put(&client).await.expect("an answer").0.attempts, 2);
}

#[tokio::test]
async fn a_limit_for_connecting() {
    // A listener whose queue is full doesn't answer.
    let listener = socket2_listener();
    let address = listener.local_addr().expect("an address");
    let mut waiting = Vec::new();
    for _ in 0..64 {
        match std::net::TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
            Ok(stream) => waiting.push(stream),
            Err(_) => break,
        }
    }
    let client = builder()
        .endpoint_url(format!("http://{address}"))
        .retry_config(RetryConfig::disabled())
        .connect_timeout(SHORT)
        .build()
        .expect("a client");
    assert_eq!(
        timeout(&put(&client).await.expect_err("no answer")),
        TimeoutKind::Connect
    );
}

fn socket2_listener() -> std::net::TcpListener {
    let socket =
        socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).expect("a socket");
    socket
        .bind(&std::net::SocketAddr::from(([127, 0, 0, 1], 0)).into())
        .expect("a port");
    socket.listen(1).expect("a queue");
    socket.into()
}

#[tokio::test]
async fn a_slow_upload_is_no_silence() {
    let server = Server::new(vec![ok()]);
    let client = builder()
        .endpoint_url(server.url())
        .read_timeout(Duration::from_millis(400))
        .build()
        .expect("a client");
    let mut input = Record::new(UPLOADS.input);
    let body = http_body_util::StreamBody::new(Slow {
        left: 5,
        sleep: None,
    });
    input.set(
        0,
        Any::Stream(ByteStream::new(
            aws_smithy_types::body::SdkBody::from_body_1_x(body),
        )),
    );
    call(&client, &UPLOADS, input).await.expect("an answer");
    assert_eq!(server.request().body, "xxxxx");
}

/// Gives a byte each 150 ms.
struct Slow {
    left: u32,
    sleep: Option<std::pin::Pin<Box<tokio::time::Sleep>>>,
}

impl futures_core::Stream for Slow {
    type Item = Result<http_body::Frame<bytes::Bytes>, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        if self.left == 0 {
            return std::task::Poll::Ready(None);
        }
        let sleep = self
            .sleep
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(SHORT)));
        std::task::ready!(sleep.as_mut().poll(cx));
        self.sleep = None;
        self.left -= 1;
        std::task::Poll::Ready(Some(Ok(http_body::Frame::data(bytes::Bytes::from_static(
            b"x",
        )))))
    }
}

#[tokio::test]
async fn a_streamed_response() {
    let server = Server::new(vec![
        reply(200, &[], "a body"),
        Answer::Stall(b"HTTP/1.1 200 OK\r\n\r\nstart".to_vec()),
    ]);
    let client = builder()
        .endpoint_url(server.url())
        .read_timeout(SHORT)
        .build()
        .expect("a client");
    let (_, mut output) = call(&client, &DOWNLOADS, Record::new(DOWNLOADS.input))
        .await
        .expect("an answer");
    let Some(Any::Stream(stream)) = output.take(0) else {
        panic!("{output:?}")
    };
    assert_eq!(
        stream.collect().await.expect("all of it").to_vec(),
        b"a body"
    );
    let (_, mut output) = call(&client, &DOWNLOADS, Record::new(DOWNLOADS.input))
        .await
        .expect("an answer");
    let Some(Any::Stream(stream)) = output.take(0) else {
        panic!("{output:?}")
    };
    stream.collect().await.expect_err("silence");
    assert_eq!(server.requests()[0].line, "GET /download HTTP/1.1");
}
