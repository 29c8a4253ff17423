//! Waiters: what ends them, their delays, and their errors.
use crate::server;

use crate::log::Log;
use crate::moving_over::{Error, OperationError};
use crate::server::{Answer, Server, builder, reply, thing};
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::waiters::error::ExceededMaxWait;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use swage_client::error::SdkError;
use swage_client::operation::{Acceptor, Comparator, Matcher, Waiter, WaiterState};
use swage_client::protocol::rest_xml;
use swage_client::schema::{self, Member, Schema};
use swage_client::{Any, Client, FinalPoll, Operation, Record, Shape, Until, Value, WaiterError};
use tracing::Level;

/// A clock that only advances by sleeping, which takes no real time.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<Mutex<Vec<Duration>>>);

impl Clock {
    fn pauses(&self) -> Vec<Duration> {
        self.0.lock().expect("not poisoned").clone()
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
            + Duration::from_secs(1_700_000_000)
            + self.pauses().iter().sum::<Duration>()
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, pause: Duration) -> Sleep {
        self.0.lock().expect("not poisoned").push(pause);
        Sleep::new(std::future::ready(()))
    }
}

static ITEM: Schema = Schema::structure(
    "test#Item",
    &[
        Member::new("State", &schema::STRING),
        Member::new("Count", &schema::INTEGER),
        Member::new("Rate", &schema::DOUBLE),
        Member::new("At", &schema::TIMESTAMP),
        Member::new("Data", &schema::BLOB),
        Member::new("Any", &schema::DOCUMENT),
    ],
);
static ITEMS: Schema = Schema::list("test#Items", &[Member::new("member", &ITEM)]);
static TAGS: Schema = Schema::map(
    "test#Tags",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);
static STATUS: Schema = Schema::structure(
    "test#StatusOutput",
    &[
        Member::new("Name", &schema::STRING),
        Member::new("Items", &ITEMS),
        Member::new("Tags", &TAGS),
        Member::new("Ready", &schema::BOOLEAN),
    ],
);
static NOT_YET: Schema =
    Schema::structure("test#NotYet", &[Member::new("message", &schema::STRING)]);

static NOT_FOUND: Schema =
    Schema::structure("test#NotFound", &[Member::new("message", &schema::STRING)]);

static GET: Operation = Operation {
    output: &STATUS,
    errors: &[&NOT_YET, &NOT_FOUND],
    ..server::PUT
};

/// An output with its own type, as in generated code.
#[derive(Debug, PartialEq)]
struct Status {
    name: Option<String>,
    ready: Option<bool>,
}

impl Shape for Status {
    fn schema(&self) -> &'static Schema {
        &STATUS
    }

    fn member(&self, index: usize) -> Option<&dyn Value> {
        match index {
            0 => Some(&self.name),
            3 => Some(&self.ready),
            _ => None,
        }
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match index {
            0 => Some(&mut self.name),
            3 => Some(&mut self.ready),
            _ => None,
        }
    }

    fn blank() -> Self {
        Self {
            name: None,
            ready: None,
        }
    }
}

const fn acceptor(state: WaiterState, matcher: Matcher) -> Acceptor {
    Acceptor::new(state, matcher)
}

static READY: Waiter = Waiter {
    name: "Ready",
    min_delay: 2,
    max_delay: 30,
    acceptors: &[
        acceptor(
            WaiterState::Success,
            Matcher::Output("Ready", "true", Comparator::BooleanEquals),
        ),
        acceptor(
            WaiterState::Failure,
            Matcher::InputOutput(
                "input.Name == output.Name",
                "true",
                Comparator::BooleanEquals,
            ),
        )
        .message("['it is', Name]"),
        acceptor(WaiterState::Failure, Matcher::ErrorType("test#Gone")),
        acceptor(WaiterState::Retry, Matcher::ErrorType("NotYet")),
    ],
};
static FAILS: Waiter = Waiter {
    name: "Fails",
    min_delay: 1,
    max_delay: 1,
    acceptors: &[acceptor(WaiterState::Success, Matcher::Success(false))],
};

