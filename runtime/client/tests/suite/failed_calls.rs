//! A call that fails is one line of the log at the level `info`.

use crate::log::Log;
use crate::server::{self, Server, builder, call, client, credentials, ok, put, reply};
use std::time::Duration;
use swage_client::{Client, ClientBuilder, Record};
use tracing::Level;

/// The events at `info` while this runs: those of a failed call.
async fn logged(work: impl Future<Output = ()>) -> Vec<String> {
    let (log, guard) = Log::start(Level::INFO);
    work.await;
    drop(guard);
    let text = log.text();
    let lines = text.lines().filter(|line| line.contains("message="));
    lines.map(str::to_owned).collect()
}

async fn failing(client: &Client) -> Vec<String> {
    logged(async {
        put(client).await.expect_err("an error");
    })
    .await
}

fn signing(server: &Server) -> ClientBuilder<Client> {
    builder()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
}

#[tokio::test]
async fn an_error_of_the_service() {
    let headers = [("x-amzn-errortype", "Odd"), ("x-amzn-requestid", "id-7")];
    let body = r#"{"message": "no hush-hush here"}"#;
    let server = Server::new(vec![reply(503, &headers, body)]);
    let client = signing(&server).build().expect("a client");
    assert_eq!(
        failing(&client).await,
        [
            "swage_client::client::trace: message=the call failed service=Test Things operation=PutThing kind=service \
             status=503 code=Odd request_id=id-7 attempts=3"
        ]
    );
}

#[tokio::test]
async fn failures_without_a_response() {
    let refused: Client = builder()
        .endpoint_url("http://127.0.0.1:9")
        .build()
        .expect("a client");
    let lines = failing(&refused).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].ends_with("kind=connect attempts=3"), "{lines:?}");
    let client = client(&Server::new(vec![ok()]));
    let lines = logged(async {
        let empty = Record::new(server::PUT.input);
        call(&client, &server::PUT, empty)
            .await
            .expect_err("an error");
    })
    .await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].ends_with("kind=input attempts=0"), "{lines:?}");
}

#[tokio::test]
async fn a_time_limit() {
    let server = Server::new(vec![server::Answer::Stall(Vec::new())]);
    let limited = signing(&server).operation_timeout(Duration::from_millis(50));
    let lines = failing(&limited.build().expect("a client")).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    let end = "kind=operation timeout attempts=1";
    assert!(lines[0].ends_with(end), "{lines:?}");
}

#[tokio::test]
async fn a_response_that_cannot_be_read() {
    let server = Server::new(vec![reply(200, &[("x-amzn-requestid", "id-8")], "[")]);
    let lines = failing(&client(&server)).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    let end = "kind=response status=200 request_id=id-8 attempts=1";
    assert!(lines[0].ends_with(end), "{lines:?}");
}

#[tokio::test]
async fn calls_that_succeed_at_last_are_not_logged() {
    let server = Server::new(vec![reply(503, &[], "{}"), ok()]);
    let client = client(&server);
    let lines = logged(async {
        put(&client).await.expect("an answer");
    })
    .await;
    assert_eq!(lines, [""; 0]);
}
