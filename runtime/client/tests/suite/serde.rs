//! Serde's traits of generated types.

use crate::kinds::{Bound, Choice, Kinds, Level, Part, Suit, Upload};
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::{BigInteger, Blob, DateTime, Document};
use serde_json::{Value, from_value, json, to_value};
use swage_client::__private::serde::Deserialize;
use swage_client::__private::serde::Serialize;
use swage_client::shape::UnknownMember;

/// What a value is as JSON, after it was read and serialized again.
fn round<T: Serialize + for<'de> Deserialize<'de>>(value: &T) -> Value {
    let value = to_value(value).expect("it can be serialized");
    let again: T = from_value(value.clone()).expect("it can be deserialized");
    assert_eq!(to_value(again).expect("it can be serialized"), value);
    value
}

/// The error for a value.
fn refused<T: for<'de> Deserialize<'de>>(value: Value) -> String {
    let read = from_value::<T>(value).map(drop);
    read.expect_err("it is refused").to_string()
}

#[test]
fn kinds_have_the_form_that_they_have_as_json() {
    let value = Kinds {
        boolean: Some(true),
        long: Some(-1),
        float: Some(0.1),
        double: Some(f64::NEG_INFINITY),
        big_integer: "123456789012345678901234567890".parse::<BigInteger>().ok(),
        string: Some("a\"b".to_owned()),
        suit: Some(Suit::Heart),
        level: Some(Level::Unknown(7)),
        blob: Some(Blob::new("\0\u{1}")),
        time: Some(DateTime::from_secs_and_nanos(1, 500_001_000)),
        http_date: Some(DateTime::from_secs(0)),
        document: Some(Document::from(vec![Document::from(1_i64), Document::Null])),
        sparse: Some(vec![Some(1), None]),
        choice: Some(Choice::Number(5)),
        nested: Some(Box::default()),
        ..Kinds::default()
    };
    let expected = json!({
        "boolean": true,
        "long": -1,
        "float": 0.1,
        "double": "-Infinity",
        "bigInteger": "123456789012345678901234567890",
        "str\"ing": "a\"b",
        "suit": "HEART",
        "level": 7,
        "blob": "AAE=",
        "time": "1970-01-01T00:00:01.500001Z",
        "httpDate": "Thu, 01 Jan 1970 00:00:00 GMT",
        "document": [1, null],
        "sparse": [1, null],
        "choice": {"number": 5},
        "nested": {},
    });
    assert_eq!(round(&value), expected);
}

#[test]
fn members_keep_their_order() {
    let part = Part {
        id: Some("a".to_owned()),
        count: Some(1),
    };
    let text = serde_json::to_string(&part).expect("it can be serialized");
    assert_eq!(text, r#"{"Id":"a","Count":1}"#);
}

#[test]
fn members_of_headers_and_sensitive_ones_are_part_of_the_value() {
    let value = Bound {
        label: Some("l".to_owned()),
        token: Some("hunter2".to_owned()),
        status: Some(201),
        ..Bound::default()
    };
    assert_eq!(
        round(&value),
        json!({"label": "l", "token": "hunter2", "status": 201})
    );
}

#[test]
fn unions_and_enums_stand_for_themselves() {
    assert_eq!(round(&Choice::Text("a".to_owned())), json!({"text": "a"}));
    let unknown = Choice::Unknown(UnknownMember {
        name: "new".to_owned(),
        value: Document::from(true),
    });
    assert_eq!(round(&unknown), json!({"new": true}));
    assert_eq!(round(&Suit::Unknown("STAR".to_owned())), json!("STAR"));
    assert_eq!(round(&Level::Low), json!(1));
}

#[test]
fn timestamps_are_read_in_every_format() {
    for time in [
        json!("1970-01-01T00:00:01Z"),
        json!("1970-01-01T01:00:01+01:00"),
        json!("Thu, 01 Jan 1970 00:00:01 GMT"),
        json!(1),
        json!(1.0),
    ] {
        let value: Kinds = from_value(json!({"httpDate": time})).expect("it can be deserialized");
        assert_eq!(value.http_date, Some(DateTime::from_secs(1)), "{time}");
    }
}

#[test]
fn what_is_unknown_or_null_is_skipped() {
    let value: Kinds = from_value(json!({"long": null, "new": {"a": [1]}, "byte": 1}))
        .expect("it can be deserialized");
    assert_eq!((value.long, value.byte), (None, Some(1)));
}

#[test]
fn errors_name_the_place_and_not_the_value() {
    let secret = "hunter2";
    for (value, expected) in [
        (
            json!({"nested": {"list": ["a", 5]}}),
            "nested.list[1]: expected a string, found a number",
        ),
        (
            json!({"long": secret}),
            "long: expected an integer, found a string",
        ),
        (
            json!({"map": secret}),
            "map: expected an object, found a string",
        ),
        (
            json!({"byte": 300}),
            "byte: the number is too large for a byte",
        ),
        (
            json!({"time": secret}),
            "time: the timestamp is not an RFC 3339 date and time",
        ),
        (json!(secret), "expected an object, found a string"),
    ] {
        assert_eq!(refused::<Kinds>(value), expected);
    }
    assert_eq!(refused::<Suit>(json!(5)), "expected a string");
    assert_eq!(
        refused::<Level>(json!(secret)),
        "expected an integer of 32 bits"
    );
}

#[test]
fn a_stream_in_memory_is_a_blob() {
    let upload = Upload {
        data: Some(ByteStream::from_static(b"\0\x01")),
    };
    assert_eq!(round(&upload), json!({"data": "AAE="}));
}

#[test]
fn a_stream_that_is_not_in_memory_is_an_error() {
    let body = http_body_util::StreamBody::new(NoFrames);
    let upload = Upload {
        data: Some(ByteStream::from_body_1_x(body)),
    };
    let error = to_value(&upload).expect_err("it can't be serialized");
    assert_eq!(error.to_string(), "data: the stream isn't in memory");
}

/// A stream without bytes, which nothing knows before it is read.
struct NoFrames;

impl futures_core::Stream for NoFrames {
    type Item = Result<http_body::Frame<bytes::Bytes>, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}