type GetError = OperationError<Status>;
type Waited = Result<FinalPoll<Status, SdkError<GetError>>, WaiterError<Status, GetError>>;

async fn wait(server: &Server, waiter: &'static Waiter, secs: u64) -> (Waited, Vec<Duration>) {
    let clock = Clock::default();
    let client: Client = builder()
        .endpoint_url(server.url())
        .time_source(clock.clone())
        .sleep_impl(clock.clone())
        .build()
        .expect("a client");
    let limit = Duration::from_secs(secs);
    let ended =
        swage_client::__private::wait(&client, &GET, Until::new(waiter), thing(), |_| None, limit)
            .await;
    (ended, clock.pauses())
}

fn status(text: &str) -> Answer {
    reply(200, &[], text)
}

fn error(code: &str) -> Answer {
    reply(400, &[("x-amzn-errortype", code)], r#"{"message": "soon"}"#)
}

fn over(ended: Waited) -> ExceededMaxWait {
    match ended {
        Err(WaiterError::ExceededMaxWait(over)) => over,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn only_failures_that_end_it_are_logged() {
    let (log, guard) = Log::start(Level::INFO);
    let answers = vec![error("NotYet"), error("NotYet"), error("Gone")];
    let (ended, _) = wait(&Server::new(answers), &READY, 600).await;
    ended.expect_err("the thing is gone");
    let fails = vec![error("Gone")];
    let (ended, _) = wait(&Server::new(fails), &FAILS, 600).await;
    ended.expect("an error is what was waited for");
    drop(guard);
    let text = log.text();
    let lines: Vec<_> = text.lines().filter(|line| line.contains("kind=")).collect();
    assert_eq!(lines.len(), 1, "{text}");
    assert!(lines[0].contains("code=Gone"), "{text}");
}

#[tokio::test]
async fn it_calls_until_the_output_is_as_it_should_be() {
    let server = Server::new(vec![
        error("NotYet"),
        status("{}"),
        status(r#"{"Ready": false}"#),
        status(r#"{"Ready": true, "Name": "a"}"#),
    ]);
    let (ended, pauses) = wait(&server, &READY, 600).await;
    let status = ended.expect("ready").into_result().expect("an output");
    assert_eq!(status.ready, Some(true));
    assert_eq!(status.name.as_deref(), Some("a"));
    assert_eq!(server.requests().len(), 4);
    assert_eq!(pauses.len(), 3);
    for (pause, longest) in pauses.iter().zip([2, 4, 8]) {
        let range = Duration::from_secs(2)..=Duration::from_secs(longest);
        assert!(range.contains(pause), "{pauses:?}");
    }
}

#[tokio::test]
async fn an_error_may_be_what_is_waited_for() {
    let server = Server::new(vec![status("{}"), error("Whatever")]);
    let (ended, pauses) = wait(&server, &FAILS, 60).await;
    let ended = ended.expect("an error was waited for");
    assert!(
        matches!(ended.as_result(), Err(SdkError::ServiceError(error)) if error.err().meta().code() == Some("Whatever")),
        "{ended:?}"
    );
    assert_eq!(pauses, [Duration::from_secs(1)]);
}

#[tokio::test]
async fn what_can_not_come_any_more_ends_it() {
    let server = Server::new(vec![error("Gone")]);
    let (ended, pauses) = wait(&server, &READY, 60).await;
    let failed = ended.expect_err("gone");
    let WaiterError::FailureState(state) = failed else {
        panic!("{failed:?}");
    };
    let error = state.final_poll().as_result().expect_err("gone");
    assert_eq!(error.meta().code(), Some("Gone"));
    assert!(pauses.is_empty());

    let server = Server::new(vec![status(r#"{"Name": "cat.png"}"#)]);
    let (ended, _) = wait(&server, &READY, 60).await;
    let failed = ended.expect_err("the same name");
    let WaiterError::FailureState(state) = failed else {
        panic!("{failed:?}");
    };
    let status = state.into_final_poll().into_result().expect("an output");
    assert_eq!(status.name.as_deref(), Some("cat.png"));
}

#[tokio::test]
async fn an_error_without_an_acceptor_ends_it() {
    let server = Server::new(vec![error("Strange")]);
    let (ended, pauses) = wait(&server, &READY, 60).await;
    let failed = ended.expect_err("no acceptor");
    assert!(
        matches!(&failed, WaiterError::OperationFailed(of) if of.error().as_service_error().is_some()),
        "{failed:?}"
    );
    let told = Error::from(failed).to_string();
    assert!(told.contains("Strange: soon (status 400"), "{told}");
    assert!(pauses.is_empty());
}

#[tokio::test]
async fn the_time_is_used_up_and_no_more() {
    let server = Server::new(vec![status("{}")]);
    let (ended, pauses) = wait(&server, &READY, 5 * 60).await;
    let over = over(ended);
    assert_eq!(over.max_wait(), Duration::from_mins(5));
    assert_eq!(over.elapsed(), Duration::from_mins(5));
    assert_eq!(pauses.iter().sum::<Duration>(), Duration::from_mins(5));
    assert_eq!(server.requests().len(), pauses.len() + 1);
    assert_eq!(over.poll_count() as usize, pauses.len() + 1);
    let (_last, before) = pauses.split_last().expect("some");
    assert!(
        before
            .iter()
            .all(|pause| (Duration::from_secs(2)..=Duration::from_secs(30)).contains(pause)),
        "{pauses:?}"
    );
}

#[tokio::test]
async fn no_time_is_one_call() {
    let server = Server::new(vec![status("{}")]);
    let (ended, pauses) = wait(&server, &READY, 0).await;
    assert_eq!(over(ended).poll_count(), 1);
    assert!(pauses.is_empty());
}

#[tokio::test]
async fn a_call_that_hangs_ends_with_the_time() {
    let server = Server::new(vec![Answer::Stall(Vec::new())]);
    let (ended, pauses) = wait(&server, &FAILS, 1).await;
    assert_eq!(over(ended).poll_count(), 1);
    assert!(pauses.is_empty());
}

#[test]
fn no_runtime_is_an_error() {
    let client: Client = builder()
        .endpoint_url("http://127.0.0.1:1")
        .build()
        .expect("a client");
    let work = swage_client::__private::wait::<_, Status, GetError>(
        &client,
        &GET,
        Until::new(&READY),
        thing(),
        |_| None,
        Duration::from_secs(1),
    );
    let mut work = std::pin::pin!(work);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(ended) = work.as_mut().poll(&mut context) else {
        panic!("nothing to wait for");
    };
    assert!(
        matches!(&ended, Err(WaiterError::OperationFailed(of)) if of.error().as_service_error().is_none()),
        "{ended:?}"
    );
}

/// Responses to HEAD have no body, and so no error code.
#[test]
fn errors_without_a_code_are_called_by_their_status() {
    let protocol = rest_xml::REST_XML;
    let failure = |status| {
        let status = http::StatusCode::from_u16(status).expect("a status");
        protocol.error(&GET, status, &http::HeaderMap::new(), bytes::Bytes::new())
    };
    let missing = failure(404);
    assert_eq!(missing.schema.map(Schema::name), Some("NotFound"));
    assert_eq!(missing.code, None);
    let state = |name, status| {
        let waiter = waiter(Matcher::ErrorType(name));
        let failure = swage_client::Failure::Service(Box::new(failure(status)));
        let accepted = waiter.accepts(&thing(), Err(&failure));
        accepted.map(|acceptor| acceptor.state)
    };
    assert_eq!(state("NotFound", 404), Some(WaiterState::Success));
    assert_eq!(state("test#NotFound", 404), Some(WaiterState::Success));
    assert_eq!(state("Forbidden", 403), Some(WaiterState::Success));
    assert_eq!(state("NotFound", 403), None);
    assert_eq!(state("NotFound", 599), None);
}

fn waiter(matcher: Matcher) -> Waiter {
    Waiter {
        name: "Any",
        min_delay: 1,
        max_delay: 1,
        acceptors: Box::leak(Box::new([acceptor(WaiterState::Success, matcher)])),
    }
}

/// Whether a matcher matches a typical output.
fn matches(matcher: Matcher) -> bool {
    let item = |state: &str, count: &str| {
        let mut item = Record::new(&ITEM);
        item.set(0, Any::String(state.to_owned()));
        item.set(1, Any::Number(count.to_owned()));
        item.set(2, Any::Number("0.5".to_owned()));
        item.set(3, Any::Timestamp(aws_smithy_types::DateTime::from_secs(0)));
        item.set(4, Any::Blob(b"blob".to_vec()));
        let documents = vec![Any::Boolean(true), Any::Number("7".to_owned())];
        item.set(5, Any::Map(vec![("in".to_owned(), Any::List(documents))]));
        Any::Structure(item)
    };
    let mut output = Record::new(&STATUS);
    output.set(0, Any::String("cat.png".to_owned()));
    output.set(1, Any::List(vec![item("on", "1"), item("off", "2")]));
    let tag = ("color".to_owned(), Any::String("red".to_owned()));
    output.set(2, Any::Map(vec![tag]));
    waiter(matcher).accepts(&thing(), Ok(&output)).is_some()
}

#[test]
fn comparators() {
    use Comparator::{AllStringEquals, AnyStringEquals, BooleanEquals, StringEquals};
    let holds = |path, expected, comparator| matches(Matcher::Output(path, expected, comparator));
    assert!(holds("Name", "cat.png", StringEquals));
    assert!(!holds("Name", "dog.png", StringEquals));
    assert!(!holds("Ready", "null", StringEquals));
    assert!(holds("Items[0].State", "on", StringEquals));
    assert!(holds("length(Items)", "2", StringEquals));
    assert!(holds("Tags.color", "red", StringEquals));
    assert!(holds(
        "Items[0].At",
        "1970-01-01T00:00:00+00:00",
        StringEquals
    ));
    assert!(holds("Items[0].Data", "YmxvYg==", StringEquals));
    assert!(holds("Items[0].Any.in[1]", "7", StringEquals));
    assert!(holds("Items[0].Any.in[0]", "true", BooleanEquals));
    assert!(holds(
        "Items[?Rate > `0.4`] | length(@) > `1`",
        "true",
        BooleanEquals
    ));
    assert!(!holds("Name", "true", BooleanEquals));
    assert!(holds("Items[].State", "off", AnyStringEquals));
    assert!(!holds("Items[].State", "idle", AnyStringEquals));
    assert!(!holds("Items[].State", "off", AllStringEquals));
    assert!(holds("Items[?Count == `1`].State", "on", AllStringEquals));
    // An empty list doesn't match `allStringEquals`.
    assert!(!holds("Items[?Count == `3`].State", "on", AllStringEquals));
    assert!(!holds("Name", "cat.png", AllStringEquals));
    // An invalid path doesn't match, and neither does one that fails.
    assert!(!holds("Items[", "on", StringEquals));
    assert!(!holds("abs(Name)", "cat.png", StringEquals));
    let both = "input.Name == output.Name && length(output.Items) > `1`";
    assert!(matches(Matcher::InputOutput(both, "true", BooleanEquals)));
    assert!(matches(Matcher::Success(true)));
    assert!(!matches(Matcher::Success(false)));
    assert!(!matches(Matcher::ErrorType("NotYet")));
}
