//! Digests in outputs, by `swage.api#md5Digests`.
#![cfg(all(feature = "checksum", feature = "waiters"))]

use crate::server::{PUT, Server, call, client, reply};
use swage_client::operation::{Digest, OperationTrait};
use swage_client::schema::{self, Kind, Member, Schema};
use swage_client::{Any, Failure, Operation, Record};

static BYTES: Schema = Schema::simple("test#Bytes", Kind::Blob);
static ATTRIBUTE: Schema = Schema::structure(
    "test#Attribute",
    &[
        Member::new("DataType", &schema::STRING),
        Member::new("StringValue", &schema::STRING),
        Member::new("BinaryValue", &BYTES),
    ],
);
static ATTRIBUTES: Schema = Schema::map(
    "test#Attributes",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &ATTRIBUTE),
    ],
);
static MESSAGE: Schema = Schema::structure(
    "test#Message",
    &[
        Member::new("Id", &schema::STRING),
        Member::new("Body", &schema::STRING),
        Member::new("Attributes", &ATTRIBUTES),
        Member::new("MD5OfBody", &schema::STRING),
        Member::new("MD5OfAttributes", &schema::STRING),
    ],
);
static MESSAGES: Schema = Schema::list("test#Messages", &[Member::new("member", &MESSAGE)]);
static BATCH: Schema = Schema::structure("test#Batch", &[Member::new("Messages", &MESSAGES)]);

const BODY: Digest = Digest {
    digest: "MD5OfBody",
    of: "Body",
    list: "",
    in_input: true,
    input_list: "",
    key: "",
};
const LISTED: Digest = Digest {
    list: "Messages",
    in_input: false,
    ..BODY
};
static SEND: Operation = Operation {
    input: &MESSAGE,
    output: &MESSAGE,
    uri: "/send",
    traits: &[
        OperationTrait::Digest(BODY),
        OperationTrait::Digest(Digest {
            digest: "MD5OfAttributes",
            of: "Attributes",
            ..BODY
        }),
    ],
    ..PUT
};
static SEND_BATCH: Operation = Operation {
    input: &BATCH,
    output: &BATCH,
    traits: &[OperationTrait::Digest(Digest {
        in_input: true,
        input_list: "Messages",
        key: "Id",
        ..LISTED
    })],
    ..SEND
};
static RECEIVE: Operation = Operation {
    input: &schema::UNIT,
    output: &BATCH,
    traits: &[OperationTrait::Digest(LISTED)],
    ..SEND
};

/// Of `hello`.
const HELLO: &str = "5d41402abc4b2a76b9719d911017c592";
/// Of the three attributes, by Python's hashlib.
const THREE: &str = "bc65b5a37c787bf7661427811f39ad09";

fn text(text: &str) -> Any {
    Any::String(text.to_owned())
}

fn attribute(kind: &str, name: &str, value: Any) -> Any {
    Any::Map(vec![
        ("DataType".to_owned(), text(kind)),
        (name.to_owned(), value),
    ])
}

fn message() -> Record {
    let mut message = Record::new(&MESSAGE);
    message.set(0, text("1"));
    message.set(1, text("hello"));
    message.set(
        2,
        Any::Map(vec![
            ("n".into(), attribute("Number", "StringValue", text("1"))),
            (
                "b".into(),
                attribute("Binary", "BinaryValue", Any::Blob(vec![0, 1])),
            ),
            ("a".into(), attribute("String", "StringValue", text("text"))),
        ]),
    );
    message
}

/// The error for a response, without its place in the message.
async fn called(operation: &'static Operation, input: Record, body: &str) -> Option<String> {
    let server = Server::new(vec![reply(200, &[("x-amzn-requestid", "r")], body)]);
    match call(&client(&server), operation, input).await {
        Ok(_) => None,
        Err(Failure::Response(error)) => {
            assert_eq!(
                (error.status, error.request_id.as_deref()),
                (200, Some("r"))
            );
            assert_eq!(server.requests().len(), 1);
            Some(error.error.to_string())
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_body_and_attributes_are_verified() {
    let right = format!(r#"{{"MD5OfBody": "{HELLO}", "MD5OfAttributes": "{THREE}"}}"#);
    assert_eq!(called(&SEND, message(), &right).await, None);
    assert_eq!(called(&SEND, message(), "{}").await, None);
    let upper = format!(r#"{{"MD5OfBody": "{}"}}"#, HELLO.to_uppercase());
    assert_eq!(called(&SEND, message(), &upper).await, None);
    let wrong = right.replace(HELLO, THREE);
    assert_eq!(
        called(&SEND, message(), &wrong).await.as_deref(),
        Some("MD5OfBody: this isn't the MD5 of Body, which was changed on the way")
    );
    let wrong = right.replace(THREE, HELLO);
    assert_eq!(
        called(&SEND, message(), &wrong).await.as_deref(),
        Some("MD5OfAttributes: this isn't the MD5 of Attributes, which was changed on the way")
    );
}

#[tokio::test]
async fn elements_of_a_batch_belong_together_by_their_key() {
    let batch = || {
        let mut other = message();
        other.set(0, text("2"));
        other.set(1, text(""));
        let mut batch = Record::new(&BATCH);
        let messages = [message(), other].map(Any::Structure);
        batch.set(0, Any::List(messages.into()));
        batch
    };
    let empty = "d41d8cd98f00b204e9800998ecf8427e";
    let answer = |second: &str| {
        format!(
            r#"{{"Messages": [{{"Id": "2", "MD5OfBody": "{empty}"}}, {{"Id": "1", "MD5OfBody": "{second}"}}, {{"Id": "3", "MD5OfBody": "0"}}]}}"#
        )
    };
    assert_eq!(called(&SEND_BATCH, batch(), &answer(HELLO)).await, None);
    let error = called(&SEND_BATCH, batch(), &answer(empty)).await;
    let expected =
        "Messages[1].MD5OfBody: this isn't the MD5 of Body, which was changed on the way";
    assert_eq!(error.as_deref(), Some(expected));
}

#[tokio::test]
async fn received_messages_are_verified() {
    let answer = |body: &str| {
        format!(r#"{{"Messages": [{{"Id": "1", "Body": "{body}", "MD5OfBody": "{HELLO}"}}]}}"#)
    };
    let unit = || Record::new(&schema::UNIT);
    assert_eq!(called(&RECEIVE, unit(), &answer("hello")).await, None);
    let error = called(&RECEIVE, unit(), &answer("hullo")).await;
    let expected =
        "Messages[0].MD5OfBody: this isn't the MD5 of Body, which was changed on the way";
    assert_eq!(error.as_deref(), Some(expected));
}
