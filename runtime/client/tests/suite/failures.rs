//! Truncated and missing responses, and timeouts.

use crate::server::{Answer, DOWNLOADS, Server, UPLOADS, builder, call, client, ok, put, reply};
use aws_smithy_types::byte_stream::ByteStream;
use std::time::Duration;
use swage_client::error::{TimeoutKind, TransportErrorKind};
use swage_client::{Any, Failure, Record, RetryConfig};

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
    // A listener with a full queue doesn't respond.
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
