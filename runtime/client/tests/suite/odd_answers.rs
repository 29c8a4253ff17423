//! Responses of real servers and proxies that don't follow the protocol, and which of them count as a success.
use crate::server;

use crate::server::{Answer, Server, client, reply};
use aws_smithy_types::DateTime;
use std::collections::HashMap;
use swage_client::error::ServiceError;
use swage_client::operation::{OperationTrait, Protocol, ServiceTrait};
use swage_client::protocol::rest_xml::REST_XML;
use swage_client::protocol::{aws_json, query, rest_json, rpc_v2};
use swage_client::schema::{self, Member, Schema, TimestampFormat, Trait, UNIT};
use swage_client::{Failure, Operation, Record, Service, Shape, Value, shape_value};

static PART: Schema = Schema::structure(
    "test#Part",
    &[
        Member::new("Name", &schema::STRING),
        Member::new("Open", &schema::BOOLEAN),
    ],
);
static MEMBERS: Schema = Schema::structure(
    "test#Members",
    &[
        Member::new("Name", &schema::STRING),
        Member::new("Size", &schema::INTEGER),
    ],
);
static PAYLOAD: Schema = Schema::structure("test#Payload", &[Member::new("Part", &PART).payload()]);
static LONE: Schema = Schema::structure("test#Lone", &[Member::new("Place", &schema::STRING)]);
static TEXT: Schema = Schema::structure(
    "test#Text",
    &[Member::new("Text", &schema::STRING).payload()],
);
static BLOB: Schema =
    Schema::structure("test#Blob", &[Member::new("Blob", &schema::BLOB).payload()]);
static TAGS: Schema = Schema::map(
    "test#Tags",
    &[
        Member::new("key", &schema::STRING),
        Member::new("value", &schema::STRING),
    ],
);
static WORDS: Schema = Schema::list("test#Words", &[Member::new("member", &schema::STRING)]);

/// An output with members in headers only.
#[derive(Debug, Default, PartialEq)]
struct Heads {
    name: Option<String>,
    expires: Option<DateTime>,
    until: Option<DateTime>,
    since: Option<DateTime>,
    hidden: Option<bool>,
    words: Option<Vec<String>>,
    tags: Option<HashMap<String, String>>,
    /// A required member whose type can't express that it is missing.
    at: At,
}
#[derive(Debug, PartialEq)]
struct At(DateTime);
impl Default for At {
    fn default() -> Self {
        Self(DateTime::from_secs(0))
    }
}

static HEADS: Schema = Schema::structure(
    "test#Heads",
    &[
        Member::new("Name", &schema::STRING).header(&"x-name"),
        Member::new("Expires", &schema::TIMESTAMP).header(&"Expires"),
        Member::new("Until", &schema::TIMESTAMP)
            .header(&"x-until")
            .with(&[Trait::TimestampFormat(TimestampFormat::DateTime)]),
        Member::new("Since", &schema::TIMESTAMP)
            .header(&"x-since")
            .with(&[Trait::TimestampFormat(TimestampFormat::EpochSeconds)]),
        Member::new("Hidden", &schema::BOOLEAN).header(&"x-hidden"),
        Member::new("Words", &WORDS).header(&"x-words"),
        Member::new("Tags", &TAGS).prefix_headers(&"x-tag-"),
        Member::new("At", &schema::TIMESTAMP)
            .header(&"x-at")
            .required(),
    ],
);

impl Shape for Heads {
    fn schema(&self) -> &'static Schema {
        &HEADS
    }

    fn member(&self, _: usize) -> Option<&dyn Value> {
        None
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        Some(match index {
            0 => &mut self.name,
            1 => &mut self.expires,
            2 => &mut self.until,
            3 => &mut self.since,
            4 => &mut self.hidden,
            5 => &mut self.words,
            6 => &mut self.tags,
            7 => &mut self.at.0,
            _ => return None,
        })
    }

    fn blank() -> Self {
        Self::default()
    }
}
shape_value!(Heads);

static GONE: Schema = Schema::structure("test#Gone", &[Member::new("message", &schema::STRING)])
    .with(&[
        Trait::ClientError(true),
        Trait::QueryError("Thing.Gone", 400),
    ]);

static ERRORS: &[&Schema] = &[&GONE];

