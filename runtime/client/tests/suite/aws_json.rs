//! The AWS JSON protocols and rpcv2Json: their differences from restJson1, whose tests cover JSON itself.

use crate::kinds::{BOUND, Bound, Choice, KINDS, Kinds, SERVICE, header_map, operation};
use aws_smithy_types::{DateTime, Document};
use swage_client::error::{DecodeError, ErrorMeta, ServiceError};
use swage_client::operation::{Operation, Protocol, Service, ServiceTrait};
use swage_client::protocol::read_error;
use swage_client::protocol::{Body, Request};
use swage_client::protocol::{aws_json, rpc_v2};
use swage_client::schema::{self, Member, Schema, Trait, UNIT};
use swage_client::{Any, Record, Shape};

const JSON_PROTOCOLS: [Protocol; 3] = [
    aws_json::AWS_JSON_1_0,
    aws_json::AWS_JSON_1_1,
    rpc_v2::RPC_V2_JSON,
];

/// The headers that identify a response of the protocol.
fn mark(protocol: Protocol) -> Vec<(&'static str, &'static str)> {
    if protocol.id() == rpc_v2::RPC_V2_JSON.id() {
        vec![("smithy-protocol", "rpc-v2-json")]
    } else {
        vec![]
    }
}

fn request(protocol: Protocol, input: &mut dyn Shape) -> Request {
    let operation = operation("PUT", "/ignored/{label}", input.schema());
    let request = protocol.request(&operation, input);
    request.expect("it can be encoded")
}

