//! What is retried, how often and when.

use crate::server::{Answer, Server, UPLOADS, builder, call, client, credentials, ok, put, reply};
use aws_smithy_types::byte_stream::ByteStream;
use std::sync::Arc;
use std::time::Duration;
use swage_client::{Any, Failure, Record, RetryConfig};

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
        // All attempts of a call have the same token.
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

/// Records the requested delays without waiting.
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

/// A stream of a single frame.
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

/// The timer of a program is also that of the limits: with one that waits for nothing, they are over at once.
#[tokio::test]
async fn time_limits_use_the_timer_of_the_program() {
    let hour = Duration::from_hours(1);
    let server = Server::new(vec![Answer::Stall(Vec::new())]);
    let waits = Waits::default();
    let builder = || {
        let builder = builder().endpoint_url(server.url());
        builder.sleep_impl(waits.clone())
    };
    let client = builder().operation_timeout(hour).build().expect("a client");
    let failure = put(&client).await.expect_err("it is over");
    assert!(matches!(failure, Failure::Timeout(error) if error.after == hour));
    assert_eq!(*waits.0.lock().expect("not poisoned"), [hour]);

    let client = builder().attempt_timeout(hour).build().expect("a client");
    put(&client).await.expect_err("it is over");
    let waits = waits.0.lock().expect("not poisoned");
    let limits = waits.iter().filter(|wait| **wait == hour);
    assert_eq!(limits.count(), 1 + 3, "a limit for each attempt: {waits:?}");
}