/// An operation with this protocol and output. It is leaked, which is fine in a test.
fn operation(protocol: Protocol, output: &'static Schema) -> &'static Operation {
    with_traits(protocol, output, &[])
}

fn with_traits(
    protocol: Protocol,
    output: &'static Schema,
    traits: &'static [OperationTrait],
) -> &'static Operation {
    let service = Service {
        protocol,
        traits: &[ServiceTrait::AwsQueryCompatible],
        ..server::SERVICE
    };
    let service = Box::leak(Box::new(service));
    Box::leak(Box::new(
        Operation::new("GetThing", service, &UNIT, output)
            .http("POST", "/", 200)
            .errors(ERRORS)
            .optional_auth()
            .with(traits),
    ))
}

async fn called(
    operation: &'static Operation,
    answers: &[Answer],
) -> (Result<Record, Failure>, usize) {
    let server = Server::new(answers.to_vec());
    let mut output = Record::new(operation.output);
    let mut input = Record::new(&UNIT);
    let done = client(&server)
        .call(operation, &mut input, &mut output)
        .await;
    (done.map(|_| output), server.requests().len())
}

async fn answered(
    protocol: Protocol,
    output: &'static Schema,
    body: &str,
) -> Result<String, Failure> {
    let (done, requests) = called(operation(protocol, output), &[reply(200, &[], body)]).await;
    assert_eq!(requests, 1, "{body}");
    done.map(|record| format!("{record:?}"))
}

