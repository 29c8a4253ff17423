//! Endpoints that an operation of the service names, by `aws.api#clientEndpointDiscovery`.

use crate::server::{Answer, PUT, SERVICE, Server, call, credentials, ok, reply};
use aws_smithy_async::time::TimeSource;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use swage_client::operation::{OperationRef, OperationTrait, ServiceTrait};
use swage_client::schema::{self, Member, Schema};
use swage_client::{Any, Client, ClientBuilder, Failure, Operation, Record, Service};

/// The endpoint is a parameter that tests set.
const RULES: &str = r#"swage-endpoint-rules 1
param Endpoint string builtin=SDK::Endpoint
param Url string required
c0 isSet(Endpoint)
r0 endpoint Endpoint
r1 endpoint "{Url}/base"
n0 c0 r0 r1
"#;
static TIMES: Service = Service {
    endpoint_rules: RULES,
    traits: &[ServiceTrait::EndpointDiscovery {
        operation: OperationRef(&DESCRIBE),
        error: "InvalidEndpointException",
    }],
    ..SERVICE
};
static ENDPOINT: Schema = Schema::structure(
    "test#Endpoint",
    &[
        Member::new("Address", &schema::STRING),
        Member::new("CachePeriodInMinutes", &schema::LONG),
    ],
);
static ENDPOINTS: Schema = Schema::list("test#Endpoints", &[Member::new("member", &ENDPOINT)]);
static IDS: Schema = Schema::map(
    "test#Ids",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);
static DESCRIBE_INPUT: Schema = Schema::structure(
    "test#DescribeInput",
    &[
        Member::new("Operation", &schema::STRING),
        Member::new("Identifiers", &IDS),
    ],
);
static DESCRIBE_OUTPUT: Schema = Schema::structure(
    "test#DescribeOutput",
    &[Member::new("Endpoints", &ENDPOINTS)],
);
static DESCRIBE: Operation = Operation {
    name: "DescribeEndpoints",
    service: &TIMES,
    input: &DESCRIBE_INPUT,
    output: &DESCRIBE_OUTPUT,
    uri: "/endpoints",
    ..PUT
};
static INPUT: Schema = Schema::structure(
    "test#PutInput",
    &[
        Member::new("Table", &schema::STRING).endpoint_id(),
        Member::new("Text", &schema::STRING),
    ],
);
static REQUIRED: Operation = Operation {
    service: &TIMES,
    input: &INPUT,
    uri: "/records",
    traits: &[OperationTrait::DiscoveredEndpoint { required: true }],
    ..PUT
};
static OPTIONAL: Operation = Operation {
    traits: &[OperationTrait::DiscoveredEndpoint { required: false }],
    ..REQUIRED
};
static OTHER: Operation = Operation {
    traits: &[],
    ..REQUIRED
};

/// A clock that only moves when it is told to.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<AtomicU64>);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

fn builder(regular: &Server) -> ClientBuilder {
    Client::builder(&TIMES)
        .region("us-east-1")
        .no_proxy()
        .endpoint_param("Url", regular.url())
        .credentials_provider(credentials())
        .retry_config(swage_client::RetryConfig::disabled())
}

/// The response that names that server for 10 minutes.
fn names(server: &Server) -> Answer {
    let body = format!(
        r#"{{"Endpoints": [{{"Address": "{}", "CachePeriodInMinutes": 10}}]}}"#,
        server.url()
    );
    reply(200, &[], &body)
}

async fn put(client: &Client, operation: &'static Operation) -> Result<(), Failure> {
    let mut input = Record::new(&INPUT);
    input.set(1, Any::String("a text".to_owned()));
    call(client, operation, input).await.map(drop)
}

fn count(server: &Server) -> usize {
    server.requests().len()
}

#[tokio::test]
async fn an_endpoint_is_discovered_once_while_it_is_valid() {
    let found = Server::new(vec![ok()]);
    let (regular, clock) = (Server::new(vec![names(&found)]), Clock::default());
    let client = builder(&regular).time_source(clock.clone()).build();
    let client = client.expect("good settings");
    for (seconds, lookups) in [(0, 1), (599, 1), (600, 2), (601, 2)] {
        clock.0.store(seconds, Ordering::SeqCst);
        put(&client, &REQUIRED).await.expect("an answer");
        assert_eq!(count(&regular), lookups);
    }
    assert_eq!(regular.request().line, "POST /base/endpoints HTTP/1.1");
    assert_eq!(regular.request().body, "{}");
    let request = found.request();
    assert_eq!(request.line, "POST /base/records HTTP/1.1");
    assert_eq!(
        request.header("host"),
        Some(found.address.to_string().as_str())
    );
    assert_eq!(count(&found), 4);
}

