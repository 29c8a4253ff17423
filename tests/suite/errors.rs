//! Errors as programs for the official crates use them, with a real server.

use connectparticipant as aws_sdk_connectparticipant;

use aws_credential_types::Credentials;
use aws_sdk_connectparticipant::error::{
    DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata, SdkError,
};
use aws_sdk_connectparticipant::operation::describe_view::{DescribeViewError, DescribeViewOutput};
use aws_sdk_connectparticipant::operation::disconnect_participant::DisconnectParticipantError;
use aws_sdk_connectparticipant::operation::start_attachment_upload::StartAttachmentUploadError;
use aws_sdk_connectparticipant::operation::{RequestId, RequestIdExt};
use aws_sdk_connectparticipant::types::error::{AccessDeniedException, ValidationException};
use aws_sdk_connectparticipant::{Client, Error};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::event_stream::{Message, RawMessage};
use aws_smithy_types::retry::{self, ErrorKind};
use futures_core::Stream;
use golden_awsjson::types::ThingData;
use golden_events::operation::converse::builders::ConverseFluentBuilder;
use golden_events::types::Audio;
use golden_events::types::error::{AudioError, Interrupted, MessagesError};
use std::error::Error as _;
use std::time::Duration;
use swage_client::error::ServiceError;
use swage_tests::server::{Answer, Server};

fn client(url: &str) -> Client {
    Client::builder()
        .region("us-east-1")
        .endpoint_url(url)
        .retry_config(swage_client::RetryConfig::disabled())
        .operation_timeout(Duration::from_millis(300))
        .build()
        .expect("settings")
}

async fn described(answer: Answer) -> Result<DescribeViewOutput, SdkError<DescribeViewError>> {
    let server = Server::start(vec![answer]);
    client(&server.url)
        .describe_view()
        .view_token("v")
        .connection_token("SECRET-TOKEN")
        .send()
        .await
}

fn denied() -> Answer {
    Answer::status(
        403,
        r#"{"__type":"AccessDeniedException","Message":"not yours"}"#,
    )
}

/// An error of a program, made from several of the crate's.
#[derive(Debug)]
enum ProgramError {
    Describe(String),
    Upload(Box<SdkError<StartAttachmentUploadError>>),
    Disconnect(String),
}

impl From<SdkError<DescribeViewError>> for ProgramError {
    fn from(error: SdkError<DescribeViewError>) -> Self {
        Self::Describe(match error {
            SdkError::ServiceError(context) => match context.into_err() {
                DescribeViewError::AccessDeniedException(error) => {
                    format!("denied: {}", error.message)
                }
                error if error.is_resource_not_found_exception() => "no view".to_owned(),
                error => format!("other: {:?}", error.code()),
            },
            SdkError::TimeoutError(_) => "too slow".to_owned(),
            SdkError::DispatchFailure(failure) if failure.is_io() => "no connection".to_owned(),
            other => other.to_string(),
        })
    }
}

impl From<SdkError<StartAttachmentUploadError>> for ProgramError {
    fn from(error: SdkError<StartAttachmentUploadError>) -> Self {
        Self::Upload(Box::new(error))
    }
}

impl From<SdkError<DisconnectParticipantError>> for ProgramError {
    fn from(error: SdkError<DisconnectParticipantError>) -> Self {
        Self::Disconnect(error.to_string())
    }
}

async fn program(client: &Client) -> Result<(), ProgramError> {
    let _view = client
        .describe_view()
        .view_token("v")
        .connection_token("t")
        .send()
        .await?;
    client
        .disconnect_participant()
        .connection_token("t")
        .send()
        .await?;
    client
        .start_attachment_upload()
        .connection_token("t")
        .send()
        .await?;
    Ok(())
}

async fn flat(client: &Client) -> Result<(), Error> {
    client
        .disconnect_participant()
        .connection_token("t")
        .send()
        .await?;
    client
        .start_attachment_upload()
        .connection_token("t")
        .send()
        .await?;
    Ok(())
}

