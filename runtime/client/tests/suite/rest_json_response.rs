//! Responses and errors of restJson1.
use crate::kinds;

use crate::kinds::{
    BOUND, BlobBody, Bound, Choice, DocumentBody, KINDS, Kinds, Level, PartBody, Suit, TextBody,
    Upload, broken, header_map, operation, respond, respond_into, rest_json,
};
use aws_smithy_types::{DateTime, Document, Number};
use std::collections::HashMap;
use swage_client::protocol::read_error;
use swage_client::protocol::rest_json;
use swage_client::schema::{self, DefaultValue, Member, Schema, Trait};
use swage_client::{Any, Record, Shape, Unit};

const EVERY_KIND: &str = r#"{
        "boolean": true, "byte": 127, "long": -9223372036854775808, "float": "NaN", "double": 0.1,
        "bigInteger": 123456789012345678901234567890, "bigDecimal": 1.10,
        "str\u0022ing": "\u00e9\ud83d\ude00", "suit": "SPADE", "level": 4, "blob": "aGVsbG8=", "time": 1.5e0,
        "dateTime": "2019-12-16T23:48:18.5+01:00", "httpDate": "Mon, 16 Dec 2019 23:48:18 GMT",
        "document": {"a": [1, -1, 1.5, "s", null]}, "list": ["a"], "sparse": [1, null], "map": {"k": "v", "n": null},
        "sparseMap": {"CLUB": null}, "choice": {"__type": "t#X", "text": null, "number": 7},
        "nested": {"byte": 1}, "new": {"unknown": [[]]}
    }"#;

#[test]
fn every_kind_from_a_body() {
    let output: Kinds = respond(&[], EVERY_KIND).expect("it can be read");
    assert_eq!(output.boolean, Some(true));
    assert_eq!((output.byte, output.long), (Some(127), Some(i64::MIN)));
    assert!(output.float.is_some_and(f32::is_nan));
    assert_eq!(output.double, Some(0.1));
    assert_eq!(
        output.big_integer.as_ref().map(AsRef::as_ref),
        Some("123456789012345678901234567890")
    );
    assert_eq!(output.big_decimal.as_ref().map(AsRef::as_ref), Some("1.10"));
    assert_eq!(output.string.as_deref(), Some("é😀"));
    assert_eq!(output.suit, Some(Suit::Unknown("SPADE".to_owned())));
    assert_eq!(output.level, Some(Level::Unknown(4)));
    assert_eq!(
        output.blob.map(aws_smithy_types::Blob::into_inner),
        Some(b"hello".to_vec())
    );
    assert_eq!(
        output.time,
        Some(DateTime::from_secs_and_nanos(1, 500_000_000))
    );
    assert_eq!(
        output.date_time,
        Some(DateTime::from_secs_and_nanos(1_576_536_498, 500_000_000))
    );
    assert_eq!(output.http_date, Some(DateTime::from_secs(1_576_540_098)));
    let numbers = vec![
        Document::Number(Number::PosInt(1)),
        Document::Number(Number::NegInt(-1)),
        Document::Number(Number::Float(1.5)),
        Document::String("s".to_owned()),
        Document::Null,
    ];
    assert_eq!(
        output.document,
        Some(Document::Object(
            [("a".to_owned(), Document::Array(numbers))].into()
        ))
    );
    assert_eq!(output.sparse, Some(vec![Some(1), None]));
    assert_eq!(
        output.map,
        Some(HashMap::from([("k".to_owned(), "v".to_owned())]))
    );
    assert_eq!(output.sparse_map, Some(HashMap::from([(Suit::Club, None)])));
    assert_eq!(output.choice, Some(Choice::Number(7)));
    assert_eq!(output.nested.and_then(|nested| nested.byte), Some(1));
}

#[test]
fn nulls_are_absent_and_the_last_of_equal_keys_wins() {
    let output: Kinds = respond(
        &[],
        r#"{"byte": 1, "byte": 2, "list": ["a", null], "time": null}"#,
    )
    .expect("read");
    assert_eq!(
        (output.byte, output.list, output.time),
        (Some(2), Some(vec!["a".to_owned()]), None)
    );
    let output: Kinds = respond(&[], "").expect("an empty body is an empty object");
    assert!(output.byte.is_none());
}

