//! What programs for the official crates test with, plugged into our clients.

use aws_smithy_http_client::test_util::{
    ReplayEvent, StaticReplayClient, capture_request, infallible_client_fn,
};
use aws_smithy_mocks::{MockResponseInterceptor, Rule, RuleBuilder, RuleMode, mock_client};
use aws_smithy_types::body::SdkBody;
use connectparticipant::config::retry::RetryConfig;
use connectparticipant::config::{Builder, Credentials, HttpClient, Region};
use connectparticipant::error::{DisplayErrorContext, SdkError};
use connectparticipant::operation::send_message::{
    SendMessageError, SendMessageInput, SendMessageOutput,
};
use connectparticipant::types::error::ThrottlingException;
use connectparticipant::{Client, Config};
use std::time::Duration;

fn config() -> Builder {
    Config::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKID", "a-secret", None, None, "test"))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
}

async fn send(client: &Client) -> Result<SendMessageOutput, SdkError<SendMessageError>> {
    let request = client.send_message().content_type("text/plain");
    let request = request.content("hello").connection_token("a-token");
    request.client_token("t-1").send().await
}

fn with(http: impl HttpClient + 'static) -> Client {
    Client::from_conf(config().http_client(http).build())
}

const URL: &str = "https://participant.connect.us-east-1.amazonaws.com/participant/message";

fn request(body: &str) -> http::Request<SdkBody> {
    let request = http::Request::post(URL).header("x-amz-bearer", "a-token");
    request.body(SdkBody::from(body)).expect("a request")
}

fn response(status: u16, body: &str) -> http::Response<SdkBody> {
    let response = http::Response::builder().status(status);
    response.body(SdkBody::from(body)).expect("a response")
}

#[tokio::test]
async fn recorded_responses() {
    let body = r#"{"ClientToken":"t-1","Content":"hello","ContentType":"text/plain"}"#;
    let replay = StaticReplayClient::new(vec![
        ReplayEvent::new(request(body), response(503, "{}")),
        ReplayEvent::new(request(body), response(200, r#"{"Id": "m-1"}"#)),
    ]);
    let output = send(&with(replay.clone())).await.expect("an answer");
    assert_eq!(output.id(), Some("m-1"));
    assert_eq!(replay.actual_requests().count(), 2);
    replay.relaxed_requests_match();
}

#[tokio::test]
async fn a_captured_request() {
    let (http, captured) = capture_request(Some(response(200, r#"{"Id": "m-2"}"#)));
    let output = send(&with(http)).await.expect("an answer");
    assert_eq!(output.id(), Some("m-2"));
    let request = captured.expect_request();
    assert_eq!(request.uri(), URL);
    assert!(request.headers().get("authorization").is_some());
    let (http, captured) = capture_request(None);
    let none = with(http).send_message().send().await;
    none.expect_err("the token is missing");
    captured.expect_no_request();
}

#[tokio::test]
async fn a_function_of_the_request() {
    let http = infallible_client_fn(|request: http::Request<SdkBody>| {
        let path = request.uri().path().to_owned();
        response(200, &format!(r#"{{"Id": "{path}"}}"#))
    });
    let output = send(&with(http)).await.expect("an answer");
    assert_eq!(output.id(), Some("/participant/message"));
}

/// `mock!` names aws-smithy-runtime-api's `SdkError`; what it makes doesn't.
fn rule() -> RuleBuilder<SendMessageInput, SendMessageOutput, SendMessageError> {
    RuleBuilder::new()
}

#[tokio::test]
async fn rules() {
    let fails = rule().then_error(|| {
        let error = ThrottlingException::builder().message("too many").build();
        SendMessageError::ThrottlingException(error.expect("a message"))
    });
    let succeeds = rule()
        .match_requests(|input| input.content() == Some("hello"))
        .then_output(|| SendMessageOutput::builder().id("m-3").build());
    let client = mock_client!(
        connectparticipant,
        RuleMode::Sequential,
        &[&fails, &succeeds]
    );
    let error = send(&client).await.expect_err("the first rule");
    assert!(
        error
            .as_service_error()
            .is_some_and(SendMessageError::is_throttling_exception)
    );
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("too many"), "{text}");
    let output = send(&client).await.expect("the second rule");
    assert_eq!(output.id(), Some("m-3"));
    assert_eq!((fails.num_calls(), succeeds.num_calls()), (1, 1));
}

#[tokio::test]
async fn rules_with_responses_that_are_retried() {
    let sequence: Rule = rule()
        .sequence()
        .http_status(503, None)
        .http_status(200, Some(r#"{"Id": "m-4"}"#.to_owned()))
        .build();
    let mocked = MockResponseInterceptor::new().rule_mode(RuleMode::MatchAny);
    let config = config()
        .http_client(aws_smithy_mocks::create_mock_http_client())
        .interceptor(mocked.with_rule(&sequence));
    let output = send(&Client::from_conf(config.build())).await;
    assert_eq!(output.expect("an answer").id(), Some("m-4"));
    assert_eq!(sequence.num_calls(), 2);
}
