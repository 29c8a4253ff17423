//! The traits of overlays: fixed headers, ids with a prefix.

use crate::server::{PUT, SERVICE, Server, builder, call, ok, reply};
use std::time::Duration;
use swage_client::error::ConfigError;
use swage_client::operation::{OperationTrait, ServiceTrait};
use swage_client::schema::{self, Kind, Member, Schema, Trait};
use swage_client::{Any, Client, ClientBuilder, Failure, Metadata, Operation, Record, Service};

static VERSIONED: Service = Service {
    traits: &[
        ServiceTrait::Header("accept", "application/json"),
        ServiceTrait::Header("x-version", "2012-06-01"),
    ],
    ..SERVICE
};
static SHORT: Schema =
    Schema::simple("test#Short", Kind::String).with(&[Trait::Length(Some(1), Some(4))]);
static METADATA: Schema = Schema::map(
    "test#Metadata",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);
static INPUT: Schema = Schema::structure(
    "test#ZoneInput",
    &[
        Member::new("Id", &SHORT).label().required().last_segment(),
        Member::new("Marker", &schema::STRING)
            .query(&"marker")
            .last_segment(),
        Member::new("Delegation", &schema::STRING).last_segment(),
        Member::new("Comment", &schema::STRING),
        Member::new("Accept", &schema::STRING).header(&"Accept"),
        Member::new("Source", &schema::STRING)
            .header(&"X-Source")
            .with(&[Trait::PercentEncoded("version")]),
        Member::new("Key", &schema::STRING)
            .header(&"X-Key")
            .with(&[Trait::CustomerKey("KeyMD5")]),
        Member::new("KeyMD5", &schema::STRING).header(&"X-Key-MD5"),
        Member::new("Note", &schema::STRING)
            .header(&"X-Note")
            .ascii(),
        Member::new("Metadata", &METADATA)
            .prefix_headers(&"x-meta-")
            .ascii(),
    ],
);
static ZONE: Operation = Operation {
    name: "Zone",
    service: &VERSIONED,
    input: &INPUT,
    method: "POST",
    uri: "/zones/{Id}",
    traits: &[OperationTrait::Header("x-version", "2013-04-01")],
    ..PUT
};
static OTHER: Operation = Operation {
    traits: &[],
    ..ZONE
};

/// Calls the operation with these texts.
async fn sent(operation: &'static Operation, texts: &[(&str, &str)]) -> crate::server::Request {
    let server = Server::new(vec![ok()]);
    let called = called(&server, operation, record(texts)).await;
    called.expect("an answer");
    server.request()
}

fn record(texts: &[(&str, &str)]) -> Record {
    let mut input = Record::new(&INPUT);
    for (name, text) in texts {
        let (index, _) = INPUT.member(name).expect("a member");
        input.set(index, Any::String((*text).to_owned()));
    }
    input
}

async fn called(
    server: &Server,
    operation: &'static Operation,
    input: Record,
) -> Result<(Metadata, Record), Failure> {
    let client = builder().endpoint_url(server.url()).build();
    call(&client.expect("a client"), operation, input).await
}

#[tokio::test]
async fn fixed_headers_are_sent_unless_a_member_sets_them() {
    let request = sent(&OTHER, &[("Id", "Z1")]).await;
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("x-version"), Some("2012-06-01"));
    let request = sent(&ZONE, &[("Id", "Z1"), ("Accept", "text/plain")]).await;
    assert_eq!(request.header("accept"), Some("text/plain"));
    assert_eq!(request.header("x-version"), Some("2013-04-01"));
    let count = |name| {
        request
            .headers
            .iter()
            .filter(|(key, _)| key == name)
            .count()
    };
    assert_eq!((count("accept"), count("x-version")), (1, 1));
}