#[test]
fn timestamps_are_read_in_every_format() {
    let output: Kinds = respond(
        &[],
        r#"{"time": "2019-12-16T23:48:18.5Z", "dateTime": 1576540098.5, "httpDate": "2019-12-17T00:48:18+01:00"}"#,
    )
    .expect("read");
    let time = DateTime::from_secs_and_nanos(1_576_540_098, 500_000_000);
    assert_eq!((output.time, output.date_time), (Some(time), Some(time)));
    assert_eq!(output.http_date, Some(DateTime::from_secs(1_576_540_098)));
}

#[test]
fn unions_keep_what_they_do_not_know() {
    let output: Kinds = respond(&[], r#"{"choice": {"later": {"a": 1}}}"#).expect("read");
    let Some(Choice::Unknown(member)) = output.choice else {
        panic!("not unknown")
    };
    assert_eq!(member.name, "later");
    assert_eq!(
        broken::<Kinds>(r#"{"choice": {}}"#),
        "choice: expected one member of the union, found 0 at line 1 column 13"
    );
    let two = broken::<Kinds>(r#"{"choice": {"text": "a", "number": 1}}"#);
    assert!(
        two.starts_with("choice: expected one member of the union, found 2"),
        "{two}"
    );
}

#[test]
fn broken_bodies_say_where_and_never_what() {
    let cases = [
        (
            "{\"nested\": {\n\"list\": [\"a\", 5]}}",
            "nested.list[1]: expected a string, found a number at line 2 column 16",
        ),
        (
            r#"{"list": {"secret": 1}}"#,
            "list: expected an array, found an object",
        ),
        (
            r#"{"nested": "secret"}"#,
            "nested: expected an object, found a string",
        ),
        (
            r#"{"map": {"k": ["secret"]}}"#,
            "map.k: expected a string, found an array",
        ),
        (
            r#"{"vault": {"secret": "1"}}"#,
            "vault.*: expected an integer, found a string",
        ),
        (
            r#"{"byte": 128}"#,
            "byte: the number is too large for a byte",
        ),
        (
            r#"{"byte": 1.5}"#,
            "byte: expected an integer of at most 64 bits, found another number",
        ),
        (
            r#"{"byte": "1"}"#,
            "byte: expected an integer, found a string",
        ),
        (
            r#"{"long": 9223372036854775808}"#,
            "long: expected an integer of at most 64 bits",
        ),
        (
            r#"{"double": "secret"}"#,
            "double: expected a number, found a string",
        ),
        (
            r#"{"boolean": 1}"#,
            "boolean: expected a boolean, found a number",
        ),
        (r#"{"blob": "*"}"#, "blob: the string is not Base64"),
        (
            r#"{"time": "secret"}"#,
            "time: the timestamp is not seconds since 1970",
        ),
        (
            r#"{"dateTime": "16 Dec 2019"}"#,
            "dateTime: the timestamp is not an RFC 3339 date and time",
        ),
        (r#"{"suit": "\ud800"}"#, "suit: "),
        (r#"{"list": ["a""#, "list[1]: EOF while parsing a list"),
        (
            r#"{"byte": 1} x"#,
            "trailing characters at line 1 column 13",
        ),
        (r#"{"byte": 1"#, "EOF while parsing an object"),
        ("[]", "expected an object, found an array"),
        ("<html>", "expected value at line 1 column 1"),
    ];
    for (body, expected) in cases {
        let error = broken::<Kinds>(body);
        assert!(error.starts_with(expected), "{body}: {error}");
        assert!(!error.contains("secret"), "{body}: {error}");
    }
}

#[test]
fn a_body_cut_anywhere_is_an_error_and_a_changed_one_no_panic() {
    for end in 1..EVERY_KIND.len() {
        let cut = EVERY_KIND.get(..end).expect("ASCII");
        assert!(respond::<Kinds>(&[], cut).is_err(), "{cut}");
        assert!(
            respond_into(&mut Record::new(&KINDS), &[], cut).is_err(),
            "{cut}"
        );
    }
    let operation = operation("GET", "/", &KINDS);
    for index in 0..EVERY_KIND.len() {
        for byte in [b'"', b'\\', b'{', b']', b'9', b'-', 0xFF, 0] {
            let mut bytes = EVERY_KIND.as_bytes().to_vec();
            bytes[index] = byte;
            for output in [
                &mut Kinds::default() as &mut dyn Shape,
                &mut Record::new(&KINDS),
            ] {
                let body = swage_client::protocol::Body::from(bytes.clone());
                let status = http::StatusCode::OK;
                let _ = rest_json().response(&operation, status, &header_map(&[]), body, output);
            }
        }
    }
}

#[test]
fn what_is_read_is_written_alike() {
    let body = concat!(
        r#"{"byte":1,"blob":"aGk=","time":1.5,"sparse":[1,null],"#,
        r#""choice":{"later":[1]},"nested":{"list":["a"]}}"#
    );
    let mut typed: Kinds = respond(&[], body).expect("read");
    assert_eq!(kinds::body(&mut typed), body);
    assert_eq!(kinds::body(&mut dynamic(&[], body, &KINDS)), body);
}

#[test]
fn deep_nesting_is_an_error() {
    let deep = "{\"nested\":".repeat(10_000);
    assert!(broken::<Kinds>(&deep).contains("recursion limit exceeded"));
    for (start, end) in [("[", "]"), ("{\"a\":", "}")] {
        let unknown = format!(
            "{{\"new\": {}1{}}}",
            start.repeat(10_000),
            end.repeat(10_000)
        );
        assert!(
            respond::<Kinds>(&[], &unknown).is_ok(),
            "what is skipped may be deep"
        );
        let document = format!(
            "{{\"document\": {}1{}}}",
            start.repeat(10_000),
            end.repeat(10_000)
        );
        assert!(broken::<Kinds>(&document).contains("recursion limit exceeded"));
        let error = respond_into(&mut Record::new(&KINDS), &[], &document)
            .expect_err("too deep")
            .to_string();
        assert!(error.contains("recursion limit exceeded"), "{error}");
        let scalar = format!(
            "{{\"suit\": {}1{}}}",
            start.repeat(10_000),
            end.repeat(10_000)
        );
        let error = respond_into(&mut Record::new(&KINDS), &[], &scalar)
            .expect_err("too deep")
            .to_string();
        assert!(error.contains("recursion limit exceeded"), "{error}");
    }
}

#[test]
fn bytes_that_are_not_utf8_are_an_error() {
    let operation = operation("GET", "/", &KINDS);
    let body =
        swage_client::protocol::Body::Bytes(bytes::Bytes::from_static(b"{\"list\": [\"\xff\"]}"));
    let mut output = Kinds::default();
    let result = rest_json().response(
        &operation,
        http::StatusCode::OK,
        &header_map(&[]),
        body,
        &mut output,
    );
    let error = result.expect_err("not UTF-8").to_string();
    assert!(error.starts_with("list[0]: "), "{error}");
}

#[test]
fn headers_and_status() {
    let output: Bound = respond(
        &[
            ("x-tags", r#"a, "b,c" , "\"d\\\"""#),
            ("X-Tags", "e"),
            (
                "x-times",
                "Thu, 01 Jan 1970 00:00:00 GMT, Thu, 01 Jan 1970 00:00:01 GMT",
            ),
            ("x-media", "e30="),
            ("x-meta-One", "1"),
            ("x-ratio", ""),
        ],
        "",
    )
    .expect("read");
    assert_eq!(
        output.tags,
        Some(["a", "b,c", "\"d\\\"", "e"].map(str::to_owned).to_vec())
    );
    assert_eq!(
        output.times,
        Some(vec![DateTime::from_secs(0), DateTime::from_secs(1)])
    );
    assert_eq!(output.media.as_deref(), Some("{}"));
    assert_eq!(
        output.meta,
        Some(HashMap::from([("one".to_owned(), "1".to_owned())]))
    );
    assert_eq!((output.ratio, output.status), (None, Some(201)));
    for (name, value, expected) in [
        ("x-tags", "\"open", "tags: unterminated quoted string"),
        ("x-ratio", "much", "ratio: expected a number"),
        ("x-media", "*", "media: expected text in Base64"),
    ] {
        let error = respond::<Bound>(&[(name, value)], "")
            .expect_err("broken")
            .to_string();
        assert_eq!(error, expected);
    }
}

#[test]
fn payloads() {
    assert_eq!(
        respond::<TextBody>(&[], "HEART").expect("read").data,
        Some(Suit::Heart)
    );
    assert_eq!(respond::<TextBody>(&[], "").expect("read").data, None);
    let blob = respond::<BlobBody>(&[("content-type", "image/png")], "\0").expect("read");
    assert_eq!(
        blob.data.map(aws_smithy_types::Blob::into_inner),
        Some(vec![0])
    );
    assert_eq!(blob.content_type.as_deref(), Some("image/png"));
    let part = respond::<PartBody>(&[], r#"{"Id": "x"}"#)
        .expect("read")
        .data
        .expect("there");
    assert_eq!(part.id.as_deref(), Some("x"));
    assert!(
        broken::<PartBody>("[]").starts_with("data: expected an object, found an array at line 1")
    );
    assert_eq!(
        respond::<DocumentBody>(&[], "true").expect("read").data,
        Some(Document::Bool(true))
    );
    let upload = respond::<Upload>(&[], "bytes")
        .expect("read")
        .data
        .expect("there");
    assert_eq!(upload.bytes(), Some(&b"bytes"[..]));
}

#[test]
fn a_streaming_body_is_handed_on_unread() {
    use aws_smithy_types::byte_stream::ByteStream;
    use swage_client::protocol::{Body, streams_output};
    let operation = operation("GET", "/", &kinds::UPLOAD);
    assert!(streams_output(&operation));
    assert!(!streams_output(&kinds::operation(
        "GET",
        "/",
        &kinds::BLOB_BODY
    )));
    let respond = |output: &mut dyn Shape| {
        let body = Body::Stream(ByteStream::from_static(b"later"));
        let headers = header_map(&[]);
        rest_json().response(&operation, http::StatusCode::OK, &headers, body, output)
    };
    let mut output = Upload::default();
    respond(&mut output).expect("read");
    assert_eq!(output.data.expect("there").bytes(), Some(&b"later"[..]));
    let mut record = Record::new(&kinds::UPLOAD);
    respond(&mut record).expect("read");
    let Some(Any::Stream(stream)) = record.take(0) else {
        panic!("not a stream")
    };
    assert_eq!(stream.bytes(), Some(&b"later"[..]));
}

fn dynamic(headers: &[(&str, &str)], body: &str, schema: &'static Schema) -> Record {
    let mut record = Record::new(schema);
    respond_into(&mut record, headers, body).expect("it can be read");
    record
}

#[test]
fn records_keep_what_came() {
    let record = dynamic(
        &[],
        r#"{"map": {"b": 1, "a": null, "b": "2"}, "suit": true, "long": "12", "byte": 1.9e3, "double": 5,
            "bigInteger": 123456789012345678901234567890, "time": 1.50, "blob": "aGk=", "list": [null, {"k": [1]}],
            "document": {"z": 1.0, "a": []}, "choice": {"later": 1}, "boolean": null, "new": 1}"#,
        &KINDS,
    );
    let expected = concat!(
        r#"Kinds { long: Number("12"), double: Number("5.0"), bigInteger: Number("123456789012345678901234567890"), "#,
        r#"suit: Boolean(true), blob: String("aGk="), time: Number("1.50"), "#,
        r#"document: Map([("z", Number("1.0")), ("a", List([]))]), list: [Null, Map([("k", List([Number("1")]))])], "#,
        r#"map: {"b": String("2"), "a": Null}, "#,
        r#"choice: Structure(Choice { later: *** Sensitive Data Redacted *** }) }"#,
    );
    let shown = format!("{record:?}").replace(r#"byte: Number("1900"), "#, "");
    assert_eq!(shown, expected);
    let error = respond_into(&mut Record::new(&KINDS), &[], r#"{"long": "abc"}"#)
        .expect_err("no number")
        .to_string();
    assert!(
        error.starts_with("long: expected a number, found other text"),
        "{error}"
    );
    for wrong in [
        r#"{"list": {}}"#,
        r#"{"long": []}"#,
        r#"{"byte": "1.5"}"#,
        r#"{"double": {}}"#,
    ] {
        assert!(
            respond_into(&mut Record::new(&KINDS), &[], wrong).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn records_from_headers() {
    let record = dynamic(
        &[("x-tags", "a, b"), ("x-ratio", "1.5"), ("x-meta-a", "1")],
        "",
        &BOUND,
    );
    let shown = format!("{record:?}");
    assert_eq!(
        shown,
        r#"Bound { tags: [String("a"), String("b")], meta: {"a": String("1")}, ratio: Number("1.5"), status: Number("201") }"#
    );
}

static DEFAULTS: Schema = Schema::structure(
    "t#Defaults",
    &[
        Member::new("text", &schema::STRING).with(&[Trait::Default(DefaultValue::String("hi"))]),
        Member::new("count", &schema::INTEGER).with(&[Trait::Default(DefaultValue::Number("3"))]),
        Member::new("other", &schema::INTEGER),
    ],
);

#[test]
fn records_have_defaults_for_what_does_not_come() {
    let record = dynamic(&[], r#"{"count": 4}"#, &DEFAULTS);
    assert_eq!(
        format!("{record:?}"),
        r#"Defaults { text: String("hi"), count: Number("4") }"#
    );
}

#[test]
fn a_body_that_no_member_is_in_is_not_read() {
    for body in ["", r#"{"new": 1}"#, "null", "True", "<html>Welcome</html>"] {
        respond_into(&mut Unit, &[], body).expect("a success");
        let record = dynamic(&[("x-a", "1")], body, &ALL_HEADERS);
        assert_eq!(
            format!("{record:?}"),
            r#"AllHeaders { all: {"x-a": String("1")} }"#
        );
    }
}

#[test]
fn a_byte_order_mark_before_json_is_skipped() {
    let read: Kinds = respond(&[], "\u{feff}{\"byte\": 1}").expect("it can be read");
    assert_eq!(read.byte, Some(1));
    let part = respond::<PartBody>(&[], "\u{feff}{\"Id\": \"x\"}").expect("it can be read");
    assert_eq!(part.data.and_then(|part| part.id).as_deref(), Some("x"));
    let body = "\u{feff}{\"code\": \"NotFound\", \"message\": \"m\", \"resource\": \"r\"}";
    let error = error(404, &[], body);
    assert_eq!(
        (error.code.as_deref(), error.message.as_deref()),
        (Some("NotFound"), Some("m"))
    );
    let mut record = Record::new(&NOT_FOUND);
    read_error(rest_json::REST_JSON_1, &error, &mut record).expect("it can be read");
    assert!(matches!(record.get(1), Some(Any::String(resource)) if resource == "r"));
    // A byte order mark alone or in the middle isn't valid JSON.
    assert!(respond::<Kinds>(&[], "\u{feff}").is_err());
    assert!(respond::<Kinds>(&[], "{\u{feff}}").is_err());
}

#[test]
fn a_time_in_a_header_that_cannot_be_read_is_unset() {
    for text in ["0", "-1", "", "today, tomorrow", "1970-01-01T00:00:00Z"] {
        let read = respond::<Bound>(&[("x-times", text), ("x-ratio", "1")], "");
        let read = read.expect("a success");
        assert_eq!(
            (read.times.unwrap_or_default(), read.ratio),
            (vec![], Some(1.0)),
            "{text}"
        );
    }
}

static ALL_HEADERS: Schema = Schema::structure(
    "t#AllHeaders",
    &[Member::new("all", &TEXTS).prefix_headers(&"")],
);
static TEXTS: Schema = Schema::map(
    "t#Texts",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);

#[test]
fn a_map_of_all_headers_is_without_those_of_http_itself() {
    let headers = [("x-a", "1"), ("content-length", "0"), ("date", "today")];
    let record = dynamic(&headers, "", &ALL_HEADERS);
    assert_eq!(
        format!("{record:?}"),
        r#"AllHeaders { all: {"x-a": String("1")} }"#
    );
}

static NOT_FOUND: Schema = Schema::structure(
    "t#NotFound",
    &[
        Member::new("message", &schema::STRING),
        Member::new("resource", &schema::STRING),
        Member::new("retry", &schema::STRING).header(&"x-retry"),
    ],
)
.with(&[Trait::ClientError(true), Trait::HttpError(404)]);
static ERRORS: [&Schema; 1] = [&NOT_FOUND];

fn error(status: u16, headers: &[(&str, &str)], body: &str) -> swage_client::error::ServiceError {
    let mut operation = operation("GET", "/", &KINDS);
    operation.errors = &ERRORS;
    let status = http::StatusCode::from_u16(status).expect("a status");
    rest_json().error(
        &operation,
        status,
        &header_map(headers),
        bytes::Bytes::copy_from_slice(body.as_bytes()),
    )
}

#[test]
fn errors_are_recognised_in_every_form() {
    let uri = ":http://internal.amazon.com/coral/";
    for code in [
        "NotFound".to_owned(),
        format!("NotFound{uri}"),
        "a.b#NotFound".to_owned(),
        format!("a.b#NotFound{uri}"),
    ] {
        let bodies = [
            error(404, &[("X-Amzn-Errortype", &code)], "{}"),
            error(404, &[], &format!(r#"{{"code": "{code}"}}"#)),
            error(404, &[], &format!(r#"{{"__type": "{code}"}}"#)),
            error(404, &[("x-amzn-errortype", &code)], r#"{"code": "Other"}"#),
        ];
        for error in bodies {
            assert_eq!(error.code.as_deref(), Some("NotFound"), "{code}");
            assert_eq!(error.schema.map(Schema::id), Some("t#NotFound"), "{code}");
        }
    }
}

#[test]
fn errors_keep_message_request_id_and_members() {
    let headers = [
        ("x-amzn-requestid", "id-1"),
        ("x-amzn-errortype", "NotFound"),
        ("x-retry", "soon"),
    ];
    let error_ = error(404, &headers, r#"{"message": "gone", "resource": "r"}"#);
    assert_eq!(error_.message.as_deref(), Some("gone"));
    assert_eq!(error_.request_id.as_deref(), Some("id-1"));
    let mut record = Record::new(&NOT_FOUND);
    read_error(rest_json::REST_JSON_1, &error_, &mut record).expect("read");
    assert!(matches!(record.get(1), Some(Any::String(resource)) if resource == "r"));
    assert!(matches!(record.get(2), Some(Any::String(retry)) if retry == "soon"));
    assert!(record.member(3).is_none());
    for (field, id) in [
        ("Message", "x-amz-request-id"),
        ("errorMessage", "x-amz-id-2"),
    ] {
        let error = error(400, &[(id, "id-2")], &format!(r#"{{"{field}": "oops"}}"#));
        assert_eq!(
            (error.message.as_deref(), error.request_id.as_deref()),
            (Some("oops"), Some("id-2"))
        );
        assert!(error.code.is_none() && error.schema.is_none());
    }
}

#[test]
fn errors_that_are_not_json_show_their_start() {
    let page = format!("\n<html>{}</html>", "é".repeat(5000));
    let error_ = error(502, &[], &page);
    assert!(
        error_
            .message
            .as_deref()
            .is_some_and(|text| text.starts_with("<html>é") && text.chars().count() == 500)
    );
    assert_eq!(error(403, &[], "").message, None);
    assert_eq!(error(403, &[], "[1]").message.as_deref(), Some("[1]"));
}