fn body(request: Request) -> String {
    let Body::Bytes(bytes) = request.body else {
        panic!("a stream")
    };
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn respond(protocol: Protocol, body: &str, output: &mut dyn Shape) -> Result<(), DecodeError> {
    let operation = operation("POST", "/", output.schema());
    let body = Body::from(body.as_bytes().to_vec());
    let headers = header_map(&mark(protocol));
    protocol.response(&operation, http::StatusCode::OK, &headers, body, output)
}

static QUERY_COMPATIBLE: Service = Service {
    id: "t#Queue",
    sdk_id: "Queue",
    version: "1",
    protocol: aws_json::AWS_JSON_1_0,
    auth: &[],
    endpoint_rules: "",
    endpoint_prefix: "queue",
    xml_namespace: None,
    traits: &[ServiceTrait::AwsQueryCompatible],
};

static GONE: Schema = Schema::structure(
    "t#Gone",
    &[
        Member::new("message", &schema::STRING),
        Member::new("code", &schema::INTEGER),
        Member::new("retry", &schema::STRING).header(&"x-retry"),
    ],
)
.with(&[Trait::QueryError("Queue.Gone", 410)]);
static ERRORS: [&Schema; 1] = [&GONE];

fn with_errors(service: &'static Service) -> Operation {
    let mut operation = operation("POST", "/", &KINDS);
    operation.service = service;
    operation.errors = &ERRORS;
    operation
}

fn error(
    protocol: Protocol,
    service: &'static Service,
    headers: &[(&str, &str)],
    body: &str,
) -> ServiceError {
    let body = bytes::Bytes::copy_from_slice(body.as_bytes());
    let status = http::StatusCode::BAD_REQUEST;
    protocol.error(&with_errors(service), status, &header_map(headers), body)
}

#[test]
fn the_target_names_the_operation() {
    for (protocol, media_type) in [
        (aws_json::AWS_JSON_1_0, "application/x-amz-json-1.0"),
        (aws_json::AWS_JSON_1_1, "application/x-amz-json-1.1"),
    ] {
        let request = request(protocol, &mut Kinds::default());
        assert_eq!(request.method, "POST");
        assert_eq!(request.path_and_query, "/");
        assert_eq!(request.headers["content-type"], media_type);
        assert_eq!(request.headers["x-amz-target"], "Service.Do");
        assert_eq!(request.headers.len(), 2);
        assert_eq!(body(request), "{}");
    }
    let unit = request(aws_json::AWS_JSON_1_1, &mut Record::new(&UNIT));
    assert_eq!(body(unit), "{}", "there is always a document");
}

#[test]
fn the_path_names_the_operation_in_rpc_v2() {
    let request_ = request(rpc_v2::RPC_V2_JSON, &mut Kinds::default());
    assert_eq!(request_.method, "POST");
    assert_eq!(request_.path_and_query, "/service/Service/operation/Do");
    assert_eq!(request_.headers["smithy-protocol"], "rpc-v2-json");
    assert_eq!(request_.headers["accept"], "application/json");
    assert_eq!(request_.headers["content-type"], "application/json");
    assert_eq!(request_.headers.len(), 3);
    assert_eq!(body(request_), "{}");
    let unit = request(rpc_v2::RPC_V2_JSON, &mut Record::new(&UNIT));
    assert!(unit.headers.get("content-type").is_none());
    assert!(
        unit.body.is_empty(),
        "without an input there is no document"
    );
}

#[test]
fn bindings_and_json_names_do_not_count() {
    for protocol in JSON_PROTOCOLS {
        let mut input = Bound {
            label: Some("l".to_owned()),
            tags: Some(vec!["t".to_owned()]),
            ..Bound::default()
        };
        let request_ = request(protocol, &mut input);
        assert!(request_.headers.get("x-tags").is_none());
        assert_eq!(body(request_), r#"{"label":"l","tags":["t"]}"#);
        let mut output = Bound::default();
        respond(protocol, r#"{"label": "l", "status": 7}"#, &mut output).expect("read");
        assert_eq!(
            (output.label.as_deref(), output.status),
            (Some("l"), Some(7))
        );

        let mut input = Kinds {
            string: Some("s".to_owned()),
            misplaced: Some("m".to_owned()),
            ..Kinds::default()
        };
        let written = body(request(protocol, &mut input));
        assert_eq!(written, r#"{"string":"s","misplaced":"m"}"#);
        let mut output = Kinds::default();
        respond(protocol, &written, &mut output).expect("read");
        assert_eq!(output.string.as_deref(), Some("s"));
        let mut output = Record::new(&KINDS);
        respond(protocol, &written, &mut output).expect("read");
        assert_eq!(body(request(protocol, &mut output)), written);
    }
}

#[test]
fn formats_of_timestamps_and_big_numbers() {
    let mut input = Kinds {
        big_integer: "-123456789012345678901234567890".parse().ok(),
        big_decimal: "1.10".parse().ok(),
        date_time: Some(DateTime::from_secs_and_nanos(946_845_296, 123_000_000)),
        ..Kinds::default()
    };
    let aws = concat!(
        r#"{"bigInteger":-123456789012345678901234567890,"bigDecimal":1.10,"#,
        r#""dateTime":"2000-01-02T20:34:56.123Z"}"#
    );
    let rpc_v2 = concat!(
        r#"{"bigInteger":"-123456789012345678901234567890","bigDecimal":"1.10","#,
        r#""dateTime":946845296.123}"#
    );
    for (protocol, expected) in [
        (aws_json::AWS_JSON_1_0, aws),
        (aws_json::AWS_JSON_1_1, aws),
        (rpc_v2::RPC_V2_JSON, rpc_v2),
    ] {
        assert_eq!(body(request(protocol, &mut input)), expected);
        let mut output = Kinds::default();
        respond(protocol, expected, &mut output).expect("read");
        assert_eq!(output.date_time, input.date_time);
        assert_eq!(output.big_decimal, input.big_decimal);
        assert_eq!(output.big_integer, input.big_integer);
        let mut output = Record::new(&KINDS);
        respond(protocol, expected, &mut output).expect("read");
        assert_eq!(body(request(protocol, &mut output)), expected);
        let big = output.take(6).expect("read");
        assert!(matches!(big, Any::Number(text) if text == "1.10"));
    }
}

#[test]
fn host_labels_are_in_the_body_too() {
    let mut operation = operation("POST", "/", &BOUND);
    operation.host_prefix = "{account}.";
    for protocol in JSON_PROTOCOLS {
        let mut input = Bound {
            account: Some("acct".to_owned()),
            ..Bound::default()
        };
        let request = protocol.request(&operation, &mut input);
        let request = request.expect("it can be encoded");
        assert_eq!(request.host_prefix, "acct.");
        assert_eq!(body(request), r#"{"account":"acct"}"#);
        let error = protocol.request(&operation, &mut Bound::default());
        let error = error.expect_err("no label").to_string();
        assert!(error.starts_with("account: must have"), "{error}");
    }
}

#[test]
fn outputs() {
    for protocol in JSON_PROTOCOLS {
        let mut output = Kinds::default();
        respond(protocol, "", &mut output).expect("nothing is no member");
        respond(protocol, "{}", &mut Record::new(&UNIT)).expect("read");
        respond(protocol, r#"{"new": [{}]}"#, &mut Record::new(&UNIT)).expect("skipped");
        let choice =
            r#"{"choice": {"__type": "t#Choice", "text": null, "number": 7}, "byte": null}"#;
        respond(protocol, choice, &mut output).expect("read");
        assert_eq!(output.choice, Some(Choice::Number(7)));
        respond(protocol, r#"{"document": {"a": [null]}}"#, &mut output).expect("read");
        let list = Document::Array(vec![Document::Null]);
        let expected = Document::Object([("a".to_owned(), list)].into());
        assert_eq!(output.document, Some(expected));
    }
}

#[test]
fn broken_outputs_say_where() {
    for protocol in JSON_PROTOCOLS {
        let error = |body: &str, output: &mut dyn Shape| {
            let error = respond(protocol, body, output).expect_err(body);
            error.to_string()
        };
        let nested = error(r#"{"nested": {"list": ["a", 5]}}"#, &mut Kinds::default());
        assert!(nested.starts_with("nested.list[1]: expected a string"));
        for (body, expected) in [
            ("[]", "expected an object, found an array"),
            ("{", "EOF while parsing an object"),
            ("{} {}", "trailing characters"),
        ] {
            for found in [
                error(body, &mut Kinds::default()),
                error(body, &mut Record::new(&KINDS)),
            ] {
                assert!(found.starts_with(expected), "{found}");
            }
        }
        let deep = "{\"nested\":".repeat(10_000);
        let error = respond(protocol, &deep, &mut Kinds::default()).expect_err("too deep");
        assert!(error.to_string().contains("recursion limit exceeded"));
        let body = Body::from(vec![b'"', 0xFF]);
        let operation = operation("POST", "/", &KINDS);
        let headers = header_map(&mark(protocol));
        let status = http::StatusCode::OK;
        let mut output = Kinds::default();
        let read = protocol.response(&operation, status, &headers, body, &mut output);
        assert!(read.is_err(), "not UTF-8");
    }
}

#[test]
fn an_unexpected_content_type_is_named() {
    for (content_type, expected) in [
        (
            "text/html; charset=utf-8",
            "expected value at line 1 column 1 (the content type is text/html)",
        ),
        ("a b", "expected value at line 1 column 1"),
        (
            "application/x-amz-json-1.0",
            "expected value at line 1 column 1",
        ),
    ] {
        let headers = header_map(&[("content-type", content_type)]);
        let operation = operation("POST", "/", &KINDS);
        let body = Body::from(b"<html>".to_vec());
        let status = http::StatusCode::OK;
        let error = aws_json::AWS_JSON_1_0
            .response(&operation, status, &headers, body, &mut Kinds::default())
            .expect_err("not JSON");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn responses_of_another_protocol_are_not_rpc_v2() {
    let operation = operation("POST", "/", &KINDS);
    for headers in [
        vec![("smithy-protocol", "rpc-v2-cbor")],
        vec![("smithy-protocol", "")],
    ] {
        let headers = header_map(&headers);
        let body = Body::from(b"{}".to_vec());
        let status = http::StatusCode::OK;
        let error = rpc_v2::RPC_V2_JSON
            .response(&operation, status, &headers, body, &mut Kinds::default())
            .expect_err("another protocol");
        assert_eq!(
            error.to_string(),
            "the response's header smithy-protocol isn't rpc-v2-json"
        );
        let body = bytes::Bytes::from_static(br#"{"__type": "t#Gone", "message": "m"}"#);
        let error = rpc_v2::RPC_V2_JSON.error(
            &with_errors(&SERVICE),
            http::StatusCode::NOT_FOUND,
            &headers,
            body,
        );
        assert_eq!((error.status, error.code), (404, None));
        assert!(error.message.is_none() && error.schema.is_none());
    }
}

#[test]
fn errors_of_aws_json_are_recognised_in_every_form() {
    let uri = ":http://internal.amazon.com/coral/";
    for protocol in [aws_json::AWS_JSON_1_0, aws_json::AWS_JSON_1_1] {
        for code in [
            "Gone",
            &format!("Gone{uri}"),
            "b#Gone",
            &format!("b#Gone{uri}"),
        ] {
            for error in [
                error(protocol, &SERVICE, &[("X-Amzn-Errortype", code)], ""),
                error(
                    protocol,
                    &SERVICE,
                    &[],
                    &format!(r#"{{"__type": "{code}"}}"#),
                ),
                error(protocol, &SERVICE, &[], &format!(r#"{{"code": "{code}"}}"#)),
                error(
                    protocol,
                    &SERVICE,
                    &[],
                    &format!(r#"{{"code": 5, "__type": "{code}"}}"#),
                ),
            ] {
                assert_eq!(error.code.as_deref(), Some("Gone"), "{code}");
                assert_eq!(error.schema.map(Schema::id), Some("t#Gone"), "{code}");
            }
        }
    }
}

#[test]
fn errors_keep_their_members() {
    for protocol in JSON_PROTOCOLS {
        let mut headers = mark(protocol);
        headers.push(("x-amzn-requestid", "id-1"));
        let body = r#"{"__type": "t#Gone", "message": "gone", "code": 5, "retry": "soon"}"#;
        let error_ = error(protocol, &SERVICE, &headers, body);
        assert_eq!(error_.message.as_deref(), Some("gone"));
        assert_eq!(error_.request_id.as_deref(), Some("id-1"));
        let mut record = Record::new(&GONE);
        read_error(protocol, &error_, &mut record).expect("read");
        assert!(matches!(record.get(1), Some(Any::Number(code)) if code == "5"));
        assert!(matches!(record.get(2), Some(Any::String(retry)) if retry == "soon"));

        let unknown = error(
            protocol,
            &SERVICE,
            &mark(protocol),
            r#"{"__type": "t#New", "Message": "m"}"#,
        );
        assert_eq!(unknown.code.as_deref(), Some("New"));
        assert_eq!(unknown.message.as_deref(), Some("m"));
        assert!(unknown.schema.is_none());
        let page = error(protocol, &SERVICE, &mark(protocol), "<html>");
        assert_eq!((page.code, page.message.as_deref()), (None, Some("<html>")));
    }
    let header = [
        ("smithy-protocol", "rpc-v2-json"),
        ("x-amzn-errortype", "Gone"),
    ];
    let ignored = error(
        rpc_v2::RPC_V2_JSON,
        &SERVICE,
        &header,
        r#"{"code": "Gone"}"#,
    );
    assert!(ignored.code.is_none(), "only __type counts in rpcv2Json");
}

#[test]
fn services_that_came_from_the_query_protocol_keep_its_codes() {
    for protocol in JSON_PROTOCOLS {
        let operation = with_errors(&QUERY_COMPATIBLE);
        let request_ = protocol.request(&operation, &mut Kinds::default());
        let request_ = request_.expect("it can be encoded");
        assert_eq!(request_.headers["x-amzn-query-mode"], "true");
        let plain = request(protocol, &mut Kinds::default());
        assert!(plain.headers.get("x-amzn-query-mode").is_none());

        let body = r#"{"__type": "t#Gone", "message": "gone"}"#;
        let mut headers = mark(protocol);
        headers.push(("x-amzn-query-error", "Queue.Gone;Sender"));
        let error_ = error(protocol, &QUERY_COMPATIBLE, &headers, body);
        assert_eq!(error_.code.as_deref(), Some("Queue.Gone"));
        assert_eq!(error_.schema.map(Schema::id), Some("t#Gone"));
        let fault = |error| {
            let meta = ErrorMeta::from(error);
            meta.metadata().extra("type").map(str::to_owned)
        };
        assert_eq!(fault(error_).as_deref(), Some("Sender"));
        for malformed in [";Sender", "Queue.Gone", "Queue.Gone;Sender;more"] {
            let mut headers = mark(protocol);
            headers.push(("x-amzn-query-error", malformed));
            let error_ = error(protocol, &QUERY_COMPATIBLE, &headers, body);
            assert_eq!(error_.code.as_deref(), Some("Gone"));
            assert_eq!(fault(error_), None);
        }
        let other = error(protocol, &SERVICE, &headers, body);
        assert_eq!(other.code.as_deref(), Some("Gone"));
        assert_eq!(fault(other), None);
        let none = error(protocol, &QUERY_COMPATIBLE, &mark(protocol), body);
        assert_eq!(none.code.as_deref(), Some("Gone"));
        // The query protocol's code only in the body, and only in the header.
        let body = r#"{"__type": "t#Queue.Gone", "message": "gone"}"#;
        let in_body = error(protocol, &QUERY_COMPATIBLE, &mark(protocol), body);
        let in_header = error(
            protocol,
            &QUERY_COMPATIBLE,
            &headers,
            r#"{"message": "gone"}"#,
        );
        for error in [in_body, in_header] {
            assert_eq!(error.code.as_deref(), Some("Queue.Gone"));
            assert_eq!(error.schema.map(Schema::id), Some("t#Gone"));
        }
    }
}
