//! Presigned requests: what is signed, what goes into the URL, and what can't be presigned.

use crate::moving_over::OperationError;
use std::time::{Duration, SystemTime};
use swage_client::error::{DisplayErrorContext, SdkError};
use swage_client::operation::{Auth, OperationTrait, ServiceTrait};
use swage_client::presigning::{PresignedRequest, PresigningConfig};
use swage_client::protocol::query::AWS_QUERY;
use swage_client::protocol::{rest_json, rest_xml};
use swage_client::schema::{self, Member, Schema};
use swage_client::{Any, Client, Operation, Record, Service};

static STORE: Service = Service {
    id: "test#Store",
    sdk_id: "Store",
    version: "2026-01-01",
    protocol: rest_xml::REST_XML,
    auth: &[Auth::SigV4 { name: "s3" }],
    endpoint_rules: "",
    endpoint_prefix: "store",
    xml_namespace: None,
    traits: &[ServiceTrait::Sigv4Verbatim],
};
static TOKENS: Service = Service {
    protocol: AWS_QUERY,
    auth: &[Auth::SigV4 { name: "sts" }],
    traits: &[],
    ..STORE
};
static NOTES: Service = Service {
    protocol: rest_json::REST_JSON_1,
    traits: &[],
    ..STORE
};
static DATA: Schema = Schema::blob("test#Data", &[]).streaming();
static PUT_INPUT: Schema = Schema::structure(
    "test#PutInput",
    &[
        Member::new("Key", &schema::STRING).label().required(),
        Member::new("ContentType", &schema::STRING).header(&"Content-Type"),
        Member::new("Owner", &schema::STRING).header(&"x-amz-owner"),
        Member::new("Body", &DATA).payload(),
        Member::new("ContentLength", &schema::STRING).header(&"Content-Length"),
    ],
);
static GET: Operation =
    Operation::new("Get", &STORE, &PUT_INPUT, &schema::UNIT).http("GET", "/{Key}", 200);
static PUT: Operation =
    Operation::new("Put", &STORE, &PUT_INPUT, &schema::UNIT).http("PUT", "/{Key}", 200);
static NAME_INPUT: Schema =
    Schema::structure("test#NameInput", &[Member::new("Name", &schema::STRING)]);
static WHO: Operation = Operation::new("Who", &TOKENS, &NAME_INPUT, &schema::UNIT);
static NOTE: Operation =
    Operation::new("Note", &NOTES, &NAME_INPUT, &schema::UNIT).http("POST", "/", 200);
static WORDS: Schema = Schema::list("test#Words", &[Member::new("member", &schema::STRING)]);
static SAY_INPUT: Schema = Schema::structure(
    "test#SayInput",
    &[
        Member::new("Text", &schema::STRING),
        Member::new("Words", &WORDS),
        Member::new("Owner", &schema::STRING).header(&"x-owner"),
    ],
);
static SAY: Operation = Operation::new("Say", &NOTES, &SAY_INPUT, &schema::UNIT)
    .http("POST", "/say?v=1", 200)
    .with(&[OperationTrait::PresignedQuery]);

/// The request of Amazon S3's documentation ("Authenticating Requests: Using Query Parameters").
fn config() -> PresigningConfig {
    let day = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 15_849);
    let config = PresigningConfig::builder().start_time(day);
    config
        .expires_in(Duration::from_hours(24))
        .build()
        .expect("a day")
}

async fn presigned_input(
    operation: &'static Operation,
    input: Record,
) -> Result<PresignedRequest, SdkError<OperationError<()>>> {
    let credentials = aws_credential_types::Credentials::new(
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        None,
        None,
        "test",
    );
    let client = Client::builder::<Client>(operation.service)
        .region("us-east-1")
        .credentials_provider(credentials)
        .endpoint_url("https://examplebucket.s3.amazonaws.com")
        .build()
        .expect("settings");
    swage_client::__private::presign(&client, operation, input, config()).await
}

async fn presigned(
    operation: &'static Operation,
    members: &[(usize, &str)],
) -> Result<PresignedRequest, SdkError<OperationError<()>>> {
    let mut input = Record::new(operation.input);
    for (index, value) in members {
        input.set(*index, Any::String((*value).to_owned()));
    }
    presigned_input(operation, input).await
}

#[tokio::test]
async fn the_signature_is_that_of_the_documentation() {
    let request = presigned(&GET, &[(0, "test.txt")]).await.expect("a URL");
    assert_eq!(request.method(), "GET");
    assert_eq!(
        request.uri(),
        "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
         &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
         &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    );
    assert_eq!(request.headers().count(), 0);
    let shown = format!("{request:?}");
    assert!(!shown.contains("aeeed9bb"), "{shown}");
}

