//! Operations that a client calls itself, for others.

use aws_credential_types::Credentials;
use aws_smithy_async::test_util::controlled_time_and_sleep;
use http::{Request, Response};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};
use swage_client::error::ProvideErrorMetadata as _;
use swage_client::transport::{RequestBody, ResponseBody, SendOptions, Transport, from_fn};

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "a-secret-key", None, None, "test")
}

/// The URL and the operation of each request.
type Sent = Arc<Mutex<Vec<String>>>;

/// A transport that gives the answers in turn.
fn transport(answers: &'static [(u16, &'static str)]) -> (impl Transport, Sent) {
    let sent = Sent::default();
    let log = sent.clone();
    let transport = from_fn(move |request: Request<RequestBody>, _: SendOptions| {
        let mut log = log.lock().expect("not poisoned");
        let (status, body) = answers[log.len()];
        let target = request.headers()["x-amz-target"].to_str().expect("text");
        // As the AWS CLI does, the client says which version of the service it asks.
        let version = request.headers().get("x-amz-api-version");
        let is_asked = target.ends_with(".DescribeEndpoints");
        assert_eq!(version.is_some_and(|of| of == "2020-02-02"), is_asked);
        log.push(format!("{} {target}", request.uri()));
        let response = Response::builder().status(status).body(body.into());
        async move { Ok(response.expect("a response") as Response<ResponseBody>) }
    });
    (transport, sent)
}

#[tokio::test]
async fn endpoints_are_discovered() {
    let endpoints =
        r#"{"Endpoints": [{"Address": "cell1.example.com", "CachePeriodInMinutes": 5}]}"#;
    let moved = r#"{"Endpoints": [{"Address": "cell2.example.com", "CachePeriodInMinutes": 5}]}"#;
    let refused = r#"{"__type": "com.amazonaws.discovery#InvalidEndpointException"}"#;
    let answers = [
        (200, endpoints),
        (200, "{}"),
        (200, "{}"),
        (400, refused),
        (200, moved),
        (200, "{}"),
    ];
    let (transport, sent) = transport(Box::leak(Box::new(answers)));
    let client = golden_discovery::Client::builder()
        .region("us-east-1")
        .credentials_provider(credentials())
        .transport(transport)
        .build()
        .expect("settings");
    client.put_record().table("t").send().await.expect("sent");
    client.list_tables().send().await.expect("sent");
    client.put_record().table("t").send().await.expect("sent");
    let regular = "https://discovery.us-east-1.amazonaws.com/ Discovery";
    let expected = [
        format!("{regular}.DescribeEndpoints"),
        "https://cell1.example.com/ Discovery.PutRecord".to_owned(),
        format!("{regular}.ListTables"),
        "https://cell1.example.com/ Discovery.PutRecord".to_owned(),
        format!("{regular}.DescribeEndpoints"),
        "https://cell2.example.com/ Discovery.PutRecord".to_owned(),
    ];
    assert_eq!(*sent.lock().expect("not poisoned"), expected);
}

#[tokio::test]
async fn an_endpoint_is_looked_up_before_it_is_outdated() {
    let endpoints =
        r#"{"Endpoints": [{"Address": "cell1.example.com", "CachePeriodInMinutes": 5}]}"#;
    let moved = r#"{"Endpoints": [{"Address": "cell2.example.com", "CachePeriodInMinutes": 5}]}"#;
    let answers = [
        (200, endpoints),
        (200, "{}"),
        (500, "{}"),
        (200, moved),
        (200, "{}"),
    ];
    let (transport, sent) = transport(Box::leak(Box::new(answers)));
    let (time, sleep, mut pauses) = controlled_time_and_sleep(UNIX_EPOCH);
    let client = golden_discovery::Client::builder()
        .region("us-east-1")
        .credentials_provider(credentials())
        .time_source(time)
        .sleep_impl(sleep)
        .retry_config(swage_client::RetryConfig::disabled())
        .transport(transport)
        .build()
        .expect("settings");
    let (client, reload): (_, golden_discovery::endpoint_discovery::ReloadEndpoint) = client
        .with_endpoint_discovery_enabled()
        .await
        .expect("an endpoint");
    let task = tokio::spawn(reload.reload_task());
    client.flush().send().await.expect("sent");
    // The endpoint is valid for two more minutes after the third pause.
    for _ in 0..4 {
        let pause = pauses.expect_sleep().await;
        assert_eq!(pause.duration(), Duration::from_mins(1));
        pause.allow_progress();
    }
    let pause = pauses.expect_sleep().await;
    client.flush().send().await.expect("sent");
    drop(client);
    pause.allow_progress();
    task.await.expect("it ends with the client");
    let regular = "https://discovery.us-east-1.amazonaws.com/ Discovery.DescribeEndpoints";
    let expected = [
        regular,
        "https://cell1.example.com/ Discovery.Flush",
        regular,
        regular,
        "https://cell2.example.com/ Discovery.Flush",
    ];
    assert_eq!(*sent.lock().expect("not poisoned"), expected);
}

#[tokio::test]
async fn a_lookup_that_fails_is_known_at_once() {
    for (is_on, text) in [
        (true, "AccessDenied: no (status 403)"),
        (false, "settings: endpoint discovery is turned off"),
    ] {
        let (transport, _) = transport(&[(403, r#"{"__type": "AccessDenied", "message": "no"}"#)]);
        let client = golden_discovery::Client::builder()
            .region("us-east-1")
            .credentials_provider(credentials())
            .endpoint_discovery(is_on)
            .transport(transport)
            .build()
            .expect("settings");
        let error = client.with_endpoint_discovery_enabled().await;
        assert_eq!(error.expect_err("an error").to_string(), text);
    }
}

#[tokio::test]
async fn a_call_fails_with_the_error_of_the_operation_that_it_needs() {
    let denied = r#"{"__type": "AccessDenied", "message": "no"}"#;
    let (transport, _) = transport(Box::leak(Box::new([(403, denied)])));
    let client = golden_discovery::Client::builder()
        .region("us-east-1")
        .credentials_provider(credentials())
        .transport(transport)
        .build()
        .expect("settings");
    let error = client.put_record().table("t").send().await;
    let error = error.expect_err("an error");
    assert_eq!(error.code(), Some("AccessDenied"));
    assert!(error.to_string().starts_with("AccessDenied: no"));
}
