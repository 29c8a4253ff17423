//! Credentials that an operation gives for a resource, by `swage.api#sessionCredentials`.

use crate::moving_over::OperationError;
use crate::server::{Answer, PUT, Request, SERVICE, Server, call, credentials, ok, reply};
use aws_credential_types::Credentials;
use aws_smithy_async::time::TimeSource;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use swage_client::error::SdkError;
use swage_client::operation::{OperationRef, ServiceTrait, SessionCredentials};
use swage_client::presigning::PresigningConfig;
use swage_client::schema::{self, Kind, Member, Schema, Trait};
use swage_client::{Any, Client, ClientBuilder, Failure, Operation, Record, Service};

const RULES: &str = r#"swage-endpoint-rules 1
param Bucket string
param Endpoint string required builtin=SDK::Endpoint
param Plain boolean required default=false
c0 booleanEquals(Plain, true)
c1 isSet(Bucket)
p0 {"authSchemes": [{"name": "sigv4", "signingName": "things"}]}
p1 {"authSchemes": [{"name": "sigv4-session", "signingName": "sessions", "signingRegion": "eu-west-1"}]}
r0 endpoint Endpoint p0
r1 endpoint Endpoint p1
n0 c0 r0 n1
n1 c1 r1 r0
"#;
static STORE: Service = Service {
    endpoint_rules: RULES,
    traits: &[ServiceTrait::SessionCredentials(SessionCredentials {
        operation: OperationRef(&CREATE_SESSION),
        auth_scheme: "sigv4-session",
        resource: "Bucket",
        credentials: "Credentials",
        token_header: "X-Session-Token",
    })],
    ..SERVICE
};
static SESSION_INPUT: Schema = Schema::structure(
    "test#CreateSessionInput",
    &[Member::new("Name", &schema::STRING)
        .query(&"name")
        .with(&[Trait::ContextParam("Bucket")])],
);
static SECRET: Schema = Schema::simple("test#Secret", Kind::String).sensitive();
static SESSION: Schema = Schema::structure(
    "test#Session",
    &[
        Member::new("AccessKeyId", &schema::STRING),
        Member::new("SecretAccessKey", &SECRET),
        Member::new("SessionToken", &SECRET),
        Member::new("Expiration", &schema::TIMESTAMP),
    ],
);
static SESSION_OUTPUT: Schema = Schema::structure(
    "test#CreateSessionOutput",
    &[Member::new("Credentials", &SESSION)],
);
static CREATE_SESSION: Operation = Operation {
    name: "CreateSession",
    service: &STORE,
    input: &SESSION_INPUT,
    output: &SESSION_OUTPUT,
    uri: "/session",
    optional_auth: false,
    traits: &[swage_client::operation::OperationTrait::StaticContextParam(
        "Plain", "true",
    )],
    ..PUT
};
static INPUT: Schema = Schema::structure(
    "test#PutInput",
    &[Member::new("Bucket", &schema::STRING)
        .query(&"bucket")
        .with(&[Trait::ContextParam("Bucket")])],
);
static OPERATION: Operation = Operation {
    service: &STORE,
    input: &INPUT,
    uri: "/objects",
    optional_auth: false,
    ..PUT
};

/// A clock that only moves when it is told to.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<AtomicU64>);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// A server whose sessions have the bucket's name as their token and end 300 s after 1970.
fn server() -> Server {
    Server::with(|request| {
        if !request.line.starts_with("POST /session") {
            return ok();
        }
        let name = request.line.split(['=', ' ']).nth(2).expect("a name");
        session(name)
    })
}

fn session(token: &str) -> Answer {
    let body = format!(
        r#"{{"Credentials": {{"AccessKeyId": "AKSESSION", "SecretAccessKey": "hush", "SessionToken": "{token}", "Expiration": 300}}}}"#
    );
    reply(200, &[], &body)
}

fn store(server: &Server) -> ClientBuilder {
    Client::builder(&STORE)
        .region("us-east-1")
        .no_proxy()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
}

async fn put(client: &Client, bucket: &str) -> Result<(), Failure> {
    let mut input = Record::new(&INPUT);
    input.set(0, Any::String(bucket.to_owned()));
    call(client, &OPERATION, input).await.map(drop)
}

fn authorization(request: &Request) -> &str {
    request.header("authorization").expect("a signature")
}

fn lines(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    let line = |request: Request| {
        let line = request.line.trim_end_matches(" HTTP/1.1");
        line.trim_start_matches("POST /").to_owned()
    };
    requests.map(line).collect()
}

