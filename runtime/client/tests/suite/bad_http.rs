//! Responses that are malformed or unusual HTTP: each leads to an output or a clear error, and none to a hang.

use crate::server::{Answer, Server, builder, put};
use std::time::Duration;
use swage_client::{Any, Client};

const BODY: &str = r#"{"Result": "done"}"#;

/// The result of a call with this response, after which the connection is closed.
async fn outcome(answer: Answer) -> String {
    let server = Server::new(vec![answer]);
    let client: Client = builder()
        .endpoint_url(server.url())
        .retry_config(swage_client::RetryConfig::disabled())
        .operation_timeout(Duration::from_secs(20))
        .build()
        .expect("a client");
    match put(&client).await {
        Ok((_, output)) => match output.get(0) {
            Some(Any::String(text)) => text.clone(),
            other => format!("{other:?}"),
        },
        Err(failure) => failure.to_string(),
    }
}

async fn check(cases: &[(&[&str], &str)]) {
    for (parts, expected) in cases {
        let said = outcome(Answer::Last(parts.concat().into_bytes())).await;
        assert!(said.contains(expected), "{parts:?}: {said}");
    }
}

#[tokio::test]
async fn what_http_allows_is_read() {
    check(&[
        (&["HTTP/1.0 200 OK\r\n\r\n", BODY], "done"),
        (&["HTTP/1.1 200 OK\r\n\r\n", BODY], "done"),
        (
            &[
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n",
                BODY,
            ],
            "done",
        ),
        (
            &[
                &"HTTP/1.1 102 Processing\r\n\r\n".repeat(32),
                "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n",
                BODY,
            ],
            "done",
        ),
        (
            &[
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n12;ext=1\r\n",
                BODY,
                "\r\n0\r\nx-trailer: a\r\n\r\n",
            ],
            "done",
        ),
        // These statuses have no body, so none is read.
        (
            &[
                "HTTP/1.1 204 No Content\r\nContent-Length: 18\r\n\r\n",
                BODY,
            ],
            "None",
        ),
        (
            &["HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n"],
            "None",
        ),
    ])
    .await;
}

#[tokio::test]
async fn other_answers_say_what_they_are() {
    check(&[
        (
            &["HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"],
            "status 101",
        ),
        (
            &["HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/x?y\r\nContent-Length: 0\r\n\r\n"],
            "a redirect to http://127.0.0.1:1/x, which isn't followed (status 302)",
        ),
        (
            &["HTTP/1.1 304 Not Modified\r\nContent-Length: 18\r\n\r\n"],
            "a redirect to nowhere",
        ),
        (&["HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"], "status 999"),
        (
            &["HTTP/1.1 502 Bad Gateway\r\nContent-Length: 13\r\n\r\n<html></html>"],
            "<html></html> (status 502)",
        ),
        (
            &["HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x01\x08\0"],
            "(unexpected Content-Encoding: \"gzip\")",
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_is_no_http_is_an_error() {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    check(&[
        (&["SSH-2.0-OpenSSH\r\n"], "invalid HTTP version"),
        (&["\x15\x03\x01\0\x02\x02\x28"], "invalid HTTP version"),
        (
            &["HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n"],
            "status-code",
        ),
        (
            &["HTTP/1.1 2000 Odd\r\nContent-Length: 0\r\n\r\n"],
            "status-code",
        ),
        (
            &["HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", BODY],
            "content-length",
        ),
        (
            &[
                "HTTP/1.1 200 OK\r\nContent-Length: 18\r\nContent-Length: 3\r\n\r\n",
                BODY,
            ],
            "content-length",
        ),
        (
            &[
                "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551614\r\n\r\n",
                BODY,
            ],
            "too large",
        ),
        (&[CHUNKED, "zz\r\n"], "chunk size"),
        (
            &[CHUNKED, "fffffffffffffffff\r\nabc"],
            "chunk size: overflow",
        ),
        (&[CHUNKED, "ffffffffffffffff\r\nabc"], "end of file"),
        (&[CHUNKED, "12\r\n", BODY, "\r\n"], "EOF"),
    ])
    .await;
}

/// Heads, chunk extensions and trailers have size limits; everything else is ended by the timeout.
#[tokio::test]
async fn endless_ones_end() {
    let chunks = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n{BODY}\r\n");
    let header = b"x-a: bbbbbbbbbbbbbbbbb\r\n".to_vec();
    for (start, more, expected) in [
        (
            "HTTP/1.1 200 ".to_owned(),
            vec![b'x'; 4096],
            "head is too large",
        ),
        (
            "HTTP/1.1 200 OK\r\n".to_owned(),
            header.clone(),
            "head is too large",
        ),
        (format!("{chunks}0\r\n"), header, "trailers"),
        (format!("{chunks}1;"), vec![b'x'; 4096], "extensions"),
        (
            String::new(),
            b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100),
            "more than 32 interim responses (1xx) came",
        ),
        (
            String::new(),
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".to_vec(),
            "more than 32 interim responses (1xx) came",
        ),
        (
            "HTTP/1.1 500 Wrong\r\n\r\n".to_owned(),
            vec![b'x'; 64 << 10],
            "the response has more than 16777216 bytes (status 500)",
        ),
        (
            "HTTP/1.1 500 Wrong\r\nContent-Length: 16777217\r\n\r\n".to_owned(),
            vec![b'x'; 1],
            "the response has more than 16777216 bytes (status 500)",
        ),
    ] {
        let said = outcome(Answer::Endless(start.clone().into_bytes(), more)).await;
        assert!(said.contains(expected), "{start}: {said}");
    }
}

/// A response truncated at every byte.
#[tokio::test]
async fn cut_anywhere_it_is_an_error() {
    let whole = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n{BODY}"
    );
    for end in 0..whole.len() {
        let said = outcome(Answer::Last(whole.as_bytes()[..end].to_vec())).await;
        assert!(said.starts_with("no complete response"), "{end}: {said}");
    }
    assert_eq!(outcome(Answer::Last(whole.into_bytes())).await, "done");
}