fn service_error(failure: Failure) -> ServiceError {
    match failure {
        Failure::Service(error) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_empty_document_of_any_name_is_an_empty_output() {
    for protocol in [REST_XML, query::EC2_QUERY] {
        for body in [
            "<Status/>",
            "<?xml version='1.0'?>\n<s:Status xmlns:s='u'></s:Status>",
        ] {
            let output = answered(protocol, &MEMBERS, body).await;
            assert_eq!(output.expect("a success"), "Members");
        }
    }
    for (body, expected) in [
        ("<Any/>", "Payload { Part: Structure(Part) }"),
        ("", "Payload"),
    ] {
        let output = answered(REST_XML, &PAYLOAD, body).await;
        assert_eq!(output.expect("a success"), expected);
    }
}

#[tokio::test]
async fn a_page_or_an_error_is_no_output() {
    for body in [
        "<html><body>Welcome</body></html>",
        "<HTML/>",
        "<!DOCTYPE html><html></html>",
        "<Error/>",
        "<ErrorResponse><RequestId>r</RequestId></ErrorResponse>",
        "Welcome",
    ] {
        for output in [&MEMBERS, &PAYLOAD] {
            let failure = answered(REST_XML, output, body).await.expect_err(body);
            assert!(matches!(failure, Failure::Response(_)), "{failure:?}");
        }
        let failure = answered(query::EC2_QUERY, &MEMBERS, body)
            .await
            .expect_err(body);
        assert!(matches!(failure, Failure::Response(_)), "{failure:?}");
    }
}

#[tokio::test]
async fn the_document_may_be_the_member() {
    static UNWRAPPED: &[OperationTrait] = &[OperationTrait::UnwrappedXmlOutput];
    let lone = |body| async move {
        let operation = with_traits(REST_XML, &LONE, UNWRAPPED);
        let (done, _) = called(operation, &[reply(200, &[], body)]).await;
        done.map(|record| format!("{record:?}"))
    };
    for (body, expected) in [
        ("<Place>here</Place>", r#"Lone { Place: String("here") }"#),
        ("<Other>here</Other>", r#"Lone { Place: String("here") }"#),
        ("<Place xmlns='u'/>", "Lone { Place: Null }"),
    ] {
        assert_eq!(lone(body).await.expect("a success"), expected);
    }
    lone("<html>Welcome</html>").await.expect_err("a page");
}

#[tokio::test]
async fn a_body_that_no_member_is_in_is_not_read() {
    let cbor = "\u{7f}";
    for protocol in [
        REST_XML,
        query::AWS_QUERY,
        query::EC2_QUERY,
        rest_json::REST_JSON_1,
        aws_json::AWS_JSON_1_0,
        aws_json::AWS_JSON_1_1,
        rpc_v2::RPC_V2_CBOR,
        rpc_v2::RPC_V2_JSON,
    ] {
        for body in [
            "",
            "null",
            "True",
            "text",
            "<html>Welcome</html>",
            "<a",
            "[1]",
            cbor,
        ] {
            let output = answered(protocol, &UNIT, body).await;
            assert_eq!(output.expect("a success"), "Unit", "{protocol:?} {body}");
        }
    }
    for protocol in [REST_XML, rest_json::REST_JSON_1] {
        for body in ["null", "True", "<html>Welcome</html>"] {
            let headers = [("x-name", "n")];
            let answer = reply(200, &headers, body);
            let (done, _) = called(operation(protocol, &HEADS), &[answer]).await;
            let output = format!("{:?}", done.expect("a success"));
            assert!(output.contains(r#"Name: String("n")"#), "{output}");
        }
    }
}

#[tokio::test]
async fn an_error_with_the_status_of_a_success_is_tried_again() {
    let inner = "<Code>InternalError</Code><Message>We lost it.</Message>";
    let bare = format!("<?xml version='1.0'?><Error>{inner}</Error>");
    let wrapped = format!(
        "<ErrorResponse xmlns='u'><Error>{inner}</Error><RequestId>r-1</RequestId></ErrorResponse>"
    );
    for output in [&UNIT, &MEMBERS, &PAYLOAD, &HEADS] {
        for body in [&bare, &wrapped] {
            let operation = operation(REST_XML, output);
            let success = reply(200, &[], "<Result/>");
            let (done, requests) = called(operation, &[reply(200, &[], body), success]).await;
            done.expect("a success after an error");
            assert_eq!(requests, 2);
        }
    }
    for output in [&TEXT, &BLOB] {
        answered(REST_XML, output, &bare).await.expect("it is data");
    }
    let (done, requests) =
        called(operation(REST_XML, &PAYLOAD), &[reply(200, &[], &wrapped)]).await;
    let error = service_error(done.expect_err("an error each time"));
    assert_eq!((requests, error.status, error.attempts), (3, 500, 3));
    assert_eq!(error.code.as_deref(), Some("InternalError"));
    assert_eq!(error.message.as_deref(), Some("We lost it."));
    assert_eq!(error.request_id.as_deref(), Some("r-1"));
}

#[tokio::test]
async fn errors_of_the_query_protocols_with_the_status_of_a_success() {
    let error = "<Error><Code>InternalError</Code><Message>m</Message></Error>";
    let query = format!("<ErrorResponse>{error}</ErrorResponse>");
    let ec2 = format!("<Response><Errors>{error}</Errors><RequestID>r</RequestID></Response>");
    for (protocol, body) in [(query::AWS_QUERY, query), (query::EC2_QUERY, ec2)] {
        for output in [&UNIT, &MEMBERS] {
            let success = reply(200, &[], "<R><GetThingResult/></R>");
            let operation = operation(protocol, output);
            let (done, requests) = called(operation, &[reply(200, &[], &body), success]).await;
            done.expect("a success after an error");
            assert_eq!(requests, 2);
        }
    }
}

#[tokio::test]
async fn a_page_in_place_of_an_xml_error_is_told_by_its_status() {
    for body in [
        "<html><body>Blocked</body></html>",
        "<!DOCTYPE html><br>",
        "Blocked",
        "{}",
    ] {
        let (done, _) = called(operation(REST_XML, &MEMBERS), &[reply(403, &[], body)]).await;
        let error = service_error(done.expect_err("an error"));
        assert_eq!((error.status, error.code.as_deref()), (403, None));
        assert_eq!(error.message.as_deref(), Some("Forbidden"));
        assert!(!error.to_string().contains("Blocked"));
    }
}

async fn heads(protocol: Protocol, lines: &[u8]) -> Heads {
    let answer = [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", lines, b"\r\n"].concat();
    let server = Server::new(vec![Answer::Bytes(answer)]);
    let mut output = Heads::default();
    let mut input = Record::new(&UNIT);
    let operation = operation(protocol, &HEADS);
    let done = client(&server)
        .call(operation, &mut input, &mut output)
        .await;
    done.expect("a success");
    output
}

#[tokio::test]
async fn times_in_headers_that_cannot_be_read_are_unset() {
    let time = Some(DateTime::from_secs(1));
    for protocol in [REST_XML, rest_json::REST_JSON_1] {
        for text in [
            "0",
            "-1",
            "",
            "soon",
            "1970-01-01T00:00:01Z",
            "Thu, 01 Foo 1970 00:00:01 GMT",
        ] {
            let lines = format!("Expires: {text}\r\nx-at: {text}\r\nx-name: n\r\n");
            let read = heads(protocol, lines.as_bytes()).await;
            let expected = Heads {
                name: Some("n".to_owned()),
                tags: Some(HashMap::new()),
                ..Heads::default()
            };
            assert_eq!(read, expected, "{text}");
        }
        let read = heads(protocol, b"x-until: 1\r\nx-since: soon\r\n").await;
        assert_eq!((read.until, read.since), (None, None));
        let lines = "Expires: Thu, 01 Jan 1970 00:00:01 GMT\r\nx-until: 1970-01-01T00:00:01Z\r\nx-since: 1\r\n";
        let read = heads(protocol, lines.as_bytes()).await;
        assert_eq!((read.expires, read.until, read.since), (time, time, time));
    }
}

#[tokio::test]
async fn headers_are_utf_8_or_latin_1() {
    let lines = b"x-name: caf\xe9\r\nx-words: a, \xe4\r\nx-tag-a: \xff\r\nx-tag-b: caf\xc3\xa9\r\nx-amz-request-id: \xe9\r\n";
    for protocol in [REST_XML, rest_json::REST_JSON_1] {
        let read = heads(protocol, lines).await;
        assert_eq!(read.name.as_deref(), Some("caf\u{e9}"));
        assert_eq!(read.words, Some(vec!["a".to_owned(), "\u{e4}".to_owned()]));
        let tags = read.tags.expect("there");
        assert_eq!(
            (tags["a"].as_str(), tags["b"].as_str()),
            ("\u{ff}", "caf\u{e9}")
        );
    }
}

#[tokio::test]
async fn booleans_in_headers_are_true_or_else_false() {
    for (protocol, text, expected) in [
        (REST_XML, "true", true),
        (REST_XML, "True", false),
        (REST_XML, "", false),
        (REST_XML, "1", false),
        (rest_json::REST_JSON_1, "true", true),
        (rest_json::REST_JSON_1, "True", true),
        (rest_json::REST_JSON_1, "", false),
        (rest_json::REST_JSON_1, "yes", false),
    ] {
        let lines = format!("x-hidden: {text}\r\n");
        let read = heads(protocol, lines.as_bytes()).await;
        assert_eq!(read.hidden, Some(expected), "{protocol:?} {text}");
    }
}

#[tokio::test]
async fn any_name_of_an_error_can_say_that_it_is_throttling() {
    let throttled = |headers: &[(&str, &str)]| {
        let body = r#"{"__type": "com.example#ThrottlingException", "message": "slow down"}"#;
        reply(400, headers, body)
    };
    for protocol in [
        aws_json::AWS_JSON_1_0,
        aws_json::AWS_JSON_1_1,
        rpc_v2::RPC_V2_JSON,
    ] {
        for headers in [
            &[("x-amzn-query-error", "Thing.Slow;Sender")] as &[_],
            &[("x-amzn-query-error", "Thing.Gone;Sender")],
            &[],
        ] {
            let answers = [throttled(headers), reply(200, &[], "{}")];
            let (done, requests) = called(operation(protocol, &MEMBERS), &answers).await;
            done.expect("a success after throttling");
            assert_eq!(requests, 2);
        }
        let query = [("x-amzn-query-error", "Throttling;Sender")];
        let plain = reply(400, &query, r#"{"__type": "com.example#Other"}"#);
        let answers = [plain, reply(200, &[], "{}")];
        let (done, requests) = called(operation(protocol, &MEMBERS), &answers).await;
        done.expect("a success after throttling");
        assert_eq!(requests, 2);
    }
}

#[tokio::test]
async fn a_byte_order_mark_before_json_is_skipped() {
    let body = "\u{feff}{\"Name\": \"n\"}";
    for protocol in [
        rest_json::REST_JSON_1,
        aws_json::AWS_JSON_1_0,
        aws_json::AWS_JSON_1_1,
        rpc_v2::RPC_V2_JSON,
    ] {
        let output = answered(protocol, &MEMBERS, body).await;
        assert_eq!(
            output.expect("a success"),
            r#"Members { Name: String("n") }"#
        );
        let body = "\u{feff}{\"__type\": \"Gone\", \"message\": \"m\"}";
        let (done, _) = called(operation(protocol, &MEMBERS), &[reply(400, &[], body)]).await;
        let error = service_error(done.expect_err("an error"));
        assert_eq!(error.schema.map(Schema::id), Some("test#Gone"));
        assert_eq!(error.message.as_deref(), Some("m"));
    }
}
