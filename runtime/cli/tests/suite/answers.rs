//! Responses that violate the protocol.

use crate::support::{Folder, Ran, Server, finish, program};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

const XML: &str = "rest-xml";
const REST: &str = "rest-json";
const JSON: &str = "aws-json";

fn run(protocol: &str, url: &str, words: &[&str]) -> Ran {
    let folder = Folder::new("answers");
    let output = program("answers", &folder.0)
        .env("ANSWERS_PROTOCOL", protocol)
        .env("AWS_MAX_ATTEMPTS", "2")
        .args(words)
        .args(["--endpoint-url", url])
        .output();
    finish(&output.expect("the example, which `cargo test` builds"))
}

fn answered(protocol: &str, operation: &str, head: &str, body: &str) -> Ran {
    run(protocol, &Server::new(&[(head, body)]).url, &[operation])
}

/// The printed output of a successful call, as JSON on one line.
fn printed(protocol: &str, operation: &str, body: &str) -> String {
    let ran = answered(protocol, operation, "200 OK", body);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{body}");
    one_line(&ran)
}

fn one_line(ran: &Ran) -> String {
    let words: Vec<_> = ran.stdout.split_whitespace().collect();
    words.join(" ")
}

fn told(protocol: &str, operation: &str, head: &str, body: &str) -> String {
    let ran = answered(protocol, operation, head, body);
    assert_eq!((ran.code, ran.stdout.as_str()), (255, ""), "{body}");
    ran.stderr.trim().to_owned()
}

