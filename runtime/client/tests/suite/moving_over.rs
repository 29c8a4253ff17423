//! Calls as in programs for the official crates.

use crate::server::{LISTS, Server, builder, call, client, ok, put, reply};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result as official;
use swage_client::Unit;
use swage_client::error::{DisplayErrorContext, SdkError};
use swage_client::{Client, Failure, Paginator, Record};

/// A service's errors, without a modelled one.
#[derive(Debug, swage_client::__private::Error)]
#[service(crate::server::SERVICE)]
#[allow(dead_code, reason = "made from failures")]
pub(crate) enum Error {
    Unhandled(swage_client::error::Unhandled),
    Input(swage_client::error::InputError),
    Config(swage_client::error::ConfigError),
    Transport(swage_client::error::TransportError),
    Timeout(swage_client::error::TimeoutError),
    Response(swage_client::error::ResponseError),
}

#[tokio::test]
async fn errors_of_the_service_and_others() {
    let server = Server::new(vec![reply(400, &[("x-amzn-errortype", "Odd")], "{}")]);
    let error = Error::from(put(&client(&server)).await.expect_err("an error"));
    assert!(matches!(
        &error,
        Error::Unhandled(error) if error.meta().code() == Some("Odd")
    ));
    assert_eq!(error.code(), Some("Odd"));

    let nowhere: Client = builder()
        .endpoint_url("http://127.0.0.1:1")
        .build()
        .expect("a client");
    let error = Error::from(put(&nowhere).await.expect_err("nobody listens"));
    assert!(error.response().is_none());
    assert!(error.is_retryable());
    assert_eq!(error.code(), None);
}

#[tokio::test]
async fn the_context_of_an_error_has_each_cause_once() {
    let nowhere = builder().endpoint_url("http://127.0.0.1:1").build();
    let failure = put(&nowhere.expect("a client")).await;
    let error = SdkError::<OperationError<()>>::from(failure.expect_err("nobody listens"));
    let context = DisplayErrorContext(&error).to_string();
    let story = context.strip_suffix(&format!(" ({error:?})"));
    let story = story.unwrap_or_else(|| panic!("{context}"));
    assert_eq!(story.matches("refused").count(), 1, "{story}");
}

/// The error of aws-smithy-runtime-api, as `send` returns it with the feature `smithy-sdk-error`.
type Official = official::SdkError<OperationError<()>, HttpResponse>;

#[cfg(feature = "smithy-sdk-error")]
fn returned(failure: Failure) -> Official {
    swage_client::error::SdkError::from(failure)
}

#[cfg(not(feature = "smithy-sdk-error"))]
fn returned(failure: Failure) -> Official {
    Official::from(failure)
}

#[tokio::test]
async fn the_official_error_knows_all_that_ours_knows() {
    let odd = || reply(400, &[("x-amzn-errortype", "Odd")], "{}");
    let server = Server::new(vec![odd(), reply(200, &[], "<"), odd()]);
    let client = client(&server);
    let error = returned(put(&client).await.expect_err("an error"));
    let Official::ServiceError(context) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(context.err().meta().code(), Some("Odd"));
    assert_eq!(context.raw().status().as_u16(), 400);
    let error = Error::from(error);
    assert_eq!(
        (error.code(), error.response().map(|of| of.status)),
        (Some("Odd"), Some(400))
    );

    let listed = call(&client, &LISTS, Record::new(LISTS.input)).await;
    let error = returned(listed.expect_err("not JSON"));
    assert_eq!(
        error.raw_response().map(|of| of.status().as_u16()),
        Some(200)
    );
    assert!(matches!(Error::from(error), Error::Response(of) if of.status == 200));

    let nowhere: Client = builder()
        .endpoint_url("http://127.0.0.1:1")
        .build()
        .expect("a client");
    let error = returned(put(&nowhere).await.expect_err("nobody listens"));
    assert!(matches!(&error, Official::DispatchFailure(of) if of.is_io()));
    assert!(matches!(Error::from(error), Error::Transport(_)));

    let invalid: Client = builder().region("a b").build_lenient();
    let error = returned(put(&invalid).await.expect_err("settings"));
    assert!(matches!(&error, Official::DispatchFailure(of) if of.is_other()));
    assert!(matches!(Error::from(error), Error::Config(_)));
}

fn pages(server: &Server) -> Paginator<Record, Unit, Failure> {
    Paginator::new(&client(server), &LISTS, Record::new(LISTS.input), |_| None)
}

#[tokio::test]
async fn pages_are_collected_up_to_an_error() {
    let server = Server::new(vec![ok()]);
    let all: Result<Vec<Unit>, Failure> = pages(&server).send().collect().await;
    assert_eq!(all.expect("a page").len(), 1);

    let server = Server::new(vec![reply(400, &[], "{}")]);
    let all: Vec<Result<Unit, Failure>> = pages(&server).send().collect().await;
    assert!(matches!(&all[..], [Err(Failure::Service(_))]), "{all:?}");
}
