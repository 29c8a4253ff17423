//! rpcv2Cbor.

use crate::cbor::{
    MARK, body, broken, bytes, dynamic, every_kind, protocol, read, request, respond,
};
use crate::kinds::{
    BOUND, Bound, Choice, KINDS, Kinds, Level, SERVICE, Suit, header_map, operation,
};
use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;
use swage_client::error::ServiceError;
use swage_client::protocol::Body;
use swage_client::protocol::read_error;
use swage_client::protocol::rpc_v2;
use swage_client::schema::{self, Member, Schema, UNIT};
use swage_client::shape::UnknownMember;
use swage_client::{Any, Record};

#[test]
fn the_path_names_the_operation() {
    let request_ = request(&mut Kinds::default());
    assert_eq!(request_.method, "POST");
    assert_eq!(request_.path_and_query, "/service/Service/operation/Do");
    assert_eq!(request_.headers["smithy-protocol"], "rpc-v2-cbor");
    assert_eq!(request_.headers["accept"], "application/cbor");
    assert_eq!(request_.headers["content-type"], "application/cbor");
    assert_eq!(request_.headers.len(), 3);
    assert_eq!(body(&mut Kinds::default()), bytes("a0"));
    let unit = request(&mut Record::new(&UNIT));
    assert!(unit.headers.get("content-type").is_none());
    assert!(unit.body.is_empty());
}

#[test]
fn every_kind_there_and_back() {
    let mut input = every_kind();
    let written = body(&mut input);
    let mut output = Kinds::default();
    read(&written, &mut output).expect("read");
    assert_eq!(format!("{output:?}"), format!("{input:?}"));
    let mut record = Record::new(&KINDS);
    read(&written, &mut record).expect("read");
    assert_eq!(body(&mut record), written);
}

#[test]
fn scalars_are_written_in_these_forms() {
    let mut input = Kinds {
        boolean: Some(false),
        byte: Some(-1),
        long: Some(65536),
        float: Some(0.1),
        double: Some(1.0),
        string: Some("\"".to_owned()),
        blob: Some(Blob::new([1, 2])),
        date_time: Some(DateTime::from_secs(1)),
        misplaced: Some("m".to_owned()),
        ..Kinds::default()
    };
    let expected = "a9 67'boolean' f4  64'byte' 20  64'long' 1a00010000  65'float' fa3dcccccd
        66'double' fb3ff0000000000000  66'string' 61'\"'  64'blob' 420102
        68'dateTime' c1fb3ff0000000000000  69'misplaced' 61'm'";
    assert_eq!(body(&mut input), bytes(expected));
}

#[test]
fn big_numbers_have_tags() {
    let cases = [
        ("0", "00"),
        ("18446744073709551615", "1bffffffffffffffff"),
        ("18446744073709551616", "c249010000000000000000"),
        ("-18446744073709551616", "3bffffffffffffffff"),
        ("-18446744073709551617", "c349010000000000000000"),
        (
            "340282366920938463463374607431768211456",
            "c251 0100000000 0000000000 0000000000 0000",
        ),
        ("00012345678901234567890123", "c24a 029d42b64e76714244cb"),
    ];
    for (digits, expected) in cases {
        let mut input = Kinds {
            big_integer: digits.parse().ok(),
            ..Kinds::default()
        };
        let expected = bytes(&format!("a1 6a'bigInteger' {expected}"));
        assert_eq!(body(&mut input), expected, "{digits}");
        let mut output = Kinds::default();
        read(&expected, &mut output).expect("read");
        let read_ = output.big_integer.expect("read");
        assert_eq!(read_.as_ref(), digits.trim_start_matches("000"));
    }
    let cases = [
        ("273.15", "c4 82 21 196ab3"),
        ("-1.50", "c4 82 21 3895"),
        ("0.001", "c4 82 22 01"),
        ("5", "c4 82 00 05"),
        ("1e300", "c4 82 19012c 01"),
        ("-12e-1001", "c4 82 3903e8 2b"),
    ];
    for (digits, expected) in cases {
        let mut input = Kinds {
            big_decimal: digits.parse().ok(),
            ..Kinds::default()
        };
        let expected = bytes(&format!("a1 6a'bigDecimal' {expected}"));
        assert_eq!(body(&mut input), expected, "{digits}");
        let mut output = Kinds::default();
        read(&expected, &mut output).expect("read");
        assert_eq!(output.big_decimal.expect("read").as_ref(), digits);
    }
}

