//! Hints in responses: when to retry, and the server's time.
use crate::server;

use crate::server::{Answer, Server, builder, call, credentials, ok, put, reply};
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};
use swage_client::Client;

/// 2026-03-14T09:26:53Z.
const NOW: u64 = 1_773_480_413;

fn date(after: i64) -> String {
    DateTime::from_secs(i64::try_from(NOW).expect("small") + after)
        .fmt(Format::HttpDate)
        .expect("a date")
}

/// Records the requested delays.
#[derive(Clone, Debug, Default)]
struct Waits(Arc<Mutex<Vec<Duration>>>);

impl AsyncSleep for Waits {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().expect("not poisoned").push(duration);
        Sleep::new(std::future::ready(()))
    }
}

async fn waited(headers: &[(&str, &str)]) -> Duration {
    let server = Server::new(vec![reply(503, headers, "{}"), ok()]);
    let waits = Waits::default();
    let client: Client = builder()
        .endpoint_url(server.url())
        .sleep_impl(waits.clone())
        .time_source(StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(NOW)))
        .build()
        .expect("a client");
    put(&client).await.expect("an answer");
    let waits = waits.0.lock().expect("not poisoned");
    assert_eq!(waits.len(), 1);
    waits[0]
}

#[tokio::test]
async fn retry_after_in_each_form() {
    for (value, seconds) in [
        ("7", 7),
        (" 7 ", 7),
        ("3600", 20),
        (&*date(5), 5),
        (&*date(3600), 20),
        (&*date(-5), 0),
    ] {
        let waited = waited(&[("Retry-After", value)]).await;
        assert_eq!(waited, Duration::from_secs(seconds), "{value}");
    }
}

#[tokio::test]
async fn a_date_counts_from_the_services_own_time() {
    let (then, theirs) = (date(1003), date(1000));
    let waited = waited(&[("Retry-After", &then), ("Date", &theirs)]).await;
    assert_eq!(waited, Duration::from_secs(3));
}

#[tokio::test]
async fn nonsense_is_no_hint() {
    for value in ["soon", "-1", "99999999999999999999", ""] {
        // The builder's own delay is at most a millisecond.
        let waited = waited(&[("Retry-After", value)]).await;
        assert!(waited <= Duration::from_millis(1), "{value}: {waited:?}");
    }
}

fn skewed() -> Answer {
    let headers = [
        ("x-amzn-errortype", "RequestTimeTooSkewed"),
        ("Date", &*date(600)),
    ];
    reply(403, &headers, "{}")
}

fn signing(server: &Server) -> swage_client::ClientBuilder<Client> {
    builder()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
        .time_source(StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(NOW)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_calls_correct_the_clock_by_the_same() {
    // Requests signed with the local time are refused.
    let server = Server::with(|request| {
        if request.header("x-amz-date") == Some("20260314T093653Z") {
            ok()
        } else {
            skewed()
        }
    });
    let client: Client = signing(&server).build().expect("a client");
    let calls: Vec<_> = (0..40)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { put(&client).await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("an answer");
    }
    // Later calls use the corrected time immediately.
    let before = server.requests().len();
    put(&client).await.expect("an answer");
    assert_eq!(server.requests().len(), before + 1);
}

#[tokio::test]
async fn the_clock_is_left_alone_on_request() {
    let server = Server::new(vec![skewed(), ok()]);
    let client = signing(&server)
        .disable_clock_skew_correction(true)
        .build()
        .expect("a client");
    call(&client, &server::SIGNED, server::thing())
        .await
        .expect_err("refused");
    assert_eq!(server.requests().len(), 1);
}
