//! Enum values and union members that the model doesn't have, read from a response and sent in a request.
#![cfg(all(
    feature = "aws-json",
    feature = "aws-query",
    feature = "ec2-query",
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor",
    feature = "rpc-v2-json"
))]

use http::{HeaderMap, StatusCode};
use swage_client::__private::{IntEnum, Shape, StringEnum};
use swage_client::operation::Protocol;
use swage_client::protocol::Body;
use swage_client::protocol::{aws_json, query, rest_json, rest_xml, rpc_v2};
use swage_client::schema::{self, Member, Schema, Trait};
use swage_client::shape::UnknownMember;
use swage_client::{Operation, Record, Service};

#[derive(Clone, Debug, PartialEq, Eq, Hash, StringEnum)]
pub(crate) enum Suit {
    #[wire("CLUB")]
    Club,
    Unknown(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntEnum)]
pub(crate) enum Level {
    #[wire(1)]
    Low,
    Unknown(i32),
}

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(CHOICE)]
pub(crate) enum Choice {
    Text(String),
    Unknown(UnknownMember),
}

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(CARD)]
pub(crate) struct Card {
    suit: Option<Suit>,
    level: Option<Level>,
    suits: Option<Vec<Suit>>,
    choice: Option<Choice>,
}

static SUIT: Schema = Schema::enumeration("t#Suit", &[Trait::EnumValues(&["CLUB"])]);
static LEVEL: Schema = Schema::int_enum("t#Level", &[Trait::IntEnumValues(&[1])]);
static SUITS: Schema = Schema::list("t#Suits", &[Member::new("member", &SUIT)]);
static CHOICE: Schema = Schema::union("t#Choice", &[Member::new("text", &schema::STRING)]);
static CARD: Schema = Schema::structure(
    "t#Card",
    &[
        Member::new("suit", &SUIT),
        Member::new("level", &LEVEL),
        Member::new("suits", &SUITS),
        Member::new("choice", &CHOICE),
    ],
);
static SERVICE: Service = Service {
    id: "t#Cards",
    sdk_id: "Cards",
    version: "2026-01-01",
    protocol: rest_json::REST_JSON_1,
    auth: &[],
    endpoint_rules: "",
    endpoint_prefix: "",
    xml_namespace: None,
    traits: &[],
};
static PLAY: Operation = Operation {
    name: "Play",
    service: &SERVICE,
    input: &CARD,
    output: &CARD,
    errors: &[],
    method: "POST",
    uri: "/",
    code: 200,
    host_prefix: "",
    auth: None,
    optional_auth: true,
    traits: &[],
};

const JSON: &str =
    r#"{"suit":"STAR","level":7,"suits":["CLUB","MOON"],"choice":{"later":{"a":[1,null,"x"]}}}"#;

/// Reads a response and sends its members; returns the request's body.
fn through<T: Shape>(protocol: Protocol, body: &[u8], blank: T) -> Result<Vec<u8>, String> {
    let mut headers = HeaderMap::new();
    let rpc_v2 = [
        (rpc_v2::RPC_V2_CBOR, "rpc-v2-cbor"),
        (rpc_v2::RPC_V2_JSON, "rpc-v2-json"),
    ];
    for (_, name) in rpc_v2.iter().filter(|(of, _)| of.id() == protocol.id()) {
        headers.insert("smithy-protocol", name.parse().expect("a header"));
    }
    let mut card = blank;
    let body = Body::from(body.to_vec());
    protocol
        .response(&PLAY, StatusCode::OK, &headers, body, &mut card)
        .map_err(|error| error.to_string())?;
    let request = protocol
        .request(&PLAY, &mut card)
        .map_err(|error| error.to_string())?;
    match request.body {
        Body::Bytes(bytes) => Ok(bytes.to_vec()),
        Body::Stream(_) => Err("a stream".to_owned()),
    }
}

fn both(protocol: Protocol, body: &[u8]) -> [Result<Vec<u8>, String>; 2] {
    [
        through(protocol, body, <Card as Shape>::blank()),
        through(protocol, body, Record::new(&CARD)),
    ]
}

#[test]
fn json() {
    for protocol in [
        rest_json::REST_JSON_1,
        aws_json::AWS_JSON_1_0,
        aws_json::AWS_JSON_1_1,
        rpc_v2::RPC_V2_JSON,
    ] {
        for sent in both(protocol, JSON.as_bytes()) {
            let sent = sent.expect("it goes through");
            assert_eq!(String::from_utf8_lossy(&sent), JSON, "{protocol:?}");
        }
    }
}

#[test]
fn cbor() {
    // A map of four: suit, level, suits, choice with {"later": {"a": [1, null, "x"]}}.
    let body = b"\xa4\x64suit\x64STAR\x65level\x07\x65suits\x82\x64CLUB\x64MOON\
                 \x66choice\xa1\x65later\xa1\x61a\x83\x01\xf6\x61x";
    for sent in both(rpc_v2::RPC_V2_CBOR, body) {
        let sent = sent.expect("it goes through");
        assert_eq!(sent, body, "{sent:x?}");
    }
}

const XML: &str =
    "<suit>STAR</suit><level>7</level><suits><member>CLUB</member><member>MOON</member></suits>";

#[test]
fn enums_in_xml_and_forms() {
    let xml = format!("<Card>{XML}</Card>");
    for sent in both(rest_xml::REST_XML, xml.as_bytes()) {
        assert_eq!(
            String::from_utf8_lossy(&sent.expect("it goes through")),
            xml
        );
    }
    let wrapped = format!("<PlayResponse><PlayResult>{XML}</PlayResult></PlayResponse>");
    for sent in both(query::AWS_QUERY, wrapped.as_bytes()) {
        assert_eq!(
            String::from_utf8_lossy(&sent.expect("it goes through")),
            "Action=Play&Version=2026-01-01&suit=STAR&level=7&suits.member.1=CLUB&suits.member.2=MOON"
        );
    }
    for sent in both(
        query::EC2_QUERY,
        format!("<PlayResponse>{XML}</PlayResponse>").as_bytes(),
    ) {
        assert_eq!(
            String::from_utf8_lossy(&sent.expect("it goes through")),
            "Action=Play&Version=2026-01-01&Suit=STAR&Level=7&Suits.1=CLUB&Suits.2=MOON"
        );
    }
}

/// Without a schema, attributes can't be distinguished from elements, nor lists from structures, so nothing is guessed.
#[test]
fn unknown_members_of_unions_are_no_xml_and_no_form() {
    let choice = "<choice><later><a>1</a></later></choice>";
    let rest = format!("<Card>{choice}</Card>");
    let query = format!("<PlayResponse><PlayResult>{choice}</PlayResult></PlayResponse>");
    let ec2 = format!("<PlayResponse>{choice}</PlayResponse>");
    for (protocol, body) in [
        (rest_xml::REST_XML, rest),
        (query::AWS_QUERY, query),
        (query::EC2_QUERY, ec2),
    ] {
        for sent in both(protocol, body.as_bytes()) {
            let error = sent.expect_err("it can't be sent");
            assert!(
                error
                    .to_lowercase()
                    .starts_with("choice: a member of a union"),
                "{error}"
            );
        }
    }
}