#[test]
fn numbers_come_in_any_width() {
    let output = respond(
        "a8 64'byte' 1800  64'long' 1b0000000000000001  65'float' f97c00  66'double' f90050
         65'level' fb3ff0000000000000  6a'bigInteger' 05  6a'bigDecimal' f93e00  64'time' c1 3903e7",
    )
    .expect("read");
    assert_eq!((output.byte, output.long), (Some(0), Some(1)));
    assert_eq!(output.float, Some(f32::INFINITY));
    assert_eq!(output.double, Some(0.000_004_768_371_582_031_25));
    assert_eq!(output.level, Some(Level::Low));
    assert_eq!(output.big_integer.as_ref().map(AsRef::as_ref), Some("5"));
    assert_eq!(output.big_decimal.as_ref().map(AsRef::as_ref), Some("1.5"));
    assert_eq!(output.time, Some(DateTime::from_secs(-1000)));
    for (float, expected) in [
        ("f97e00", f64::NAN),
        ("f97c01", f64::NAN),
        ("f9fc00", f64::NEG_INFINITY),
        ("f98000", -0.0),
        ("f97bff", 65504.0),
        ("f90001", 5.960_464_477_539_063e-8),
        ("f90400", 0.000_061_035_156_25),
        ("fa7f7fffff", 3.402_823_466_385_288_6e38),
        ("1bffffffffffffffff", 18_446_744_073_709_551_615.0),
        ("3903e7", -1000.0),
    ] {
        let output = respond(&format!("a1 66'double' {float}")).expect("read");
        let found = output.double.expect("read");
        let is_same = found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan();
        assert!(is_same, "{float}: {found}");
    }
    for time in ["c1 1a386ff370", "c1 fb41cc37f9b8000000"] {
        let output = respond(&format!("a1 64'time' {time}")).expect("read");
        assert_eq!(
            output.time,
            Some(DateTime::from_secs(946_860_912)),
            "{time}"
        );
    }
    let output = respond("a1 64'time' c1 f93e00").expect("read");
    assert_eq!(output.time, Some(DateTime::from_millis(1500)));
}

#[test]
fn lengths_may_be_indefinite() {
    let output = respond(
        "bf 7f 63'str' 63'ing' ff 7f 61'a' 60 62'bc' ff  64'blob' 5f 4101 40 420203 ff
         64'list' 9f 61'x' 7f ff ff  63'map' bf 61'k' 61'v' ff  69'sparseMap' bf 64'CLUB' f6 ff ff",
    )
    .expect("read");
    assert_eq!(output.string.as_deref(), Some("abc"));
    assert_eq!(output.blob.map(Blob::into_inner), Some(vec![1, 2, 3]));
    assert_eq!(output.list, Some(vec!["x".to_owned(), String::new()]));
    let map = HashMap::from([("k".to_owned(), "v".to_owned())]);
    assert_eq!(output.map, Some(map));
    assert_eq!(output.sparse_map, Some(HashMap::from([(Suit::Club, None)])));
}

#[test]
fn nulls_are_absent_and_the_last_of_equal_keys_wins() {
    let output = respond(
        "a6 64'byte' 01 64'byte' 02  64'list' 82 61'a' f6  66'sparse' 82 f7 01  64'time' f6  64'long' f7",
    )
    .expect("read");
    assert_eq!((output.byte, output.long), (Some(2), None));
    assert_eq!(output.list, Some(vec!["a".to_owned()]));
    assert_eq!(output.sparse, Some(vec![None, Some(1)]));
    assert_eq!(output.time, None);
    assert!(
        respond("")
            .expect("no document is no member")
            .byte
            .is_none()
    );
    read(&bytes("a1 61'a' 01"), &mut Record::new(&UNIT)).expect("read");
}

#[test]
fn unknown_members_are_skipped() {
    let output = respond(
        "a9 61'a' bf 61'b' 9f 01 20 ff 01 f4 ff  61'c' 82 5f 41ff ff 7f ff  61'd' d9d9f7 c2 41ff
         61'e' f5 61'f' f97e00 61'g' fa00000000 61'h' fb0000000000000000 61'i' f8ff  64'byte' 05",
    )
    .expect("read");
    assert_eq!(output.byte, Some(5));
    for body in [
        "a1 61'a' ff",
        "a1 61'a' fc",
        "a1 61'a' 1c",
        "a1 61'a' 9c",
        "a1 61'a' 5f 5f ff ff",
    ] {
        assert!(respond(body).is_err(), "{body}");
    }
}