#[test]
fn empty_documents_are_empty_outputs() {
    assert_eq!(printed(XML, "get-members", "<Any/>"), "");
    assert_eq!(printed(XML, "get-members", ""), "");
    assert_eq!(printed(XML, "get-payload", "<Any/>"), r#"{ "Part": {} }"#);
    assert_eq!(printed(XML, "get-lone", "<Place/>"), r#"{ "Place": null }"#);
    assert_eq!(
        printed(XML, "get-lone", "<Place>here</Place>"),
        r#"{ "Place": "here" }"#
    );
    for operation in ["get-members", "get-payload", "get-lone"] {
        for body in ["<html><body>Hi</body></html>", "<Error/>", "Hi"] {
            let told = told(XML, operation, "200 OK", body);
            assert!(told.contains("(status 200) can't be read: "), "{told}");
        }
    }
}

#[test]
fn a_body_without_members_is_not_read() {
    for protocol in [XML, REST, JSON] {
        for body in ["null", "True", "text", "<html>Hi</html>", "[1]"] {
            assert_eq!(printed(protocol, "get-nothing", body), "");
        }
    }
}

#[test]
fn errors_with_a_success_status() {
    let error = "<Code>InternalError</Code><Message>We lost it.</Message>";
    for body in [
        format!("<Error>{error}</Error>"),
        format!("<ErrorResponse><Error>{error}</Error></ErrorResponse>"),
    ] {
        for operation in ["get-nothing", "get-members", "get-payload", "get-heads"] {
            let server = Server::new(&[("200 OK", &body), ("200 OK", "<Any/>")]);
            let ran = run(XML, &server.url, &[operation]);
            assert_eq!(
                (ran.code, server.requests().len()),
                (0, 2),
                "{}",
                ran.stderr
            );
        }
        let told = told(
            XML,
            "get-payload",
            "200 OK",
            &body.replace("InternalError", "Other"),
        );
        let expected = "An error occurred (Other) when calling the GetPayload operation (reached max retries: 1): We lost it.";
        assert_eq!(told, expected);
    }
}

#[test]
fn html_pages_as_errors_are_reported_by_status() {
    for (body, status, words) in [
        ("<html><body>Blocked</body></html>", 403, "Forbidden"),
        ("<!DOCTYPE html><br>", 404, "Not Found"),
        ("Blocked", 413, "Request Entity Too Large"),
        ("", 416, "Requested Range Not Satisfiable"),
    ] {
        let expected =
            format!("An error occurred ({status}) when calling the GetMembers operation: {words}");
        let told = told(XML, "get-members", &format!("{status} X"), body);
        assert_eq!(told, expected);
    }
    let body = "<html><body>Blocked</body></html>";
    let server = Server::new(&[("403 X", body)]);
    let ran = run(XML, &server.url, &["get-members", "--debug"]);
    assert!(
        ran.stderr.contains("Blocked"),
        "the log has the start of the page"
    );
}

#[test]
fn a_capitalised_message_takes_precedence() {
    let body = "<Error><Code>Gone</Code><message>b</message><Message>a</Message></Error>";
    let expected = "An error occurred (Gone) when calling the GetMembers operation: a";
    assert_eq!(told(XML, "get-members", "404 X", body), expected);
}

#[test]
fn empty_elements_are_empty_values() {
    for (element, expected) in [
        ("<Open/>", r#"{ "Open": false }"#),
        ("<Open>TRUE</Open>", r#"{ "Open": false }"#),
        ("<Open>true</Open>", r#"{ "Open": true }"#),
        ("<Name/>", r#"{ "Name": "" }"#),
        ("<At/>", r#"{ "At": "" }"#),
        ("<Data/>", r#"{ "Data": "" }"#),
    ] {
        let body = format!("<Any>{element}</Any>");
        assert_eq!(printed(XML, "get-members", &body), expected);
    }
    let told = told(XML, "get-members", "200 OK", "<Any><Size/></Any>");
    assert!(told.contains("Size: expected a number"), "{told}");
}

#[test]
fn times_in_headers_are_printed_as_received() {
    for (text, expected) in [
        (
            "0",
            r#"{ "Expires": "0", "Until": "0", "Tags": {}, "ExpiresString": "0" }"#,
        ),
        ("", r#"{ "Expires": "", "Until": "", "Tags": {} }"#),
        (
            "never",
            r#"{ "Until": "never", "Tags": {}, "ExpiresString": "never" }"#,
        ),
        (
            "2026-01-01T00:00:00Z",
            concat!(
                r#"{ "Expires": "2026-01-01T00:00:00Z", "Until": "2026-01-01T00:00:00Z", "Tags": {}, "#,
                r#""ExpiresString": "2026-01-01T00:00:00Z" }"#,
            ),
        ),
    ] {
        let head = format!("200 OK\r\nExpires: {text}\r\nx-until: {text}");
        for protocol in [XML, REST] {
            let ran = answered(protocol, "get-heads", &head, "");
            assert_eq!(
                (ran.code, one_line(&ran).as_str()),
                (0, expected),
                "{}",
                ran.stderr
            );
        }
    }
}

#[test]
fn headers_may_be_latin_1() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut seen = Vec::new();
            while !seen.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).expect("a request");
                seen.push(byte[0]);
            }
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n";
            let headers = b"x-name: caf\xe9\r\nx-tag-a: \xff\r\nx-tag-b: caf\xc3\xa9\r\n\r\n";
            stream
                .write_all(&[&head[..], headers].concat())
                .expect("written");
        }
    });
    for protocol in [XML, REST] {
        let ran = run(protocol, &url, &["get-heads"]);
        let expected = r#"{ "Name": "café", "Tags": { "a": "ÿ", "b": "café" } }"#;
        assert_eq!(
            (ran.code, one_line(&ran).as_str()),
            (0, expected),
            "{}",
            ran.stderr
        );
        let ran = run(protocol, &url, &["get-heads", "--output", "text"]);
        assert!(ran.stdout.starts_with("café\n"), "{}", ran.stdout);
    }
}

#[test]
fn a_byte_order_mark_before_json_is_skipped() {
    for protocol in [REST, JSON] {
        let body = "\u{feff}{\"Name\": \"n\"}";
        assert_eq!(printed(protocol, "get-members", body), r#"{ "Name": "n" }"#);
        let body = "\u{feff}{\"__type\": \"Gone\", \"message\": \"m\"}";
        let expected = "An error occurred (Gone) when calling the GetMembers operation: m";
        assert_eq!(told(protocol, "get-members", "404 X", body), expected);
    }
}

#[test]
fn an_error_named_throttling_is_retried_with_any_code() {
    let head = "400 X\r\nx-amzn-query-error: Custom;Sender";
    let throttled = (
        head,
        r#"{"__type": "x#ThrottlingException", "message": "m"}"#,
    );
    let server = Server::new(&[throttled, ("200 OK", "{}")]);
    let ran = run(JSON, &server.url, &["get-members"]);
    assert_eq!(
        (ran.code, server.requests().len()),
        (0, 2),
        "{}",
        ran.stderr
    );
}
