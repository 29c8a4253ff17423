//! Error messages: complete, on one line, and without secrets.
use crate::server;

use crate::server::{Answer, PUT, Server, builder, client, ok, put, reply, thing};
use std::error::Error;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use swage_client::error::{ConfigError, DisplayErrorContext};
use swage_client::operation::Operation;
use swage_client::protocol::read_error;
use swage_client::schema::{Kind, Member, Schema};
use swage_client::{Any, Client, Failure, Record};

async fn failure(answer: Answer) -> Failure {
    let server = Server::new(vec![answer]);
    put(&client(&server)).await.expect_err("a failure")
}

#[tokio::test]
async fn a_page_of_a_proxy_is_one_line() {
    let page =
        "<html>\r\n <head><title>403</title>\r\n</head>\u{1b}[31m\u{202e}<p>Forbidden</p></html>\n";
    let error = failure(reply(403, &[("X-Amzn-RequestId", "id-7")], page)).await;
    assert_eq!(
        error.to_string(),
        "an error without a code: <html> <head><title>403</title> </head>[31m<p>Forbidden</p></html> (status 403, request id-7)"
    );
}

#[tokio::test]
async fn an_error_of_the_service_says_all_that_is_known() {
    let headers = [
        ("x-amzn-RequestId", "id-8"),
        ("x-amzn-errortype", "SomeError:http://x/"),
    ];
    let error = failure(reply(400, &headers, r#"{"message": "first\nsecond"}"#)).await;
    assert_eq!(
        error.to_string(),
        "SomeError: first second (status 400, request id-8)"
    );
}

#[tokio::test]
async fn long_texts_of_the_service_are_shortened() {
    let (code, message) = ("C".repeat(100_000), "é ".repeat(1_000_000));
    let id = "7".repeat(100_000);
    let body = format!(r#"{{"__type": "{code}", "message": "{message}"}}"#);
    let error = failure(reply(400, &[("x-amzn-RequestId", &id)], &body)).await;
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(text.len() < 3 * 4096 + 200, "{} bytes", text.len());
        assert_eq!(text.matches('…').count(), 3, "{text}");
    }
    assert!(error.to_string().ends_with("…)"));
    let Failure::Service(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.code.as_deref(), Some(code.as_str()));
    assert_eq!(error.message.as_deref(), Some(message.as_str()));
    assert_eq!(error.request_id.as_deref(), Some(id.as_str()));
    // Texts within the limit are shown in full.
    let message = "m".repeat(4096);
    let error = failure(reply(400, &[], &format!(r#"{{"message": "{message}"}}"#))).await;
    assert!(error.to_string().contains(&format!(": {message} (status")));
}

#[tokio::test]
async fn a_redirect_is_named() {
    for to in [
        "https://other.example/path?X-Amz-Signature=abc",
        "https://user:pass?word@other.example/path#abc",
    ] {
        let error = failure(reply(307, &[("Location", to)], "")).await;
        assert_eq!(
            error.to_string(),
            "an error without a code: a redirect to https://other.example/path, which isn't followed (status 307)"
        );
    }
}

#[tokio::test]
async fn an_empty_code_is_none() {
    let error = failure(reply(400, &[("x-amzn-errortype", "")], "{}")).await;
    assert!(
        matches!(&error, Failure::Service(error) if error.code.is_none()),
        "{error:?}"
    );
}

#[test]
fn a_port_that_is_none() {
    let error = builder()
        .endpoint_url("http://localhost:99999")
        .build()
        .expect_err("too large");
    assert!(error.to_string().contains("port"), "{error}");
}

static SPELT: Schema = Schema::structure(
    "test#SpeltError",
    &[Member::new("Message", &swage_client::schema::STRING)],
);
static SPELLS: Operation = Operation {
    errors: &[&SPELT],
    ..PUT
};

#[tokio::test]
async fn the_message_is_read_however_its_name_is_spelt() {
    for body in [
        r#"{"__type": "SpeltError", "message": "hello"}"#,
        r#"{"__type": "SpeltError", "Message": "hello"}"#,
    ] {
        let server = Server::new(vec![reply(400, &[], body)]);
        let error = server::call(&client(&server), &SPELLS, thing()).await;
        let Err(Failure::Service(error)) = error else {
            panic!("an error of the service")
        };
        let mut members = Record::new(&SPELT);
        read_error(SPELLS.service.protocol, &error, &mut members).expect("it can be read");
        assert!(
            matches!(members.get(0), Some(Any::String(text)) if text == "hello"),
            "{body}: {members:?}"
        );
    }
}

#[tokio::test]
async fn debug_shows_neither_headers_nor_body() {
    let headers = [
        ("Set-Cookie", "a-cookie"),
        ("x-amzn-errortype", "SomeError"),
    ];
    let body = r#"{"message": "the message", "Token": "a-token"}"#;
    let error = failure(reply(400, &headers, body)).await;
    let text = format!("{error:?} {error:#?}");
    assert!(text.contains("the message"), "{text}");
    for secret in ["a-cookie", "a-token"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

static SECRET: Schema = Schema::simple("test#Secret", Kind::String).sensitive();
static SECRETIVE: Schema =
    Schema::structure("test#SecretiveError", &[Member::new("message", &SECRET)]);
static PUTS: Operation = Operation {
    errors: &[&SECRETIVE],
    ..PUT
};

#[tokio::test]
async fn a_sensitive_message_is_not_shown() {
    let headers = [("x-amzn-errortype", "SecretiveError")];
    let server = Server::new(vec![reply(400, &headers, r#"{"message": "hush"}"#)]);
    let error = server::call(&client(&server), &PUTS, thing())
        .await
        .expect_err("an error");
    let text = format!("{error} {error:?}");
    assert!(text.contains("SecretiveError"), "{text}");
    assert!(!text.contains("hush"), "{text}");
}

#[tokio::test]
async fn a_body_that_is_compressed_although_nobody_asked() {
    let body = "\u{1f}\u{8b}";
    let error = failure(reply(200, &[("Content-Encoding", "gzip")], body)).await;
    assert!(matches!(error, Failure::Response(_)), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains(r#"(unexpected Content-Encoding: "gzip")"#),
        "{text}"
    );
}

#[tokio::test]
async fn a_signed_url_is_not_shown() {
    let url = "https://host/?X-Amz-Credential=AKID%2Fus&x-amz-signature=0123abc&X-Amz-Date=now";
    let error = failure(reply(200, &[], &format!("[\"{url}\"]"))).await;
    let text = error.to_string();
    assert!(
        text.contains("?X-Amz-Credential=***&x-amz-signature=***&X-Amz-Date=now"),
        "{text}"
    );
}

#[tokio::test]
async fn the_cause_of_a_broken_connection_is_at_hand() {
    let client: Client = builder()
        .endpoint_url("http://127.0.0.1:1")
        .build()
        .expect("a client");
    let error = put(&client).await.expect_err("nobody listens");
    let mut cause: &dyn Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    let system = cause
        .downcast_ref::<std::io::Error>()
        .expect("the system's");
    assert_eq!(system.kind(), std::io::ErrorKind::ConnectionRefused);
}

#[test]
fn a_call_without_a_runtime_is_an_error() {
    let server = Server::new(vec![ok()]);
    let client = client(&server);
    let call = pin!(put(&client));
    let Poll::Ready(Err(error)) = call.poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it can't wait")
    };
    assert!(
        matches!(&error, Failure::Config(ConfigError::Setting(what)) if what.contains("Tokio runtime")),
        "{error:?}"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn the_context_of_an_error_has_its_causes() {
    let outer = Outer(std::io::Error::other("inner"));
    let context = DisplayErrorContext(&outer).to_string();
    assert_eq!(context, format!("outer: inner ({outer:?})"));
}

#[derive(Debug)]
struct Outer(std::io::Error);

impl std::fmt::Display for Outer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("outer")
    }
}

impl Error for Outer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}