#[test]
fn unions() {
    let output = respond("a1 66'choice' a3 66'__type' 61'x' 64'text' f6 66'number' 07");
    assert_eq!(output.expect("read").choice, Some(Choice::Number(7)));
    let later = "a1 66'choice' a1 65'later' a1 61'a' 82 f5 4101";
    let mut output = respond(later).expect("read");
    let Some(Choice::Unknown(UnknownMember { name, value })) = &output.choice else {
        panic!("not unknown")
    };
    let blob = Document::String("AQ==".to_owned());
    let list = Document::Array(vec![Document::Bool(true), blob]);
    assert_eq!(name, "later");
    assert_eq!(*value, Document::Object([("a".to_owned(), list)].into()));
    let again = bytes("a1 66'choice' a1 65'later' a1 61'a' 82 f5 64'AQ=='");
    assert_eq!(body(&mut output), again);
    let none = broken("a1 66'choice' a0");
    assert_eq!(
        none,
        "choice: expected one member of the union, found 0 at byte 9"
    );
    let two = broken("a1 66'choice' a2 64'text' 60 66'number' 01");
    assert!(two.starts_with("choice: expected one member of the union, found 2"));
}

#[test]
fn records_keep_what_came() {
    let record = dynamic(
        "ad 64'suit' 05  64'long' 62'12'  64'byte' f93e00  66'double' 05  6a'bigInteger' c249010000000000000000
         6a'bigDecimal' c4822202  64'time' c1 fb3ff8000000000000  64'blob' 42'hi'  64'list' 82 f6 a1 61'k' 81 01
         68'document' a2 61'z' fa3f800000 61'a' d9d9f780  66'choice' a1 65'later' 01  67'boolean' f6
         63'map' a3 61'b' 01 61'a' f6 61'b' 61'2'",
    );
    let expected = concat!(
        r#"Kinds { byte: Number("1"), long: Number("12"), double: Number("5.0"), "#,
        r#"bigInteger: Number("18446744073709551616"), bigDecimal: Number("0.002"), suit: Number("5"), "#,
        r#"blob: Blob([104, 105]), time: Number("1.5"), document: Map([("z", Number("1.0")), ("a", List([]))]), "#,
        r#"list: [Null, Map([("k", List([Number("1")]))])], map: {"b": String("2"), "a": Null}, "#,
        r#"choice: Structure(Choice { later: *** Sensitive Data Redacted *** }) }"#,
    );
    assert_eq!(format!("{record:?}"), expected);
    let error =
        read(&bytes("a1 64'long' 63'abc'"), &mut Record::new(&KINDS)).expect_err("no number");
    assert!(
        error
            .to_string()
            .starts_with("long: expected a number, found other text")
    );
    assert!(read(&bytes("a1 64'list' a0"), &mut Record::new(&KINDS)).is_err());
}

#[test]
fn records_write_by_the_kind_that_the_schema_wants() {
    let text = |text: &str| Any::String(text.to_owned());
    let number = |text: &str| Any::Number(text.to_owned());
    let mut input = Record::new(&KINDS);
    for (name, value) in [
        ("byte", text("5")),
        ("long", number("123456789012345678901")),
        ("float", number("1.5")),
        ("double", number("1e3")),
        ("bigDecimal", text("1.10")),
        ("blob", text("aGk=")),
        ("time", text("1970-01-01T01:00:01+01:00")),
        ("sparse", Any::List(vec![number("1.5"), Any::Null])),
    ] {
        let (index, _) = KINDS.member(name).expect("a member");
        assert!(input.set(index, value));
    }
    let expected = "a8 64'byte' 05  64'long' c249 06b14e9f812f366c35  65'float' fa3fc00000
        66'double' fb408f400000000000  6a'bigDecimal' c482 21 186e  64'blob' 42'hi'
        64'time' c1fb3ff0000000000000  66'sparse' 82 fb3ff8000000000000 f6";
    assert_eq!(body(&mut input), bytes(expected));
    for nonsense in ["", "-", "secret", "1.2.3"] {
        let mut input = Record::new(&KINDS);
        assert!(input.set(5, text(nonsense)));
        let operation = operation("POST", "/", &KINDS);
        let error = protocol().request(&operation, &mut input);
        let error = error.expect_err("no number").to_string();
        assert!(error.starts_with("bigInteger: expected"), "{error}");
    }
}

