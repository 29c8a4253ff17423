//! Operations that a client calls itself, for others.

use aws_credential_types::Credentials;
use http::{Request, Response};
use std::sync::{Arc, Mutex};
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
