//! `wait_until_…` of a generated client with a real server.

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use golden_waiters::Client;
use golden_waiters::error::SdkError;
use golden_waiters::operation::get_thing::GetThingError;
use golden_waiters::types::State;
use std::time::Duration;
use swage_client::WaiterError;
use swage_tests::server::{Answer, Server};

/// A sleep that returns immediately.
#[derive(Debug)]
struct AtOnce;

impl AsyncSleep for AtOnce {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

fn client(server: &Server) -> Client {
    Client::builder()
        .region("us-east-1")
        .endpoint_url(&server.url)
        .sleep_impl(AtOnce)
        .build()
        .expect("settings")
}

fn not_found() -> Answer {
    Answer::status(404, r#"{"message": "not yet"}"#).header("x-amzn-errortype", "NotFound")
}

#[tokio::test]
async fn typed_outputs_are_what_acceptors_look_at() {
    let server = Server::start(vec![
        not_found(),
        Answer::json(r#"{"id": "other", "states": []}"#),
        Answer::json(r#"{"id": "a", "states": ["on", "new"]}"#),
        Answer::json(r#"{"id": "a", "states": ["on", "on"]}"#),
    ]);
    let poll = client(&server)
        .wait_until_thing_on()
        .id("a")
        .set_wait_value(Some(true))
        .wait(Duration::from_mins(1))
        .await
        .expect("on");
    let output = poll.into_result().expect("an output");
    assert_eq!(output.states, Some(vec![State::On, State::On]));
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    for request in requests {
        assert_eq!(request.line, "GET /things/a?wait=true HTTP/1.1");
    }
}

#[tokio::test]
async fn errors_have_their_types() {
    let server = Server::start(vec![Answer::json("{}"), not_found()]);
    let gone = client(&server).wait_until_thing_gone_2().id("a");
    let poll = gone.wait(Duration::from_mins(1)).await.expect("gone");
    assert!(
        matches!(poll.as_result(), Err(SdkError::ServiceError(error))
            if matches!(error.err(), GetThingError::NotFound(error) if error.message.as_deref() == Some("not yet"))),
        "{poll:?}"
    );

    let server = Server::start(vec![Answer::json(r#"{"states": ["on", "broken"]}"#)]);
    let on = client(&server).wait_until_thing_on().id("a");
    let failed = on.wait(Duration::from_mins(1)).await.expect_err("broken");
    let WaiterError::FailureState(state) = failed else {
        panic!("{failed:?}");
    };
    assert!(state.final_poll().as_result().is_ok());

    let server = Server::start(vec![not_found()]);
    let on = client(&server).wait_until_thing_on();
    let failed = on.wait(Duration::from_mins(1)).await.expect_err("no id");
    let WaiterError::OperationFailed(of) = failed else {
        panic!("{failed:?}");
    };
    let error = SdkError::from(of.into_error());
    assert!(
        matches!(&error, SdkError::ConstructionFailure(_)) && error.to_string().contains("id"),
        "{error}"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn waiting_blocks_without_a_runtime() {
    let server = Server::start(vec![
        not_found(),
        Answer::json(r#"{"id": "a", "states": ["on", "on"]}"#),
    ]);
    let on = client(&server).wait_until_thing_on().id("a");
    let poll = on.wait_blocking(Duration::from_mins(1)).expect("on");
    let output = poll.into_result().expect("an output");
    assert_eq!(output.states, Some(vec![State::On, State::On]));
    assert_eq!(server.requests().len(), 2);

    let server = Server::start(vec![not_found()]);
    let on = client(&server).wait_until_thing_on().id("a");
    let over = on.wait_blocking(Duration::ZERO).expect_err("no time");
    assert!(matches!(over, WaiterError::ExceededMaxWait(_)), "{over:?}");
}

#[tokio::test]
async fn waiting_within_a_runtime_must_not_block_it() {
    let server = Server::start(vec![Answer::json("{}")]);
    let on = client(&server).wait_until_thing_on().id("a");
    let error = on
        .wait_blocking(Duration::from_mins(1))
        .expect_err("an error");
    let WaiterError::OperationFailed(of) = error else {
        panic!("{error:?}");
    };
    let error = SdkError::from(of.into_error());
    let text = error.to_string();
    assert!(
        text.contains("within an async runtime; await the call instead"),
        "{text}"
    );
    let get = client(&server).get_thing().id("a");
    let text = get.send_blocking().expect_err("an error").to_string();
    assert!(
        text.contains("within an async runtime; await the call instead"),
        "{text}"
    );
    assert!(server.requests().is_empty());
}
