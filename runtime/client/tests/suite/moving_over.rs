//! Calls as in programs for the official crates.

use crate::server::{LISTS, Server, builder, client, ok, put, reply};
use swage_client::Unit;
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