#[test]
fn bindings_do_not_count() {
    let mut input = Bound {
        tags: Some(vec!["t".to_owned()]),
        account: Some("acct".to_owned()),
        ..Bound::default()
    };
    let mut operation = operation("PUT", "/ignored", &BOUND);
    operation.host_prefix = "{account}.";
    let request = protocol().request(&operation, &mut input);
    let request = request.expect("it can be encoded");
    assert_eq!(request.host_prefix, "acct.");
    assert!(request.headers.get("x-tags").is_none());
    assert_eq!(
        body(&mut input),
        bytes("a2 64'tags' 81 61't' 67'account' 64'acct'")
    );
}

static GONE: Schema = Schema::structure(
    "t#Gone",
    &[
        Member::new("message", &schema::STRING),
        Member::new("code", &schema::INTEGER),
    ],
);
static ERRORS: [&Schema; 1] = [&GONE];

fn error(headers: &[(&str, &str)], body: &str) -> ServiceError {
    let mut operation = operation("POST", "/", &KINDS);
    operation.service = &SERVICE;
    operation.errors = &ERRORS;
    let status = http::StatusCode::BAD_REQUEST;
    protocol().error(&operation, status, &header_map(headers), bytes(body).into())
}

#[test]
fn errors() {
    let headers = [
        MARK,
        ("x-amzn-requestid", "id-1"),
        ("x-amzn-errortype", "Other"),
    ];
    let gone = error(
        &headers,
        "bf 66'__type' 66't#Gone' 67'message' 61'm' 64'code' 05 ff",
    );
    assert_eq!(gone.code.as_deref(), Some("Gone"));
    assert_eq!(gone.message.as_deref(), Some("m"));
    assert_eq!(gone.request_id.as_deref(), Some("id-1"));
    assert_eq!(gone.schema.map(Schema::id), Some("t#Gone"));
    let mut record = Record::new(&GONE);
    read_error(rpc_v2::RPC_V2_CBOR, &gone, &mut record).expect("read");
    assert!(matches!(record.get(1), Some(Any::Number(code)) if code == "5"));

    let other = error(&[MARK], "a2 66'__type' 69'a.b#Other' 67'Message' 61'm'");
    assert_eq!(
        (other.code.as_deref(), other.schema.is_none()),
        (Some("Other"), true)
    );
    assert_eq!(other.message.as_deref(), Some("m"));
    for (headers, body) in [
        (
            vec![("smithy-protocol", "rpc-v2-json")],
            "a1 66'__type' 66't#Gone'",
        ),
        (vec![MARK], "a1 66'__type'"),
        (vec![MARK], "a1 64'code' 66't#Gone'"),
        (vec![MARK], "3c68746d6c3e"),
        (vec![MARK], ""),
    ] {
        let unknown = error(&headers, body);
        assert!(unknown.code.is_none() && unknown.schema.is_none(), "{body}");
        assert_eq!(unknown.status, 400);
    }
}

#[test]
fn responses_of_another_protocol_are_errors() {
    let operation = operation("POST", "/", &KINDS);
    let answer = |headers: &[(&str, &str)]| {
        let (headers, status) = (header_map(headers), http::StatusCode::OK);
        let body = Body::from(bytes("a0"));
        protocol().response(&operation, status, &headers, body, &mut Kinds::default())
    };
    assert_eq!(
        answer(&[("smithy-protocol", "rpc-v2-json")])
            .expect_err("another protocol")
            .to_string(),
        "the response's header smithy-protocol isn't rpc-v2-cbor"
    );
    answer(&[]).expect("one that doesn't say it");
    let headers = header_map(&[MARK, ("content-type", "text/html")]);
    let body = Body::from(b"<html>".to_vec());
    let status = http::StatusCode::OK;
    let error = protocol()
        .response(&operation, status, &headers, body, &mut Kinds::default())
        .expect_err("a page");
    assert_eq!(
        error.to_string(),
        "expected a map, found an integer at byte 0 (the content type is text/html)"
    );
}
