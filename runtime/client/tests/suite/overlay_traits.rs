//! The traits of overlays: fixed headers, ids with a prefix.

use crate::server::{PUT, SERVICE, Server, builder, ok};
use swage_client::operation::{OperationTrait, ServiceTrait};
use swage_client::schema::{self, Kind, Member, Schema, Trait};
use swage_client::{Any, Operation, Record, Service};

static VERSIONED: Service = Service {
    traits: &[
        ServiceTrait::Header("accept", "application/json"),
        ServiceTrait::Header("x-version", "2012-06-01"),
    ],
    ..SERVICE
};
static SHORT: Schema =
    Schema::simple("test#Short", Kind::String).with(&[Trait::Length(Some(1), Some(4))]);
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
    let client = builder().endpoint_url(server.url()).build();
    let mut input = Record::new(&INPUT);
    for (name, text) in texts {
        let (index, _) = INPUT.member(name).expect("a member");
        input.set(index, Any::String((*text).to_owned()));
    }
    let mut output = Record::new(operation.output);
    let called = client.expect("a client");
    let called = called.call(operation, &mut input, &mut output).await;
    called.expect("an answer");
    server.request()
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