/// An error from any operation of any crate.
#[derive(Debug)]
struct AnyError(String);

impl<T> From<SdkError<T, HttpResponse>> for AnyError
where
    T: ProvideErrorMetadata,
{
    fn from(error: SdkError<T, HttpResponse>) -> Self {
        let message = error.message().map(String::from);
        Self(message.unwrap_or_else(|| error.to_string()))
    }
}

async fn any(client: &Client) -> Result<(), AnyError> {
    client
        .disconnect_participant()
        .connection_token("t")
        .send()
        .await?;
    Ok(())
}

#[tokio::test]
async fn an_error_of_the_service() {
    let error = described(denied()).await;
    let error = error.expect_err("denied");
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert_eq!(error.message(), Some("not yours"));
    assert_eq!(error.request_id(), Some("request-1"));
    let told = "AccessDeniedException: not yours (status 403, request request-1)";
    assert_eq!(error.to_string(), told);
    let response = error.raw_response().expect("a response");
    assert_eq!(response.status().as_u16(), 403);
    assert_eq!(
        response.headers().get("x-amzn-requestid"),
        Some("request-1")
    );
    let body = response.body().bytes().expect("a body");
    assert!(body.starts_with(b"{\"__type\""));
    assert!(!error.is_retryable());

    let context = DisplayErrorContext(&error).to_string();
    assert!(context.starts_with(told), "{context}");
    assert!(!context.contains("SECRET"), "{context}");
    let source = error.source().and_then(|of| of.downcast_ref());
    assert!(source.is_some_and(DescribeViewError::is_access_denied_exception));

    let service = error.as_service_error().expect("of the service");
    assert_eq!(service.meta().code(), Some("AccessDeniedException"));
    assert_eq!(service.to_string(), told);
    let service = error.into_service_error();
    let modeled: &AccessDeniedException = match &service {
        DescribeViewError::AccessDeniedException(error) => error,
        other => panic!("{other:?}"),
    };
    assert_eq!(modeled.meta().message(), Some("not yours"));
    assert_eq!(modeled.request_id(), Some("request-1"));
    assert!(matches!(
        Error::from(service),
        Error::AccessDeniedException(_)
    ));
}

