//! Requests and responses over a real connection: what is sent, signed and returned.

use crate::server::{self, SIGNED, Server, builder, call, client, credentials, ok, put, thing};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use swage_client::error::ConfigError;
use swage_client::schema::{self, Kind, Member, Schema, Trait};
use swage_client::{Any, Failure, Operation, Record, RetryConfig};

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
        matches!(failure, Failure::Config(ConfigError::NoCredentials(_))),
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

static LONG: Schema =
    Schema::simple("test#Token", Kind::String).with(&[Trait::Length(Some(32), None)]);
static WITH_TOKEN: Schema = Schema::structure(
    "test#WithToken",
    &[
        Member::new("Id", &schema::STRING).label().required(),
        Member::new("Token", &LONG).idempotency_token(),
    ],
);
static TAKES_TOKEN: Operation = Operation {
    input: &WITH_TOKEN,
    ..server::PUT
};

#[tokio::test]
async fn only_the_callers_tokens_are_checked() {
    let server = Server::new(vec![ok()]);
    let client = builder()
        .endpoint_url(server.url())
        .idempotency_token_source(|| "0000".to_owned())
        .build()
        .expect("a client");
    let input = || {
        let mut input = Record::new(&WITH_TOKEN);
        input.set(0, Any::String("a".to_owned()));
        input
    };
    let called = call(&client, &TAKES_TOKEN, input()).await;
    called.expect("an answer");
    assert!(server.request().body.contains(r#""0000""#));
    let mut input = input();
    input.set(1, Any::String("1111".to_owned()));
    let refused = call(&client, &TAKES_TOKEN, input).await;
    assert!(matches!(refused, Err(Failure::Input(_))), "{refused:?}");
}

#[test]
fn the_future_of_a_call_is_small() {
    let client: swage_client::Client = builder().build().expect("a client");
    let (mut input, mut output) = (thing(), Record::new(SIGNED.output));
    let size = size_of_val(&client.call(&SIGNED, &mut input, &mut output));
    assert!(size <= 512, "{size}");
}
