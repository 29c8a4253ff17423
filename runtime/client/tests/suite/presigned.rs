//! Presigned URLs inside requests, by `swage.api#presignedUrl`.

use crate::server::{Server, call, credentials, reply};
use swage_client::operation::{Auth, OperationTrait, PresignedUrl};
use swage_client::protocol::query::AWS_QUERY;
use swage_client::schema::{self, Member, Schema};
use swage_client::{Any, Client, Operation, Record, Service};

static COPIES: Service = Service {
    id: "test#Copies",
    sdk_id: "Copies",
    version: "2026-01-01",
    protocol: AWS_QUERY,
    auth: &[Auth::SigV4 { name: "copies" }],
    endpoint_rules: RULES,
    endpoint_prefix: "",
    xml_namespace: None,
    traits: &[],
};
const RULES: &str = r#"swage-endpoint-rules 1
param Endpoint string required builtin=SDK::Endpoint
param Region string required builtin=AWS::Region
c0 isSet(Endpoint)
r0 endpoint "{Endpoint}/{Region}"
n0 c0 r0 -
"#;
static INPUT: Schema = Schema::structure(
    "test#CopyInput",
    &[
        Member::new("Source", &schema::STRING),
        Member::new("SourceRegion", &schema::STRING),
        Member::new("PreSignedUrl", &schema::STRING),
    ],
);
const PRESIGNED: PresignedUrl = PresignedUrl {
    url: "PreSignedUrl",
    source_region: "SourceRegion",
    destination_region: "DestinationRegion",
    sends_regions: false,
};
static COPY: Operation = Operation::new("Copy", &COPIES, &INPUT, &schema::UNIT)
    .with(&[OperationTrait::PresignedUrl(PRESIGNED)]);
static COPY_WITH_REGIONS: Operation = Operation::new("Copy", &COPIES, &INPUT, &schema::UNIT).with(
    &[OperationTrait::PresignedUrl(PresignedUrl {
        sends_regions: true,
        ..PRESIGNED
    })],
);

/// The parameters that are sent for these members.
async fn sent(operation: &'static Operation, members: [Option<&str>; 3]) -> Vec<(String, String)> {
    let server = Server::new(vec![reply(200, &[], "<CopyResponse/>")]);
    let client: Client = Client::builder(&COPIES)
        .region("eu-west-1")
        .no_proxy()
        .endpoint_url(server.url())
        .credentials_provider(credentials())
        .build()
        .expect("good settings");
    let mut input = Record::new(&INPUT);
    for (index, value) in members.into_iter().enumerate() {
        if let Some(value) = value {
            input.set(index, Any::String(value.to_owned()));
        }
    }
    call(&client, operation, input).await.expect("an answer");
    assert!(server.request().line.starts_with("POST /eu-west-1"));
    pairs(&server.request().body)
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let text = percent_encoding::percent_decode_str(text);
        text.decode_utf8().expect("UTF-8").into_owned()
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').expect("a pair");
        (decode(name), decode(value))
    };
    text.split('&').map(pair).collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = pairs.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

#[tokio::test]
async fn a_copy_from_another_region_has_a_url_of_its_source() {
    let form = sent(&COPY, [Some("a b"), Some("us-east-2"), None]).await;
    assert_eq!(value(&form, "SourceRegion"), None);
    assert_eq!(value(&form, "DestinationRegion"), None);
    let url = value(&form, "PreSignedUrl").expect("a URL");
    let (path, query) = url.split_once('?').expect("a query");
    assert!(path.ends_with("/us-east-2/"), "{path}");
    let query = pairs(query);
    let expected = [
        ("Action", "Copy"),
        ("Version", "2026-01-01"),
        ("Source", "a b"),
        ("DestinationRegion", "eu-west-1"),
        ("X-Amz-Expires", "3600"),
        ("X-Amz-SignedHeaders", "host"),
        ("X-Amz-Security-Token", "a-session-token"),
    ];
    for (name, text) in expected {
        assert_eq!(value(&query, name), Some(text), "{name}");
    }
    let scope = value(&query, "X-Amz-Credential").expect("a scope");
    assert!(scope.ends_with("/us-east-2/copies/aws4_request"), "{scope}");
    assert!(value(&query, "X-Amz-Signature").is_some_and(|text| text.len() == 64));
}

#[tokio::test]
async fn both_regions_are_sent_where_the_service_wants_them() {
    let form = sent(&COPY_WITH_REGIONS, [Some("a"), Some("us-east-2"), None]).await;
    assert_eq!(value(&form, "SourceRegion"), Some("us-east-2"));
    assert_eq!(value(&form, "DestinationRegion"), Some("eu-west-1"));
    let url = value(&form, "PreSignedUrl").expect("a URL");
    assert!(
        url.contains("SourceRegion=us-east-2&DestinationRegion=eu-west-1"),
        "{url}"
    );
}

#[tokio::test]
async fn a_url_of_the_caller_and_a_copy_within_a_region_stay_as_they_are() {
    let form = sent(
        &COPY,
        [Some("a"), Some("us-east-2"), Some("https://a/?b=c")],
    )
    .await;
    assert_eq!(value(&form, "PreSignedUrl"), Some("https://a/?b=c"));
    assert_eq!(value(&form, "SourceRegion"), None);
    let form = sent(&COPY, [Some("a"), None, None]).await;
    assert_eq!(value(&form, "PreSignedUrl"), None);
}