#[tokio::test]
async fn ids_lose_their_prefix_wherever_they_are_sent() {
    let texts = [
        ("Id", "/hostedzone/Z1"),
        ("Marker", "hostedzone/Z2"),
        ("Delegation", "/delegationset/N1"),
        ("Comment", "a/b"),
    ];
    let request = sent(&ZONE, &texts).await;
    assert_eq!(request.line, "POST /zones/Z1?marker=Z2 HTTP/1.1");
    assert_eq!(request.body, r#"{"Delegation":"N1","Comment":"a/b"}"#);
}

#[tokio::test]
async fn commands_encode_values_and_programs_give_them_encoded() {
    let source = async |builder: ClientBuilder, text| {
        let server = Server::new(vec![ok()]);
        let client = builder.endpoint_url(server.url()).build();
        let client = client.expect("good settings");
        let input = record(&[("Id", "1"), ("Source", text)]);
        call(&client, &OTHER, input).await.expect("an answer");
        server.request().header("x-source").map(str::to_owned)
    };
    let plain = "b/a \u{fc}+%20?version=3";
    let encoded = "b/a%20%C3%BC%2B%2520?version=3";
    let of_command = source(builder().percent_encode(), plain).await;
    assert_eq!(of_command.as_deref(), Some(encoded));
    let of_program = source(builder(), encoded).await;
    assert_eq!(of_program.as_deref(), Some(encoded));
}

#[tokio::test]
async fn customer_keys_are_sent_in_base64_with_their_md5() {
    let headers = async |texts: &[(&str, &str)]| {
        let request = sent(&OTHER, &[&[("Id", "1")], texts].concat()).await;
        ["x-key", "x-key-md5"].map(|name| request.header(name).map(str::to_owned))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(headers(&[]).await, [None, None]);
    assert_eq!(
        headers(&[("Key", "schl\u{fc}ssel")]).await,
        [some("c2NobMO8c3NlbA=="), some("JoawC28KbtuawkeMeM5yyg==")]
    );
    assert_eq!(
        headers(&[("Key", "")]).await,
        [some(""), some("1B2M2Y8AsgTpgAmY7PhCfg==")]
    );
    assert_eq!(
        headers(&[("Key", "YWJj"), ("KeyMD5", "given")]).await,
        [some("YWJj"), some("given")]
    );
    assert_eq!(headers(&[("KeyMD5", "given")]).await, [None, some("given")]);
}

#[tokio::test]
async fn customer_keys_are_any_bytes_in_records() {
    let server = Server::new(vec![ok()]);
    let mut input = record(&[("Id", "1")]);
    let (index, _) = INPUT.member("Key").expect("a member");
    input.set(index, Any::Blob(vec![0xff, 0]));
    called(&server, &OTHER, input).await.expect("an answer");
    let request = server.request();
    assert_eq!(request.header("x-key"), Some("/wA="));
    assert_eq!(
        request.header("x-key-md5"),
        Some("4Oi/r7sGiVY7L7p4nJezzA==")
    );
}

#[tokio::test]
async fn headers_outside_ascii_are_refused() {
    let metadata = |key: &str, value: &str| {
        let mut input = record(&[("Id", "1")]);
        let (index, _) = INPUT.member("Metadata").expect("a member");
        let entry = (key.to_owned(), Any::String(value.to_owned()));
        input.set(index, Any::Map(vec![entry]));
        input
    };
    let server = Server::new(vec![ok()]);
    let refused = [
        (
            record(&[("Id", "1"), ("Note", "\u{fc}")]),
            "Note: only ASCII characters are allowed",
        ),
        (
            metadata("a", "\u{fc}"),
            "Metadata.a: only ASCII characters are allowed",
        ),
    ];
    for (input, problem) in refused {
        match called(&server, &OTHER, input).await {
            Err(Failure::Input(error)) => assert_eq!(error.problems, [problem]),
            other => panic!("{other:?}"),
        }
    }
    called(&server, &OTHER, metadata("a", "b"))
        .await
        .expect("an answer");
    assert_eq!(server.requests().len(), 1);
    assert_eq!(server.request().header("x-meta-a"), Some("b"));
}

static DAMAGED: Service = Service {
    traits: &[
        ServiceTrait::Crc32Header("x-crc32"),
        ServiceTrait::Retries {
            max_attempts: Some(4),
            initial_backoff: Some(1),
            errors: &["TryAgain"],
        },
    ],
    ..SERVICE
};
/// Of `{"Result": "done"}`, by zlib.
const CRC32: &str = "686336";
static GET: Operation = Operation {
    service: &DAMAGED,
    ..OTHER
};

/// aws-config always sets how calls are retried, by the official type.
#[tokio::test]
async fn errors_of_a_service_are_retried_whatever_sets_the_attempts() {
    let refused = reply(400, &[("x-amzn-errortype", "TryAgain")], "{}");
    let official = aws_smithy_types::retry::RetryConfig::standard()
        .with_max_attempts(2)
        .with_initial_backoff(Duration::from_millis(1));
    for (retry, expected) in [
        (official.into(), 2),
        (swage_client::RetryConfig::standard(), 1),
    ] {
        let server = Server::new(vec![refused.clone()]);
        let client: Client = Client::builder(&DAMAGED)
            .region("us-east-1")
            .no_proxy()
            .endpoint_url(server.url())
            .retry_config(retry)
            .build()
            .expect("good settings");
        let result = call(&client, &GET, record(&[("Id", "1")])).await;
        result.expect_err("an error");
        assert_eq!(server.requests().len(), expected);
    }
}

#[tokio::test]
async fn responses_with_another_crc_32_are_damaged() {
    let body = |crc32: &str| reply(200, &[("X-Crc32", crc32)], r#"{"Result": "done"}"#);
    let cases = [
        (vec![body("1"), body("2"), body(CRC32)], 3),
        (vec![body("1"), ok()], 2),
        (vec![body("1")], 4),
    ];
    for (answers, expected) in cases {
        let server = Server::new(answers);
        let client: Client = Client::builder(&DAMAGED)
            .region("us-east-1")
            .no_proxy()
            .endpoint_url(server.url())
            .build()
            .expect("good settings");
        let result = call(&client, &GET, record(&[("Id", "1")])).await;
        assert_eq!(server.requests().len(), expected);
        match result {
            Ok((metadata, _)) => assert_eq!(metadata.attempts as usize, expected),
            Err(Failure::Transport(error)) => {
                assert_eq!(expected, 4);
                assert!(error.source.to_string().contains("CRC-32"));
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn errors_of_the_service_are_retried() {
    let server = Server::new(vec![
        reply(409, &[], r#"{"code": "TryAgain"}"#),
        reply(409, &[], r#"{"code": "Other"}"#),
    ]);
    let client: Client = Client::builder(&DAMAGED)
        .region("us-east-1")
        .no_proxy()
        .endpoint_url(server.url())
        .build()
        .expect("good settings");
    let result = call(&client, &GET, record(&[("Id", "1")])).await;
    assert!(
        matches!(result, Err(Failure::Service(error)) if error.code.as_deref() == Some("Other"))
    );
    assert_eq!(server.requests().len(), 2);
}

static UPLOAD_INPUT: Schema = Schema::structure(
    "test#UploadInput",
    &[
        Member::new("Body", &schema::BLOB).payload(),
        Member::new("Type", &schema::STRING).header(&"Content-Type"),
    ],
);
static UPLOAD: Operation = Operation {
    input: &UPLOAD_INPUT,
    uri: "/upload",
    traits: &[OperationTrait::NoContentType],
    ..PUT
};

#[tokio::test]
async fn commands_send_no_type_for_payloads_that_have_none() {
    let types = async |builder: ClientBuilder| {
        let server = Server::new(vec![ok()]);
        let client = builder.endpoint_url(server.url()).build();
        let client = client.expect("good settings");
        for given in [None, Some("text/css")] {
            let mut input = Record::new(&UPLOAD_INPUT);
            input.set(0, Any::Blob(b"a".to_vec()));
            if let Some(given) = given {
                input.set(1, Any::String(given.to_owned()));
            }
            call(&client, &UPLOAD, input).await.expect("an answer");
        }
        let types = server.requests().into_iter();
        let types = types.map(|request| request.header("content-type").map(str::to_owned));
        types.collect::<Vec<_>>()
    };
    let given = Some("text/css".to_owned());
    let binary = Some("application/octet-stream".to_owned());
    assert_eq!(types(builder()).await, [binary, given.clone()]);
    assert_eq!(
        types(builder().no_payload_content_type()).await,
        [None, given]
    );
}

static PREDICT_INPUT: Schema = Schema::structure(
    "test#PredictInput",
    &[Member::new("Endpoint", &schema::STRING).endpoint_url()],
);
static PREDICT: Operation = Operation {
    input: &PREDICT_INPUT,
    uri: "/predict",
    ..PUT
};

#[tokio::test]
async fn a_member_names_the_host() {
    let server = Server::new(vec![ok()]);
    let client = builder().endpoint_url("http://127.0.0.1:9/base").build();
    let client = client.expect("good settings");
    let input = |url: String| {
        let mut input = Record::new(&PREDICT_INPUT);
        input.set(0, Any::String(url));
        input
    };
    let url = format!("https://{}/ignored", server.address);
    call(&client, &PREDICT, input(url))
        .await
        .expect("an answer");
    assert_eq!(server.request().line, "POST /base/predict HTTP/1.1");
    let failure = call(&client, &PREDICT, input("https://a@b/".to_owned())).await;
    match failure {
        Err(Failure::Config(ConfigError::Endpoint(text))) => {
            assert!(text.starts_with("Endpoint: "))
        }
        other => panic!("{other:?}"),
    }
}