#[tokio::test]
async fn an_error_that_the_model_does_not_have() {
    let answer = Answer::status(418, r#"{"code":"TeapotException","message":"no tea"}"#);
    let error = described(answer).await.expect_err("a teapot");
    let DescribeViewError::Unhandled(_) = error.as_service_error().expect("of the service") else {
        panic!("{error:?}")
    };
    assert_eq!(error.code(), Some("TeapotException"));
    let error = Error::from(error);
    assert!(matches!(error, Error::Unhandled(_)), "{error:?}");
    assert_eq!(error.meta().code(), Some("TeapotException"));
    assert!(
        error
            .to_string()
            .starts_with("TeapotException: no tea (status 418")
    );
}

#[tokio::test]
async fn debug_forms_are_those_of_the_official_crate() {
    let error = described(denied()).await.expect_err("denied");
    let meta = r#"ErrorMetadata { code: Some("AccessDeniedException"), message: Some("not yours"), extras: Some({"aws_request_id": "request-1"}) }"#;
    let modeled = format!(
        r#"AccessDeniedException(AccessDeniedException {{ message: "not yours", meta: {meta} }})"#
    );
    let service = error.into_service_error();
    assert_eq!(format!("{service:?}"), modeled);
    assert_eq!(format!("{:?}", Error::from(service)), modeled);

    let answer = Answer::status(418, r#"{"code":"TeapotException","message":"no tea"}"#);
    let error = described(answer).await.expect_err("a teapot");
    let meta = r#"ErrorMetadata { code: Some("TeapotException"), message: Some("no tea"), extras: Some({"aws_request_id": "request-1"}) }"#;
    let unhandled = format!("Unhandled(Unhandled {{ source: {meta}, meta: {meta} }})");
    assert_eq!(format!("{:?}", Error::from(error)), unhandled);
}

#[tokio::test]
async fn a_call_without_credentials() {
    let client = golden_awsjson::Client::builder()
        .region("us-east-1")
        .endpoint_url("http://127.0.0.1:1")
        .build()
        .expect("settings");
    let data = ThingData::builder().build();
    let error = client.put_thing().name("n").data(data).send().await;
    let error = error.expect_err("no credentials");
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_other() && !failure.is_user() && !error.is_retryable());
    assert!(error.to_string().contains("no credentials"), "{error}");
    let error = golden_awsjson::Error::from(error);
    assert!(matches!(error, golden_awsjson::Error::Config(_)), "{error}");
}

#[tokio::test]
async fn a_secret_message_is_in_no_debug_form() {
    let body = "<ErrorResponse><Error><Code>Things.NotThere</Code><message>SECRET</message></Error></ErrorResponse>";
    let server = Server::start(vec![Answer::status(404, body)]);
    let client = golden_awsjson::Client::builder()
        .region("us-east-1")
        .endpoint_url(&server.url)
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .build()
        .expect("settings");
    let data = ThingData::builder().build();
    let error = client.put_thing().name("n").data(data).send().await;
    let error = golden_awsjson::Error::from(error.expect_err("not there"));
    assert_eq!(error.meta().message(), Some("SECRET"));
    let shown = format!("{error:?}");
    assert!(!shown.contains("SECRET"), "{shown}");
    let hidden = r#"message: Some("*** Sensitive Data Redacted ***"), extras"#;
    assert!(shown.contains(hidden), "{shown}");
}

#[tokio::test]
async fn an_input_that_can_not_be_sent() {
    let nowhere = client("http://127.0.0.1:1");
    let error = nowhere.describe_view().send().await.expect_err("no token");
    assert!(
        matches!(error, SdkError::ConstructionFailure(_)),
        "{error:?}"
    );
    assert!(error.to_string().contains("ViewToken"), "{error}");
    assert!(error.raw_response().is_none() && error.code().is_none());
    assert!(matches!(Error::from(error), Error::Input(_)));
}

#[tokio::test]
async fn a_connection_that_can_not_be_made() {
    let nowhere = client("http://127.0.0.1:1");
    let call = nowhere
        .describe_view()
        .view_token("v")
        .connection_token("t");
    let error = call.send().await.expect_err("nobody listens");
    let SdkError::DispatchFailure(failure) = &error else {
        panic!("{error:?}")
    };
    assert!(failure.is_io() && !failure.is_timeout() && !failure.is_user());
    assert!(
        error
            .to_string()
            .starts_with("could not connect to http://127.0.0.1:1")
    );
    assert!(error.is_retryable());
    let handled = error.into_service_error();
    assert!(
        handled.to_string().starts_with("could not connect to"),
        "{handled}"
    );
    let call = nowhere
        .describe_view()
        .view_token("v")
        .connection_token("t");
    let error = call.send().await.expect_err("nobody listens");
    assert!(matches!(Error::from(error), Error::Transport(_)));
}

#[tokio::test]
async fn a_limit_of_time() {
    let slow = Answer::json("{}").after(Duration::from_secs(5));
    let error = described(slow.clone()).await.expect_err("too slow");
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    assert!(error.to_string().contains("within 300ms"), "{error}");
    assert!(error.is_retryable());
    assert!(matches!(Error::from(error), Error::Timeout(_)));

    let server = Server::start(vec![slow]);
    let client = Client::builder()
        .region("us-east-1")
        .endpoint_url(&server.url)
        .retry_config(swage_client::RetryConfig::disabled())
        .read_timeout(Duration::from_millis(50))
        .build()
        .expect("settings");
    let call = client.disconnect_participant().connection_token("t");
    let error = call.send().await.expect_err("nothing to read");
    assert!(
        matches!(&error, SdkError::DispatchFailure(failure) if failure.is_timeout()),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_response_that_can_not_be_read() {
    let answer = Answer::json("<html>SECRET");
    let error = described(answer).await.expect_err("not JSON");
    let SdkError::ResponseError(context) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(context.raw().status().as_u16(), 200);
    assert_eq!(context.raw().body().bytes(), Some(&b"<html>SECRET"[..]));
    assert_eq!(error.request_id(), Some("request-1"));
    assert!(
        error.to_string().starts_with("invalid response: "),
        "{error}"
    );
    assert!(!format!("{context:?}").contains("amzn-requestid"));
    assert!(matches!(Error::from(error), Error::Response(_)));
}

#[tokio::test]
async fn outputs_have_the_ids_of_the_response() {
    let answer = Answer::json("{}").header("x-amz-id-2", "second");
    let output = described(answer).await.expect("an output");
    assert_eq!(output.request_id(), Some("request-1"));
    assert_eq!(output.extended_request_id(), Some("second"));
    assert!(format!("{output:?}").ends_with("_request_id: Some(\"request-1\") }"));
    let same = DescribeViewOutput::builder().build();
    assert_eq!(same.request_id(), None);
    assert_eq!(output, same);
}

/// Streams of events with the error that the crate has for them.
#[expect(dead_code, reason = "that it compiles is the test")]
fn speak(
    call: ConverseFluentBuilder,
    events: impl Stream<Item = Result<Audio, AudioError>> + Send + 'static,
) -> ConverseFluentBuilder {
    call.audio(events.into())
}

#[tokio::test]
async fn all_that_comes_of_a_response_has_its_extended_id() {
    let error = described(denied().header("x-amz-id-2", "second")).await;
    let error = error.expect_err("denied");
    let second = Some("second");
    assert_eq!(error.extended_request_id(), second);
    assert_eq!(error.meta().extended_request_id(), second);
    assert_eq!(error.meta().request_id(), Some("request-1"));
    let response = error.raw_response().expect("a response");
    assert_eq!(response.extended_request_id(), second);
    assert_eq!(response.headers().extended_request_id(), second);
    let official = aws_smithy_runtime_api::client::result::SdkError::from(error);
    assert_eq!(official.extended_request_id(), second);
    let error = described(denied()).await.expect_err("denied");
    assert_eq!(error.meta().extended_request_id(), None);
}

#[tokio::test]
async fn programs_convert_errors_in_their_own_ways() {
    let server = Server::start(vec![denied()]);
    let client = client(&server.url);
    let error = program(&client).await.expect_err("denied");
    assert!(matches!(error, ProgramError::Describe(text) if text == "denied: not yours"));
    let failed = client
        .disconnect_participant()
        .connection_token("t")
        .send()
        .await;
    let error = ProgramError::from(failed.expect_err("denied"));
    assert!(
        matches!(&error, ProgramError::Disconnect(text) if text.contains("not yours")),
        "{error:?}"
    );
    assert_eq!(any(&client).await.expect_err("denied").0, "not yours");
    let error = flat(&client).await.expect_err("denied");
    assert!(matches!(error, Error::AccessDeniedException(_)), "{error}");
    let server = Server::start(vec![Answer::json("{}")]);
    let error = program(&self::client(&server.url)).await;
    assert!(
        matches!(error, Err(ProgramError::Upload(error)) if matches!(*error, SdkError::ConstructionFailure(_)))
    );
}

#[test]
fn errors_are_made_by_hand() {
    use aws_sdk_connectparticipant::error::{ConnectorError, ErrorMetadata};
    use aws_smithy_types::body::SdkBody;
    let response = || HttpResponse::new(400.try_into().expect("a status"), SdkBody::empty());

    let metadata = ErrorMetadata::builder().code("Odd").message("so").build();
    let error = DescribeViewError::generic(metadata);
    assert_eq!(error.to_string(), "Odd: so");
    let error = SdkError::service_error(error, response());
    assert_eq!(error.code(), Some("Odd"));
    let mapped = error.map_service_error(|error| error.to_string());
    assert_eq!(
        mapped.as_service_error().map(String::as_str),
        Some("Odd: so")
    );

    let error = DescribeViewError::unhandled("what now");
    assert_eq!(error.to_string(), "what now");
    assert!(!error.is_validation_exception() && error.meta().code().is_none());
    let broken = ConnectorError::io("cut".into());
    let error = SdkError::<DescribeViewError>::dispatch_failure(broken);
    assert_eq!(error.to_string(), "cut");
    let error = SdkError::<DescribeViewError>::timeout_error("late");
    assert!(
        error
            .into_source()
            .is_ok_and(|source| source.to_string() == "late")
    );

    let theirs: aws_smithy_runtime_api::client::result::SdkError<DescribeViewError, _> =
        SdkError::response_error("garbled", response()).into();
    let ours = SdkError::from(theirs);
    assert!(matches!(ours, SdkError::ResponseError(_)));
    assert_eq!(ours.to_string(), "garbled");
    assert!(matches!(Error::from(ours), Error::Unhandled(_)));

    let modeled = ValidationException::builder()
        .message("bad")
        .build()
        .expect("complete");
    assert_eq!(modeled.to_string(), "ValidationException: bad");
    assert_eq!(modeled.meta().code(), None);
}

#[test]
fn builders_of_errors_take_metadata() -> Result<(), Box<dyn std::error::Error>> {
    let meta = ErrorMetadata::builder().code("Code").message("no").build();
    let builder = AccessDeniedException::builder().message("no").meta(meta);
    let error = builder.clone().build()?;
    assert_eq!(error.meta().code(), Some("Code"));
    // The member says it before the metadata, as in the official crates.
    let error = builder.clone().message("never").build()?;
    assert_eq!(error.to_string(), "AccessDeniedException: never");
    let error = Interrupted::builder().build();
    assert_eq!(error.to_string(), "Interrupted");
    let meta = ErrorMetadata::builder().message("so").build();
    let error = Interrupted::builder().meta(meta).build();
    assert_eq!(error.to_string(), "Interrupted: so");
    let secret = golden_awsjson::types::error::NoSuchThing::builder().message("hush");
    let secret = secret.build().to_string();
    assert_eq!(secret, "NoSuchThing: *** Sensitive Data Redacted ***");
    let mut builder = builder;
    builder.set_meta(None);
    assert_eq!(builder.build()?.meta().code(), None);
    Ok(())
}

#[test]
fn errors_say_what_retries_take_them_for() {
    let error = Interrupted::builder().build();
    assert_eq!(error.retryable_error_kind(), ErrorKind::ServerError);
    let error = MessagesError::Interrupted(error);
    let kind = retry::ProvideErrorKind::retryable_error_kind;
    assert_eq!(kind(&error), Some(ErrorKind::ServerError));
    let other = ErrorMetadata::builder().code("Other").build();
    let error = MessagesError::generic(other);
    assert_eq!(kind(&error), None);
    assert_eq!(retry::ProvideErrorKind::code(&error), Some("Other"));
}

#[test]
fn the_error_of_a_stream_has_its_message() {
    let message = Message::new(&b"{}"[..]);
    let response = ServiceError {
        operation: "Listen",
        status: 200,
        code: Some("Overloaded".to_owned()),
        types: Vec::new(),
        message: Some("later".to_owned()),
        request_id: None,
        retryable: true,
        attempts: 1,
        schema: None,
        protocol: "aws.protocols#restJson1",
        headers: Vec::new(),
        body: message.payload().clone(),
        event: Some(message.clone()),
    };
    let error: SdkError<MessagesError, RawMessage> =
        swage_client::Failure::Service(Box::new(response)).into();
    assert_eq!(
        error
            .as_service_error()
            .and_then(ProvideErrorMetadata::code),
        Some("Overloaded")
    );
    assert!(matches!(error.raw_response(), Some(RawMessage::Decoded(of)) if *of == message));
    let shown = "Overloaded: later (in the stream of events)";
    assert_eq!(error.to_string(), shown);
    assert_eq!(golden_events::Error::from(error).to_string(), shown);
}