#[tokio::test]
async fn headers_that_the_caller_sets_are_part_of_the_request() {
    let members = [(0, "a"), (1, "text/plain"), (2, "me"), (4, "5")];
    let request = presigned(&PUT, &members).await.expect("a URL");
    let headers: Vec<_> = request.headers().collect();
    assert_eq!(
        headers,
        [
            ("content-type", "text/plain"),
            ("x-amz-owner", "me"),
            ("content-length", "5"),
        ]
    );
    let signed = "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-owner";
    assert!(request.uri().contains(signed), "{}", request.uri());

    let sent = request.make_http_1x_request("hello");
    assert_eq!(sent.method(), "PUT");
    assert_eq!(sent.headers()["x-amz-owner"], "me");
    assert_eq!(sent.uri().to_string(), request.uri());
    assert_eq!(*request.into_http_1x_request("hello").body(), "hello");

    let bare = presigned(&PUT, &[(0, "a")]).await.expect("a URL");
    assert_eq!(bare.headers().count(), 0);
}

#[tokio::test]
async fn a_form_goes_into_the_url() {
    let request = presigned(&WHO, &[(0, "a b")]).await.expect("a URL");
    assert_eq!(request.method(), "GET");
    let begin = "https://examplebucket.s3.amazonaws.com/?Action=Who&Version=2026-01-01&Name=a%20b&X-Amz-Algorithm=";
    assert!(request.uri().starts_with(begin), "{}", request.uri());
    assert_eq!(request.headers().count(), 0);
}

#[tokio::test]
async fn a_document_goes_into_the_url_where_a_trait_says_so() {
    let request = presigned(&SAY, &[(0, "a b&c"), (2, "me")])
        .await
        .expect("a URL");
    assert_eq!(request.method(), "GET");
    let begin = "https://examplebucket.s3.amazonaws.com/say?v=1&Text=a%20b%26c&X-Amz-Algorithm=";
    assert!(request.uri().starts_with(begin), "{}", request.uri());
    let headers: Vec<_> = request.headers().collect();
    assert_eq!(headers, [("x-owner", "me")]);
}

#[tokio::test]
async fn lists_go_into_the_url() {
    let mut input = Record::new(&SAY_INPUT);
    let words = ["a", "b"].map(|of| Any::String(of.to_owned()));
    input.set(1, Any::List(words.into()));
    let request = presigned_input(&SAY, input).await.expect("a URL");
    let begin = "https://examplebucket.s3.amazonaws.com/say?v=1&Words=a&Words=b&X-Amz-Algorithm=";
    assert!(request.uri().starts_with(begin), "{}", request.uri());
}

#[tokio::test]
async fn another_body_can_not_be_presigned() {
    let error = presigned(&NOTE, &[(0, "a")]).await.expect_err("a body");
    assert!(matches!(error, SdkError::ConstructionFailure(_)));
    // With `smithy-sdk-error`, the text of the error alone says less.
    let told = DisplayErrorContext(&error).to_string();
    assert!(told.contains("cover its body"), "{told}");
    let error = presigned(&GET, &[]).await.expect_err("no key");
    let told = DisplayErrorContext(&error).to_string();
    assert!(told.contains("Key"), "{told}");
}

#[tokio::test]
async fn credentials_are_needed_even_where_calls_may_be_unsigned() {
    static PUBLIC: Service = Service {
        traits: &[ServiceTrait::UnsignedWithoutProvider],
        ..NOTES
    };
    static OF_PUBLIC: Operation = Operation {
        service: &PUBLIC,
        ..SAY
    };
    static OPTIONAL: Operation = Operation {
        optional_auth: true,
        ..SAY
    };
    for (operation, is_anonymous, expected) in [
        (&OF_PUBLIC, false, "no credentials were found"),
        (&OPTIONAL, false, "no credentials were found"),
        (&OF_PUBLIC, true, "its requests have no signature"),
    ] {
        let builder = Client::builder::<Client>(operation.service)
            .region("us-east-1")
            .endpoint_url("https://notes.test");
        let builder = if is_anonymous {
            builder.anonymous()
        } else {
            builder
        };
        let client = builder.build().expect("settings");
        let input = Record::new(operation.input);
        let error: SdkError<OperationError<()>> =
            swage_client::__private::presign(&client, operation, input, config())
                .await
                .expect_err("no signature");
        let text = DisplayErrorContext(error).to_string();
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_week_is_the_longest_time() {
    let week = Duration::from_hours(7 * 24);
    let config = PresigningConfig::expires_in(week).expect("a week");
    assert_eq!(config.expires(), week);
    let error = PresigningConfig::expires_in(week + Duration::from_secs(1)).expect_err("longer");
    assert_eq!(error.to_string(), "`expires_in` is longer than a week");
    let error = PresigningConfig::builder().build().expect_err("no time");
    assert_eq!(error.to_string(), "`expires_in` isn't set");
    assert_eq!(
        format!("{error:?}"),
        "PresigningConfigError { kind: ExpiresInRequired }"
    );
}