#[tokio::test]
async fn endpoints_are_kept_by_their_ids() {
    let found = Server::new(vec![ok()]);
    let regular = Server::new(vec![names(&found)]);
    let client = builder(&regular).build().expect("good settings");
    for table in ["a", "b", "a"] {
        let mut input = Record::new(&INPUT);
        input.set(0, Any::String(table.to_owned()));
        call(&client, &REQUIRED, input).await.expect("an answer");
    }
    let bodies: Vec<_> = regular.requests().into_iter().map(|of| of.body).collect();
    let body = |table| format!(r#"{{"Operation":"PutThing","Identifiers":{{"Table":"{table}"}}}}"#);
    assert_eq!(bodies, [body("a"), body("b")]);
}

#[tokio::test]
async fn an_endpoint_that_is_refused_is_discovered_anew_once() {
    let refusal = reply(
        400,
        &[("x-amzn-errortype", "InvalidEndpointException")],
        "{}",
    );
    for refusal in [refusal, reply(421, &[], "{}")] {
        let old = Server::new(vec![ok(), refusal.clone()]);
        let new = Server::new(vec![ok(), refusal]);
        let regular = Server::new(vec![names(&old), names(&new)]);
        let client = builder(&regular).build().expect("good settings");
        for _ in 0..2 {
            put(&client, &REQUIRED).await.expect("an answer");
        }
        assert_eq!((count(&regular), count(&old), count(&new)), (2, 2, 1));
        assert_eq!(new.request().body, r#"{"Text":"a text"}"#);
        put(&client, &REQUIRED).await.expect_err("an error");
        assert_eq!((count(&regular), count(&new)), (3, 3));
    }
}

#[tokio::test]
async fn optional_discovery_is_a_setting() {
    let found = Server::new(vec![ok()]);
    let regular = Server::new(vec![names(&found), ok()]);
    let client = builder(&regular).build().expect("good settings");
    let eager = builder(&regular).endpoint_discovery(true).build();
    let eager = eager.expect("good settings");
    put(&eager, &OPTIONAL).await.expect("an answer");
    put(&eager, &OTHER).await.expect("an answer");
    put(&client, &OPTIONAL).await.expect("an answer");
    assert_eq!((count(&regular), count(&found)), (3, 1));
    let never = builder(&regular).endpoint_discovery(false).build();
    let never = never.expect("good settings");
    put(&never, &OPTIONAL).await.expect("an answer");
    let failure = put(&never, &REQUIRED).await.expect_err("an error");
    assert_eq!(
        failure.to_string(),
        "settings: PutThing needs a discovered endpoint, but endpoint discovery is turned off"
    );
}

#[tokio::test]
async fn an_endpoint_url_is_used_as_it_is() {
    let own = Server::new(vec![ok()]);
    let regular = Server::new(vec![ok()]);
    let client = builder(&regular).endpoint_url(own.url()).build();
    put(&client.expect("good settings"), &REQUIRED)
        .await
        .expect("an answer");
    assert_eq!((count(&own), count(&regular)), (1, 0));
}

#[tokio::test]
async fn a_failed_lookup_fails_only_what_needs_it() {
    let denied = || reply(403, &[("x-amzn-errortype", "AccessDenied")], "{}");
    let regular = Server::with(move |request| {
        if request.line.contains("/endpoints") {
            denied()
        } else {
            ok()
        }
    });
    let client = builder(&regular).endpoint_discovery(true).build();
    let client = client.expect("good settings");
    match put(&client, &REQUIRED).await {
        Err(Failure::Service(error)) => assert_eq!(error.operation, "DescribeEndpoints"),
        other => panic!("{other:?}"),
    }
    for _ in 0..2 {
        put(&client, &OPTIONAL).await.expect("an answer");
    }
    // The second call doesn't ask again.
    assert_eq!(count(&regular), 4);
    let found = Server::new(vec![ok()]);
    let clock = Clock::default();
    let regular = Server::new(vec![names(&found), reply(500, &[], "{}")]);
    let client = builder(&regular).time_source(clock.clone()).build();
    let client = client.expect("good settings");
    for seconds in [0, 600, 659] {
        clock.0.store(seconds, Ordering::SeqCst);
        put(&client, &REQUIRED).await.expect("an answer");
    }
    assert_eq!((count(&regular), count(&found)), (2, 3));
}

#[tokio::test]
async fn a_response_without_an_endpoint_is_an_error() {
    for body in ["{}", r#"{"Endpoints": [{"Address": "a b"}]}"#] {
        let regular = Server::new(vec![reply(200, &[], body)]);
        let client = builder(&regular).build().expect("good settings");
        let failure = put(&client, &REQUIRED).await.expect_err("an error");
        assert_eq!(
            failure.to_string(),
            "endpoint: the response to DescribeEndpoints names no endpoint"
        );
    }
}
