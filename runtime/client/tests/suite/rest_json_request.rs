//! Requests of restJson1.
use crate::kinds;

use crate::kinds::{
    BOUND, BlobBody, Bound, Choice, ChoiceBody, DocumentBody, KINDS, Kinds, Level, Part, PartBody,
    Suit, TextBody, Upload, body, operation, request, rest_json,
};
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::{Blob, DateTime, Document, Number};
use std::collections::HashMap;
use swage_client::protocol::Body;
use swage_client::schema::{DefaultValue, Member, STRING, Schema, Trait};
use swage_client::shape::UnknownMember;
use swage_client::{Any, Record};

fn map<V, const N: usize>(entries: [(&str, V); N]) -> HashMap<String, V> {
    entries
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

#[test]
fn every_kind_in_a_body() {
    let mut input = Kinds {
        boolean: Some(true),
        byte: Some(-128),
        long: Some(i64::MAX),
        float: Some(1.5),
        double: Some(f64::NEG_INFINITY),
        big_integer: "123456789012345678901234567890".parse().ok(),
        big_decimal: "0.10000000000000000000000000001".parse().ok(),
        string: Some("\"é\n".to_owned()),
        suit: Some(Suit::Unknown("SPADE".to_owned())),
        level: Some(Level::Low),
        blob: Some(Blob::new("hello")),
        time: Some(DateTime::from_secs_and_nanos(1, 500_000_000)),
        date_time: Some(DateTime::from_secs(1_576_540_098)),
        http_date: Some(DateTime::from_secs(1_576_540_098)),
        document: Some(Document::Array(vec![
            Document::Null,
            Document::Number(Number::PosInt(3)),
        ])),
        list: Some(vec!["a".to_owned()]),
        sparse: Some(vec![Some(1), None]),
        map: Some(map([("k", "v".to_owned())])),
        sparse_map: Some([(Suit::Club, None)].into()),
        choice: Some(Choice::Number(7)),
        nested: Some(Box::new(Kinds {
            misplaced: Some("here".to_owned()),
            ..Kinds::default()
        })),
        secret: Some("s".to_owned()),
        ..Kinds::default()
    };
    let expected = concat!(
        r#"{"boolean":true,"byte":-128,"long":9223372036854775807,"float":1.5,"double":"-Infinity","#,
        r#""bigInteger":123456789012345678901234567890,"bigDecimal":0.10000000000000000000000000001,"#,
        r#""str\"ing":"\"é\n","suit":"SPADE","level":1,"blob":"aGVsbG8=","time":1.5,"#,
        r#""dateTime":"2019-12-16T23:48:18Z","httpDate":"Mon, 16 Dec 2019 23:48:18 GMT","document":[null,3],"#,
        r#""list":["a"],"sparse":[1,null],"map":{"k":"v"},"sparseMap":{"CLUB":null},"choice":{"number":7},"#,
        r#""nested":{"misplaced":"here"},"secret":"s"}"#,
    );
    assert_eq!(body(&mut input), expected);
}

#[test]
fn an_unknown_union_member_goes_back_as_it_came() {
    let value = Document::Object([("a".to_owned(), Document::Bool(true))].into());
    let choice = Choice::Unknown(UnknownMember {
        name: "later".to_owned(),
        value,
    });
    let mut input = Kinds {
        choice: Some(choice),
        ..Kinds::default()
    };
    assert_eq!(body(&mut input), r#"{"choice":{"later":{"a":true}}}"#);
}

#[test]
fn numbers_that_json_lacks_are_strings() {
    let mut input = Kinds {
        float: Some(f32::NAN),
        double: Some(f64::INFINITY),
        ..Kinds::default()
    };
    assert_eq!(body(&mut input), r#"{"float":"NaN","double":"Infinity"}"#);
}

#[test]
fn without_body_members_there_is_no_body() {
    let request = rest_json().request(
        &operation("GET", "/", &swage_client::schema::UNIT),
        &mut Record::new(&swage_client::schema::UNIT),
    );
    let request = request.expect("it can be encoded");
    assert!(request.body.is_empty());
    assert!(request.headers.is_empty());
    let empty = kinds::request(&mut Kinds::default()).expect("it can be encoded");
    assert_eq!(empty.headers["content-type"], "application/json");
    assert_eq!(body(&mut Kinds::default()), "{}");
}

#[test]
fn labels_and_query() {
    let mut input = Bound {
        label: Some(" %/é".to_owned()),
        greedy: Some("a b/c".to_owned()),
        since: Some(DateTime::from_secs(0)),
        names: Some(vec!["x&y".to_owned(), String::new()]),
        params: Some(map([
            ("name", vec!["lost".to_owned()]),
            ("q", vec!["1".to_owned(), "2".to_owned()]),
        ])),
        account: Some("acct-1".to_owned()),
        ..Bound::default()
    };
    let mut operation = operation("PUT", "/v/{label}/to/{greedy+}?fixed&v=2", &BOUND);
    operation.host_prefix = "data.{account}.";
    let request = rest_json()
        .request(&operation, &mut input)
        .expect("it can be encoded");
    assert_eq!(request.method, "PUT");
    assert_eq!(request.host_prefix, "data.acct-1.");
    assert_eq!(
        request.path_and_query,
        "/v/%20%25%2F%C3%A9/to/a%20b/c?fixed&v=2&since=1970-01-01T00%3A00%3A00Z&name=x%26y&name=&q=1&q=2"
    );
}

static ACCOUNT: Schema = Schema::structure(
    "t#Account",
    &[Member::new("account", &STRING)
        .label()
        .required()
        .with(&[Trait::Default(DefaultValue::String("-"))])],
);

#[test]
fn an_empty_label_falls_back_on_its_default() {
    let uri = |input: &mut Record| {
        let request = rest_json().request(&operation("GET", "/{account}/vaults", &ACCOUNT), input);
        request.expect("it can be encoded").path_and_query
    };
    let mut unset = Record::new(&ACCOUNT);
    unset.take(0);
    swage_client::validate::validate(&unset).expect("the default is enough");
    assert_eq!(uri(&mut unset), "/-/vaults");
    for (given, path) in [("", "/-/vaults"), ("7", "/7/vaults")] {
        let mut input = Record::new(&ACCOUNT);
        input.set(0, Any::String(given.to_owned()));
        assert_eq!(uri(&mut input), path);
    }
}

#[test]
fn labels_must_not_be_empty() {
    for label in [None, Some(String::new())] {
        let mut input = Bound {
            label,
            ..Bound::default()
        };
        let error = rest_json()
            .request(&operation("GET", "/{label}", &BOUND), &mut input)
            .expect_err("no label");
        assert_eq!(
            error.to_string(),
            "label: must not be empty, because it is part of the path"
        );
    }
    let mut operation = operation("GET", "/", &BOUND);
    operation.host_prefix = "{account}.";
    for account in ["", "a.b", "a/b", "-a"] {
        let mut input = Bound {
            account: Some(account.to_owned()),
            ..Bound::default()
        };
        let error = rest_json()
            .request(&operation, &mut input)
            .expect_err("no host name")
            .to_string();
        assert!(
            error.starts_with("account: must have 1 to 63 letters"),
            "{error}"
        );
    }
}

#[test]
fn headers() {
    let mut input = Bound {
        tags: Some(["a", "b,c", "\"d\\\"", ""].map(str::to_owned).to_vec()),
        times: Some(vec![DateTime::from_secs(0), DateTime::from_secs(1)]),
        media: Some("{}".to_owned()),
        token: Some("secret".to_owned()),
        keys: Some(vec!["secret".to_owned()]),
        meta: Some(map([("One", "1".to_owned()), ("two", String::new())])),
        ratio: Some(f64::NAN),
        ..Bound::default()
    };
    let request = request(&mut input).expect("it can be encoded");
    let headers = &request.headers;
    assert_eq!(headers["x-tags"], r#"a, "b,c", "\"d\\\"", "#);
    assert_eq!(
        headers["x-times"],
        "Thu, 01 Jan 1970 00:00:00 GMT, Thu, 01 Jan 1970 00:00:01 GMT"
    );
    assert_eq!(headers["x-media"], "e30=");
    assert_eq!(headers["x-token"], "secret");
    assert_eq!(headers["x-meta-one"], "1");
    assert_eq!(headers["x-meta-two"], "");
    assert_eq!(headers["x-ratio"], "NaN");
    assert!(!format!("{request:?}").contains("secret"));
    let input = &mut Kinds {
        string: Some("secret".to_owned()),
        ..Kinds::default()
    };
    assert!(!format!("{:?}", kinds::request(input)).contains("secret"));
}

#[test]
fn empty_header_values_are_sent_and_broken_ones_are_not() {
    let mut input = Bound {
        tags: Some(vec![]),
        token: Some(String::new()),
        ..Bound::default()
    };
    let headers = request(&mut input).expect("it can be encoded").headers;
    assert_eq!(
        (&headers["x-tags"], &headers["x-token"]),
        (&"".parse().unwrap(), &"".parse().unwrap())
    );
    let mut input = Bound {
        token: Some("a\r\nb: c".to_owned()),
        ..Bound::default()
    };
    let error = request(&mut input).expect_err("a line break").to_string();
    assert_eq!(
        error,
        "token: a header can't hold a line break or another control character"
    );
}

#[test]
fn payloads() {
    let mut blob = BlobBody {
        data: Some(Blob::new("1234")),
        content_type: None,
    };
    assert_eq!(
        request(&mut blob).expect("encoded").headers["content-type"],
        "application/octet-stream"
    );
    assert_eq!(body(&mut blob), "1234");
    blob.content_type = Some("image/jpg".to_owned());
    assert_eq!(
        request(&mut blob).expect("encoded").headers["content-type"],
        "image/jpg"
    );

    let mut text = TextBody {
        data: Some(Suit::Heart),
    };
    assert_eq!(
        request(&mut text).expect("encoded").headers["content-type"],
        "text/plain"
    );
    assert_eq!(body(&mut text), "HEART");

    assert_eq!(
        body(&mut PartBody {
            data: Some(Part {
                id: Some("x".to_owned()),
                count: None
            })
        }),
        r#"{"Id":"x"}"#
    );
    assert_eq!(body(&mut PartBody { data: None }), "{}");
    assert_eq!(
        body(&mut ChoiceBody {
            data: Some(Choice::Text("x".to_owned()))
        }),
        r#"{"text":"x"}"#
    );
    assert_eq!(body(&mut ChoiceBody { data: None }), "");
    assert!(
        request(&mut ChoiceBody { data: None })
            .expect("encoded")
            .headers
            .is_empty()
    );
    assert_eq!(
        body(&mut DocumentBody {
            data: Some(Document::Bool(false))
        }),
        "false"
    );
}

#[test]
fn a_stream_is_taken_out_of_the_input() {
    let mut input = Upload {
        data: Some(ByteStream::from_static(b"stream")),
    };
    let request = request(&mut input).expect("it can be encoded");
    assert_eq!(request.headers["content-type"], "application/octet-stream");
    assert_eq!(request.body.len(), Some(6));
    let Body::Stream(stream) = request.body else {
        panic!("not a stream")
    };
    assert_eq!(stream.bytes(), Some(&b"stream"[..]));
}

fn record(entries: Vec<(&str, Any)>) -> Record {
    let mut record = Record::new(&KINDS);
    for (name, value) in entries {
        let (index, _) = KINDS.member(name).expect("a member");
        assert!(record.set(index, value));
    }
    record
}

fn text(text: &str) -> Any {
    Any::String(text.to_owned())
}

#[test]
fn records_write_by_the_kind_that_the_schema_wants() {
    let number = |text: &str| Any::Number(text.to_owned());
    let mut input = record(vec![
        ("boolean", Any::Boolean(false)),
        ("byte", text("5")),
        ("long", number("123456789012345678901234567890")),
        ("double", number("1e3")),
        ("bigDecimal", text("1.10")),
        ("string", number("12")),
        ("suit", text("CLUB")),
        ("blob", text("aGVsbG8=")),
        ("time", text("1970-01-01T01:00:01+01:00")),
        ("httpDate", number("1.5")),
        (
            "document",
            Any::Map(vec![("a".to_owned(), Any::List(vec![Any::Null]))]),
        ),
        ("sparse", Any::List(vec![number("1"), Any::Null])),
        (
            "map",
            Any::Map(vec![
                ("b".to_owned(), text("1")),
                ("a".to_owned(), text("2")),
            ]),
        ),
        ("choice", Any::Map(vec![("number".to_owned(), number("1"))])),
        (
            "nested",
            Any::Structure(record(vec![("byte", number("1"))])),
        ),
    ]);
    let expected = concat!(
        r#"{"boolean":false,"byte":5,"long":123456789012345678901234567890,"double":1000.0,"bigDecimal":1.10,"#,
        r#""str\"ing":"12","suit":"CLUB","blob":"aGVsbG8=","time":1,"httpDate":"Thu, 01 Jan 1970 00:00:01 GMT","#,
        r#""document":{"a":[null]},"sparse":[1,null],"map":{"b":"1","a":"2"},"choice":{"number":1},"#,
        r#""nested":{"byte":1}}"#,
    );
    assert_eq!(body(&mut input), expected);
}

#[test]
fn records_of_the_wrong_kind_say_where() {
    let nested = Any::List(vec![text("fine"), Any::Map(vec![])]);
    let mut input = record(vec![(
        "nested",
        Any::Structure(record(vec![("list", nested)])),
    )]);
    let error = request(&mut input)
        .expect_err("a map is no string")
        .to_string();
    assert_eq!(error, "nested.list[1]: expected a string, found a map");
    let error = request(&mut record(vec![("byte", text("secret"))]))
        .expect_err("no number")
        .to_string();
    assert_eq!(error, "byte: expected an integer, found other text");
}

#[test]
fn records_hide_secrets() {
    let secrets = Any::List(vec![text("hidden1")]);
    let input = record(vec![
        ("secret", text("hidden2")),
        ("secrets", secrets),
        ("string", text("shown")),
    ]);
    let shown = format!("{input:?}");
    assert!(
        !shown.contains("hidden") && shown.contains("shown") && shown.contains("Redacted"),
        "{shown}"
    );
}
