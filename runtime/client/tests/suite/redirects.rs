//! Resources in other regions, by `swage.api#regionRedirects`.

use crate::server::{Answer, PUT, SERVICE, Server, builder, call, credentials, ok, reply};
use swage_client::operation::{OperationRef, ServiceTrait};
use swage_client::schema::{self, Member, Schema, Trait};
use swage_client::{Any, Client, Failure, Metadata, Operation, Record, Service};

const RULES: &str = r#"swage-endpoint-rules 1
param Bucket string required
param Endpoint string required builtin=SDK::Endpoint
param Region string required builtin=AWS::Region
c0 isSet(Endpoint)
p0 {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}"}]}
r0 endpoint "{Endpoint}/{Region}/{Bucket}" p0
n0 c0 r0 -
"#;
static STORE: Service = Service {
    endpoint_rules: RULES,
    traits: &[ServiceTrait::RegionRedirects {
        header: "x-amz-bucket-region",
        resource: "Bucket",
        error: Some(&MOVED),
        lookup: Some(OperationRef(&HEAD)),
        errors: &["IllegalLocation"],
        creation: "Create",
    }],
    ..SERVICE
};
static INPUT: Schema = Schema::structure(
    "test#PutInput",
    &[
        Member::new("Bucket", &schema::STRING)
            .query(&"bucket")
            .with(&[Trait::ContextParam("Bucket")]),
        Member::new("Text", &schema::STRING),
    ],
);
static MOVED: Schema = Schema::structure("test#Moved", &[Member::new("Region", &schema::STRING)]);
static HEAD_INPUT: Schema = Schema::structure(
    "test#HeadInput",
    &[Member::new("Name", &schema::STRING)
        .query(&"name")
        .with(&[Trait::ContextParam("Bucket")])],
);
static HEAD_OUTPUT: Schema = Schema::structure(
    "test#HeadOutput",
    &[Member::new("Region", &schema::STRING).header(&"X-Amz-Bucket-Region")],
);
static HEAD: Operation = Operation {
    name: "HeadBucket",
    service: &STORE,
    input: &HEAD_INPUT,
    output: &HEAD_OUTPUT,
    method: "HEAD",
    uri: "",
    ..PUT
};
static OPERATION: Operation = Operation {
    service: &STORE,
    input: &INPUT,
    uri: "",
    ..PUT
};

static CREATE: Operation = Operation {
    name: "Create",
    ..OPERATION
};

fn store(server: &Server) -> Client {
    let client = Client::builder(&STORE)
        .region("us-east-1")
        .no_proxy()
        .endpoint_url(server.url())
        .credentials_provider(credentials());
    client.build().expect("good settings")
}

async fn put(client: &Client, bucket: &str) -> Result<(Metadata, Record), Failure> {
    run(client, &OPERATION, bucket).await
}

async fn run(
    client: &Client,
    operation: &'static Operation,
    bucket: &str,
) -> Result<(Metadata, Record), Failure> {
    let mut input = Record::new(&INPUT);
    input.set(0, Any::String(bucket.to_owned()));
    input.set(1, Any::String("a text".to_owned()));
    call(client, operation, input).await
}

fn moved(status: u16, region: &str) -> Answer {
    reply(status, &[("x-amz-bucket-region", region)], "")
}

fn paths(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    let path = |line: String| {
        line.split([' ', '?'])
            .nth(1)
            .expect("a path of the request")
            .to_owned()
    };
    requests.map(|request| path(request.line)).collect()
}