#[tokio::test]
async fn a_session_signs_the_calls_for_its_resource() {
    let server = server();
    let client = store(&server).build().expect("good settings");
    put(&client, "a").await.expect("an answer");
    let requests = server.requests();
    let (first, second) = (&requests[0], &requests[1]);
    assert_eq!(lines(&server), ["session?name=a", "objects?bucket=a"]);
    assert!(authorization(first).contains("Credential=AKIDEXAMPLE/"));
    assert!(authorization(first).contains("/us-east-1/things/"));
    assert_eq!(
        first.header("x-amz-security-token"),
        Some("a-session-token")
    );
    assert!(authorization(second).contains("Credential=AKSESSION/"));
    assert!(authorization(second).contains("/eu-west-1/sessions/"));
    assert!(authorization(second).contains(";x-session-token"));
    assert_eq!(second.header("x-session-token"), Some("a"));
    assert_eq!(second.header("x-amz-security-token"), None);
}

#[tokio::test]
async fn sessions_are_kept_by_resource_and_renewed_before_they_end() {
    let (server, clock) = (server(), Clock::default());
    let client = store(&server).time_source(clock.clone()).build();
    let client = client.expect("good settings");
    for (seconds, bucket) in [(0, "a"), (100, "a"), (100, "b"), (289, "a"), (291, "a")] {
        clock.0.store(seconds, Ordering::SeqCst);
        put(&client, bucket).await.expect("an answer");
    }
    let expected = [
        "session?name=a",
        "objects?bucket=a",
        "objects?bucket=a",
        "session?name=b",
        "objects?bucket=b",
        "objects?bucket=a",
        "session?name=a",
        "objects?bucket=a",
    ];
    assert_eq!(lines(&server), expected);
}

#[tokio::test]
async fn calls_at_the_same_time_share_a_session() {
    let server = server();
    let client = store(&server).time_source(Clock::default()).build();
    let client = client.expect("good settings");
    let (first, second) = tokio::join!(put(&client, "a"), put(&client, "a"));
    first.and(second).expect("answers");
    let sessions = lines(&server).into_iter();
    let sessions = sessions.filter(|line| line.starts_with("session"));
    assert_eq!(sessions.count(), 1);
}

#[tokio::test]
async fn other_credentials_take_the_place_of_sessions() {
    let server = server();
    let own = Credentials::new("AKOWN", "hush", Some("own".to_owned()), None, "test");
    let client = store(&server).session_credentials_provider(own).build();
    put(&client.expect("good settings"), "a")
        .await
        .expect("an answer");
    let requests = server.requests();
    assert_eq!(lines(&server), ["objects?bucket=a"]);
    assert!(authorization(&requests[0]).contains("Credential=AKOWN/"));
    assert_eq!(requests[0].header("x-session-token"), Some("own"));
}

#[tokio::test]
async fn sessions_can_be_turned_off() {
    let server = server();
    let plain = store(&server).endpoint_param("Plain", true).build();
    put(&plain.expect("good settings"), "a")
        .await
        .expect("an answer");
    let anonymous = store(&server).anonymous().build();
    put(&anonymous.expect("good settings"), "a")
        .await
        .expect("an answer");
    let requests = server.requests();
    assert_eq!(lines(&server), ["objects?bucket=a"; 2]);
    assert!(authorization(&requests[0]).contains("Credential=AKIDEXAMPLE/"));
    assert_eq!(requests[1].header("authorization"), None);
}

#[tokio::test]
async fn a_session_that_is_refused_fails_the_call() {
    let refused = reply(403, &[("x-amzn-errortype", "AccessDenied")], "{}");
    let server = Server::new(vec![refused, session("a"), ok()]);
    let client = store(&server).build().expect("good settings");
    match put(&client, "a").await {
        Err(Failure::Service(error)) => {
            assert_eq!(error.operation, "CreateSession");
            assert_eq!(error.code.as_deref(), Some("AccessDenied"));
        }
        other => panic!("{other:?}"),
    }
    put(&client, "a").await.expect("an answer");
    let server = Server::new(vec![reply(200, &[], "{}")]);
    let client = store(&server).build().expect("good settings");
    let failure = put(&client, "a").await.expect_err("an error");
    assert_eq!(
        failure.to_string(),
        "credentials: the response to CreateSession has no credentials"
    );
}

/// Signatures cover the names in a query as they are.
#[tokio::test]
async fn a_presigned_request_has_the_token_under_its_own_name() {
    static GET: Operation = Operation {
        method: "GET",
        ..OPERATION
    };
    let server = server();
    let client: Client = store(&server).build().expect("good settings");
    let mut input = Record::new(&INPUT);
    input.set(0, Any::String("a".to_owned()));
    let valid = PresigningConfig::expires_in(Duration::from_mins(1)).expect("a time");
    let presigned: Result<_, SdkError<OperationError<()>>> =
        swage_client::__private::presign(&client, &GET, input, valid).await;
    let url = presigned.expect("a request").uri().to_owned();
    assert!(url.contains("&X-Session-Token=a"), "{url}");
}