#[tokio::test]
async fn a_resource_in_another_region_is_found_once_and_remembered() {
    for status in [301, 302, 307, 308, 400] {
        let server = Server::new(vec![moved(status, "eu-west-1"), ok()]);
        let client = store(&server);
        let (metadata, _) = put(&client, "b").await.expect("an answer");
        assert_eq!(metadata.attempts, 2);
        put(&client, "b").await.expect("an answer");
        put(&client, "c").await.expect("an answer");
        let expected = [
            "/us-east-1/b",
            "/eu-west-1/b",
            "/eu-west-1/b",
            "/us-east-1/c",
        ];
        assert_eq!(paths(&server), expected);
        for (request, region) in server.requests().iter().zip(["us-east-1", "eu-west-1"]) {
            let signature = request.header("authorization").expect("a signature");
            assert!(signature.contains(&format!("/{region}/things/")));
            assert_eq!(request.body, r#"{"Text":"a text"}"#);
        }
    }
}

#[tokio::test]
async fn a_redirect_is_followed_once() {
    let server = Server::new(vec![moved(301, "eu-west-1"), moved(301, "eu-west-2")]);
    let failure = put(&store(&server), "b").await.expect_err("an error");
    assert!(matches!(failure, Failure::Service(error) if error.status == 301));
    assert_eq!(paths(&server), ["/us-east-1/b", "/eu-west-1/b"]);
}

#[tokio::test]
async fn other_errors_are_no_redirects() {
    let arn = "arn:aws:s3:us-east-1:1:accesspoint/a";
    let cases = [
        ("b", moved(400, "us-east-1")),
        ("b", moved(403, "eu-west-1")),
        ("b", moved(301, "eu.example.com/")),
        ("b", reply(400, &[], r#"{"Region": "us-east-1"}"#)),
        ("b", reply(400, &[], r#"{"code": "Other"}"#)),
        (arn, moved(301, "eu-west-1")),
    ];
    for (bucket, answer) in cases {
        let server = Server::new(vec![answer, ok()]);
        put(&store(&server), bucket).await.expect_err("an error");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn the_document_of_an_error_names_the_region() {
    let wrong = reply(400, &[], r#"{"code": "Malformed", "Region": "eu-west-1"}"#);
    let server = Server::new(vec![wrong, ok()]);
    let client = store(&server);
    put(&client, "b").await.expect("an answer");
    put(&client, "b").await.expect("an answer");
    let expected = ["/us-east-1/b", "/eu-west-1/b", "/eu-west-1/b"];
    assert_eq!(paths(&server), expected);
}

#[tokio::test]
async fn a_redirect_that_names_no_region_is_looked_up() {
    let nowhere = || reply(301, &[], "");
    let here = |status| {
        let head = format!(
            "HTTP/1.1 {status} Some Reason\r\nContent-Length: 0\r\nx-amz-bucket-region: eu-west-1\r\n\r\n"
        );
        Answer::Bytes(head.into_bytes())
    };
    let looked_up = ["/us-east-1/b", "/us-east-1/b", "/eu-west-1/b"];
    for status in [200, 403] {
        let server = Server::new(vec![nowhere(), here(status), ok()]);
        let client = store(&server);
        put(&client, "b").await.expect("an answer");
        put(&client, "b").await.expect("an answer");
        assert_eq!(paths(&server)[..3], looked_up);
        assert_eq!(paths(&server)[3], "/eu-west-1/b");
        assert_eq!(
            server.requests()[1].line,
            "HEAD /us-east-1/b?name=b HTTP/1.1"
        );
    }
    // The lookup is redirected itself.
    let server = Server::new(vec![nowhere(), here(301), here(200), ok()]);
    put(&store(&server), "b").await.expect("an answer");
    let expected = [
        "/us-east-1/b",
        "/us-east-1/b",
        "/eu-west-1/b",
        "/eu-west-1/b",
    ];
    assert_eq!(paths(&server), expected);
    let server = Server::new(vec![nowhere(), reply(404, &[], ""), ok()]);
    let failure = put(&store(&server), "b").await.expect_err("an error");
    assert!(matches!(failure, Failure::Service(error) if error.status == 301));
    assert_eq!(paths(&server), ["/us-east-1/b"; 2]);
}

#[tokio::test]
async fn errors_that_mean_another_region_are_looked_up() {
    let illegal = || reply(400, &[], r#"{"code": "IllegalLocation"}"#);
    let here = Answer::Bytes(
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nx-amz-bucket-region: eu-west-1\r\n\r\n".to_vec(),
    );
    let server = Server::new(vec![illegal(), here, ok()]);
    put(&store(&server), "b").await.expect("an answer");
    let expected = ["/us-east-1/b", "/us-east-1/b", "/eu-west-1/b"];
    assert_eq!(paths(&server), expected);
    // Where a new resource should be is up to the caller.
    for answer in [illegal(), moved(400, "eu-west-1")] {
        let server = Server::new(vec![answer]);
        let failure = run(&store(&server), &CREATE, "b").await;
        assert!(matches!(failure, Err(Failure::Service(error)) if error.status == 400));
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::new(vec![moved(307, "eu-west-1"), ok()]);
    run(&store(&server), &CREATE, "b").await.expect("an answer");
    assert_eq!(paths(&server), ["/us-east-1/b", "/eu-west-1/b"]);
}

#[tokio::test]
async fn services_without_the_trait_follow_nothing() {
    let server = Server::new(vec![moved(301, "eu-west-1"), ok()]);
    let client = builder().endpoint_url(server.url()).build();
    let failure = crate::server::put(&client.expect("good settings")).await;
    failure.expect_err("an error");
    assert_eq!(server.requests().len(), 1);
}
